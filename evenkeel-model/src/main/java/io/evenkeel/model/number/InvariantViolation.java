package io.evenkeel.model.number;

/// A rule that must hold for every reachable state was found broken. It is never a caller's fault:
/// bad requests are refused by name before anything is written. The engine undoes the command that
/// met it; nobody else may catch it.
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message which rule broke, and with what numbers
  public InvariantViolation(String message) {
    super(message);
  }
}
