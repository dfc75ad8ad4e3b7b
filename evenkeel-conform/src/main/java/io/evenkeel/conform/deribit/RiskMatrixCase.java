package io.evenkeel.conform.deribit;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.DeltaCharges;
import io.evenkeel.model.rulebook.portfolio.ExtendedTable;
import io.evenkeel.model.rulebook.portfolio.GainOffset;
import io.evenkeel.model.rulebook.portfolio.Provisions;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import io.evenkeel.model.rulebook.portfolio.VolatilityShock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `deribit/pme_simulate`: the venue's documented answer to a portfolio of two inverse futures.
/// Vectors are compared to 1e-9 relative, margin lines to the nine decimal places they state. What
/// the venue sets aside for market makers' quotes and for open orders is stated there without what
/// it was computed from, and is taken as given.
public final class RiskMatrixCase implements CaseRunner {
  private static final String COIN = "BTC";
  private static final int COIN_ID = 1;

  /// What unrealised profit is counted in here; no case compares it.
  private static final int DOLLAR_ID = 2;

  private static final int COIN_SCALE = 8;
  private static final int PRICE_PLACES = 2;
  private static final long MOST_TICKS = 1L << 59;
  private static final long MILLISECOND_NS = 1_000_000L;
  private static final List<VolatilityMove> VOLATILITIES =
      List.of(VolatilityMove.DOWN, VolatilityMove.NONE, VolatilityMove.UP);
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  private static final BigDecimal STATED = new BigDecimal("1e-9");

  private RiskMatrixCase() {}

  /// Adds the family this runs.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("deribit/pme_simulate", new RiskMatrixCase());
  }

  @Override
  public void run(JsonNode each, Comparison comparison) {
    JsonNode expected = each.get("expected");
    List<String> contracts = new ArrayList<>(each.get("portfolio").propertyNames());
    String perpetual = contracts.getFirst();
    String future = contracts.getLast();
    Term whole = initial(each, contracts);
    List<Term> perpRows = rows(initial(each, List.of(perpetual)));
    List<Term> futureRows = rows(initial(each, List.of(future)));
    List<Term> rows = rows(whole);
    int standard = each.get("moves_standard").size();
    int extended = each.get("moves_extended").size();
    int steps = VOLATILITIES.size();
    for (int i = 0; i < standard; i++) {
      for (int v = 0; v < steps; v++) {
        near(
            comparison,
            expected,
            "initial_risk_vector_perp_standard",
            i,
            undamped(perpRows.get(i * steps + v)));
        near(
            comparison,
            expected,
            "initial_risk_vector_fut_standard",
            i,
            undamped(futureRows.get(i * steps + v)));
      }
    }
    for (int i = 0; i < extended; i++) {
      int row = standard * steps + i;
      near(
          comparison,
          expected,
          "initial_risk_vector_perp_extended",
          i,
          undamped(perpRows.get(row)));
      near(comparison, expected, "aggregated_extended", i, rows.get(row).value());
    }
    int side = standard / 2;
    for (int i = 0; i < side; i++) {
      near(comparison, expected, "aggregated_standard_down", i, rows.get(i * steps).value());
      near(
          comparison,
          expected,
          "aggregated_standard_up",
          i,
          rows.get((side + 1 + i) * steps).value());
    }
    compareMargins(each, whole, comparison);
  }

  private static void compareMargins(JsonNode each, Term whole, Comparison comparison) {
    JsonNode expected = each.get("expected");
    Term charged = whole.find("scaled loss", "loss", "loss with charges");
    stated(comparison, expected, "worst_case", charged.find("scenario loss").value());
    stated(comparison, expected, "delta_shock", charged.find("size charge").value());
    stated(comparison, expected, "roll_shock", charged.find("roll charge").value());
    stated(comparison, expected, "risk_matrix_margin", charged.value());
    stated(comparison, expected, "initial_margin", whole.value());
    // no margin of spot is modelled: what the whole has beside its other parts must be what is said
    BigDecimal beside = whole.value().subtract(charged.value()).subtract(given(each));
    stated(comparison, expected, "spot_margin", beside);
    Term maintenance =
        margin(
            venue(each, new ArrayList<>(each.get("portfolio").propertyNames())),
            "maintenance margin");
    stated(comparison, expected, "maintenance_margin", maintenance.value());
  }

  private static void near(
      Comparison comparison, JsonNode expected, String field, int i, BigDecimal actual) {
    BigDecimal wanted = expected.get(field).get(i).decimalValue();
    comparison.within(field + "[" + i + "]", wanted, actual, RELATIVE, RELATIVE.movePointLeft(3));
  }

  private static void stated(
      Comparison comparison, JsonNode expected, String field, BigDecimal actual) {
    comparison.within(field, expected.get(field).decimalValue(), actual, RELATIVE, STATED);
  }

  private static Term initial(JsonNode each, List<String> contracts) {
    return margin(venue(each, contracts), "initial margin");
  }

  private static Term margin(CaseVenue venue, String side) {
    return venue
        .view()
        .explain(CaseVenue.ACCOUNT)
        .terms()
        .getFirst()
        .find(side, "units, rounded up", "units", COIN, "in " + COIN);
  }

  private static List<Term> rows(Term margin) {
    return margin
        .find("scaled loss", "loss", "loss with charges", "scenario loss")
        .children()
        .getFirst()
        .children();
  }

  private static BigDecimal undamped(Term row) {
    return row.find("undamped").value();
  }

  private static CaseVenue venue(JsonNode each, List<String> contracts) {
    long nowNs = each.get("model_params").get("timestamp_ms").asLong() * MILLISECOND_NS;
    BigDecimal index = each.get("index_price").decimalValue();
    long indexUnits = units(index, PRICE_PLACES);
    CaseVenue venue = new CaseVenue(nowNs);
    venue.asset(
        new Asset(
            COIN_ID, COIN, COIN_SCALE, 1_000_000_000_000L, PRICE_PLACES, indexUnits, indexUnits));
    venue.asset(new Asset(DOLLAR_ID, "USD", 6, 1_000_000_000_000L, 6, 1_000_000, 1_000_000));
    int id = 1;
    for (String symbol : contracts) {
      BigDecimal mark = each.get("mark_price").get(symbol).decimalValue();
      BigDecimal dollars = each.get("portfolio").get(symbol).decimalValue().multiply(mark);
      int places = placesOf(dollars, units(mark, PRICE_PLACES));
      venue.instrument(
          contract(id++, symbol, places, units(mark, PRICE_PLACES), units(dollars, places)));
    }
    venue.rulebook(
        QuietRulebook.of(
            "deribit-case",
            List.of(QuietRulebook.fullValue(COIN), QuietRulebook.fullValue("USD")),
            new ScenarioPortfolio(Map.of(COIN, unit(each)), QuietRulebook.MARKET)));
    venue.factors(
        List.of(
            new FactorValue(FactorKind.SPOT, COIN_ID, 0, Decimal.parse(index.toPlainString()))));
    id = 1;
    for (String symbol : contracts) {
      BigDecimal mark = each.get("mark_price").get(symbol).decimalValue();
      BigDecimal dollars = each.get("portfolio").get(symbol).decimalValue().multiply(mark);
      long markUnits = units(mark, PRICE_PLACES);
      int places = placesOf(dollars, markUnits);
      long quantity = units(dollars, places);
      venue.mark(id, markUnits);
      long worth =
          contract(id, symbol, places, markUnits, quantity)
              .tickScale(COIN_SCALE)
              .worthTicks(markUnits);
      venue.position(id++, quantity, Math.multiplyExact(quantity, worth));
    }
    return venue;
  }

  /// As many decimal places of the size in dollars as fit beside the mark.
  private static int placesOf(BigDecimal dollars, long markUnits) {
    int places = 0;
    while (places < 11
        && dollars
                .abs()
                .movePointRight(places + 1)
                .compareTo(BigDecimal.valueOf(MOST_TICKS / markUnits))
            < 0) {
      places++;
    }
    return places;
  }

  private static LinearContract contract(
      int id, String symbol, int places, long markUnits, long quantity) {
    boolean perpetual = symbol.endsWith("PERPETUAL");
    long expiryNs =
        perpetual
            ? 0
            : Instant.parse("2024-06-28T08:00:00Z").getEpochSecond() * 1_000 * MILLISECOND_NS;
    return new LinearContract(
        id,
        symbol,
        perpetual ? ContractKind.PERPETUAL : ContractKind.DATED_FUTURE,
        COIN_ID,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        PRICE_PLACES,
        places,
        1,
        markUnits,
        markUnits,
        Math.abs(quantity),
        Math.abs(quantity),
        new ContractTerms(COIN_ID, expiryNs, true, null));
  }

  /// What the file gives and does not derive: margin of market maker protection and of orders.
  private static BigDecimal given(JsonNode each) {
    JsonNode expected = each.get("expected");
    BigDecimal protection = expected.get("mmp_margin").decimalValue();
    return protection.add(expected.get("open_orders_margin").decimalValue());
  }

  private static RiskUnit unit(JsonNode each) {
    JsonNode parameters = each.get("model_params");
    JsonNode pair = parameters.get("currency_pair_btc_usd");
    JsonNode coin = parameters.get("currency_btc");
    List<Scenario> scenarios = new ArrayList<>();
    for (JsonNode move : each.get("moves_standard")) {
      Decimal spot = decimal(move.decimalValue().add(BigDecimal.ONE));
      VOLATILITIES.forEach(v -> scenarios.add(new Scenario(spot, v, Decimal.ONE)));
    }
    List<Decimal> moves = new ArrayList<>();
    each.get("moves_extended").forEach(move -> moves.add(decimal(move.decimalValue())));
    BigDecimal given = given(each);
    return new RiskUnit(
        RiskUnit.Valued.COIN,
        false,
        decimal(parameters, "mm_factor"),
        Decimal.ONE,
        scenarios,
        new ExtendedTable(
            moves,
            decimal(pair, "price_range"),
            decimal(pair, "extended_table_factor"),
            decimal(coin, "extended_dampener_usd")),
        new VolatilityShock(
            decimal(pair, "volatility_range_up"),
            decimal(pair, "volatility_range_down"),
            decimal(pair, "short_term_vega_power"),
            decimal(pair, "long_term_vega_power"),
            86_400,
            decimal(pair, "min_volatility_for_shock_up")),
        null,
        null,
        null,
        Charges.NONE,
        null,
        null,
        new DeltaCharges(
            decimal(coin, "annualised_move_risk"),
            decimal(coin, "min_annualised_move"),
            decimal(pair, "m_inc"),
            decimal(pair, "delta_total_liq_shock_threshold_usd"),
            decimal(pair, "max_delta_shock"),
            Decimal.ZERO,
            Decimal.ZERO),
        new GainOffset(decimal(coin, "pnl_offset"), decimal(coin, "max_offsetable_pnl")),
        new Provisions(Decimal.ZERO, Decimal.ZERO, decimal(given)),
        Map.of());
  }

  private static Decimal decimal(JsonNode node, String name) {
    return decimal(node.get(name).decimalValue());
  }

  private static Decimal decimal(BigDecimal value) {
    return Decimal.parse(value.toPlainString());
  }

  private static long units(BigDecimal value, int places) {
    return value.setScale(places, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
  }
}
