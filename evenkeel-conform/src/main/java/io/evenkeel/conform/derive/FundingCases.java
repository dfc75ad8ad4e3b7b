package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.engine.market.PremiumFunding;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Funding of perpetuals: the rate as a feed computes it, and what a position then pays in a live
/// engine.
public final class FundingCases implements CaseRunner {
  private static final int CASH = 1;
  private static final int PERPETUAL = 1;
  private static final int SCALE = 9;
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  private static final BigDecimal ABSOLUTE = new BigDecimal("1e-6");

  private FundingCases() {}

  /// Adds the family this runs.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("derive/auction-perp/funding", new FundingCases());
  }

  @Override
  public void run(JsonNode given, Comparison comparison) {
    JsonNode parameters = given.path("parameters");
    PremiumFunding funding =
        new PremiumFunding(
            decimal(parameters, "convergence_hours"),
            decimal(parameters, "static_rate"),
            decimal(parameters, "max_abs_rate_per_hour"));
    Decimal index = decimal(given, "index");
    Decimal rate =
        funding.hourlyRate(index, decimal(given, "impact_bid"), decimal(given, "impact_ask"));
    JsonNode expected = given.path("expected");
    if (expected.has("funding_rate_per_hour")) {
      comparison.within(
          "funding_rate_per_hour",
          number(expected, "funding_rate_per_hour"),
          new BigDecimal(rate.toString()),
          RELATIVE,
          BigDecimal.ZERO);
    }
    if (expected.has("funding_of_long")) {
      Decimal ofMark =
          PremiumFunding.rateOfMark(rate, given.path("elapsed_sec").asLong(), index, index);
      comparison.within(
          "funding_of_long",
          number(expected, "funding_of_long"),
          received(given, index, ofMark),
          RELATIVE,
          ABSOLUTE);
    }
  }

  /// What the position of the case receives when the rate is applied, with the index as its mark.
  private static BigDecimal received(JsonNode given, Decimal index, Decimal rate) {
    int places = index.scale();
    long size = number(given, "size").movePointRight(SCALE - places).longValueExact();
    long cash = 1L << 55;
    CaseVenue venue =
        new CaseVenue(1)
            .asset(new Asset(CASH, "USDC", SCALE, 1L << 60, 0, 1, 1))
            .instrument(
                new LinearContract(
                    PERPETUAL,
                    "PERP",
                    ContractKind.PERPETUAL,
                    CASH,
                    Variation.UNREALISED_UNTIL_CLOSED,
                    1,
                    places,
                    SCALE - places,
                    1,
                    2 * index.units(),
                    Math.abs(size),
                    Math.abs(size)))
            .rulebook(
                QuietRulebook.of("derive-perp", List.of(QuietRulebook.fullValue("USDC")), rates()))
            .balance(CASH, cash)
            .balance(CaseVenue.OTHER_SIDE, CASH, cash)
            .mark(PERPETUAL, index.units())
            .position(PERPETUAL, size, Math.multiplyExact(size, index.units()));
    venue.apply(new Command.ApplyFunding(PERPETUAL, rate));
    long change = venue.view().marginMinor(CaseVenue.ACCOUNT, CASH) - cash;
    return BigDecimal.valueOf(change, SCALE);
  }

  private static TieredRates rates() {
    Decimal rate = new Decimal(5, 2);
    BracketTable table =
        new BracketTable(List.of(new Bracket(0, rate, rate)), rate, Fixed.pow10(12));
    return new TieredRates(Map.of("all", table), Map.of(), "all", false, Decimal.ONE);
  }

  private static BigDecimal number(JsonNode parent, String name) {
    return new BigDecimal(parent.path(name).asString());
  }

  private static Decimal decimal(JsonNode parent, String name) {
    return Decimal.parse(parent.path(name).asString());
  }
}
