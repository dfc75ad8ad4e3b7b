package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One initial rate for each market, raised with the market's open interest until a position must
/// be backed in full; maintenance is a share of the unraised requirement, so a growing market stops
/// new risk without closing anybody (reference: dYdX v4 liquidity tiers).
///
/// @param fills what a fill must leave behind when the account is not backed at the initial level
/// @param tiers rates by name
/// @param defaultTier tier of every instrument that no tier lists
public record OpenInterestRates(FillRule fills, Map<String, Tier> tiers, String defaultTier)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "openInterestRates";

  private static final int PPM_PLACES = 6;
  private static final long MILLION = 1_000_000;

  /// Refuses tiers that overlap or lead nowhere.
  public OpenInterestRates {
    tiers = Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
    Check.parameter(
        tiers.containsKey(defaultTier),
        "requirement.defaultTier",
        "must name one of requirement.tiers");
    Set<String> listed = new HashSet<>();
    tiers.forEach((name, tier) -> {
      for (String instrument : tier.instruments()) {
        Check.parameter(
            listed.add(instrument),
            "requirement.tiers." + name + ".instruments",
            "must not list " + instrument + ", which another tier lists");
      }
    });
  }

  /// What a fill must leave behind when it does not leave the account backed at the initial level.
  public enum FillRule {
    /// A smaller position, at whatever price.
    REDUCING,
    /// An account that is no riskier than before: equity over maintenance margin not lower, and
    /// maintenance margin not higher (reference: dYdX v4 state transitions).
    NO_RISKIER
  }

  /// Rates of some instruments, exact to the millionth.
  ///
  /// @param instruments symbols it governs
  /// @param initialRate share of notional required for initial while open interest is small, 0 to 1
  /// @param maintenanceShare what maintenance is of that, 0 to 1
  /// @param lowerCapE6 notional of open interest up to which the initial rate is not raised,
  ///   millionths of the numeraire
  /// @param upperCapE6 notional from which the initial rate is 1; 0 when it is never raised
  /// @param fundingFactor the funding rate of eight hours stays within this many times the
  ///   difference of initial and maintenance rate, 0 to 10,000; see `FundingLimit` of the engine
  /// @param dailyMove one standard deviation of a day's relative price move
  /// @param depthE6 notional that moves the embedded closing market by `impact`, millionths
  public record Tier(
      List<String> instruments,
      Decimal initialRate,
      Decimal maintenanceShare,
      long lowerCapE6,
      long upperCapE6,
      Decimal fundingFactor,
      Decimal dailyMove,
      long depthE6) {
    /// Refuses what is out of range or finer than a millionth.
    public Tier {
      instruments = List.copyOf(instruments);
      share(initialRate, "initialRate");
      share(maintenanceShare, "maintenanceShare");
      Check.parameter(lowerCapE6 >= 0, "openInterestLower", "must not be negative");
      Check.parameter(
          upperCapE6 == 0 || upperCapE6 >= lowerCapE6,
          "openInterestUpper",
          "must be 0 or at least openInterestLower");
      Check.parameter(
          !fundingFactor.isNegative()
              && fundingFactor.compareTo(new Decimal(10_000, 0)) <= 0
              && fundingFactor.scale() <= PPM_PLACES,
          "fundingFactor",
          "must be 0 to 10000 with at most 6 decimal places");
      new MarketProfile(dailyMove, depthE6, freed(initialRate));
    }

    private static void share(Decimal value, String name) {
      Check.parameter(
          !value.isNegative() && value.compareTo(Decimal.ONE) <= 0 && value.scale() <= PPM_PLACES,
          name,
          "must be 0 to 1 with at most 6 decimal places");
    }

    /// What closing frees: the initial rate, but never nothing.
    private static Decimal freed(Decimal initialRate) {
      Decimal least = new Decimal(1, PPM_PLACES);
      return initialRate.compareTo(least) < 0 ? least : initialRate;
    }

    /// [#initialRate()] in millionths.
    public long initialPpm() {
      return initialRate.times(MILLION, Rounding.FLOOR);
    }

    /// [#maintenanceShare()] in millionths.
    public long maintenanceSharePpm() {
      return maintenanceShare.times(MILLION, Rounding.FLOOR);
    }

    /// [#fundingFactor()] in millionths.
    public long fundingFactorPpm() {
      return fundingFactor.times(MILLION, Rounding.FLOOR);
    }

    static Tier read(ParameterReader reader) {
      return new Tier(
          reader.words("instruments"),
          reader.decimal("initialRate"),
          reader.decimal("maintenanceShare"),
          reader.amountE6("openInterestLower"),
          reader.amountE6("openInterestUpper"),
          reader.decimal("fundingFactor"),
          reader.decimal("dailyMove"),
          reader.amountE6("depth"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .words("instruments", instruments)
          .number("initialRate", initialRate)
          .number("maintenanceShare", maintenanceShare)
          .amountE6("openInterestLower", lowerCapE6)
          .amountE6("openInterestUpper", upperCapE6)
          .number("fundingFactor", fundingFactor)
          .number("dailyMove", dailyMove)
          .amountE6("depth", depthE6)
          .build();
    }
  }

  /// The tier that governs an instrument.
  public Tier tierOf(String instrumentSymbol) {
    for (Tier tier : tiers.values()) {
      if (tier.instruments().contains(instrumentSymbol)) {
        return tier;
      }
    }
    return Objects.requireNonNull(tiers.get(defaultTier), defaultTier);
  }

  /// Reads everything below `requirement` but the type.
  public static OpenInterestRates read(ParameterReader reader) {
    return new OpenInterestRates(
        reader.choice("fills", FillRule.values()),
        reader.named("tiers", Tier::read),
        reader.word("defaultTier"));
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
    tiers.forEach((name, tier) -> byName.node(name, tier.toFields()));
    return ParameterNode.Fields.builder()
        .choice("fills", fills)
        .node("tiers", byName.build())
        .word("defaultTier", defaultTier)
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    Tier tier = tierOf(instrumentSymbol);
    return new MarketProfile(tier.dailyMove(), tier.depthE6(), Tier.freed(tier.initialRate()));
  }

  @Override
  public boolean takesNoRiskierFills() {
    return fills == FillRule.NO_RISKIER;
  }
}
