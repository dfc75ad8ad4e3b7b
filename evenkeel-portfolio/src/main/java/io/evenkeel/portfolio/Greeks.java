package io.evenkeel.portfolio;

import java.util.List;

/// How the value of everything written on one underlying changes, in the numeraire.
///
/// @param underlying asset symbol
/// @param delta per unit of its price, balances of the underlying itself included
/// @param gamma change of delta per unit of its price
/// @param vegaPerPoint per percentage point of volatility
/// @param thetaPerDay per day that passes
public record Greeks(
    String underlying, double delta, double gamma, double vegaPerPoint, double thetaPerDay) {
  static List<Greeks> of(PortfolioVenue venue) {
    return List.of();
  }
}
