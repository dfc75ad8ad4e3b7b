package io.evenkeel.cli;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.words.EventWords;
import io.evenkeel.wire.words.Wording;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// The demo on a terminal of at least 80 columns and 28 lines: prices, accounts per zone, the last
/// decisions in words, totals, and whether the money adds up, redrawn ten times a second.
final class LiveView implements ReplayObserver {
  private static final long REDRAW_NS = 100_000_000L;
  private static final double NANOSECONDS = 1e9;
  private static final int WIDTH = 79;
  private static final int ZONE_CELLS = 46;
  private static final int SERIOUS_LINES = 5;
  private static final int ROUTINE_LINES = 2;
  private static final String ESCAPE = "\u001b[";
  private static final String HIDE_CURSOR = ESCAPE + "?25l";
  private static final String SHOW_CURSOR = ESCAPE + "?25h";
  private static final String CLEAR = ESCAPE + "2J";
  private static final String HOME = ESCAPE + "H";
  private static final String CLEAR_REST_OF_LINE = ESCAPE + "K\r\n";
  private static final String CLEAR_REST = ESCAPE + "J";
  private static final String BOLD = ESCAPE + "1m";
  private static final String PLAIN = ESCAPE + "0m";

  private final PrintWriter out;
  private final long ticks;
  private final Pace pace;
  private final boolean blocks = Terminal.hasBlocks();
  private final Deque<Told> serious = new ArrayDeque<>();
  private final Deque<Told> routine = new ArrayDeque<>();
  private final List<Sparkline> sparklines = new ArrayList<>();
  private long drawnNs;
  private long speedSinceNs;
  private long speedSinceTicks;
  private double ticksPerSecond;

  /// @param ticks how many there will be
  LiveView(PrintWriter out, long ticks, Pace pace) {
    this.out = out;
    this.ticks = ticks;
    this.pace = pace;
  }

  private record Told(long timeNs, Event event) {}

  @Override
  public void onSetUp(long commands) {
    if (isDue()) {
      out.printf(Locale.ROOT, "\rsetting up accounts: %,d commands", commands);
      out.flush();
    }
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    for (int i = 0; i < replay.listing().contractCount(); i++) {
      sparklines.add(new Sparkline(ticks, replay.view().markUnits(i), blocks));
    }
    serious.clear();
    routine.clear();
    speedSinceNs = System.nanoTime();
    out.print(HIDE_CURSOR + CLEAR);
    drawnNs = 0;
  }

  @Override
  public void onEvent(long timeNs, Event event) {
    switch (event) {
      case Event.ToppedUp _, Event.Released _ -> keep(routine, ROUTINE_LINES, timeNs, event);
      case Event.MarginCallIssued _,
          Event.MarginCallEnded _,
          Event.PositionReduced _,
          Event.Deleveraged _,
          Event.AccountTakenOver _,
          Event.InsuranceDrawn _,
          Event.LossShared _,
          Event.BadDebtRecorded _,
          Event.MarketDataDegraded _,
          Event.MarketDataRestored _,
          Event.AlarmRaised _ ->
          keep(serious, SERIOUS_LINES, timeNs, event);
      default -> {}
    }
  }

  private static void keep(Deque<Told> told, int most, long timeNs, Event event) {
    if (told.size() == most) {
      told.removeFirst();
    }
    told.addLast(new Told(timeNs, event));
  }

  @Override
  public void onTick(Replay replay) {
    for (int i = 0; i < sparklines.size(); i++) {
      sparklines.get(i).add(replay.view().markUnits(i));
    }
    if (isDue() || replay.ticks() == ticks) {
      draw(replay);
    }
    pace.await(replay);
  }

  private boolean isDue() {
    long nowNs = System.nanoTime();
    boolean due = nowNs - drawnNs >= REDRAW_NS;
    drawnNs = due ? nowNs : drawnNs;
    return due;
  }

  private void draw(Replay replay) {
    measureSpeed(replay);
    StringBuilder page = new StringBuilder(HOME);
    head(page, replay);
    prices(page, replay);
    zones(page, replay.zoneCounts());
    decisions(page, new EventWords(new Wording(replay.listing().catalogue())));
    totals(page, replay);
    out.print(page.append(CLEAR_REST));
    out.flush();
  }

  private void measureSpeed(Replay replay) {
    long passedNs = System.nanoTime() - speedSinceNs;
    if (passedNs > NANOSECONDS || ticksPerSecond == 0) {
      ticksPerSecond = (replay.ticks() - speedSinceTicks) * NANOSECONDS / passedNs;
      speedSinceNs += passedNs;
      speedSinceTicks = replay.ticks();
    }
  }

  private void head(StringBuilder page, Replay replay) {
    line(
        page,
        BOLD,
        String.format(
            Locale.ROOT,
            "Evenkeel   %s UTC   tick %,d of %,d   %.0f/s   Ctrl-C ends",
            Wording.time(replay.timeNs()),
            replay.ticks(),
            ticks,
            ticksPerSecond));
    line(page, "", "");
  }

  private void prices(StringBuilder page, Replay replay) {
    Wording wording = new Wording(replay.listing().catalogue());
    for (int i = 0; i < sparklines.size(); i++) {
      Sparkline spark = sparklines.get(i);
      line(
          page,
          "",
          String.format(
              Locale.ROOT,
              "  %-9s %12s %+7.1f %%  %s%s",
              replay.listing().contract(i).symbol(),
              wording.price(i, replay.view().markUnits(i)),
              spark.changePercent(),
              spark.draw(),
              replay.view().isInstrumentDegraded(i) ? " degraded" : ""));
    }
    line(page, "", "");
  }

  private void zones(StringBuilder page, long[] counts) {
    long total = 1;
    for (long count : counts) {
      total += count;
    }
    Zone[] zones = Zone.values();
    for (int i = zones.length - 1; i >= 0; i--) {
      long count = counts[zones[i].ordinal()];
      int cells = (int) Math.ceilDiv(count * ZONE_CELLS, total);
      line(
          page,
          "",
          String.format(
              Locale.ROOT,
              "  %-12s %,10d  %s",
              zones[i].name().toLowerCase(Locale.ROOT),
              count,
              (blocks ? "█" : "#").repeat(cells)));
    }
    line(page, "", "");
  }

  private void decisions(StringBuilder page, EventWords words) {
    line(page, BOLD, "Last decisions");
    decisions(page, serious, SERIOUS_LINES, words);
    decisions(page, routine, ROUTINE_LINES, words);
    line(page, "", "");
  }

  private static void decisions(StringBuilder page, Deque<Told> told, int lines, EventWords words) {
    for (Told each : told) {
      line(page, "", "  " + Wording.time(each.timeNs).substring(11) + " " + words.tell(each.event));
    }
    for (int i = told.size(); i < lines; i++) {
      line(page, "", "");
    }
  }

  private static void totals(StringBuilder page, Replay replay) {
    ReplayTally tally = replay.tally();
    line(
        page,
        "",
        String.format(
            Locale.ROOT,
            "  topped up %,d (%s)   released %,d (%s)",
            tally.topUps(),
            rounded(tally.toppedUp()),
            tally.releases(),
            rounded(tally.released())));
    line(
        page,
        "",
        String.format(
            Locale.ROOT,
            "  calls %,d: met %,d, expired %,d   liquidations: partial %,d, whole %,d",
            tally.callsIssued(),
            tally.callsMet(),
            tally.callsExpired(),
            tally.liquidationsPartial(),
            tally.liquidationsAccountWide()));
    line(
        page,
        "",
        String.format(
            Locale.ROOT,
            "  insurance %s   shared %s   bad debt %s",
            rounded(tally.insuranceUsed()),
            rounded(tally.sharedLoss()),
            rounded(tally.badDebt())));
    double perSecond =
        replay.markApplyNs() == 0 ? 0 : replay.marks() * NANOSECONDS / replay.markApplyNs();
    line(
        page,
        replay.isConserved() ? "" : BOLD,
        String.format(
            Locale.ROOT,
            "  money conserved: %s   %,.0f marks/s inside the engine",
            replay.isConserved() ? "yes" : "NO",
            perSecond));
  }

  private static String rounded(BigDecimal units) {
    return String.format(Locale.ROOT, "%,.0f", units);
  }

  private static void line(StringBuilder page, String style, String text) {
    String cut = text.length() <= WIDTH ? text : text.substring(0, WIDTH);
    page.append(style).append(cut).append(style.isEmpty() ? "" : PLAIN).append(CLEAR_REST_OF_LINE);
  }

  /// Gives the terminal back.
  void leave() {
    out.print(SHOW_CURSOR + "\r\n");
    out.flush();
  }
}
