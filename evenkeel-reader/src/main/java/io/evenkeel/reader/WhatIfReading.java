package io.evenkeel.reader;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.MarketMove;
import java.util.List;
import java.util.OptionalLong;

/// The answer to a what-if.
///
/// @param before the account as it is
/// @param after the account after each step, those before it included
/// @param liquidations how far prices must move until the account is below maintenance after the
///   last step; empty unless asked for
public record WhatIfReading(
    Assessment before, List<Assessment> after, List<Liquidation> liquidations) {
  /// Copies the lists.
  public WhatIfReading {
    after = List.copyOf(after);
    liquidations = List.copyOf(liquidations);
  }

  /// Where maintenance is lost.
  ///
  /// @param move which prices
  /// @param downE9 ratio to supposed prices, billionths, as they fall; empty when there is none
  /// @param upE9 the same as they rise
  public record Liquidation(MarketMove move, OptionalLong downE9, OptionalLong upE9) {}
}
