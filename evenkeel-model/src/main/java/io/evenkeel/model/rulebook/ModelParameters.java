package io.evenkeel.model.rulebook;

import java.util.List;

/// Parameters of a margin model that is carried as a [ParameterNode] tree. Each model is one record
/// here, one class in the engine that computes by it, and an arm in [MarginModelTypes] and in the
/// engine's own switch.
public non-sealed interface ModelParameters extends RequirementModel {
  /// The word for it in `requirement.type`.
  String type();

  /// The parameters as a tree; what [MarginModelTypes#read] makes equal parameters of. Does not
  /// contain the type.
  ParameterNode.Fields toFields();

  /// What closing and projections need to know of an instrument besides its margin.
  MarketProfile market(String instrumentSymbol);

  /// Symbols of the assets the parameters name; each must be in the collateral schedule.
  default List<String> namedAssets() {
    return List.of();
  }

  /// Models that value balances by the collateral schedule take every rule but those about profits,
  /// which they count by their own.
  @Override
  default boolean takes(CollateralScaling.Rule rule) {
    return !(rule instanceof CollateralScaling.Rule.NetOfProfit)
        && !(rule instanceof CollateralScaling.Rule.ProfitWeights);
  }

  /// Whether a fill that does not leave an account backed at the initial level stands exactly when
  /// the account is no riskier than before; otherwise it stands when it makes the position smaller.
  default boolean takesNoRiskierFills() {
    return false;
  }
}
