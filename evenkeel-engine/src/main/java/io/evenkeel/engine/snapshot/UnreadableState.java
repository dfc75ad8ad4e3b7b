package io.evenkeel.engine.snapshot;

/// Bytes that are not a snapshot this version can read: damaged, cut short, of another version, or
/// for other limits.
public final class UnreadableState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param what is wrong, continuing "the snapshot ..."
  public UnreadableState(String what) {
    super("the snapshot " + what);
  }
}
