package io.evenkeel.model.account;

/// The name of one account of the ledger, as it appears in events. With an asset it names one
/// balance.
public sealed interface LedgerAccount {
  /// What a party owns and has not posted as margin.
  record Wallet(long partyId) implements LedgerAccount {}

  /// What is posted to a margin account; a negative balance is a debt.
  record Margin(long accountId) implements LedgerAccount {}

  /// Holds what closed positions of one instrument left (positive) or took (negative).
  record Clearing(int instrumentId) implements LedgerAccount {}

  /// What is set aside against losses in one instrument, in its settlement asset.
  record InstrumentFund(int instrumentId) implements LedgerAccount {}

  /// One per asset, shared by everybody.
  record House(HouseAccount account) implements LedgerAccount {}

  /// The accounts of the venue itself, one per asset.
  enum HouseAccount {
    /// Minus everything ever deposited and not withdrawn.
    OUTSIDE_WORLD,
    /// Pays what liquidated accounts cannot.
    INSURANCE_FUND,
    /// Trading fees and the treasury's share of penalties.
    FEES,
    /// Cash passes through it from losers to winners; empty between commands.
    SETTLEMENT,
    /// Minus the deficits that neither the fund nor the winners could bear.
    BAD_DEBT,
    /// Interest that debtors paid and holders have not received yet, or the reverse.
    INTEREST
  }
}
