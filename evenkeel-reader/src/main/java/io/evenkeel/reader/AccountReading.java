package io.evenkeel.reader;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.wire.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One margin account, weighed now.
///
/// @param isolatedInstrumentId -1 for a cross account
/// @param positionMode whether it holds a long and a short side by side
/// @param leverageE2 chosen leverage, hundredths; 0 = none
/// @param zone of the assessment in `evidence`
/// @param statedZone the zone as the last event about it said
/// @param evidence equity, levels, and the lines they are sums of
/// @param call the margin call, open or expired; null when there is none
/// @param auction how shares of it are sold now; null while it is not auctioned
/// @param recentDecisions events about this account, newest first, a few
public record AccountReading(
    long accountId,
    long partyId,
    AccountRole role,
    AccountMode mode,
    int isolatedInstrumentId,
    PositionMode positionMode,
    int leverageE2,
    boolean isOpen,
    boolean isFrozen,
    Zone zone,
    Zone statedZone,
    Evidence evidence,
    @Nullable Call call,
    @Nullable Auction auction,
    List<RecordedEvent> recentDecisions) {
  /// A margin call.
  ///
  /// @param amountE6 millionths of the numeraire
  /// @param deadlineNs nanoseconds since 1970-01-01T00:00Z
  public record Call(long callId, long amountE6, long deadlineNs, boolean isExpired) {}

  /// How shares of the account are sold now; values in millionths of the numeraire.
  ///
  /// @param isInsolvent whether bidders are paid
  /// @param reservedE6 what bidders have paid so far
  /// @param priceE6 of all that is offered; below 0 where bidders are paid
  /// @param largestShareE18 the most that may be bought, 18 decimal places
  public record Auction(
      boolean isInsolvent, long worthE6, long reservedE6, long priceE6, long largestShareE18) {}

  /// Copies the list.
  public AccountReading {
    recentDecisions = List.copyOf(recentDecisions);
  }
}
