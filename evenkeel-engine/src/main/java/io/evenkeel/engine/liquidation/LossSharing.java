package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;

/// Shares a loss among the holders of positive unrealised profit of the instruments that lost, pro
/// rata and out of that profit only: nobody's principal is touched and nobody's equity is pushed
/// below zero.
final class LossSharing {
  private final Book book;
  private final Valuation valuation;
  private final Weighing weighing = new Weighing();
  private final IntComparator byAccount;
  private int[] winners = new int[64];
  private long[] bearableMinor = new long[64];
  private long[] borneMinor = new long[64];
  private int count;

  LossSharing(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
    byAccount = (a, b) -> Integer.compare(book.positions.account(a), book.positions.account(b));
  }

  /// Shares a deficit over its instruments; those who bore something are added to `touched`.
  void share(Deficit deficit, AccountSet touched) {
    long weights = 0;
    int last = -1;
    for (int i = 0; i < deficit.size(); i++) {
      weights = Math.addExact(weights, deficit.weightE6(i));
      last = deficit.weightE6(i) > 0 ? i : last;
    }
    long left = deficit.restMinor();
    long whole = left;
    for (int i = 0; i <= last; i++) {
      long part =
          i == last ? left : Fixed.mulDiv(whole, deficit.weightE6(i), weights, Rounding.FLOOR);
      left -= part;
      if (part > 0) {
        shareOne(deficit, deficit.instrument(i), part, touched);
      }
    }
  }

  private void shareOne(Deficit deficit, int instrument, long partMinor, AccountSet touched) {
    Assets assets = book.assets;
    int asset = book.instruments.settlementAsset(instrument);
    long loss =
        asset == deficit.cashAsset()
            ? partMinor
            : assets.amountMinor(
                asset,
                assets.valueE6(deficit.cashAsset(), partMinor, Rounding.CEILING),
                Rounding.CEILING);
    long profits = gatherWinners(instrument, asset);
    long shared = divide(loss, profits);
    book.events.emit(
        new Event.LossShared(
            deficit.accountId(), book.instruments.idAt(instrument), loss, profits, shared, count));
    reduceProfits(instrument, touched);
    book.ledger.post(
        asset,
        Ledger.clearing(instrument),
        Ledger.margin(book.accounts.backstop()),
        shared,
        MoneyReason.LOSS_SHARING);
    deficit.bear(
        shared == loss ? partMinor : Fixed.mulDiv(partMinor, shared, loss, Rounding.FLOOR));
  }

  private long gatherWinners(int instrument, int asset) {
    Positions positions = book.positions;
    int holders = positions.holderCount(instrument);
    if (winners.length < holders) {
      winners = new int[2 * holders];
      bearableMinor = new long[2 * holders];
      borneMinor = new long[2 * holders];
    }
    count = 0;
    for (int place = 0; place < holders; place++) {
      int row = positions.holderRow(instrument, place);
      if (!book.accounts.isBackstop(positions.account(row))
          && valuation.profitMinor(row, instrument) > 0) {
        winners[count++] = row;
      }
    }
    IntArrays.quickSort(winners, 0, count, byAccount);
    long sum = 0;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = winners[i];
      long bearable = bearableMinor(row, instrument, asset);
      if (bearable > 0) {
        winners[kept] = row;
        bearableMinor[kept] = bearable;
        sum = Math.addExact(sum, bearable);
        kept++;
      }
    }
    count = kept;
    return sum;
  }

  private long bearableMinor(int row, int instrument, int asset) {
    long profit = valuation.profitMinor(row, instrument);
    valuation.assess(book.positions.account(row), weighing);
    long equity = Math.max(0, weighing.equityE6());
    return book.assets.covers(asset, profit, equity)
        ? Math.min(profit, book.assets.amountMinor(asset, equity, Rounding.FLOOR))
        : profit;
  }

  /// Fills `borneMinor` and returns its sum.
  private long divide(long lossMinor, long profitsMinor) {
    long shared = 0;
    for (int i = 0; i < count; i++) {
      borneMinor[i] =
          lossMinor >= profitsMinor
              ? bearableMinor[i]
              : Fixed.mulDiv(lossMinor, bearableMinor[i], profitsMinor, Rounding.FLOOR);
      shared += borneMinor[i];
    }
    for (int i = 0; i < count && shared < Math.min(lossMinor, profitsMinor); i++) {
      if (borneMinor[i] < bearableMinor[i]) {
        borneMinor[i]++;
        shared++;
      }
    }
    return shared;
  }

  private void reduceProfits(int instrument, AccountSet touched) {
    for (int i = 0; i < count; i++) {
      if (borneMinor[i] == 0) {
        continue;
      }
      int row = winners[i];
      int account = book.positions.account(row);
      long profit = valuation.profitMinor(row, instrument);
      long ticks = Math.multiplyExact(borneMinor[i], book.instruments.ticksPerMinor(instrument));
      book.positions.setPosition(
          row, book.positions.quantity(row), Math.addExact(book.positions.cost(row), ticks));
      book.events.emit(
          new Event.ProfitReduced(
              book.accounts.idAt(account),
              book.instruments.idAt(instrument),
              profit,
              borneMinor[i]));
      touched.add(account);
    }
  }
}
