package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.number.Fixed;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.Arrays;

/// Puts accounts into the venue's execution order, a total order, so that it does not matter how
/// they were found.
public final class ExecutionSort {
  private final Book book;
  private final Valuation valuation;
  private final Weighing weighing = new Weighing();
  private final IntComparator byHealth = this::compareHealth;
  private final IntComparator byArrival = this::compareArrival;
  private int[] places = new int[0];
  private long[] equityE6 = new long[64];
  private long[] maintenanceE6 = new long[64];

  /// Reads the book.
  public ExecutionSort(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  /// Sorts by the venue's order, health being assessed in the present state.
  public void sort(AccountList list) {
    int[] accounts = list.accounts();
    int count = list.size();
    if (count < 2) {
      return;
    }
    switch (book.rulebooks.venue().executionOrder()) {
      case HEALTH_RATIO -> sortByHealth(accounts, count);
      case ARRIVAL -> IntArrays.quickSort(accounts, 0, count, byArrival);
      case INDEX -> Arrays.sort(accounts, 0, count);
    }
  }

  private void sortByHealth(int[] accounts, int count) {
    if (places.length < book.accounts.size()) {
      places = new int[book.accounts.size() + (book.accounts.size() >> 1)];
    }
    if (equityE6.length < count) {
      equityE6 = new long[2 * count];
      maintenanceE6 = new long[2 * count];
    }
    for (int i = 0; i < count; i++) {
      valuation.assess(accounts[i], weighing);
      places[accounts[i]] = i;
      equityE6[i] = weighing.equityE6();
      // below 0 is an account that needs nothing and is not closed for what it owes
      maintenanceE6[i] = Math.max(0, weighing.maintenanceE6());
    }
    IntArrays.quickSort(accounts, 0, count, byHealth);
  }

  private int compareHealth(int a, int b) {
    int i = places[a];
    int j = places[b];
    int byRatio;
    if (maintenanceE6[i] == 0 || maintenanceE6[j] == 0) {
      byRatio = Integer.compare(withoutRatio(i), withoutRatio(j));
    } else {
      byRatio = Fixed.compareProducts(equityE6[i], maintenanceE6[j], equityE6[j], maintenanceE6[i]);
    }
    return byRatio != 0 ? byRatio : Integer.compare(a, b);
  }

  /// -1 lowest, 1 highest, 0 has a ratio.
  private int withoutRatio(int place) {
    if (maintenanceE6[place] != 0) {
      return 0;
    }
    return equityE6[place] < 0 ? -1 : 1;
  }

  private int compareArrival(int a, int b) {
    int byNumber = Long.compare(book.accounts.arrival(a), book.accounts.arrival(b));
    return byNumber != 0 ? byNumber : Integer.compare(a, b);
  }
}
