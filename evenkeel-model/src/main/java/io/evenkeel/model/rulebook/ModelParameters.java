package io.evenkeel.model.rulebook;

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

  /// Whether a fill that does not leave an account backed at the initial level stands exactly when
  /// the account is no riskier than before; otherwise it stands when it makes the position smaller.
  default boolean takesNoRiskierFills() {
    return false;
  }
}
