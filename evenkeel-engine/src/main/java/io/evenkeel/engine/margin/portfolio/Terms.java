package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/// Makes terms of doubles: leaves are the shortest decimals of their doubles, parents are computed
/// from their children exactly.
final class Terms {
  static final String NUMERAIRE = "USD";
  static final String PLAIN = "1";

  private Terms() {}

  static Term input(String name, double value, String unit) {
    return Term.input(name, BigDecimal.valueOf(value), unit);
  }

  static Term input(String name, Decimal value, String unit) {
    return Term.input(name, BigDecimal.valueOf(value.units(), value.scale()), unit);
  }

  static Term function(String name, double value, String unit, Term... arguments) {
    return new Term(name, Operation.FUNCTION, BigDecimal.valueOf(value), unit, List.of(arguments));
  }

  static Term millionths(String name, long valueE6, List<Term> arguments) {
    return new Term(name, Operation.FUNCTION, BigDecimal.valueOf(valueE6, 6), NUMERAIRE, arguments);
  }

  static Term sum(String name, String unit, List<Term> children) {
    return of(name, Operation.SUM, unit, children);
  }

  static Term product(String name, String unit, Term... children) {
    return of(name, Operation.PRODUCT, unit, List.of(children));
  }

  static Term negation(String name, String unit, Term child) {
    return of(name, Operation.NEGATION, unit, List.of(child));
  }

  static Term of(String name, Operation operation, String unit, List<Term> children) {
    BigDecimal value = Objects.requireNonNull(operation.apply(children), name);
    return new Term(name, operation, value, unit, children);
  }
}
