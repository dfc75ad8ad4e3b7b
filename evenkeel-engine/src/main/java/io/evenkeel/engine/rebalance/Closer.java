package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.rulebook.Trigger;

/// The last step of the cycle, as the cycle sees it.
public interface Closer {
  /// Whether an account with this valuation is to be liquidated.
  boolean isDue(int account, Weighing now);

  /// Liquidates accounts, in execution order, as one batch.
  ///
  /// @param backstopConcerned whether the backstop's own deficit must be looked at even if nobody
  ///   is taken over
  /// @param touched whoever else was changed is added
  void close(Trigger trigger, AccountList accounts, boolean backstopConcerned, AccountSet touched);

  /// Whether an account was left in need when accounts were last liquidated: it waits for its next
  /// slices, or was left open.
  boolean isLeftInNeed(int account);
}
