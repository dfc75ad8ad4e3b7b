package io.evenkeel.cli;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.account.Zone;
import io.evenkeel.wire.words.Wording;
import java.io.PrintWriter;
import java.util.Locale;

/// The demo without a terminal: a line every so many ticks.
final class PlainView implements ReplayObserver {
  private static final int LINES = 30;

  private final PrintWriter out;
  private final Pace pace;
  private final long ticks;
  private final long ticksPerLine;

  PlainView(PrintWriter out, long ticks, Pace pace) {
    this.out = out;
    this.ticks = ticks;
    this.pace = pace;
    ticksPerLine = Math.max(1, ticks / LINES);
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    out.printf(
        Locale.ROOT,
        "%,d accounts ready after %,d commands%n",
        replay.population().traderCount(),
        report.commands());
    out.printf(
        "%-19s %6s %11s %8s %8s %8s %8s %8s %6s %7s %6s%n",
        "time (UTC)",
        "tick",
        replay.listing().contract(0).symbol(),
        "excess",
        "healthy",
        "restrict",
        "top-ups",
        "releases",
        "calls",
        "partial",
        "whole");
    out.flush();
  }

  @Override
  public void onTick(Replay replay) {
    if (replay.ticks() % ticksPerLine == 0 || replay.ticks() == 1 || replay.ticks() == ticks) {
      Wording wording = new Wording(replay.listing().catalogue());
      long[] zones = replay.zoneCounts();
      ReplayTally tally = replay.tally();
      out.printf(
          Locale.ROOT,
          "%-19s %,6d %11s %,8d %,8d %,8d %,8d %,8d %,6d %,7d %,6d%s%n",
          Wording.time(replay.timeNs()),
          replay.ticks(),
          wording.price(0, replay.view().markUnits(0)),
          zones[Zone.EXCESS.ordinal()],
          zones[Zone.HEALTHY.ordinal()],
          zones[Zone.RESTRICTED.ordinal()] + zones[Zone.CALL.ordinal()],
          tally.topUps(),
          tally.releases(),
          tally.callsIssued(),
          tally.liquidationsPartial(),
          tally.liquidationsAccountWide(),
          replay.isConserved() ? "" : "  MONEY NOT CONSERVED");
      out.flush();
    }
    pace.await(replay);
  }
}
