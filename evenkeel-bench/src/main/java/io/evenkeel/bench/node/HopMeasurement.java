package io.evenkeel.bench.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.node.EchoNode;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.json.CommandJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// One durable command at a time through more and more of the way: a bare client and an echo that
/// does not sync, one that does, with our connection, with engine and journal, with HTTP. What a
/// part takes is the difference of two neighbours. The time the log gave the command splits the
/// node's way in two: before it stands in the log, and after. Commands come in a row first, and
/// then one by one with a rest before each, when every thread on the way has gone to sleep.
final class HopMeasurement {
  private static final int ROUNDS = 4;
  private static final int COMMANDS = 150;
  private static final long REST_NS = 5_000_000;
  private static final long HIGHEST_NS = 60_000_000_000L;

  private static final List<String> NAMES =
      List.of(
          "HTTP alone: GET /health/live",
          "echo without sync, bare client",
          "echo, bare client",
          "echo, NodeConnection",
          "node: from submit to its time in the log",
          "node: from submit to the answer",
          "POST /v1/commands of one deposit");

  private final PrintStream out;
  private final Path folder;

  HopMeasurement(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /// @param accounts trader accounts of the node
  void run(int accounts) throws IOException, InterruptedException {
    try (Host host = new Host(folder.resolve("node"));
        EchoNode synced = EchoNode.start(Host.config(folder.resolve("synced"), true));
        EchoNode unsynced = EchoNode.start(Host.config(folder.resolve("unsynced"), false));
        KeptAlive http = new KeptAlive(host.gateway.address())) {
      BenchVenue venue = new BenchVenue(accounts, new NodeFeed(host.connection));
      Command[] deposits = {venue.deposit(0)};
      byte[] live = http.get("/health/live");
      byte[] post =
          http.post("/v1/commands", CommandJson.write(deposits[0], venue.catalogue()).toString());
      try (Lane quick = new BareLane(unsynced, deposits);
          Lane bare = new BareLane(synced, deposits);
          Lane same = new ConnectionLane("echo", synced.connect(), deposits)) {
        for (long pauseNs : new long[] {0, REST_NS}) {
          Histogram[] found = empty();
          for (int round = 0; round <= ROUNDS; round++) {
            found = round == 1 ? empty() : found; // the first round warms up
            found[0].add(exchange(http, live, pauseNs));
            found[1].add(LoadRun.single(quick, COMMANDS, pauseNs));
            found[2].add(LoadRun.single(bare, COMMANDS, pauseNs));
            found[3].add(LoadRun.single(same, COMMANDS, pauseNs));
            throughNode(host.connection, deposits[0], pauseNs, found[4], found[5]);
            found[6].add(exchange(http, post, pauseNs));
          }
          tell(pauseNs == 0 ? "in a row" : "5 ms of rest before each", found);
        }
      }
    }
  }

  private static Histogram[] empty() {
    Histogram[] found = new Histogram[NAMES.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = new Histogram(HIGHEST_NS, 3);
    }
    return found;
  }

  private void tell(String how, Histogram[] found) {
    out.println("one command at a time, " + how);
    for (int i = 0; i < found.length; i++) {
      out.printf("  %-42s %s%n", NAMES.get(i), Figures.latency(found[i]));
    }
  }

  private static Histogram exchange(KeptAlive http, byte[] request, long pauseNs)
      throws IOException {
    Histogram histogram = new Histogram(HIGHEST_NS, 3);
    for (int i = 0; i < COMMANDS; i++) {
      LoadRun.rest(pauseNs);
      long began = System.nanoTime();
      byte[] _ = http.exchange(request);
      histogram.recordValue(System.nanoTime() - began);
    }
    return histogram;
  }

  private static void throughNode(
      NodeConnection connection, Command command, long pauseNs, Histogram toLog, Histogram whole) {
    AtomicLong answered = new AtomicLong();
    NodeConnection.Listener listener =
        new NodeConnection.Listener() {
          @Override
          public void onAnswer(Answer answer) {
            answered.set(answer.timeNs());
          }

          @Override
          public void onUncertain(String reason) {
            answered.set(-1);
          }
        };
    for (int i = 0; i < COMMANDS; i++) {
      answered.set(0);
      LoadRun.rest(pauseNs);
      long wallNs = BenchVenue.nowNs();
      long began = System.nanoTime();
      while (connection.submit(0, 0, command, listener) != NodeConnection.Admission.TAKEN) {
        Thread.onSpinWait();
      }
      while (answered.get() == 0) {
        Thread.onSpinWait();
      }
      whole.recordValue(System.nanoTime() - began);
      toLog.recordValue(Math.clamp(answered.get() - wallNs, 0, HIGHEST_NS));
    }
  }
}
