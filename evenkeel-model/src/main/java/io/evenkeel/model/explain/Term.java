package io.evenkeel.model.explain;

import java.math.BigDecimal;
import java.util.List;

/// One figure and what it was computed from. The tree of an account's margin says, down to inputs,
/// how each number came about; `value` equals `operation` applied to the children's values, within
/// the rounding the operation names.
///
/// @param name what the figure is, in the words of the trade, e.g. `maintenance margin`
/// @param operation how it follows from the children
/// @param value in `unit`
/// @param unit e.g. `USD`, `BTC`, `1` for plain numbers, `contracts`
/// @param children what it was computed from, in the order the operation takes them
public record Term(
    String name, Operation operation, BigDecimal value, String unit, List<Term> children) {
  /// Copies the list. A value is kept with its decimal places, but without an exponent above zero:
  /// it is written and read back as plain digits.
  public Term {
    value = value.scale() < 0 ? value.setScale(0) : value;
    children = List.copyOf(children);
  }

  /// A figure that was given: a balance, a price, a parameter.
  public static Term input(String name, BigDecimal value, String unit) {
    return new Term(name, Operation.INPUT, value, unit, List.of());
  }

  /// The first descendant on a path of names, e.g. `find("maintenance margin", "BTC-PERP")`.
  ///
  /// @throws IllegalArgumentException naming the step that leads nowhere
  public Term find(String... path) {
    Term at = this;
    for (String step : path) {
      Term next = null;
      for (Term child : at.children) {
        if (child.name.equals(step)) {
          next = child;
          break;
        }
      }
      if (next == null) {
        throw new IllegalArgumentException("'" + at.name + "' has no term '" + step + "'");
      }
      at = next;
    }
    return at;
  }
}
