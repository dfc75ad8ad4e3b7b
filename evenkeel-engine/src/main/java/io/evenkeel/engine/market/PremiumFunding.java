package io.evenkeel.engine.market;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Funding of a perpetual from how far its order book stands from the index (reference: Derive
/// perpetuals). A feed computes the rate here and sends it as
/// [io.evenkeel.model.command.Command.ApplyFunding]; the engine itself sees no order books. Exact
/// decimals with 18 places; every division is cut towards zero.
///
/// @param convergenceHours hours in which a premium is paid once, above 0
/// @param staticRate added to the rate of an hour whatever the premium, -1 to 1
/// @param maximumRate the rate of an hour stays within this, either side; 0 to 1
public record PremiumFunding(Decimal convergenceHours, Decimal staticRate, Decimal maximumRate) {
  private static final int PLACES = 18;
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  /// Refuses what is out of range.
  public PremiumFunding {
    Check.parameter(
        convergenceHours.compareTo(Decimal.ZERO) > 0, "convergenceHours", "must be above 0");
    Check.parameter(
        !maximumRate.isNegative() && maximumRate.compareTo(Decimal.ONE) <= 0,
        "maximumRate",
        "must be 0 to 1");
    Check.parameter(
        exact(staticRate).abs().compareTo(BigDecimal.ONE) <= 0, "staticRate", "must be -1 to 1");
  }

  /// The rate of one hour, a share of the index: `premium / convergenceHours + staticRate` within
  /// `maximumRate`, where the premium is what the impact bid is above the index, less what the
  /// impact ask is below it, over the index. Positive is paid by longs.
  ///
  /// @param index price of the underlying, above 0
  /// @param impactBid price at which the book buys the impact size
  /// @param impactAsk price at which the book sells the impact size
  public Decimal hourlyRate(Decimal index, Decimal impactBid, Decimal impactAsk) {
    BigDecimal level = positive(index, "index");
    BigDecimal above = exact(impactBid).subtract(level).max(BigDecimal.ZERO);
    BigDecimal below = level.subtract(exact(impactAsk)).max(BigDecimal.ZERO);
    BigDecimal premium = quotient(above.subtract(below), level);
    BigDecimal rate = quotient(premium, exact(convergenceHours)).add(exact(staticRate));
    BigDecimal most = exact(maximumRate);
    return decimal(rate.min(most).max(most.negate()));
  }

  /// The rate for [io.evenkeel.model.command.Command.ApplyFunding], which is a share of the mark:
  /// that of an hour, over the time since the last one, on the index.
  ///
  /// @param hourlyRate what [#hourlyRate] gave
  /// @param elapsedSeconds since funding was applied last, 0 or more
  /// @param index price of the underlying
  /// @param mark mark of the perpetual, above 0
  /// @throws ArithmeticException when it does not fit a decimal
  public static Decimal rateOfMark(
      Decimal hourlyRate, long elapsedSeconds, Decimal index, Decimal mark) {
    Check.parameter(elapsedSeconds >= 0, "elapsedSeconds", "must not be negative");
    BigDecimal perCoin =
        quotient(
            exact(hourlyRate).multiply(BigDecimal.valueOf(elapsedSeconds)).multiply(exact(index)),
            SECONDS_PER_HOUR);
    return decimal(quotient(perCoin, positive(mark, "mark")));
  }

  private static BigDecimal positive(Decimal value, String name) {
    Check.parameter(value.compareTo(Decimal.ZERO) > 0, name, "must be above 0");
    return exact(value);
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, PLACES, RoundingMode.DOWN);
  }

  private static Decimal decimal(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    return new Decimal(plain.unscaledValue().longValueExact(), plain.scale());
  }
}
