package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Health: weighed assets less weighed debts. Contracts add their weighed result to the balance of
/// the asset they settle in before that is weighed, spot orders count whichever way they would hurt
/// (reference: Mango v4 health cache). The weights of assets are those of `collateral`.
///
/// @param markets contract markets by name
/// @param marketOfInstrument market of an instrument, by symbol
/// @param defaultMarket market of every other instrument
/// @param spotPairs instruments that are spot pairs, by symbol
public record HealthWeights(
    Map<String, Market> markets,
    Map<String, String> marketOfInstrument,
    String defaultMarket,
    Map<String, SpotPair> spotPairs)
    implements ModelParameters {
  /// The word for it.
  public static final String TYPE = "healthWeights";

  private static final Decimal MOST = new Decimal(100, 0);

  /// Refuses names that lead nowhere.
  public HealthWeights {
    markets = Collections.unmodifiableMap(new LinkedHashMap<>(markets));
    marketOfInstrument = Collections.unmodifiableMap(new LinkedHashMap<>(marketOfInstrument));
    spotPairs = Collections.unmodifiableMap(new LinkedHashMap<>(spotPairs));
    Check.parameter(
        markets.containsKey(defaultMarket),
        "requirement.defaultMarket",
        "must name one of requirement.markets");
    for (Map.Entry<String, String> entry : marketOfInstrument.entrySet()) {
      Check.parameter(
          markets.containsKey(entry.getValue()),
          "requirement.instruments." + entry.getKey(),
          "must name one of requirement.markets");
    }
  }

  /// One contract market.
  ///
  /// @param initialLongWeight share of the value of a long position that counts for initial, 0 to
  ///   `maintenanceLongWeight`
  /// @param maintenanceLongWeight the same for maintenance, at most 1
  /// @param initialShortWeight what the value of a short position counts for initial, from
  ///   `maintenanceShortWeight`
  /// @param maintenanceShortWeight the same for maintenance, at least 1
  /// @param initialProfitWeight share of a result above zero that counts for initial, 0 to
  ///   `maintenanceProfitWeight`
  /// @param maintenanceProfitWeight the same for maintenance, at most 1
  /// @param profile what closing and projections need
  public record Market(
      Decimal initialLongWeight,
      Decimal maintenanceLongWeight,
      Decimal initialShortWeight,
      Decimal maintenanceShortWeight,
      Decimal initialProfitWeight,
      Decimal maintenanceProfitWeight,
      MarketProfile profile) {
    /// Refuses weights out of order.
    public Market {
      checkOrder(initialLongWeight, maintenanceLongWeight, "LongWeight");
      checkOrder(initialProfitWeight, maintenanceProfitWeight, "ProfitWeight");
      Check.parameter(
          maintenanceShortWeight.compareTo(Decimal.ONE) >= 0
              && maintenanceShortWeight.compareTo(initialShortWeight) <= 0
              && initialShortWeight.compareTo(MOST) <= 0,
          "maintenanceShortWeight",
          "must be 1 to initialShortWeight, which is at most " + MOST);
    }

    private static void checkOrder(Decimal initial, Decimal maintenance, String name) {
      Check.parameter(
          !initial.isNegative()
              && initial.compareTo(maintenance) <= 0
              && maintenance.compareTo(Decimal.ONE) <= 0,
          "initial" + name,
          "must be 0 to maintenance" + name + ", which is at most 1");
    }

    static Market read(ParameterReader reader) {
      return new Market(
          reader.decimal("initialLongWeight"),
          reader.decimal("maintenanceLongWeight"),
          reader.decimal("initialShortWeight"),
          reader.decimal("maintenanceShortWeight"),
          reader.decimal("initialProfitWeight"),
          reader.decimal("maintenanceProfitWeight"),
          reader.fields("market", MarketProfile::read));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("initialLongWeight", initialLongWeight)
          .number("maintenanceLongWeight", maintenanceLongWeight)
          .number("initialShortWeight", initialShortWeight)
          .number("maintenanceShortWeight", maintenanceShortWeight)
          .number("initialProfitWeight", initialProfitWeight)
          .number("maintenanceProfitWeight", maintenanceProfitWeight)
          .node("market", profile.toFields())
          .build();
    }
  }

  /// Name of the market that governs an instrument.
  public String marketNameFor(String instrumentSymbol) {
    return marketOfInstrument.getOrDefault(instrumentSymbol, defaultMarket);
  }

  /// The market that governs an instrument.
  public Market marketFor(String instrumentSymbol) {
    String name = marketNameFor(instrumentSymbol);
    return Objects.requireNonNull(markets.get(name), name);
  }

  /// The spot pair an instrument stands for, or null when it is a contract.
  public @Nullable SpotPair spotPair(String instrumentSymbol) {
    return spotPairs.get(instrumentSymbol);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /// Reads a tree that [#toFields] wrote.
  public static HealthWeights read(ParameterReader reader) {
    Map<String, Market> markets = reader.named("markets", Market::read);
    Map<String, String> instruments =
        reader.has("instruments") ? reader.named("instruments", it -> it.word("market")) : Map.of();
    return new HealthWeights(
        markets,
        instruments,
        reader.word("defaultMarket"),
        reader.has("spotPairs") ? reader.named("spotPairs", SpotPair::read) : Map.of());
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder marketFields = ParameterNode.Fields.builder();
    markets.forEach((name, market) -> marketFields.node(name, market.toFields()));
    ParameterNode.Builder instrumentFields = ParameterNode.Fields.builder();
    marketOfInstrument.forEach((symbol, market) ->
        instrumentFields.node(
            symbol, ParameterNode.Fields.builder().word("market", market).build()));
    ParameterNode.Builder pairFields = ParameterNode.Fields.builder();
    spotPairs.forEach((symbol, pair) -> pairFields.node(symbol, pair.toFields()));
    return ParameterNode.Fields.builder()
        .node("markets", marketFields.build())
        .node("instruments", instrumentFields.build())
        .word("defaultMarket", defaultMarket)
        .node("spotPairs", pairFields.build())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return marketFor(instrumentSymbol).profile();
  }

  @Override
  public boolean takes(CollateralScaling.Rule rule) {
    return rule instanceof CollateralScaling.Rule.ByDeposits
        || rule instanceof CollateralScaling.Rule.ByBorrows
        || rule instanceof CollateralScaling.Rule.InitialDebtWeight
        || rule instanceof CollateralScaling.Rule.WorseOfSlowPrice;
  }

  @Override
  public List<String> namedAssets() {
    List<String> named = new ArrayList<>();
    for (SpotPair pair : spotPairs.values()) {
      named.add(pair.base());
      named.add(pair.quote());
    }
    return named;
  }
}
