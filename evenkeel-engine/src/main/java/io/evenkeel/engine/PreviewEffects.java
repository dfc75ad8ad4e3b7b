package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.number.Rounding;
import java.util.List;

/// Adds up what a cycle did, from its events: by account index and in total.
final class PreviewEffects {
  private final Machine machine;
  private final Book book;
  final long[] toppedUpE6;
  final long[] releasedE6;
  final long[] calledE6;
  final long[] closedE6;
  final boolean[] isLiquidated;
  final boolean[] isConcerned;
  private int toppedUp;
  private long toppedUpSumE6;
  private int called;
  private long calledSumE6;
  private int callsEnded;
  private int released;
  private long releasedSumE6;
  private int liquidated;
  private long closedSumE6;
  private int takenOver;
  private long insuranceE6;
  private long sharedE6;
  private long badDebtE6;

  PreviewEffects(Machine machine) {
    this.machine = machine;
    book = machine.book;
    int accounts = book.accounts.size();
    toppedUpE6 = new long[accounts];
    releasedE6 = new long[accounts];
    calledE6 = new long[accounts];
    closedE6 = new long[accounts];
    isLiquidated = new boolean[accounts];
    isConcerned = new boolean[accounts];
  }

  /// Takes in the events that wait.
  void addAll() {
    for (int i = 0; i < book.events.size(); i++) {
      add(book.events.get(i));
    }
  }

  // events that move money or state but decide nothing about an account are not counted
  private void add(Event event) {
    if (event instanceof Event.ToppedUp it) {
      long valueE6 = valueE6(it.amounts());
      toppedUp += count(toppedUpE6, it.accountId(), valueE6);
      toppedUpSumE6 = Math.addExact(toppedUpSumE6, valueE6);
    } else if (event instanceof Event.Released it) {
      long valueE6 = valueE6(it.amounts());
      released += count(releasedE6, it.accountId(), valueE6);
      releasedSumE6 = Math.addExact(releasedSumE6, valueE6);
    } else if (event instanceof Event.MarginCallIssued it) {
      call(it.accountId(), it.amountE6());
    } else if (event instanceof Event.MarginCallUpdated it) {
      call(it.accountId(), it.amountE6());
    } else if (event instanceof Event.MarginCallEnded it && it.end() != CallEnd.EXPIRED) {
      callsEnded++;
      isConcerned[book.accounts.find(it.accountId())] = true;
    } else if (event instanceof Event.LiquidationStarted it) {
      int account = book.accounts.find(it.accountId());
      isLiquidated[account] = true;
      isConcerned[account] = true;
      liquidated++;
    } else if (event instanceof Event.PositionReduced it) {
      close(it.accountId(), it.notionalE6());
    } else if (event instanceof Event.AccountTakenOver it) {
      takenOver++;
      close(it.accountId(), it.notionalE6());
    } else if (event instanceof Event.Deleveraged it) {
      int instrument = book.instruments.find(it.instrumentId());
      close(
          it.accountId(),
          machine.valuation.notionalE6(instrument, it.closedUnits() * it.markUnits()));
      shareLoss(instrument, it.forgoneMinor());
    } else {
      addLoss(event);
    }
  }

  private void addLoss(Event event) {
    if (event instanceof Event.InsuranceDrawn it) {
      insuranceE6 = Math.addExact(insuranceE6, valueE6(it.assetId(), it.paidMinor()));
    } else if (event instanceof Event.BadDebtRecorded it) {
      badDebtE6 = Math.addExact(badDebtE6, valueE6(it.assetId(), it.amountMinor()));
    } else if (event instanceof Event.LossShared it) {
      shareLoss(book.instruments.find(it.instrumentId()), it.sharedMinor());
    }
  }

  private void shareLoss(int instrument, long borneMinor) {
    int asset = book.instruments.settlementAsset(instrument);
    long valueE6 = book.assets.valueE6(asset, borneMinor, Rounding.FLOOR);
    sharedE6 = Math.addExact(sharedE6, valueE6);
  }

  /// A call issued and then restated in a second pass counts once, for its last amount.
  private void call(long accountId, long amountE6) {
    int account = book.accounts.find(accountId);
    long earlierE6 = calledE6[account];
    called += earlierE6 == 0 ? 1 : 0;
    calledE6[account] = amountE6;
    calledSumE6 = Math.addExact(calledSumE6, amountE6 - earlierE6);
    isConcerned[account] = true;
  }

  private void close(long accountId, long notionalE6) {
    count(closedE6, accountId, notionalE6);
    closedSumE6 = Math.addExact(closedSumE6, notionalE6);
  }

  private int count(long[] sums, long accountId, long valueE6) {
    int account = book.accounts.find(accountId);
    int first = sums[account] == 0 && valueE6 != 0 ? 1 : 0;
    sums[account] = Math.addExact(sums[account], valueE6);
    isConcerned[account] = true;
    return first;
  }

  private long valueE6(List<SourcedAmount> amounts) {
    long sum = 0;
    for (SourcedAmount amount : amounts) {
      sum = Math.addExact(sum, valueE6(amount.assetId(), amount.amountMinor()));
    }
    return sum;
  }

  private long valueE6(int assetId, long amountMinor) {
    return book.assets.valueE6(book.assets.find(assetId), amountMinor, Rounding.FLOOR);
  }

  RulebookPreview.Effects total() {
    return new RulebookPreview.Effects(
        toppedUp,
        toppedUpSumE6,
        called,
        calledSumE6,
        callsEnded,
        released,
        releasedSumE6,
        liquidated,
        closedSumE6,
        takenOver,
        insuranceE6,
        sharedE6,
        badDebtE6);
  }
}
