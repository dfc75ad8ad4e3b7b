package io.evenkeel.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Figures as they are printed.
final class Figures {
  private static final int COLLECTIONS = 4;

  private Figures() {}

  /// Percentiles, from nanoseconds.
  static String latency(Histogram it) {
    return String.format(
        Locale.ROOT,
        "p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms (%d)",
        it.getValueAtPercentile(50) / 1e6,
        it.getValueAtPercentile(99) / 1e6,
        it.getValueAtPercentile(99.9) / 1e6,
        it.getMaxValue() / 1e6,
        it.getTotalCount());
  }

  /// Heap in use after full collections.
  static long heapBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// Memory of files and shared memory that this process has mapped and touched; -1 where the
  /// system does not tell (it is Linux that does).
  static long mappedBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return -1;
    }
    long bytes = 0;
    for (String line : Files.readAllLines(status)) {
      List<String> words = List.of(line.split("\\s+"));
      if (List.of("RssFile:", "RssShmem:").contains(words.getFirst())) {
        bytes += Long.parseLong(words.get(1)) * 1024;
      }
    }
    return bytes;
  }

  /// One minute's load of the machine, as the system tells it.
  static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.isReadable(file) ? Files.readString(file).split(" ")[0] : "unknown";
  }

  static double mib(long bytes) {
    return bytes / 1048576.0;
  }
}
