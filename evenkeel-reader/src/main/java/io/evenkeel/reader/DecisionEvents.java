package io.evenkeel.reader;

import io.evenkeel.model.event.Event;

/// Which events tell an account's owner what was decided about it, or traded for it.
final class DecisionEvents {
  private DecisionEvents() {}

  /// Hears of the accounts an event concerns.
  interface Hearer {
    /// @param accountId -1 when the event concerns no single account after all
    void decided(long accountId);

    void traded(long accountId);
  }

  static void tell(Event event, Hearer hearer) {
    switch (event) {
      case Event.FillApplied e -> traded(hearer, e.buyerAccountId(), e.sellerAccountId());
      case Event.PositionImported e -> traded(hearer, e.longAccountId(), e.shortAccountId());
      case Event.PositionTransferred e -> traded(hearer, e.fromAccountId(), e.toAccountId());
      case Event.TradeBusted e -> traded(hearer, e.buyerAccountId(), e.sellerAccountId());
      case Event.TradeCorrected e -> traded(hearer, e.buyerAccountId(), e.sellerAccountId());
      case Event.ToppedUp e -> hearer.decided(e.accountId());
      case Event.OrderMarginSecured e -> hearer.decided(e.accountId());
      case Event.Released e -> hearer.decided(e.accountId());
      case Event.MarginCallIssued e -> hearer.decided(e.accountId());
      case Event.MarginCallUpdated e -> hearer.decided(e.accountId());
      case Event.MarginCallEnded e -> hearer.decided(e.accountId());
      case Event.LiquidationStarted e -> hearer.decided(e.accountId());
      case Event.OrdersCancelled e -> hearer.decided(e.accountId());
      case Event.CollateralConverted e -> hearer.decided(e.accountId());
      case Event.PositionReduced e -> hearer.decided(e.accountId());
      case Event.Deleveraged e -> decided(hearer, e.accountId(), e.counterpartyAccountId());
      case Event.AccountTakenOver e -> hearer.decided(e.accountId());
      case Event.AuctionStarted e -> hearer.decided(e.accountId());
      case Event.AuctionBidTaken e -> decided(hearer, e.accountId(), e.bidderAccountId());
      case Event.AuctionEnded e -> hearer.decided(e.accountId());
      case Event.InsuranceDrawn e -> hearer.decided(e.accountId());
      case Event.ProfitReduced e -> hearer.decided(e.accountId());
      case Event.BadDebtRecorded e -> hearer.decided(e.accountId());
      case Event.LiquidationEnded e -> hearer.decided(e.accountId());
      case Event.LossUnpaid e -> hearer.decided(e.accountId());
      case Event.AccountFrozen e -> hearer.decided(e.accountId());
      case Event.AssetDefined _,
          Event.InstrumentDefined _,
          Event.RulebookAnnounced _,
          Event.RulebookInForce _,
          Event.AccountOpened _,
          Event.AccountClosed _,
          Event.PartyPolicySet _,
          Event.LeverageSet _,
          Event.AccountModeSet _,
          Event.PositionModeSet _,
          Event.OrderExposureSet _,
          Event.MoneyMoved _,
          Event.MarkRejected _,
          Event.MarketDataDegraded _,
          Event.MarketDataRestored _,
          Event.MarketDataLost _,
          Event.SlowInputStated _,
          Event.SettlementPriceStated _,
          Event.SettlementAveraged _,
          Event.PhaseSet _,
          Event.CashSettled _,
          Event.InterestAccrued _,
          Event.InterestIndexesRestarted _,
          Event.InstrumentSettled _,
          Event.ZoneChanged _,
          Event.LossShared _,
          Event.InstrumentFrozen _,
          Event.AlarmRaised _ -> {}
    }
  }

  private static void decided(Hearer hearer, long oneAccountId, long otherAccountId) {
    hearer.decided(oneAccountId);
    hearer.decided(otherAccountId);
  }

  private static void traded(Hearer hearer, long oneAccountId, long otherAccountId) {
    hearer.traded(oneAccountId);
    hearer.traded(otherAccountId);
  }
}
