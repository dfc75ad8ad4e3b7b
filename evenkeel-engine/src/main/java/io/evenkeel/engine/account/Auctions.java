package io.evenkeel.engine.account;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;

/// The one auction an account can be in (`docs/RULES.md`, section 7.A).
public final class Auctions {
  /// Not in an auction.
  public static final int NONE = 0;

  /// Bidders pay.
  public static final int SOLVENT = 1;

  /// Bidders are paid.
  public static final int INSOLVENT = 2;

  private final IntColumn state;
  private final IntColumn cashAsset;
  private final LongColumn auctionId;
  private final LongColumn start;
  private final LongColumn end;
  private final LongColumn reserved;
  private final LongColumn queued;
  private final LongColumn queuedOfAsset;
  private final LongCell lastAuctionId;

  /// Starts without auctions.
  public Auctions(UndoLog undo) {
    state = new IntColumn(undo, NONE).bearingOn(Scope.ACCOUNT);
    cashAsset = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    auctionId = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    start = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    end = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    reserved = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    queued = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    queuedOfAsset = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    lastAuctionId = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
  }

  /// Makes room.
  public void reserve(int accounts, int assets) {
    state.reserve(accounts);
    cashAsset.reserve(accounts);
    auctionId.reserve(accounts);
    start.reserve(accounts);
    end.reserve(accounts);
    reserved.reserve(accounts);
    queued.reserve(accounts);
    queuedOfAsset.reserve(assets);
  }

  /// [#NONE], [#SOLVENT] or [#INSOLVENT].
  public int state(int account) {
    return state.get(account);
  }

  /// Whether an account is being auctioned.
  public boolean isLive(int account) {
    return state.get(account) != NONE;
  }

  /// Number of the auction.
  public long auctionId(int account) {
    return auctionId.get(account);
  }

  /// Index of the asset in which is paid: the cash asset of the account's rulebook when it began.
  public int cashAsset(int account) {
    return cashAsset.get(account);
  }

  /// When it began.
  public long startNs(int account) {
    return start.get(account);
  }

  /// When the price of a solvent one has fallen to nothing.
  public long endNs(int account) {
    return end.get(account);
  }

  /// What bidders have paid so far and is not sold again, minor units of the cash asset.
  public long reservedMinor(int account) {
    return reserved.get(account);
  }

  /// What an account in an insolvent auction lacked of maintenance when that began, millionths of
  /// the numeraire; 0 in a solvent one.
  public long queuedE6(int account) {
    return queued.get(account);
  }

  /// The sum of [#queuedE6] over all auctions whose cash asset it is.
  public long queuedOfAssetE6(int asset) {
    return queuedOfAsset.get(asset);
  }

  /// Begins an auction and returns its number.
  ///
  /// @param asset index of the asset in which is paid
  public long begin(int account, int kind, int asset, long startNs, long endNs, long queuedE6) {
    long id = lastAuctionId.increment(1);
    restore(account, kind, asset, id, startNs, endNs, 0, queuedE6);
    return id;
  }

  /// A bidder has paid so much more.
  public void addReserved(int account, long amountMinor) {
    reserved.add(account, amountMinor);
  }

  /// Ends the auction of an account.
  public void end(int account) {
    queuedOfAsset.add(cashAsset.get(account), -queued.get(account));
    set(account, NONE, 0, 0, 0, 0, 0, 0);
  }

  /// Number of the last auction that began.
  public long lastAuctionId() {
    return lastAuctionId.get();
  }

  /// Puts the counter back as a snapshot kept it.
  public void restoreLastAuctionId(long id) {
    lastAuctionId.set(id);
  }

  /// Puts an auction back as a snapshot kept it.
  public void restore(
      int account,
      int kind,
      int asset,
      long id,
      long startNs,
      long endNs,
      long reservedMinor,
      long queuedE6) {
    set(account, kind, asset, id, startNs, endNs, reservedMinor, queuedE6);
    queuedOfAsset.add(asset, queuedE6);
  }

  private void set(
      int account,
      int kind,
      int asset,
      long id,
      long startNs,
      long endNs,
      long reservedMinor,
      long queuedE6) {
    state.set(account, kind);
    cashAsset.set(account, asset);
    auctionId.set(account, id);
    start.set(account, startNs);
    end.set(account, endNs);
    reserved.set(account, reservedMinor);
    queued.set(account, queuedE6);
  }
}
