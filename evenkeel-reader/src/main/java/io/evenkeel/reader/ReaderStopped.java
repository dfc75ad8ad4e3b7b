package io.evenkeel.reader;

/// The reader was closed, or stopped after a fault, and answers nothing any more.
public final class ReaderStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message why it stopped
  public ReaderStopped(String message) {
    super(message);
  }
}
