package io.evenkeel.engine.desk;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import java.math.BigInteger;

/// At what price each contract of an expiry ends, given the settlement price of its underlying
/// (`docs/RULES.md`, section 5.2).
final class ExpiryPrices {
  /// Stands for a price that the contract may not have.
  static final long OUT_OF_RANGE = -1;

  private ExpiryPrices() {}

  /// The price of a contract in its price units, rounded to the nearest, halves up; [#OUT_OF_RANGE]
  /// if the contract could not have it. A future's is the settlement price, a call's `max(0, S -
  /// K)`, a put's `max(0, K - S)`; of an option that is paid in the coin that over `S`.
  ///
  /// @param underlying `S`, above 0, in what the contract is quoted in per whole unit
  static long priceUnits(LinearContract contract, Decimal underlying) {
    OptionTerms option = contract.terms().option();
    BigInteger above = BigInteger.valueOf(underlying.units());
    BigInteger below = power(underlying.scale());
    if (option != null) {
      Decimal strike = option.strike();
      BigInteger price = above.multiply(power(strike.scale()));
      BigInteger fixed = BigInteger.valueOf(strike.units()).multiply(below);
      BigInteger payoff = option.isCall() ? price.subtract(fixed) : fixed.subtract(price);
      above = payoff.max(BigInteger.ZERO);
      below = contract.terms().inverse() ? price : below.multiply(power(strike.scale()));
    }
    BigInteger twice = above.multiply(power(contract.priceScale())).shiftLeft(1).add(below);
    BigInteger units = twice.divide(below.shiftLeft(1));
    BigInteger least =
        BigInteger.valueOf(contract.isInverseFuture() ? contract.minimumPriceUnits() : 0);
    return units.compareTo(BigInteger.valueOf(contract.maximumPriceUnits())) > 0
            || units.compareTo(least) < 0
        ? OUT_OF_RANGE
        : units.longValueExact();
  }

  private static BigInteger power(int places) {
    return BigInteger.valueOf(Fixed.pow10(places));
  }
}
