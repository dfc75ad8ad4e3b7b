package io.evenkeel.engine.account;

import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Zone;

/// Margin accounts, one row each. Money is not here but in the ledger.
public final class Accounts {
  /// No release has happened yet.
  public static final long NEVER = Long.MIN_VALUE;

  /// Arrival number of an account without rows.
  public static final long NOT_ARRIVED = Long.MAX_VALUE;

  /// Stands for the batch in which an account left that has not left.
  public static final long HAS_ROWS = -1;

  private static final int CLOSED = 1;
  private static final int FROZEN = 2;
  private static final int ISOLATED = 4;
  private static final int BACKSTOP = 8;
  private static final int HEDGED = 16;
  private static final int CLOSING = 32;

  /// All state bits there are.
  public static final int ALL_FLAGS = CLOSED | FROZEN | ISOLATED | BACKSTOP | HEDGED | CLOSING;

  private final IdIndex index;
  private final Parties parties;
  private final IntColumn party;
  private final IntColumn nextOfParty;
  private final IntColumn rulebook;
  private final IntColumn flags;
  private final IntColumn isolatedInstrument;
  private final IntColumn leverage;
  private final IntColumn statedZone;
  private final LongColumn lastRelease;
  private final LongColumn arrival;
  private final LongCell arrivals;
  private final LongColumn leftIn;
  private final LongCell markBatches;
  private final LongCell backstop;

  /// Starts empty.
  public Accounts(UndoLog undo, Parties parties) {
    this.parties = parties;
    index = new IdIndex(undo).bearingOn(Scope.NOTHING);
    party = new IntColumn(undo, 0).bearingOn(Scope.ACCOUNT);
    nextOfParty = new IntColumn(undo, -1).bearingOn(Scope.NOTHING);
    rulebook = new IntColumn(undo, 0).bearingOn(Scope.ACCOUNT);
    flags = new IntColumn(undo, 0).bearingOn(Scope.ACCOUNT);
    isolatedInstrument = new IntColumn(undo, -1).bearingOn(Scope.ACCOUNT);
    leverage = new IntColumn(undo, 0).bearingOn(Scope.ACCOUNT);
    statedZone = new IntColumn(undo, Zone.EXCESS.ordinal()).bearingOn(Scope.ACCOUNT);
    lastRelease = new LongColumn(undo, NEVER).bearingOn(Scope.ACCOUNT);
    arrival = new LongColumn(undo, NOT_ARRIVED).bearingOn(Scope.NOTHING);
    arrivals = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    leftIn = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    markBatches = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    backstop = new LongCell(undo, -1).bearingOn(Scope.EVERYTHING);
  }

  /// How many were ever opened.
  public int size() {
    return index.size();
  }

  /// Index of an account, closed ones included, or [IdIndex#ABSENT].
  public int find(long accountId) {
    return index.find(accountId);
  }

  /// Index of an account that is not closed, or [IdIndex#ABSENT].
  public int findOpen(long accountId) {
    int account = index.find(accountId);
    return account == IdIndex.ABSENT || isClosed(account) ? IdIndex.ABSENT : account;
  }

  /// Identifier of the account at an index.
  public long idAt(int account) {
    return index.idAt(account);
  }

  /// Opens an account and appends it to its party's chain.
  public int add(
      long accountId,
      int partyIndex,
      int rulebookIndex,
      AccountMode mode,
      int isolatedInstrumentIndex,
      AccountRole role) {
    int at = index.add(accountId);
    reserve(at + 1);
    party.set(at, partyIndex);
    rulebook.set(at, rulebookIndex);
    isolatedInstrument.set(at, isolatedInstrumentIndex);
    int bits = mode == AccountMode.ISOLATED ? ISOLATED : 0;
    if (role == AccountRole.BACKSTOP) {
      bits |= BACKSTOP;
      backstop.set(at);
    }
    flags.set(at, bits);
    if (parties.firstAccount(partyIndex) < 0) {
      parties.setFirstAccount(partyIndex, at);
    } else {
      nextOfParty.set(parties.lastAccount(partyIndex), at);
    }
    parties.setLastAccount(partyIndex, at);
    return at;
  }

  private void reserve(int rows) {
    party.reserve(rows);
    nextOfParty.reserve(rows);
    rulebook.reserve(rows);
    flags.reserve(rows);
    isolatedInstrument.reserve(rows);
    leverage.reserve(rows);
    statedZone.reserve(rows);
    lastRelease.reserve(rows);
    arrival.reserve(rows);
    leftIn.reserve(rows);
  }

  /// Index of the backstop, or -1.
  public int backstop() {
    return backstop.getInt();
  }

  /// Index of the owner.
  public int party(int account) {
    return party.get(account);
  }

  /// Next account of the same party in order of opening, or -1.
  public int nextOfParty(int account) {
    return nextOfParty.get(account);
  }

  /// Index of the rulebook that governs it.
  public int rulebook(int account) {
    return rulebook.get(account);
  }

  /// Puts it under a rulebook, and makes it cross (instrument -1) or isolated in one instrument.
  public void setMode(
      int account, int rulebookIndex, AccountMode mode, int isolatedInstrumentIndex) {
    rulebook.set(account, rulebookIndex);
    isolatedInstrument.set(account, isolatedInstrumentIndex);
    int bits = flags.get(account) & ~ISOLATED;
    flags.set(account, mode == AccountMode.ISOLATED ? bits | ISOLATED : bits);
  }

  /// Whether it was closed.
  public boolean isClosed(int account) {
    return (flags.get(account) & CLOSED) != 0;
  }

  /// Closes it.
  public void close(int account) {
    flags.set(account, flags.get(account) | CLOSED);
  }

  /// Whether it is frozen after an internal fault.
  public boolean isFrozen(int account) {
    return (flags.get(account) & FROZEN) != 0;
  }

  /// Freezes it.
  public void freeze(int account) {
    flags.set(account, flags.get(account) | FROZEN);
  }

  /// Whether the cycle may act on it: neither closed nor frozen.
  public boolean isActive(int account) {
    return (flags.get(account) & (CLOSED | FROZEN)) == 0;
  }

  /// Whether it backs positions in one instrument only.
  public boolean isIsolated(int account) {
    return (flags.get(account) & ISOLATED) != 0;
  }

  /// Whether it is the backstop.
  public boolean isBackstop(int account) {
    return (flags.get(account) & BACKSTOP) != 0;
  }

  /// Whether it is in hedge mode: its rows are long or short ones, at most two an instrument.
  public boolean isHedged(int account) {
    return (flags.get(account) & HEDGED) != 0;
  }

  /// Puts it in hedge mode, or in one-way mode; only while it has no row.
  public void setHedged(int account, boolean hedged) {
    int bits = flags.get(account) & ~HEDGED;
    flags.set(account, hedged ? bits | HEDGED : bits);
  }

  /// Whether a liquidation of it has begun that ends only when it is back above more than the level
  /// that began it.
  public boolean isClosing(int account) {
    return (flags.get(account) & CLOSING) != 0;
  }

  /// Notes that such a liquidation goes on, or that it ended.
  public void setClosing(int account, boolean closing) {
    int before = flags.get(account);
    int bits = closing ? before | CLOSING : before & ~CLOSING;
    if (bits != before) {
      flags.set(account, bits);
    }
  }

  /// Index of its one instrument if isolated, else -1.
  public int isolatedInstrument(int account) {
    return isolatedInstrument.get(account);
  }

  /// Chosen leverage in hundredths, 0 = none.
  public int leverageE2(int account) {
    return leverage.get(account);
  }

  /// Chooses a leverage.
  public void setLeverageE2(int account, int leverageE2) {
    leverage.set(account, leverageE2);
  }

  /// The zone as last stated in an event.
  public Zone statedZone(int account) {
    return Zone.at(statedZone.get(account));
  }

  /// States a zone.
  public void stateZone(int account, Zone zone) {
    statedZone.set(account, zone.ordinal());
  }

  /// When excess was last given back by the cycle, or [#NEVER].
  public long lastReleaseNs(int account) {
    return lastRelease.get(account);
  }

  /// Notes a release.
  public void noteRelease(int account, long nowNs) {
    lastRelease.set(account, nowNs);
  }

  /// Order in which accounts last went from no rows to some; [#NOT_ARRIVED] without rows.
  public long arrival(int account) {
    return leftIn.get(account) == HAS_ROWS ? arrival.get(account) : NOT_ARRIVED;
  }

  /// Gives an account the next place; who left since the last batch of marks takes the old one
  /// again, so that replacing all orders loses no place.
  void arrive(int account) {
    if (leftIn.get(account) != markBatches.get() || arrival.get(account) == NOT_ARRIVED) {
      arrival.set(account, arrivals.increment(1));
    }
    leftIn.set(account, HAS_ROWS);
  }

  void leave(int account) {
    leftIn.set(account, markBatches.get());
  }

  /// Notes that a batch of marks is done: who is without rows now has lost the place.
  public void endMarkBatch() {
    markBatches.increment(1);
  }

  /// How many batches of marks there were.
  public long markBatches() {
    return markBatches.get();
  }

  /// The place an account has or had, whether it has rows or not.
  public long lastArrival(int account) {
    return arrival.get(account);
  }

  /// The batch of marks before which an account lost its last row; [#HAS_ROWS] while it has some.
  public long leftIn(int account) {
    return leftIn.get(account);
  }

  /// How many arrivals there were.
  public long arrivals() {
    return arrivals.get();
  }

  /// The mode that state bits tell of.
  public static AccountMode modeOf(int flagBits) {
    return (flagBits & ISOLATED) != 0 ? AccountMode.ISOLATED : AccountMode.CROSS;
  }

  /// Whether state bits tell of hedge mode.
  public static boolean isHedgedBy(int flagBits) {
    return (flagBits & HEDGED) != 0;
  }

  /// The role that state bits tell of.
  public static AccountRole roleOf(int flagBits) {
    return (flagBits & BACKSTOP) != 0 ? AccountRole.BACKSTOP : AccountRole.TRADER;
  }

  /// State bits as a snapshot keeps them.
  public int flags(int account) {
    return flags.get(account);
  }

  /// Puts an account back as a snapshot kept it.
  public void restore(
      int account, int flagBits, Zone zone, long releaseNs, long arrivalNumber, long leftInBatch) {
    flags.set(account, flagBits);
    statedZone.set(account, zone.ordinal());
    lastRelease.set(account, releaseNs);
    arrival.set(account, arrivalNumber);
    leftIn.set(account, leftInBatch);
  }

  /// Puts the counters of arrivals and of batches of marks back as a snapshot kept them.
  public void restoreArrivals(long count, long batches) {
    arrivals.set(count);
    markBatches.set(batches);
  }
}
