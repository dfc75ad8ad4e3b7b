package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.Brackets;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import org.jspecify.annotations.Nullable;

/// What requirements by brackets are multiplied with (`docs/RULES.md`, section 2.R). Everything it
/// reads beyond the notional itself - stated figures and the uncertainty of the mark - moves with
/// an accepted mark only, never with a trade. Figures in billionths unless said otherwise.
public final class RateFactors {
  /// A factor of 1.
  public static final long ONE_E9 = 1_000_000_000;

  private static final long MOST_NOTIONAL_E6 = Long.MAX_VALUE / 4;

  private final Book book;
  private final Valuation valuation;

  RateFactors(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  /// A requirement of a notional as scaled, rounded up.
  ///
  /// @param requirementE6 by brackets, of the notional
  long scaledE6(
      RateScaling scaling,
      Brackets brackets,
      int instrument,
      long notionalE6,
      long requirementE6,
      boolean maintenance) {
    long factor = factorE9(scaling, brackets, instrument, notionalE6, maintenance);
    return factor == ONE_E9
        ? requirementE6
        : Fixed.mulDiv(requirementE6, factor, ONE_E9, Rounding.CEILING);
  }

  /// What the requirement of a notional is multiplied with, rounded up; below 1 only in calm
  /// markets.
  long factorE9(
      RateScaling scaling,
      Brackets brackets,
      int instrument,
      long notionalE6,
      boolean maintenance) {
    long added = addedE9(scaling, instrument, notionalE6, maintenance);
    long byVolatility = volatilityE9(scaling.volatility(), brackets, instrument);
    return byVolatility == ONE_E9
        ? added
        : Fixed.mulDiv(byVolatility, added, ONE_E9, Rounding.CEILING);
  }

  /// What realised volatility multiplies with: what is stated of it over the daily move of the
  /// table, rounded up and kept within its range; 1 while nothing is stated.
  long volatilityE9(@Nullable VolatilityRange range, Brackets brackets, int instrument) {
    long stated = book.instruments.volatility().statedE9(instrument);
    if (range == null || stated == 0) {
      return ONE_E9;
    }
    long usual = brackets.dailyMoveE9();
    if (stated >= Fixed.mulDiv(usual, range.highestE9(), ONE_E9, Rounding.CEILING)) {
      return range.highestE9();
    }
    return Math.max(range.lowestE9(), Fixed.mulDiv(stated, ONE_E9, usual, Rounding.CEILING));
  }

  /// What the additions make of 1.
  long addedE9(RateScaling scaling, int instrument, long notionalE6, boolean maintenance) {
    return ONE_E9
        + concentrationE9(scaling.concentration(), instrument, notionalE6, maintenance)
        + openInterestE9(scaling.openInterest(), instrument, maintenance)
        + uncertaintyE9(scaling.uncertainty(), instrument, maintenance);
  }

  /// What the share of the open interest adds.
  long concentrationE9(
      @Nullable Concentration concentration, int instrument, long notionalE6, boolean maintenance) {
    return concentration == null
        ? 0
        : addedE9(
            concentration.ramp(), shareE9(concentration, instrument, notionalE6), maintenance);
  }

  /// The share of the stated open interest that a notional is, rounded up; 1 at most.
  long shareE9(Concentration concentration, int instrument, long notionalE6) {
    long whole = Math.max(concentration.leastE6(), openInterestE6(instrument));
    return Fixed.mulDiv(Math.min(notionalE6, whole), ONE_E9, whole, Rounding.CEILING);
  }

  /// Notional of the stated open interest at the mark, millionths of the numeraire.
  long openInterestE6(int instrument) {
    long units = book.instruments.stated().openInterestUnits(instrument);
    return Math.min(
        MOST_NOTIONAL_E6,
        valuation.notionalE6(instrument, units * book.instruments.worthTicks(instrument)));
  }

  /// What the open interest adds.
  long openInterestE9(@Nullable Ramp ramp, int instrument, boolean maintenance) {
    return ramp == null ? 0 : addedE9(ramp, openInterestE6(instrument), maintenance);
  }

  /// What the uncertainty of the mark adds.
  long uncertaintyE9(@Nullable Ramp ramp, int instrument, boolean maintenance) {
    return ramp == null
        ? 0
        : addedE9(ramp, book.instruments.quotes().uncertaintyE6(instrument), maintenance);
  }

  /// A ramp at a figure in its unit, rounded up.
  public static long addedE9(Ramp ramp, long at, boolean maintenance) {
    if (at <= ramp.from() || (maintenance && !ramp.maintenance())) {
      return 0;
    }
    if (at >= ramp.to()) {
      return ramp.mostE9();
    }
    return Fixed.mulDiv(ramp.mostE9(), at - ramp.from(), ramp.to() - ramp.from(), Rounding.CEILING);
  }
}
