package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.market.RealisedVolatility;
import io.evenkeel.engine.market.StatedInputs;

/// Stated figures of an instrument as bytes, and what they were measured from.
final class StatedState {
  private StatedState() {}

  static void write(Instruments instruments, int instrument, StateOutput out) {
    StatedInputs stated = instruments.stated();
    out.putLong(stated.openInterestUnits(instrument));
    out.putLong(stated.openInterestTimeNs(instrument));
    RealisedVolatility volatility = instruments.volatility();
    out.putLong(volatility.sampledMark(instrument));
    out.putLong(volatility.sampledTimeNs(instrument));
    out.putLong(volatility.varianceE18(instrument));
    out.putLong(volatility.statedE9(instrument));
    out.putLong(volatility.statedTimeNs(instrument));
  }

  static void read(Instruments instruments, int instrument, StateInput in) {
    long openInterest = in.getLong();
    instruments.stated().restore(instrument, openInterest, in.getLong());
    long mark = in.getLong();
    long markTime = in.getLong();
    long variance = in.getLong();
    long move = in.getLong();
    if (openInterest < 0 || mark < 0 || variance < 0 || move < 0) {
      throw new UnreadableState("states a negative open interest or volatility");
    }
    instruments.volatility().restore(instrument, mark, markTime, variance, move, in.getLong());
  }
}
