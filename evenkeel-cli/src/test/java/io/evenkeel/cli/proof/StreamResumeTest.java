package io.evenkeel.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.client.GatewayClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Streams over the whole, through a clean restart of node and gateway.
@Timeout(120)
class StreamResumeTest {
  private static final int BATCH = 300;

  @TempDir private Path folder;

  private long number;

  @Test
  void shouldTellEverythingOnceThroughACleanRestart() throws Exception {
    Path data = folder.resolve("data");
    Path config = ServeProcess.configure(folder.resolve("serve.yaml"), data, 0, "1 MiB");
    ServeProcess serve = ServeProcess.start(config);
    URI address = serve.address();
    Follower follower = new Follower(address, "", 1);
    Thread thread = Thread.ofPlatform().unstarted(follower);
    try {
      ServeProcess.configure(config, data, address.getPort(), "1 MiB");
      try (GatewayClient client = GatewayClient.of(address)) {
        client.submitBatch(0, 0, Deposits.opening(), true);
        thread.start();
        load(client);
      }
      assertThat(serve.stop()).as(serve.errors()).isEqualTo(143);
      serve = ServeProcess.start(config);
      try (GatewayClient client = GatewayClient.of(address)) {
        load(client);
      }
      List<JsonNode> recorded;
      try (GatewayClient client = GatewayClient.of(address)) {
        recorded = Deposits.recorded(client);
      }
      long deadlineNs = System.nanoTime() + 60_000_000_000L;
      while (follower.seen() < recorded.size()) {
        assertThat(follower.failure()).isNull();
        assertThat(System.nanoTime() - deadlineNs).as("%s seen", follower.seen()).isNegative();
        Thread.sleep(10);
      }
      follower.leave();
      thread.join();
      assertThat(recorded).hasSizeGreaterThan(BATCH);
      assertThat(follower.heard().equals(recorded)).as("heard is recorded").isTrue();
    } finally {
      serve.close();
      thread.interrupt();
    }
  }

  private void load(GatewayClient client) {
    List<JsonNode> commands = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      commands.add(Deposits.command(9, ++number));
    }
    client.submitBatch(0, 0, commands, false);
  }
}
