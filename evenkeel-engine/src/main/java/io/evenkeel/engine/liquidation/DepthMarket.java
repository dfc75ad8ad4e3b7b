package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.LiquidationPolicy.ClosingMarket;

/// The embedded closing market: mark plus slippage that grows with the notional over the
/// instrument's depth. Its trades never set the mark, so closing cannot feed on itself.
final class DepthMarket implements ClosingPort {
  static final long ONE_E9 = 1_000_000_000L;

  private final Book book;
  private final Valuation valuation;

  DepthMarket(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  @Override
  public long slippageE9(RulebookTerms terms, int instrument, long notionalE6) {
    ClosingMarket market = terms.rulebook().liquidation().closing();
    long base = ceilE9(market.baseSlippage());
    long impact = ceilE9(market.impact());
    long most = ceilE9(market.maximumSlippage());
    long depth = terms.brackets(instrument).depthE6();
    if (Fixed.compareProducts(notionalE6, impact, most, depth) >= 0) {
      return most;
    }
    return Math.min(base + Fixed.mulDiv(notionalE6, impact, depth, Rounding.CEILING), most);
  }

  static long ceilE9(Decimal share) {
    return share.times(ONE_E9, Rounding.CEILING);
  }

  /// The price gets worse with the quantity, so that halving finds the last lot that is within.
  @Override
  public long mostUnitsWithin(
      RulebookTerms terms, int instrument, long units, boolean sells, long limitUnits) {
    if (isWithin(terms, instrument, units, sells, limitUnits)) {
      return units;
    }
    long lot = book.instruments.at(instrument).lotSize();
    long within = 0;
    long beyond = Math.ceilDiv(units, lot);
    while (beyond - within > 1) {
      long middle = (within + beyond) / 2;
      if (isWithin(terms, instrument, middle * lot, sells, limitUnits)) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
    return within * lot;
  }

  private boolean isWithin(
      RulebookTerms terms, int instrument, long units, boolean sells, long limitUnits) {
    long price = fillPriceUnits(terms, instrument, units, sells);
    return sells ? price >= limitUnits : price <= limitUnits;
  }

  @Override
  public long fillPriceUnits(RulebookTerms terms, int instrument, long units, boolean sells) {
    long mark = book.instruments.mark(instrument);
    long ticks = units * book.instruments.worthTicks(instrument);
    long slippage = slippageE9(terms, instrument, valuation.notionalE6(instrument, ticks));
    LinearContract contract = book.instruments.at(instrument);
    return sells
        ? Math.max(
            contract.minimumPriceUnits(),
            Fixed.mulDiv(mark, ONE_E9 - slippage, ONE_E9, Rounding.FLOOR))
        : Math.min(
            contract.maximumPriceUnits(),
            Fixed.mulDiv(mark, ONE_E9 + slippage, ONE_E9, Rounding.CEILING));
  }
}
