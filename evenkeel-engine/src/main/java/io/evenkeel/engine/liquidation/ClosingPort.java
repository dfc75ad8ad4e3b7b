package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.RulebookTerms;

/// Where closing trades are filled. The engine asks for a price for a quantity; the embedded
/// default answers from a configured depth, with the backstop on the other side.
interface ClosingPort {
  /// Price at which `units` (> 0) of an instrument are closed, in price units, never better than
  /// the mark.
  ///
  /// @param sells whether the account being closed sells
  long fillPriceUnits(RulebookTerms terms, int instrument, long units, boolean sells);

  /// The most of `units` (> 0), all or whole lots of it, that are filled at a limit or better; 0
  /// for nothing.
  ///
  /// @param sells whether the account being closed sells
  /// @param limitUnits worst price, price units
  long mostUnitsWithin(
      RulebookTerms terms, int instrument, long units, boolean sells, long limitUnits);

  /// Share of the price lost on a notional, in billionths.
  long slippageE9(RulebookTerms terms, int instrument, long notionalE6);
}
