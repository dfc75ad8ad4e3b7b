package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.market.Factors;
import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.engine.pricing.NormalDistribution;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
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
  private final int instrument;
  private final ExpiryMarket expiry;
  private final double logStrike;
  private long version = -1;
  private @Nullable Decimal markVolatility;

  OptionValues(int instrument, ExpiryMarket expiry, boolean isCall, double strike) {
    this.instrument = instrument;
    this.expiry = expiry;
    this.isCall = isCall;
    this.strike = strike;
    logStrike = StrictMath.log(strike);
    worth = new double[expiry.terms.columns];
  }

  /// Takes in what is published now; the expiry must have been refreshed.
  void refresh(Factors factors) {
    Decimal mark = factors.ofInstrument(FactorKind.MARK_VOLATILITY, instrument);
    if (version == expiry.version && mark == markVolatility) {
      return;
    }
    version = expiry.version;
    markVolatility = mark;
    volatility =
        expiry.years == 0 ? 0 : mark == null ? expiry.volatility(strike) : Crossing.of(mark);
    priced = volatility >= 0;
    if (!priced) {
      volatility = SATURATED;
    }
    UnitTerms terms = expiry.terms;
    for (int i = 0; i < terms.columns; i++) {
      worth[i] = value(i, priced ? moved(terms.columnMove[i]) : volatility);
    }
    if (terms.chargesDelta) {
      delta = delta();
    }
  }

  private double delta() {
    double forward = expiry.forward[0];
    double deviation = expiry.years == 0 ? 0 : volatility * expiry.rootYears;
    boolean ordinary =
        strike > 0 && forward > 0 && deviation > 0 && deviation < Black76.SATURATED_DEVIATION;
    if (!ordinary) {
      return Black76.sensitivities(
              isCall, forward, strike, volatility, expiry.years, expiry.discount)
          .delta();
    }
    double d1 = (expiry.logForward[0] - logStrike) / deviation + 0.5 * deviation;
    return expiry.discount
        * (isCall ? NormalDistribution.below(d1) : -NormalDistribution.below(-d1));
  }

  private double moved(VolatilityMove move) {
    return switch (move) {
      case NONE -> volatility;
      case UP ->
          expiry.years == 0
              ? 0
              : Math.max(
                  Crossing.of(expiry.terms.unit.volatility().minimumUp()), volatility * expiry.up);
      case DOWN -> volatility * expiry.down;
      case LINEAR, ABS ->
          expiry.years == 0
              ? 0
              : volatility * expiry.skewMultiple(strike, move == VolatilityMove.ABS);
    };
  }

  private double value(int column, double columnVolatility) {
    double forward = expiry.forward[column];
    double value = expiry.discount * undiscounted(column, forward, columnVolatility);
    if (!expiry.terms.inCoin) {
      return value;
    }
    return forward > 0 ? value / forward : 0;
  }

  private double undiscounted(int column, double forward, double columnVolatility) {
    double deviation =
        columnVolatility == 0 || expiry.years == 0 ? 0 : columnVolatility * expiry.rootYears;
    boolean ordinary =
        strike > 0 && forward > 0 && deviation > 0 && deviation < Black76.SATURATED_DEVIATION;
    return ordinary
        ? Black76.ordinary(
            isCall, forward, strike, expiry.logForward[column] - logStrike, deviation)
        : Black76.undiscounted(isCall, forward, strike, deviation);
  }
}
