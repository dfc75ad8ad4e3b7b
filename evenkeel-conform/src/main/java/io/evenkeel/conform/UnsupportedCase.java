package io.evenkeel.conform;

/// A case that cannot be represented. It counts as a failure unless the list of what is not run
/// names it with a reason.
public final class UnsupportedCase extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param reason what cannot be represented, in words
  public UnsupportedCase(String reason) {
    super(reason);
  }
}
