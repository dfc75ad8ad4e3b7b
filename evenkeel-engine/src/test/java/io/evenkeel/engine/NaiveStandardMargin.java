package io.evenkeel.engine;

import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.model.reference.OptionTerms.Right;
import java.util.List;

/// Standard margin of options in cash, straight from the venue's page: no scratch, no order, no
/// sharing, sums in plain loops over a list of legs, losses looked for on a grid of prices instead
/// of at strikes only.
record NaiveStandardMargin(
    double spot, double forward, double years, double volatility, List<Leg> legs) {
  /// @param contracts signed
  record Leg(Right right, double strike, double contracts) {}

  double worth() {
    return legs.stream().mapToDouble(leg -> leg.contracts() * value(leg)).sum();
  }

  double margin(boolean initial) {
    double alone = 0;
    for (Leg leg : legs) {
      alone -= leg.contracts() < 0 ? -leg.contracts() * requirement(leg, initial) : 0;
    }
    return Math.max(alone, together(initial ? 1.2 : 1.1));
  }

  private double together(double factor) {
    double highest = legs.stream().mapToDouble(Leg::strike).max().orElse(0);
    double worst = 0;
    // strikes are whole thousands, so the corners of the payoff lie on this grid
    for (int price = 0; price <= highest; price += 1_000) {
      double payoff = 0;
      for (Leg leg : legs) {
        double sign = leg.right() == Right.CALL ? 1 : -1;
        payoff += leg.contracts() * Math.max(0, sign * (price - leg.strike()));
      }
      worst = Math.min(worst, payoff);
    }
    double calls = 0;
    for (Leg leg : legs) {
      calls += leg.right() == Right.CALL ? leg.contracts() : 0;
    }
    return calls < 0 ? worst + factor * forward * calls : worst;
  }

  private double requirement(Leg leg, boolean initial) {
    double value = value(leg);
    if (leg.right() == Right.CALL) {
      double percent = 0.15 - Math.max(0, leg.strike() / spot - 1);
      return initial ? value + spot * (percent < 0.1 ? 0.1 : percent) : value + 0.075 * spot;
    }
    double maintenance = value + (0.07 * spot > 0.3 * value ? 0.07 * spot : 0.3 * value);
    double percent = 0.15 - Math.max(0, 1 - leg.strike() / spot);
    double simple = value + spot * (percent < 0.1 ? 0.1 : percent);
    return initial ? Math.max(simple, 1.05 * maintenance) : maintenance;
  }

  private double value(Leg leg) {
    return Black76.value(leg.right() == Right.CALL, forward, leg.strike(), volatility, years, 1);
  }
}
