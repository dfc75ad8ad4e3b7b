package io.evenkeel.bench.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.node.EchoNode;
import io.evenkeel.node.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// Durable commands per second of a node, and of an echo on the same log, in turns; then latency at
/// half of the most that the node was found to do.
final class ThroughputMeasurement {
  private static final int FILLS = 1 << 14;
  private static final int[] WINDOWS = {1, 64, 1_024, 8_192};
  private static final int ROUNDS = 3;
  private static final double WARM_UP_SECONDS = 4;
  private static final double SECONDS = 2;
  private static final double OPEN_SECONDS = 6;
  private static final double HALF = 0.5;
  private static final double LEAST_NS = 50;
  private static final String DRIVER = "driver-conductor]";

  private final PrintStream out;
  private final Path folder;

  ThroughputMeasurement(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /// Fills of one unit.
  ///
  /// @param accounts trader accounts of the node
  void fills(int accounts) throws IOException, InterruptedException {
    run(accounts, "fills", venue -> venue.fills(FILLS));
  }

  /// Batches of marks that have everybody valued.
  ///
  /// @param accounts trader accounts of the node
  void marks(int accounts) throws IOException, InterruptedException {
    run(accounts, "batches of 16 marks", BenchVenue::quietPair);
  }

  private void run(int accounts, String what, Function<BenchVenue, Command[]> commands)
      throws IOException, InterruptedException {
    try (Node node = Host.startNode(folder.resolve("node"), true);
        EchoNode echo = EchoNode.start(Host.config(folder.resolve("echo"), true))) {
      NodeFeed feed = new NodeFeed(node.connect());
      BenchVenue venue = new BenchVenue(accounts, feed);
      out.printf("%d accounts; set-up: %d commands%n", accounts, feed.sent());
      measure(what, node, echo, commands.apply(venue));
    }
  }

  private void measure(String what, Node node, EchoNode echo, Command[] commands)
      throws InterruptedException {
    Lane bare = new BareLane(echo, commands);
    Lane same = new ConnectionLane("echo, NodeConnection", echo.connect(), commands);
    Lane whole = new ConnectionLane("node", node.connect(), commands);
    List<Lane> lanes = List.of(bare, same, whole);
    out.printf("%n%s%n", what);
    for (Lane lane : lanes) {
      LoadRun.closed(lane, WINDOWS[WINDOWS.length - 1], WARM_UP_SECONDS);
    }
    double most = 0;
    for (int window : WINDOWS) {
      most = closed(lanes, window);
    }
    open(lanes, most * HALF);
    lanes.forEach(Lane::close);
  }

  /// Every lane in turn, several times.
  ///
  /// @return what the last lane did per second, the median
  private double closed(List<Lane> lanes, int window) {
    double[][] rates = new double[lanes.size()][ROUNDS];
    List<Map<String, Double>> cpu = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      cpu.clear();
      for (int i = 0; i < lanes.size(); i++) {
        LoadRun.Throughput found = LoadRun.closed(lanes.get(i), window, SECONDS);
        rates[i][round] = found.perSecond();
        cpu.add(found.cpuNsByThread());
      }
    }
    double node = median(rates[lanes.size() - 1]);
    out.printf("  %d under way: per second, median of %d turns (all)%n", window, ROUNDS);
    for (int i = 0; i < lanes.size(); i++) {
      double median = median(rates[i]);
      out.printf(
          Locale.ROOT,
          "    %-22s %,10.0f  %s, refused %d; node / this: %.2f%n      cpu ns per command: %s%n",
          lanes.get(i).name(),
          median,
          list(rates[i]),
          lanes.get(i).refused(),
          node / median,
          threads(cpu.get(i)));
    }
    return node;
  }

  private void open(List<Lane> lanes, double rate) {
    out.printf(Locale.ROOT, "  latency at %,.0f per second, half of the node's most%n", rate);
    for (Lane lane : lanes) {
      LoadRun.open(lane, rate, OPEN_SECONDS / 2); // at this pace other code is compiled
      Histogram it = LoadRun.open(lane, rate, OPEN_SECONDS);
      out.printf("    %-22s %s%n", lane.name(), Figures.latency(it));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String list(double[] rates) {
    StringBuilder text = new StringBuilder("(");
    for (double rate : rates) {
      text.append(text.length() > 1 ? ", " : "").append(String.format(Locale.ROOT, "%,.0f", rate));
    }
    return text.append(')').toString();
  }

  private static String threads(Map<String, Double> cpu) {
    StringBuilder text = new StringBuilder();
    cpu.forEach((name, ns) -> {
      if (ns >= LEAST_NS) {
        text.append(text.isEmpty() ? "" : ", ");
        text.append(name.endsWith(DRIVER) ? "driver" : name);
        text.append(' ').append(Math.round(ns));
      }
    });
    return text.toString();
  }
}
