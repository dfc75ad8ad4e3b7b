package io.evenkeel.model.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// How a [Term] follows from its children.
public enum Operation {
  /// Given, not computed.
  INPUT,
  /// All children added up.
  SUM,
  /// The first child less all others.
  DIFFERENCE,
  /// All children multiplied.
  PRODUCT,
  /// The first child divided by the second.
  RATIO,
  /// The smallest child.
  MINIMUM,
  /// The largest child.
  MAXIMUM,
  /// The only child with its sign turned.
  NEGATION,
  /// A named function of the trade (an option's value, a bracket table); the name of the term says
  /// which, its children are the arguments.
  FUNCTION;

  /// Recomputes a term from its children; null for [#INPUT] and [#FUNCTION], which have no
  /// arithmetic of their own.
  public @Nullable BigDecimal apply(List<Term> children) {
    return switch (this) {
      case INPUT, FUNCTION -> null;
      case SUM -> fold(children, BigDecimal::add);
      case DIFFERENCE -> fold(children, BigDecimal::subtract);
      case PRODUCT -> fold(children, BigDecimal::multiply);
      case RATIO -> children.get(0).value().divide(children.get(1).value(), MathContext.DECIMAL128);
      case MINIMUM -> fold(children, BigDecimal::min);
      case MAXIMUM -> fold(children, BigDecimal::max);
      case NEGATION -> children.getFirst().value().negate();
    };
  }

  private static BigDecimal fold(List<Term> children, BinaryOperator<BigDecimal> operator) {
    return children.stream().map(Term::value).reduce(operator).orElse(BigDecimal.ZERO);
  }
}
