package io.evenkeel.model.event;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;

/// Everything that can happen. Events are numbered from 1 without gaps by whoever receives them in
/// order.
public sealed interface Event {

  /// An asset can be held from now on.
  record AssetDefined(int assetId, String symbol) implements Event {}

  /// An instrument can be traded from now on.
  record InstrumentDefined(int instrumentId, String symbol) implements Event {}

  /// A new version of a rulebook will come into force.
  record RulebookAnnounced(int rulebookId, int version, long effectiveTimeNs) implements Event {}

  /// A version of a rulebook came into force.
  record RulebookInForce(int rulebookId, String name, int version) implements Event {}

  /// A margin account was opened.
  record AccountOpened(
      long accountId, long partyId, int rulebookId, AccountMode mode, AccountRole role)
      implements Event {}

  /// A margin account was closed; its identifier is not used again.
  record AccountClosed(long accountId) implements Event {}

  /// A party stated whether its accounts may help one another.
  record PartyPolicySet(long partyId, boolean siblingTopUp) implements Event {}

  /// An account has another mode or rulebook.
  ///
  /// @param isolatedInstrumentId the one instrument of an isolated account; -1 for a cross account
  record AccountModeSet(long accountId, int rulebookId, AccountMode mode, int isolatedInstrumentId)
      implements Event {}

  /// An account holds a long and a short position side by side from now on, or one an instrument.
  record PositionModeSet(long accountId, PositionMode mode) implements Event {}

  /// A leverage was chosen, hundredths; 0 = none.
  record LeverageSet(long accountId, int leverageE2) implements Event {}

  /// Open-order totals were replaced.
  record OrderExposureSet(
      long accountId,
      int instrumentId,
      long buyUnits,
      long sellUnits,
      long buyNotional,
      long sellNotional,
      PositionSide side)
      implements Event {}

  /// A trade was booked. Realised profits are minor units of the settlement asset, signed.
  ///
  /// @param buyerSide which position of the buyer it changed
  /// @param sellerSide which position of the seller it changed
  record FillApplied(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long buyerRealisedMinor,
      long sellerRealisedMinor,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Event {}

  /// A position that two accounts had elsewhere was taken on; `longCostTicks` is the signed cost of
  /// the long account's side.
  record PositionImported(
      int instrumentId,
      long longAccountId,
      long shortAccountId,
      long quantityUnits,
      long longCostTicks)
      implements Event {}

  /// A position, or part of one, was moved to another account. Realised profits are minor units of
  /// the settlement asset, signed.
  ///
  /// @param quantityUnits what the taker took on, signed: negative is a short
  /// @param costTicks signed cost in ticks at which the taker took it on
  /// @param fromSide which position of the giver
  /// @param toSide which position of the taker
  record PositionTransferred(
      int instrumentId,
      long fromAccountId,
      long toAccountId,
      long quantityUnits,
      long costTicks,
      long fromRealisedMinor,
      long toRealisedMinor,
      PositionSide fromSide,
      PositionSide toSide)
      implements Event {}

  /// A trade was taken back. Realised profits are minor units of the settlement asset, signed.
  record TradeBusted(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long buyerRealisedMinor,
      long sellerRealisedMinor,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Event {}

  /// A trade was given another price. Realised profits are minor units of the settlement asset,
  /// signed.
  record TradeCorrected(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long correctedPriceUnits,
      long buyerRealisedMinor,
      long sellerRealisedMinor,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Event {}

  /// One posting of the ledger. `amountMinor > 0` left `from` and reached `to`.
  record MoneyMoved(
      int assetId, LedgerAccount from, LedgerAccount to, long amountMinor, MoneyReason reason)
      implements Event {}

  /// A price was not applied.
  ///
  /// @param referenceUnits the last good price; 0 when there is none
  record MarkRejected(
      MarkBatch.Target target, int id, long priceUnits, long referenceUnits, MarkFault fault)
      implements Event {}

  /// The last good price may no longer be relied on for release, withdrawal and new risk.
  record MarketDataDegraded(MarkBatch.Target target, int id, MarkFault fault) implements Event {}

  /// A good price arrived again.
  record MarketDataRestored(MarkBatch.Target target, int id, long priceUnits) implements Event {}

  /// The tolerance of a degraded price ran out: collateral in it counts nothing and accounts
  /// exposed to it are not closed.
  record MarketDataLost(MarkBatch.Target target, int id) implements Event {}

  /// A figure of the venue that requirements depend on was stated anew; it holds until the next
  /// statement.
  ///
  /// @param measured what it is by now, in the unit of the input
  /// @param before what was stated before; 0 when nothing was
  /// @param stated what holds from now on
  record SlowInputStated(SlowInput input, int instrumentId, long measured, long before, long stated)
      implements Event {}

  /// Figures that are stated.
  enum SlowInput {
    /// The sum of all long quantities of an instrument, quantity units.
    OPEN_INTEREST,
    /// Realised volatility of the mark of an instrument: one standard deviation of a day's relative
    /// move, billionths.
    REALISED_VOLATILITY
  }

  /// The trading phase of an instrument changed.
  record PhaseSet(int instrumentId, TradingPhase phase) implements Event {}

  /// Cash was settled through the settlement account; every figure in minor units of the settlement
  /// asset.
  ///
  /// @param priceUnits mark or settlement price it was computed at
  /// @param lossesMinor what losers owed
  /// @param collectedMinor what was collected, with what the clearing account gave (or less what it
  ///   took)
  /// @param gainsMinor what winners were due
  /// @param paidMinor what they were paid
  /// @param remainderMinor what rounding left; it went to the insurance fund
  record CashSettled(
      CashKind kind,
      int instrumentId,
      long priceUnits,
      long lossesMinor,
      long collectedMinor,
      long gainsMinor,
      long paidMinor,
      long remainderMinor)
      implements Event {}

  /// What cash was settled for.
  enum CashKind {
    /// Variation at a mark.
    VARIATION,
    /// Funding.
    FUNDING,
    /// Final settlement.
    FINAL
  }

  /// A loser could not pay all of a cash loss, whatever the loss sources gave.
  record LossUnpaid(long accountId, int instrumentId, long unpaidMinor) implements Event {}

  /// The price was stated ahead at which contracts that end by themselves will end at their expiry.
  ///
  /// @param settlementPrice of a whole unit of the underlying, numeraire
  record SettlementPriceStated(int underlyingAssetId, long expiryNs, Decimal settlementPrice)
      implements Event {}

  /// The average price of the underlying over the window of contracts whose expiry has come.
  ///
  /// @param windowNs length of the window that ended at `expiryNs`
  /// @param averagePriceUnits sum of price x nanoseconds over `coveredNs`, nearest, halves up,
  ///   price units of the underlying; 0 when nothing is covered
  /// @param coveredNs for how long of the window the price was known
  /// @param observations from how many pieces of one price
  /// @param result whether the contracts end at it
  record SettlementAveraged(
      int underlyingAssetId,
      long expiryNs,
      long windowNs,
      long averagePriceUnits,
      long coveredNs,
      long observations,
      AverageResult result)
      implements Event {}

  /// What comes of contracts whose window is over; those that do not end wait for a stated price.
  enum AverageResult {
    /// They end at the average.
    SETTLED,
    /// The price of the underlying is degraded at the expiry, or never was fed.
    INDEX_DEGRADED,
    /// It was known for less of the window than the contracts ask for.
    COVERAGE_TOO_SMALL,
    /// One of the contracts may not have the price that follows.
    PRICE_OUT_OF_RANGE
  }

  /// A contract ended.
  record InstrumentSettled(int instrumentId, long settlementPriceUnits) implements Event {}

  /// The zone of an account is another than it was when last stated.
  record ZoneChanged(long accountId, Zone before, Zone after, Assessment assessment)
      implements Event {}

  /// Money from somewhere, as part of a decision.
  record SourcedAmount(LedgerAccount source, int assetId, long amountMinor) {}

  /// Collateral was pulled in for an account below its search level.
  ///
  /// @param shortfallE6 initial level minus equity before
  record ToppedUp(long accountId, long shortfallE6, List<SourcedAmount> amounts, Evidence evidence)
      implements Event {}

  /// An accepted order or fill was backed from the wallet.
  record OrderMarginSecured(long accountId, long shortfallE6, List<SourcedAmount> amounts)
      implements Event {}

  /// Excess was given back to the wallet.
  ///
  /// @param excessE6 what could be released before, at initial weights
  record Released(long accountId, long excessE6, List<SourcedAmount> amounts, Evidence evidence)
      implements Event {}

  /// A margin call was issued. Accepted assets and haircuts are the collateral schedule of the
  /// rulebook in the evidence.
  ///
  /// @param amountE6 initial level minus equity, at initial weights
  /// @param timeToLiquidationNs time after which a one-sigma move against every position would
  ///   reach maintenance
  record MarginCallIssued(
      long accountId,
      long callId,
      long amountE6,
      long deadlineNs,
      long timeToLiquidationNs,
      Evidence evidence)
      implements Event {}

  /// An open margin call was restated; its deadline stays.
  record MarginCallUpdated(
      long accountId, long callId, long previousAmountE6, long amountE6, long timeToLiquidationNs)
      implements Event {}

  /// A margin call ended or expired.
  record MarginCallEnded(long accountId, long callId, CallEnd end, long equityE6, long initialE6)
      implements Event {}

  /// An account entered liquidation.
  record LiquidationStarted(long accountId, LiquidationCause cause, Evidence evidence)
      implements Event {}

  /// All open orders of an account were cancelled.
  record OrdersCancelled(long accountId, int instruments) implements Event {}

  /// Collateral was sold to the backstop to cover a debt.
  record CollateralConverted(
      long accountId, int soldAssetId, long soldMinor, int debtAssetId, long coveredMinor)
      implements Event {}

  /// Part of a position was closed against the backstop.
  ///
  /// @param closedUnits quantity closed, > 0
  /// @param markUnits mark
  /// @param priceUnits price it was filled at, mark less slippage
  /// @param realisedMinor profit or loss realised by the account
  /// @param penaltyMinor penalty paid
  /// @param notionalE6 notional closed, at mark
  /// @param side which position of the account
  record PositionReduced(
      long accountId,
      int instrumentId,
      long closedUnits,
      long markUnits,
      long priceUnits,
      long realisedMinor,
      long penaltyMinor,
      long notionalE6,
      PositionSide side)
      implements Event {}

  /// Part of a position was closed against a holder of the other side at the bankruptcy price.
  ///
  /// @param counterpartyAccountId whose position was closed with it
  /// @param closedUnits quantity closed, > 0
  /// @param markUnits mark
  /// @param costTicks signed cost of the account's side of the trade
  /// @param realisedMinor profit or loss realised by the account
  /// @param counterpartyRealisedMinor the same of the counterparty
  /// @param forgoneMinor what the counterparty got less than at the mark, rounded up; negative is
  ///   more
  /// @param side which position of the account
  /// @param counterpartySide which position of the counterparty
  record Deleveraged(
      long accountId,
      long counterpartyAccountId,
      int instrumentId,
      long closedUnits,
      long markUnits,
      long costTicks,
      long realisedMinor,
      long counterpartyRealisedMinor,
      long forgoneMinor,
      PositionSide side,
      PositionSide counterpartySide)
      implements Event {}

  /// The backstop took over a whole account at its bankruptcy price.
  ///
  /// @param valueE6 collateral and profit at full value, before the penalty; negative is a deficit
  /// @param notionalE6 sum of the notionals taken over
  /// @param penaltyMinor penalty paid in the cash asset, at most what value was left
  record AccountTakenOver(
      long accountId,
      long backstopAccountId,
      long valueE6,
      long notionalE6,
      int cashAssetId,
      long penaltyMinor)
      implements Event {}

  /// Shares of an account are offered to bidders from now on. The liquidation that led to it ends
  /// with [LiquidationResult#AUCTIONED].
  ///
  /// @param insolvent whether bidders are paid rather than pay
  /// @param worthE6 what the whole account is worth, before the fee; millionths of the numeraire
  /// @param feeMinor what the account pays for the auction, minor units of the cash asset
  /// @param endNs when nothing is asked any more; of no meaning where bidders are paid
  record AuctionStarted(
      long accountId,
      long auctionId,
      boolean insolvent,
      long worthE6,
      int cashAssetId,
      long feeMinor,
      long endNs,
      Assessment assessment)
      implements Event {}

  /// A bidder took a share of an account. What moved follows: money, then positions.
  ///
  /// @param share of everything but what bidders have paid, above 0 to 1
  /// @param worthE6 what the whole account was worth just before, millionths of the numeraire
  /// @param paymentMinor what the bidder paid, below 0 what the bidder was paid; minor units of the
  ///   cash asset
  /// @param reservedMinor what bidders had paid before
  /// @param assessment of the account, just before
  record AuctionBidTaken(
      long accountId,
      long auctionId,
      long bidderAccountId,
      Decimal share,
      long worthE6,
      int cashAssetId,
      long paymentMinor,
      long reservedMinor,
      Assessment assessment)
      implements Event {}

  /// An auction is over.
  record AuctionEnded(long accountId, long auctionId, AuctionEnd end, Assessment assessment)
      implements Event {}

  /// The insurance fund bore a deficit.
  ///
  /// @param deficitMinor what was missing, minor units of the cash asset
  /// @param paidMinor what the fund paid
  record InsuranceDrawn(long accountId, int assetId, long deficitMinor, long paidMinor)
      implements Event {}

  /// Winners bore the losses of one liquidation batch in one instrument.
  ///
  /// @param deficits how many deficits had a part in it
  /// @param lossMinor what had to be shared, minor units of the settlement asset
  /// @param profitMinor the profits that could be reduced, together
  /// @param sharedMinor what was borne
  /// @param winners how many accounts had profit that could be reduced
  record LossShared(
      int instrumentId,
      int deficits,
      long lossMinor,
      long profitMinor,
      long sharedMinor,
      int winners)
      implements Event {}

  /// One winner's share of a loss, taken out of unrealised profit.
  record ProfitReduced(
      long accountId, int instrumentId, long profitMinor, long reductionMinor, PositionSide side)
      implements Event {}

  /// Interest accrued on an asset: debts and holdings in it grew by their indexes. It is posted to
  /// an account when the account's balance is next touched.
  ///
  /// @param seconds for which it accrued
  /// @param rateE12 annual rate of debts, 12 decimal places, rounded down
  /// @param debtIndexE18 index of debts, 18 decimal places
  /// @param holdingIndexE18 index of holdings
  /// @param interestMinor what debtors owe more, together, rounded down
  /// @param venueMinor what the venue was paid of it
  record InterestAccrued(
      int assetId,
      long seconds,
      long rateE12,
      long debtIndexE18,
      long holdingIndexE18,
      long interestMinor,
      long venueMinor)
      implements Event {}

  /// All interest on an asset was posted and its indexes begin again at one: they had grown large,
  /// or lending began or ended.
  ///
  /// @param remainderMinor what rounding left; it went to the insurance fund
  record InterestIndexesRestarted(int assetId, long remainderMinor) implements Event {}

  /// Nobody was left to bear this.
  ///
  /// @param accountId whose deficit it was; -1 when a cash settlement as a whole fell short
  record BadDebtRecorded(long accountId, int assetId, long amountMinor) implements Event {}

  /// A liquidation ended.
  record LiquidationEnded(long accountId, LiquidationResult result, Assessment assessment)
      implements Event {}

  /// An account was frozen after an internal fault: nothing is done with it until people have
  /// looked.
  record AccountFrozen(long accountId) implements Event {}

  /// An instrument was frozen after an internal fault.
  record InstrumentFrozen(int instrumentId) implements Event {}

  /// Something that must never happen did, was undone, and needs people.
  record AlarmRaised(String rule) implements Event {}
}
