package io.evenkeel.model.account;

/// The four values an account's equity is compared with, in millionths of the numeraire:
/// `maintenance <= search <= initial <= release`.
///
/// @param maintenanceE6 below it the account is liquidated
/// @param searchE6 below it collateral is pulled in
/// @param initialE6 what top-up and release land on; includes the difference between maintenance
///   and initial weights
/// @param releaseE6 at or above it the excess over initial is given back; [#NO_RELEASE] when the
///   policy has no such band
public record MarginLevels(long maintenanceE6, long searchE6, long initialE6, long releaseE6) {
  /// Stands for "no release level".
  public static final long NO_RELEASE = Long.MAX_VALUE;
}
