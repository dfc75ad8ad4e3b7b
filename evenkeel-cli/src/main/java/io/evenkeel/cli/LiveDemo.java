package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.client.EventStream;
import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import io.evenkeel.gateway.GatewayConfig;
import io.evenkeel.lab.live.CommandFlow;
import io.evenkeel.lab.live.LiveVenue;
import io.evenkeel.lab.live.VenueAccess;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.node.NodeConfig;
import io.evenkeel.node.NodeException;
import io.evenkeel.reader.ReaderStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The demo: a whole server with a made-up market and a crowd that trades on it through the public
/// API, as anybody could. The page is there before the crowd is.
final class LiveDemo {
  private static final double TICKS_PER_SECOND = 4;
  private static final int PATIENCE_SECONDS = 60;

  /// Ticks in a row that may fail.
  private static final int MOST_FAILURES = 100;

  private static final Duration SNAPSHOT_INTERVAL = Duration.ofMinutes(1);
  private static final Duration STREAM_PATIENCE = Duration.ofMillis(200);
  private static final long NANOSECONDS = 1_000_000_000L;

  private final DemoFolder folder;
  private final ServerConfig config;
  private final long intervalNs;
  private final long stopAfterSeconds;
  private final PrintWriter out;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private volatile @Nullable NodeException fault;
  private volatile @Nullable LiveVenue crowd;

  /// @param port 0 takes a free one
  /// @param speed times as fast as four ticks a second
  /// @param stopAfterSeconds seconds of trading; 0 for never
  LiveDemo(DemoFolder folder, int port, double speed, long stopAfterSeconds, PrintWriter out) {
    this.folder = folder;
    this.out = out;
    GatewayConfig usual = GatewayConfig.standard();
    GatewayConfig gateway =
        new GatewayConfig(
            usual.host(),
            port,
            usual.maximumBodyBytes(),
            usual.maximumBatch(),
            usual.streamBacklog(),
            usual.maximumStreams());
    config = config(folder.folder(), gateway);
    intervalNs = (long) (NANOSECONDS / (TICKS_PER_SECOND * speed));
    this.stopAfterSeconds = stopAfterSeconds;
  }

  /// Snapshots come more often than usual, so that even after `kill -9` a start takes seconds.
  private static ServerConfig config(Path data, GatewayConfig gateway) {
    ServerConfig standard = ServerConfig.standard(data, gateway);
    NodeConfig node = standard.node();
    return new ServerConfig(
        new NodeConfig(
            node.dataFolder(),
            node.limits(),
            SNAPSHOT_INTERVAL,
            node.timeStep(),
            node.minimumFreeBytes(),
            node.syncToDisk(),
            node.snapshotOnClose()),
        standard.questionQueue(),
        gateway);
  }

  /// Runs until it is stopped.
  ///
  /// @return the exit code
  int run() {
    try (Interruption interruption = new Interruption(this::stop, PATIENCE_SECONDS)) {
      try (Server server = Server.start(config, this::onFault)) {
        announce(server);
        trade(server);
        say("stopping: writing a snapshot ...");
      }
      NodeException reason = fault;
      if (reason != null) {
        throw new Failure("the node stopped: " + reason.getMessage());
      }
      say("stopped; start it again to go on");
      return interruption.isInterrupted() ? Failures.INTERRUPTED : 0;
    }
  }

  private void announce(Server server) {
    say("Evenkeel demo: " + server.address() + "  (Ctrl-C stops)");
    say(
        "data: "
            + folder.folder()
            + (folder.isNew() ? "" : ", going on from the last time; --fresh starts over"));
  }

  private void trade(Server server) {
    awaitReader(server);
    try (GatewayClient client = GatewayClient.of(server.address())) {
      LiveVenue venue = new LiveVenue(VenueAccess.over(client), folder.accounts(), folder.seed());
      crowd = venue;
      if (isEnding()) {
        return;
      }
      try (EventStream stream = client.stream(0, LiveVenue.EVENT_FILTER)) {
        Thread listener = Thread.ofVirtual().name("demo-news").start(() -> listen(stream, venue));
        setUpOrResume(venue, client);
        try (DemoReport report = new DemoReport(client, out)) {
          run(venue, report);
        }
        listener.interrupt();
      }
    } catch (CommandFlow.FlowStopped e) {
      // asked for
    } catch (GatewayRefusal | GatewayUnreachable e) {
      if (!isEnding()) {
        throw e;
      }
    }
  }

  private void awaitReader(Server server) {
    while (server.reader().status().state() == ReaderStatus.State.CATCHING_UP && !pause(10)) {
      // the log's tail is being read
    }
  }

  /// The snapshot at the end of setting up spares the next start from doing all of it again.
  private void setUpOrResume(LiveVenue venue, GatewayClient client) {
    long beganNs = System.nanoTime();
    if (folder.isSetUp()) {
      venue.resume();
      return;
    }
    say(String.format("setting up %,d accounts ...", folder.accounts()));
    venue.setUp();
    client.snapshot();
    folder.noteSetUp();
    Map<String, Long> refused = new TreeMap<>(venue.setUpRefusals());
    refused.remove(RefusalReason.NUMBER_TOO_OLD.name());
    if (!refused.isEmpty()) {
      say("note: some commands of the set-up were refused: " + refused);
    }
    say(
        String.format(
            "%,d accounts set up with %,d commands in %.1f s; prices move from now on, a crash comes every few minutes",
            folder.accounts(), venue.setUpCommands(), (System.nanoTime() - beganNs) / 1e9));
  }

  private void run(LiveVenue venue, DemoReport report) {
    int failures = 0;
    long nextNs = System.nanoTime();
    long endNs = nextNs + stopAfterSeconds * NANOSECONDS;
    while (!isEnding() && (stopAfterSeconds == 0 || System.nanoTime() < endNs)) {
      failures = tick(venue) ? 0 : failures + 1;
      if (failures > MOST_FAILURES) {
        throw new Failure("the venue has not answered for a while; see ./evenkeel status");
      }
      report.tick(venue.liquidations());
      nextNs = Math.max(nextNs + intervalNs, System.nanoTime());
      pauseUntil(nextNs);
    }
  }

  /// A venue that is busy, or whose reader is behind, is left alone until the next tick.
  private boolean tick(LiveVenue venue) {
    try {
      venue.tick();
      return true;
    } catch (GatewayRefusal | GatewayUnreachable e) {
      boolean passes =
          e instanceof GatewayUnreachable
              || (e instanceof GatewayRefusal refusal
                  && (refusal.status() == 429 || refusal.status() == 503));
      if (!passes || isEnding()) {
        throw e;
      }
      return false;
    }
  }

  private void listen(EventStream stream, LiveVenue venue) {
    try {
      while (!isEnding()) {
        JsonNode event = stream.next(STREAM_PATIENCE);
        if (event != null) {
          venue.onEvent(event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GatewayRefusal e) {
      say("note: the traders hear of no events any more: " + e.getMessage());
    }
  }

  private boolean isEnding() {
    return stopAsked.getCount() == 0;
  }

  private void pauseUntil(long atNs) {
    try {
      if (stopAsked.await(Math.max(0, atNs - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopAsked.countDown();
    }
  }

  /// Whether it ended in the meantime.
  private boolean pause(long milliseconds) {
    pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds));
    return isEnding();
  }

  private void stop() {
    stopAsked.countDown();
    LiveVenue venue = crowd;
    if (venue != null) {
      venue.stop();
    }
  }

  private void onFault(NodeException reason) {
    fault = reason;
    stop();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
