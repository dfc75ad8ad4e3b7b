package io.evenkeel.client;

/// Nothing answers at the address, or the connection broke before the answer came. What was sent
/// may have been carried out or not: repeat it under the same session and number.
public final class GatewayUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message one line: the address, what happened and what to do
  public GatewayUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
