package io.evenkeel.reader;

import io.evenkeel.model.account.Assessment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The venue as a whole.
///
/// @param zoneCounts open accounts per stated zone, by ordinal of [io.evenkeel.model.account.Zone]
/// @param openCalls margin calls open or expired
/// @param insuranceMinor insurance fund by asset id
/// @param feesMinor fees account by asset id
/// @param badDebtMinor bad debt by asset id, as recorded so far
/// @param depositedMinor external deposits less withdrawals by asset id
/// @param backstopAccountId -1 when there is none
/// @param backstop the backstop weighed now; null when there is none
/// @param conservation of the last check
@SuppressWarnings("ArrayRecordComponent") // made anew for every answer, and never compared
public record VenueTotals(
    long engineTimeNs,
    long logPosition,
    long lastEventNumber,
    int parties,
    int accounts,
    long[] zoneCounts,
    int openCalls,
    Map<Integer, Long> insuranceMinor,
    Map<Integer, Long> feesMinor,
    Map<Integer, Long> badDebtMinor,
    Map<Integer, Long> depositedMinor,
    long backstopAccountId,
    @Nullable Assessment backstop,
    Conservation conservation) {
  /// The check that money is conserved, which scans everything and so runs now and then.
  ///
  /// @param checkedEventNumber last event before the check
  /// @param checkedTimeNs engine time of the check
  /// @param breaches what does not hold; empty when money is conserved
  public record Conservation(long checkedEventNumber, long checkedTimeNs, List<String> breaches) {
    /// Copies the list.
    public Conservation {
      breaches = List.copyOf(breaches);
    }
  }
}
