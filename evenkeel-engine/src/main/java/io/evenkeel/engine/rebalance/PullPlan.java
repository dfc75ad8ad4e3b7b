package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event.SourcedAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collateral that is to be pulled into one account: from where, what, how much. Same source and
/// asset are one line.
final class PullPlan {
  private long[] sources = new long[2];
  private int[] assets = new int[2];
  private long[] amountsMinor = new long[2];
  private int size;
  private long gainedE6;

  /// What was pulled so far adds to equity at initial weights.
  long gainedE6() {
    return gainedE6;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Empties the plan.
  void clear() {
    size = 0;
    gainedE6 = 0;
  }

  /// Amount of an asset pulled so far, from anywhere.
  long pulledMinor(int asset) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += assets[i] == asset ? amountsMinor[i] : 0;
    }
    return sum;
  }

  /// Adds an amount; zero adds nothing.
  void add(long source, int asset, long amountMinor, long gainE6) {
    gainedE6 += gainE6;
    if (amountMinor == 0) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (sources[i] == source && assets[i] == asset) {
        amountsMinor[i] += amountMinor;
        return;
      }
    }
    if (size == sources.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      assets = Arrays.copyOf(assets, 2 * size);
      amountsMinor = Arrays.copyOf(amountsMinor, 2 * size);
    }
    sources[size] = source;
    assets[size] = asset;
    amountsMinor[size] = amountMinor;
    size++;
  }

  /// The plan as an event tells it.
  List<SourcedAmount> toAmounts(Book book) {
    List<SourcedAmount> amounts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      amounts.add(
          new SourcedAmount(book.nameOf(sources[i]), book.assets.idAt(assets[i]), amountsMinor[i]));
    }
    return List.copyOf(amounts);
  }

  /// Supposes that the money was moved.
  void suppose(CollateralTrial trial) {
    for (int i = 0; i < size; i++) {
      trial.change(assets[i], amountsMinor[i]);
    }
  }

  /// Moves the money.
  void post(Book book, int account) {
    for (int i = 0; i < size; i++) {
      book.ledger.post(
          assets[i], sources[i], Ledger.margin(account), amountsMinor[i], MoneyReason.TOP_UP);
    }
  }
}
