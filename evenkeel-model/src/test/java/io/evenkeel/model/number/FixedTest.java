package io.evenkeel.model.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedTest {
  private static final long SEED = 20_260_105L;
  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    10,
    -10,
    999_999,
    1_000_000_000_000_000_000L,
    -1_000_000_000_000_000_000L,
    1L << 31,
    -(1L << 31),
    1L << 32,
    (1L << 32) + 1,
    1L << 62,
    -(1L << 62),
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE + 1,
    Long.MIN_VALUE
  };

  @Test
  void shouldDivideProductsLikeBigIntegersAtEveryEdge() {
    int exact = 0;
    int refused = 0;
    for (long a : EDGES) {
      for (long b : EDGES) {
        for (long divisor : EDGES) {
          for (Rounding rounding : Rounding.values()) {
            if (checkMulDiv(a, b, divisor, rounding)) {
              exact++;
            } else {
              refused++;
            }
          }
        }
      }
    }
    assertThat(exact).isGreaterThan(5_000);
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void shouldDivideProductsLikeBigIntegersOnRandomValues() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200_000; i++) {
      long a = ofAnySize(random);
      long b = ofAnySize(random);
      long divisor = ofAnySize(random);
      for (Rounding rounding : Rounding.values()) {
        checkMulDiv(a, b, divisor == Long.MIN_VALUE ? 1 : Math.abs(divisor), rounding);
      }
    }
  }

  @Test
  void shouldDivideWideProductsByDivisorsThatMisleadAFirstGuess() {
    SplittableRandom random = new SplittableRandom(SEED);
    int computed = 0;
    for (int i = 0; i < 200_000; i++) {
      int bits = 33 + random.nextInt(30);
      // a small upper half with a full lower half, or close to a power of two from either side
      long low = random.nextBoolean() ? 0xFFFF_FFFFL - random.nextInt(3) : random.nextInt(3);
      long divisor = (1L << bits) + (random.nextBoolean() ? low : -low - 1);
      long a = Math.abs(divisor - random.nextInt(4));
      long b = random.nextLong() >> random.nextInt(8);
      for (Rounding rounding : Rounding.values()) {
        computed += checkMulDiv(a, b, divisor <= 0 ? Long.MAX_VALUE : divisor, rounding) ? 1 : 0;
      }
    }
    assertThat(computed).isGreaterThan(200_000);
  }

  @Test
  void shouldRoundTowardsItsNameForEverySign() {
    // 7 * 3 / 2 = 10.5
    assertThat(Fixed.mulDiv(7, 3, 2, Rounding.FLOOR)).isEqualTo(10);
    assertThat(Fixed.mulDiv(7, 3, 2, Rounding.CEILING)).isEqualTo(11);
    assertThat(Fixed.mulDiv(-7, 3, 2, Rounding.FLOOR)).isEqualTo(-11);
    assertThat(Fixed.mulDiv(7, -3, 2, Rounding.CEILING)).isEqualTo(-10);
    // the same with a product of 2^64 + 2^32, divided by 2^32 + 2^30: 3435973836.8
    long wide = 1L << 32;
    assertThat(Fixed.mulDiv(wide, wide + 1, wide + (1L << 30), Rounding.FLOOR))
        .isEqualTo(3_435_973_837L);
    assertThat(Fixed.mulDiv(-wide, wide + 1, wide + (1L << 30), Rounding.CEILING))
        .isEqualTo(-3_435_973_837L);
  }

  @Test
  void shouldRefuseDivisorsThatAreNotPositive() {
    for (long divisor : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> Fixed.mulDiv(1, 1, divisor, Rounding.FLOOR))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("divisor must be positive, not " + divisor);
    }
  }

  @Test
  void shouldCompareProductsLikeBigIntegers() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (long a : EDGES) {
      for (long b : EDGES) {
        for (long c : EDGES) {
          checkComparison(a, b, c, b);
          checkComparison(a, b, b, a);
          checkComparison(a, b, c, ofAnySize(random));
        }
      }
    }
    for (int i = 0; i < 100_000; i++) {
      long a = ofAnySize(random);
      long b = ofAnySize(random);
      checkComparison(a, b, ofAnySize(random), ofAnySize(random));
      checkComparison(a, b, b, a);
    }
  }

  /// 31 * 1190112520884487201 = 2 * (2^64 - 1) + 1: rounded up, the quotient would count on to
  /// zero.
  @Test
  void shouldRefuseTheLargestUnsignedQuotientThatRoundsAway() {
    assertThatThrownBy(() -> Fixed.mulDiv(31, 1_190_112_520_884_487_201L, 2, Rounding.CEILING))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Fixed.mulDiv(-31, 1_190_112_520_884_487_201L, 2, Rounding.FLOOR))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldKnowThePowersOfTen() {
    for (int exponent = 0; exponent <= 18; exponent++) {
      assertThat(BigInteger.valueOf(Fixed.pow10(exponent))).isEqualTo(BigInteger.TEN.pow(exponent));
    }
    assertThatThrownBy(() -> Fixed.pow10(19)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Fixed.pow10(-1)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  /// True when the quotient was computed, false when it was rightly refused.
  private static boolean checkMulDiv(long a, long b, long divisor, Rounding rounding) {
    String place = "seed " + SEED + ": " + a + " * " + b + " / " + divisor + " " + rounding;
    BigInteger expected = divisor <= 0 ? null : quotient(a, b, divisor, rounding);
    // the one quotient that may be refused although it fits: -2^63 of a product beyond 64 bits
    boolean lowest = expected != null && expected.equals(BigInteger.valueOf(Long.MIN_VALUE));
    try {
      long actual = Fixed.mulDiv(a, b, divisor, rounding);
      assertThat(BigInteger.valueOf(actual)).as(place).isEqualTo(expected);
      return true;
    } catch (ArithmeticException refusal) {
      assertThat(expected == null || lowest || expected.bitLength() > 63).as(place).isTrue();
      return false;
    }
  }

  private static BigInteger quotient(long a, long b, long divisor, Rounding rounding) {
    BigInteger[] parts =
        BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(b))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    if (rounding == Rounding.FLOOR && parts[1].signum() < 0) {
      return parts[0].subtract(BigInteger.ONE);
    }
    if (rounding == Rounding.CEILING && parts[1].signum() > 0) {
      return parts[0].add(BigInteger.ONE);
    }
    return parts[0];
  }

  private static void checkComparison(long a, long b, long c, long d) {
    BigInteger left = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    BigInteger right = BigInteger.valueOf(c).multiply(BigInteger.valueOf(d));
    assertThat(Integer.signum(Fixed.compareProducts(a, b, c, d)))
        .as("seed %d: %d * %d against %d * %d", SEED, a, b, c, d)
        .isEqualTo(left.compareTo(right));
  }

  private static long ofAnySize(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(64);
  }
}
