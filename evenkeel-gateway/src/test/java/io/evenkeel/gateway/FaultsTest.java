package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.gateway.TestVenue.Got;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that stop, readers that fail, ports that are taken, and the end.
final class FaultsTest {
  private static void await(TestVenue venue, String path, int status) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (venue.get(path).status() != status) {
      assertThat(System.nanoTime()).as("%s answers %s", path, status).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void shouldTellThatTheNodeStopped(@TempDir Path folder) {
    try (TestVenue venue = new TestVenue(folder)) {
      venue.node.fail("the disk failed");
      Got live = venue.get("/health/live");
      assertThat(live.status()).isEqualTo(503);
      assertThat(live.text("/detail")).contains("the disk failed");
      Got status = venue.get("/v1/status");
      assertThat(status.text("/node/state")).isEqualTo("STOPPED");
      assertThat(status.text("/node/fault")).isEqualTo("the disk failed");
      Got snapshot =
          venue.send(
              HttpRequest.newBuilder(venue.at("/v1/snapshot")).POST(BodyPublishers.noBody()));
      assertThat(snapshot.status()).isEqualTo(503);
      assertThat(snapshot.text("/reason")).isEqualTo("SNAPSHOT_FAILED");
      assertThat(venue.get("/health/ready").text("/detail")).contains("the node has stopped");
      assertThat(venue.get("/v1/venue").status()).as("readings go on").isEqualTo(200);
    }
  }

  @Test
  void shouldTellThatTheReaderDiffers(@TempDir Path folder) throws InterruptedException {
    try (TestVenue venue = new TestVenue(folder)) {
      venue.define();
      await(venue, "/health/ready", 200);
      venue.node.damageNextSnapshot();
      venue.send(HttpRequest.newBuilder(venue.at("/v1/snapshot")).POST(BodyPublishers.noBody()));
      await(venue, "/health/ready", 503);
      Got reading = venue.get("/v1/venue");
      assertThat(reading.status()).isEqualTo(503);
      assertThat(reading.text("/reason")).isEqualTo("READER_FAILED");
      Got status = venue.get("/v1/status");
      assertThat(status.status()).isEqualTo(200);
      assertThat(status.text("/reader/state")).isEqualTo("FAILED");
      assertThat(status.json().get("conservation").isNull()).isTrue();
      assertThat(venue.get("/metrics").status()).isEqualTo(200);
      assertThat(venue.get("/health/live").status()).isEqualTo(200);
      assertThat(venue.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void shouldSayWhichAddressCannotBeUsed(@TempDir Path folder) {
    try (TestVenue venue = new TestVenue(folder)) {
      int port = venue.gateway.address().getPort();
      GatewayConfig taken = new GatewayConfig("127.0.0.1", port, 1 << 20, 10, 10, 1);
      assertThatThrownBy(() -> Gateway.start(taken, venue.node, venue.node, venue.reader))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("choose another port");
      GatewayConfig foreign = new GatewayConfig("192.0.2.1", 0, 1 << 20, 10, 10, 1);
      assertThatThrownBy(() -> Gateway.start(foreign, venue.node, venue.node, venue.reader))
          .isInstanceOf(GatewayException.class)
          .hasMessageContaining("192.0.2.1");
    }
  }

  @Test
  void shouldTellStreamsAndFeedsThatItGoesAway(@TempDir Path folder) {
    try (TestVenue venue = new TestVenue(folder)) {
      Heard stream = new Heard();
      Heard feed = new Heard();
      venue.socket("/v1/stream", stream).join();
      venue.socket("/v1/feed", feed).join();
      stream.await(h -> !h.all().isEmpty());
      venue.gateway.close();
      venue.gateway.close();
      assertThat(stream.await(h -> h.closeCode() != 0).closeCode()).isEqualTo(1001);
      assertThat(feed.await(h -> h.closeCode() != 0).closeCode()).isEqualTo(1001);
      assertThat(stream.closeReason()).contains("go on from 1 later");
    }
  }
}
