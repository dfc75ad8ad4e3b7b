package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;

/// What a party's money is made of: shares by asset. Amounts are grossed up, so that their value at
/// initial weights is what was asked for.
final class CollateralMix {
  /// Nothing but the settlement asset.
  static final int CASH = -1;

  /// How many mixes there are besides: one per common habit, so each is equally frequent.
  static final int MIX_COUNT = 5;

  private static final List<List<Part>> MIXES =
      List.of(
          List.of(new Part("BTC", 1)),
          List.of(new Part("ETH", 1)),
          List.of(new Part("USDC", 1)),
          List.of(new Part("BTC", 0.6), new Part("ETH", 0.4)),
          List.of(new Part("USDT", 0.1), new Part("BTC", 0.5), new Part("USDC", 0.4)));

  private final List<CollateralTerms> terms = new ArrayList<>();
  private final List<Asset> assets = new ArrayList<>();

  /// @throws IllegalArgumentException when the rulebook does not accept the settlement asset
  CollateralMix(Listing listing, Rulebook rulebook) {
    for (CollateralTerms each : rulebook.collateral()) {
      if (each.initialWeight().units() > 0 && listing.assetId(each.asset()) >= 0) {
        terms.add(each);
        assets.add(listing.asset(listing.assetId(each.asset())));
      }
    }
    if (find(Listing.SETTLEMENT_ASSET) < 0) {
      throw new IllegalArgumentException(
          "a population trades contracts settled in USDT; let the rulebook accept USDT as collateral");
    }
  }

  /// @param share of the value; the last part of a mix is what the others left
  private record Part(String asset, double share) {}

  /// Adds amounts worth `valueE6` at initial weights. What the rulebook does not accept, or not
  /// that much of, is USDT.
  ///
  /// @param mix index of a mix, or [#CASH]
  /// @param amountMinor minor units by asset id
  void add(int mix, long valueE6, long[] amountMinor) {
    long left = valueE6;
    if (mix != CASH) {
      List<Part> parts = MIXES.get(mix);
      for (int i = 0; i < parts.size(); i++) {
        int found = find(parts.get(i).asset);
        boolean isLast = i + 1 == parts.size();
        long wanted = isLast ? left : (long) (valueE6 * parts.get(i).share);
        left -= found < 0 ? 0 : addOne(found, wanted, amountMinor);
      }
    }
    if (left > 0) {
      addOne(find(Listing.SETTLEMENT_ASSET), left, amountMinor);
    }
  }

  /// Returns how much of the value could be given.
  private long addOne(int index, long valueE6, long[] amountMinor) {
    Asset asset = assets.get(index);
    CollateralTerms each = terms.get(index);
    boolean isCash = asset.symbol().equals(Listing.SETTLEMENT_ASSET);
    long gross = each.initialWeight().divide(valueE6, Rounding.CEILING);
    long amount =
        Fixed.mulDiv(gross, asset.valueDivisor(), asset.initialPriceUnits(), Rounding.CEILING);
    if (amount + amountMinor[asset.assetId()] > each.capMinor() && !isCash) {
      return 0;
    }
    amountMinor[asset.assetId()] += amount;
    return valueE6;
  }

  private int find(String symbol) {
    for (int i = 0; i < assets.size(); i++) {
      if (assets.get(i).symbol().equals(symbol)) {
        return i;
      }
    }
    return -1;
  }
}
