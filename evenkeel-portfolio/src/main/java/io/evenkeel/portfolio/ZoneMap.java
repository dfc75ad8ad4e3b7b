package io.evenkeel.portfolio;

import io.evenkeel.engine.Hypothesis;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The zone of an account over joint moves of all prices and of all volatilities, each cell asked
/// of the account's own margin model.
///
/// @param priceRatiosE9 columns: present prices times this, billionths, ascending
/// @param volatilityRatiosE9 rows: present volatilities times this, billionths, descending; one row
///   when the portfolio has no options
/// @param zones by row, then column
public record ZoneMap(
    List<Long> priceRatiosE9, List<Long> volatilityRatiosE9, List<List<Zone>> zones) {
  private static final long PERCENT_E9 = MarketMove.UNMOVED_E9 / 100;
  private static final int LOWEST_PERCENT = -60;
  private static final int HIGHEST_PERCENT = 60;
  private static final int STEP_PERCENT = 5;
  private static final int[] VOLATILITY_PERCENT = {200, 175, 150, 125, 100, 75, 50};

  /// Copies the lists.
  public ZoneMap {
    priceRatiosE9 = List.copyOf(priceRatiosE9);
    volatilityRatiosE9 = List.copyOf(volatilityRatiosE9);
    zones = zones.stream().map(List::copyOf).toList();
  }

  /// Prices from -60 % to +60 %, volatilities from half to double.
  ///
  /// @throws io.evenkeel.model.number.InvalidParameter when a figure does not fit its numbers
  public static ZoneMap of(PortfolioVenue venue) {
    return venue.counted(() -> asked(venue));
  }

  private static ZoneMap asked(PortfolioVenue venue) {
    List<Long> prices = new ArrayList<>();
    for (int percent = LOWEST_PERCENT; percent <= HIGHEST_PERCENT; percent += STEP_PERCENT) {
      prices.add((100 + percent) * PERCENT_E9);
    }
    Set<Integer> underlyings = underlyingsOfOptions(venue);
    List<Long> volatilities = new ArrayList<>();
    for (int percent : VOLATILITY_PERCENT) {
      if (!underlyings.isEmpty() || percent == 100) {
        volatilities.add(percent * PERCENT_E9);
      }
    }
    List<List<Zone>> zones = new ArrayList<>();
    try (Hypothesis supposed = venue.view().suppose()) {
      for (long volatility : volatilities) {
        List<Zone> row = new ArrayList<>();
        for (long price : prices) {
          int point = supposed.savepoint();
          underlyings.forEach(id -> supposed.moveVolatility(id, volatility));
          supposed.move(MarketMove.ALL, price);
          row.add(supposed.assess(PortfolioVenue.ACCOUNT).zone());
          supposed.backTo(point);
        }
        zones.add(row);
      }
    }
    return new ZoneMap(prices, volatilities, zones);
  }

  private static Set<Integer> underlyingsOfOptions(PortfolioVenue venue) {
    Set<Integer> underlyings = new TreeSet<>();
    for (LinearContract contract : venue.contracts().values()) {
      ContractTerms terms = contract.terms();
      boolean held = venue.document().account().positions().containsKey(contract.symbol());
      if (held && terms.option() != null) {
        underlyings.add(terms.underlyingAssetId());
      }
    }
    return underlyings;
  }
}
