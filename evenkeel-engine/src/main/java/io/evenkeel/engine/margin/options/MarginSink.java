package io.evenkeel.engine.margin.options;

import io.evenkeel.model.number.Decimal;

/// Takes what an account consists of, in the order of valuation. Sums and explanations are made
/// from the same calls, so they cannot tell different stories.
interface MarginSink {
  /// A balance or a debt.
  ///
  /// @param amount whole units of the asset, signed
  /// @param price numeraire
  /// @param stable what its market value is divided by
  /// @param counted what of the amount margin counts
  /// @param maintenanceWeight share of the counted value that maintenance counts
  /// @param initialWeight the same for the initial requirement
  void balance(
      int asset,
      double amount,
      double price,
      double stable,
      double counted,
      Decimal maintenanceWeight,
      Decimal initialWeight);

  /// A position in a future or perpetual.
  void future(FutureLine line);

  /// The options of one series.
  ///
  /// @param premium what was paid for them and is not in a balance yet, settlement asset
  /// @param orders what open orders need on top for the initial requirement, settlement asset
  /// @param settlementPrice numeraire
  void series(SeriesMargin series, double premium, double orders, double settlementPrice);

  /// An addition to the initial requirement: `coins * price * rate`.
  ///
  /// @param what what it is charged for
  /// @param subject asset of the underlying, or the contract where `what` says so
  void addition(Addition what, int subject, double coins, double price, double rate);

  /// Why something is added.
  enum Addition {
    /// A weak price of a future; the subject is the contract.
    FUTURE_PRICE,
    /// A weak price or volatility of an expiry; the subject is the first option of it.
    OPTION_PRICE,
    /// A weak price of collateral.
    COLLATERAL_PRICE,
    /// The stable coin is below par.
    LOST_PEG
  }
}
