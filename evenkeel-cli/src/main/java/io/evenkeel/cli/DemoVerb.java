package io.evenkeel.cli;

import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenkeel demo`: a made-up market with a crash in it, watched live.
@Command(
    name = "demo",
    description = {
      "Shows the engine at work on a made-up market: a calm, a slow bleed, a cascade,",
      "a wick and a partial recovery. On a terminal the view is live; Ctrl-C ends it.",
      "The report at the end is that of 'evenkeel replay'."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel demo",
      "  evenkeel demo --accounts 100000 --speed 2",
      "  evenkeel demo --plain --ticks 300 --seed 7",
      "",
      "Exit codes: 0 done, 1 money was not conserved, 2 the command line was wrong,",
      "130 Ctrl-C."
    })
final class DemoVerb implements Callable<Integer> {
  private static final double TICKS_PER_SECOND = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Trader accounts. Default: ${DEFAULT-VALUE}.")
  private int accounts;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of prices, accounts and traders. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--ticks",
      paramLabel = "N",
      defaultValue = "1500",
      description =
          "Length of the story, ten seconds of market time each. Default: ${DEFAULT-VALUE}.")
  private long ticks;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "Times as fast; 1 is twenty ticks a second, 0 as fast as it goes. Default: 1 live, 0 plain.")
  private @Nullable Double speed;

  @Option(
      names = "--plain",
      description = "A line now and then in place of the live view; without a terminal always so.")
  private boolean plain;

  @Override
  public Integer call() {
    if (accounts < 1 || ticks < 1) {
      throw wrong("--accounts and --ticks must be at least 1");
    }
    if (speed != null && !(speed >= 0 && speed <= 1e6)) {
      throw wrong("--speed must be 0 to 1000000, not " + speed);
    }
    SyntheticMarket market = new SyntheticMarket(SyntheticMarket.Plan.standard(seed, ticks));
    Rulebook rules = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
    PrintWriter out = spec.commandLine().getOut();
    boolean live = !plain && Terminal.isOutput();
    Pace pace = new Pace(TICKS_PER_SECOND * (speed == null ? (live ? 1 : 0) : speed));
    ReplayObserver view = live ? new LiveView(out, ticks, pace) : new PlainView(out, ticks, pace);
    Replay replay = new Replay(ReplayPlan.of(market, rules, accounts, seed), view);
    try (Interruption interruption = new Interruption(replay)) {
      ReplayReport report;
      try {
        report = replay.run();
      } finally {
        if (view instanceof LiveView terminal) {
          terminal.leave();
        }
      }
      PrintWriter err = spec.commandLine().getErr();
      return ReplayEnding.print(report, false, out, err, interruption);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
