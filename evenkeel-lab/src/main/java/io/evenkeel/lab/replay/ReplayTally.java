package io.evenkeel.lab.replay;

import io.evenkeel.model.account.LedgerAccount.House;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.event.MarkFault;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in a replay or a scenario, counted from the events and from nothing else. Money is
/// in the numeraire, whole units, each amount at the price of its moment, exactly.
public final class ReplayTally {
  private final Numeraire numeraire;
  private final EnumMap<MarkFault, Long> rejectedMarks = new EnumMap<>(MarkFault.class);
  private long topUps;
  private long releases;
  private long callsIssued;
  private long callsMet;
  private long callsExpired;
  private long callsCancelled;
  private long callsSuperseded;
  private long liquidationsStarted;
  private long liquidationsPartial;
  private long liquidationsAccountWide;
  private long liquidationsLeftOpen;
  private long liquidationsDeleveraged;
  private long liquidationsWaiting;
  private long liquidationsAuctioned;
  private long deleveragings;
  private BigDecimal forgone = BigDecimal.ZERO;
  private long liquidationsRescued;
  private long positionsReduced;
  private long profitsReduced;
  private long zoneChanges;
  private long fills;
  private long degradedMarks;
  private long lostMarks;
  private long alarms;
  private @Nullable String firstAlarm;
  private BigDecimal toppedUp = BigDecimal.ZERO;
  private BigDecimal released = BigDecimal.ZERO;
  private BigDecimal called = BigDecimal.ZERO;
  private BigDecimal liquidatedNotional = BigDecimal.ZERO;
  private BigDecimal penalties = BigDecimal.ZERO;
  private BigDecimal insuranceUsed = BigDecimal.ZERO;
  private BigDecimal sharedLoss = BigDecimal.ZERO;
  private BigDecimal badDebt = BigDecimal.ZERO;
  private BigDecimal fundingMoved = BigDecimal.ZERO;

  /// @param numeraire what amounts are worth
  public ReplayTally(Numeraire numeraire) {
    this.numeraire = numeraire;
  }

  /// Counts one event.
  public void count(Event event) {
    switch (event) {
      case Event.ToppedUp it -> {
        topUps++;
        toppedUp = toppedUp.add(value(it.amounts()));
      }
      case Event.Released it -> {
        releases++;
        released = released.add(value(it.amounts()));
      }
      case Event.MarginCallIssued it -> {
        callsIssued++;
        called = called.add(Numeraire.ofE6(it.amountE6()));
      }
      case Event.MarginCallEnded it -> countCallEnd(it.end());
      case Event.LiquidationStarted _ -> liquidationsStarted++;
      case Event.LiquidationEnded it -> countLiquidationEnd(it.result());
      case Event.PositionReduced it -> {
        positionsReduced++;
        addLiquidated(
            it.notionalE6(), numeraire.settlementValue(it.instrumentId(), it.penaltyMinor()));
      }
      case Event.Deleveraged it -> {
        deleveragings++;
        forgone = forgone.add(numeraire.settlementValue(it.instrumentId(), it.forgoneMinor()));
      }
      case Event.AccountTakenOver it ->
          addLiquidated(it.notionalE6(), numeraire.value(it.cashAssetId(), it.penaltyMinor()));
      case Event.MoneyMoved it -> countMoney(it);
      case Event.LossShared it ->
          sharedLoss =
              sharedLoss.add(numeraire.settlementValue(it.instrumentId(), it.sharedMinor()));
      case Event.ProfitReduced _ -> profitsReduced++;
      case Event.BadDebtRecorded it ->
          badDebt = badDebt.add(numeraire.value(it.assetId(), it.amountMinor()));
      case Event.ZoneChanged _ -> zoneChanges++;
      case Event.FillApplied _ -> fills++;
      case Event.MarkRejected it -> rejectedMarks.merge(it.fault(), 1L, Long::sum);
      case Event.MarketDataDegraded _ -> degradedMarks++;
      case Event.MarketDataLost _ -> lostMarks++;
      case Event.AlarmRaised it -> {
        alarms++;
        firstAlarm = firstAlarm == null ? it.rule() : firstAlarm;
      }
      default -> {}
    }
  }

  private void countCallEnd(CallEnd end) {
    switch (end) {
      case MET -> callsMet++;
      case EXPIRED -> callsExpired++;
      case CANCELLED -> callsCancelled++;
      case SUPERSEDED -> callsSuperseded++;
    }
  }

  private void countLiquidationEnd(LiquidationResult result) {
    switch (result) {
      case RESCUED -> liquidationsRescued++;
      case REDUCED -> liquidationsPartial++;
      case TAKEN_OVER -> liquidationsAccountWide++;
      case LEFT_OPEN -> liquidationsLeftOpen++;
      case DELEVERAGED -> liquidationsDeleveraged++;
      case WAITING -> liquidationsWaiting++;
      case AUCTIONED -> liquidationsAuctioned++;
    }
  }

  private void addLiquidated(long notionalE6, BigDecimal penalty) {
    liquidatedNotional = liquidatedNotional.add(Numeraire.ofE6(notionalE6));
    penalties = penalties.add(penalty);
  }

  private void countMoney(Event.MoneyMoved moved) {
    if (moved.from() instanceof House house && house.account() == HouseAccount.INSURANCE_FUND) {
      insuranceUsed = insuranceUsed.add(numeraire.value(moved.assetId(), moved.amountMinor()));
    }
    boolean received =
        moved.from() instanceof House house && house.account() == HouseAccount.SETTLEMENT;
    if (moved.reason() == MoneyReason.FUNDING && received) {
      fundingMoved = fundingMoved.add(numeraire.value(moved.assetId(), moved.amountMinor()));
    }
  }

  private BigDecimal value(List<SourcedAmount> amounts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (SourcedAmount amount : amounts) {
      sum = sum.add(numeraire.value(amount.assetId(), amount.amountMinor()));
    }
    return sum;
  }

  /// Accounts topped up, each time one was.
  public long topUps() {
    return topUps;
  }

  /// Releases of excess by the cycle.
  public long releases() {
    return releases;
  }

  /// Margin calls issued.
  public long callsIssued() {
    return callsIssued;
  }

  /// Calls that ended with equity back at initial, some of them after their deadline.
  public long callsMet() {
    return callsMet;
  }

  /// Calls whose deadline passed. Such a call lives on until it is met, cancelled or superseded,
  /// and is counted there, too.
  public long callsExpired() {
    return callsExpired;
  }

  /// Calls that ended because calls were switched off or the account was closed.
  public long callsCancelled() {
    return callsCancelled;
  }

  /// Calls that ended because the account was liquidated.
  public long callsSuperseded() {
    return callsSuperseded;
  }

  /// Liquidations begun.
  public long liquidationsStarted() {
    return liquidationsStarted;
  }

  /// Liquidations that ended with part of the positions closed.
  public long liquidationsPartial() {
    return liquidationsPartial;
  }

  /// Liquidations that ended with the backstop taking the whole account.
  public long liquidationsAccountWide() {
    return liquidationsAccountWide;
  }

  /// Liquidations that ended because cancelling orders or converting collateral sufficed.
  public long liquidationsRescued() {
    return liquidationsRescued;
  }

  /// Liquidations for an expired call in which nothing was worth closing.
  public long liquidationsLeftOpen() {
    return liquidationsLeftOpen;
  }

  /// Accounts all of whose positions were closed against holders of the other side.
  public long liquidationsDeleveraged() {
    return liquidationsDeleveraged;
  }

  /// Liquidations after whose slices an account had to wait for the next ones.
  public long liquidationsWaiting() {
    return liquidationsWaiting;
  }

  /// Accounts of which shares were offered in an auction.
  public long liquidationsAuctioned() {
    return liquidationsAuctioned;
  }

  /// Closings against holders of the other side.
  public long deleveragings() {
    return deleveragings;
  }

  /// What those holders got less than at the marks, in the numeraire.
  public BigDecimal forgone() {
    return forgone;
  }

  /// Closing trades of partial liquidations.
  public long positionsReduced() {
    return positionsReduced;
  }

  /// How often a winner's profit was reduced to bear a loss.
  public long profitsReduced() {
    return profitsReduced;
  }

  /// Zone changes stated.
  public long zoneChanges() {
    return zoneChanges;
  }

  /// Trades between accounts, not counting closing trades.
  public long fills() {
    return fills;
  }

  /// How often a price became degraded.
  public long degradedMarks() {
    return degradedMarks;
  }

  /// How often the tolerance of a degraded price ran out.
  public long lostMarks() {
    return lostMarks;
  }

  /// Marks that were not applied, by fault.
  public Map<MarkFault, Long> rejectedMarks() {
    return new EnumMap<>(rejectedMarks);
  }

  /// Internal faults; anything but 0 is a defect of the engine.
  public long alarms() {
    return alarms;
  }

  /// Which rule broke first; null without alarms.
  public @Nullable String firstAlarm() {
    return firstAlarm;
  }

  /// Value pulled in by top-ups.
  public BigDecimal toppedUp() {
    return toppedUp;
  }

  /// Value given back by releases.
  public BigDecimal released() {
    return released;
  }

  /// What calls asked for when they were issued.
  public BigDecimal called() {
    return called;
  }

  /// Notional closed or taken over by liquidations, at mark.
  public BigDecimal liquidatedNotional() {
    return liquidatedNotional;
  }

  /// Penalties paid by liquidated accounts.
  public BigDecimal penalties() {
    return penalties;
  }

  /// Everything that left the insurance fund.
  public BigDecimal insuranceUsed() {
    return insuranceUsed;
  }

  /// Losses borne by winners out of unrealised profit.
  public BigDecimal sharedLoss() {
    return sharedLoss;
  }

  /// Losses that nobody was left to bear.
  public BigDecimal badDebt() {
    return badDebt;
  }

  /// Funding received by those it was due to.
  public BigDecimal fundingMoved() {
    return fundingMoved;
  }
}
