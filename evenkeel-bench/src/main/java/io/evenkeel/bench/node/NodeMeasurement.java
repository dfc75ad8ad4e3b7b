package io.evenkeel.bench.node;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `node fills [ACCOUNTS ...]`, `node marks [ACCOUNTS ...]`, `node venue [ACCOUNTS ...]`, `node
/// hops [ACCOUNTS ...]`, `node what-if [LEGS ...]`. Data is written below `java.io.tmpdir` and
/// removed; a folder in memory would make syncing free, so mind what that is.
public final class NodeMeasurement {
  private static final int SMALL = 1_000;
  private static final int LEGS = 50;

  private NodeMeasurement() {}

  /// Runs what the arguments name.
  ///
  /// @throws IOException when the disk or the gateway fails
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = System.out;
    String what = args.length == 0 ? "" : args[0];
    int[] sizes =
        Arrays.stream(args).skip(1).mapToInt(text -> Integer.parseInt(text.strip())).toArray();
    out.printf(
        Locale.ROOT,
        "load before: %s on %d cores%n",
        Figures.load(),
        Runtime.getRuntime().availableProcessors());
    switch (what) {
      case "fills" -> each(sizes, out, (n, at) -> new ThroughputMeasurement(out, at).fills(n));
      case "marks" -> each(sizes, out, (n, at) -> new ThroughputMeasurement(out, at).marks(n));
      case "venue" -> each(sizes, out, (n, at) -> new VenueMeasurement(out, at).run(n));
      case "hops" -> each(sizes, out, (n, at) -> new HopMeasurement(out, at).run(n));
      case "what-if" ->
          each(
              sizes.length == 0 ? new int[] {LEGS} : sizes,
              out,
              (n, at) -> new WhatIfMeasurement(out, at).run(n));
      default ->
          out.println(
              "node fills|marks|venue|hops [ACCOUNTS ...], what-if [LEGS ...]; see docs/PERFORMANCE.md");
    }
  }

  private interface Measurement {
    void run(int accounts, Path folder) throws IOException, InterruptedException;
  }

  private static void each(int[] sizes, PrintStream out, Measurement it)
      throws IOException, InterruptedException {
    for (int accounts : sizes.length == 0 ? new int[] {SMALL} : sizes) {
      Path folder = Files.createTempDirectory("evenkeel-bench");
      try {
        it.run(accounts, folder);
      } finally {
        remove(folder);
      }
      out.flush();
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + path, e);
      }
    }
  }
}
