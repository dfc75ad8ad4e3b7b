package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.engine.margin.health.HealthKind;
import io.evenkeel.engine.margin.health.HealthModel;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.TokenFees;
import io.evenkeel.model.rulebook.HealthClosing.Tokens;
import org.jspecify.annotations.Nullable;

/// Pays debts of an account with what it holds, as far as health needs: the backstop gives the
/// asset that is owed and takes another for it, at prices of now and with the fees of both
/// (reference: Mango v4, `token_liq_with_token`). Only what is really held pays, and only what is
/// really owed is paid, both also after the results of contracts.
final class TokenExchange {
  private static final long ONE_E12 = 1_000_000_000_000L;

  /// What rounding of values may come to.
  private static final long ROUNDING_E6 = 3;

  private final Book book;
  private final Penalties penalties;
  private final ResultTransfers transfers;
  private final HealthFigures figures = new HealthFigures();
  private long paidMinor;
  private long givenMinor;
  private long earnedMinor;

  TokenExchange(Book book, Penalties penalties, ResultTransfers transfers) {
    this.book = book;
    this.penalties = penalties;
    this.transfers = transfers;
  }

  /// Exchanges one asset for one debt; true when anything was.
  boolean exchange(int account, int debt, int asset, HealthModel model, HealthClosing closing) {
    Tokens tokens = closing.tokens();
    if (tokens == null || !plan(account, debt, asset, model, closing, tokens.mostDebt())) {
      return false;
    }
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    return transfers.ifBackstopCarries(() -> {
      long margin = Ledger.margin(account);
      long backstop = Ledger.margin(book.accounts.backstop());
      book.events.emit(
          new Event.CollateralConverted(
              book.accounts.idAt(account),
              book.assets.idAt(asset),
              givenMinor,
              book.assets.idAt(debt),
              paidMinor));
      MoneyReason reason = MoneyReason.COLLATERAL_CONVERSION;
      book.ledger.post(asset, margin, backstop, earnedMinor, reason);
      book.ledger.post(debt, backstop, margin, paidMinor, reason);
      penalties.post(account, asset, givenMinor - earnedMinor, terms.rulebook().liquidation());
      return true;
    });
  }

  /// Whether anything that is held could still pay for anything that is owed, whatever limits say.
  boolean isAnyPossible(int account, HealthModel model, HealthClosing closing) {
    for (int debt = 0; debt < book.assets.size(); debt++) {
      for (int asset = 0; asset < book.assets.size(); asset++) {
        if (plan(account, debt, asset, model, closing, null)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean plan(
      int account,
      int debt,
      int asset,
      HealthModel model,
      HealthClosing closing,
      @Nullable Decimal limit) {
    Tokens tokens = closing.tokens();
    long owed = -book.ledger.marginBalance(account, debt);
    long held = book.ledger.marginBalance(account, asset);
    if (tokens == null || debt == asset || owed <= 0 || held <= 0) {
      return false;
    }
    model.read(account, HealthKind.LIQUIDATION_END, false, figures);
    owed = Math.min(owed, -figures.balanceMinor(debt));
    held = Math.min(held, figures.balanceMinor(asset));
    if (figures.healthE6() > -closing.exitToleranceE6() || owed <= 0 || held <= 0) {
      return false;
    }
    TokenFees first = tokens.feesOf(book.assets.at(debt).symbol());
    TokenFees second = tokens.feesOf(book.assets.at(asset).symbol());
    long costE12 = factorE12(first, second, true);
    long gainE12 =
        figures.debtE12(debt)
            - Fixed.mulDiv(figures.assetE12(asset), costE12, ONE_E12, Rounding.CEILING);
    long most = Math.min(owed, transfers.limitMinor(debt, limit));
    long needed = neededMinor(debt, asset, gainE12, most);
    paidMinor = Math.min(most, needed);
    long price = Fixed.mulDiv(valueUp(debt, paidMinor), costE12, ONE_E12, Rounding.CEILING);
    if (book.assets.covers(asset, held, price)) {
      givenMinor = Math.min(held, book.assets.amountMinor(asset, price, Rounding.CEILING));
    } else {
      long value = book.assets.valueE6(asset, held, Rounding.FLOOR);
      long bought = Fixed.mulDiv(value, ONE_E12, costE12, Rounding.FLOOR);
      paidMinor = Math.min(paidMinor, book.assets.amountMinor(debt, bought, Rounding.FLOOR));
      givenMinor = held;
    }
    long earned =
        Fixed.mulDiv(
            valueUp(debt, paidMinor), factorE12(first, second, false), ONE_E12, Rounding.CEILING);
    earnedMinor =
        book.assets.covers(asset, givenMinor, earned)
            ? Math.min(givenMinor, book.assets.amountMinor(asset, earned, Rounding.CEILING))
            : givenMinor;
    return paidMinor > 0;
  }

  /// What is to be paid of a debt to lift health to nothing, at most `mostMinor`; 0 where paying
  /// would lower it.
  private long neededMinor(int debt, int asset, long gainE12, long mostMinor) {
    if (gainE12 <= 0) {
      return 0;
    }
    // what is given is rounded up to a whole unit, which is not lost on the way to nothing
    long gap = -figures.healthE6() + figures.contributionE6(asset, 1) + ROUNDING_E6;
    long mostGained =
        Fixed.mulDiv(
            book.assets.valueE6(debt, mostMinor, Rounding.FLOOR), gainE12, ONE_E12, Rounding.FLOOR);
    if (gap >= mostGained) {
      return mostMinor;
    }
    long value = Fixed.mulDiv(gap, ONE_E12, gainE12, Rounding.CEILING);
    return book.assets.amountMinor(debt, value, Rounding.CEILING);
  }

  private long valueUp(int asset, long amountMinor) {
    return book.assets.valueE6(asset, amountMinor, Rounding.CEILING);
  }

  private static long factorE12(TokenFees first, TokenFees second, boolean withPlatform) {
    return Fixed.mulDiv(
        oneWithE12(first, withPlatform),
        oneWithE12(second, withPlatform),
        ONE_E12,
        Rounding.CEILING);
  }

  private static long oneWithE12(TokenFees fees, boolean withPlatform) {
    long fee = e12(fees.fee());
    return ONE_E12 + fee + (withPlatform ? e12(fees.platform()) : 0);
  }

  private static long e12(Decimal share) {
    return share.times(ONE_E12, Rounding.CEILING);
  }
}
