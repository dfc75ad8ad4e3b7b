package io.evenkeel.lab.population;

import java.util.Arrays;
import java.util.Locale;

/// Counts what the plans of a synthetic population really came to, in a fixed number of cells
/// however many accounts there are.
final class SetUpTally {
  private static final double[] LEVERAGE_EDGES = {1, 1.5, 2, 3, 5, 8, 12, 20, 30, 50, 100};
  private static final double[] WALLET_EDGES = {0.1, 0.25, 0.5, 1, 2, 5};

  private final long[] leverageCells = new long[LEVERAGE_EDGES.length + 1];
  private final long[] walletCells = new long[WALLET_EDGES.length + 1];
  private final long[] positionCells = new long[AccountPlan.MOST_POSITIONS + 1];
  private long accounts;
  private long hedged;
  private long isolated;
  private long choseLeverage;
  private long withOrder;
  private long otherCollateral;
  private long withSibling;
  private long helpingSiblings;
  private long emptyWallets;
  private double notionalE6;
  private double marginE6;
  private double walletE6;

  void clear() {
    Arrays.fill(leverageCells, 0);
    Arrays.fill(walletCells, 0);
    Arrays.fill(positionCells, 0);
    accounts = hedged = isolated = choseLeverage = withOrder = 0;
    otherCollateral = withSibling = helpingSiblings = emptyWallets = 0;
    notionalE6 = marginE6 = walletE6 = 0;
  }

  void count(AccountPlan plan, boolean hasSibling, boolean helpsSiblings) {
    accounts++;
    hedged += plan.isHedged ? 1 : 0;
    isolated += plan.isIsolated ? 1 : 0;
    choseLeverage += plan.leverageE2 > 0 ? 1 : 0;
    withOrder += plan.orderInstrumentId >= 0 ? 1 : 0;
    otherCollateral += plan.hasOtherCollateral ? 1 : 0;
    withSibling += hasSibling ? 1 : 0;
    helpingSiblings += helpsSiblings ? 1 : 0;
    emptyWallets += plan.walletE6 == 0 ? 1 : 0;
    notionalE6 += plan.notionalE6;
    marginE6 += plan.marginE6;
    walletE6 += plan.walletE6;
    positionCells[plan.positionCount]++;
    leverageCells[cell(LEVERAGE_EDGES, (double) plan.notionalE6 / plan.marginE6)]++;
    if (plan.walletE6 > 0) {
      walletCells[cell(WALLET_EDGES, (double) plan.walletE6 / plan.marginE6)]++;
    }
  }

  /// Empty before anything was counted.
  String describe() {
    if (accounts == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder("measured when set up:\n");
    text.append(
        String.format(
            Locale.ROOT,
            "  positions worth %,.0f, behind them %,.0f, wallets %,.0f USDT\n",
            notionalE6 / 1e6,
            marginE6 / 1e6,
            walletE6 / 1e6));
    text.append("  leverage             ")
        .append(cells(LEVERAGE_EDGES, leverageCells))
        .append('\n');
    text.append("  wallet, if not empty ").append(cells(WALLET_EDGES, walletCells)).append('\n');
    text.append("  positions            ");
    for (int count = 1; count < positionCells.length; count++) {
      if (positionCells[count] > 0) {
        text.append(count).append(": ").append(percent(positionCells[count])).append("  ");
      }
    }
    text.append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "  hedged %s, isolated %s, own leverage %s, open order %s, not in USDT %s\n",
            percent(hedged),
            percent(isolated),
            percent(choseLeverage),
            percent(withOrder),
            percent(otherCollateral)));
    text.append(
        String.format(
            Locale.ROOT,
            "  empty wallet %s, with sibling accounts %s, helping one another %s\n",
            percent(emptyWallets),
            percent(withSibling),
            percent(helpingSiblings)));
    return text.toString();
  }

  private String cells(double[] edges, long[] counts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        text.append(i == 0 ? "below " : "from ");
        text.append(String.format(Locale.ROOT, "%.2f", edges[Math.max(0, i - 1)]));
        text.append(": ").append(percent(counts[i])).append("  ");
      }
    }
    return text.toString();
  }

  private String percent(long count) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * count / accounts);
  }

  private static int cell(double[] edges, double value) {
    int cell = 0;
    while (cell < edges.length && value >= edges[cell]) {
      cell++;
    }
    return cell;
  }
}
