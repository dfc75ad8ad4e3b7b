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

/// Ratios and weights that grow with the square root of size: debts and the worse of "all bids
/// fill" and "all asks fill" into the requirement, collateral by the schedule of the rulebook with
/// its scaling, profit of contracts with weights of its own (reference: Drift v2 margin
/// calculation). The weights of spot assets are those of `collateral`.
///
/// @param quote asset that contracts settle in and that is never weighed
/// @param slowPrices where the worse of a price and its slow price counts
/// @param fillWeights whether the initial level uses the weights between initial and maintenance
/// @param ratioFloor least margin ratio at both levels, 0 for none
/// @param initialRatioFloor least margin ratio at the initial level, 0 for none
/// @param orderChargeE6 required for each open order, millionths of the numeraire
/// @param profitCapE6 most profit of one position that counts for the initial level
/// @param buffer share of liabilities added to maintenance where liquidation ends
/// @param markets contract markets by name
/// @param marketOfInstrument market of an instrument, by symbol
/// @param defaultMarket market of every other instrument
/// @param spotPairs instruments that are spot pairs, by symbol
/// @param openOrders how many open orders are charged for, by symbol, where the venue knows better
///   than one for each side with order totals
public record SizedRatios(
    String quote,
    SlowPrices slowPrices,
    boolean fillWeights,
    Decimal ratioFloor,
    Decimal initialRatioFloor,
    long orderChargeE6,
    long profitCapE6,
    Decimal buffer,
    Map<String, Market> markets,
    Map<String, String> marketOfInstrument,
    String defaultMarket,
    Map<String, SpotPair> spotPairs,
    Map<String, Decimal> openOrders)
    implements ModelParameters {
  /// The word for it.
  public static final String TYPE = "sizedRatios";

  private static final Decimal MOST = new Decimal(1_000, 0);

  /// Refuses what is out of range and names that lead nowhere.
  public SizedRatios {
    markets = ordered(markets);
    marketOfInstrument = ordered(marketOfInstrument);
    spotPairs = ordered(spotPairs);
    openOrders = ordered(openOrders);
    checkRatio(ratioFloor, "requirement.ratioFloor");
    checkRatio(initialRatioFloor, "requirement.initialRatioFloor");
    checkRatio(buffer, "requirement.buffer");
    Check.parameter(orderChargeE6 >= 0, "requirement.orderCharge", "must not be negative");
    Check.parameter(profitCapE6 >= 0, "requirement.profitCap", "must not be negative");
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
    for (Map.Entry<String, SpotPair> entry : spotPairs.entrySet()) {
      Check.parameter(
          entry.getValue().quote().equals(quote),
          "requirement.spotPairs." + entry.getKey() + ".quote",
          "must be requirement.quote");
    }
    for (Map.Entry<String, Decimal> entry : openOrders.entrySet()) {
      Check.parameter(
          entry.getValue().scale() == 0 && !entry.getValue().isNegative(),
          "requirement.openOrders." + entry.getKey(),
          "must be a whole number, not negative");
    }
  }

  /// Where the worse of a price and its slow price counts.
  public enum SlowPrices {
    /// Nowhere.
    NEVER,
    /// For new risk and release.
    INITIAL,
    /// For liquidation too.
    ALWAYS
  }

  /// One contract market.
  ///
  /// @param initialRatio share of the worst notional required for initial, 4 places
  /// @param maintenanceRatio the same for maintenance, at most `initialRatio`
  /// @param sizeFactor how fast ratios grow with the root of the size in contracts, 6 places
  /// @param profitInitialWeight share of a profit that counts for initial, 4 places
  /// @param profitMaintenanceWeight share that counts for maintenance, 4 places
  /// @param profitSizeFactor how fast the initial share falls with the root of the profit, 6 places
  /// @param profitImbalanceE6 net profit of all users above which the initial share shrinks; 0 for
  ///   no limit
  /// @param initialRatioFloor least ratio at the initial level, 0 for none
  /// @param profile what closing and projections need
  public record Market(
      Decimal initialRatio,
      Decimal maintenanceRatio,
      Decimal sizeFactor,
      Decimal profitInitialWeight,
      Decimal profitMaintenanceWeight,
      Decimal profitSizeFactor,
      long profitImbalanceE6,
      Decimal initialRatioFloor,
      MarketProfile profile) {
    /// Refuses what is out of range.
    public Market {
      checkRatio(initialRatio, "initialRatio");
      checkRatio(maintenanceRatio, "maintenanceRatio");
      Check.parameter(
          maintenanceRatio.compareTo(initialRatio) <= 0,
          "maintenanceRatio",
          "must be at most initialRatio");
      checkFactor(sizeFactor, "sizeFactor");
      checkFactor(profitSizeFactor, "profitSizeFactor");
      checkWeight(profitInitialWeight, "profitInitialWeight");
      checkWeight(profitMaintenanceWeight, "profitMaintenanceWeight");
      checkRatio(initialRatioFloor, "initialRatioFloor");
      Check.parameter(
          profitImbalanceE6 >= 0,
          "profitMaximumImbalance",
          "must not be negative");
    }

    static Market read(ParameterReader reader) {
      return new Market(
          reader.decimal("initialRatio"),
          reader.decimal("maintenanceRatio"),
          reader.decimal("sizeFactor"),
          reader.decimal("profitInitialWeight"),
          reader.decimal("profitMaintenanceWeight"),
          reader.decimal("profitSizeFactor"),
          reader.amountE6("profitMaximumImbalance"),
          reader.decimal("initialRatioFloor", Decimal.ZERO),
          reader.fields("market", MarketProfile::read));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("initialRatio", initialRatio)
          .number("maintenanceRatio", maintenanceRatio)
          .number("sizeFactor", sizeFactor)
          .number("profitInitialWeight", profitInitialWeight)
          .number("profitMaintenanceWeight", profitMaintenanceWeight)
          .number("profitSizeFactor", profitSizeFactor)
          .amountE6("profitMaximumImbalance", profitImbalanceE6)
          .number("initialRatioFloor", initialRatioFloor)
          .node("market", profile.toFields())
          .build();
    }
  }

  /// The market that governs an instrument.
  public Market marketFor(String instrumentSymbol) {
    String name = marketOfInstrument.getOrDefault(instrumentSymbol, defaultMarket);
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
  public static SizedRatios read(ParameterReader reader) {
    Map<String, Market> markets = reader.named("markets", Market::read);
    Map<String, String> instruments =
        reader.has("instruments") ? reader.named("instruments", it -> it.word("market")) : Map.of();
    return new SizedRatios(
        reader.word("quote"),
        reader.choice("slowPrices", SlowPrices.values()),
        reader.flag("fillWeights"),
        reader.decimal("ratioFloor"),
        reader.decimal("initialRatioFloor"),
        reader.amountE6("orderCharge"),
        reader.amountE6("profitCap"),
        reader.decimal("buffer"),
        markets,
        instruments,
        reader.word("defaultMarket"),
        reader.has("spotPairs") ? reader.named("spotPairs", SpotPair::read) : Map.of(),
        reader.has("openOrders") ? reader.numbers("openOrders") : Map.of());
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
    ParameterNode.Builder orderFields = ParameterNode.Fields.builder();
    openOrders.forEach(orderFields::number);
    return ParameterNode.Fields.builder()
        .word("quote", quote)
        .choice("slowPrices", slowPrices)
        .flag("fillWeights", fillWeights)
        .number("ratioFloor", ratioFloor)
        .number("initialRatioFloor", initialRatioFloor)
        .amountE6("orderCharge", orderChargeE6)
        .amountE6("profitCap", profitCapE6)
        .number("buffer", buffer)
        .node("markets", marketFields.build())
        .node("instruments", instrumentFields.build())
        .word("defaultMarket", defaultMarket)
        .node("spotPairs", pairFields.build())
        .node("openOrders", orderFields.build())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return marketFor(instrumentSymbol).profile();
  }

  @Override
  public boolean takes(CollateralScaling.Rule rule) {
    return rule instanceof CollateralScaling.Rule.BySize
        || rule instanceof CollateralScaling.Rule.ByDeposits
        || rule instanceof CollateralScaling.Rule.InitialDebtWeight;
  }

  @Override
  public List<String> namedAssets() {
    List<String> named = new ArrayList<>();
    named.add(quote);
    for (SpotPair pair : spotPairs.values()) {
      named.add(pair.base());
      named.add(pair.quote());
    }
    return named;
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void checkRatio(Decimal ratio, String name) {
    Check.parameter(
        !ratio.isNegative() && ratio.compareTo(MOST) <= 0 && ratio.scale() <= 4,
        name,
        "must be 0 to " + MOST + " with at most 4 places");
  }

  private static void checkFactor(Decimal factor, String name) {
    Check.parameter(
        !factor.isNegative() && factor.compareTo(MOST) <= 0 && factor.scale() <= 6,
        name,
        "must be 0 to " + MOST + " with at most 6 places");
  }

  private static void checkWeight(Decimal weight, String name) {
    Check.parameter(
        !weight.isNegative() && weight.compareTo(Decimal.ONE) <= 0 && weight.scale() <= 4,
        name,
        "must be 0 to 1 with at most 4 places");
  }
}
