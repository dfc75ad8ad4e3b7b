package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;

/// Margin calls.
///
/// @param enabled whether calls are issued at all
/// @param deadlineNs time a party has, from issue
/// @param updateStepE6 a call is restated when its amount has moved by at least this, millionths of
///   the numeraire
/// @param onExpiry what an unmet call leads to at its deadline
public record CallPolicy(boolean enabled, long deadlineNs, long updateStepE6, OnExpiry onExpiry) {
  /// Ten years: no duration in a rulebook may be longer.
  public static final long MAXIMUM_DURATION_NS = 10L * 365 * 86_400 * 1_000_000_000;

  /// Refuses what is out of range.
  public CallPolicy {
    Check.parameter(
        deadlineNs > 0 && deadlineNs <= MAXIMUM_DURATION_NS,
        "call.deadline",
        "must be longer than 0 and at most 10 years");
    Check.parameter(updateStepE6 > 0, "call.updateStep", "must be greater than 0");
  }

  /// The consequence of an unmet call.
  public enum OnExpiry {
    /// The call stays expired until the account is back at initial; nothing else happens.
    NOTHING,
    /// The account is liquidated down to its exit level although it is above maintenance.
    CLOSE
  }
}
