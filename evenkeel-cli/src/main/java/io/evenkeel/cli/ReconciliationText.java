package io.evenkeel.cli;

import io.evenkeel.portfolio.OpeningBook;
import io.evenkeel.portfolio.Reconciliation;
import io.evenkeel.portfolio.Reconciliation.AccountLine;
import io.evenkeel.portfolio.Reconciliation.AssetLine;
import io.evenkeel.portfolio.Reconciliation.Comparison;
import io.evenkeel.portfolio.Reconciliation.FigureLine;
import io.evenkeel.portfolio.Reconciliation.InstrumentLine;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A reconciliation as text.
final class ReconciliationText {
  private static final String ACCOUNT_ROW = "%-16s %-12s %-18s %20s %20s %18s %10s  %s%n";
  private static final String INSTRUMENT_ROW = "%-24s %18s %18s %14s %14s %14s  %s%n";
  private static final String ASSET_ROW = "%-10s %20s %20s %18s %18s %20s %20s %18s  %s%n";
  private static final MathContext SHORT = new MathContext(2);
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private ReconciliationText() {}

  static void print(PrintWriter out, OpeningBook book, Reconciliation result, boolean onlyBeyond) {
    out.printf(
        Locale.ROOT,
        "%,d accounts, %,d balances, %,d positions, %,d rows of orders at %s under %s%n",
        book.accounts().size(),
        book.balances().size(),
        book.positions().size(),
        book.orders().size(),
        Instant.ofEpochSecond(
            book.market().timeNs() / NS_PER_SECOND, book.market().timeNs() % NS_PER_SECOND),
        String.join(", ", result.rulebooks()));
    out.printf(
        "no difference: up to %s, or that share of the venue's figure: %s%n%n",
        book.tolerance().absolute(), book.tolerance().relative());
    printAccounts(out, result, onlyBeyond);
    printInstruments(out, result, onlyBeyond);
    printAssets(out, result, onlyBeyond);
    result.breaches().forEach(breach -> out.println("NOT CONSERVED: " + breach));
    long silent = result.accounts().stream().filter(it -> !it.isStated()).count();
    out.printf(
        Locale.ROOT,
        "%,d figures compared, %,d beyond tolerance; nothing is stated of %,d accounts%n",
        result.compared(),
        result.beyond(),
        silent);
  }

  private static void printAccounts(PrintWriter out, Reconciliation result, boolean onlyBeyond) {
    out.printf(
        ACCOUNT_ROW, "account", "zone", "figure", "ours", "theirs", "difference", "relative", "");
    for (AccountLine account : result.accounts()) {
      String name = account.account();
      String zone = account.zone().name();
      for (FigureLine line : account.figures()) {
        Comparison it = line.comparison();
        // of an account of which something is stated, what is not stated is left out
        if (onlyBeyond ? it.within() : it.theirs() == null && account.isStated()) {
          continue;
        }
        out.printf(
            ACCOUNT_ROW,
            name,
            zone,
            line.figure().label(),
            money(it.ours()),
            money(it.theirs()),
            money(it.difference()),
            share(it),
            verdict(it));
        name = "";
        zone = "";
      }
    }
    out.println();
  }

  private static void printInstruments(PrintWriter out, Reconciliation result, boolean onlyBeyond) {
    if (result.instruments().isEmpty()) {
      return;
    }
    out.printf(
        INSTRUMENT_ROW, "instrument", "long", "short", "net", "by the house", "unexplained", "");
    for (InstrumentLine it : result.instruments()) {
      boolean explained = it.unexplained().signum() == 0;
      if (!onlyBeyond || !explained) {
        out.printf(
            INSTRUMENT_ROW,
            it.instrument(),
            plain(it.longs()),
            plain(it.shorts()),
            plain(it.net()),
            plain(it.byHouse()),
            plain(it.unexplained()),
            explained ? "ok" : "BEYOND");
      }
    }
    out.println();
  }

  private static void printAssets(PrintWriter out, Reconciliation result, boolean onlyBeyond) {
    out.printf(
        ASSET_ROW,
        "asset",
        "margin",
        "wallets",
        "clearing",
        "insurance",
        "total",
        "theirs",
        "difference",
        "");
    for (AssetLine it : result.assets()) {
      if (!onlyBeyond || !it.total().within()) {
        out.printf(
            ASSET_ROW,
            it.asset(),
            plain(it.margin()),
            plain(it.wallets()),
            plain(it.clearing()),
            plain(it.insurance()),
            plain(it.total().ours()),
            plain(it.total().theirs()),
            plain(it.total().difference()),
            verdict(it.total()));
      }
    }
    out.println();
  }

  private static String verdict(Comparison it) {
    return it.theirs() == null ? "" : it.within() ? "ok" : "BEYOND";
  }

  private static String share(Comparison it) {
    BigDecimal relative = it.relative();
    if (relative == null) {
      return "-";
    }
    return relative.signum() == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1e", relative.round(SHORT).doubleValue());
  }

  private static String money(@Nullable BigDecimal value) {
    return value == null
        ? "-"
        : String.format(Locale.ROOT, "%,.6f", value).replaceFirst("(?<=\\.\\d\\d)(\\d*?)0+$", "$1");
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null
        ? "-"
        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
