package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.reference.ContractTerms;

/// Which assets stay where they are when prices move together.
final class Cash {
  private Cash() {}

  /// Whether an asset is money rather than something whose price moves: no contract is written on
  /// it, and it is the cash asset of a rulebook, or contracts that are not inverse settle in it.
  static boolean is(Book book, int asset) {
    int assetId = book.assets.idAt(asset);
    boolean money = false;
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      ContractTerms terms = book.instruments.at(instrument).terms();
      if (terms.underlyingAssetId() == assetId) {
        return false;
      }
      money |= book.instruments.settlementAsset(instrument) == asset && !terms.inverse();
    }
    for (int rulebook = 0; rulebook < book.rulebooks.size(); rulebook++) {
      money |= book.rulebooks.at(rulebook).cashAsset() == asset;
    }
    return money;
  }
}
