package io.evenkeel.gateway;

/// A gateway cannot start; the message names the address and the remedy.
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message the place and the remedy
  public GatewayException(String message, Throwable cause) {
    super(message, cause);
  }
}
