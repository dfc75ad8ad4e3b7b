package io.evenkeel.lab.tape;

/// One walk through a source of ticks, from its first to its last.
public interface TickStream {
  /// Fills `into` with the next tick, later than the one before.
  ///
  /// @return false at the end; `into` is then left as it was
  boolean next(Tick into);
}
