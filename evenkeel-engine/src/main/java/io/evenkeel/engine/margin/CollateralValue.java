package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralTerms;

/// What one balance adds to equity under a rulebook (`docs/RULES.md`, section 2).
public final class CollateralValue {
  private final Assets assets;
  private final ScaledCollateral scaled;

  /// Reads prices, factors and totals.
  public CollateralValue(Book book) {
    assets = book.assets;
    scaled = new ScaledCollateral(book);
  }

  /// Weights of assets whose schedule scales them.
  public ScaledCollateral scaled() {
    return scaled;
  }

  /// At the maintenance weight, or the debt weight when negative; nothing once the price is lost.
  public long maintenanceE6(RulebookTerms terms, int asset, long balanceMinor) {
    if (terms.isScaled(asset)) {
      return scaled.valueE6(terms, asset, balanceMinor, false);
    }
    return maintenanceE6(terms, asset, balanceMinor, assets.price(asset));
  }

  /// The same at a price that is supposed, price units.
  public long maintenanceE6(RulebookTerms terms, int asset, long balanceMinor, long priceUnits) {
    CollateralTerms collateral = terms.collateral(asset);
    if (balanceMinor < 0) {
      return collateral
          .debtWeight()
          .times(assets.valueAtE6(asset, balanceMinor, priceUnits, Rounding.FLOOR), Rounding.FLOOR);
    }
    if (assets.quotes().isLost(asset)) {
      return 0;
    }
    long counted = Math.min(balanceMinor, collateral.capMinor());
    return collateral
        .maintenanceWeight()
        .times(assets.valueAtE6(asset, counted, priceUnits, Rounding.FLOOR), Rounding.FLOOR);
  }

  /// At the initial weight, or the debt weight when negative; nothing while the price is degraded.
  ///
  /// @param maintenanceE6 what [#maintenanceE6] gave for the same balance
  public long initialE6(RulebookTerms terms, int asset, long balanceMinor, long maintenanceE6) {
    if (terms.isScaled(asset)) {
      return scaled.valueE6(terms, asset, balanceMinor, true);
    }
    if (balanceMinor < 0) {
      return maintenanceE6;
    }
    if (assets.quotes().isDegraded(asset)) {
      return 0;
    }
    CollateralTerms collateral = terms.collateral(asset);
    long counted = Math.min(balanceMinor, collateral.capMinor());
    return collateral
        .initialWeight()
        .times(assets.valueE6(asset, counted, Rounding.FLOOR), Rounding.FLOOR);
  }
}
