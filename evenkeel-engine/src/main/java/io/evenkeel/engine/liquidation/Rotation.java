package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;

/// A place to start from that is as good as random to who does not know the time of the log, and
/// the same again from it (reference: the pseudo-random starts of dYdX v4).
final class Rotation {
  private Rotation() {}

  /// A place of `count`, mixed from engine time and an account's identifier.
  static int start(Book book, int account, int count) {
    long mixed = book.nowNs.get() + book.accounts.idAt(account) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), count);
  }
}
