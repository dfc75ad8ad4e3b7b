package io.evenkeel.wire.json;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.words.EventWords;
import io.evenkeel.wire.words.Wording;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Events, and what decisions were computed from, as JSON objects.
public final class EventJson {
  /// Names of all types of events.
  public static final List<String> TYPES =
      List.of(
          "assetDefined",
          "instrumentDefined",
          "rulebookAnnounced",
          "rulebookInForce",
          "accountOpened",
          "accountClosed",
          "partyPolicySet",
          "leverageSet",
          "orderExposureSet",
          "fillApplied",
          "positionImported",
          "accountModeSet",
          "positionModeSet",
          "tradeCorrected",
          "tradeBusted",
          "positionTransferred",
          "moneyMoved",
          "markRejected",
          "marketDataDegraded",
          "marketDataRestored",
          "marketDataLost",
          "slowInputStated",
          "phaseSet",
          "cashSettled",
          "lossUnpaid",
          "settlementPriceStated",
          "settlementAveraged",
          "instrumentSettled",
          "zoneChanged",
          "toppedUp",
          "orderMarginSecured",
          "released",
          "marginCallIssued",
          "marginCallUpdated",
          "marginCallEnded",
          "liquidationStarted",
          "ordersCancelled",
          "collateralConverted",
          "positionReduced",
          "deleveraged",
          "accountTakenOver",
          "auctionStarted",
          "auctionBidTaken",
          "auctionEnded",
          "insuranceDrawn",
          "lossShared",
          "profitReduced",
          "interestAccrued",
          "interestIndexesRestarted",
          "badDebtRecorded",
          "liquidationEnded",
          "accountFrozen",
          "instrumentFrozen",
          "alarmRaised");

  private static final long[] NOBODY = {};

  private EventJson() {}

  /// An event with its number, time, position, type, the accounts it concerns, words and every
  /// figure. Needs a catalogue that is as new as the event.
  ///
  /// @throws io.evenkeel.wire.words.UnknownReference when the event names an asset or instrument
  ///   that the catalogue does not list
  public static ObjectNode write(RecordedEvent recorded, Catalogue catalogue) {
    Event event = recorded.event();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", Long.toString(recorded.number()));
    json.put("time", Figures.time(recorded.timeNs()));
    json.put("position", Long.toString(recorded.logPosition()));
    json.put("type", typeOf(event));
    json.put("words", new EventWords(new Wording(catalogue)).tell(event));
    json.put("decision", EventWords.isDecision(event));
    long[] accountIds = accountsOf(event);
    if (accountIds.length > 0) {
      ArrayNode accounts = json.putArray("accounts");
      for (long accountId : accountIds) {
        accounts.add(Long.toString(accountId));
      }
    }
    new EventWriter(json, catalogue).write(event);
    return json;
  }

  /// Name of an event's type, e.g. `marginCallIssued`.
  public static String typeOf(Event event) {
    return switch (event) {
      case Event.AssetDefined _ -> "assetDefined";
      case Event.InstrumentDefined _ -> "instrumentDefined";
      case Event.RulebookAnnounced _ -> "rulebookAnnounced";
      case Event.RulebookInForce _ -> "rulebookInForce";
      case Event.AccountOpened _ -> "accountOpened";
      case Event.AccountClosed _ -> "accountClosed";
      case Event.PartyPolicySet _ -> "partyPolicySet";
      case Event.LeverageSet _ -> "leverageSet";
      case Event.OrderExposureSet _ -> "orderExposureSet";
      case Event.FillApplied _ -> "fillApplied";
      case Event.InterestAccrued _ -> "interestAccrued";
      case Event.InterestIndexesRestarted _ -> "interestIndexesRestarted";
      case Event.PositionImported _ -> "positionImported";
      case Event.AccountModeSet _ -> "accountModeSet";
      case Event.PositionModeSet _ -> "positionModeSet";
      case Event.TradeCorrected _ -> "tradeCorrected";
      case Event.TradeBusted _ -> "tradeBusted";
      case Event.PositionTransferred _ -> "positionTransferred";
      case Event.MoneyMoved _ -> "moneyMoved";
      case Event.MarkRejected _ -> "markRejected";
      case Event.MarketDataDegraded _ -> "marketDataDegraded";
      case Event.MarketDataRestored _ -> "marketDataRestored";
      case Event.MarketDataLost _ -> "marketDataLost";
      case Event.SlowInputStated _ -> "slowInputStated";
      case Event.PhaseSet _ -> "phaseSet";
      case Event.CashSettled _ -> "cashSettled";
      case Event.LossUnpaid _ -> "lossUnpaid";
      case Event.SettlementPriceStated _ -> "settlementPriceStated";
      case Event.SettlementAveraged _ -> "settlementAveraged";
      case Event.InstrumentSettled _ -> "instrumentSettled";
      case Event.ZoneChanged _ -> "zoneChanged";
      case Event.ToppedUp _ -> "toppedUp";
      case Event.OrderMarginSecured _ -> "orderMarginSecured";
      case Event.Released _ -> "released";
      case Event.MarginCallIssued _ -> "marginCallIssued";
      case Event.MarginCallUpdated _ -> "marginCallUpdated";
      case Event.MarginCallEnded _ -> "marginCallEnded";
      case Event.LiquidationStarted _ -> "liquidationStarted";
      case Event.OrdersCancelled _ -> "ordersCancelled";
      case Event.CollateralConverted _ -> "collateralConverted";
      case Event.PositionReduced _ -> "positionReduced";
      case Event.Deleveraged _ -> "deleveraged";
      case Event.AccountTakenOver _ -> "accountTakenOver";
      case Event.AuctionStarted _ -> "auctionStarted";
      case Event.AuctionBidTaken _ -> "auctionBidTaken";
      case Event.AuctionEnded _ -> "auctionEnded";
      case Event.InsuranceDrawn _ -> "insuranceDrawn";
      case Event.LossShared _ -> "lossShared";
      case Event.ProfitReduced _ -> "profitReduced";
      case Event.BadDebtRecorded _ -> "badDebtRecorded";
      case Event.LiquidationEnded _ -> "liquidationEnded";
      case Event.AccountFrozen _ -> "accountFrozen";
      case Event.InstrumentFrozen _ -> "instrumentFrozen";
      case Event.AlarmRaised _ -> "alarmRaised";
    };
  }

  /// The accounts that an event concerns, each once, the one it is about first; none for events of
  /// the market or the venue. Accounts that gave or received money in it are among them, the
  /// backstop only where the event names it.
  public static long[] accountsOf(Event event) {
    return switch (event) {
      case Event.AccountOpened it -> new long[] {it.accountId()};
      case Event.AccountClosed it -> new long[] {it.accountId()};
      case Event.AccountModeSet it -> new long[] {it.accountId()};
      case Event.PositionModeSet it -> new long[] {it.accountId()};
      case Event.LeverageSet it -> new long[] {it.accountId()};
      case Event.OrderExposureSet it -> new long[] {it.accountId()};
      case Event.LossUnpaid it -> new long[] {it.accountId()};
      case Event.ZoneChanged it -> new long[] {it.accountId()};
      case Event.Released it -> new long[] {it.accountId()};
      case Event.MarginCallIssued it -> new long[] {it.accountId()};
      case Event.MarginCallUpdated it -> new long[] {it.accountId()};
      case Event.MarginCallEnded it -> new long[] {it.accountId()};
      case Event.LiquidationStarted it -> new long[] {it.accountId()};
      case Event.OrdersCancelled it -> new long[] {it.accountId()};
      case Event.CollateralConverted it -> new long[] {it.accountId()};
      case Event.PositionReduced it -> new long[] {it.accountId()};
      case Event.Deleveraged it -> new long[] {it.accountId(), it.counterpartyAccountId()};
      case Event.AuctionStarted it -> new long[] {it.accountId()};
      case Event.AuctionBidTaken it -> new long[] {it.accountId(), it.bidderAccountId()};
      case Event.AuctionEnded it -> new long[] {it.accountId()};
      case Event.InsuranceDrawn it -> new long[] {it.accountId()};
      case Event.ProfitReduced it -> new long[] {it.accountId()};
      case Event.LiquidationEnded it -> new long[] {it.accountId()};
      case Event.AccountFrozen it -> new long[] {it.accountId()};
      case Event.FillApplied it -> new long[] {it.buyerAccountId(), it.sellerAccountId()};
      case Event.PositionImported it -> new long[] {it.longAccountId(), it.shortAccountId()};
      case Event.PositionTransferred it -> new long[] {it.fromAccountId(), it.toAccountId()};
      case Event.TradeBusted it -> new long[] {it.buyerAccountId(), it.sellerAccountId()};
      case Event.TradeCorrected it -> new long[] {it.buyerAccountId(), it.sellerAccountId()};
      case Event.AccountTakenOver it -> new long[] {it.accountId(), it.backstopAccountId()};
      case Event.BadDebtRecorded it -> it.accountId() < 0 ? NOBODY : new long[] {it.accountId()};
      case Event.MoneyMoved it -> distinct(List.of(it.from(), it.to()));
      case Event.ToppedUp it -> withSources(it.accountId(), it.amounts());
      case Event.OrderMarginSecured it -> withSources(it.accountId(), it.amounts());
      case Event.AssetDefined _,
          Event.InstrumentDefined _,
          Event.RulebookAnnounced _,
          Event.RulebookInForce _,
          Event.PartyPolicySet _,
          Event.MarkRejected _,
          Event.MarketDataDegraded _,
          Event.MarketDataRestored _,
          Event.MarketDataLost _,
          Event.InterestAccrued _,
          Event.InterestIndexesRestarted _,
          Event.SlowInputStated _,
          Event.PhaseSet _,
          Event.CashSettled _,
          Event.SettlementPriceStated _,
          Event.SettlementAveraged _,
          Event.InstrumentSettled _,
          Event.LossShared _,
          Event.InstrumentFrozen _,
          Event.AlarmRaised _ ->
          NOBODY;
    };
  }

  private static long[] withSources(long accountId, List<Event.SourcedAmount> amounts) {
    List<LedgerAccount> places = new ArrayList<>();
    places.add(new LedgerAccount.Margin(accountId));
    amounts.forEach(amount -> places.add(amount.source()));
    return distinct(places);
  }

  private static long[] distinct(List<LedgerAccount> places) {
    return places.stream()
        .filter(LedgerAccount.Margin.class::isInstance)
        .mapToLong(place -> ((LedgerAccount.Margin) place).accountId())
        .distinct()
        .toArray();
  }

  /// Equity, levels and zone. A level policy without release has null for it.
  public static ObjectNode write(Assessment assessment) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    EvidenceWriter.assessment(json, assessment);
    return json;
  }

  /// What a decision was computed from: the trigger, the rulebook, equity, levels and zone, and the
  /// lines they are sums of.
  ///
  /// @throws io.evenkeel.wire.words.UnknownReference as [#write(RecordedEvent, Catalogue)]
  public static ObjectNode write(Evidence evidence, Catalogue catalogue) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new EvidenceWriter(catalogue).write(json, evidence);
    return json;
  }
}
