package io.evenkeel.engine.margin.health;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// What the funds that open orders of one spot pair reserve are worth: whichever is less of "all
/// becomes base" and "all becomes quote", each as if it came in last. Overwritten by the next
/// weighing.
final class SpotOrderHealth {
  /// What is reserved, and what the other side of it would bring, minor units.
  long reservedBaseMinor;

  long reservedQuoteMinor;
  long quoteAsBaseMinor;
  long baseAsQuoteMinor;

  final Effect base = new Effect();
  final Effect quote = new Effect();

  /// What an amount coming in last does to health.
  static final class Effect {
    /// The part of it that stays an asset, and the part that pays off a debt, minor units.
    long assetMinor;

    long debtMinor;
    long assetE6;
    long debtE6;

    long sumE6() {
      return Math.addExact(assetE6, debtE6);
    }
  }

  /// Converts what is reserved at oracle prices, but to no more than the orders themselves would
  /// bring.
  void reserve(
      long baseMinor,
      long quoteMinor,
      long filledBaseMinor,
      long filledQuoteMinor,
      Token baseToken,
      Token quoteToken) {
    reservedBaseMinor = baseMinor;
    reservedQuoteMinor = quoteMinor;
    quoteAsBaseMinor =
        Math.min(
            filledBaseMinor,
            converted(quoteMinor, quoteToken.lowUnits, quoteToken, baseToken.highUnits, baseToken));
    baseAsQuoteMinor =
        Math.min(
            filledQuoteMinor,
            converted(baseMinor, baseToken.lowUnits, baseToken, quoteToken.highUnits, quoteToken));
  }

  private static long converted(
      long amountMinor, long fromPrice, Token from, long toPrice, Token to) {
    long value = Fixed.mulDiv(amountMinor, fromPrice, from.divisor, Rounding.FLOOR);
    return Fixed.mulDiv(value, to.divisor, toPrice, Rounding.FLOOR);
  }

  long allAsBaseMinor() {
    return Math.addExact(reservedBaseMinor, quoteAsBaseMinor);
  }

  long allAsQuoteMinor() {
    return Math.addExact(reservedQuoteMinor, baseAsQuoteMinor);
  }

  /// What the orders add to health, with the most that all pairs could bring of each asset.
  long contributionE6(Token baseToken, Token quoteToken) {
    if (allAsBaseMinor() == 0 || allAsQuoteMinor() == 0) {
      return 0;
    }
    apply(base, allAsBaseMinor(), baseToken);
    apply(quote, allAsQuoteMinor(), quoteToken);
    return Math.min(base.sumE6(), quote.sumE6());
  }

  private static void apply(Effect effect, long amountMinor, Token token) {
    long most = Math.addExact(token.balanceMinor, token.reservedMinor);
    if (most >= amountMinor) {
      effect.assetMinor = amountMinor;
    } else {
      effect.assetMinor = Math.max(0, most);
    }
    effect.debtMinor = amountMinor - effect.assetMinor;
    effect.assetE6 =
        MarketWeights.weighed(
            ContractHealth.valueE6(effect.assetMinor, token.lowUnits, token.divisor),
            token.assetE12);
    effect.debtE6 =
        MarketWeights.weighed(
            ContractHealth.valueE6(effect.debtMinor, token.highUnits, token.divisor),
            token.debtE12);
  }
}
