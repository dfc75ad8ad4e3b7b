package io.evenkeel.wire.json;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Catalogue;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the figures of one event into its object.
final class EventWriter {
  private static final int LEVERAGE_SCALE = 2;

  private final ObjectNode json;
  private final FigureWriter write;
  private final EvidenceWriter decided;

  EventWriter(ObjectNode json, Catalogue catalogue) {
    this.json = json;
    this.write = new FigureWriter(catalogue);
    this.decided = new EvidenceWriter(catalogue);
  }

  void write(Event event) {
    switch (event) {
      case Event.AssetDefined it -> assetDefined(it);
      case Event.InstrumentDefined it -> instrumentDefined(it);
      case Event.RulebookAnnounced it -> rulebookAnnounced(it);
      case Event.RulebookInForce it -> rulebookInForce(it);
      case Event.AccountOpened it -> accountOpened(it);
      case Event.AccountClosed it -> accountClosed(it);
      case Event.PartyPolicySet it -> partyPolicySet(it);
      case Event.LeverageSet it -> leverageSet(it);
      case Event.OrderExposureSet it -> orderExposureSet(it);
      case Event.FillApplied it -> fillApplied(it);
      case Event.InterestAccrued it -> interestAccrued(it);
      case Event.InterestIndexesRestarted it -> indexesRestarted(it);
      case Event.PositionImported it -> positionImported(it);
      case Event.AccountModeSet it -> accountModeSet(it);
      case Event.PositionModeSet it -> {
        write.identifier(json, "account", it.accountId());
        json.put("mode", it.mode().name());
      }
      case Event.TradeCorrected it -> tradeCorrected(it);
      case Event.TradeBusted it -> tradeBusted(it);
      case Event.PositionTransferred it -> positionTransferred(it);
      case Event.MoneyMoved it -> moneyMoved(it);
      case Event.MarkRejected it -> markRejected(it);
      case Event.MarketDataDegraded it -> marketDataDegraded(it);
      case Event.MarketDataRestored it -> marketDataRestored(it);
      case Event.MarketDataLost it -> marketDataLost(it);
      case Event.SlowInputStated it -> slowInputStated(it);
      case Event.PhaseSet it -> phaseSet(it);
      case Event.CashSettled it -> cashSettled(it);
      case Event.LossUnpaid it -> lossUnpaid(it);
      case Event.SettlementPriceStated it -> SettlementWriter.stated(write, json, it);
      case Event.SettlementAveraged it -> SettlementWriter.averaged(write, json, it);
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
      case Event.PositionReduced it -> positionReduced(it);
      case Event.Deleveraged it -> deleveraged(it);
      case Event.AccountTakenOver it -> accountTakenOver(it);
      case Event.AuctionStarted _, Event.AuctionBidTaken _, Event.AuctionEnded _ ->
          new AuctionWriter(json, write).write(event);
      case Event.InsuranceDrawn it -> insuranceDrawn(it);
      case Event.LossShared it -> lossShared(it);
      case Event.ProfitReduced it -> profitReduced(it);
      case Event.BadDebtRecorded it -> badDebtRecorded(it);
      case Event.LiquidationEnded it -> liquidationEnded(it);
      case Event.AccountFrozen it -> accountFrozen(it);
      case Event.InstrumentFrozen it -> instrumentFrozen(it);
      case Event.AlarmRaised it -> alarmRaised(it);
    }
  }

  private void indexesRestarted(Event.InterestIndexesRestarted it) {
    write.asset(json, "asset", it.assetId());
    write.money(json, "remainder", it.assetId(), it.remainderMinor());
  }

  private void interestAccrued(Event.InterestAccrued it) {
    write.asset(json, "asset", it.assetId());
    json.put("seconds", it.seconds());
    json.put("rate", Figures.text(it.rateE12(), 12));
    json.put("debtIndex", Figures.text(it.debtIndexE18(), 18));
    json.put("holdingIndex", Figures.text(it.holdingIndexE18(), 18));
    write.money(json, "interest", it.assetId(), it.interestMinor());
    write.money(json, "venue", it.assetId(), it.venueMinor());
  }

  private void positionImported(Event.PositionImported it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "long", it.longAccountId());
    write.identifier(json, "short", it.shortAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.ticks(json, "longCost", it.instrumentId(), it.longCostTicks());
  }

  private void positionTransferred(Event.PositionTransferred it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "from", it.fromAccountId());
    write.identifier(json, "to", it.toAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.ticks(json, "cost", it.instrumentId(), it.costTicks());
    write.settlementMoney(json, "fromRealised", it.instrumentId(), it.fromRealisedMinor());
    write.settlementMoney(json, "toRealised", it.instrumentId(), it.toRealisedMinor());
    write.side(json, "fromSide", it.fromSide());
    write.side(json, "toSide", it.toSide());
  }

  private void tradeBusted(Event.TradeBusted it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "buyerRealised", it.instrumentId(), it.buyerRealisedMinor());
    write.settlementMoney(json, "sellerRealised", it.instrumentId(), it.sellerRealisedMinor());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void tradeCorrected(Event.TradeCorrected it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.price(json, "correctedPrice", it.instrumentId(), it.correctedPriceUnits());
    write.settlementMoney(json, "buyerRealised", it.instrumentId(), it.buyerRealisedMinor());
    write.settlementMoney(json, "sellerRealised", it.instrumentId(), it.sellerRealisedMinor());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void accountModeSet(Event.AccountModeSet it) {
    write.identifier(json, "account", it.accountId());
    json.put("rulebookId", it.rulebookId());
    json.put("mode", it.mode().name());
    if (it.isolatedInstrumentId() < 0) {
      json.putNull("instrument");
    } else {
      write.instrument(json, "instrument", it.isolatedInstrumentId());
    }
  }

  private void assetDefined(Event.AssetDefined it) {
    json.put("asset", it.symbol());
    json.put("assetId", it.assetId());
  }

  private void instrumentDefined(Event.InstrumentDefined it) {
    json.put("instrument", it.symbol());
    json.put("instrumentId", it.instrumentId());
  }

  private void rulebookAnnounced(Event.RulebookAnnounced it) {
    json.put("rulebookId", it.rulebookId());
    json.put("version", it.version());
    write.time(json, "effectiveTime", it.effectiveTimeNs());
  }

  private void rulebookInForce(Event.RulebookInForce it) {
    json.put("rulebookId", it.rulebookId());
    json.put("name", it.name());
    json.put("version", it.version());
  }

  private void accountOpened(Event.AccountOpened it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "party", it.partyId());
    json.put("rulebookId", it.rulebookId());
    json.put("mode", it.mode().name());
    json.put("role", it.role().name());
  }

  private void accountClosed(Event.AccountClosed it) {
    write.identifier(json, "account", it.accountId());
  }

  private void partyPolicySet(Event.PartyPolicySet it) {
    write.identifier(json, "party", it.partyId());
    json.put("siblingTopUp", it.siblingTopUp());
  }

  private void leverageSet(Event.LeverageSet it) {
    write.identifier(json, "account", it.accountId());
    json.put("leverage", new Decimal(it.leverageE2(), LEVERAGE_SCALE).toString());
  }

  private void orderExposureSet(Event.OrderExposureSet it) {
    write.identifier(json, "account", it.accountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.quantity(json, "buyQuantity", it.instrumentId(), it.buyUnits());
    write.quantity(json, "sellQuantity", it.instrumentId(), it.sellUnits());
    write.notional(json, "buyNotional", it.instrumentId(), it.buyNotional());
    write.notional(json, "sellNotional", it.instrumentId(), it.sellNotional());
    write.side(json, "side", it.side());
  }

  private void fillApplied(Event.FillApplied it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "buyerRealised", it.instrumentId(), it.buyerRealisedMinor());
    write.settlementMoney(json, "sellerRealised", it.instrumentId(), it.sellerRealisedMinor());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void moneyMoved(Event.MoneyMoved it) {
    write.asset(json, "asset", it.assetId());
    write.place(json, "from", it.from());
    write.place(json, "to", it.to());
    write.money(json, "amount", it.assetId(), it.amountMinor());
    json.put("reason", it.reason().name());
  }

  private void markRejected(Event.MarkRejected it) {
    write.target(json, it.target(), it.id());
    write.price(json, "price", it.target(), it.id(), it.priceUnits());
    reference(it.target(), it.id(), it.referenceUnits());
    json.put("fault", it.fault().name());
  }

  private void marketDataDegraded(Event.MarketDataDegraded it) {
    write.target(json, it.target(), it.id());
    json.put("fault", it.fault().name());
  }

  private void marketDataRestored(Event.MarketDataRestored it) {
    write.target(json, it.target(), it.id());
    write.price(json, "price", it.target(), it.id(), it.priceUnits());
  }

  private void marketDataLost(Event.MarketDataLost it) {
    write.target(json, it.target(), it.id());
  }

  private void slowInputStated(Event.SlowInputStated it) {
    json.put("input", it.input().name());
    write.instrument(json, "instrument", it.instrumentId());
    switch (it.input()) {
      case OPEN_INTEREST -> {
        write.quantity(json, "measured", it.instrumentId(), it.measured());
        write.quantity(json, "before", it.instrumentId(), it.before());
        write.quantity(json, "stated", it.instrumentId(), it.stated());
      }
      case REALISED_VOLATILITY -> {
        json.put("measured", share(it.measured()));
        json.put("before", share(it.before()));
        json.put("stated", share(it.stated()));
      }
    }
  }

  private static String share(long valueE9) {
    return BigDecimal.valueOf(valueE9, 9).stripTrailingZeros().toPlainString();
  }

  private void phaseSet(Event.PhaseSet it) {
    write.instrument(json, "instrument", it.instrumentId());
    json.put("phase", it.phase().name());
  }

  private void cashSettled(Event.CashSettled it) {
    json.put("kind", it.kind().name());
    write.instrument(json, "instrument", it.instrumentId());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "losses", it.instrumentId(), it.lossesMinor());
    write.settlementMoney(json, "collected", it.instrumentId(), it.collectedMinor());
    write.settlementMoney(json, "gains", it.instrumentId(), it.gainsMinor());
    write.settlementMoney(json, "paid", it.instrumentId(), it.paidMinor());
    write.settlementMoney(json, "remainder", it.instrumentId(), it.remainderMinor());
  }

  private void lossUnpaid(Event.LossUnpaid it) {
    write.identifier(json, "account", it.accountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.settlementMoney(json, "unpaid", it.instrumentId(), it.unpaidMinor());
  }

  private void instrumentSettled(Event.InstrumentSettled it) {
    write.instrument(json, "instrument", it.instrumentId());
    write.price(json, "settlementPrice", it.instrumentId(), it.settlementPriceUnits());
  }

  private void zoneChanged(Event.ZoneChanged it) {
    write.identifier(json, "account", it.accountId());
    json.put("before", it.before().name());
    json.put("after", it.after().name());
    assessment(it.assessment());
  }

  private void toppedUp(Event.ToppedUp it) {
    write.identifier(json, "account", it.accountId());
    write.value(json, "shortfall", it.shortfallE6());
    amounts(it.amounts());
    evidence(it.evidence());
  }

  private void orderMarginSecured(Event.OrderMarginSecured it) {
    write.identifier(json, "account", it.accountId());
    write.value(json, "shortfall", it.shortfallE6());
    amounts(it.amounts());
  }

  private void released(Event.Released it) {
    write.identifier(json, "account", it.accountId());
    write.value(json, "excess", it.excessE6());
    amounts(it.amounts());
    evidence(it.evidence());
  }

  private void marginCallIssued(Event.MarginCallIssued it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "call", it.callId());
    write.value(json, "amount", it.amountE6());
    write.time(json, "deadline", it.deadlineNs());
    json.put("timeToLiquidation", Figures.seconds(it.timeToLiquidationNs()));
    evidence(it.evidence());
  }

  private void marginCallUpdated(Event.MarginCallUpdated it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "call", it.callId());
    write.value(json, "previousAmount", it.previousAmountE6());
    write.value(json, "amount", it.amountE6());
    json.put("timeToLiquidation", Figures.seconds(it.timeToLiquidationNs()));
  }

  private void marginCallEnded(Event.MarginCallEnded it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "call", it.callId());
    json.put("end", it.end().name());
    write.value(json, "equity", it.equityE6());
    write.value(json, "initial", it.initialE6());
  }

  private void liquidationStarted(Event.LiquidationStarted it) {
    write.identifier(json, "account", it.accountId());
    json.put("cause", it.cause().name());
    evidence(it.evidence());
  }

  private void ordersCancelled(Event.OrdersCancelled it) {
    write.identifier(json, "account", it.accountId());
    json.put("instruments", it.instruments());
  }

  private void collateralConverted(Event.CollateralConverted it) {
    write.identifier(json, "account", it.accountId());
    write.asset(json, "soldAsset", it.soldAssetId());
    write.money(json, "sold", it.soldAssetId(), it.soldMinor());
    write.asset(json, "debtAsset", it.debtAssetId());
    write.money(json, "covered", it.debtAssetId(), it.coveredMinor());
  }

  private void positionReduced(Event.PositionReduced it) {
    write.identifier(json, "account", it.accountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.quantity(json, "closed", it.instrumentId(), it.closedUnits());
    write.price(json, "mark", it.instrumentId(), it.markUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "realised", it.instrumentId(), it.realisedMinor());
    write.settlementMoney(json, "penalty", it.instrumentId(), it.penaltyMinor());
    write.value(json, "notional", it.notionalE6());
    write.side(json, "side", it.side());
  }

  private void deleveraged(Event.Deleveraged it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "counterparty", it.counterpartyAccountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.quantity(json, "closed", it.instrumentId(), it.closedUnits());
    write.price(json, "mark", it.instrumentId(), it.markUnits());
    write.ticks(json, "cost", it.instrumentId(), it.costTicks());
    write.settlementMoney(json, "realised", it.instrumentId(), it.realisedMinor());
    write.settlementMoney(
        json, "counterpartyRealised", it.instrumentId(), it.counterpartyRealisedMinor());
    write.settlementMoney(json, "forgone", it.instrumentId(), it.forgoneMinor());
    write.side(json, "side", it.side());
    write.side(json, "counterpartySide", it.counterpartySide());
  }

  private void accountTakenOver(Event.AccountTakenOver it) {
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "backstop", it.backstopAccountId());
    write.value(json, "value", it.valueE6());
    write.value(json, "notional", it.notionalE6());
    write.asset(json, "cashAsset", it.cashAssetId());
    write.money(json, "penalty", it.cashAssetId(), it.penaltyMinor());
  }

  private void insuranceDrawn(Event.InsuranceDrawn it) {
    write.identifier(json, "account", it.accountId());
    write.asset(json, "asset", it.assetId());
    write.money(json, "deficit", it.assetId(), it.deficitMinor());
    write.money(json, "paid", it.assetId(), it.paidMinor());
  }

  private void lossShared(Event.LossShared it) {
    write.instrument(json, "instrument", it.instrumentId());
    json.put("deficits", it.deficits());
    write.settlementMoney(json, "loss", it.instrumentId(), it.lossMinor());
    write.settlementMoney(json, "profit", it.instrumentId(), it.profitMinor());
    write.settlementMoney(json, "shared", it.instrumentId(), it.sharedMinor());
    json.put("winners", it.winners());
  }

  private void profitReduced(Event.ProfitReduced it) {
    write.identifier(json, "account", it.accountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.settlementMoney(json, "profit", it.instrumentId(), it.profitMinor());
    write.settlementMoney(json, "reduction", it.instrumentId(), it.reductionMinor());
    write.side(json, "side", it.side());
  }

  private void badDebtRecorded(Event.BadDebtRecorded it) {
    json.put("account", it.accountId() < 0 ? null : Long.toString(it.accountId()));
    write.asset(json, "asset", it.assetId());
    write.money(json, "amount", it.assetId(), it.amountMinor());
  }

  private void liquidationEnded(Event.LiquidationEnded it) {
    write.identifier(json, "account", it.accountId());
    json.put("result", it.result().name());
    assessment(it.assessment());
  }

  private void accountFrozen(Event.AccountFrozen it) {
    write.identifier(json, "account", it.accountId());
  }

  private void instrumentFrozen(Event.InstrumentFrozen it) {
    write.instrument(json, "instrument", it.instrumentId());
  }

  private void alarmRaised(Event.AlarmRaised it) {
    json.put("rule", it.rule());
  }

  private void reference(Target target, int id, long referenceUnits) {
    if (referenceUnits == 0) {
      json.putNull("reference");
    } else {
      write.price(json, "reference", target, id, referenceUnits);
    }
  }

  private void amounts(List<Event.SourcedAmount> amounts) {
    ArrayNode list = json.putArray("amounts");
    for (Event.SourcedAmount amount : amounts) {
      ObjectNode each = list.addObject();
      write.place(each, "source", amount.source());
      write.asset(each, "asset", amount.assetId());
      write.money(each, "amount", amount.assetId(), amount.amountMinor());
    }
  }

  private void evidence(Evidence evidence) {
    decided.write(json.putObject("evidence"), evidence);
  }

  private void assessment(Assessment assessment) {
    EvidenceWriter.assessment(json.putObject("assessment"), assessment);
  }
}
