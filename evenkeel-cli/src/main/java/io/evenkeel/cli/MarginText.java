package io.evenkeel.cli;

import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.portfolio.Greeks;
import io.evenkeel.portfolio.LiquidationPrices.Edge;
import io.evenkeel.portfolio.LiquidationPrices.Row;
import io.evenkeel.portfolio.MarginReport;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Margin reports as text: one column for each rulebook.
final class MarginText {
  private static final int NAME_WIDTH = 24;
  private static final int COLUMN_WIDTH = 26;
  private static final BigDecimal LONGEST_HOURS = BigDecimal.valueOf(24 * 365);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private MarginText() {}

  static void print(PrintWriter out, List<MarginReport> reports) {
    line(out, "rulebook", reports, MarginReport::rulebook);
    line(out, "zone", reports, it -> it.assessment().zone().name());
    for (String figure : List.of("equity", "initialEquity", "maintenanceMargin", "initialMargin")) {
      line(out, words(figure), reports, it -> money(it.figure(figure)));
    }
    for (String level : List.of("maintenance", "search", "initial", "release")) {
      line(out, "level " + level, reports, it -> money(it.figure(level)));
    }
    line(out, "margin ratio", reports, it -> percent(it.marginRatio()));
    line(out, "free collateral", reports, it -> money(it.freeCollateral()));
    line(out, "missing", reports, it -> money(it.missing()));
    line(out, "notional", reports, it -> money(it.notional()));
    line(out, "leverage", reports, it -> it.leverage() == null ? "-" : times(it.leverage()));
    line(
        out,
        "releasable",
        reports,
        it ->
            it.releasable().isEmpty()
                ? "nothing"
                : String.join(
                    ", ",
                    it.releasable().entrySet().stream()
                        .map(entry -> plain(entry.getValue()) + " " + entry.getKey())
                        .toList()));
    for (MarginReport report : reports) {
      printPrices(out, report);
    }
    printGreeks(out, reports.getFirst());
  }

  private static void printPrices(PrintWriter out, MarginReport report) {
    out.printf("%nLiquidation prices under %s%n", report.rulebook());
    if (report.liquidationPrices().isEmpty()) {
      out.println("  none: no price can move this portfolio");
    }
    for (Row row : report.liquidationPrices()) {
      out.printf("  %s at %s%n", row.factor(), plain(row.presentPrice()));
      edge(out, "falls", row.down(), row.downWithWallet());
      edge(out, "rises", row.up(), row.upWithWallet());
    }
  }

  private static void edge(
      PrintWriter out, String direction, @Nullable Edge edge, @Nullable Edge withWallet) {
    out.printf("    if it %s: %s%n", direction, described(edge));
    if (!described(edge).equals(described(withWallet))) {
      out.printf("      with the wallet posted: %s%n", described(withWallet));
    }
  }

  private static String described(@Nullable Edge edge) {
    if (edge == null) {
      return "none";
    }
    if (edge.distance().signum() == 0) {
      return "below maintenance already";
    }
    String hours =
        edge.hours().compareTo(LONGEST_HOURS) > 0
            ? "over a year"
            : edge.hours().setScale(1, RoundingMode.HALF_UP) + " h";
    return String.format(
        Locale.ROOT,
        "%s (%+.2f %%, %s daily sigma, %s at present volatility)",
        plain(edge.price()),
        edge.distance().multiply(HUNDRED),
        edge.sigmas().setScale(1, RoundingMode.HALF_UP),
        hours);
  }

  private static void printGreeks(PrintWriter out, MarginReport report) {
    if (report.greeks().isEmpty()) {
      return;
    }
    out.printf(
        "%n%-12s %16s %16s %16s %16s%n", "Greeks", "delta", "gamma", "vega/vol pt", "theta/day");
    for (Greeks greeks : report.greeks()) {
      out.printf(
          Locale.ROOT,
          "%-12s %16.6f %16.9f %16.4f %16.4f%n",
          greeks.underlying(),
          greeks.delta(),
          greeks.gamma(),
          greeks.vegaPerPoint(),
          greeks.thetaPerDay());
    }
  }

  static void explain(PrintWriter out, MarginReport report) {
    out.printf("%nHow %s came to this%n", report.rulebook());
    for (Term child : report.terms().children()) {
      print(out, child, 1);
    }
  }

  private static void print(PrintWriter out, Term term, int depth) {
    out.printf(
        "%s%s = %s %s%s%n",
        "  ".repeat(depth),
        term.name(),
        plain(term.value()),
        term.unit().equals("1") ? "" : term.unit(),
        term.operation() == Operation.INPUT ? "" : "  [" + symbol(term.operation()) + "]");
    term.children().forEach(child -> print(out, child, depth + 1));
  }

  private static String symbol(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT) + " of";
  }

  private static void line(
      PrintWriter out,
      String name,
      List<MarginReport> reports,
      Function<MarginReport, String> figure) {
    StringBuilder text = new StringBuilder(String.format("%-" + NAME_WIDTH + "s", name));
    for (MarginReport report : reports) {
      text.append(String.format(" %" + COLUMN_WIDTH + "s", figure.apply(report)));
    }
    out.println(text.toString().stripTrailing());
  }

  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String money(@Nullable BigDecimal value) {
    return value == null
        ? "none"
        : String.format(Locale.ROOT, "%,.2f", value.setScale(2, RoundingMode.HALF_UP));
  }

  private static String percent(@Nullable BigDecimal share) {
    return share == null ? "-" : share.multiply(HUNDRED).setScale(2, RoundingMode.HALF_UP) + " %";
  }

  private static String times(BigDecimal value) {
    return value.setScale(2, RoundingMode.HALF_UP) + "x";
  }

  private static String plain(BigDecimal value) {
    BigDecimal shown = value.scale() > 8 ? value.setScale(8, RoundingMode.HALF_UP) : value;
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }
}
