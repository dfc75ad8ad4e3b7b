package io.evenkeel.engine.account;

import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;

/// Owners of wallets and accounts. A party's accounts form a chain in the order of opening.
public final class Parties {
  private final IdIndex index;
  private final IntColumn siblingTopUp;
  private final IntColumn firstAccount;
  private final IntColumn lastAccount;

  /// Starts empty.
  public Parties(UndoLog undo) {
    index = new IdIndex(undo).bearingOn(Scope.NOTHING);
    siblingTopUp = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    firstAccount = new IntColumn(undo, -1).bearingOn(Scope.NOTHING);
    lastAccount = new IntColumn(undo, -1).bearingOn(Scope.NOTHING);
  }

  /// How many there are.
  public int size() {
    return index.size();
  }

  /// Index of a party, or [IdIndex#ABSENT].
  public int find(long partyId) {
    return index.find(partyId);
  }

  /// Identifier of the party at an index.
  public long idAt(int party) {
    return index.idAt(party);
  }

  /// Adds a party.
  public int add(long partyId) {
    int at = index.add(partyId);
    siblingTopUp.reserve(at + 1);
    firstAccount.reserve(at + 1);
    lastAccount.reserve(at + 1);
    return at;
  }

  /// Whether its accounts may help one another.
  public boolean allowsSiblings(int party) {
    return siblingTopUp.get(party) != 0;
  }

  /// States whether its accounts may help one another.
  public void setSiblings(int party, boolean allowed) {
    siblingTopUp.set(party, allowed ? 1 : 0);
  }

  /// First account of its chain, or -1; see [Accounts#nextOfParty(int)].
  public int firstAccount(int party) {
    return firstAccount.get(party);
  }

  int lastAccount(int party) {
    return lastAccount.get(party);
  }

  void setFirstAccount(int party, int account) {
    firstAccount.set(party, account);
  }

  void setLastAccount(int party, int account) {
    lastAccount.set(party, account);
  }
}
