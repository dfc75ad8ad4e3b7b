package io.evenkeel.wire.journal;

/// The journal cannot be written or read; the message names the file, the byte and the remedy.
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message the file, the byte and the remedy
  public JournalException(String message) {
    super(message);
  }

  /// @param message the file, the byte and the remedy
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
