package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Instruments;

/// The notional of a row as a line in its mark. The worst outcome of open orders, each at the worse
/// of mark and its own price, is the largest of five lines ([Valuation#orderTicks]); this is the
/// one that is largest now, with the marks between which it stays so. The same for what orders lose
/// against the mark ([Valuation#orderLossTicks]). Ticks; exact.
final class NotionalLine {
  private final Book book;
  private long mark;
  private long ticksBy;
  private long ticksAtZero;
  private long lossTicksBy;
  private long lowestMark;
  private long highestMark;

  NotionalLine(Book book) {
    this.book = book;
  }

  /// Finds the line of a row of a contract that is not inverse.
  void find(int row, int instrument, long atMark) {
    findPosition(row, instrument, atMark);
    Positions positions = book.positions;
    if (!positions.hasOrders(row)) {
      return;
    }
    Instruments instruments = book.instruments;
    long perUnit = instruments.ticksPerUnit(instrument);
    long position = positions.quantity(row) * perUnit;
    long buys = positions.buyUnits(row) * perUnit;
    long sells = positions.sellUnits(row) * perUnit;
    long buyTicks = instruments.orderTicks(instrument, positions.buyNotional(row));
    long sellTicks = instruments.orderTicks(instrument, positions.sellNotional(row));
    for (int pass = 0; pass < 2; pass++) {
      // the first pass finds the largest, the second how long it stays so
      consider(position + buys, 0, pass);
      consider(position, buyTicks, pass);
      consider(sells - position, 0, pass);
      consider(-position, sellTicks, pass);
      consider(Math.abs(position), 0, pass);
    }
    addLoss(-buys, buyTicks);
    addLoss(sells, -sellTicks);
  }

  /// Finds the line of a row's position alone.
  void findPosition(int row, int instrument, long atMark) {
    mark = atMark;
    ticksBy = Math.abs(book.positions.quantity(row) * book.instruments.ticksPerUnit(instrument));
    ticksAtZero = 0;
    lossTicksBy = 0;
    lowestMark = 0;
    highestMark = Long.MAX_VALUE;
  }

  private void consider(long by, long atZero, int pass) {
    if (pass == 0) {
      if (by * mark + atZero > ticks()) {
        ticksBy = by;
        ticksAtZero = atZero;
      }
    } else if (by > ticksBy) {
      highestMark = Math.min(highestMark, (ticksAtZero - atZero) / (by - ticksBy));
    } else if (by < ticksBy) {
      lowestMark = Math.max(lowestMark, Math.ceilDiv(atZero - ticksAtZero, ticksBy - by));
    }
  }

  /// A loss is the larger of a line and nothing.
  private void addLoss(long by, long atZero) {
    if (by == 0) {
      return;
    }
    boolean isLoss = by * mark + atZero > 0;
    lossTicksBy += isLoss ? by : 0;
    if (isLoss == by > 0) {
      lowestMark = Math.max(lowestMark, Math.ceilDiv(-atZero, by));
    } else {
      highestMark = Math.min(highestMark, Math.floorDiv(-atZero, by));
    }
  }

  /// The notional now.
  long ticks() {
    return ticksBy * mark + ticksAtZero;
  }

  /// What it changes by when the mark rises by one.
  long ticksBy() {
    return ticksBy;
  }

  /// What it would be at a mark of zero.
  long ticksAtZero() {
    return ticksAtZero;
  }

  /// What orders lose more when the mark rises by one.
  long lossTicksBy() {
    return lossTicksBy;
  }

  /// The lowest mark at which all of this holds.
  long lowestMark() {
    return lowestMark;
  }

  /// The highest mark at which all of this holds.
  long highestMark() {
    return highestMark;
  }
}
