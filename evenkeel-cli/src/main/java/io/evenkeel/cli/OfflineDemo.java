package io.evenkeel.cli;

import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintWriter;

/// The demo without a node: one story of a made-up market, driven through an engine in this process
/// and told in the terminal. The same options give the same state hash, so it is what measurements
/// and comparisons use.
///
/// @param ticks length of the story
/// @param speed times as fast as twenty ticks a second; 0 is as fast as it goes
/// @param live whether the terminal shows a view that is redrawn
record OfflineDemo(int accounts, long seed, long ticks, double speed, boolean live) {
  private static final double TICKS_PER_SECOND = 20;
  private static final int PATIENCE_SECONDS = 20;

  /// @return the exit code
  int run(PrintWriter out, PrintWriter err) {
    SyntheticMarket market = new SyntheticMarket(SyntheticMarket.Plan.standard(seed, ticks));
    Rulebook rules = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
    Pace pace = new Pace(TICKS_PER_SECOND * speed);
    ReplayObserver view = live ? new LiveView(out, ticks, pace) : new PlainView(out, ticks, pace);
    Replay replay = new Replay(ReplayPlan.of(market, rules, accounts, seed), view);
    try (Interruption interruption = new Interruption(replay::stop, PATIENCE_SECONDS)) {
      ReplayReport report;
      try {
        report = replay.run();
      } finally {
        if (view instanceof LiveView terminal) {
          terminal.leave();
        }
      }
      return ReplayEnding.print(report, false, out, err, interruption);
    }
  }
}
