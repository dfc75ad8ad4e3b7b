package io.evenkeel.engine.margin.factor;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A sum of products that are not negative, exact until it is rounded once: whole units and a
/// fraction in units of 10^-18, which is enough for every product of a whole number and a decimal;
/// what needs more is kept beside them.
final class ExactSum {
  private static final int PLACES = 18;
  private static final long ONE = Fixed.pow10(PLACES);

  private long whole;
  private long fraction;

  /// Of terms with more decimals than the fraction holds; null while there are none.
  private @Nullable BigDecimal wide;

  /// Makes it zero.
  ExactSum clear() {
    whole = 0;
    fraction = 0;
    wide = null;
    return this;
  }

  /// Adds a whole number, at least 0.
  void add(long amount) {
    whole = Math.addExact(whole, amount);
  }

  /// Adds `amount * factor`, both at least 0.
  ///
  /// @throws ArithmeticException when it does not fit
  void add(long amount, Decimal factor) {
    long quotient = factor.times(amount, Rounding.FLOOR);
    // the remainder is below the divisor, so it survives wrapping
    long remainder = amount * factor.units() - quotient * factor.divisor();
    carry(quotient, remainder * Fixed.pow10(PLACES - factor.scale()));
  }

  /// Adds `amount * factor * size / 10^places`, all at least 0; allocates.
  void add(long amount, Decimal factor, long size, int places) {
    BigInteger product =
        BigInteger.valueOf(amount)
            .multiply(BigInteger.valueOf(factor.units()))
            .multiply(BigInteger.valueOf(size));
    BigDecimal exact = new BigDecimal(product, factor.scale() + places);
    wide = wide == null ? exact : wide.add(exact);
  }

  private void carry(long wholePart, long fractionPart) {
    whole = Math.addExact(whole, wholePart);
    fraction += fractionPart;
    if (fraction >= ONE) {
      fraction -= ONE;
      whole = Math.addExact(whole, 1);
    }
  }

  /// The sum rounded up.
  ///
  /// @throws ArithmeticException when it does not fit
  long ceiling() {
    if (wide == null) {
      return fraction == 0 ? whole : Math.addExact(whole, 1);
    }
    return BigDecimal.valueOf(whole)
        .add(BigDecimal.valueOf(fraction, PLACES))
        .add(wide)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
