package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralScaling.Tier;
import io.evenkeel.model.rulebook.CollateralTerms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What one asset counts where its schedule scales weights, as terms.
final class ScaledExplanation {
  private static final int WEIGHT_PLACES = 12;

  private final Book book;
  private final ScaledCollateral scaled;
  private final RulebookTerms terms;

  ScaledExplanation(Book book, ScaledCollateral scaled, RulebookTerms terms) {
    this.book = book;
    this.scaled = scaled;
    this.terms = terms;
  }

  /// The term of an amount.
  ///
  /// @param amount the amount as a term
  /// @param valueE6 what it counts
  Term collateral(int asset, long amountMinor, Term amount, long valueE6, boolean initial) {
    String symbol = book.assets.at(asset).symbol();
    if (amountMinor < 0) {
      return Terms.of(
          symbol + " debt",
          Operation.PRODUCT,
          valueE6,
          amount,
          price(asset, scaled.highUnits(terms, asset, initial)),
          weight(scaled.debtE12(terms, asset, amountMinor, initial)));
    }
    boolean unreliable =
        initial ? book.assets.quotes().isDegraded(asset) : book.assets.quotes().isLost(asset);
    CollateralTerms schedule = terms.collateral(asset);
    long counted = Math.min(amountMinor, schedule.capMinor());
    Term used =
        counted == amountMinor
            ? amount
            : new Term(
                "counted amount",
                Operation.MINIMUM,
                minor(asset, counted),
                symbol,
                List.of(amount, amount("cap", asset, schedule.capMinor())));
    Term price = price(asset, scaled.lowUnits(terms, asset, initial));
    long weight = unreliable ? 0 : scaled.assetE12(terms, asset, counted, initial);
    Rule.ByAmount byAmount = schedule.scaling().find(Rule.ByAmount.class);
    return byAmount == null
        ? Terms.of(symbol + " collateral", Operation.PRODUCT, valueE6, used, price, weight(weight))
        : tiers(asset, counted, price, weight, byAmount.tiers(), initial);
  }

  private Term tiers(
      int asset, long counted, Term price, long weight, List<Tier> tiers, boolean initial) {
    long units = scaled.lowUnits(terms, asset, initial);
    List<Term> parts = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      long from = scaled.tierFromMinor(asset, tiers.get(i));
      if (from >= counted) {
        break;
      }
      long to =
          i + 1 < tiers.size()
              ? Math.min(counted, scaled.tierFromMinor(asset, tiers.get(i + 1)))
              : counted;
      long worth = scaled.worthE6(asset, to, units) - scaled.worthE6(asset, from, units);
      long tierWeight = ScaledCollateral.tierE12(weight, tiers.get(i));
      parts.add(
          Terms.of(
              "tier " + (i + 1),
              Operation.PRODUCT,
              ScaledCollateral.weighed(worth, tierWeight),
              amount("amount in it", asset, to - from),
              price,
              weight(tierWeight)));
    }
    return Terms.sum(book.assets.at(asset).symbol() + " collateral", parts);
  }

  private Term price(int asset, long units) {
    return Terms.input("price", units, book.assets.at(asset).priceScale(), Terms.NUMERAIRE);
  }

  private Term amount(String name, int asset, long minor) {
    return Terms.input(name, minor, book.assets.at(asset).scale(), book.assets.at(asset).symbol());
  }

  private BigDecimal minor(int asset, long amountMinor) {
    return BigDecimal.valueOf(amountMinor, book.assets.at(asset).scale());
  }

  private static Term weight(long weightE12) {
    return Terms.input("weight", weightE12, WEIGHT_PLACES, "1");
  }
}
