package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.util.function.IntFunction;

/// Amounts of assets in whole units of the numeraire: `amount * price` as exact decimals, with the
/// engine's price of the asset between the command that caused the amount and the next one. Nothing
/// is weighed, capped or rounded. (What falls due between two ticks is run by a command of its own
/// before the new marks, so it is told at the old prices.)
public final class Numeraire {
  private final IntFunction<Asset> assets;
  private final IntFunction<LinearContract> contracts;
  private final EngineView view;

  /// Amounts of a listing's assets at an engine's prices.
  public Numeraire(Listing listing, EngineView view) {
    this(listing::asset, listing::contract, view);
  }

  /// Amounts of assets at an engine's prices.
  ///
  /// @param assets by identifier, those that are defined
  /// @param contracts by identifier, those that are defined
  public Numeraire(
      IntFunction<Asset> assets, IntFunction<LinearContract> contracts, EngineView view) {
    this.assets = assets;
    this.contracts = contracts;
    this.view = view;
  }

  /// Value of an amount now.
  ///
  /// @param amountMinor minor units, signed
  public BigDecimal value(int assetId, long amountMinor) {
    Asset asset = assets.apply(assetId);
    return BigDecimal.valueOf(amountMinor, asset.scale())
        .multiply(BigDecimal.valueOf(view.priceUnits(assetId), asset.priceScale()));
  }

  /// Value of an amount of a contract's settlement asset now.
  public BigDecimal settlementValue(int instrumentId, long amountMinor) {
    return value(contracts.apply(instrumentId).settlementAssetId(), amountMinor);
  }

  /// A value that is stated in millionths.
  public static BigDecimal ofE6(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
