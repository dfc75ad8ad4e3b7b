package io.evenkeel.lab.replay;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.RefusalReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The end of a replay.
///
/// @param rulebook name and version of the rules, e.g. `perp-cross 1`
/// @param seed of accounts and traders
/// @param accounts trader accounts
/// @param symbols what was traded
/// @param startTimeNs instant of the first tick
/// @param endTimeNs instant of the last tick; that of the first when there was none
/// @param ticks batches of marks
/// @param marks prices in them
/// @param stopped whether it was stopped before the end of its plan
/// @param setUp how opening the accounts went
/// @param setUpTally what happened meanwhile
/// @param tally what happened since the first tick
/// @param zoneCounts trader accounts per zone at the end; every zone is listed
/// @param commands commands given since the first tick, marks included
/// @param refusals how many of them were refused for which reason
/// @param guardAllowance how the guards were raised; null when they were not
/// @param conservationChecks how often the money was counted
/// @param conservationBreach the first time that it did not add up; null when it always did
/// @param auditedCommands commands that the slow twin answered alike; -1 when it was not asked
/// @param auditDifference the first difference; null without one
/// @param stateHash SHA-256 of the engine's state at the end
/// @param speed how long it took
public record ReplayReport(
    String rulebook,
    long seed,
    int accounts,
    List<String> symbols,
    long startTimeNs,
    long endTimeNs,
    long ticks,
    long marks,
    boolean stopped,
    SetUpReport setUp,
    ReplayTally setUpTally,
    ReplayTally tally,
    Map<Zone, Long> zoneCounts,
    long commands,
    Map<RefusalReason, Long> refusals,
    @Nullable GuardAllowance guardAllowance,
    long conservationChecks,
    @Nullable String conservationBreach,
    long auditedCommands,
    @Nullable String auditDifference,
    String stateHash,
    ReplaySpeed speed) {
  /// Copies the list; the maps are the report's own.
  public ReplayReport {
    symbols = List.copyOf(symbols);
  }

  /// Whether money and positions added up every time they were counted.
  public boolean ledgerConserved() {
    return conservationBreach == null;
  }

  /// Whether nothing happened that must never happen: money is conserved, the twin agrees, no
  /// internal fault.
  public boolean isSound() {
    return ledgerConserved()
        && auditDifference == null
        && tally.alarms() == 0
        && setUpTally.alarms() == 0;
  }

  /// Trader accounts in a zone at the end.
  public long zoneCount(Zone zone) {
    return zoneCounts.getOrDefault(zone, 0L);
  }
}
