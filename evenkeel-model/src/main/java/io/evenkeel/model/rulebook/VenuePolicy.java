package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What holds for the whole venue, whatever rulebook governs an account.
///
/// @param executionOrder the order in which the decisions of a phase are executed
/// @param priceCollar a fill further than this share from the mark is refused; 0 means no limit
/// @param markGuard guard on the marks of instruments
/// @param assetGuard guard on the prices of assets
/// @param suspended steps that do not run for accounts exposed to an instrument in that phase
/// @param lending assets that accounts may owe and that bear interest, each at most once
/// @param conduct how orders and fees are taken and cash is paid
/// @param slowInputs how figures of the venue are stated that requirements depend on
public record VenuePolicy(
    ExecutionOrder executionOrder,
    Decimal priceCollar,
    MarketDataGuard markGuard,
    MarketDataGuard assetGuard,
    Map<TradingPhase, Set<CycleStep>> suspended,
    List<LendingTerms> lending,
    MarketConduct conduct,
    SlowInputs slowInputs) {
  /// A venue that states no figures.
  public VenuePolicy(
      ExecutionOrder executionOrder,
      Decimal priceCollar,
      MarketDataGuard markGuard,
      MarketDataGuard assetGuard,
      Map<TradingPhase, Set<CycleStep>> suspended,
      List<LendingTerms> lending,
      MarketConduct conduct) {
    this(
        executionOrder,
        priceCollar,
        markGuard,
        assetGuard,
        suspended,
        lending,
        conduct,
        SlowInputs.NONE);
  }

  /// A venue of [MarketConduct#USUAL] conduct.
  public VenuePolicy(
      ExecutionOrder executionOrder,
      Decimal priceCollar,
      MarketDataGuard markGuard,
      MarketDataGuard assetGuard,
      Map<TradingPhase, Set<CycleStep>> suspended,
      List<LendingTerms> lending) {
    this(
        executionOrder,
        priceCollar,
        markGuard,
        assetGuard,
        suspended,
        lending,
        MarketConduct.USUAL);
  }

  /// A venue that lends nothing.
  public VenuePolicy(
      ExecutionOrder executionOrder,
      Decimal priceCollar,
      MarketDataGuard markGuard,
      MarketDataGuard assetGuard,
      Map<TradingPhase, Set<CycleStep>> suspended,
      MarketConduct conduct) {
    this(executionOrder, priceCollar, markGuard, assetGuard, suspended, List.of(), conduct);
  }

  /// A venue of usual conduct that lends nothing.
  public VenuePolicy(
      ExecutionOrder executionOrder,
      Decimal priceCollar,
      MarketDataGuard markGuard,
      MarketDataGuard assetGuard,
      Map<TradingPhase, Set<CycleStep>> suspended) {
    this(executionOrder, priceCollar, markGuard, assetGuard, suspended, List.of());
  }

  /// Copies the map.
  public VenuePolicy {
    Check.parameter(!priceCollar.isNegative(), "venue.priceCollar", "must not be negative");
    EnumMap<TradingPhase, Set<CycleStep>> ordered = new EnumMap<>(TradingPhase.class);
    suspended.forEach((phase, steps) -> ordered.put(phase, Set.copyOf(steps)));
    suspended = Collections.unmodifiableMap(ordered);
    Check.parameter(
        !suspended.getOrDefault(TradingPhase.CONTINUOUS, Set.of()).contains(CycleStep.CLOSE),
        "venue.suspended.continuous",
        "continuous trading must not suspend closing");
    lending = List.copyOf(lending);
    Check.parameter(
        lending.stream().map(LendingTerms::asset).distinct().count() == lending.size(),
        "venue.lending",
        "must name each asset once");
    for (Set<CycleStep> steps : suspended.values()) {
      Check.parameter(
          !steps.contains(CycleStep.SETTLE),
          "venue.suspended",
          "settlement of cash cannot be suspended");
    }
  }

  /// True when accounts exposed to an instrument in `phase` do not run `step`.
  public boolean suspends(TradingPhase phase, CycleStep step) {
    Set<CycleStep> steps = suspended.get(phase);
    return steps != null && steps.contains(step);
  }
}
