package io.evenkeel.engine.margin;

/// How a watch numbers the marks and prices that accounts depend on.
public interface FactorNumbers {
  /// Number of an instrument's mark.
  int ofMark(int instrument);

  /// Number of an asset's price.
  int ofPrice(int asset);

  /// The highest value of a factor that what is said of an account must hold for, price units.
  long ceiling(int factor);
}
