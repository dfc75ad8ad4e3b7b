package io.evenkeel.node;

/// A node cannot start or go on; the message names the folder or file and the remedy.
public final class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message the place and the remedy
  public NodeException(String message) {
    super(message);
  }

  /// @param message the place and the remedy
  public NodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
