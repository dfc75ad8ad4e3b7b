package io.evenkeel.lab.tape;

import java.util.List;

/// Something that ticks: a recorded tape or a synthetic market. It can be walked any number of
/// times, always with the same ticks.
public interface TickSource {
  /// The symbols, in the order that ticks index them by.
  List<QuotedSymbol> symbols();

  /// Instant of the first tick, nanoseconds since 1970-01-01T00:00Z.
  long startTimeNs();

  /// A new walk from the first tick.
  TickStream ticks();
}
