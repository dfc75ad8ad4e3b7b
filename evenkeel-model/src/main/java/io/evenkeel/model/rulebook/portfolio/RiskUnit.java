package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How all contracts of one underlying are margined together.
///
/// `loss = max(-worst + charges on deltas [+ scaled charges], minimum)`, where `worst` is the
/// smallest profit of all scenarios and the basis shock, at most 0; `maintenance =
/// maintenanceFactor
/// * loss + unscaled charges + fees`; `initial = (initialFactor + peg loss) * loss + unscaled
///   charges
/// + initial charges + confidence charges + provisions`.
///
/// @param valuedIn what profits are counted in
/// @param discounted whether options are discounted by the rate of their expiry
/// @param maintenanceFactor 0 or more
/// @param initialFactor 0 or more
/// @param scenarios 1 to 64
/// @param extended moves beyond the scenarios; null when there are none
/// @param volatility how far volatilities move
/// @param skew how smiles bend; needed by scenarios that bend them
/// @param discount what values of expiries are multiplied by in scenarios; null for nothing
/// @param basis null when basis is not shocked
/// @param charges what netting does not remove
/// @param confidence null when poor prices cost nothing
/// @param peg null when a lost peg adds nothing
/// @param delta null when deltas are not charged
/// @param gains null when gains of this unit never offset losses of others
/// @param provisions what is set aside besides
/// @param collateral collateral that belongs to the unit, by asset
public record RiskUnit(
    Valued valuedIn,
    boolean discounted,
    Decimal maintenanceFactor,
    Decimal initialFactor,
    List<Scenario> scenarios,
    @Nullable ExtendedTable extended,
    VolatilityShock volatility,
    @Nullable SkewShock skew,
    @Nullable StaticDiscount discount,
    @Nullable BasisShock basis,
    Charges charges,
    @Nullable ConfidenceCharge confidence,
    @Nullable PegLoss peg,
    @Nullable DeltaCharges delta,
    @Nullable GainOffset gains,
    Provisions provisions,
    Map<String, UnitCollateral> collateral) {
  private static final int MOST_SCENARIOS = 64;

  /// What profits are counted in.
  public enum Valued {
    /// The numeraire.
    NUMERAIRE,
    /// The underlying coin, in which inverse contracts pay.
    COIN
  }

  /// Refuses what does not fit together.
  public RiskUnit {
    scenarios = List.copyOf(scenarios);
    collateral = Collections.unmodifiableMap(new LinkedHashMap<>(collateral));
    Check.parameter(!maintenanceFactor.isNegative(), "maintenanceFactor", "must not be negative");
    Check.parameter(!initialFactor.isNegative(), "initialFactor", "must not be negative");
    Check.parameter(
        !scenarios.isEmpty() && scenarios.size() <= MOST_SCENARIOS, "scenarios", "must be 1 to 64");
    boolean bends = false;
    for (Scenario scenario : scenarios) {
      bends |= scenario.volatility().isSkew();
    }
    Check.parameter(!bends || skew != null, "skew", "is needed by scenarios linear and abs");
    Check.parameter(
        valuedIn == Valued.NUMERAIRE || collateral.isEmpty(),
        "collateral",
        "belongs to units valued in the numeraire only");
  }

  static RiskUnit read(ParameterReader reader) {
    return new RiskUnit(
        reader.choice("valuedIn", Valued.values()),
        reader.flag("discounted"),
        reader.decimal("maintenanceFactor"),
        reader.decimal("initialFactor"),
        reader.items("scenarios", Scenario::read),
        Trees.optional(reader, "extended", ExtendedTable::read),
        reader.fields("volatility", VolatilityShock::read),
        Trees.optional(reader, "skew", SkewShock::read),
        Trees.optional(reader, "discount", StaticDiscount::read),
        Trees.optional(reader, "basis", BasisShock::read),
        reader.fields("charges", Charges::read),
        Trees.optional(reader, "confidence", ConfidenceCharge::read),
        Trees.optional(reader, "peg", PegLoss::read),
        Trees.optional(reader, "delta", DeltaCharges::read),
        Trees.optional(reader, "gains", GainOffset::read),
        reader.fields("provisions", Provisions::read),
        reader.named("collateral", UnitCollateral::read));
  }

  ParameterNode.Fields toFields() {
    ParameterNode.Builder tree =
        ParameterNode.Fields.builder()
            .choice("valuedIn", valuedIn)
            .flag("discounted", discounted)
            .number("maintenanceFactor", maintenanceFactor)
            .number("initialFactor", initialFactor)
            .node("scenarios", Trees.items(scenarios, Scenario::toFields));
    add(tree, "extended", extended == null ? null : extended.toFields());
    tree.node("volatility", volatility.toFields());
    add(tree, "skew", skew == null ? null : skew.toFields());
    add(tree, "discount", discount == null ? null : discount.toFields());
    add(tree, "basis", basis == null ? null : basis.toFields());
    tree.node("charges", charges.toFields());
    add(tree, "confidence", confidence == null ? null : confidence.toFields());
    add(tree, "peg", peg == null ? null : peg.toFields());
    add(tree, "delta", delta == null ? null : delta.toFields());
    add(tree, "gains", gains == null ? null : gains.toFields());
    return tree.node("provisions", provisions.toFields())
        .node("collateral", Trees.named(collateral, UnitCollateral::toFields))
        .build();
  }

  private static void add(
      ParameterNode.Builder tree, String name, ParameterNode.@Nullable Fields fields) {
    if (fields != null) {
      tree.node(name, fields);
    }
  }
}
