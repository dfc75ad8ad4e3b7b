package io.evenkeel.conform.vega;

import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.Market;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The shipped rulebook with a case's own parameters in place of its examples.
final class VegaRulebook {
  private static final int DECIMAL_PLACES = 18;

  private VegaRulebook() {}

  /// @param asset symbol of the settlement asset
  /// @param priceCap of a market that is collateralised in full, in the contract's own price;
  ///   otherwise not used
  static Rulebook of(int version, String asset, JsonNode params, Decimal priceCap) {
    Rulebook shipped = ShippedRulebooks.load("vega-futures");
    Decimal initial = Decimal.parse(params.path("initial").asString());
    boolean full = params.path("fully_collateralised").asBoolean(false);
    Market market = full ? new FullyCollateralised(priceCap) : riskFactors(params);
    return new Rulebook(
        shipped.name(),
        version,
        asset,
        List.of(QuietRulebook.fullValue(asset)),
        new FactorRates(
            Map.of(),
            market,
            ((FactorRates) shipped.requirement()).unsettledProfit(),
            initial,
            QuietRulebook.MARKET),
        full
            ? new LevelPolicy.FullyCollateralised()
            : new LevelPolicy.ScaledMaintenance(
                Decimal.parse(params.path("search").asString()),
                initial,
                Decimal.parse(params.path("release").asString())),
        shipped.isolatedLevels(),
        shipped.triggers(),
        shipped.topUp(),
        shipped.release(),
        shipped.call(),
        shipped.lossSources(),
        shipped.liquidation(),
        shipped.venue());
  }

  private static RiskFactors riskFactors(JsonNode params) {
    BigDecimal riskLong = new BigDecimal(params.path("rf_long").asString());
    BigDecimal riskShort = new BigDecimal(params.path("rf_short").asString());
    int places = Math.max(0, Math.max(riskLong.scale(), riskShort.scale()) - DECIMAL_PLACES);
    return new RiskFactors(
        decimal(riskLong.movePointRight(places)),
        decimal(riskShort.movePointRight(places)),
        Decimal.parse(params.path("slippage").asString()),
        Decimal.parse(params.path("quad").asString()),
        places);
  }

  private static Decimal decimal(BigDecimal value) {
    return Decimal.parse(value.stripTrailingZeros().toPlainString());
  }
}
