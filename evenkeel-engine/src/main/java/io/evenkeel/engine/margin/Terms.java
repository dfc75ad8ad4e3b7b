package io.evenkeel.engine.margin;

import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import java.math.BigDecimal;
import java.util.List;

/// Terms of explanations, short to write down.
public final class Terms {
  /// The unit of account values.
  public static final String NUMERAIRE = "USD";

  private Terms() {}

  /// A value in millionths of the numeraire.
  public static BigDecimal e6(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }

  /// A given figure.
  public static Term input(String name, long units, int scale, String unit) {
    return Term.input(name, BigDecimal.valueOf(units, scale), unit);
  }

  /// A value that follows from others by an operation.
  public static Term of(String name, Operation operation, long valueE6, Term... children) {
    return new Term(name, operation, e6(valueE6), NUMERAIRE, List.of(children));
  }

  /// The sum of values, exactly.
  public static Term sum(String name, List<Term> parts) {
    BigDecimal value = BigDecimal.ZERO;
    for (Term part : parts) {
      value = value.add(part.value());
    }
    return new Term(name, Operation.SUM, value, NUMERAIRE, parts);
  }

  /// The whole of an explanation; its value says nothing, its children do.
  public static Term whole(List<Term> children) {
    return new Term("margin", Operation.FUNCTION, BigDecimal.ZERO, NUMERAIRE, children);
  }
}
