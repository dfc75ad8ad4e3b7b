package io.evenkeel.model.account;

import java.util.List;

/// What a version of a rulebook would bring if it came into force now, at present prices: who would
/// be in another zone, and what the cycle over all its accounts would then do. Every value is in
/// millionths of the numeraire.
///
/// @param rulebookId the rulebook
/// @param version the version looked at
/// @param accounts how many accounts it governs that are neither closed nor frozen
/// @param before what they are required together under the version in force
/// @param after the same under the version looked at, before the cycle has moved anything
/// @param moves how many of them would be in another zone before the cycle has moved anything, by
///   pair of zones, lowest first; pairs that nobody would make are left out
/// @param effects what the cycle would then do
/// @param changedCount how many accounts would change zone or have something done to them
/// @param changed those accounts, the lowest zone under the new version first, then by order of
///   opening; cut off at the limit that was asked for
public record RulebookPreview(
    int rulebookId,
    int version,
    int accounts,
    Requirements before,
    Requirements after,
    List<ZoneMove> moves,
    Effects effects,
    int changedCount,
    List<AccountChange> changed) {
  /// Copies the lists.
  public RulebookPreview {
    moves = List.copyOf(moves);
    changed = List.copyOf(changed);
  }

  /// Sums over accounts.
  ///
  /// @param maintenanceMarginE6 MM
  /// @param initialMarginE6 IM
  public record Requirements(long maintenanceMarginE6, long initialMarginE6) {}

  /// Accounts that would go from one zone to another.
  public record ZoneMove(Zone before, Zone after, int accounts) {}

  /// What the cycle would do, whomever it concerns: helpers, winners and the backstop may be
  /// governed by other rulebooks.
  ///
  /// @param toppedUp accounts collateral would be pulled into
  /// @param toppedUpE6 its value, each amount rounded down
  /// @param called accounts that would be called, now or for another amount
  /// @param calledE6 what they would be called for together
  /// @param callsEnded calls that would be met or cancelled
  /// @param released accounts that would be released to
  /// @param releasedE6 value of what they would be given, each amount rounded down
  /// @param liquidated accounts whose liquidation would start
  /// @param closedE6 notional that would be closed, deleveraged or taken over
  /// @param takenOver accounts the backstop would take over
  /// @param insuranceE6 value the insurance fund would bear
  /// @param sharedE6 value winners would bear or forgo
  /// @param badDebtE6 value nobody would bear
  public record Effects(
      int toppedUp,
      long toppedUpE6,
      int called,
      long calledE6,
      int callsEnded,
      int released,
      long releasedE6,
      int liquidated,
      long closedE6,
      int takenOver,
      long insuranceE6,
      long sharedE6,
      long badDebtE6) {}

  /// One account.
  ///
  /// @param before under the version in force
  /// @param after under the version looked at, before the cycle has moved anything
  /// @param settledZone where the cycle would leave it
  /// @param toppedUpE6 value that would be pulled in
  /// @param releasedE6 value that would be given back
  /// @param calledE6 what it would be called for; 0 when it would not be
  /// @param closedE6 notional that would be closed, deleveraged or taken over
  /// @param isLiquidated whether its liquidation would start
  public record AccountChange(
      long accountId,
      Assessment before,
      Assessment after,
      Zone settledZone,
      long toppedUpE6,
      long releasedE6,
      long calledE6,
      long closedE6,
      boolean isLiquidated) {}
}
