package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Flat rates of notional whose initial fraction rises with the open interest of the market
/// (reference: dYdX v4 liquidity tiers). Profit and loss count in full, at once.
///
/// @param tiers by name
/// @param defaultTier tier of every instrument that no tier lists
/// @param market what closing and projections need to know
public record OpenInterestRates(Map<String, Tier> tiers, String defaultTier, MarketProfile market)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "openInterestRates";

  /// Refuses tiers that overlap or lead nowhere.
  public OpenInterestRates {
    tiers = Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
    Check.parameter(
        tiers.containsKey(defaultTier),
        "requirement.defaultTier",
        "must name one of requirement.tiers");
    List<String> listed = new ArrayList<>();
    tiers.forEach((name, tier) -> {
      for (String instrument : tier.instruments()) {
        Check.parameter(
            !listed.contains(instrument),
            "requirement.tiers." + name + ".instruments",
            "must not list " + instrument + ", which another tier lists");
        listed.add(instrument);
      }
    });
  }

  /// One liquidity tier.
  ///
  /// @param instruments symbols it governs
  /// @param initialFraction share of notional required for initial, 0 to 1, at most 6 decimals
  /// @param maintenanceShare share of that which is required for maintenance, 0 to 1, at most 6
  ///   decimals
  /// @param lowerCapE6 open interest up to which `initialFraction` holds, millionths of the
  ///   numeraire
  /// @param upperCapE6 open interest from which notional is required in full; 0 for never
  public record Tier(
      List<String> instruments,
      Decimal initialFraction,
      Decimal maintenanceShare,
      long lowerCapE6,
      long upperCapE6) {
    private static final int PPM_PLACES = 6;

    /// Refuses what is out of range or order.
    public Tier {
      instruments = List.copyOf(instruments);
      checkShare(initialFraction, "initialFraction");
      checkShare(maintenanceShare, "maintenanceShare");
      Check.parameter(lowerCapE6 >= 0, "openInterestLower", "must not be negative");
      Check.parameter(
          upperCapE6 == 0 || upperCapE6 >= lowerCapE6,
          "openInterestUpper",
          "must be 0 or at least openInterestLower");
    }

    private static void checkShare(Decimal share, String name) {
      Check.parameter(
          !share.isNegative() && share.compareTo(Decimal.ONE) <= 0 && share.scale() <= PPM_PLACES,
          name,
          "must be 0 to 1 with at most 6 decimal places");
    }

    private static Tier read(ParameterReader reader) {
      return new Tier(
          reader.words("instruments"),
          reader.decimal("initialFraction"),
          reader.decimal("maintenanceShare"),
          reader.amountE6("openInterestLower"),
          reader.amountE6("openInterestUpper"));
    }

    private ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .words("instruments", instruments)
          .number("initialFraction", initialFraction)
          .number("maintenanceShare", maintenanceShare)
          .amountE6("openInterestLower", lowerCapE6)
          .amountE6("openInterestUpper", upperCapE6)
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
    return java.util.Objects.requireNonNull(tiers.get(defaultTier));
  }

  /// Reads the parameters.
  public static OpenInterestRates read(ParameterReader reader) {
    return new OpenInterestRates(
        reader.named("tiers", Tier::read),
        reader.word("defaultTier"),
        reader.fields("market", MarketProfile::read));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder named = ParameterNode.Fields.builder();
    tiers.forEach((name, tier) -> named.node(name, tier.toFields()));
    return ParameterNode.Fields.builder()
        .node("tiers", named.build())
        .word("defaultTier", defaultTier)
        .node("market", market.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return market;
  }
}
