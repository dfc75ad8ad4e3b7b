package io.evenkeel.lab.scenario;

import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.command.RefusalReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run of a scenario came to. Money is in the numeraire, whole units, exactly.
///
/// @param tally what happened, counted from events
/// @param parties who has how much at the end, in the order in which they appeared
/// @param insurance what the insurance fund has at the end less what was contributed to it
/// @param fees what the venue earned in fees and its share of penalties
/// @param refusals commands that the engine refused, in order
/// @param story everything the venue decided, a sentence each with its time
/// @param stateHash SHA-256 of the engine's state at the end
/// @param twinDifference where the slow twin first said otherwise; null when it never did
/// @param breach where money was not conserved; null when it was
public record ScenarioOutcome(
    ReplayTally tally,
    List<Party> parties,
    BigDecimal insurance,
    BigDecimal fees,
    List<Refusal> refusals,
    List<String> story,
    String stateHash,
    @Nullable String twinDifference,
    @Nullable String breach) {
  /// Copies the lists.
  public ScenarioOutcome {
    parties = List.copyOf(parties);
    refusals = List.copyOf(refusals);
    story = List.copyOf(story);
  }

  /// A party from the outside.
  ///
  /// @param paidIn deposits, each at the price of its moment
  /// @param paidOut withdrawals, likewise
  /// @param left wallet, margin and unrealised profit of all its accounts at the end, unweighted
  public record Party(
      long partyId, String name, BigDecimal paidIn, BigDecimal paidOut, BigDecimal left) {
    /// What the party has won, or lost.
    public BigDecimal gain() {
      return left.add(paidOut).subtract(paidIn);
    }
  }

  /// A command that the engine refused.
  ///
  /// @param line of the file
  /// @param type of the command
  public record Refusal(int line, String type, RefusalReason reason) {}

  /// What happened that must never happen, in words.
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (twinDifference != null) {
      faults.add("the slow twin disagrees, " + twinDifference);
    }
    if (breach != null) {
      faults.add("money was not conserved, " + breach);
    }
    if (tally.alarms() > 0) {
      faults.add("internal faults occurred, first " + tally.firstAlarm());
    }
    return faults;
  }

  /// Whether none of that happened.
  public boolean isSound() {
    return faults().isEmpty();
  }
}
