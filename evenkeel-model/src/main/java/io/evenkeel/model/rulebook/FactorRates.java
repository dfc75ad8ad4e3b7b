package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Risk factors per unit of notional for each side of a book, slippage on the open volume, and the
/// reserve for funding due (reference: Vega margin calculator, 0019-MCAL). Maintenance is the
/// dearer side; the level policy makes the other levels of it.
///
/// @param markets by instrument symbol
/// @param defaultMarket governs every instrument that `markets` does not name
/// @param unsettledProfit whether profit not yet settled in cash counts for equity; a venue that
///   settles at every mark looks at cash alone
/// @param isolatedInitial what IM of an isolated account is, as a multiple of MM, 1 to 1000
/// @param market what closing and projections need to know
public record FactorRates(
    Map<String, Market> markets,
    Market defaultMarket,
    boolean unsettledProfit,
    Decimal isolatedInitial,
    MarketProfile market)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "factorRates";

  private static final Decimal MOST = new Decimal(1_000, 0);

  /// Copies the map and refuses an initial factor below maintenance.
  public FactorRates {
    markets = Collections.unmodifiableMap(new LinkedHashMap<>(markets));
    Check.parameter(
        isolatedInitial.compareTo(Decimal.ONE) >= 0 && isolatedInitial.compareTo(MOST) <= 0,
        "requirement.isolatedInitial",
        "must be 1 to 1000, so that maintenance <= initial");
  }

  /// How one market is margined: by risk factors, or in full up to a price cap.
  public sealed interface Market {
    private static Market read(ParameterReader reader) {
      return reader.has("priceCap")
          ? new FullyCollateralised(reader.decimal("priceCap"))
          : new RiskFactors(
              reader.decimal("riskLong"),
              reader.decimal("riskShort"),
              reader.decimal("linearSlippage"),
              reader.decimal("quadraticSlippage"),
              reader.has("riskPlaces") ? (int) reader.whole("riskPlaces") : 0);
    }

    private ParameterNode.Fields toFields() {
      return switch (this) {
        case RiskFactors it -> {
          ParameterNode.Builder fields =
              ParameterNode.Fields.builder()
                  .number("riskLong", it.riskLong())
                  .number("riskShort", it.riskShort())
                  .number("linearSlippage", it.linearSlippage())
                  .number("quadraticSlippage", it.quadraticSlippage());
          yield (it.riskPlaces() == 0 ? fields : fields.number("riskPlaces", it.riskPlaces()))
              .build();
        }
        case FullyCollateralised it ->
            ParameterNode.Fields.builder().number("priceCap", it.priceCap()).build();
      };
    }
  }

  /// Factors of notional; each 0 to 1000000.
  ///
  /// @param riskLong what a long, and each open buy, is required per unit of notional
  /// @param riskShort the same of a short and each open sell
  /// @param linearSlippage what closing the open volume is taken to cost, share of its notional
  /// @param quadraticSlippage the same per contract of open volume
  /// @param riskPlaces 0 to 18: the risk factors are the numbers written divided by ten to this,
  ///   for factors of more than 18 decimals
  public record RiskFactors(
      Decimal riskLong,
      Decimal riskShort,
      Decimal linearSlippage,
      Decimal quadraticSlippage,
      int riskPlaces)
      implements Market {
    private static final Decimal LARGEST = new Decimal(1_000_000, 0);

    /// Risk factors as they are written.
    public RiskFactors(
        Decimal riskLong, Decimal riskShort, Decimal linearSlippage, Decimal quadraticSlippage) {
      this(riskLong, riskShort, linearSlippage, quadraticSlippage, 0);
    }

    /// Refuses negative factors and factors no market could need.
    public RiskFactors {
      check(riskLong, "riskLong");
      check(riskShort, "riskShort");
      check(linearSlippage, "linearSlippage");
      check(quadraticSlippage, "quadraticSlippage");
      Check.parameter(riskPlaces >= 0 && riskPlaces <= 18, "riskPlaces", "must be 0 to 18");
    }

    private static void check(Decimal factor, String name) {
      Check.parameter(
          !factor.isNegative() && factor.compareTo(LARGEST) <= 0, name, "must be 0 to 1000000");
    }
  }

  /// Every unit of possible loss is posted: nobody can owe more than up to the cap, or down to 0.
  ///
  /// @param priceCap highest price the contract can settle at, above 0, in its own price
  public record FullyCollateralised(Decimal priceCap) implements Market {
    /// Refuses a cap of nothing.
    public FullyCollateralised {
      Check.parameter(priceCap.compareTo(Decimal.ZERO) > 0, "priceCap", "must be greater than 0");
    }
  }

  /// The market that governs an instrument.
  public Market marketOf(String instrumentSymbol) {
    return Objects.requireNonNull(markets.getOrDefault(instrumentSymbol, defaultMarket));
  }

  /// Reads the parameters.
  public static FactorRates read(ParameterReader reader) {
    return new FactorRates(
        reader.named("markets", Market::read),
        reader.fields("defaultMarket", Market::read),
        reader.flag("unsettledProfit"),
        reader.decimal("isolatedInitial"),
        reader.fields("market", MarketProfile::read));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder named = ParameterNode.Fields.builder();
    markets.forEach((symbol, it) -> named.node(symbol, it.toFields()));
    return ParameterNode.Fields.builder()
        .node("markets", named.build())
        .node("defaultMarket", defaultMarket.toFields())
        .flag("unsettledProfit", unsettledProfit)
        .number("isolatedInitial", isolatedInitial)
        .node("market", market.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return market;
  }
}
