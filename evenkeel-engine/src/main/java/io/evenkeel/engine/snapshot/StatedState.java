package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.market.StatedInputs;

/// Stated figures of an instrument as bytes.
final class StatedState {
  private StatedState() {}

  static void write(StatedInputs stated, int instrument, StateOutput out) {
    out.putLong(stated.openInterestUnits(instrument));
    out.putLong(stated.openInterestTimeNs(instrument));
  }

  static void read(StatedInputs stated, int instrument, StateInput in) {
    long openInterest = in.getLong();
    if (openInterest < 0) {
      throw new UnreadableState("states a negative open interest");
    }
    stated.restore(instrument, openInterest, in.getLong());
  }
}
