package io.evenkeel.model.account;

/// Why money moved in the ledger. Every posting names one.
public enum MoneyReason {
  /// From the outside world.
  DEPOSIT,
  /// To the outside world.
  WITHDRAWAL,
  /// From the outside world to the insurance fund.
  INSURANCE_CONTRIBUTION,
  /// Wallet to margin at the party's own request.
  TRANSFER_IN,
  /// Margin to wallet at the party's own request.
  TRANSFER_OUT,
  /// To a margin account below its search level, or short for an order or fill that was accepted.
  TOP_UP,
  /// Excess over the initial level, back to the wallet.
  RELEASE,
  /// Profit or loss of the part of a position that was closed.
  REALISED_PROFIT,
  /// Trading fee or rebate.
  FEE,
  /// Cash variation at a mark.
  VARIATION,
  /// Funding of a perpetual.
  FUNDING,
  /// Profit or loss at the settlement price.
  FINAL_SETTLEMENT,
  /// What rounding of payments left; it goes to the insurance fund.
  ROUNDING_REMAINDER,
  /// Collateral sold to cover a debt, or what was bought with it.
  COLLATERAL_CONVERSION,
  /// Liquidation penalty.
  PENALTY,
  /// The backstop takes over a balance.
  TAKE_OVER,
  /// The insurance fund bears a loss.
  INSURANCE,
  /// Winners bear a loss out of unrealised profit.
  LOSS_SHARING,
  /// Nobody was left to bear a loss.
  BAD_DEBT,
  /// A balance or debt that an account had elsewhere, against the outside world.
  IMPORT,
  /// Interest on a balance that is lent or owed, or the venue's share of it.
  INTEREST,
  /// Taken out of a margin account beyond what it holds.
  BORROW,
  /// Forfeited by an account that was taken over at the mark.
  CONFISCATION,
  /// A bidder's payment for a share of an account in an auction, what a bidder is paid, and the
  /// share of its balances.
  AUCTION
}
