package io.evenkeel.engine.margin;

import io.evenkeel.model.explain.Term;

/// What an account is worth and must be worth by one rulebook's margin model. An instance serves
/// one rulebook version of one engine and its calls do not nest; it may keep scratch arrays and
/// resolved parameters, but nothing that is state: the same book gives the same figures whatever
/// was asked before. It must not write to the book.
public interface MarginModel {
  /// Values an account: calls [Weighing#set] once. Allocates nothing when warm.
  ///
  /// @throws ArithmeticException when a value does not fit
  void assess(int account, Weighing result);

  /// The same valuation as a tree of terms down to inputs. Its children are named `equity`,
  /// `initial equity`, `maintenance margin` and `initial margin`, and equal what [#assess] gives.
  Term explain(int account);

  /// A lower bound of `equity - maintenance margin`, millionths of the numeraire, over all states
  /// of the market inside a box, everything else as it is; it must never be above the true minimum.
  ///
  /// @return `Long.MIN_VALUE` when the model offers no bound for such a box
  long boundE6(int account, FactorBox box);

  /// Whether the model weighs balances itself, so that what a transfer changes is found by valuing
  /// the account with it and not from the collateral schedule.
  default boolean weighsCollateral() {
    return false;
  }

  /// Whether equity is what the whole account is worth, because positions are valued by the model
  /// and not by their marks, and collateral in full.
  default boolean valuesByModel() {
    return false;
  }

  /// The most of an asset that the model itself lets out of an account, whatever its levels say.
  default long withdrawableMinor(int account, int asset) {
    return Long.MAX_VALUE;
  }
}
