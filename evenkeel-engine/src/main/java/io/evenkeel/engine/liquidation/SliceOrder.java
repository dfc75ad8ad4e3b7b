package io.evenkeel.engine.liquidation;

import io.evenkeel.model.number.Fixed;

/// A slice that is to be closed, and which of two comes first (reference: dYdX v4, sorting of
/// liquidation orders).
///
/// @param limitUnits worst price, price units
/// @param markUnits mark, > 0
/// @param notional what the slice is worth at the mark, in the unit of those it is compared with
public record SliceOrder(long limitUnits, long markUnits, long notional)
    implements Comparable<SliceOrder> {
  /// The price that gives way furthest comes first, as a share of the mark: its account has sunk
  /// deepest. Of equals the larger one.
  @Override
  public int compareTo(SliceOrder other) {
    int byDistance =
        Fixed.compareProducts(
            Math.abs(other.limitUnits - other.markUnits),
            markUnits,
            Math.abs(limitUnits - markUnits),
            other.markUnits);
    return byDistance != 0 ? byDistance : Long.compare(other.notional, notional);
  }
}
