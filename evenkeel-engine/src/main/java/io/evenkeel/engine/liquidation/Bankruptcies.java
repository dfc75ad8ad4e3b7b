package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.engine.margin.health.HealthKind;
import io.evenkeel.engine.margin.health.HealthModel;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.Bankruptcy;
import io.evenkeel.model.rulebook.HealthClosing.MarketFees;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What is done about losses and debts that nothing backs any more (reference: Mango v4,
/// `perp_liq_negative_pnl_or_bankruptcy` and `token_liq_bankruptcy`). A loss is first settled, as
/// far as the account's other assets back that; then the backstop takes over, for money of the
/// insurance fund, what keeps health below nothing; once the fund is empty the backstop has a
/// deficit, which the steps that follow bear.
final class Bankruptcies {
  private static final long ONE_E12 = 1_000_000_000_000L;

  private final Book book;
  private final Trades trades;
  private final ResultTransfers results;
  private final PerpetualClosing perpetuals;
  private final HealthFigures figures = new HealthFigures();

  Bankruptcies(Book book, Trades trades, ResultTransfers results, PerpetualClosing perpetuals) {
    this.book = book;
    this.trades = trades;
    this.results = results;
    this.perpetuals = perpetuals;
  }

  /// Deals with the loss of a row that has no position any more; true when anything was done.
  boolean resolveLoss(
      int account,
      int instrument,
      HealthModel model,
      HealthClosing closing,
      List<Deficit> deficits) {
    Bankruptcy bankruptcy = Objects.requireNonNull(closing.bankruptcy());
    int asset = book.instruments.settlementAsset(instrument);
    long taken = results.limitMinor(asset, bankruptcy.mostTaken());
    long loss = lossMinor(account, instrument);
    model.read(account, HealthKind.MAINTENANCE, true, figures);
    long spare = figures.spareMinor(asset, figures.healthE6(), figures.balanceMinor(asset));
    long most =
        Math.min(loss, Math.min(spare, results.limitMinor(asset, bankruptcy.mostSettled())));
    long settled = Math.min(most, taken);
    boolean moved =
        settled > 0
            && results.ifBackstopCarries(() -> {
              results.take(account, instrument, -settled, -settled);
              return true;
            });
    // while more could be settled nobody else pays
    if (settled < most || (settled > 0 && !moved) || settled == loss) {
      return moved;
    }
    return insure(account, instrument, model, closing, taken - settled, deficits) || moved;
  }

  /// The insurance fund, then everybody, for the part of a loss that keeps health below nothing.
  private boolean insure(
      int account,
      int instrument,
      HealthModel model,
      HealthClosing closing,
      long mostTaken,
      List<Deficit> deficits) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    MarketFees fees = perpetuals.feesOf(terms, closing.perpetuals(), instrument);
    int asset = book.instruments.settlementAsset(instrument);
    model.read(account, HealthKind.LIQUIDATION_END, false, figures);
    long left =
        Math.min(
            lossMinor(account, instrument),
            figures.missingMinor(asset, figures.healthE6(), figures.balanceMinor(asset)));
    Insured insured =
        insured(terms.cashAsset(), asset, Math.min(left, mostTaken), fees.base(), fees.insured());
    boolean paid =
        insured.paidMinor > 0
            && results.ifBackstopCarries(() -> {
              drawInsurance(account, terms.cashAsset(), insured);
              pay(terms.cashAsset(), Ledger.margin(book.accounts.backstop()), insured.paidMinor);
              results.take(account, instrument, -insured.coveredMinor, 0);
              return true;
            });
    boolean isEmpty = insured.isFundEmpty && (paid || insured.paidMinor == 0);
    long rest = left - (paid ? insured.coveredMinor : 0);
    if (isEmpty && rest > 0) {
      leaveLoss(account, instrument, rest, deficits);
    }
    return paid || (isEmpty && rest > 0);
  }

  /// Deals with what an account owes of an asset; true when anything was done.
  boolean resolveDebt(
      int account, int asset, HealthModel model, HealthClosing closing, List<Deficit> deficits) {
    Bankruptcy bankruptcy = Objects.requireNonNull(closing.bankruptcy());
    model.read(account, HealthKind.LIQUIDATION_END, false, figures);
    long left = Math.min(-book.ledger.marginBalance(account, asset), -figures.balanceMinor(asset));
    if (left <= 0) {
      return false;
    }
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    int cash = terms.cashAsset();
    Decimal fee =
        closing.tokens() == null || cash == asset
            ? Decimal.ZERO
            : closing.tokens().feesOf(book.assets.at(asset).symbol()).fee();
    long most = Math.min(left, results.limitMinor(asset, bankruptcy.mostTaken()));
    Insured insured = insured(cash, asset, most, fee, true);
    boolean paid =
        insured.paidMinor > 0
            && results.ifBackstopCarries(() -> {
              drawInsurance(account, cash, insured);
              long backstop = Ledger.margin(book.accounts.backstop());
              long margin = Ledger.margin(account);
              if (cash == asset) {
                pay(cash, margin, insured.paidMinor);
              } else {
                pay(cash, backstop, insured.paidMinor);
                book.ledger.post(
                    asset, backstop, margin, insured.coveredMinor, MoneyReason.TAKE_OVER);
              }
              return true;
            });
    boolean isEmpty = insured.isFundEmpty && (paid || insured.paidMinor == 0);
    long rest = left - (paid ? insured.coveredMinor : 0);
    if (isEmpty && rest > 0) {
      leaveDebt(account, asset, rest, deficits);
    }
    return paid || (isEmpty && rest > 0);
  }

  /// What the fund pays for a loss.
  ///
  /// @param wantedMinor what it was asked for, in its own asset
  /// @param paidMinor what it pays of that
  /// @param coveredMinor how much of the loss that covers
  /// @param isFundEmpty whether nothing is left in it then
  private record Insured(
      long wantedMinor, long paidMinor, long coveredMinor, boolean isFundEmpty) {}

  private Insured insured(int cash, int asset, long lossMinor, Decimal fee, boolean isInsured) {
    long fund = isInsured ? book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, cash) : 0;
    if (lossMinor <= 0) {
      return new Insured(0, 0, 0, fund == 0);
    }
    long factor = ONE_E12 + fee.times(ONE_E12, Rounding.CEILING);
    long value =
        Fixed.mulDiv(
            book.assets.valueE6(asset, lossMinor, Rounding.CEILING),
            factor,
            ONE_E12,
            Rounding.CEILING);
    long wanted = book.assets.amountMinor(cash, value, Rounding.CEILING);
    if (wanted <= fund) {
      return new Insured(wanted, wanted, lossMinor, wanted == fund);
    }
    long paid = book.assets.valueE6(cash, fund, Rounding.FLOOR);
    long covered =
        book.assets.amountMinor(
            asset, Fixed.mulDiv(paid, ONE_E12, factor, Rounding.FLOOR), Rounding.FLOOR);
    return new Insured(wanted, fund, Math.min(covered, lossMinor), true);
  }

  private void drawInsurance(int account, int cash, Insured insured) {
    book.events.emit(
        new Event.InsuranceDrawn(
            book.accounts.idAt(account),
            book.assets.idAt(cash),
            insured.wantedMinor,
            insured.paidMinor));
  }

  private void pay(int cash, long to, long amountMinor) {
    book.ledger.post(
        cash, Ledger.house(HouseAccount.INSURANCE_FUND), to, amountMinor, MoneyReason.INSURANCE);
  }

  /// The backstop pays what is left of a loss, and has a deficit.
  private void leaveLoss(int account, int instrument, long lossMinor, List<Deficit> deficits) {
    int asset = book.instruments.settlementAsset(instrument);
    long ticks = results.ticks(account, instrument, -lossMinor);
    long paidTicks = Math.multiplyExact(lossMinor, book.instruments.ticksPerMinor(instrument));
    book.instruments.setResidueTicks(
        instrument, book.instruments.residueTicks(instrument) + paidTicks + ticks);
    trades.changeKeepingResult(account, instrument, 0, ticks);
    trades.tidy(account, instrument);
    book.ledger.post(
        asset,
        Ledger.margin(book.accounts.backstop()),
        Ledger.clearing(instrument),
        lossMinor,
        MoneyReason.TAKE_OVER);
    deficits.add(deficit(account, new int[] {instrument}, asset, lossMinor));
  }

  /// The backstop pays what is left of a debt, and has a deficit.
  private void leaveDebt(int account, int asset, long debtMinor, List<Deficit> deficits) {
    book.ledger.post(
        asset,
        Ledger.margin(book.accounts.backstop()),
        Ledger.margin(account),
        debtMinor,
        MoneyReason.TAKE_OVER);
    deficits.add(deficit(account, new int[0], asset, debtMinor));
  }

  private Deficit deficit(int account, int[] instruments, int asset, long amountMinor) {
    long[] weights = new long[instruments.length];
    Arrays.fill(weights, 1);
    int cash = book.rulebooks.at(book.accounts.rulebook(account)).cashAsset();
    Deficit deficit = new Deficit(book.accounts.idAt(account), cash, instruments, weights);
    deficit.setRest(
        cash == asset
            ? amountMinor
            : book.assets.amountMinor(
                cash, book.assets.valueE6(asset, amountMinor, Rounding.CEILING), Rounding.CEILING));
    return deficit;
  }

  /// What a row without a position has lost, rounded up; below 0 for a profit.
  long lossMinor(int account, int instrument) {
    int row = book.positions.find(account, instrument);
    return row == Positions.NONE
        ? 0
        : Math.ceilDiv(book.positions.cost(row), book.instruments.ticksPerMinor(instrument));
  }
}
