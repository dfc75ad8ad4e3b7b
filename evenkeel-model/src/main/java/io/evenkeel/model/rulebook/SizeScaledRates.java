package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Rates that grow in proportion to the position: what it would cost to trade it back against a
/// pool whose price moves with its skew. Collateral loses value by its size in the same way, and
/// what a keeper is paid for a liquidation is part of both requirements, so that it is always there
/// (reference: Synthetix v3 perps margin).
///
/// @param markets rates by name
/// @param defaultMarket rates of every instrument that no market lists
/// @param discounts what collateral loses by its size, by symbol; what is not named loses nothing
/// @param reward what a keeper is paid
public record SizeScaledRates(
    Map<String, Market> markets,
    String defaultMarket,
    Map<String, Discount> discounts,
    Reward reward)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "sizeScaledRates";

  private static final Decimal MILLION = new Decimal(1_000_000, 0);
  private static final int PLACES = 12;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final long LARGEST_E6 = 1_000_000_000_000_000L;

  /// Refuses markets that overlap or lead nowhere.
  public SizeScaledRates {
    markets = Collections.unmodifiableMap(new LinkedHashMap<>(markets));
    discounts = Collections.unmodifiableMap(new LinkedHashMap<>(discounts));
    Check.parameter(
        markets.containsKey(defaultMarket),
        "requirement.defaultMarket",
        "must name one of requirement.markets");
    for (Discount discount : discounts.values()) {
      BigDecimal slope = exact(reward.maximumShare()).add(exact(discount.highest()).multiply(TWO));
      Check.parameter(
          slope.compareTo(BigDecimal.ONE) <= 0,
          "requirement.reward.maximumShare",
          "must be at most 1 less twice the highest discount, or more collateral could be worth"
              + " less");
    }
    Set<String> listed = new HashSet<>();
    markets.forEach((name, market) -> {
      for (String instrument : market.instruments()) {
        Check.parameter(
            listed.add(instrument),
            "requirement.markets." + name + ".instruments",
            "must not list " + instrument + ", which another market lists");
      }
    });
  }

  /// Rates of some instruments. The initial rate of a position of `S` whole units is `minimumRate +
  /// S / skewScale * fraction`.
  ///
  /// @param instruments symbols it governs
  /// @param skewScale whole units of the underlying of which a skew doubles the pool's price, above
  ///   0
  /// @param fraction what the rate gains when the position is as large as `skewScale`, 0 to a
  ///   million
  /// @param minimumRate rate of the smallest position, 0 to 1
  /// @param maintenanceScalar maintenance is this share of it, 0 to 1
  /// @param flatE6 what every position needs on top, for both requirements, millionths of the
  ///   numeraire
  /// @param flagRate share of notional that is paid to whoever flags the account, 0 to 1
  /// @param dailyMove one standard deviation of a day's relative price move
  /// @param depthE6 notional that moves the embedded closing market by `impact`, millionths
  public record Market(
      List<String> instruments,
      Decimal skewScale,
      Decimal fraction,
      Decimal minimumRate,
      Decimal maintenanceScalar,
      long flatE6,
      Decimal flagRate,
      Decimal dailyMove,
      long depthE6) {
    /// Refuses what is out of range.
    public Market {
      instruments = List.copyOf(instruments);
      scale(skewScale);
      within(fraction, MILLION, "fraction", "must be 0 to 1000000");
      within(minimumRate, Decimal.ONE, "minimumRate", "must be 0 to 1");
      within(maintenanceScalar, Decimal.ONE, "maintenanceScalar", "must be 0 to 1");
      money(flatE6, "flat");
      within(flagRate, Decimal.ONE, "flagRate", "must be 0 to 1");
      new MarketProfile(dailyMove, depthE6, freed(minimumRate));
    }

    private static Decimal freed(Decimal minimumRate) {
      Decimal least = new Decimal(1, 6);
      return minimumRate.compareTo(least) < 0 ? least : minimumRate;
    }

    static Market read(ParameterReader reader) {
      return new Market(
          reader.words("instruments"),
          reader.decimal("skewScale"),
          reader.decimal("fraction"),
          reader.decimal("minimumRate"),
          reader.decimal("maintenanceScalar"),
          reader.amountE6("flat"),
          reader.decimal("flagRate"),
          reader.decimal("dailyMove"),
          reader.amountE6("depth"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .words("instruments", instruments)
          .number("skewScale", skewScale)
          .number("fraction", fraction)
          .number("minimumRate", minimumRate)
          .number("maintenanceScalar", maintenanceScalar)
          .amountE6("flat", flatE6)
          .number("flagRate", flagRate)
          .number("dailyMove", dailyMove)
          .amountE6("depth", depthE6)
          .build();
    }
  }

  /// What collateral loses of its value: `clamp(amount / skewScale * scalar, lowest, highest)`.
  ///
  /// @param skewScale whole units of the asset, above 0
  /// @param scalar 0 to a million
  /// @param lowest 0 to `highest`
  /// @param highest at most 1
  public record Discount(Decimal skewScale, Decimal scalar, Decimal lowest, Decimal highest) {
    /// Refuses what is out of range.
    public Discount {
      scale(skewScale);
      within(scalar, MILLION, "scalar", "must be 0 to 1000000");
      within(highest, Decimal.ONE, "highest", "must be 0 to 1");
      within(lowest, highest, "lowest", "must be 0 to highest");
    }

    static Discount read(ParameterReader reader) {
      return new Discount(
          reader.decimal("skewScale"),
          reader.decimal("scalar"),
          reader.decimal("lowest"),
          reader.decimal("highest"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("skewScale", skewScale)
          .number("scalar", scalar)
          .number("lowest", lowest)
          .number("highest", highest)
          .build();
    }
  }

  /// What a keeper is paid: the flag reward and the cost of execution, within limits.
  ///
  /// @param collateralShare the flag reward is at least this share of the collateral, 0 to 1
  /// @param executionCostE6 cost of execution, millionths of the numeraire
  /// @param minimumE6 it is at least this more than the cost
  /// @param minimumProfit it is at least this share more than the cost, 0 to 1
  /// @param maximumE6 it is at most this
  /// @param maximumShare it is at most this share of the collateral, 0 to 1
  public record Reward(
      Decimal collateralShare,
      long executionCostE6,
      long minimumE6,
      Decimal minimumProfit,
      long maximumE6,
      Decimal maximumShare) {
    /// Nothing is paid.
    public static final Reward NONE = new Reward(Decimal.ZERO, 0, 0, Decimal.ZERO, 0, Decimal.ZERO);

    /// Refuses what is out of range.
    public Reward {
      within(collateralShare, Decimal.ONE, "collateralShare", "must be 0 to 1");
      within(minimumProfit, Decimal.ONE, "minimumProfit", "must be 0 to 1");
      within(maximumShare, Decimal.ONE, "maximumShare", "must be 0 to 1");
      money(executionCostE6, "executionCost");
      money(minimumE6, "minimum");
      money(maximumE6, "maximum");
    }

    static Reward read(ParameterReader reader) {
      return new Reward(
          reader.decimal("collateralShare"),
          reader.amountE6("executionCost"),
          reader.amountE6("minimum"),
          reader.decimal("minimumProfit"),
          reader.amountE6("maximum"),
          reader.decimal("maximumShare"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("collateralShare", collateralShare)
          .amountE6("executionCost", executionCostE6)
          .amountE6("minimum", minimumE6)
          .number("minimumProfit", minimumProfit)
          .amountE6("maximum", maximumE6)
          .number("maximumShare", maximumShare)
          .build();
    }
  }

  private static void within(Decimal value, Decimal most, String name, String remedy) {
    Check.parameter(
        !value.isNegative() && value.compareTo(most) <= 0 && value.scale() <= PLACES,
        name,
        remedy + " with at most 12 decimal places");
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  private static void money(long valueE6, String name) {
    Check.parameter(valueE6 >= 0 && valueE6 <= LARGEST_E6, name, "must be 0 to 1000000000");
  }

  private static void scale(Decimal skewScale) {
    Check.parameter(skewScale.compareTo(Decimal.ZERO) > 0, "skewScale", "must be above 0");
  }

  /// The rates that govern an instrument.
  public Market marketOf(String instrumentSymbol) {
    for (Market market : markets.values()) {
      if (market.instruments().contains(instrumentSymbol)) {
        return market;
      }
    }
    return Objects.requireNonNull(markets.get(defaultMarket), defaultMarket);
  }

  /// Reads everything below `requirement` but the type.
  public static SizeScaledRates read(ParameterReader reader) {
    return new SizeScaledRates(
        reader.named("markets", Market::read),
        reader.word("defaultMarket"),
        reader.named("discounts", Discount::read),
        reader.fields("reward", Reward::read));
  }

  /// These rates count collateral at its flat weights.
  @Override
  public boolean takes(CollateralScaling.Rule rule) {
    return false;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder byName = ParameterNode.Fields.builder();
    markets.forEach((name, rates) -> byName.node(name, rates.toFields()));
    ParameterNode.Builder byAsset = ParameterNode.Fields.builder();
    discounts.forEach((symbol, discount) -> byAsset.node(symbol, discount.toFields()));
    return ParameterNode.Fields.builder()
        .node("markets", byName.build())
        .word("defaultMarket", defaultMarket)
        .node("discounts", byAsset.build())
        .node("reward", reward.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    Market rates = marketOf(instrumentSymbol);
    return new MarketProfile(rates.dailyMove(), rates.depthE6(), Market.freed(rates.minimumRate()));
  }
}
