package io.evenkeel.wire;

/// Bytes that are not a message of this schema, with what is wrong and where. Nothing of such a
/// message is used.
public final class UndecodableMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong, naming the message and the field or byte
  public UndecodableMessage(String message) {
    super(message);
  }
}
