package io.evenkeel.engine.account;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;

/// The one margin call an account can have: none, open, or expired and still unmet.
public final class MarginCalls {
  /// No call.
  public static final int NONE = 0;

  /// Waiting to be met.
  public static final int OPEN = 1;

  /// Its deadline passed; it ends when the account is back at initial.
  public static final int EXPIRED = 2;

  private final IntColumn state;
  private final LongColumn callId;
  private final LongColumn amount;
  private final LongColumn deadline;
  private final LongCell lastCallId;

  /// Starts without calls.
  public MarginCalls(UndoLog undo) {
    state = new IntColumn(undo, NONE).bearingOn(Scope.ACCOUNT);
    callId = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    amount = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    deadline = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    lastCallId = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
  }

  /// Makes room.
  public void reserve(int accounts) {
    state.reserve(accounts);
    callId.reserve(accounts);
    amount.reserve(accounts);
    deadline.reserve(accounts);
  }

  /// [#NONE], [#OPEN] or [#EXPIRED].
  public int state(int account) {
    return state.get(account);
  }

  /// Whether there is a call, open or expired.
  public boolean exists(int account) {
    return state.get(account) != NONE;
  }

  /// Number of the call.
  public long callId(int account) {
    return callId.get(account);
  }

  /// Amount last stated, millionths of the numeraire.
  public long amountE6(int account) {
    return amount.get(account);
  }

  /// Deadline.
  public long deadlineNs(int account) {
    return deadline.get(account);
  }

  /// Issues a call and returns its number.
  public long issue(int account, long amountE6, long deadlineNs) {
    long id = lastCallId.increment(1);
    restore(account, OPEN, id, amountE6, deadlineNs);
    return id;
  }

  /// Restates the amount.
  public void update(int account, long amountE6) {
    amount.set(account, amountE6);
  }

  /// Lets it expire.
  public void expire(int account) {
    state.set(account, EXPIRED);
  }

  /// Ends it.
  public void end(int account) {
    restore(account, NONE, 0, 0, 0);
  }

  /// Number of the last call issued.
  public long lastCallId() {
    return lastCallId.get();
  }

  /// Puts the counter back as a snapshot kept it.
  public void restoreLastCallId(long id) {
    lastCallId.set(id);
  }

  /// Puts a call back as a snapshot kept it.
  public void restore(int account, int callState, long id, long amountE6, long deadlineNs) {
    state.set(account, callState);
    callId.set(account, id);
    amount.set(account, amountE6);
    deadline.set(account, deadlineNs);
  }
}
