package io.evenkeel.model.command;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;

/// Everything the engine can be asked to do. Reasons for refusal are checked in the order written
/// in `docs/RULES.md`; the first that applies is the answer and nothing is changed.
public sealed interface Command {

  /// Defines an asset. Assets are never redefined.
  record DefineAsset(Asset asset) implements Command {}

  /// Defines an instrument. Instruments are never redefined.
  record DefineInstrument(Instrument instrument) implements Command {}

  /// Defines a rulebook, or announces a new version of one.
  ///
  /// @param rulebookId chosen by whoever defines it, 0 to 65535
  /// @param effectiveTimeNs when it comes into force; in the past or present means at once. A later
  ///   announcement for the same rulebook replaces one that is still waiting. The first version of
  ///   a rulebook is in force at once.
  record DefineRulebook(int rulebookId, Rulebook rulebook, long effectiveTimeNs)
      implements Command {}

  /// Opens a margin account, and its party if it is new.
  ///
  /// @param isolatedInstrumentId the one instrument of an isolated account; -1 for a cross account
  record OpenAccount(
      long accountId,
      long partyId,
      int rulebookId,
      AccountMode mode,
      int isolatedInstrumentId,
      AccountRole role)
      implements Command {}

  /// Closes an account without positions, orders or debts; what it holds goes to the wallet.
  record CloseAccount(long accountId) implements Command {}

  /// States whether a party lets its own accounts help one another with collateral.
  record SetPartyPolicy(long partyId, boolean siblingTopUp) implements Command {}

  /// External money into a wallet. `amountMinor > 0`.
  record Deposit(long partyId, int assetId, long amountMinor) implements Command {}

  /// Money out of a wallet to the outside world. `amountMinor > 0`.
  record Withdraw(long partyId, int assetId, long amountMinor) implements Command {}

  /// External money into the insurance fund. `amountMinor > 0`.
  record ContributeInsurance(int assetId, long amountMinor) implements Command {}

  /// Moves money between a party's wallet and one of its margin accounts. `amountMinor > 0`.
  record Transfer(long accountId, int assetId, long amountMinor, Direction direction)
      implements Command {}

  /// Which way a transfer goes.
  enum Direction {
    /// Wallet to margin account.
    TO_MARGIN,
    /// Margin account to wallet: a release on request.
    TO_WALLET
  }

  /// Chooses a leverage, which can only make requirements stricter.
  ///
  /// @param leverageE2 hundredths, 100 = 1x, at most 100000; 0 = none chosen
  record SetLeverage(long accountId, int leverageE2) implements Command {}

  /// Replaces the totals of an account's open orders in one instrument.
  ///
  /// @param buyUnits total open buy quantity, quantity units, >= 0
  /// @param sellUnits total open sell quantity, >= 0
  /// @param buyNotional sum of `price units * quantity units` of the buy orders, >= 0; of an
  ///   inverse future the ticks of coin they are worth, without sign
  /// @param sellNotional the same of the sell orders
  /// @param side whose orders; those of a long side that sell, and of a short side that buy, can
  ///   only reduce it
  record SetOrderExposure(
      long accountId,
      int instrumentId,
      long buyUnits,
      long sellUnits,
      long buyNotional,
      long sellNotional,
      PositionSide side)
      implements Command {
    /// Orders of a one-way account.
    public SetOrderExposure(
        long accountId,
        int instrumentId,
        long buyUnits,
        long sellUnits,
        long buyNotional,
        long sellNotional) {
      this(
          accountId,
          instrumentId,
          buyUnits,
          sellUnits,
          buyNotional,
          sellNotional,
          PositionSide.NET);
    }
  }

  /// An atomic two-sided trade at one price, with its fees.
  ///
  /// @param quantityUnits > 0, a multiple of the lot size
  /// @param buyerFeeMinor fee in minor units of the settlement asset; negative is a rebate. The two
  ///   fees together must not be negative.
  /// @param buyerOrder whether the buyer's side fills an open order: then its order totals shrink
  ///   and its margin, which was checked when the order was accepted, is not checked again
  /// @param buyerSide which position of the buyer grows (long) or shrinks (short)
  /// @param sellerSide which position of the seller shrinks (long) or grows (short)
  record Fill(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long buyerFeeMinor,
      long sellerFeeMinor,
      boolean buyerOrder,
      boolean sellerOrder,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Command {
    /// A fill between one-way accounts.
    public Fill(
        int instrumentId,
        long buyerAccountId,
        long sellerAccountId,
        long quantityUnits,
        long priceUnits,
        long buyerFeeMinor,
        long sellerFeeMinor,
        boolean buyerOrder,
        boolean sellerOrder) {
      this(
          instrumentId,
          buyerAccountId,
          sellerAccountId,
          quantityUnits,
          priceUnits,
          buyerFeeMinor,
          sellerFeeMinor,
          buyerOrder,
          sellerOrder,
          PositionSide.NET,
          PositionSide.NET);
    }
  }

  /// Asks an account for the margin of its positions and orders, those just accepted included: what
  /// it lacks of the initial level is pulled from the wallet. Never gives anything back.
  ///
  /// @param priceUnits price at which the instrument is weighed, in place of its mark, > 0
  record SecureMargin(long accountId, int instrumentId, long priceUnits) implements Command {}

  /// Charges a fee by itself, from the sources the venue names.
  ///
  /// @param amountMinor > 0
  /// @param receivingPartyId whose wallet receives it; -1 for the fees account
  /// @param instrumentId the instrument that the fee is for; -1 for none. Where the funds of
  ///   instruments stand behind the backstop, its fees are paid by the fund of this one.
  record ChargeFee(
      long accountId, int assetId, long amountMinor, long receivingPartyId, int instrumentId)
      implements Command {
    /// A fee that is for no instrument in particular.
    public ChargeFee(long accountId, int assetId, long amountMinor, long receivingPartyId) {
      this(accountId, assetId, amountMinor, receivingPartyId, -1);
    }
  }

  /// External money set aside against losses in one instrument. `amountMinor > 0` of its settlement
  /// asset.
  record ContributeInstrumentFund(int instrumentId, long amountMinor) implements Command {}

  /// Moves all that is set aside for one instrument into the insurance fund.
  record CloseInstrumentFund(int instrumentId) implements Command {}

  /// All marks of one instant.
  record MarkPrices(MarkBatch batch) implements Command {}

  /// Funding of a perpetual: every long pays `rate * mark` per contract to the shorts; a negative
  /// rate reverses it.
  ///
  /// @param rate -1 to 1
  record ApplyFunding(int instrumentId, Decimal rate) implements Command {}

  /// Ends a contract at its settlement price.
  record SettleInstrument(int instrumentId, long settlementPriceUnits) implements Command {}

  /// Ends all contracts of one underlying and expiry at one settlement price of the underlying:
  /// futures at that price, options at what their exercise is worth. Frozen contracts stay. Before
  /// the expiry it states the price ahead at which those with a settlement average will end.
  ///
  /// @param underlyingAssetId the asset that the contracts are written on
  /// @param expiryNs their expiry, epoch nanoseconds; it must have come, but for contracts with a
  ///   settlement average
  /// @param settlementPrice of a whole unit of the underlying, in what strikes and futures are
  ///   quoted in; above 0
  record SettleExpiry(int underlyingAssetId, long expiryNs, Decimal settlementPrice)
      implements Command {}

  /// Changes the trading phase of an instrument.
  record SetPhase(int instrumentId, TradingPhase phase) implements Command {}

  /// All factors of one instant that are not prices of contracts or collateral. A later value of
  /// the same kind, subject and expiry replaces an earlier one.
  ///
  /// @param factors in the order in which they are applied
  record PublishFactors(List<FactorValue> factors) implements Command {
    /// Copies the list.
    public PublishFactors {
      factors = List.copyOf(factors);
    }
  }

  /// Opening import of a balance that an account had elsewhere: external money into a margin
  /// account, or a debt. Passes no margin gate and runs no cycle.
  ///
  /// @param amountMinor signed, not 0; a negative amount may leave a debt
  record ImportBalance(long accountId, int assetId, long amountMinor) implements Command {}

  /// Opening import of a position that two accounts had elsewhere against one another. Passes no
  /// margin gate, moves no money and runs no cycle.
  ///
  /// @param quantityUnits > 0, what the long account holds and the short account owes; 0 for a
  ///   result that outlived its position, where both accounts keep results apart from money
  /// @param longCostTicks signed cost of the long account's side in ticks
  ///   ([io.evenkeel.model.reference.Instrument.TickScale]); the short account's is its negative
  record ImportPosition(
      int instrumentId,
      long longAccountId,
      long shortAccountId,
      long quantityUnits,
      long longCostTicks)
      implements Command {}

  /// Moves a position, or part of one, from one margin account to another, of the same party or
  /// another. Open orders stay where they are.
  ///
  /// @param fromAccountId the giver, whose position says whether a long or a short is moved
  /// @param quantityUnits > 0, a multiple of the lot size, at most what the giver holds
  /// @param basis at what the taker takes it on
  /// @param priceUnits the price if the basis is one, else 0
  /// @param fromSide which position of the giver; a taker in hedge mode takes a long on its long
  ///   side and a short on its short side
  record TransferPosition(
      int instrumentId,
      long fromAccountId,
      long toAccountId,
      long quantityUnits,
      TransferBasis basis,
      long priceUnits,
      PositionSide fromSide)
      implements Command {
    /// A transfer by a one-way account.
    public TransferPosition(
        int instrumentId,
        long fromAccountId,
        long toAccountId,
        long quantityUnits,
        TransferBasis basis,
        long priceUnits) {
      this(
          instrumentId,
          fromAccountId,
          toAccountId,
          quantityUnits,
          basis,
          priceUnits,
          PositionSide.NET);
    }
  }

  /// At what a transferred position is taken on.
  enum TransferBasis {
    /// The mark: what was gained or lost until now is the giver's.
    MARK,
    /// A stated price.
    PRICE,
    /// The giver's average cost: what was gained or lost until now goes along.
    COST
  }

  /// Takes back a trade, or part of one, that should not have been, and its fees. It passes no
  /// margin gate. Orders that the trade filled do not come back.
  ///
  /// @param quantityUnits > 0, a multiple of the lot size
  /// @param priceUnits price of the trade
  /// @param buyerFeeMinor what the buyer is given back in minor units of the settlement asset;
  ///   negative takes a rebate back
  record BustTrade(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long buyerFeeMinor,
      long sellerFeeMinor,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Command {
    /// The same between one-way accounts.
    public BustTrade(
        int instrumentId,
        long buyerAccountId,
        long sellerAccountId,
        long quantityUnits,
        long priceUnits,
        long buyerFeeMinor,
        long sellerFeeMinor) {
      this(
          instrumentId,
          buyerAccountId,
          sellerAccountId,
          quantityUnits,
          priceUnits,
          buyerFeeMinor,
          sellerFeeMinor,
          PositionSide.NET,
          PositionSide.NET);
    }
  }

  /// Gives a trade, or part of one, another price. It passes no margin gate; fees stay.
  ///
  /// @param quantityUnits > 0, a multiple of the lot size
  /// @param priceUnits price of the trade
  /// @param correctedPriceUnits the price it should have had
  record CorrectTrade(
      int instrumentId,
      long buyerAccountId,
      long sellerAccountId,
      long quantityUnits,
      long priceUnits,
      long correctedPriceUnits,
      PositionSide buyerSide,
      PositionSide sellerSide)
      implements Command {
    /// The same between one-way accounts.
    public CorrectTrade(
        int instrumentId,
        long buyerAccountId,
        long sellerAccountId,
        long quantityUnits,
        long priceUnits,
        long correctedPriceUnits) {
      this(
          instrumentId,
          buyerAccountId,
          sellerAccountId,
          quantityUnits,
          priceUnits,
          correctedPriceUnits,
          PositionSide.NET,
          PositionSide.NET);
    }
  }

  /// Changes how far an account's collateral reaches, or the rulebook it is margined by: cross,
  /// isolated, or the portfolio rules of another rulebook.
  ///
  /// @param rulebookId the rulebook from now on, which may be the one it has
  /// @param isolatedInstrumentId the one instrument of an isolated account; -1 for a cross account
  record SetAccountMode(long accountId, int rulebookId, AccountMode mode, int isolatedInstrumentId)
      implements Command {}

  /// Lets an account hold a long and a short position in one instrument side by side, or one
  /// position an instrument again. Only while it has no position and no open order.
  record SetPositionMode(long accountId, PositionMode mode) implements Command {}

  /// Takes money out of a margin account into its party's wallet, even beyond what the account
  /// holds of the asset; what is beyond is a debt that bears interest. `amountMinor > 0`.
  record Borrow(long accountId, int assetId, long amountMinor) implements Command {}

  /// Takes a share of an account that is being auctioned: that share of each position and of what
  /// the account holds and owes, but not of what bidders have paid. The bidder holds nothing but
  /// cash.
  ///
  /// @param accountId the account that is auctioned
  /// @param share how much is wanted, above 0 to 1; less is taken where less is offered
  /// @param assetId the asset in which the auction is paid
  /// @param maximumPaymentMinor most that may be paid, minor units of it; below 0 the least that
  ///   the bidder must be paid
  record BidInAuction(
      long accountId, long bidderAccountId, Decimal share, int assetId, long maximumPaymentMinor)
      implements Command {}

  /// Brings the interest indexes of a lent asset up to the present and runs the cycle over whoever
  /// holds or owes it.
  record AccrueInterest(int assetId) implements Command {}

  /// Runs the cycle on demand.
  ///
  /// @param accountIds the accounts; empty means all
  /// @param mayClose false keeps the CLOSE step from running
  record Reassess(List<Long> accountIds, boolean mayClose) implements Command {
    /// Copies the list.
    public Reassess {
      accountIds = List.copyOf(accountIds);
    }
  }

  /// Nothing but the time it arrives at: whatever fell due until then runs.
  record AdvanceTime() implements Command {}
}
