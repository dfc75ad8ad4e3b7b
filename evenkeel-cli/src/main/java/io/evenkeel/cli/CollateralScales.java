package io.evenkeel.cli;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.rulebook.AssetScales;
import java.util.List;

/// Which assets a rulebook may name as collateral: the usual four, and every coin that the prices
/// quote in the settlement asset.
final class CollateralScales {
  /// Decimal places of every quoted coin, as in [Listing].
  private static final int COIN_SCALE = 8;

  private CollateralScales() {}

  /// The scales for a source of prices.
  static AssetScales of(List<QuotedSymbol> symbols) {
    AssetScales scales = AssetScales.STANDARD;
    for (QuotedSymbol quoted : symbols) {
      String symbol = quoted.symbol();
      if (symbol.endsWith(Listing.SETTLEMENT_ASSET)) {
        String coin = symbol.substring(0, symbol.length() - Listing.SETTLEMENT_ASSET.length());
        if (!coin.isEmpty() && scales.scaleOf(coin).isEmpty()) {
          scales = scales.with(coin, COIN_SCALE);
        }
      }
    }
    return scales;
  }
}
