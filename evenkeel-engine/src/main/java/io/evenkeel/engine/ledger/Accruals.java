package io.evenkeel.engine.ledger;

import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Interest that margin balances have earned or owe and that is not posted yet (`docs/RULES.md`,
/// section 8). A lent asset has two indexes with 18 decimal places that only grow, one for what is
/// owed and one for what is held; a balance remembers the index it was last touched at, and is
/// worth `balance * index / remembered index` now: rounded down for holders, up for debtors.
///
/// The totals of a lent asset are kept with 18 more decimal places, so that interest of less than a
/// minor unit is not lost: a whole part and a rest in units of `10^-18`.
public final class Accruals {
  /// An index of one.
  public static final long ONE = 1_000_000_000_000_000_000L;

  private final LongCell lent;
  private final LongCell minted;
  private final LongColumn debtIndexes;
  private final LongColumn holdingIndexes;
  private final LongColumn owedMinor;
  private final LongColumn owedRest;
  private final LongColumn heldMinor;
  private final LongColumn heldRest;
  private final LongColumn venueRest;
  private final LongColumn accruedUntil;
  private final LongColumn touchedAt;

  Accruals(UndoLog undo) {
    lent = new LongCell(undo, 0);
    minted = new LongCell(undo, 0);
    debtIndexes = new LongColumn(undo, ONE);
    holdingIndexes = new LongColumn(undo, ONE);
    owedMinor = new LongColumn(undo, 0);
    owedRest = new LongColumn(undo, 0);
    heldMinor = new LongColumn(undo, 0);
    heldRest = new LongColumn(undo, 0);
    venueRest = new LongColumn(undo, 0);
    accruedUntil = new LongColumn(undo, 0);
    touchedAt = new LongColumn(undo, ONE);
  }

  /// Makes room for assets, and for balances once anything is lent.
  void reserve(int assets, int rows) {
    debtIndexes.reserve(assets);
    holdingIndexes.reserve(assets);
    owedMinor.reserve(assets);
    owedRest.reserve(assets);
    heldMinor.reserve(assets);
    heldRest.reserve(assets);
    venueRest.reserve(assets);
    accruedUntil.reserve(assets);
    if (lent.get() != 0) {
      touchedAt.reserve(rows);
    }
  }

  /// Follows a change of the ledger's stride.
  void widen(int stride, int wider) {
    long[] rows = touchedAt.sweep();
    LongColumn moved = new LongColumn(new UndoLog(), ONE);
    moved.reserve(Math.multiplyExact((rows.length + stride - 1) / stride, wider));
    long[] target = moved.sweep();
    for (int i = 0; i < rows.length; i++) {
      target[i / stride * wider + i % stride] = rows[i];
    }
    touchedAt.relayout(target);
  }

  /// Whether an asset is lent: whether balances in it bear interest.
  public boolean lends(int asset) {
    return (lent.get() >>> asset & 1) != 0;
  }

  /// The assets that are lent, one bit each.
  public long lentAssets() {
    return lent.get();
  }

  /// Says whether an asset is lent; its balances must not have unposted interest.
  void setLent(int asset, boolean lends) {
    long bit = 1L << asset;
    lent.set(lends ? lent.get() | bit : lent.get() & ~bit);
  }

  /// Index of debts, 18 decimal places.
  public long debtIndexE18(int asset) {
    return debtIndexes.get(asset);
  }

  /// Index of holdings, 18 decimal places.
  public long holdingIndexE18(int asset) {
    return holdingIndexes.get(asset);
  }

  /// What all accounts together owe, whole minor units of it, interest included.
  public long owedMinor(int asset) {
    return owedMinor.get(asset);
  }

  /// The part of it below a minor unit, 18 decimal places.
  public long owedRestE18(int asset) {
    return owedRest.get(asset);
  }

  /// What all accounts together hold.
  public long heldMinor(int asset) {
    return heldMinor.get(asset);
  }

  /// The part of it below a minor unit, 18 decimal places.
  public long heldRestE18(int asset) {
    return heldRest.get(asset);
  }

  /// What the venue earned and was not paid because it is below a minor unit, 18 decimal places.
  public long venueRestE18(int asset) {
    return venueRest.get(asset);
  }

  /// Writes what the venue was not paid yet.
  public void setVenueRestE18(int asset, long restE18) {
    venueRest.set(asset, restE18);
  }

  /// The instant up to which interest has accrued.
  public long accruedUntilNs(int asset) {
    return accruedUntil.get(asset);
  }

  /// Writes the instant up to which interest has accrued.
  public void setAccruedUntilNs(int asset, long timeNs) {
    accruedUntil.set(asset, timeNs);
  }

  /// Writes the indexes.
  public void setIndexes(int asset, long debtE18, long holdingE18) {
    debtIndexes.set(asset, debtE18);
    holdingIndexes.set(asset, holdingE18);
  }

  /// Writes the totals.
  public void setTotals(
      int asset, long owedWhole, long owedRestE18, long heldWhole, long heldRestE18) {
    owedMinor.set(asset, owedWhole);
    owedRest.set(asset, owedRestE18);
    heldMinor.set(asset, heldWhole);
    heldRest.set(asset, heldRestE18);
  }

  /// What a balance of a lent asset is now.
  ///
  /// @param row where the balance is kept: `account * stride + asset`
  /// @param balanceMinor as it was posted
  public long now(int row, int asset, long balanceMinor) {
    if (balanceMinor == 0) {
      return 0;
    }
    long index = balanceMinor > 0 ? holdingIndexes.get(asset) : debtIndexes.get(asset);
    long then = touchedAt.get(row);
    // floor serves both: a debt is negative
    return index == then ? balanceMinor : Fixed.mulDiv(balanceMinor, index, then, Rounding.FLOOR);
  }

  /// Says which assets come into being when they are borrowed, one bit each.
  public void setMinted(long assets) {
    minted.set(assets);
  }

  /// What may be taken out of margin accounts of an asset: what is held of it and not owed.
  ///
  /// @return `Long.MAX_VALUE` for an asset that is not lent, or comes into being when borrowed
  public long liquidityMinor(int asset) {
    return lends(asset) && (minted.get() >>> asset & 1) == 0
        ? Math.max(0, heldMinor.get(asset) - owedMinor.get(asset))
        : Long.MAX_VALUE;
  }

  /// Index that a balance was last touched at.
  public long touchedAtE18(int row) {
    return touchedAt.get(row);
  }

  /// Writes the index that a balance was last touched at.
  void setTouchedAt(int row, long indexE18) {
    touchedAt.set(row, indexE18);
  }

  /// Notes that a balance whose interest is posted changed.
  void changed(int row, int asset, long beforeMinor, long afterMinor) {
    touchedAt.set(
        row,
        afterMinor > 0 ? holdingIndexes.get(asset) : afterMinor < 0 ? debtIndexes.get(asset) : ONE);
    heldMinor.add(asset, Math.max(0, afterMinor) - Math.max(0, beforeMinor));
    owedMinor.add(asset, Math.max(0, -afterMinor) - Math.max(0, -beforeMinor));
    if (owedMinor.get(asset) < 0) {
      // debtors owe each part of a unit as a whole one, which the total does not count
      owedMinor.set(asset, 0);
      owedRest.set(asset, 0);
    }
  }
}
