package io.evenkeel.reader;

/// Too many questions wait for the reader; come again later.
public final class ReaderBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message how many wait
  public ReaderBusy(String message) {
    super(message);
  }
}
