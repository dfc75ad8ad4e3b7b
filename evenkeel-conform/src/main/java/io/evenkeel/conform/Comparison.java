package io.evenkeel.conform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Expected and actual figures of one case. Every figure is compared exactly unless a tolerance is
/// named; a case that compares nothing fails.
public final class Comparison {
  private static final BigDecimal SMALL = new BigDecimal("0.000001");

  private final List<Difference> differences = new ArrayList<>();
  private int compared;
  private BigDecimal largestRelativeError = BigDecimal.ZERO;
  private BigDecimal largestAbsoluteError = BigDecimal.ZERO;

  /// A figure that did not agree.
  ///
  /// @param field its path in the case's `expected`
  /// @param expected as the file states it
  /// @param actual as the engine computed it
  public record Difference(String field, String expected, String actual) {}

  /// Two numbers that must be equal.
  public void exact(String field, BigDecimal expected, BigDecimal actual) {
    within(field, expected, actual, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /// Two whole numbers that must be equal.
  public void exact(String field, long expected, long actual) {
    exact(field, BigDecimal.valueOf(expected), BigDecimal.valueOf(actual));
  }

  /// Two numbers of which the difference must be at most `absolute`, or at most `relative` times
  /// the expected magnitude.
  public void within(
      String field,
      BigDecimal expected,
      BigDecimal actual,
      BigDecimal relative,
      BigDecimal absolute) {
    compared++;
    BigDecimal error = expected.subtract(actual).abs();
    largestAbsoluteError = largestAbsoluteError.max(error);
    if (expected.abs().compareTo(SMALL) >= 0) {
      largestRelativeError =
          largestRelativeError.max(error.divide(expected.abs(), MathContext.DECIMAL32));
    }
    if (error.compareTo(absolute.max(relative.multiply(expected.abs()))) > 0) {
      differences.add(new Difference(field, expected.toPlainString(), actual.toPlainString()));
    }
  }

  /// Two words or truth values that must be equal.
  public void same(String field, String expected, String actual) {
    compared++;
    if (!expected.equals(actual)) {
      differences.add(new Difference(field, expected, actual));
    }
  }

  /// Says that the figures of an `expected` are knowingly not compared, because the file itself
  /// declares that they are not asserted; everything else that no comparison looks at fails.
  public void leaveOut(JsonNode expected) {
    expected.properties().forEach(field -> leaveOut(field.getValue()));
  }

  /// What did not agree, in the order of comparison.
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /// How many figures were compared.
  public int compared() {
    return compared;
  }

  /// Largest error relative to an expected figure of at least a millionth.
  public BigDecimal largestRelativeError() {
    return largestRelativeError;
  }

  /// Largest error as it is.
  public BigDecimal largestAbsoluteError() {
    return largestAbsoluteError;
  }
}
