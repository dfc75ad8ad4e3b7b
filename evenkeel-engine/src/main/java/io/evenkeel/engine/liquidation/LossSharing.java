package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.List;

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
    byAccount =
        (a, b) -> {
          int order = Integer.compare(book.positions.account(a), book.positions.account(b));
          return order != 0
              ? order
              : Integer.compare(book.positions.line(a), book.positions.line(b));
        };
  }

  /// Shares all deficits of a batch at once, pooled per instrument, so that a winner is asked once
  /// however many accounts failed; those who bore something are added to `touched`.
  void share(List<Deficit> deficits, AccountSet touched) {
    int instruments = book.instruments.size();
    long[] losses = new long[instruments];
    int[] parts = new int[instruments];
    for (Deficit deficit : deficits) {
      divideOverInstruments(deficit);
      for (int i = 0; i < deficit.size(); i++) {
        int instrument = deficit.instrument(i);
        losses[instrument] = Math.addExact(losses[instrument], deficit.lossMinor(i));
        parts[instrument] += deficit.partMinor(i) > 0 ? 1 : 0;
      }
    }
    for (int instrument = 0; instrument < instruments; instrument++) {
      if (parts[instrument] > 0) {
        long shared = shareOne(instrument, parts[instrument], losses[instrument], touched);
        for (Deficit deficit : deficits) {
          bearPart(deficit, instrument, shared, losses[instrument]);
        }
      }
    }
  }

  private void divideOverInstruments(Deficit deficit) {
    long weights = 0;
    int last = -1;
    for (int i = 0; i < deficit.size(); i++) {
      weights = Math.addExact(weights, deficit.weightE6(i));
      last = deficit.weightE6(i) > 0 ? i : last;
    }
    long whole = deficit.restMinor();
    long left = whole;
    for (int i = 0; i <= last; i++) {
      long part =
          i == last ? left : Fixed.mulDiv(whole, deficit.weightE6(i), weights, Rounding.FLOOR);
      left -= part;
      deficit.setPart(i, part, inSettlementAsset(deficit, i, part));
    }
  }

  private long inSettlementAsset(Deficit deficit, int place, long partMinor) {
    int asset = book.instruments.settlementAsset(deficit.instrument(place));
    return asset == deficit.cashAsset()
        ? partMinor
        : book.assets.amountMinor(
            asset,
            book.assets.valueE6(deficit.cashAsset(), partMinor, Rounding.CEILING),
            Rounding.CEILING);
  }

  private static void bearPart(Deficit deficit, int instrument, long sharedMinor, long lossMinor) {
    for (int i = 0; i < deficit.size(); i++) {
      if (deficit.instrument(i) == instrument) {
        long part = deficit.partMinor(i);
        deficit.bear(
            sharedMinor == lossMinor
                ? part
                : Fixed.mulDiv(part, sharedMinor, lossMinor, Rounding.FLOOR));
      }
    }
  }

  /// Shares a loss in one instrument and returns what was borne.
  private long shareOne(int instrument, int parts, long lossMinor, AccountSet touched) {
    int asset = book.instruments.settlementAsset(instrument);
    long profits = gatherWinners(instrument, asset);
    long shared = divide(lossMinor, profits);
    book.events.emit(
        new Event.LossShared(
            book.instruments.idAt(instrument), parts, lossMinor, profits, shared, count));
    reduceProfits(instrument, touched);
    book.ledger.post(
        asset,
        Ledger.clearing(instrument),
        Ledger.margin(book.accounts.backstop()),
        shared,
        MoneyReason.LOSS_SHARING);
    return shared;
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
      long before =
          kept > 0 && book.positions.account(winners[kept - 1]) == book.positions.account(row)
              ? bearableMinor[kept - 1]
              : 0;
      long bearable = bearableMinor(row, instrument, asset, before);
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

  /// @param otherMinor what the other side of the same account may be asked for already: both
  ///   together bear no more than the account is worth
  private long bearableMinor(int row, int instrument, int asset, long otherMinor) {
    long profit = valuation.profitMinor(row, instrument);
    valuation.assess(book.positions.account(row), weighing);
    long equity = Math.max(0, weighing.equityE6());
    return book.assets.covers(asset, Math.addExact(profit, otherMinor), equity)
        ? Math.min(profit, book.assets.amountMinor(asset, equity, Rounding.FLOOR) - otherMinor)
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
              borneMinor[i],
              book.positions.side(row)));
      touched.add(account);
    }
  }
}
