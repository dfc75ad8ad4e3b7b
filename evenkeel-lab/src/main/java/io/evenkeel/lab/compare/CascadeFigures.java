package io.evenkeel.lab.compare;

import java.util.List;

/// The cascade number of every price that was passed: how much of a price step the liquidations
/// that happen on it would bring about by themselves. 1 and more means that they feed on
/// themselves.
///
/// @param steps by contract, then by price, only those with liquidations
/// @param peak the step with the largest number; its number is 0 when nothing was liquidated
public record CascadeFigures(List<Step> steps, Step peak) {
  /// Copies the list.
  public CascadeFigures {
    steps = List.copyOf(steps);
  }

  /// A stretch of prices of one contract, a hundredth of its first price long.
  ///
  /// @param symbol of the contract
  /// @param percent lower end of the stretch, in hundredths of the first price: 0 begins at it
  /// @param closedE6 notional closed by liquidations (deleveraging not) while the mark was within,
  ///   millionths of the numeraire
  /// @param netE6 the same with its sign, positive bought, negative sold
  /// @param number displacement that the net flow causes, over the length of the stretch
  public record Step(String symbol, int percent, double closedE6, double netE6, double number) {}
}
