package io.evenkeel.wire.words;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigDecimal;
import java.util.Locale;

/// Every event as one sentence: who, what, how much, why. Numbers go into it with `%s`, which
/// writes them alike in every locale; `%d` would not.
public final class EventWords {
  private static final int LEVERAGE_SCALE = 2;

  private final Wording wording;
  private final TradeWords trades;
  private final SettlementWords settlements;
  private final AuctionWords auctions;

  /// @param wording gives names and numbers
  public EventWords(Wording wording) {
    this.wording = wording;
    this.trades = new TradeWords(wording);
    this.settlements = new SettlementWords(wording);
    this.auctions = new AuctionWords(wording);
  }

  /// Whether the venue decided it, in contrast to what it only booked, defined or states because
  /// somebody asked.
  public static boolean isDecision(Event event) {
    return switch (event) {
      case Event.ToppedUp _,
          Event.Released _,
          Event.MarginCallIssued _,
          Event.MarginCallUpdated _,
          Event.MarginCallEnded _,
          Event.LiquidationStarted _,
          Event.OrdersCancelled _,
          Event.CollateralConverted _,
          Event.PositionReduced _,
          Event.Deleveraged _,
          Event.AccountTakenOver _,
          Event.AuctionStarted _,
          Event.AuctionBidTaken _,
          Event.AuctionEnded _,
          Event.InsuranceDrawn _,
          Event.LossShared _,
          Event.ProfitReduced _,
          Event.LossUnpaid _,
          Event.BadDebtRecorded _,
          Event.LiquidationEnded _,
          Event.MarkRejected _,
          Event.MarketDataDegraded _,
          Event.MarketDataRestored _,
          Event.MarketDataLost _,
          Event.SlowInputStated _,
          Event.SettlementPriceStated _,
          Event.SettlementAveraged _,
          Event.AccountFrozen _,
          Event.InstrumentFrozen _,
          Event.AlarmRaised _ ->
          true;
      case Event.AssetDefined _,
          Event.InstrumentDefined _,
          Event.RulebookAnnounced _,
          Event.RulebookInForce _,
          Event.AccountOpened _,
          Event.AccountClosed _,
          Event.PartyPolicySet _,
          Event.LeverageSet _,
          Event.OrderExposureSet _,
          Event.OrderMarginSecured _,
          Event.FillApplied _,
          Event.PositionImported _,
          Event.AccountModeSet _,
          Event.PositionModeSet _,
          Event.TradeCorrected _,
          Event.TradeBusted _,
          Event.PositionTransferred _,
          Event.InterestAccrued _,
          Event.InterestIndexesRestarted _,
          Event.MoneyMoved _,
          Event.PhaseSet _,
          Event.CashSettled _,
          Event.InstrumentSettled _,
          Event.ZoneChanged _ ->
          false;
    };
  }

  /// An event in words, without a full stop.
  ///
  /// @throws UnknownReference when it names an asset or instrument that the catalogue does not list
  public String tell(Event event) {
    return switch (event) {
      case Event.AssetDefined it -> assetDefined(it);
      case Event.InstrumentDefined it -> instrumentDefined(it);
      case Event.RulebookAnnounced it -> rulebookAnnounced(it);
      case Event.RulebookInForce it -> rulebookInForce(it);
      case Event.AccountOpened it -> accountOpened(it);
      case Event.AccountClosed it -> accountClosed(it);
      case Event.PartyPolicySet it -> partyPolicySet(it);
      case Event.LeverageSet it -> leverageSet(it);
      case Event.OrderExposureSet it -> orderExposureSet(it);
      case Event.FillApplied it -> trades.fillApplied(it);
      case Event.InterestAccrued it -> interestAccrued(it);
      case Event.InterestIndexesRestarted it ->
          "interest begins anew, %s left by rounding"
              .formatted(wording.money(it.assetId(), it.remainderMinor()));
      case Event.PositionImported it -> trades.positionImported(it);
      case Event.TradeCorrected it -> trades.tradeCorrected(it);
      case Event.TradeBusted it -> trades.tradeBusted(it);
      case Event.PositionTransferred it -> trades.positionTransferred(it);
      case Event.AccountModeSet it -> accountModeSet(it);
      case Event.PositionModeSet it -> trades.positionModeSet(it);
      case Event.MoneyMoved it -> moneyMoved(it);
      case Event.MarkRejected it -> markRejected(it);
      case Event.MarketDataDegraded it -> marketDataDegraded(it);
      case Event.MarketDataRestored it -> marketDataRestored(it);
      case Event.MarketDataLost it -> marketDataLost(it);
      case Event.SlowInputStated it -> slowInputStated(it);
      case Event.PhaseSet it -> phaseSet(it);
      case Event.CashSettled it -> cashSettled(it);
      case Event.LossUnpaid it -> lossUnpaid(it);
      case Event.SettlementPriceStated it -> settlements.stated(it);
      case Event.SettlementAveraged it -> settlements.averaged(it);
      case Event.InstrumentSettled it -> instrumentSettled(it);
      case Event.ZoneChanged it -> zoneChanged(it);
      case Event.ToppedUp it -> toppedUp(it);
      case Event.OrderMarginSecured it -> orderMarginSecured(it);
      case Event.Released it -> released(it);
      case Event.MarginCallIssued it -> marginCallIssued(it);
      case Event.MarginCallUpdated it -> marginCallUpdated(it);
      case Event.MarginCallEnded it -> marginCallEnded(it);
      case Event.LiquidationStarted it -> liquidationStarted(it);
      case Event.OrdersCancelled it -> ordersCancelled(it);
      case Event.CollateralConverted it -> collateralConverted(it);
      case Event.PositionReduced it -> trades.positionReduced(it);
      case Event.Deleveraged it -> trades.deleveraged(it);
      case Event.AccountTakenOver it -> accountTakenOver(it);
      case Event.AuctionStarted it -> auctions.auctionStarted(it);
      case Event.AuctionBidTaken it -> auctions.auctionBidTaken(it);
      case Event.AuctionEnded it -> auctions.auctionEnded(it);
      case Event.InsuranceDrawn it -> insuranceDrawn(it);
      case Event.LossShared it -> lossShared(it);
      case Event.ProfitReduced it -> trades.profitReduced(it);
      case Event.BadDebtRecorded it -> badDebtRecorded(it);
      case Event.LiquidationEnded it -> liquidationEnded(it);
      case Event.AccountFrozen it -> accountFrozen(it);
      case Event.InstrumentFrozen it -> instrumentFrozen(it);
      case Event.AlarmRaised it -> alarmRaised(it);
    };
  }

  private String interestAccrued(Event.InterestAccrued it) {
    return "interest of %s accrued".formatted(wording.money(it.assetId(), it.interestMinor()));
  }

  private static String assetDefined(Event.AssetDefined it) {
    return "asset %s defined".formatted(it.symbol());
  }

  private static String instrumentDefined(Event.InstrumentDefined it) {
    return "contract %s defined".formatted(it.symbol());
  }

  private static String rulebookAnnounced(Event.RulebookAnnounced it) {
    return "version %s of rulebook %s will be in force from %s UTC"
        .formatted(it.version(), it.rulebookId(), Wording.time(it.effectiveTimeNs()));
  }

  private static String rulebookInForce(Event.RulebookInForce it) {
    return "version %s of rulebook %s (%s) in force"
        .formatted(it.version(), it.rulebookId(), it.name());
  }

  private static String accountOpened(Event.AccountOpened it) {
    String kind =
        switch (it.role()) {
          case BACKSTOP -> "the backstop's account";
          case TRADER -> it.mode() == AccountMode.ISOLATED ? "isolated account" : "account";
        };
    return "%s %s of party %s opened under rulebook %s"
        .formatted(kind, it.accountId(), it.partyId(), it.rulebookId());
  }

  private static String accountClosed(Event.AccountClosed it) {
    return "account %s closed".formatted(it.accountId());
  }

  private static String partyPolicySet(Event.PartyPolicySet it) {
    return "party %s %s"
        .formatted(
            it.partyId(),
            it.siblingTopUp() ? "lets its accounts help one another" : "keeps its accounts apart");
  }

  private String accountModeSet(Event.AccountModeSet it) {
    int instrument = it.isolatedInstrumentId();
    String reach = instrument < 0 ? "cross" : "isolated in " + wording.symbol(instrument);
    return "account %s is %s under rulebook %s".formatted(it.accountId(), reach, it.rulebookId());
  }

  private static String leverageSet(Event.LeverageSet it) {
    if (it.leverageE2() == 0) {
      return "account %s chose no leverage".formatted(it.accountId());
    }
    BigDecimal leverage = BigDecimal.valueOf(it.leverageE2(), LEVERAGE_SCALE);
    return "account %s chose leverage %s"
        .formatted(it.accountId(), leverage.stripTrailingZeros().toPlainString());
  }

  private String orderExposureSet(Event.OrderExposureSet it) {
    return "account %s's open orders in %s: buying %s, selling %s"
        .formatted(
            it.accountId(),
            wording.symbol(it.instrumentId()),
            wording.quantity(it.instrumentId(), it.buyUnits()),
            wording.quantity(it.instrumentId(), it.sellUnits()));
  }

  private String moneyMoved(Event.MoneyMoved it) {
    return "%s: %s from %s to %s"
        .formatted(
            lower(it.reason()),
            wording.money(it.assetId(), it.amountMinor()),
            wording.place(it.from()),
            wording.place(it.to()));
  }

  private String markRejected(Event.MarkRejected it) {
    String price = wording.price(it.target(), it.id(), it.priceUnits());
    String text =
        "price %s of %s not believed: %s"
            .formatted(price, wording.target(it.target(), it.id()), lower(it.fault()));
    return it.referenceUnits() == 0
        ? text
        : text + ", last good " + wording.price(it.target(), it.id(), it.referenceUnits());
  }

  private String marketDataDegraded(Event.MarketDataDegraded it) {
    return "price of %s degraded: %s"
        .formatted(wording.target(it.target(), it.id()), lower(it.fault()));
  }

  private String marketDataRestored(Event.MarketDataRestored it) {
    return "price of %s restored: %s"
        .formatted(
            wording.target(it.target(), it.id()),
            wording.price(it.target(), it.id(), it.priceUnits()));
  }

  private String marketDataLost(Event.MarketDataLost it) {
    return "price of %s lost: tolerance has run out"
        .formatted(wording.target(it.target(), it.id()));
  }

  private String slowInputStated(Event.SlowInputStated it) {
    String stated =
        switch (it.input()) {
          case OPEN_INTEREST ->
              "open interest %s, before %s"
                  .formatted(
                      wording.quantity(it.instrumentId(), it.stated()),
                      wording.quantity(it.instrumentId(), it.before()));
          case REALISED_VOLATILITY ->
              "a day's move of %s, before %s, measured %s"
                  .formatted(share(it.stated()), share(it.before()), share(it.measured()));
        };
    return "stated of %s: %s".formatted(wording.symbol(it.instrumentId()), stated);
  }

  private static String share(long valueE9) {
    return BigDecimal.valueOf(valueE9, 9).stripTrailingZeros().toPlainString();
  }

  private String phaseSet(Event.PhaseSet it) {
    return "%s is in phase %s".formatted(wording.symbol(it.instrumentId()), lower(it.phase()));
  }

  private String cashSettled(Event.CashSettled it) {
    return "%s of %s settled in cash at %s: %s owed, %s collected; %s due, %s paid"
        .formatted(
            cashKind(it.kind()),
            wording.symbol(it.instrumentId()),
            wording.price(it.instrumentId(), it.priceUnits()),
            wording.settlementMoney(it.instrumentId(), it.lossesMinor()),
            wording.settlementMoney(it.instrumentId(), it.collectedMinor()),
            wording.settlementMoney(it.instrumentId(), it.gainsMinor()),
            wording.settlementMoney(it.instrumentId(), it.paidMinor()));
  }

  private String lossUnpaid(Event.LossUnpaid it) {
    return "account %s could not pay %s of its loss in %s"
        .formatted(
            it.accountId(),
            wording.settlementMoney(it.instrumentId(), it.unpaidMinor()),
            wording.symbol(it.instrumentId()));
  }

  private String instrumentSettled(Event.InstrumentSettled it) {
    return "%s ended, settled at %s"
        .formatted(
            wording.symbol(it.instrumentId()),
            wording.price(it.instrumentId(), it.settlementPriceUnits()));
  }

  private static String zoneChanged(Event.ZoneChanged it) {
    return "account %s now %s, was %s".formatted(it.accountId(), it.after(), it.before());
  }

  private String toppedUp(Event.ToppedUp it) {
    return "account %s topped up by %s: equity was %s short of initial, as %s"
        .formatted(
            it.accountId(),
            wording.amounts(it.amounts(), true),
            Wording.value(it.shortfallE6()),
            because(it.evidence().trigger()));
  }

  private String orderMarginSecured(Event.OrderMarginSecured it) {
    return "account %s backed new risk with %s: equity was %s short of initial"
        .formatted(
            it.accountId(), wording.amounts(it.amounts(), true), Wording.value(it.shortfallE6()));
  }

  private String released(Event.Released it) {
    return "account %s released %s to the wallet: excess was %s, as %s"
        .formatted(
            it.accountId(),
            wording.amounts(it.amounts(), false),
            Wording.value(it.excessE6()),
            because(it.evidence().trigger()));
  }

  private static String marginCallIssued(Event.MarginCallIssued it) {
    String text =
        "account %s called for %s until %s UTC"
            .formatted(it.accountId(), Wording.value(it.amountE6()), Wording.time(it.deadlineNs()));
    return it.timeToLiquidationNs() == Long.MAX_VALUE
        ? text
        : text
            + ": a one-sigma move reaches maintenance in "
            + Wording.duration(it.timeToLiquidationNs());
  }

  private static String marginCallUpdated(Event.MarginCallUpdated it) {
    return "account %s's call %s restated from %s to %s"
        .formatted(
            it.accountId(),
            it.callId(),
            Wording.value(it.previousAmountE6()),
            Wording.value(it.amountE6()));
  }

  private static String marginCallEnded(Event.MarginCallEnded it) {
    return "account %s's call %s %s".formatted(it.accountId(), it.callId(), ended(it.end()));
  }

  private static String liquidationStarted(Event.LiquidationStarted it) {
    return "account %s in liquidation: %s, as %s"
        .formatted(it.accountId(), cause(it.cause()), because(it.evidence().trigger()));
  }

  private static String ordersCancelled(Event.OrdersCancelled it) {
    return "account %s's open orders in %s cancelled"
        .formatted(it.accountId(), counted(it.instruments(), "contract"));
  }

  private String collateralConverted(Event.CollateralConverted it) {
    return "account %s sold %s to cover a debt of %s"
        .formatted(
            it.accountId(),
            wording.money(it.soldAssetId(), it.soldMinor()),
            wording.money(it.debtAssetId(), it.coveredMinor()));
  }

  private String accountTakenOver(Event.AccountTakenOver it) {
    return "account %s taken over as a whole by the backstop: worth %s, notional %s, penalty %s"
        .formatted(
            it.accountId(),
            Wording.value(it.valueE6()),
            Wording.value(it.notionalE6()),
            wording.money(it.cashAssetId(), it.penaltyMinor()));
  }

  private String insuranceDrawn(Event.InsuranceDrawn it) {
    return "insurance fund paid %s of a deficit of %s left by account %s"
        .formatted(
            wording.money(it.assetId(), it.paidMinor()),
            wording.money(it.assetId(), it.deficitMinor()),
            it.accountId());
  }

  private String lossShared(Event.LossShared it) {
    return "%s in %s bore %s of the losses of %s"
        .formatted(
            counted(it.winners(), "winner"),
            wording.symbol(it.instrumentId()),
            wording.settlementMoney(it.instrumentId(), it.sharedMinor()),
            counted(it.deficits(), "account"));
  }

  private String badDebtRecorded(Event.BadDebtRecorded it) {
    String whose =
        it.accountId() < 0 ? "after a cash settlement" : "left by account " + it.accountId();
    return "bad debt of %s recorded, %s"
        .formatted(wording.money(it.assetId(), it.amountMinor()), whose);
  }

  private static String liquidationEnded(Event.LiquidationEnded it) {
    return "account %s's liquidation ended: %s".formatted(it.accountId(), ended(it.result()));
  }

  private static String accountFrozen(Event.AccountFrozen it) {
    return "account %s frozen after an internal fault".formatted(it.accountId());
  }

  private String instrumentFrozen(Event.InstrumentFrozen it) {
    return "%s frozen after an internal fault".formatted(wording.symbol(it.instrumentId()));
  }

  private static String alarmRaised(Event.AlarmRaised it) {
    return "ALARM: " + it.rule();
  }

  private static String ended(CallEnd end) {
    return switch (end) {
      case MET -> "is met: equity is back at initial";
      case EXPIRED -> "expired unmet at its deadline";
      case CANCELLED -> "is cancelled";
      case SUPERSEDED -> "is superseded by liquidation";
    };
  }

  private static String ended(LiquidationResult result) {
    return switch (result) {
      case RESCUED -> "rescued, no position had to be closed";
      case REDUCED -> "reduced, equity is back at its exit level";
      case TAKEN_OVER -> "taken over as a whole";
      case LEFT_OPEN -> "left as it is, nothing was worth closing";
      case DELEVERAGED -> "all positions closed against holders of the other side";
      case WAITING -> "still below maintenance, it waits for its next slice";
      case AUCTIONED -> "shares of it are auctioned from now on";
    };
  }

  private static String cause(LiquidationCause cause) {
    return switch (cause) {
      case BELOW_MAINTENANCE -> "equity fell below maintenance";
      case CALL_EXPIRED -> "its margin call was not met in time";
    };
  }

  /// What set the cycle going, as a clause.
  private static String because(Trigger trigger) {
    return switch (trigger) {
      case MARKS -> "prices moved";
      case FILL -> "a trade was booked";
      case ORDER_CHANGE -> "orders or leverage changed";
      case DEPOSIT -> "money was brought";
      case WITHDRAWAL -> "money was taken out";
      case FUNDING -> "funding was paid";
      case SETTLEMENT -> "a contract was settled";
      case PARAMETER_CHANGE -> "parameters changed";
      case TIME -> "time passed";
      case REASSESS -> "it was asked for";
    };
  }

  private static String cashKind(CashKind kind) {
    return switch (kind) {
      case VARIATION -> "variation";
      case FUNDING -> "funding";
      case FINAL -> "final profit and loss";
    };
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
