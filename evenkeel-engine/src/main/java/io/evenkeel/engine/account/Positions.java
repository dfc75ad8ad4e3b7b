package io.evenkeel.engine.account;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.account.PositionSide;
import java.util.Arrays;

/// Rows of positions and open orders. A row is eight longs side by side, 64 bytes, because a
/// valuation reads all of it: quantity, cost, order totals, the instrument with the next row of the
/// account, and the account with what is unsettled. The rows of an account form a chain in
/// instrument order; the holders of an instrument form a dense list in no meaningful order, so
/// nobody may let that order show.
///
/// What a row is found by is its *line*: the index of the instrument and, of an account in hedge
/// mode, the side in two high bits. So the line of a one-way account is the index itself, and a
/// line used as an index by mistake is far out of every range.
public final class Positions {
  /// End of a chain, or "no such row".
  public static final int NONE = -1;

  /// Most accounts [#touch] takes at once.
  public static final int TOUCH_BLOCK = 64;

  private static final int WIDTH = 8;
  private static final int QUANTITY = 0;
  private static final int COST = 1;
  private static final int BUY = 2;
  private static final int SELL = 3;
  private static final int BUY_NOTIONAL = 4;
  private static final int SELL_NOTIONAL = 5;
  private static final int LINK = 6;
  private static final int OWNER = 7;

  private static final int SIDE_SHIFT = 28;
  private static final int INSTRUMENT = (1 << SIDE_SHIFT) - 1;

  /// Above the account in the owner column: traded since cash was last settled.
  private static final long TRADED = 1L << 32;

  private final UndoLog undo;
  private final Accounts accounts;
  private final LongColumn rows;
  private final IntColumn firstRow;
  private final IntColumn rowCount;
  private final LongCell rowsUsed;
  private final LongCell firstFree;
  private final int[] cursors = new int[TOUCH_BLOCK + 1];
  private Holders[] holders = new Holders[0];

  /// Rows in one instrument, with their accounts.
  private static final class Holders {
    private final IntColumn row;
    private final IntColumn owner;
    private final LongCell size;

    Holders(UndoLog undo) {
      row = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
      owner = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
      size = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    }
  }

  /// Starts empty.
  public Positions(UndoLog undo, Accounts accounts) {
    this.undo = undo;
    this.accounts = accounts;
    rows = new LongColumn(undo, 0).bearingOn(Scope.POSITION);
    firstRow = new IntColumn(undo, NONE).bearingOn(Scope.ACCOUNT);
    rowCount = new IntColumn(undo, 0).bearingOn(Scope.ACCOUNT);
    rowsUsed = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    firstFree = new LongCell(undo, NONE).bearingOn(Scope.NOTHING);
  }

  /// Makes room for accounts and instruments.
  public void reserve(int accountCount, int instrumentCount) {
    firstRow.reserve(accountCount);
    rowCount.reserve(accountCount);
    int old = holders.length;
    if (instrumentCount > old) {
      holders = Arrays.copyOf(holders, Math.max(instrumentCount, 2 * old));
      for (int i = old; i < holders.length; i++) {
        holders[i] = new Holders(undo);
      }
    }
  }

  /// First row of an account in instrument order, or [#NONE].
  public int first(int account) {
    return firstRow.get(account);
  }

  /// Next row of the same account, or [#NONE].
  public int next(int row) {
    return (int) (rows.get(row * WIDTH + LINK) >> 32);
  }

  /// Instrument of a row.
  public int instrument(int row) {
    return (int) rows.get(row * WIDTH + LINK) & INSTRUMENT;
  }

  /// Line of a row: what [#find] finds it by.
  public int line(int row) {
    return (int) rows.get(row * WIDTH + LINK);
  }

  /// Side of a row.
  public PositionSide side(int row) {
    return sideOf(line(row));
  }

  /// Instrument of a line.
  public static int instrumentOf(int line) {
    return line & INSTRUMENT;
  }

  /// Side of a line.
  public static PositionSide sideOf(int line) {
    return PositionSide.of(line >>> SIDE_SHIFT);
  }

  /// The line of a side in an instrument.
  public static int line(int instrument, PositionSide side) {
    return instrument | side.code() << SIDE_SHIFT;
  }

  /// The line that an account's long or short position in an instrument is on.
  public int lineOf(int account, int instrument, boolean isLong) {
    return accounts.isHedged(account)
        ? line(instrument, isLong ? PositionSide.LONG : PositionSide.SHORT)
        : instrument;
  }

  /// Chains are in order of instruments, then of sides.
  private static int order(int line) {
    return (line & INSTRUMENT) << 2 | line >>> SIDE_SHIFT;
  }

  /// Account of a row.
  public int account(int row) {
    return (int) rows.get(row * WIDTH + OWNER);
  }

  /// Account that the row a cell belongs to is of now, below 0 when it is nobody's.
  public int accountOfCell(int cell) {
    return account(cell / WIDTH);
  }

  /// How many rows an account has.
  public int count(int account) {
    return rowCount.get(account);
  }

  /// Row of an account on a line, or [#NONE].
  public int find(int account, int line) {
    int row = firstRow.get(account);
    int order = order(line);
    while (row != NONE && order(line(row)) < order) {
      row = next(row);
    }
    return row != NONE && line(row) == line ? row : NONE;
  }

  /// Signed quantity of an account on a line, 0 without a row.
  public long held(int account, int line) {
    int row = find(account, line);
    return row == NONE ? 0 : quantity(row);
  }

  /// Signed position in quantity units.
  public long quantity(int row) {
    return rows.get(row * WIDTH + QUANTITY);
  }

  /// Signed cost in ticks.
  public long cost(int row) {
    return rows.get(row * WIDTH + COST);
  }

  /// Open buy quantity.
  public long buyUnits(int row) {
    return rows.get(row * WIDTH + BUY);
  }

  /// Open sell quantity.
  public long sellUnits(int row) {
    return rows.get(row * WIDTH + SELL);
  }

  /// Sum of price times quantity of open buys.
  public long buyNotional(int row) {
    return rows.get(row * WIDTH + BUY_NOTIONAL);
  }

  /// Sum of price times quantity of open sells.
  public long sellNotional(int row) {
    return rows.get(row * WIDTH + SELL_NOTIONAL);
  }

  /// Whether a row of an instrument that settles trades in cash at each mark was traded since.
  public boolean hasUnsettledTrades(int row) {
    return (rows.get(row * WIDTH + OWNER) & TRADED) != 0;
  }

  /// Notes that a row was traded, or that its trades are settled.
  public void setUnsettledTrades(int row, boolean unsettled) {
    long owner = rows.get(row * WIDTH + OWNER);
    rows.set(row * WIDTH + OWNER, unsettled ? owner | TRADED : owner & ~TRADED);
  }

  /// Whether a row has open orders.
  public boolean hasOrders(int row) {
    return (buyUnits(row) | sellUnits(row)) != 0;
  }

  /// Replaces quantity and cost.
  public void setPosition(int row, long quantityUnits, long costTicks) {
    rows.set(row * WIDTH + QUANTITY, quantityUnits);
    rows.set(row * WIDTH + COST, costTicks);
  }

  /// Replaces the order totals.
  public void setOrders(int row, long buy, long sell, long buyNotional, long sellNotional) {
    rows.set(row * WIDTH + BUY, buy);
    rows.set(row * WIDTH + SELL, sell);
    rows.set(row * WIDTH + BUY_NOTIONAL, buyNotional);
    rows.set(row * WIDTH + SELL_NOTIONAL, sellNotional);
  }

  /// How many rows there are in an instrument: an account in hedge mode may have two.
  public int holderCount(int instrument) {
    return holders[instrument].size.getInt();
  }

  /// Row of the holder at a place of the instrument's list; the order of places means nothing.
  public int holderRow(int instrument, int place) {
    return holders[instrument].row.get(place);
  }

  /// Accounts of the holders, for sweeps; valid below [#holderCount(int)].
  public int[] sweepHolders(int instrument) {
    return holders[instrument].owner.sweep();
  }

  /// Reads the rows of a block of accounts once, all first rows, then all second rows and so on, so
  /// that the memory behind them is fetched side by side and not one after the other: a row is a
  /// cache miss, and a valuation alone would wait for each. Returns something that depends on what
  /// was read, for the caller to keep, or the reads would be optimised away.
  public long touch(int[] accountBlock, int from, int to) {
    long[] cells = rows.sweep();
    int[] first = firstRow.sweep();
    int live = 0;
    for (int i = from; i < to; i++) {
      int row = first[accountBlock[i]];
      if (row != NONE) {
        cursors[live++] = row;
      }
    }
    long read = 0;
    while (live > 0) {
      int left = 0;
      for (int i = 0; i < live; i++) {
        long link = cells[cursors[i] * WIDTH + LINK];
        read ^= link;
        int next = (int) (link >> 32);
        cursors[left] = next;
        left += next == NONE ? 0 : 1;
      }
      live = left;
    }
    return read;
  }

  /// Finds or adds a row, empty if new.
  public int open(int account, int line) {
    int previous = NONE;
    int row = firstRow.get(account);
    int order = order(line);
    while (row != NONE && order(line(row)) < order) {
      previous = row;
      row = next(row);
    }
    if (row != NONE && line(row) == line) {
      return row;
    }
    int added = allocate();
    rows.set(added * WIDTH + OWNER, account);
    rows.set(added * WIDTH + LINK, link(row, line));
    if (previous == NONE) {
      firstRow.set(account, added);
    } else {
      rows.set(previous * WIDTH + LINK, link(added, line(previous)));
    }
    if (rowCount.get(account) == 0) {
      accounts.arrive(account);
    }
    rowCount.set(account, rowCount.get(account) + 1);
    Holders list = holders[instrumentOf(line)];
    int place = list.size.getInt();
    list.row.reserve(place + 1);
    list.owner.reserve(place + 1);
    list.row.set(place, added);
    list.owner.set(place, account);
    list.size.set(place + 1L);
    return added;
  }

  /// Removes a row that holds nothing any more; does nothing otherwise.
  public void removeIfEmpty(int row) {
    if ((quantity(row) | cost(row) | buyUnits(row) | sellUnits(row)) == 0
        && !hasUnsettledTrades(row)) {
      remove(row);
    }
  }

  private void remove(int row) {
    int account = account(row);
    int instrument = instrument(row);
    int following = next(row);
    int previous = NONE;
    for (int at = firstRow.get(account); at != row; at = next(at)) {
      previous = at;
    }
    if (previous == NONE) {
      firstRow.set(account, following);
    } else {
      rows.set(previous * WIDTH + LINK, link(following, line(previous)));
    }
    rowCount.set(account, rowCount.get(account) - 1);
    if (rowCount.get(account) == 0) {
      accounts.leave(account);
    }
    Holders list = holders[instrument];
    int lastPlace = list.size.getInt() - 1;
    int place = placeOf(list, row, lastPlace);
    list.row.set(place, list.row.get(lastPlace));
    list.owner.set(place, list.owner.get(lastPlace));
    list.size.set(lastPlace);
    setPosition(row, 0, 0);
    setOrders(row, 0, 0, 0, 0);
    rows.set(row * WIDTH + OWNER, NONE);
    rows.set(row * WIDTH + LINK, link(firstFree.getInt(), 0));
    firstFree.set(row);
  }

  private static int placeOf(Holders list, int row, int lastPlace) {
    int[] held = list.row.sweep();
    int place = lastPlace;
    while (held[place] != row) {
      place--;
    }
    return place;
  }

  private int allocate() {
    int free = firstFree.getInt();
    if (free != NONE) {
      firstFree.set(next(free));
      return free;
    }
    int row = rowsUsed.getInt();
    rows.reserve(Math.multiplyExact(row + 1, WIDTH));
    rowsUsed.set(row + 1L);
    return row;
  }

  private static long link(int next, int line) {
    return (long) next << 32 | line;
  }
}
