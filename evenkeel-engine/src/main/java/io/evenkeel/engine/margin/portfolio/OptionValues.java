package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.market.Factors;
import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one option contract is worth in each column of its unit. The same for every account, so it
/// is computed once per state of the market; kept is only what the inputs kept determine.
///
/// An option without a volatility is worth nothing to its holder, and all it could ever be worth to
/// its writer, in every column.
final class OptionValues {
  /// Where the volatility saturates: an option is then worth its bound.
  private static final double SATURATED = 1e6;

  final boolean isCall;
  final double strike;
  final double[] worth;
  double delta;
  boolean priced;
  double volatility;

  /// Counts changes of the values.
  long changes;

  final int instrument;
  private final ExpiryMarket expiry;
  private long version = -1;
  private @Nullable Decimal markVolatility;

  OptionValues(int instrument, ExpiryMarket expiry, boolean isCall, double strike) {
    this.instrument = instrument;
    this.expiry = expiry;
    this.isCall = isCall;
    this.strike = strike;
    worth = new double[expiry.terms.columns];
  }

  /// Takes in what is published now; the expiry must have been refreshed.
  void refresh(Factors factors) {
    Decimal mark = factors.ofInstrument(FactorKind.MARK_VOLATILITY, instrument);
    if (version == expiry.version && Objects.equals(mark, markVolatility)) {
      return;
    }
    volatility =
        expiry.years == 0 ? 0 : mark == null ? expiry.volatility(strike) : Crossing.of(mark);
    priced = volatility >= 0;
    if (!priced) {
      volatility = SATURATED;
    }
    changes++;
    UnitTerms terms = expiry.terms;
    double[] moved = terms.scratch;
    for (int i = 0; i < terms.columns; i++) {
      moved[i] = priced ? moved(terms.columnMove[i]) : volatility;
    }
    value(isCall, strike, expiry, expiry.forward, moved, worth);
    if (terms.chargesDelta) {
      delta =
          Black76.delta(
              isCall, expiry.forward[0], strike, volatility, expiry.years, expiry.discount);
    }
    version = expiry.version;
    markVolatility = mark;
  }

  /// Values an option in every column, in what the unit is valued in.
  ///
  /// @param forwards of each column, 0 or more
  /// @param volatilities of each column, 0 or more
  static void value(
      boolean isCall,
      double strike,
      ExpiryMarket expiry,
      double[] forwards,
      double[] volatilities,
      double[] worth) {
    UnitTerms terms = expiry.terms;
    terms.batch.scenarios(
        terms.columns,
        isCall,
        forwards,
        strike,
        volatilities,
        expiry.years,
        expiry.discount,
        worth);
    if (terms.inCoin) {
      for (int i = 0; i < terms.columns; i++) {
        worth[i] = forwards[i] > 0 ? worth[i] / forwards[i] : 0;
      }
    }
  }

  private double moved(VolatilityMove move) {
    double multiple =
        move.isSkew() && expiry.years > 0
            ? expiry.skewMultiple(strike, move == VolatilityMove.ABS)
            : 1;
    return moved(move, expiry, volatility, multiple);
  }

  /// A volatility after a move.
  ///
  /// @param skewMultiple what a skew multiplies it by
  static double moved(
      VolatilityMove move, ExpiryMarket expiry, double volatility, double skewMultiple) {
    if (expiry.years == 0) {
      return 0;
    }
    double moved =
        switch (move) {
          case NONE -> volatility;
          case UP -> Math.max(expiry.terms.minimumUp, volatility * expiry.up);
          case DOWN -> volatility * expiry.down;
          case LINEAR, ABS -> volatility * skewMultiple;
        };
    return moved >= 0 ? moved : 0;
  }
}
