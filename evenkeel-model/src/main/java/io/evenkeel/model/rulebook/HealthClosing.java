package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How an account is brought back above nothing under [HealthWeights] (reference: Mango v4, the
/// instructions that liquidate perpetuals and tokens and that deal with bankruptcy). A liquidation
/// begins with maintenance health below 0 and goes on, over as many cycles as it takes, until
/// liquidation-end health is back.
///
/// @param exitToleranceE6 liquidation-end health above minus this is enough, > 0; millionths of the
///   numeraire
/// @param perpetuals how contracts are closed and their profits taken over; null leaves them alone
/// @param tokens how debts are paid with what is held; null leaves them alone
/// @param bankruptcy what is done when nothing is left to close or to pay with; null: nothing
public record HealthClosing(
    long exitToleranceE6,
    @Nullable Perpetuals perpetuals,
    @Nullable Tokens tokens,
    @Nullable Bankruptcy bankruptcy) {
  /// Stands for no limit on lots.
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /// Refuses what is out of range.
  public HealthClosing {
    Check.parameter(exitToleranceE6 > 0, "exitTolerance", "must be above 0");
  }

  /// What the backstop earns on contracts, by name of the market in `requirement.markets`; a market
  /// without an entry costs nothing.
  ///
  /// @param fees by market
  /// @param mostLots most lots of one position that are closed in one cycle, >= 0, or [#NO_LIMIT]
  /// @param mostResult most profit of one position that is taken over in one cycle, whole units of
  ///   the settlement asset, >= 0; null when that is not limited
  public record Perpetuals(
      Map<String, MarketFees> fees, long mostLots, @Nullable Decimal mostResult) {
    /// Refuses limits below nothing.
    public Perpetuals {
      fees = Collections.unmodifiableMap(new LinkedHashMap<>(fees));
      Check.parameter(mostLots >= 0, "mostLots", "must not be negative");
      requireLimit(mostResult, "mostResult");
    }

    /// What a market costs.
    public MarketFees feesOf(String market) {
      return fees.getOrDefault(market, MarketFees.NONE);
    }

    private ParameterNode.Fields toFields() {
      ParameterNode.Builder fields = ParameterNode.Fields.builder();
      ParameterNode.Builder byMarket = ParameterNode.Fields.builder();
      fees.forEach((name, entry) -> byMarket.node(name, entry.toFields()));
      fields.node("fees", byMarket.build());
      if (mostLots != NO_LIMIT) {
        fields.number("mostLots", mostLots);
      }
      return withLimit(fields, "mostResult", mostResult).build();
    }

    private static Perpetuals read(ParameterReader reader) {
      return new Perpetuals(
          reader.has("fees") ? reader.named("fees", MarketFees::read) : Map.of(),
          reader.has("mostLots") ? reader.whole("mostLots") : NO_LIMIT,
          limit(reader, "mostResult"));
    }
  }

  /// What closing costs in one market.
  ///
  /// @param base what the backstop earns on base it takes over, as a share of its value, 0 to 0.5
  /// @param platform the venue's share on top, 0 to 0.5
  /// @param result what the backstop keeps of a profit it takes over, below 1
  /// @param insured whether the insurance fund pays for losses in the market
  public record MarketFees(Decimal base, Decimal platform, Decimal result, boolean insured) {
    /// Nothing, and insured.
    public static final MarketFees NONE =
        new MarketFees(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, true);

    /// Refuses what is out of range.
    public MarketFees {
      requireFee(base, "base");
      requireFee(platform, "platform");
      Check.parameter(
          !result.isNegative() && result.compareTo(Decimal.ONE) < 0, "result", "must be below 1");
    }

    private ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("base", base)
          .number("platform", platform)
          .number("result", result)
          .flag("insured", insured)
          .build();
    }

    private static MarketFees read(ParameterReader reader) {
      return new MarketFees(
          reader.decimal("base", Decimal.ZERO),
          reader.decimal("platform", Decimal.ZERO),
          reader.decimal("result", Decimal.ZERO),
          !reader.has("insured") || reader.flag("insured"));
    }
  }

  /// What the backstop earns on tokens, by symbol; an asset without an entry costs nothing.
  ///
  /// @param fees by asset
  /// @param mostDebt most of one debt that is paid with one asset in one cycle, whole units, >= 0;
  ///   null when that is not limited
  public record Tokens(Map<String, TokenFees> fees, @Nullable Decimal mostDebt) {
    /// Refuses a limit below nothing.
    public Tokens {
      fees = Collections.unmodifiableMap(new LinkedHashMap<>(fees));
      requireLimit(mostDebt, "mostDebt");
    }

    /// What an asset costs, as one that is held or as one that is owed.
    public TokenFees feesOf(String asset) {
      return fees.getOrDefault(asset, TokenFees.NONE);
    }

    private ParameterNode.Fields toFields() {
      ParameterNode.Builder byAsset = ParameterNode.Fields.builder();
      fees.forEach((name, entry) -> byAsset.node(name, entry.toFields()));
      ParameterNode.Builder fields = ParameterNode.Fields.builder().node("fees", byAsset.build());
      return withLimit(fields, "mostDebt", mostDebt).build();
    }

    private static Tokens read(ParameterReader reader) {
      return new Tokens(
          reader.has("fees") ? reader.named("fees", TokenFees::read) : Map.of(),
          limit(reader, "mostDebt"));
    }
  }

  /// What paying with or being paid in an asset costs: the fees of both assets multiply.
  ///
  /// @param fee what the backstop earns, as a share of the value, 0 to 0.5
  /// @param platform the venue's share on top, 0 to 0.5
  public record TokenFees(Decimal fee, Decimal platform) {
    /// Nothing.
    public static final TokenFees NONE = new TokenFees(Decimal.ZERO, Decimal.ZERO);

    /// Refuses what is out of range.
    public TokenFees {
      requireFee(fee, "fee");
      requireFee(platform, "platform");
    }

    private ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder().number("fee", fee).number("platform", platform).build();
    }

    private static TokenFees read(ParameterReader reader) {
      return new TokenFees(
          reader.decimal("fee", Decimal.ZERO), reader.decimal("platform", Decimal.ZERO));
    }
  }

  /// Losses that nothing backs: settled out of what the account still holds, then taken over by the
  /// backstop for money of the insurance fund, then borne by all holders of the instrument, or by
  /// all who lent the asset.
  ///
  /// @param mostSettled most of one loss that is settled out of the account's own assets in one
  ///   cycle, whole units of the settlement asset, >= 0; null when that is not limited
  /// @param mostTaken most of one loss or debt that the backstop takes over in one cycle, settled
  ///   or insured; null when that is not limited
  public record Bankruptcy(@Nullable Decimal mostSettled, @Nullable Decimal mostTaken) {
    /// Refuses limits below nothing.
    public Bankruptcy {
      requireLimit(mostSettled, "mostSettled");
      requireLimit(mostTaken, "mostTaken");
    }

    private ParameterNode.Fields toFields() {
      ParameterNode.Builder fields = ParameterNode.Fields.builder();
      withLimit(fields, "mostSettled", mostSettled);
      return withLimit(fields, "mostTaken", mostTaken).build();
    }

    private static Bankruptcy read(ParameterReader reader) {
      return new Bankruptcy(limit(reader, "mostSettled"), limit(reader, "mostTaken"));
    }
  }

  /// Refuses markets and assets that the rest of the rulebook does not have, and fees that would
  /// make closing a position cost more health than it frees.
  ///
  /// @param requirement of the same rulebook
  /// @param isListed whether an asset is in its collateral schedule
  void checkAgainst(RequirementModel requirement, Predicate<String> isListed) {
    Check.parameter(
        requirement instanceof HealthWeights,
        "liquidation.steps",
        "has closeByHealth, which needs requirement.type healthWeights");
    HealthWeights weights = (HealthWeights) requirement;
    if (perpetuals != null) {
      perpetuals.fees.forEach((name, fees) -> {
        Check.parameter(
            weights.markets().containsKey(name),
            "perpetuals.fees." + name,
            "must name one of requirement.markets");
        checkFrees(name, fees, weights.markets().get(name));
      });
    }
    if (tokens != null) {
      tokens
          .fees
          .keySet()
          .forEach(asset ->
              Check.parameter(
                  isListed.test(asset),
                  "tokens.fees." + asset,
                  "must name one of the collateral assets"));
    }
  }

  private static void checkFrees(
      String name, MarketFees fees, HealthWeights.@Nullable Market named) {
    HealthWeights.Market market = Objects.requireNonNull(named, name);
    long most = 1_000_000_000_000L;
    long fee =
        fees.base().times(most, Rounding.CEILING) + fees.platform().times(most, Rounding.CEILING);
    long longs = market.initialLongWeight().times(most, Rounding.CEILING);
    long shorts = market.initialShortWeight().times(most, Rounding.FLOOR);
    Check.parameter(
        fee < most - longs && fee < shorts - most,
        "perpetuals.fees." + name,
        "must be below what initial weights hold back, or closing would cost health");
  }

  /// Adds the terms to the tree of a step.
  void addTo(ParameterNode.Builder fields) {
    fields.amountE6("exitTolerance", exitToleranceE6);
    if (perpetuals != null) {
      fields.node("perpetuals", perpetuals.toFields());
    }
    if (tokens != null) {
      fields.node("tokens", tokens.toFields());
    }
    if (bankruptcy != null) {
      fields.node("bankruptcy", bankruptcy.toFields());
    }
  }

  static HealthClosing read(ParameterReader reader) {
    return new HealthClosing(
        reader.amountE6("exitTolerance"),
        reader.has("perpetuals") ? reader.fields("perpetuals", Perpetuals::read) : null,
        reader.has("tokens") ? reader.fields("tokens", Tokens::read) : null,
        reader.has("bankruptcy") ? reader.fields("bankruptcy", Bankruptcy::read) : null);
  }

  private static void requireFee(Decimal fee, String name) {
    Check.parameter(
        !fee.isNegative() && fee.compareTo(new Decimal(5, 1)) <= 0, name, "must be 0 to 0.5");
  }

  private static void requireLimit(@Nullable Decimal limit, String name) {
    Check.parameter(limit == null || !limit.isNegative(), name, "must not be negative");
  }

  private static @Nullable Decimal limit(ParameterReader reader, String name) {
    return reader.has(name) ? reader.decimal(name) : null;
  }

  private static ParameterNode.Builder withLimit(
      ParameterNode.Builder fields, String name, @Nullable Decimal limit) {
    return limit == null ? fields : fields.number(name, limit);
  }
}
