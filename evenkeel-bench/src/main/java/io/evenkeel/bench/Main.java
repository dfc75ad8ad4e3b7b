package io.evenkeel.bench;

import java.io.IOException;
import java.util.Arrays;

/// `footprint [ACCOUNTS ...]` measures memory; everything else goes to JMH (`-h` tells what it
/// takes; `-l` lists the benchmarks).
public final class Main {
  private Main() {}

  /// Runs what the arguments name.
  ///
  /// @throws IOException when JMH cannot start its forks
  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("footprint")) {
      FootprintMeasurement.main(Arrays.copyOfRange(args, 1, args.length));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }
}
