package io.evenkeel.engine.margin.debt;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/// The parameters of [CollateralisedDebt] with symbols replaced by indices, and what they say of
/// one asset while a category is in force. Categories are indices, [#NO_CATEGORY] for none.
final class DebtTerms {
  static final int NO_CATEGORY = -1;

  private final Book book;
  private final Assets assets;
  private final RulebookTerms terms;
  private final CollateralisedDebt parameters;
  private final List<Category> categories;
  private final int[] categoryOfAsset;
  private final int[] pricedLike;
  private final int chosen;

  DebtTerms(Book book, RulebookTerms terms, CollateralisedDebt parameters) {
    this.book = book;
    this.assets = book.assets;
    this.terms = terms;
    this.parameters = parameters;
    categories = List.copyOf(parameters.categories().values());
    categoryOfAsset = new int[assets.size()];
    Arrays.fill(categoryOfAsset, NO_CATEGORY);
    pricedLike = new int[categories.size()];
    for (int i = 0; i < categories.size(); i++) {
      for (String symbol : categories.get(i).assets()) {
        categoryOfAsset[assets.findSymbol(symbol)] = i;
      }
      String priceOf = categories.get(i).priceOf();
      pricedLike[i] = priceOf.isEmpty() ? IdIndex.ABSENT : assets.findSymbol(priceOf);
    }
    chosen = List.copyOf(parameters.categories().keySet()).indexOf(parameters.choice());
  }

  CollateralisedDebt parameters() {
    return parameters;
  }

  /// Whether collateral weights are averaged by value before they are applied.
  boolean averages() {
    return parameters.averageDecimals() != CollateralisedDebt.PER_ASSET;
  }

  /// `10^averageDecimals`; 1 where weights are not averaged.
  long averageDivisor() {
    return Fixed.pow10(Math.max(0, parameters.averageDecimals()));
  }

  /// The category that holds for an account: the one chosen, as long as all its debts are in it.
  int categoryInForce(int account) {
    boolean automatic = parameters.choice().equals(CollateralisedDebt.AUTOMATIC);
    if (!automatic && chosen < 0) {
      return NO_CATEGORY;
    }
    int category = automatic ? NO_CATEGORY : chosen;
    boolean first = automatic;
    for (int asset = 0; asset < categoryOfAsset.length; asset++) {
      if (book.ledger.marginBalance(account, asset) < 0) {
        if (first) {
          category = categoryOfAsset[asset];
          first = false;
        } else if (categoryOfAsset[asset] != category) {
          return NO_CATEGORY;
        }
      }
    }
    return category;
  }

  private boolean holds(int asset, int category) {
    return category != NO_CATEGORY && categoryOfAsset[asset] == category;
  }

  Decimal maintenanceWeight(int asset, int category) {
    return holds(asset, category)
        ? categories.get(category).maintenanceWeight()
        : terms.collateral(asset).maintenanceWeight();
  }

  /// The loan-to-value; nothing while the price is degraded.
  Decimal initialWeight(int asset, int category) {
    if (assets.quotes().isDegraded(priced(asset, category))) {
      return Decimal.ZERO;
    }
    return holds(asset, category)
        ? categories.get(category).initialWeight()
        : terms.collateral(asset).initialWeight();
  }

  Decimal debtWeight(int asset) {
    return terms.collateral(asset).debtWeight();
  }

  /// The asset whose price an asset counts at.
  int priced(int asset, int category) {
    return holds(asset, category) && pricedLike[category] != IdIndex.ABSENT
        ? pricedLike[category]
        : asset;
  }

  /// What of a positive balance counts, minor units: nothing once its price is lost.
  long countedMinor(int asset, int category, long balanceMinor) {
    return assets.quotes().isLost(priced(asset, category))
        ? 0
        : Math.min(balanceMinor, terms.collateral(asset).capMinor());
  }

  /// Value of an amount of an asset, millionths of the numeraire.
  ///
  /// @param prices price units by asset index
  long valueE6(
      int asset, int category, long amountMinor, IntToLongFunction prices, Rounding rounding) {
    int priced = priced(asset, category);
    long price = prices.applyAsLong(priced);
    if (priced == asset) {
      long divisor = assets.divisor(asset);
      return price == divisor ? amountMinor : Fixed.mulDiv(amountMinor, price, divisor, rounding);
    }
    int exponent =
        assets.at(asset).scale() + assets.at(priced).priceScale() - Asset.NUMERAIRE_SCALE;
    if (exponent < 0) {
      return Math.multiplyExact(
          Fixed.mulDiv(amountMinor, price, 1, rounding), Fixed.pow10(-exponent));
    }
    int near = Math.min(exponent, 18);
    long value = Fixed.mulDiv(amountMinor, price, Fixed.pow10(near), rounding);
    return Fixed.mulDiv(value, 1, Fixed.pow10(exponent - near), rounding);
  }
}
