package io.evenkeel.rulebook;

import io.evenkeel.model.reference.Asset;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// How many decimal places the minor unit of each asset has. A rulebook states caps in whole units,
/// because that is what a person means; the model counts minor units. The scale belongs to the
/// asset, not to a rulebook, so it is given from outside: an asset that is not named here cannot be
/// weighed by a file.
///
/// @param scales decimal places by symbol, 0 to 18
public record AssetScales(Map<String, Integer> scales) {
  /// USDT, USDC and DAI with 6 places, BTC, ETH, WBTC and wstETH with 8, SOL with 9.
  public static final AssetScales STANDARD =
      new AssetScales(
          Map.of("USDT", 6, "USDC", 6, "DAI", 6, "BTC", 8, "ETH", 8, "WBTC", 8, "wstETH", 8, "SOL", 9));

  /// Copies the map.
  ///
  /// @throws IllegalArgumentException when a scale is not 0 to 18
  public AssetScales {
    scales = Collections.unmodifiableMap(new TreeMap<>(scales));
    scales.forEach((symbol, scale) -> {
      if (scale < 0 || scale > 18) {
        throw new IllegalArgumentException(
            "the scale of " + symbol + " must be 0 to 18, not " + scale);
      }
    });
  }

  /// The scales of assets that are already defined.
  public static AssetScales of(Collection<Asset> assets) {
    TreeMap<String, Integer> scales = new TreeMap<>();
    for (Asset asset : assets) {
      scales.put(asset.symbol(), asset.scale());
    }
    return new AssetScales(scales);
  }

  /// The same with one asset added or replaced.
  ///
  /// @param scale decimal places, 0 to 18
  public AssetScales with(String symbol, int scale) {
    TreeMap<String, Integer> changed = new TreeMap<>(scales);
    changed.put(symbol, scale);
    return new AssetScales(changed);
  }

  /// The decimal places of an asset; empty when it is not known.
  public OptionalInt scaleOf(String symbol) {
    Integer scale = scales.get(symbol);
    return scale == null ? OptionalInt.empty() : OptionalInt.of(scale);
  }
}
