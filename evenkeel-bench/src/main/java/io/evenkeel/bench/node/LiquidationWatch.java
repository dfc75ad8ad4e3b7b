package io.evenkeel.bench.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.json.CommandJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// From the first byte of a batch of marks on its way to the gateway to the liquidation event it
/// causes, heard on a stream of the same gateway. Each batch moves all sixteen prices, so everybody
/// is valued; it liquidates one account, the newest.
final class LiquidationWatch implements AutoCloseable {
  private static final int WARM_UPS = 5;

  /// Rounds that are measured when there is time.
  static final int MOST_ROUNDS = 200;

  private static final int LEAST_ROUNDS = 20;
  private static final double SECONDS = 25;
  private static final int DROP_E4 = 200;
  private static final long HIGHEST_NS = 60_000_000_000L;

  private final Host host;
  private final BenchVenue venue;
  private final NodeFeed feed;
  private final KeptAlive http;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private record Heard(long atNs, String event) {}

  LiquidationWatch(Host host, BenchVenue venue, NodeFeed feed) throws IOException {
    this.host = host;
    this.venue = venue;
    this.feed = feed;
    http = new KeptAlive(host.gateway.address());
    URI address = host.gateway.address();
    URI stream =
        URI.create("ws://" + address.getAuthority() + "/v1/stream?type=liquidationStarted");
    socket = client.newWebSocketBuilder().buildAsync(stream, new Listener(heard)).join();
  }

  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<Heard> heard;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<Heard> heard) {
      this.heard = heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        heard.add(new Heard(System.nanoTime(), text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /// Liquidates one account after another.
  ///
  /// @param mostRounds how many, beside some to warm up; fewer when they take long
  /// @return the figures in words
  String measure(int mostRounds) throws IOException, InterruptedException {
    Histogram all = new Histogram(HIGHEST_NS, 3);
    Histogram answers = new Histogram(HIGHEST_NS, 3);
    long began = System.nanoTime();
    for (int round = 0; round < WARM_UPS + mostRounds; round++) {
      boolean isLate = System.nanoTime() - began > SECONDS * 1e9;
      if (isLate && all.getTotalCount() >= LEAST_ROUNDS) {
        break;
      }
      long victim = venue.openVictim(round);
      feed.drain();
      Host.awaitReader(host.reader); // what came before is not to be measured
      byte[] fall = request(venue.marks(round & 1, DROP_E4));
      long at = System.nanoTime();
      byte[] _ = http.exchange(fall);
      long answered = System.nanoTime();
      long heardAt = await(victim);
      if (round >= WARM_UPS) {
        all.recordValue(heardAt - at);
        answers.recordValue(answered - at);
      }
      venue.send(venue.marks(round & 1, 0));
      feed.drain();
    }
    return Figures.latency(all)
        + "; the answer to the marks themselves: "
        + Figures.latency(answers);
  }

  private long await(long victim) throws InterruptedException {
    String wanted = "\"account\":\"" + victim + "\"";
    while (true) {
      Heard next = heard.poll(HIGHEST_NS, TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new IllegalStateException("account " + victim + " was not liquidated");
      }
      if (next.event().contains(wanted)) {
        return next.atNs();
      }
    }
  }

  private byte[] request(Command.MarkPrices marks) {
    ObjectNode json = CommandJson.write(marks, venue.catalogue());
    json.remove("type");
    return http.post("/v1/marks", json.toString());
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.shutdownNow();
    http.close();
  }
}
