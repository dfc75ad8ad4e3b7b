package io.evenkeel.model.number;

/// Checks that stay on in production. `invariant` guards what no input may break; `parameter`
/// guards what a person wrote.
public final class Check {
  private Check() {}

  /// @throws InvariantViolation when `holds` is false
  public static void invariant(boolean holds, String rule) {
    if (!holds) {
      throw new InvariantViolation(rule);
    }
  }

  /// @param parameter the name as the author of a rulebook or reference data knows it, e.g.
  ///   `levels.search`
  /// @param remedy what would be accepted
  /// @throws InvalidParameter when `holds` is false
  public static void parameter(boolean holds, String parameter, String remedy) {
    if (!holds) {
      throw new InvalidParameter(parameter, remedy);
    }
  }
}
