package io.evenkeel.cli;

import io.evenkeel.lab.compare.BurdenFigures;
import io.evenkeel.lab.compare.CascadeFigures;
import io.evenkeel.lab.compare.ComparisonReport;
import io.evenkeel.lab.compare.DeleveragingFigures;
import io.evenkeel.lab.compare.DesignReport;
import io.evenkeel.lab.compare.DistressFigures;
import io.evenkeel.lab.compare.LiquidationFigures;
import io.evenkeel.lab.compare.RecoveryFigures;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.wire.words.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The figures of a comparison in words, one column per design: what the terminal and the page both
/// show. Money is rounded to two decimals; `--json` has it exactly.
///
/// @param sections in reading order
record CompareTable(List<Section> sections) {
  private static final long SECOND_MS = 1_000;
  private static final long SECOND_NS = 1_000_000_000;
  private static final long DAY_SECONDS = 86_400;
  private static final int HASH_DIGITS = 12;

  /// Rows about one question.
  record Section(String title, List<Row> rows) {}

  /// One figure.
  ///
  /// @param name of the figure
  /// @param cells of the designs, in order
  record Row(String name, List<String> cells) {}

  /// The table of a report.
  static CompareTable of(ComparisonReport report) {
    List<Section> sections = new ArrayList<>();
    sections.add(closed(report));
    sections.add(distress(report));
    sections.add(cost(report));
    sections.add(recovered(report));
    sections.add(payers(report));
    sections.add(fairness(report));
    sections.add(cascade(report));
    sections.add(checks(report));
    return new CompareTable(List.copyOf(sections));
  }

  private static Section closed(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    List<DesignReport> designs = report.designs();
    addLiquidations(rows, designs, "accounts closed", it -> count(it.accounts().size()));
    List<String> only = new ArrayList<>();
    for (int i = 0; i < designs.size(); i++) {
      only.add(count(report.onlyIn(i)));
    }
    rows.add(new Row("  under this design only", only));
    addLiquidations(
        rows, designs, "liquidations that closed something", it -> count(it.episodes()));
    addLiquidations(rows, designs, "  that did not have to", it -> count(it.spared()));
    addLiquidations(rows, designs, "notional closed or taken over", it -> money(it.notional()));
    return new Section("Who was closed", rows);
  }

  private static Section distress(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    Function<Function<DistressFigures, String>, List<String>> all =
        figure -> cells(report.designs(), design -> figure.apply(design.distress()));
    rows.add(new Row("accounts in distress", all.apply(it -> count(it.accounts()))));
    rows.add(
        new Row("account-time below maintenance", all.apply(it -> time(it.accountMilliseconds()))));
    rows.add(new Row("  longest of one account", all.apply(it -> time(it.longestMilliseconds()))));
    rows.add(new Row("  still so at the end", all.apply(it -> count(it.atTheEnd()))));
    return new Section("Time in distress", rows);
  }

  private static Section cost(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    List<DesignReport> designs = report.designs();
    addLiquidations(rows, designs, "penalties", it -> money(it.penalties()));
    addLiquidations(rows, designs, "slippage of closing trades", it -> money(it.slippage()));
    addLiquidations(rows, designs, "equity taken with the account", it -> money(it.equityTaken()));
    addLiquidations(rows, designs, "maintenance margin freed", it -> money(it.maintenanceFreed()));
    addLiquidations(
        rows, designs, "penalty per unit of it", it -> ratio(it.penaltyPerMaintenanceFreed()));
    addLiquidations(
        rows, designs, "all cost per unit of it", it -> ratio(it.costPerMaintenanceFreed()));
    addLiquidations(
        rows, designs, "penalty per unit of notional", it -> ratio(it.penaltyPerNotional()));
    return new Section("What it cost those who were closed", rows);
  }

  private static Section recovered(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    Function<Function<RecoveryFigures, String>, List<String>> all =
        figure -> cells(report.designs(), design -> figure.apply(design.recoveries()));
    rows.add(new Row("liquidations held on to", all.apply(it -> count(it.followed()))));
    rows.add(
        new Row(
            "back within 10 minutes", all.apply(it -> share(it.within10Minutes(), it.followed()))));
    rows.add(
        new Row(
            "back within 60 minutes", all.apply(it -> share(it.within60Minutes(), it.followed()))));
    rows.add(
        new Row(
            "  at initial within 10",
            all.apply(it -> share(it.initialWithin10Minutes(), it.followed()))));
    rows.add(
        new Row(
            "  at initial within 60",
            all.apply(it -> share(it.initialWithin60Minutes(), it.followed()))));
    rows.add(
        new Row(
            "not told: prices ended, not followed",
            all.apply(it -> count(it.cutShort()) + ", " + count(it.notFollowed()))));
    return new Section("Would have recovered, left alone", rows);
  }

  private static Section payers(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    Function<Function<ReplayTally, String>, List<String>> tallies =
        figure -> cells(report.designs(), design -> figure.apply(design.replay().tally()));
    rows.add(new Row("insurance fund", tallies.apply(it -> money(it.insuranceUsed()))));
    rows.add(new Row("shared by winners", tallies.apply(it -> money(it.sharedLoss()))));
    rows.add(new Row("bad debt", tallies.apply(it -> money(it.badDebt()))));
    Function<Function<DeleveragingFigures, String>, List<String>> closings =
        figure -> cells(report.designs(), design -> figure.apply(design.deleveraging()));
    rows.add(new Row("deleveragings", closings.apply(it -> count(it.closings()))));
    rows.add(new Row("  notional", closings.apply(it -> money(it.notional()))));
    rows.add(new Row("  given up by holders", closings.apply(it -> money(it.forgone()))));
    rows.add(new Row("  more than the deficits", closings.apply(it -> money(it.overshoot()))));
    return new Section("Who paid", rows);
  }

  private static Section fairness(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    Function<Function<BurdenFigures, String>, List<String>> all =
        figure -> cells(report.designs(), design -> figure.apply(design.burden()));
    rows.add(
        new Row("parties that bore something", all.apply(it -> share(it.bearers(), it.parties()))));
    rows.add(new Row("borne by them", all.apply(it -> money(it.total()))));
    rows.add(new Row("  most by one", all.apply(it -> money(it.largest()))));
    rows.add(new Row("Gini among those who bore", all.apply(it -> ratio(it.giniOfBearers()))));
    rows.add(new Row("Gini among all parties", all.apply(it -> ratio(it.giniOfAll()))));
    rows.add(new Row("share of the top 1 % of them", all.apply(it -> percent(it.topShare()))));
    rows.add(
        new Row("hedges broken by deleveraging", all.apply(it -> count(it.nakedByDeleveraging()))));
    rows.add(new Row("hedges broken by own closing", all.apply(it -> count(it.nakedByClosing()))));
    return new Section("Fairness", rows);
  }

  private static Section cascade(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "largest cascade number",
            cells(report.designs(), design -> ratio(design.cascade().peak().number()))));
    rows.add(new Row("  where", cells(report.designs(), design -> place(design.cascade().peak()))));
    rows.add(
        new Row(
            "marks moved at most by",
            cells(report.designs(), design -> percent(design.largestDisplacement()))));
    return new Section("Cascades", rows);
  }

  private static String place(CascadeFigures.Step step) {
    return step.symbol().isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%s %+d %%", step.symbol(), step.percent());
  }

  private static Section checks(ComparisonReport report) {
    List<Row> rows = new ArrayList<>();
    Function<Function<ReplayReport, String>, List<String>> all =
        figure -> cells(report.designs(), design -> figure.apply(design.replay()));
    rows.add(new Row("refused at set-up", all.apply(it -> count(it.setUp().refused()))));
    rows.add(new Row("money conserved", all.apply(it -> it.ledgerConserved() ? "yes" : "NO")));
    rows.add(
        new Row("state hash begins", all.apply(it -> it.stateHash().substring(0, HASH_DIGITS))));
    return new Section("Checks", rows);
  }

  private static void addLiquidations(
      List<Row> rows,
      List<DesignReport> designs,
      String name,
      Function<LiquidationFigures, String> figure) {
    rows.add(new Row(name, cells(designs, design -> figure.apply(design.liquidations()))));
  }

  private static List<String> cells(
      List<DesignReport> designs, Function<DesignReport, String> figure) {
    return designs.stream().map(figure).toList();
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String money(BigDecimal value) {
    return Wording.value(value);
  }

  /// In the two largest units; the time of all accounts together may be longer than nanoseconds can
  /// say.
  private static String time(long milliseconds) {
    long seconds = milliseconds / SECOND_MS;
    return seconds >= DAY_SECONDS
        ? String.format(
            Locale.ROOT, "%,d d %d h", seconds / DAY_SECONDS, seconds % DAY_SECONDS / 3_600)
        : milliseconds == 0 ? "0" : Wording.duration(seconds * SECOND_NS);
  }

  private static String ratio(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String share(long part, long whole) {
    return whole == 0
        ? count(part)
        : String.format(Locale.ROOT, "%,d (%.1f %%)", part, 100.0 * part / whole);
  }
}
