package io.evenkeel.audit;

import java.math.BigInteger;

/// The auction of an account while it lasts: section 7.A of the rules.
final class AuditAuction {
  final long id;
  final boolean insolvent;
  final AuditAsset cash;
  final long startNs;
  final long endNs;

  /// What the account lacked of maintenance when an insolvent one began, E6.
  final BigInteger queued;

  /// What bidders have paid, minor units.
  BigInteger paid = BigInteger.ZERO;

  AuditAuction(
      long id, boolean insolvent, AuditAsset cash, long startNs, long endNs, BigInteger queued) {
    this.id = id;
    this.insolvent = insolvent;
    this.cash = cash;
    this.startNs = startNs;
    this.endNs = endNs;
    this.queued = queued;
  }
}
