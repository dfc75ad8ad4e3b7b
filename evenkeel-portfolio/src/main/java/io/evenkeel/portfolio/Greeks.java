package io.evenkeel.portfolio;

import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.engine.pricing.Black76.Sensitivities;
import io.evenkeel.engine.pricing.SviSlice;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.ExpiryEntry;
import io.evenkeel.portfolio.PortfolioDocument.InstrumentEntry;
import io.evenkeel.portfolio.PortfolioDocument.OptionEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import io.evenkeel.portfolio.PortfolioDocument.SviEntry;
import io.evenkeel.portfolio.PortfolioDocument.UnderlyingEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the value of everything written on one underlying changes, in the numeraire. Options by
/// Black-76 on the forward of their expiry (the underlying's price where none is given),
/// undiscounted; an option without a volatility counts as its exercise value. Values of options
/// that pay in coin are those of the same option paid in the numeraire.
///
/// @param underlying asset symbol
/// @param delta per unit of its price, balances of the underlying itself included
/// @param gamma change of delta per unit of its price
/// @param vegaPerPoint per percentage point of volatility
/// @param thetaPerDay per day that passes
public record Greeks(
    String underlying, double delta, double gamma, double vegaPerPoint, double thetaPerDay) {
  private static final double NS_PER_YEAR = 365.0 * 86_400e9;
  private static final double POINTS = 100;

  static List<Greeks> of(PortfolioVenue venue) {
    PortfolioDocument document = venue.document();
    Map<String, Greeks> byUnderlying = new LinkedHashMap<>();
    document
        .instruments()
        .forEach((symbol, entry) -> {
          PositionEntry position = document.account().positions().get(symbol);
          String underlying = entry.underlying();
          if (position != null && underlying != null) {
            add(byUnderlying, ofPosition(document, underlying, entry, position));
          }
        });
    document
        .account()
        .balances()
        .forEach((symbol, amount) -> {
          if (byUnderlying.containsKey(symbol)) {
            double held = LiquidationPrices.decimal(amount).doubleValue();
            add(byUnderlying, new Greeks(symbol, held, 0, 0, 0));
          }
        });
    return new ArrayList<>(byUnderlying.values());
  }

  private static void add(Map<String, Greeks> byUnderlying, Greeks it) {
    byUnderlying.merge(
        it.underlying,
        it,
        (a, b) ->
            new Greeks(
                a.underlying,
                a.delta + b.delta,
                a.gamma + b.gamma,
                a.vegaPerPoint + b.vegaPerPoint,
                a.thetaPerDay + b.thetaPerDay));
  }

  private static Greeks ofPosition(
      PortfolioDocument document,
      String underlying,
      InstrumentEntry entry,
      PositionEntry position) {
    double quantity =
        LiquidationPrices.decimal(position.quantity()).doubleValue() * entry.contractSize();
    OptionEntry option = entry.option();
    if (option == null) {
      // what an inverse future gains is coin, F * (1/entry - 1/price), worth F * price/entry - F
      double coins =
          entry.inverse()
              ? quantity / LiquidationPrices.decimal(position.entry()).doubleValue()
              : quantity;
      return new Greeks(underlying, coins, 0, 0, 0);
    }
    double years = Math.max(0, (entry.expiryNs() - document.timeNs()) / NS_PER_YEAR);
    double strike = LiquidationPrices.decimal(option.strike()).doubleValue();
    Sensitivities it =
        Black76.sensitivities(
            option.right() == Right.CALL,
            forward(document, underlying, entry.expiryNs()),
            strike,
            volatility(document, underlying, entry, option, strike),
            years,
            1);
    return new Greeks(
        underlying,
        quantity * it.delta(),
        quantity * it.gamma(),
        quantity * it.vega() / POINTS,
        quantity * it.thetaPerDay());
  }

  private static @Nullable ExpiryEntry expiry(
      PortfolioDocument document, String underlying, long expiryNs) {
    UnderlyingEntry market = document.underlyings().get(underlying);
    return market == null ? null : market.expiries().get(expiryNs);
  }

  private static double forward(PortfolioDocument document, String underlying, long expiryNs) {
    ExpiryEntry expiry = expiry(document, underlying, expiryNs);
    if (expiry != null) {
      return LiquidationPrices.decimal(expiry.forward())
          .add(LiquidationPrices.decimal(expiry.forwardFixed()))
          .doubleValue();
    }
    AssetEntry asset = java.util.Objects.requireNonNull(document.assets().get(underlying));
    return LiquidationPrices.decimal(asset.price()).doubleValue();
  }

  private static double volatility(
      PortfolioDocument document,
      String underlying,
      InstrumentEntry entry,
      OptionEntry option,
      double strike) {
    if (option.volatility() != null) {
      return LiquidationPrices.decimal(option.volatility()).doubleValue();
    }
    ExpiryEntry expiry = expiry(document, underlying, entry.expiryNs());
    SviEntry svi = expiry == null ? null : expiry.svi();
    if (svi == null || strike == 0) {
      return 0;
    }
    return new SviSlice(
            LiquidationPrices.decimal(svi.a()).doubleValue(),
            LiquidationPrices.decimal(svi.b()).doubleValue(),
            LiquidationPrices.decimal(svi.rho()).doubleValue(),
            LiquidationPrices.decimal(svi.m()).doubleValue(),
            LiquidationPrices.decimal(svi.sigma()).doubleValue(),
            LiquidationPrices.decimal(svi.forward()).doubleValue(),
            LiquidationPrices.decimal(svi.years()).doubleValue())
        .volatility(strike);
  }
}
