package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.engine.pricing.Logarithm;
import io.evenkeel.engine.pricing.NormalDistribution;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.rulebook.portfolio.BasisShock;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import java.util.Arrays;

/// The least that the options of one expiry add to equity less maintenance margin, for each way in
/// which the worst may come about, over ranges of the forward and of volatilities.
///
/// A call gains and a put loses with the forward, in coin too, and both gain with volatility; so an
/// option is worth least and most at opposite corners of the ranges. What a scenario makes of value
/// now (`V`) and shocked (`W`) is `(1 - c) V + c f W` with `c` what it weighs in the requirement
/// and `f` the static factor of its sign: a sum of the two, each taken at its worse end.
final class ExpiryBound {
  private final UnitTerms terms;
  private final double requirementFactor;
  private final double[] lowForward;
  private final double[] highForward;
  private final double[] lowVolatility;
  private final double[] highVolatility;
  private final double[] cheap;
  private final double[] dear;

  /// Value of all legs in each column, at its least and at its most.
  private final double[] least;

  private final double[] most;

  /// By scenario, then for no loss at all, then for the basis shock; in what the unit is valued in.
  final double[] surplus;

  /// Delta of all legs, at its least and at its most, and without sign.
  double lowDelta;

  double highDelta;
  double grossDelta;

  /// All that was added up, without sign.
  double magnitude;

  /// False where nothing can be said.
  boolean claims;

  ExpiryBound(UnitTerms terms) {
    this.terms = terms;
    requirementFactor = Crossing.of(terms.unit.maintenanceFactor());
    int columns = terms.columns;
    lowForward = new double[columns];
    highForward = new double[columns];
    lowVolatility = new double[columns];
    highVolatility = new double[columns];
    cheap = new double[columns];
    dear = new double[columns];
    least = new double[columns];
    most = new double[columns];
    surplus = new double[terms.scenarios + 2];
  }

  /// Forgets everything, before [#add].
  void clear() {
    Arrays.fill(surplus, Double.POSITIVE_INFINITY);
    lowDelta = Double.POSITIVE_INFINITY;
    highDelta = Double.NEGATIVE_INFINITY;
    grossDelta = 0;
    magnitude = 0;
    claims = true;
  }

  /// Lets the moving part of the forward lie in one more range, which may be one of several pieces.
  void add(SlotSums slot, double lowVariable, double highVariable, FactorBox box) {
    ExpiryMarket expiry = slot.expiry;
    for (int i = 0; i < terms.columns; i++) {
      lowForward[i] = Math.max(0, lowVariable * terms.columnSpot[i] + expiry.fixed);
      highForward[i] = Math.max(0, highVariable * terms.columnSpot[i] + expiry.fixed);
      claims &= lowForward[i] > 0 || !terms.inCoin;
    }
    Arrays.fill(least, 0);
    Arrays.fill(most, 0);
    double size = 0;
    double low = 0;
    double high = 0;
    double gross = 0;
    for (int leg = 0; leg < slot.legCount; leg++) {
      OptionValues option = slot.legs[leg];
      double amount = slot.amounts[leg];
      value(option, expiry, box);
      for (int i = 0; i < terms.columns; i++) {
        least[i] += amount * (amount > 0 ? cheap[i] : dear[i]);
        most[i] += amount * (amount > 0 ? dear[i] : cheap[i]);
        size += Math.abs(amount) * dear[i];
      }
      if (terms.chargesDelta) {
        double down = delta(option, expiry, lowForward[0], false);
        double up = delta(option, expiry, highForward[0], true);
        low += amount * (amount > 0 ? down : up);
        high += amount * (amount > 0 ? up : down);
        gross += Math.abs(amount) * Math.max(Math.abs(down), Math.abs(up));
      }
    }
    lowDelta = Math.min(lowDelta, low);
    highDelta = Math.max(highDelta, high);
    grossDelta = Math.max(grossDelta, gross);
    magnitude = Math.max(magnitude, size);
    combine(expiry);
  }

  /// Least and most value of an option in each column.
  private void value(OptionValues option, ExpiryMarket expiry, FactorBox box) {
    FactorBox.Range range = box.range(FactorKind.MARK_VOLATILITY, option.instrument);
    double low = option.volatility;
    double high = option.volatility;
    if (range != null && option.priced && expiry.years > 0) {
      low = Crossing.of(range.lowest());
      high = Crossing.of(range.highest());
    }
    for (int i = 0; i < terms.columns; i++) {
      VolatilityMove move = terms.columnMove[i];
      double one = 1;
      double other = 1;
      if (move.isSkew()) {
        boolean absolute = move == VolatilityMove.ABS;
        one = expiry.skewMultiple(option.strike, lowForward[0], absolute);
        other = expiry.skewMultiple(option.strike, highForward[0], absolute);
        if (option.strike > lowForward[0] && option.strike < highForward[0]) {
          double middle = expiry.skewMultiple(option.strike, option.strike, absolute);
          double lowest = Math.min(middle, Math.min(one, other));
          other = Math.max(middle, Math.max(one, other));
          one = lowest;
        }
      }
      lowVolatility[i] =
          option.priced ? OptionValues.moved(move, expiry, low, Math.min(one, other)) : low;
      highVolatility[i] =
          option.priced ? OptionValues.moved(move, expiry, high, Math.max(one, other)) : high;
    }
    boolean call = option.isCall;
    OptionValues.value(
        call, option.strike, expiry, call ? lowForward : highForward, lowVolatility, cheap);
    OptionValues.value(
        call, option.strike, expiry, call ? highForward : lowForward, highVolatility, dear);
  }

  /// Least or most delta of the option valued last; `d1 = x / v + v / 2` with `x = ln(F / K)` rises
  /// with the forward, and in the deviation `v` it is least at `sqrt(2 x)` and most at an end.
  private double delta(OptionValues option, ExpiryMarket expiry, double forward, boolean greatest) {
    double low = lowVolatility[0] * expiry.rootYears;
    double high = highVolatility[0] * expiry.rootYears;
    boolean ordinary =
        option.strike > 0 && forward > 0 && low > 0 && high < Black76.SATURATED_DEVIATION;
    double below;
    if (ordinary) {
      double x = Logarithm.of(forward / option.strike);
      double atLow = x / low + 0.5 * low;
      double atHigh = x / high + 0.5 * high;
      double d1 = greatest ? Math.max(atLow, atHigh) : Math.min(atLow, atHigh);
      if (!greatest && x > 0) {
        double turn = Math.sqrt(2 * x);
        d1 = turn > low && turn < high ? turn : d1;
      }
      below = NormalDistribution.below(d1);
    } else {
      below = greatest || low >= Black76.SATURATED_DEVIATION ? 1 : 0;
    }
    return expiry.discount * (option.isCall ? below : below - 1);
  }

  private void combine(ExpiryMarket expiry) {
    for (int i = 0; i < terms.scenarios; i++) {
      double weight = requirementFactor * terms.weight[i];
      int column = terms.column[i];
      double worst = scenario(weight, column, expiry);
      if (terms.bends[i]) {
        worst = Math.min(worst, scenario(-weight, column, expiry));
      }
      surplus[i] = Math.min(surplus[i], worst);
    }
    int none = terms.scenarios;
    surplus[none] = Math.min(surplus[none], least[0]);
    BasisShock basis = terms.unit.basis();
    if (basis != null) {
      double weight =
          requirementFactor
              * (Crossing.of(basis.addition()) + Crossing.of(basis.multiple()) * expiry.years);
      double worst = Math.min(sum(weight, 1, terms.upColumn), sum(weight, 1, terms.downColumn));
      surplus[none + 1] = Math.min(surplus[none + 1], Math.min(least[0], worst));
    }
  }

  private double scenario(double weight, int column, ExpiryMarket expiry) {
    double atLong = sum(weight, expiry.longFactor, column);
    double atShort = sum(weight, expiry.shortFactor, column);
    if (least[column] >= 0) {
      return atLong;
    }
    return most[column] < 0 ? atShort : Math.min(atLong, atShort);
  }

  private double sum(double weight, double factor, int column) {
    if (column == 0) {
      return times(1 - weight + weight * factor, 0);
    }
    return times(1 - weight, 0) + times(weight * factor, column);
  }

  private double times(double share, int column) {
    return share * (share >= 0 ? least[column] : most[column]);
  }
}
