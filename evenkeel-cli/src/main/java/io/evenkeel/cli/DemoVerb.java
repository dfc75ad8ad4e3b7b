package io.evenkeel.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenkeel demo`: a made-up market on a real node, with a page to watch it.
@Command(
    name = "demo",
    description = {
      "Starts a node, its gateway and the page, and lets a made-up crowd trade on it in a",
      "made-up market with a crash every few minutes. Open the address it prints. Ctrl-C",
      "stops it; started again, it goes on where it was.",
      "With --offline: one such story without a node, told in the terminal; its report is",
      "that of 'evenkeel replay'."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel demo",
      "  evenkeel demo --fresh --accounts 100000 --speed 2",
      "  evenkeel demo --offline --plain --ticks 300 --seed 7",
      "",
      "Exit codes: 0 done (--stop-after or --offline), 1 it could not start or the node",
      "stopped by itself, 2 the command line was wrong, 130 Ctrl-C, 143 kill."
    })
final class DemoVerb implements Callable<Integer> {
  private static final int STANDARD_PORT = 8642;
  private static final int STANDARD_ACCOUNTS = 10_000;
  private static final int MOST_ACCOUNTS = 2_000_000;

  @Spec private CommandSpec spec;

  @Option(names = "--fresh", description = "Delete what an earlier demo left, and start over.")
  private boolean fresh;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Trader accounts. Default: those there are, or 10000.")
  private @Nullable Integer accounts;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "Times as fast; 1 is four ticks a second, with --offline twenty, and 0 as fast as it goes. Default: 1.")
  private @Nullable Double speed;

  @Option(
      names = "--port",
      paramLabel = "P",
      description =
          "Port of the page and the API on this machine; 0 takes a free one. Default: 8642.")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the venue is kept. Default: evenkeel/demo in the user's data folder.")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of prices, accounts and traders. Default: the one there is, or 1.")
  private @Nullable Long seed;

  @Option(
      names = "--stop-after",
      paramLabel = "SECONDS",
      description = "Stop cleanly by itself after so many seconds of trading.")
  private @Nullable Long stopAfter;

  @Option(
      names = "--offline",
      description = "No node and no page: one story, in this process only.")
  private boolean offline;

  @Option(
      names = "--ticks",
      paramLabel = "N",
      description =
          "With --offline: length of the story, ten seconds of market time each. Default: 1500.")
  private @Nullable Long ticks;

  @Option(
      names = "--plain",
      description =
          "With --offline: a line now and then in place of the live view; without a terminal always so.")
  private boolean plain;

  @Override
  public Integer call() {
    if (accounts != null && (accounts < 1 || accounts > MOST_ACCOUNTS)) {
      throw wrong("--accounts must be 1 to " + MOST_ACCOUNTS + ", not " + accounts);
    }
    return offline ? offline() : live();
  }

  private int live() {
    if (ticks != null || plain) {
      throw wrong("--ticks and --plain need --offline");
    }
    if (speed != null && !(speed >= 0.01 && speed <= 100)) {
      throw wrong("--speed must be 0.01 to 100, not " + speed);
    }
    if (port != null && (port < 0 || port > 65_535)) {
      throw wrong("--port must be 0 to 65535, not " + port);
    }
    if (stopAfter != null && (stopAfter < 1 || stopAfter > 1_000_000)) {
      throw wrong("--stop-after must be 1 to 1000000, not " + stopAfter);
    }
    Path folder = data == null ? DemoFolder.standard() : data;
    PrintWriter out = spec.commandLine().getOut();
    return new LiveDemo(
            DemoFolder.open(folder.toAbsolutePath().normalize(), fresh, accounts, seed),
            port == null ? STANDARD_PORT : port,
            speed == null ? 1 : speed,
            stopAfter == null ? 0 : stopAfter,
            out)
        .run();
  }

  private int offline() {
    if (fresh || port != null || data != null || stopAfter != null) {
      throw wrong("--fresh, --port, --data and --stop-after mean nothing with --offline");
    }
    if (ticks != null && ticks < 1) {
      throw wrong("--ticks must be at least 1, not " + ticks);
    }
    if (speed != null && !(speed >= 0 && speed <= 1e6)) {
      throw wrong("--speed must be 0 to 1000000 with --offline, not " + speed);
    }
    boolean live = !plain && Terminal.isOutput();
    OfflineDemo demo =
        new OfflineDemo(
            accounts == null ? STANDARD_ACCOUNTS : accounts,
            seed == null ? 1 : seed,
            ticks == null ? 1_500 : ticks,
            speed == null ? (live ? 1 : 0) : speed,
            live);
    return demo.run(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
