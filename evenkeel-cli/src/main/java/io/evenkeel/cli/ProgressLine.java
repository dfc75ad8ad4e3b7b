package io.evenkeel.cli;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.model.account.Zone;
import java.io.PrintWriter;
import java.util.Locale;

/// One line on a terminal, rewritten a few times a second: how far the replay is, accounts per
/// zone, liquidations, and how long it will take.
final class ProgressLine implements ReplayObserver {
  private static final long REDRAW_NS = 150_000_000L;
  private static final int BAR_CELLS = 16;
  private static final double NANOSECONDS = 1e9;

  private final PrintWriter err;
  private final long startNs;
  private final long endNs;
  private final long tickLimit;
  private long beganNs;
  private long drawnNs;

  /// @param err a terminal
  ProgressLine(PrintWriter err, ReplayPlan plan) {
    this.err = err;
    startNs = plan.source().startTimeNs();
    endNs = plan.source() instanceof Tape tape ? tape.endTimeNs() : startNs;
    tickLimit = plan.tickLimit();
    beganNs = System.nanoTime();
    drawnNs = beganNs;
  }

  @Override
  public void onSetUp(long commands) {
    if (isDue()) {
      draw(String.format(Locale.ROOT, "setting up accounts: %,d commands", commands));
    }
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    beganNs = System.nanoTime();
  }

  @Override
  public void onTick(Replay replay) {
    double done = shareDone(replay);
    if (isDue()) {
      draw(line(replay, done));
    }
  }

  /// Takes the line away, so that what is printed next begins at the margin.
  void clear() {
    draw("");
  }

  private boolean isDue() {
    long nowNs = System.nanoTime();
    boolean due = nowNs - drawnNs >= REDRAW_NS;
    drawnNs = due ? nowNs : drawnNs;
    return due;
  }

  private double shareDone(Replay replay) {
    double byTime = endNs > startNs ? (replay.timeNs() - startNs) / (double) (endNs - startNs) : 0;
    double byTicks = tickLimit > 0 ? replay.ticks() / (double) tickLimit : 0;
    return Math.max(byTime, byTicks);
  }

  private String line(Replay replay, double done) {
    long[] zones = replay.zoneCounts();
    int cells = (int) (done * BAR_CELLS);
    double passed = (System.nanoTime() - beganNs) / NANOSECONDS;
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %% tick %,d | excess %,d healthy %,d restricted %,d call %,d | liquidated %,d | %.0f s left",
        "#".repeat(cells),
        ".".repeat(BAR_CELLS - cells),
        100 * done,
        replay.ticks(),
        zones[Zone.EXCESS.ordinal()],
        zones[Zone.HEALTHY.ordinal()],
        zones[Zone.RESTRICTED.ordinal()],
        zones[Zone.CALL.ordinal()],
        replay.tally().liquidationsStarted(),
        done > 0 ? passed * (1 - done) / done : 0);
  }

  private void draw(String line) {
    err.print("\r\u001b[2K" + line);
    err.flush();
  }
}
