package io.evenkeel.audit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/// What closing part of a position must bring so that nothing of what goes with it is left, and
/// where a rotation starts.
///
/// @param before the account as it is
/// @param place where the position is
record Bankruptcy(Valuation valuation, Weighed before, Place place) {
  private AuditInstrument instrument() {
    return place.instrument();
  }

  /// What the account must receive for a change of its position that makes it smaller; minor units
  /// of the settlement asset.
  BigInteger value(BigInteger change) {
    BigInteger share =
        Exact.floorDiv(before.fullValue().multiply(freed(change)), before.maintenanceMargin());
    BigInteger shareMinor =
        share.signum() >= 0
            ? instrument().settlement.amount(share)
            : instrument().settlement.amountUp(share.negate()).negate();
    BigInteger held = row().quantity();
    return worth(held).subtract(worth(held.add(change))).subtract(shareMinor);
  }

  /// Maintenance margin that the change frees.
  BigInteger freed(BigInteger change) {
    BigInteger left = row().quantity().add(change);
    BigInteger keptCost = Exact.floorDiv(row().cost().multiply(left.abs()), row().quantity().abs());
    AuditAccount copy = before.account().copy();
    copy.putRow(place, row().withPosition(left, keptCost));
    return Exact.notBelowZero(
        before.maintenanceMargin().subtract(valuation.weigh(copy).maintenanceMargin()));
  }

  /// Signed worth of a position at the mark, cut towards zero.
  BigInteger worth(BigInteger units) {
    return instrument().ticks(units, instrument().markNow()).divide(instrument().ticksPerMinor);
  }

  private Row row() {
    return before.account().row(place);
  }

  /// Turns a list so that it begins where the rules say for an account and the time; arithmetic of
  /// 64 bits that wraps.
  static void rotate(AuditBook book, AuditAccount account, List<?> list) {
    if (list.isEmpty()) {
      return;
    }
    long mixed = book.nowNs + account.id * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    mixed ^= mixed >>> 31;
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(mixed));
    Collections.rotate(list, -unsigned.mod(BigInteger.valueOf(list.size())).intValue());
  }
}
