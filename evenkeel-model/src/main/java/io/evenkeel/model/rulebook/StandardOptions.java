package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Rule-based margin of options, futures and perpetuals: every short option by itself, by how far
/// it is out of the money; where the venue grants it, the options of one expiry together by the
/// most they can lose. What collateral counts is in the rulebook's collateral schedule (reference:
/// Derive standard margin; Deribit standard margin).
///
/// @param value where the value of an option comes from
/// @param reference the price of the underlying that requirements are a share of
/// @param spreadRelief what options of one expiry are granted together
/// @param markets parameters by symbol of the underlying
/// @param defaultMarket the market whose parameters govern every other underlying
/// @param depeg what the initial requirement adds while the stable coin is below par
/// @param market what closing needs to know of every contract
public record StandardOptions(
    ValueSource value,
    ReferencePrice reference,
    SpreadRelief spreadRelief,
    Map<String, Market> markets,
    String defaultMarket,
    Depeg depeg,
    MarketProfile market)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "standardOptions";

  private static final Decimal TEN = new Decimal(10, 0);

  /// Refuses names that lead nowhere.
  public StandardOptions {
    markets = Collections.unmodifiableMap(new LinkedHashMap<>(markets));
    Check.parameter(
        markets.containsKey(defaultMarket),
        "requirement.defaultMarket",
        "must name one of requirement.markets");
  }

  /// Where the value of an option comes from.
  public enum ValueSource {
    /// Black-76 on the published forward and volatility, undiscounted.
    MODEL,
    /// The mark of the contract.
    MARK
  }

  /// The price of the underlying that requirements are a share of.
  public enum ReferencePrice {
    /// Its published spot price.
    SPOT,
    /// The forward to the expiry of the option.
    FORWARD
  }

  /// What options of one expiry are granted together.
  public enum SpreadRelief {
    /// Nothing.
    NONE,
    /// They need no more than the most they lose at any strike held, and at 0, plus a charge for
    /// every call that is short beyond those that are long.
    MAXIMUM_LOSS
  }

  /// Parameters of one underlying.
  ///
  /// @param option rates of options
  /// @param future rates of futures and perpetuals
  /// @param oracle what weak prices add
  public record Market(OptionRates option, FutureRates future, OracleContingency oracle) {}

  /// Rates of a short option, shares of the reference price but where stated otherwise.
  ///
  /// @param maximumRate initial rate at the money, from which the share by which the option is out
  ///   of the money is taken
  /// @param minimumRate what it does not fall below; 0 to `maximumRate`
  /// @param maintenanceCallRate maintenance rate of calls, at most `minimumRate`
  /// @param maintenancePutRate maintenance rate of puts
  /// @param maintenancePutValueRate the same as a share of the put's own value; the larger counts
  /// @param initialPutFactor initial requirement of a put is at least this times its maintenance
  ///   requirement; at least 1
  /// @param unpairedInitialFactor charge for a call that is short beyond those that are long, per
  ///   unit of forward; at least `unpairedMaintenanceFactor`
  /// @param unpairedMaintenanceFactor the same for maintenance; at least 1, because a call is worth
  ///   at most the forward
  public record OptionRates(
      Decimal maximumRate,
      Decimal minimumRate,
      Decimal maintenanceCallRate,
      Decimal maintenancePutRate,
      Decimal maintenancePutValueRate,
      Decimal initialPutFactor,
      Decimal unpairedInitialFactor,
      Decimal unpairedMaintenanceFactor) {
    /// Refuses rates out of order.
    public OptionRates {
      ordered(maximumRate, Decimal.ONE, "maximumRate", "must be 0 to 1");
      ordered(minimumRate, maximumRate, "minimumRate", "must be 0 to maximumRate");
      ordered(
          maintenanceCallRate,
          minimumRate,
          "maintenanceCallRate",
          "must be 0 to minimumRate: initial must not be below maintenance");
      ordered(maintenancePutRate, Decimal.ONE, "maintenancePutRate", "must be 0 to 1");
      ordered(maintenancePutValueRate, TEN, "maintenancePutValueRate", "must be 0 to 10");
      Check.parameter(
          initialPutFactor.compareTo(Decimal.ONE) >= 0 && initialPutFactor.compareTo(TEN) <= 0,
          "initialPutFactor",
          "must be 1 to 10");
      Check.parameter(
          unpairedMaintenanceFactor.compareTo(Decimal.ONE) >= 0,
          "unpairedMaintenanceFactor",
          "must be at least 1");
      Check.parameter(
          unpairedInitialFactor.compareTo(unpairedMaintenanceFactor) >= 0
              && unpairedInitialFactor.compareTo(TEN) <= 0,
          "unpairedInitialFactor",
          "must be unpairedMaintenanceFactor to 10");
    }

    static OptionRates read(ParameterReader reader) {
      return new OptionRates(
          reader.decimal("maximumRate"),
          reader.decimal("minimumRate"),
          reader.decimal("maintenanceCallRate"),
          reader.decimal("maintenancePutRate"),
          reader.decimal("maintenancePutValueRate"),
          reader.decimal("initialPutFactor"),
          reader.decimal("unpairedInitialFactor"),
          reader.decimal("unpairedMaintenanceFactor"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("maximumRate", maximumRate)
          .number("minimumRate", minimumRate)
          .number("maintenanceCallRate", maintenanceCallRate)
          .number("maintenancePutRate", maintenancePutRate)
          .number("maintenancePutValueRate", maintenancePutValueRate)
          .number("initialPutFactor", initialPutFactor)
          .number("unpairedInitialFactor", unpairedInitialFactor)
          .number("unpairedMaintenanceFactor", unpairedMaintenanceFactor)
          .build();
    }
  }

  /// Rates of a future or perpetual, shares of its notional. Each grows with the position: the rate
  /// is `rate + ratePerCoin * position in whole units of the underlying`.
  ///
  /// @param initialRate initial rate of the smallest position, `maintenanceRate` to 1
  /// @param initialRatePerCoin what each whole unit of the underlying adds to it,
  ///   `maintenanceRatePerCoin` to 1
  /// @param maintenanceRate maintenance rate of the smallest position
  /// @param maintenanceRatePerCoin what each whole unit of the underlying adds to it
  public record FutureRates(
      Decimal initialRate,
      Decimal initialRatePerCoin,
      Decimal maintenanceRate,
      Decimal maintenanceRatePerCoin) {
    /// Refuses rates out of order.
    public FutureRates {
      ordered(initialRate, Decimal.ONE, "initialRate", "must be 0 to 1");
      ordered(maintenanceRate, initialRate, "maintenanceRate", "must be 0 to initialRate");
      ordered(initialRatePerCoin, Decimal.ONE, "initialRatePerCoin", "must be 0 to 1");
      ordered(
          maintenanceRatePerCoin,
          initialRatePerCoin,
          "maintenanceRatePerCoin",
          "must be 0 to initialRatePerCoin");
    }

    static FutureRates read(ParameterReader reader) {
      return new FutureRates(
          reader.decimal("initialRate"),
          reader.decimal("initialRatePerCoin"),
          reader.decimal("maintenanceRate"),
          reader.decimal("maintenanceRatePerCoin"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("initialRate", initialRate)
          .number("initialRatePerCoin", initialRatePerCoin)
          .number("maintenanceRate", maintenanceRate)
          .number("maintenanceRatePerCoin", maintenanceRatePerCoin)
          .build();
    }
  }

  /// What a weak price adds to the initial requirement: `(1 - confidence) * factor` of the exposure
  /// at spot, once the confidence is below a threshold. At the threshold itself it adds nothing; a
  /// threshold of 0 turns it off.
  ///
  /// @param futureThreshold for futures and perpetuals, 0 to 1
  /// @param optionThreshold for short options, 0 to 1
  /// @param collateralThreshold for the underlying held as collateral, 0 to 1
  /// @param factor 0 to 10
  public record OracleContingency(
      Decimal futureThreshold,
      Decimal optionThreshold,
      Decimal collateralThreshold,
      Decimal factor) {
    /// Adds nothing.
    public static final OracleContingency NONE =
        new OracleContingency(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO);

    /// Refuses what is out of range.
    public OracleContingency {
      ordered(futureThreshold, Decimal.ONE, "futureThreshold", "must be 0 to 1");
      ordered(optionThreshold, Decimal.ONE, "optionThreshold", "must be 0 to 1");
      ordered(collateralThreshold, Decimal.ONE, "collateralThreshold", "must be 0 to 1");
      ordered(factor, TEN, "factor", "must be 0 to 10");
    }

    static OracleContingency read(ParameterReader reader) {
      return new OracleContingency(
          reader.decimal("futureThreshold"),
          reader.decimal("optionThreshold"),
          reader.decimal("collateralThreshold"),
          reader.decimal("factor"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("futureThreshold", futureThreshold)
          .number("optionThreshold", optionThreshold)
          .number("collateralThreshold", collateralThreshold)
          .number("factor", factor)
          .build();
    }
  }

  /// What a lost peg adds to the initial requirement: `(threshold - price) * factor` of the
  /// exposure at spot, once the stable coin's price is below the threshold; 0 turns it off.
  ///
  /// @param threshold 0 to 1
  /// @param factor 0 to 10
  public record Depeg(Decimal threshold, Decimal factor) {
    /// Adds nothing.
    public static final Depeg NONE = new Depeg(Decimal.ZERO, Decimal.ZERO);

    /// Refuses what is out of range.
    public Depeg {
      ordered(threshold, Decimal.ONE, "threshold", "must be 0 to 1");
      ordered(factor, TEN, "factor", "must be 0 to 10");
    }

    static Depeg read(ParameterReader reader) {
      return new Depeg(reader.decimal("threshold"), reader.decimal("factor"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("threshold", threshold)
          .number("factor", factor)
          .build();
    }
  }

  private static void ordered(Decimal value, Decimal most, String name, String remedy) {
    Check.parameter(!value.isNegative() && value.compareTo(most) <= 0, name, remedy);
  }

  /// The parameters that govern an underlying.
  public Market marketOf(String underlyingSymbol) {
    Market own = markets.get(underlyingSymbol);
    return own != null ? own : Objects.requireNonNull(markets.get(defaultMarket), defaultMarket);
  }

  /// Reads everything below `requirement` but the type.
  public static StandardOptions read(ParameterReader reader) {
    return new StandardOptions(
        reader.choice("value", ValueSource.values()),
        reader.choice("reference", ReferencePrice.values()),
        reader.choice("spreadRelief", SpreadRelief.values()),
        reader.named(
            "markets",
            market ->
                new Market(
                    market.fields("option", OptionRates::read),
                    market.fields("future", FutureRates::read),
                    market.fields("oracle", OracleContingency::read))),
        reader.word("defaultMarket"),
        reader.fields("depeg", Depeg::read),
        reader.fields("market", MarketProfile::read));
  }

  @Override
  public boolean marginsOptions() {
    return true;
  }

  @Override
  public boolean marginsInverseFutures() {
    return true;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder byMarket = ParameterNode.Fields.builder();
    markets.forEach((symbol, rates) ->
        byMarket.node(
            symbol,
            ParameterNode.Fields.builder()
                .node("option", rates.option().toFields())
                .node("future", rates.future().toFields())
                .node("oracle", rates.oracle().toFields())
                .build()));
    return ParameterNode.Fields.builder()
        .choice("value", value)
        .choice("reference", reference)
        .choice("spreadRelief", spreadRelief)
        .node("markets", byMarket.build())
        .word("defaultMarket", defaultMarket)
        .node("depeg", depeg.toFields())
        .node("market", market.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return market;
  }
}
