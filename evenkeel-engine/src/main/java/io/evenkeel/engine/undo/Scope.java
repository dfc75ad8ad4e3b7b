package io.evenkeel.engine.undo;

/// What a write to a column bears on, for whoever keeps conclusions drawn from state
/// ([UndoLog#listen]). A column that says nothing of itself bears on everything, which is always
/// right and costs most.
public enum Scope {
  /// Whatever was concluded may be wrong.
  EVERYTHING,
  /// No conclusion about an account rests on it.
  NOTHING,
  /// The account at the index.
  ACCOUNT,
  /// The account that the row of positions at the index belongs to.
  POSITION,
  /// The account that the balance at the index belongs to.
  BALANCE,
  /// The mark of the instrument at the index.
  MARK,
  /// The price of the asset at the index.
  PRICE,
  /// Whether the mark of the instrument at the index is relied on.
  MARK_STATE,
  /// Whether the price of the asset at the index is relied on.
  PRICE_STATE
}
