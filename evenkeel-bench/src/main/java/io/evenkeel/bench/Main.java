package io.evenkeel.bench;

import io.evenkeel.bench.node.NodeMeasurement;
import io.evenkeel.bench.watch.WatchMeasurement;
import java.io.IOException;
import java.util.Arrays;

/// `footprint [ACCOUNTS ...]` measures memory, `node ...` the whole node, `watch ...` the watch
/// against a scan of all holders; everything else goes to JMH (`-h` tells what it takes; `-l` lists
/// the benchmarks).
public final class Main {
  private Main() {}

  /// Runs what the arguments name.
  ///
  /// @throws IOException when JMH cannot start its forks, or a node cannot use the disk
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("footprint")) {
      FootprintMeasurement.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length > 0 && args[0].equals("node")) {
      NodeMeasurement.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length > 0 && args[0].equals("watch")) {
      System.exit(WatchMeasurement.run(Arrays.copyOfRange(args, 1, args.length)));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }
}
