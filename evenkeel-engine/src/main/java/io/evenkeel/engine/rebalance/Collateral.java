package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
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
  private final Valuation valuation;
  private final CollateralTrial trial;
  private long gainedE6;

  /// Reads the book, and writes to it only what it takes back at once.
  public Collateral(Book book, Valuation valuation) {
    this.book = book;
    this.assets = book.assets;
    this.valuation = valuation;
    trial = new CollateralTrial(book, valuation);
  }

  /// Whether amounts of an account are found by trying them.
  boolean isTried(int account) {
    return trial.isNeeded(account);
  }

  /// Trials of transfers.
  CollateralTrial trial() {
    return trial;
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

  /// Most of `balanceMinor` (> 0) that may leave an account that is not flat; `weighing` must be
  /// its valuation now.
  public long releasableMinor(int account, int asset, long balanceMinor, Weighing weighing) {
    if (trial.isNeeded(account)) {
      trial.begin(account);
      long most = releasableInTrialMinor(account, asset, balanceMinor);
      trial.end();
      return most;
    }
    return releasableMinor(
        book.rulebooks.at(book.accounts.rulebook(account)),
        asset,
        balanceMinor,
        excessE6(account, weighing));
  }

  /// Most of a balance that may leave on top of what the trial at hand supposes.
  long releasableInTrialMinor(int account, int asset, long balanceMinor) {
    if (excessE6(account, trial.weigh()) < 0) {
      return 0;
    }
    MarginModel model = valuation.model(account);
    long limit = model == null ? Long.MAX_VALUE : model.withdrawableMinor(account, asset);
    long most = Math.min(balanceMinor, limit);
    // the least that must stay
    return most - CollateralTrial.least(most, kept -> isEnough(account, asset, most - kept));
  }

  private boolean isEnough(int account, int asset, long takenMinor) {
    if (takenMinor == 0) {
      return true;
    }
    int before = book.undo.savepoint();
    trial.change(asset, -takenMinor);
    boolean enough = excessE6(account, trial.weigh()) >= 0;
    book.undo.rollbackTo(before);
    return enough;
  }

  /// The least of `availableMinor` that closes a gap of an account that a plan is being made for,
  /// or as much of it as helps. What it adds is then [#gainedE6()].
  ///
  /// @param gapE6 greater than 0
  long pullMinor(int account, PullPlan plan, int asset, long availableMinor, long gapE6) {
    if (trial.isNeeded(account)) {
      return pullByTrialMinor(account, plan, asset, availableMinor, gapE6);
    }
    return pullMinor(
        book.rulebooks.at(book.accounts.rulebook(account)),
        asset,
        book.ledger.marginBalance(account, asset) + plan.pulledMinor(asset),
        availableMinor,
        gapE6);
  }

  private long pullByTrialMinor(
      int account, PullPlan plan, int asset, long availableMinor, long gapE6) {
    trial.begin(account);
    plan.suppose(trial);
    long before = trial.headroomE6();
    long all = trial.headroomE6(asset, availableMinor);
    long goal = Math.min(Math.addExact(before, gapE6), all);
    long amount = 0;
    gainedE6 = 0;
    if (all > before) {
      amount =
          CollateralTrial.least(availableMinor, pulled -> trial.headroomE6(asset, pulled) >= goal);
      gainedE6 = trial.headroomE6(asset, amount) - before;
    }
    trial.end();
    return amount;
  }

  /// Most of `balanceMinor` (> 0) that may leave an account that is not flat and has excess `e`
  /// left.
  long releasableMinor(RulebookTerms terms, int asset, long balanceMinor, long excessE6) {
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
