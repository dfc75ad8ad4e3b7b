package io.evenkeel.audit;

import java.math.BigInteger;

/// What a trade does to one row.
///
/// @param after the row afterwards
/// @param realisedMinor profit or loss of what was closed, minor units, towards minus infinity
/// @param residueTicks what that rounding left, 0 to below one minor unit
record Trade(Row after, BigInteger realisedMinor, BigInteger residueTicks) {

  /// Adds `quantity` at `cost` (both signed alike) to a row.
  static Trade on(Row row, AuditInstrument instrument, BigInteger quantity, BigInteger cost) {
    BigInteger q = row.quantity();
    if (q.signum() == 0 || q.signum() == quantity.signum()) {
      Row after = row.withPosition(q.add(quantity), row.cost().add(cost));
      return new Trade(after, BigInteger.ZERO, BigInteger.ZERO);
    }
    BigInteger closed = quantity.abs().min(q.abs());
    BigInteger costClosed = Exact.floorDiv(row.cost().multiply(closed), q.abs());
    BigInteger costClosing = Exact.floorDiv(cost.multiply(closed), quantity.abs());
    BigInteger realisedTicks = costClosed.add(costClosing).negate();
    BigInteger realised = Exact.floorDiv(realisedTicks, instrument.ticksPerMinor);
    BigInteger residue = realisedTicks.subtract(realised.multiply(instrument.ticksPerMinor));
    BigInteger costLeft = row.cost().subtract(costClosed).add(cost).subtract(costClosing);
    return new Trade(row.withPosition(q.add(quantity), costLeft), realised, residue);
  }

  /// Takes back a trade whose opposite is `quantity` at `cost`: out of a larger row of its side as
  /// it came, otherwise by the opposite trade.
  static Trade takenBack(
      Row row, AuditInstrument instrument, BigInteger quantity, BigInteger cost) {
    BigInteger left = row.quantity().add(quantity);
    boolean isPart = left.signum() != 0 && left.signum() == -quantity.signum();
    return isPart
        ? new Trade(row.withPosition(left, row.cost().add(cost)), BigInteger.ZERO, BigInteger.ZERO)
        : on(row, instrument, quantity, cost);
  }

  /// Makes a row dearer by `cost`; without a position that is a loss at once.
  static Trade repriced(Row row, AuditInstrument instrument, BigInteger cost) {
    if (row.hasPosition()) {
      Row after = row.withPosition(row.quantity(), row.cost().add(cost));
      return new Trade(after, BigInteger.ZERO, BigInteger.ZERO);
    }
    BigInteger[] realised = Exact.floorAndRest(cost.negate(), instrument.ticksPerMinor);
    return new Trade(row, realised[0], realised[1]);
  }
}
