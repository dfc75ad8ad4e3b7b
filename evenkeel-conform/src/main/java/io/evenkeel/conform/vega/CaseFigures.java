package io.evenkeel.conform.vega;

import java.math.BigInteger;

/// How large the prices and sizes of a case are, and how many zeros all its prices end in.
final class CaseFigures {
  private static final int MOST_ZEROS = 18;

  private boolean any;
  private BigInteger highestPrice = BigInteger.ONE;
  private BigInteger sizes = BigInteger.ONE;
  private int zeros = MOST_ZEROS;

  /// Takes note of a price; 0 says nothing.
  void price(BigInteger price) {
    if (price.signum() != 0) {
      any = true;
      highestPrice = highestPrice.max(price);
      while (zeros > 0 && price.mod(BigInteger.TEN.pow(zeros)).signum() != 0) {
        zeros--;
      }
    }
  }

  /// Takes note of a sum of prices times sizes.
  void notional(BigInteger notional, BigInteger size) {
    if (notional.signum() != 0 && size.signum() != 0) {
      BigInteger highest = highestPrice;
      price(notional);
      BigInteger[] average = notional.divideAndRemainder(size);
      BigInteger least = average[1].signum() == 0 ? average[0] : average[0].add(BigInteger.ONE);
      BigInteger unit = BigInteger.TEN.pow(zeros);
      BigInteger[] inUnits = least.divideAndRemainder(unit);
      highestPrice =
          highest.max(
              inUnits[1].signum() == 0 ? least : inUnits[0].add(BigInteger.ONE).multiply(unit));
    }
  }

  /// Adds to what may be held or open at once.
  void size(BigInteger size) {
    sizes = sizes.add(size);
  }

  /// Takes note of a size that is an alternative to those before.
  void sizeAtLeast(BigInteger size) {
    sizes = sizes.max(size);
  }

  BigInteger highestPrice() {
    BigInteger unit = BigInteger.TEN.pow(zeros());
    BigInteger[] parts = highestPrice.divideAndRemainder(unit);
    return parts[1].signum() == 0 ? highestPrice : parts[0].add(BigInteger.ONE).multiply(unit);
  }

  BigInteger sizes() {
    return sizes;
  }

  int zeros() {
    return any ? zeros : 0;
  }
}
