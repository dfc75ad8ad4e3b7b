package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.market.Factors;
import io.evenkeel.engine.pricing.SviSlice;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.SkewShock;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import io.evenkeel.model.rulebook.portfolio.VolatilityShock;
import org.jspecify.annotations.Nullable;

/// What is known of one expiry of one underlying, as doubles, and what a unit's shocks make of it.
/// Everything here is a function of published factors, the spot and the time; it is computed anew
/// when one of them is another, and `version` then goes up.
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
  private long knownNowNs = Long.MIN_VALUE;
  private double knownSpot = UNKNOWN;

  /// Counts changes.
  long version;

  double years;
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

  /// Natural logarithm of each column's forward.
  final double[] logForward;

  double rootYears;

  /// The least of what was published of forward, rate and volatility.
  Decimal confidence = Decimal.ONE;

  ExpiryMarket(UnitTerms terms, int asset, long expiryNs) {
    this.terms = terms;
    this.asset = asset;
    this.expiryNs = expiryNs;
    forward = new double[terms.columns];
    logForward = new double[terms.columns];
  }

  /// Takes in what is published now.
  void refresh(Factors factors, long nowNs, double spot) {
    int at = find(factors);
    boolean same = nowNs == knownNowNs && spot == knownSpot;
    boolean sameSlice = true;
    for (int i = 0; i < READ.length; i++) {
      Decimal value = factors.ofExpiry(READ[i], at);
      boolean sameValue = value == known[i];
      same &= sameValue;
      sameSlice &= sameValue || i < FIRST_SVI || i >= FIRST_CONFIDENCE;
      known[i] = value;
    }
    if (!sameSlice) {
      slice = slice();
    }
    if (!same) {
      knownNowNs = nowNs;
      knownSpot = spot;
      version++;
      derive(nowNs, spot);
    }
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

  private void derive(long nowNs, double spot) {
    double seconds = expiryNs == 0 ? 0 : Math.max(0, expiryNs - nowNs) / NANOS;
    years = seconds / YEAR_SECONDS;
    rootYears = Math.sqrt(years);
    rate = Math.max(0, value(2, 0));
    discount = terms.unit.discounted() ? StrictMath.exp(-rate * years) : 1;
    double fixed = value(0, 0);
    double variable = known[1] == null ? Math.max(0, spot - fixed) : value(1, 0);
    for (int i = 0; i < terms.columns; i++) {
      forward[i] = variable * terms.columnSpot[i] + fixed;
      logForward[i] = StrictMath.log(forward[i]);
    }
    confidence = Decimal.ONE;
    for (int i = FIRST_CONFIDENCE; i < READ.length; i++) {
      confidence = least(confidence, known[i]);
    }
    deriveShocks(seconds);
  }

  private void deriveShocks(double seconds) {
    VolatilityShock shock = terms.unit.volatility();
    double ratio = THIRTY_DAYS / Math.max(seconds, shock.floorSeconds());
    Decimal power = seconds <= THIRTY_DAYS ? shock.shortTermPower() : shock.longTermPower();
    double multiple = StrictMath.pow(ratio, Crossing.of(power));
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
    return Crossing.of(side.base()) * StrictMath.exp(time * annual);
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
    double k = StrictMath.log(strike / forward[0]);
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
