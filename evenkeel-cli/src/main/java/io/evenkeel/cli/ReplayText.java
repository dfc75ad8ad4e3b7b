package io.evenkeel.cli;

import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.replay.ReplaySpeed;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.account.Zone;
import io.evenkeel.wire.words.Wording;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A replay's report for people. Money is rounded to two decimals of the numeraire; `--json` has it
/// exactly.
final class ReplayText {
  private static final int LINE_WIDTH = 100;
  private static final double MILLISECOND = 1e6;

  private final StringBuilder text = new StringBuilder();

  private ReplayText() {}

  /// The report, several lines with a line break at the end.
  static String of(ReplayReport report) {
    ReplayText page = new ReplayText();
    page.heading(report);
    page.story(report);
    page.payers(report.tally());
    page.zones(report);
    page.marketData(report);
    page.checks(report);
    page.speed(report.speed());
    return page.text.toString();
  }

  /// A note on raised guards, one line.
  static String guardNote(GuardAllowance guard) {
    return "prices come %s apart (at most %s), too coarse for the rulebook's maximumAge; it is raised to %s for this run"
        .formatted(
            Wording.duration(guard.stepNs()),
            Wording.duration(guard.largestGapNs()),
            Wording.duration(guard.maximumAgeNs()));
  }

  private void heading(ReplayReport report) {
    line(
        "%s to %s UTC, under %s",
        Wording.time(report.startTimeNs()), Wording.time(report.endTimeNs()), report.rulebook());
    line(
        "%,d accounts, seed %d; %,d contracts, %,d ticks, %,d marks%s",
        report.accounts(),
        report.seed(),
        report.symbols().size(),
        report.ticks(),
        report.marks(),
        report.stopped() ? "; stopped before the end" : "");
    StringBuilder symbols = new StringBuilder(" ");
    for (String symbol : report.symbols()) {
      if (symbols.length() + symbol.length() >= LINE_WIDTH) {
        text.append(symbols).append('\n');
        symbols = new StringBuilder(" ");
      }
      symbols.append(' ').append(symbol);
    }
    text.append(symbols).append('\n');
    if (report.setUp().refused() > 0) {
      line(
          "set-up: %,d of %,d commands refused, first %s",
          report.setUp().refused(),
          report.setUp().commands(),
          report.setUp().refusals().getFirst());
    }
    long early = report.setUpTally().liquidationsStarted() + report.setUpTally().callsIssued();
    if (early > 0) {
      line(
          "set-up: %,d topped up, %,d called, %,d liquidated when the rulebook came into force",
          report.setUpTally().topUps(),
          report.setUpTally().callsIssued(),
          report.setUpTally().liquidationsStarted());
    }
  }

  private void story(ReplayReport report) {
    ReplayTally tally = report.tally();
    long ended = tally.callsMet() + tally.callsCancelled() + tally.callsSuperseded();
    long before = report.setUpTally().callsIssued();
    line("");
    line("What happened");
    row("top-ups", tally.topUps(), tally.toppedUp(), "pulled in from wallets and sibling accounts");
    row("releases", tally.releases(), tally.released(), "given back to wallets");
    row("margin calls issued", tally.callsIssued(), tally.called(), "asked for");
    row("  met", tally.callsMet(), null, "equity came back to initial");
    row("  expired", tally.callsExpired(), null, "not met by their deadline");
    row("  superseded", tally.callsSuperseded(), null, "ended by liquidation");
    row("  cancelled", tally.callsCancelled(), null, "");
    row("  still standing", before + tally.callsIssued() - ended, null, "at the end");
    row(
        "liquidations",
        tally.liquidationsStarted(),
        tally.liquidatedNotional(),
        "notional liquidated");
    row(
        "  partial",
        tally.liquidationsPartial(),
        null,
        "%,d closing trades sufficed".formatted(tally.positionsReduced()));
    row("  account-wide", tally.liquidationsAccountWide(), null, "taken over by the backstop");
    row("  rescued", tally.liquidationsRescued(), null, "no position had to be closed");
    if (tally.deleveragings() > 0) {
      row(
          "  deleveraged",
          tally.liquidationsDeleveraged(),
          tally.forgone(),
          "%,d closings against holders, who gave this up".formatted(tally.deleveragings()));
    }
    if (tally.liquidationsWaiting() > 0) {
      row("  waiting", tally.liquidationsWaiting(), null, "for the next slices");
    }
    if (tally.liquidationsAuctioned() > 0) {
      row(
          "  auctioned",
          tally.liquidationsAuctioned(),
          null,
          "shares of whole accounts, to bidders");
    }
    row("  left open", tally.liquidationsLeftOpen(), null, "call expired, nothing worth closing");
    if (tally.fundingMoved().signum() != 0) {
      row("funding", null, tally.fundingMoved(), "paid from one side to the other");
    }
  }

  private void payers(ReplayTally tally) {
    line("");
    line("Who paid");
    row(
        "penalties",
        null,
        tally.penalties(),
        "by liquidated accounts, out of what equity was left");
    row("insurance fund", null, tally.insuranceUsed(), "deficits of liquidated accounts");
    row(
        "shared by winners",
        tally.profitsReduced(),
        tally.sharedLoss(),
        "out of unrealised profit");
    row("bad debt", null, tally.badDebt(), "nobody was left to bear it");
  }

  private void zones(ReplayReport report) {
    line("");
    line("Accounts at the end");
    Zone[] zones = Zone.values();
    for (int i = zones.length - 1; i >= 0; i--) {
      long count = report.zoneCount(zones[i]);
      line(
          "  %-20s %,12d %11.1f %%",
          zones[i].name().toLowerCase(Locale.ROOT), count, 100.0 * count / report.accounts());
    }
  }

  private void marketData(ReplayReport report) {
    ReplayTally tally = report.tally();
    GuardAllowance guard = report.guardAllowance();
    line("");
    line("Market data and commands");
    line(
        "  prices degraded %,d times, lost %,d times; not applied: %s",
        tally.degradedMarks(), tally.lostMarks(), counts(tally.rejectedMarks()));
    if (guard != null) {
      line("  note: %s", guardNote(guard));
    }
    line(
        "  commands %,d, trades %,d; refused: %s",
        report.commands(), tally.fills(), counts(report.refusals()));
  }

  private void checks(ReplayReport report) {
    line("");
    line("Checks");
    line(
        "  money conserved      %s",
        report.ledgerConserved()
            ? "yes, counted %,d times".formatted(report.conservationChecks())
            : "NO: " + report.conservationBreach());
    if (report.auditedCommands() >= 0) {
      line(
          "  audited              %,d commands equal%s",
          report.auditedCommands(),
          report.auditDifference() == null ? "" : ", then DIFFERENT: " + report.auditDifference());
    }
    long alarms = report.tally().alarms() + report.setUpTally().alarms();
    if (alarms > 0) {
      line(
          "  internal faults      %,d, first: %s",
          alarms,
          report.setUpTally().alarms() > 0
              ? report.setUpTally().firstAlarm()
              : report.tally().firstAlarm());
    }
    line("  state hash           %s", report.stateHash());
  }

  private void speed(ReplaySpeed speed) {
    line("");
    line("Speed");
    line(
        "  %.2f s in all: set-up %.2f, engine on marks %.2f, counting money %.2f",
        speed.wallSeconds(),
        speed.setUpSeconds(),
        speed.markApplyNs() / (1000 * MILLISECOND),
        speed.checkNs() / (1000 * MILLISECOND));
    line(
        "  %,.0f marks/s inside the engine, %,.0f with traders and checks",
        speed.marksPerSecond(), speed.marksPerSecondOverall());
    line(
        "  %,d accounts valued, %,.0f ns each with all that followed; slowest batch %,.1f ms",
        speed.valuations(), speed.nanosecondsPerValuation(), speed.slowestBatchNs() / MILLISECOND);
  }

  private static String counts(Map<? extends Enum<?>, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry ->
                "%,d %s"
                    .formatted(
                        entry.getValue(),
                        entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
            .collect(Collectors.joining(", "));
  }

  private void row(
      String name, @Nullable Long count, @Nullable BigDecimal money, String explanation) {
    String row =
        String.format(
            Locale.ROOT,
            "  %-20s %12s %20s  %s",
            name,
            count == null ? "" : String.format(Locale.ROOT, "%,d", count),
            money == null ? "" : Wording.value(money),
            explanation);
    text.append(row.stripTrailing()).append('\n');
  }

  // The annotation that is asked for is Error Prone's own, which the product does not depend on.
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String form, @Nullable Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
