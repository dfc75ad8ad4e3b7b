package io.evenkeel.conform;

/// A conformance file or path that cannot be used; the message names it and the remedy.
public final class ConformanceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message names the place and the remedy
  public ConformanceException(String message) {
    super(message);
  }
}
