package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.account.Auctions;
import io.evenkeel.engine.book.Book;

/// The auctions of accounts as bytes, in account order.
final class AuctionState {
  private AuctionState() {}

  static void write(Book book, StateOutput out) {
    Auctions auctions = book.auctions;
    for (int account = 0; account < book.accounts.size(); account++) {
      out.putInt(auctions.state(account));
      if (auctions.isLive(account)) {
        out.putInt(auctions.cashAsset(account));
        out.putLong(auctions.auctionId(account));
        out.putLong(auctions.startNs(account));
        out.putLong(auctions.endNs(account));
        out.putLong(auctions.reservedMinor(account));
        out.putLong(auctions.queuedE6(account));
      }
    }
    out.putLong(auctions.lastAuctionId());
  }

  static void read(Book book, StateInput in) {
    for (int account = 0; account < book.accounts.size(); account++) {
      int state = in.getCount(Auctions.INSOLVENT, "as the state of an auction");
      if (state != Auctions.NONE) {
        readAuction(book, account, state, in);
        book.undo.commit();
      }
    }
    book.auctions.restoreLastAuctionId(in.getLong());
  }

  private static void readAuction(Book book, int account, int state, StateInput in) {
    int asset = in.getCount(book.assets.size() - 1, "as the index of an asset");
    long id = in.getLong();
    long startNs = in.getLong();
    long endNs = in.getLong();
    long reservedMinor = in.getLong();
    long queuedE6 = in.getLong();
    if (startNs > book.nowNs.get() || endNs < startNs || (reservedMinor | queuedE6) < 0) {
      throw new UnreadableState("holds an auction that cannot be");
    }
    book.auctions.restore(account, state, asset, id, startNs, endNs, reservedMinor, queuedE6);
  }
}
