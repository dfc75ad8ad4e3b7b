package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralTerms;

/// How much of an asset must come in to close a gap, and how much may go out (`docs/RULES.md`,
/// section 6). Amounts are grossed up at initial weights, so that both land on the initial level.
public final class Collateral {
  private final Book book;
  private final Assets assets;
  private long gainedE6;

  /// Reads the book.
  public Collateral(Book book) {
    this.book = book;
    this.assets = book.assets;
  }

  /// Excess that may be released: what equity has above initial, less the profit the rulebook does
  /// not release against.
  public long excessE6(int account, Weighing weighing) {
    Decimal withheld =
        book.rulebooks
            .at(book.accounts.rulebook(account))
            .rulebook()
            .release()
            .profitAllowance()
            .complement();
    return weighing.equityE6()
        - weighing.initialE6()
        - withheld.times(Math.max(0, weighing.profitE6()), Rounding.CEILING);
  }

  /// Most of `balanceMinor` (> 0) that may leave an account that is not flat and has excess `e`
  /// left.
  public long releasableMinor(RulebookTerms terms, int asset, long balanceMinor, long excessE6) {
    return excessE6 < 0
        ? 0
        : releasableMinor(
            terms, asset, balanceMinor, freeMinor(terms, asset, balanceMinor), excessE6);
  }

  /// The same, with `freeMinor` of the balance costing nothing.
  long releasableMinor(
      RulebookTerms terms, int asset, long balanceMinor, long freeMinor, long excessE6) {
    Decimal weight = initialWeight(terms, asset);
    if (weight.units() == 0 || costE6(terms, asset, balanceMinor - freeMinor) <= excessE6) {
      return balanceMinor;
    }
    if (excessE6 <= 0) {
      return freeMinor;
    }
    long value = weight.divide(excessE6, Rounding.FLOOR);
    return freeMinor + assets.amountMinor(asset, value, Rounding.FLOOR);
  }

  /// The part of a balance above its cap, which counts nothing.
  long freeMinor(RulebookTerms terms, int asset, long balanceMinor) {
    return Math.max(0, balanceMinor - terms.collateral(asset).capMinor());
  }

  /// What taking an amount costs in excess, rounded up.
  long costE6(RulebookTerms terms, int asset, long amountMinor) {
    return initialWeight(terms, asset)
        .times(assets.valueE6(asset, Math.max(0, amountMinor), Rounding.CEILING), Rounding.CEILING);
  }

  /// The least of `availableMinor` that closes a gap, or as much of it as helps. What it adds to
  /// equity at initial weights is then [#gainedE6()].
  ///
  /// @param balanceMinor posted already, with what was pulled before
  /// @param gapE6 greater than 0
  long pullMinor(
      RulebookTerms terms, int asset, long balanceMinor, long availableMinor, long gapE6) {
    CollateralTerms collateral = terms.collateral(asset);
    gainedE6 = 0;
    long repaid = 0;
    if (balanceMinor < 0) {
      repaid = Math.min(availableMinor, -balanceMinor);
      repaid = least(asset, collateral.debtWeight(), repaid, gapE6);
      gainedE6 += gainE6(asset, collateral.debtWeight(), repaid);
    }
    Decimal weight = initialWeight(terms, asset);
    if (gainedE6 >= gapE6 || weight.units() == 0) {
      return repaid;
    }
    long room = Math.max(0, collateral.capMinor() - Math.max(0, balanceMinor + repaid));
    long posted = Math.min(availableMinor - repaid, room);
    posted = least(asset, weight, posted, gapE6 - gainedE6);
    gainedE6 += gainE6(asset, weight, posted);
    return repaid + posted;
  }

  /// What the last [#pullMinor] gained, millionths of the numeraire.
  long gainedE6() {
    return gainedE6;
  }

  private long least(int asset, Decimal weight, long amountMinor, long gapE6) {
    if (gainE6(asset, weight, amountMinor) < gapE6) {
      return amountMinor;
    }
    return assets.amountMinor(asset, weight.divide(gapE6, Rounding.CEILING), Rounding.CEILING);
  }

  private long gainE6(int asset, Decimal weight, long amountMinor) {
    return weight.times(assets.valueE6(asset, amountMinor, Rounding.FLOOR), Rounding.FLOOR);
  }

  private Decimal initialWeight(RulebookTerms terms, int asset) {
    return assets.quotes().isDegraded(asset)
        ? Decimal.ZERO
        : terms.collateral(asset).initialWeight();
  }
}
