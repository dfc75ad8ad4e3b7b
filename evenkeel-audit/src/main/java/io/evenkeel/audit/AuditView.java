package io.evenkeel.audit;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Everything that can be seen of the twin at one moment; two views are equal when nothing visible
/// differs. Amounts are minor units, values E6, quantities and costs in the units of their
/// instrument. Amounts of zero are left out of maps.
///
/// @param accounts by account id, closed ones included
/// @param wallets by party id, then by asset id
/// @param assets by asset id
/// @param instruments by instrument id
public record AuditView(
    SortedMap<Long, AccountLine> accounts,
    SortedMap<Long, SortedMap<Integer, Long>> wallets,
    SortedMap<Integer, AssetLine> assets,
    SortedMap<Integer, InstrumentLine> instruments) {

  /// One margin account.
  ///
  /// @param balancesMinor by asset id; negative is a debt
  /// @param positions in instrument order
  /// @param lastReleaseNs null when it has never released automatically
  /// @param call null when there is neither an open nor an expired call
  /// @param assessment the account weighed now
  /// @param fullValueE6 collateral and profit without weights and caps
  public record AccountLine(
      long partyId,
      int rulebookId,
      boolean closed,
      int leverageE2,
      SortedMap<Integer, Long> balancesMinor,
      List<PositionLine> positions,
      Zone statedZone,
      @Nullable Long lastReleaseNs,
      @Nullable CallLine call,
      Assessment assessment,
      long fullValueE6) {}

  /// One row of an account.
  public record PositionLine(
      int instrumentId,
      long quantityUnits,
      long costTicks,
      long buyUnits,
      long sellUnits,
      long buyNotional,
      long sellNotional,
      PositionSide side) {}

  /// A margin call that has not ended.
  public record CallLine(long callId, long amountE6, long deadlineNs, boolean expired) {}

  /// One asset.
  ///
  /// @param priceUnits price in force
  /// @param netExternalMinor deposits and contributions less withdrawals, added up from the
  ///   commands
  /// @param houseMinor balances of the venue
  public record AssetLine(
      long priceUnits,
      boolean degraded,
      boolean lost,
      long netExternalMinor,
      Map<HouseAccount, Long> houseMinor) {}

  /// One instrument.
  ///
  /// @param markUnits mark in force; 0 when it was never marked
  /// @param clearingMinor what closed positions left (positive) or took (negative)
  /// @param fundMinor what is set aside for losses of this instrument alone
  /// @param residueTicks what rounding of realised profit left
  /// @param openInterestUnits sum of all long positions
  public record InstrumentLine(
      long markUnits,
      boolean degraded,
      boolean lost,
      TradingPhase phase,
      boolean settled,
      long clearingMinor,
      long fundMinor,
      long residueTicks,
      long openInterestUnits) {}
}
