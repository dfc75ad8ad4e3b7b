package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Scenario portfolio margin: what an account could lose in the worst of given scenarios, one risk
/// unit per underlying. Requirements of units add up; only where units state what their gains
/// offset does one unit's gain lower another's loss.
///
/// @param units by symbol of the underlying asset
/// @param market what closing and projections need to know of every instrument
public record ScenarioPortfolio(Map<String, RiskUnit> units, MarketProfile market)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "scenarioPortfolio";

  /// Refuses collateral that would count in two units, and units whose gains cannot be compared.
  public ScenarioPortfolio {
    units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    Check.parameter(!units.isEmpty(), "requirement.units", "must have at least one unit");
    Set<String> seen = new HashSet<>();
    int rows = -1;
    boolean offsetting = true;
    for (Map.Entry<String, RiskUnit> entry : units.entrySet()) {
      RiskUnit unit = entry.getValue();
      for (String asset : unit.collateral().keySet()) {
        Check.parameter(
            seen.add(asset),
            "requirement.units." + entry.getKey() + ".collateral." + asset,
            "is already in another unit");
      }
      int own = unit.scenarios().size();
      own += unit.extended() == null ? 0 : unit.extended().moves().size();
      offsetting &= unit.gains() != null && (rows < 0 || rows == own);
      rows = own;
    }
    for (Map.Entry<String, RiskUnit> entry : units.entrySet()) {
      Check.parameter(
          offsetting || entry.getValue().gains() == null,
          "requirement.units." + entry.getKey() + ".gains",
          "must be stated by all units or none, and all must then have as many scenarios");
    }
  }

  /// Reads `{units, market}`.
  public static ScenarioPortfolio read(ParameterReader reader) {
    return new ScenarioPortfolio(
        reader.named("units", RiskUnit::read), reader.fields("market", MarketProfile::read));
  }

  @Override
  public boolean marginsOptions() {
    return true;
  }

  @Override
  public boolean marginsInverseFutures() {
    return true;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .node("units", Trees.named(units, RiskUnit::toFields))
        .node("market", market.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return market;
  }
}
