package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.market.Factors;
import io.evenkeel.engine.pricing.Exponential;
import io.evenkeel.engine.pricing.Logarithm;
import io.evenkeel.engine.pricing.SviSlice;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.SkewShock;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import io.evenkeel.model.rulebook.portfolio.VolatilityShock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of one expiry of one underlying, as doubles, and what a unit's shocks make of it.
/// Everything here is a function of published factors, the spot and the time; it is computed anew
/// when one of them is another, and `version` then goes up: not when the spot moves beside a
/// published forward, when only confidences change, or when time passes after the expiry.
///
/// What was never published: the forward is the spot, all of it moving; the rate is 0; a confidence
/// is 1; without volatility parameters options have no volatility (see [OptionValues]).
final class ExpiryMarket {
  /// Stands for a volatility that is not known.
  static final double UNKNOWN = Double.NaN;

  private static final double NANOS = 1e9;
  private static final double YEAR_SECONDS = 31_536_000;
  private static final double THIRTY_DAYS = 2_592_000;
  private static final FactorKind[] READ = {
    FactorKind.FORWARD_FIXED,
    FactorKind.FORWARD_VARIABLE,
    FactorKind.RATE,
    FactorKind.SVI_A,
    FactorKind.SVI_B,
    FactorKind.SVI_RHO,
    FactorKind.SVI_M,
    FactorKind.SVI_SIGMA,
    FactorKind.SVI_FORWARD,
    FactorKind.SVI_YEARS,
    FactorKind.FORWARD_CONFIDENCE,
    FactorKind.RATE_CONFIDENCE,
    FactorKind.VOLATILITY_CONFIDENCE
  };
  private static final int FIRST_SVI = 3;
  private static final int FIRST_CONFIDENCE = 10;

  final UnitTerms terms;
  final int asset;
  final long expiryNs;
  final double[] forward;
  private final @Nullable Decimal[] known = new Decimal[READ.length];
  private int place = Factors.NO_EXPIRY;
  private long knownLeftNs = -1;
  private double knownSpot = UNKNOWN;

  /// Counts changes of what options are valued by: time to the expiry, forward, rate, smile.
  long version;

  double years;

  /// The part of the forward that does not move, and the part that does.
  double fixed;

  double variable;

  double rate;
  double discount;
  double up;
  double down;
  double longFactor = 1;
  double shortFactor = 1;
  double linearCap;
  double absoluteCap;
  double width;
  private @Nullable SviSlice slice;

  double rootYears;

  /// The least of what was published of forward, rate and volatility.
  Decimal confidence = Decimal.ONE;

  ExpiryMarket(UnitTerms terms, int asset, long expiryNs) {
    this.terms = terms;
    this.asset = asset;
    this.expiryNs = expiryNs;
    forward = new double[terms.columns];
  }

  /// Takes in what is published now.
  void refresh(Factors factors, long nowNs, double spot) {
    int at = find(factors);
    boolean same = true;
    boolean sameSlice = true;
    boolean sameConfidence = true;
    for (int i = 0; i < READ.length; i++) {
      Decimal value = factors.ofExpiry(READ[i], at);
      if (!Objects.equals(value, known[i])) {
        known[i] = value;
        sameConfidence &= i < FIRST_CONFIDENCE;
        sameSlice &= i < FIRST_SVI || i >= FIRST_CONFIDENCE;
        same &= i >= FIRST_CONFIDENCE;
      }
    }
    if (!sameSlice) {
      slice = slice();
    }
    if (!sameConfidence) {
      confidence = Decimal.ONE;
      for (int i = FIRST_CONFIDENCE; i < READ.length; i++) {
        confidence = least(confidence, known[i]);
      }
    }
    long leftNs = expiryNs == 0 ? 0 : Math.max(0, expiryNs - nowNs);
    double readSpot = known[1] == null ? spot : 0;
    if (!same || leftNs != knownLeftNs || readSpot != knownSpot) {
      knownLeftNs = leftNs;
      knownSpot = readSpot;
      version++;
      derive(leftNs / NANOS, spot);
    }
  }

  /// Whether the forward is not published and moves with the spot.
  boolean followsSpot() {
    return known[1] == null;
  }

  /// Where the factors of the expiry are, as of the last refresh.
  int place() {
    return place;
  }

  private int find(Factors factors) {
    boolean valid =
        place != Factors.NO_EXPIRY
            && place < factors.expiryCount()
            && factors.expiryNs(place) == expiryNs
            && factors.expiryAsset(place) == asset;
    if (!valid) {
      place = factors.findExpiry(asset, expiryNs);
    }
    return place;
  }

  private void derive(double seconds, double spot) {
    years = seconds / YEAR_SECONDS;
    rootYears = Math.sqrt(years);
    rate = Math.max(0, value(2, 0));
    discount = terms.unit.discounted() ? Exponential.of(-rate * years) : 1;
    fixed = value(0, 0);
    variable = known[1] == null ? Math.max(0, spot - fixed) : value(1, 0);
    for (int i = 0; i < terms.columns; i++) {
      forward[i] = Math.max(0, variable * terms.columnSpot[i] + fixed);
    }
    deriveShocks(seconds);
  }

  private void deriveShocks(double seconds) {
    VolatilityShock shock = terms.unit.volatility();
    double ratio = THIRTY_DAYS / Math.max(seconds, (double) shock.floorSeconds());
    Decimal power = seconds <= THIRTY_DAYS ? shock.shortTermPower() : shock.longTermPower();
    double multiple =
        Math.min(Double.MAX_VALUE, Exponential.of(Crossing.of(power) * Logarithm.of(ratio)));
    up = 1 + Crossing.of(shock.rangeUp()) * multiple;
    down = Math.max(0, 1 - Crossing.of(shock.rangeDown()) * multiple);
    StaticDiscount factors = terms.unit.discount();
    if (factors != null) {
      longFactor = grown(factors.longSide(), -years);
      shortFactor = Math.min(1 / discount, grown(factors.shortSide(), years));
    }
    SkewShock skew = terms.unit.skew();
    if (skew != null) {
      double root = rootYears;
      linearCap = Crossing.of(skew.linear().base()) + Crossing.of(skew.linear().slope()) * root;
      absoluteCap =
          Crossing.of(skew.absolute().base()) + Crossing.of(skew.absolute().slope()) * root;
      double volatility =
          Crossing.of(skew.volatilityBase()) + root * Crossing.of(skew.volatilitySlope());
      width =
          Math.max(
              Crossing.of(skew.minimumWidth()), root * Crossing.of(skew.widthScale()) * volatility);
    }
  }

  private double grown(StaticDiscount.Side side, double time) {
    double annual = rate * Crossing.of(side.rateMultiple()) + Crossing.of(side.addition());
    return Crossing.of(side.base()) * Exponential.of(time * annual);
  }

  private double value(int which, double otherwise) {
    Decimal decimal = known[which];
    return decimal == null ? otherwise : Crossing.of(decimal);
  }

  /// The smile, or null where it is not published whole or is none.
  private @Nullable SviSlice slice() {
    for (int i = FIRST_SVI; i < FIRST_CONFIDENCE; i++) {
      if (known[i] == null) {
        return null;
      }
    }
    try {
      return new SviSlice(
          value(3, 0),
          value(4, 0),
          value(5, 0),
          value(6, 0),
          value(7, 0),
          value(8, 0),
          value(9, 0));
    } catch (IllegalArgumentException e) {
      return null; // parameters of no smile are as good as none
    }
  }

  /// Volatility of a strike by the parameters of the expiry; [#UNKNOWN] without them, or where they
  /// give a negative variance.
  double volatility(double strike) {
    if (slice == null) {
      return UNKNOWN;
    }
    try {
      return slice.volatility(strike);
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  /// What a skew multiplies the volatility of a strike by, at least 0.
  double skewMultiple(double strike, boolean absolute) {
    return skewMultiple(strike, forward[0], absolute);
  }

  /// The same at a forward that is supposed; 1 where there is no moneyness.
  double skewMultiple(double strike, double at, boolean absolute) {
    if (!(strike > 0 && at > 0)) {
      return 1;
    }
    double k = Logarithm.of(strike / at);
    double cap = absolute ? absoluteCap : linearCap;
    double distance = absolute ? Math.abs(k) : k;
    double change;
    if (width > 0) {
      change = distance * cap / width;
    } else {
      change = distance == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, distance * cap);
    }
    double cut = distance >= 0 ? Math.min(cap, change) : Math.max(-cap, change);
    return Math.max(0, 1 + cut);
  }

  /// The smaller of two confidences; what was never published does not lower it.
  static Decimal least(Decimal one, @Nullable Decimal other) {
    return other != null && other.compareTo(one) < 0 ? other : one;
  }
}
