package io.evenkeel.model.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static final long SEED = 20_260_106L;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0, 0, 0",
    "0.000, 0, 0",
    "1, 1, 0",
    "+1.50, 15, 1",
    "-0.05, -5, 2",
    "100, 100, 0",
    "0.000000000000000001, 1, 18",
    "9223372036854775807, 9223372036854775807, 0",
    "-9.223372036854775807, -9223372036854775807, 18"
  })
  void shouldParseToLowestTerms(String text, long units, int scale) {
    assertThat(Decimal.parse(text)).isEqualTo(new Decimal(units, scale));
    assertThat(Decimal.parse(text).units()).isEqualTo(units);
    assertThat(Decimal.parse(text).scale()).isEqualTo(scale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "+",
        "1.",
        "1.2.3",
        ".5",
        "-.5",
        ".-5",
        "1.-5",
        "1.+5",
        "-9223372036854775808",
        "1e3",
        "0x1",
        "1,000",
        "1_000",
        " 1",
        "1 ",
        "--1",
        "1-",
        "NaN",
        "\u0661",
        "0.0000000000000000001",
        "9223372036854775808",
        "92233720368547758.071"
      })
  void shouldNameTextThatIsNoDecimal(String text) {
    if (text.equals("92233720368547758.071")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Decimal.parse(text))
          .withMessageContaining("'" + text + "' has too many digits");
      return;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decimal.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void shouldPrintWhatItParses() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 50_000; i++) {
      Decimal value = ofAnySize(random);
      assertThat(Decimal.parse(value.toString())).as("seed %d: %s", SEED, value).isEqualTo(value);
      assertThat(value.toString()).isEqualTo(exact(value).toPlainString());
    }
  }

  @Test
  void shouldBeEqualExactlyWhenValuesAre() {
    assertThat(new Decimal(100, 3))
        .isEqualTo(new Decimal(1, 1))
        .hasSameHashCodeAs(Decimal.parse("0.1"));
    assertThat(new Decimal(0, 18)).isEqualTo(Decimal.ZERO);
    assertThat(new Decimal(10, 0)).isNotEqualTo(new Decimal(1, 0));
  }

  @Test
  void shouldRefuseWhatItCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Decimal(1, 19))
        .withMessageContaining("0 to 18 places, not 19");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Decimal(1, -1))
        .withMessageContaining("0 to 18 places, not -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Decimal(Long.MIN_VALUE, 0))
        .withMessageContaining("negatable");
  }

  @Test
  void shouldCompareExactly() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 50_000; i++) {
      Decimal a = ofAnySize(random);
      Decimal b = random.nextInt(4) == 0 ? a : ofAnySize(random);
      assertThat(Integer.signum(a.compareTo(b)))
          .as("seed %d: %s against %s", SEED, a, b)
          .isEqualTo(exact(a).compareTo(exact(b)));
      assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
      assertThat(a.isNegative()).isEqualTo(exact(a).signum() < 0);
    }
  }

  @Test
  void shouldMultiplyAndDivideLikeBigDecimals() {
    SplittableRandom random = new SplittableRandom(SEED);
    int computed = 0;
    for (int i = 0; i < 50_000; i++) {
      Decimal factor = ofAnySize(random);
      long value = random.nextLong() >> random.nextInt(64);
      for (Rounding rounding : Rounding.values()) {
        RoundingMode mode = rounding == Rounding.FLOOR ? RoundingMode.FLOOR : RoundingMode.CEILING;
        BigDecimal product = exact(factor).multiply(BigDecimal.valueOf(value));
        computed += check(product.setScale(0, mode), () -> factor.times(value, rounding));
        if (factor.units() != 0) {
          BigDecimal quotient = BigDecimal.valueOf(value).divide(exact(factor), 0, mode);
          computed += check(quotient, () -> factor.divide(value, rounding));
        }
      }
    }
    assertThat(computed).isGreaterThan(50_000);
  }

  /// 1 when the result fits and is right, 0 when it was rightly refused.
  private static int check(BigDecimal expected, java.util.function.LongSupplier computation) {
    BigInteger whole = expected.toBigIntegerExact();
    try {
      long actual = computation.getAsLong();
      assertThat(BigInteger.valueOf(actual)).as("seed %d", SEED).isEqualTo(whole);
      return 1;
    } catch (ArithmeticException refusal) {
      // -2^63 and what is computed from it may be refused although it fits
      assertThat(whole.bitLength() > 62).as("seed %d: %s", SEED, expected).isTrue();
      return 0;
    }
  }

  @Test
  void shouldRefuseToDivideByZero() {
    assertThatThrownBy(() -> Decimal.ZERO.divide(1, Rounding.FLOOR))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldTakeItselfFromOne() {
    assertThat(Decimal.parse("0.05").complement()).isEqualTo(Decimal.parse("0.95"));
    assertThat(Decimal.ONE.complement()).isEqualTo(Decimal.ZERO);
    assertThat(Decimal.parse("-0.5").complement()).isEqualTo(Decimal.parse("1.5"));
    assertThatThrownBy(() -> Decimal.parse("-9.000000000000000001").complement())
        .isInstanceOf(ArithmeticException.class);
  }

  private static Decimal ofAnySize(SplittableRandom random) {
    long units = random.nextLong() >> random.nextInt(64);
    return new Decimal(units == Long.MIN_VALUE ? 0 : units, random.nextInt(19));
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }
}
