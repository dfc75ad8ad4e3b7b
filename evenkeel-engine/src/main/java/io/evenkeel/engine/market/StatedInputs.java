package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.rulebook.SlowInputs;

/// Figures of instruments that requirements depend on and that move in announced steps only
/// (`docs/RULES.md`, section 4.2).
public final class StatedInputs {
  /// The time of a statement that was never made.
  public static final long NEVER = Long.MIN_VALUE;

  private final LongColumn openInterest;
  private final LongColumn openInterestTime;

  StatedInputs(UndoLog undo) {
    openInterest = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    openInterestTime = new LongColumn(undo, NEVER).bearingOn(Scope.NOTHING);
  }

  void reserve(int instruments) {
    openInterest.reserve(instruments);
    openInterestTime.reserve(instruments);
  }

  /// Open interest as last stated, quantity units; 0 when it never was.
  public long openInterestUnits(int instrument) {
    return openInterest.get(instrument);
  }

  /// When that was; [#NEVER] when it never was.
  public long openInterestTimeNs(int instrument) {
    return openInterestTime.get(instrument);
  }

  /// States the open interest anew where it is time and the change is large enough.
  ///
  /// @param units open interest of now, 0 or more
  /// @return whether it was stated
  public boolean stateOpenInterest(int instrument, long units, long nowNs, SlowInputs rules) {
    long before = openInterest.get(instrument);
    if (units == before
        || !isDue(openInterestTime.get(instrument), nowNs, rules)
        || Fixed.compareProducts(
                Math.abs(units - before), rules.step().divisor(), rules.step().units(), before)
            < 0) {
      return false;
    }
    openInterest.set(instrument, units);
    openInterestTime.set(instrument, nowNs);
    return true;
  }

  private static boolean isDue(long lastNs, long nowNs, SlowInputs rules) {
    return lastNs == NEVER || nowNs - lastNs >= rules.periodNs();
  }

  /// Puts back what a snapshot kept of an instrument.
  public void restore(int instrument, long openInterestUnits, long openInterestTimeNs) {
    openInterest.set(instrument, openInterestUnits);
    openInterestTime.set(instrument, openInterestTimeNs);
  }
}
