package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.engine.margin.health.HealthKind;
import io.evenkeel.engine.margin.health.HealthModel;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.HealthClosing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings accounts back under health weights (`docs/RULES.md`, section 7.H): contracts first, then
/// debts, and bankruptcy only when nothing of both is left (reference: Mango v4, phases 2 and 3).
final class HealthLiquidation {
  /// What rounding leaves after one pass, the next one finds.
  private static final int PASSES = 3;

  private final Book book;
  private final Valuation valuation;
  private final PerpetualClosing perpetuals;
  private final TokenExchange tokens;
  private final Bankruptcies bankruptcies;
  private final HealthFigures figures = new HealthFigures();

  HealthLiquidation(Book book, Valuation valuation, Trades trades, Penalties penalties) {
    this.book = book;
    this.valuation = valuation;
    ResultTransfers results = new ResultTransfers(book, valuation, trades);
    perpetuals = new PerpetualClosing(book, valuation, trades, penalties, results);
    tokens = new TokenExchange(book, penalties, results);
    bankruptcies = new Bankruptcies(book, trades, results, perpetuals);
  }

  /// The terms by which a rulebook closes accounts so; null when it does not.
  @Nullable HealthClosing terms(int rulebook) {
    return book.rulebooks.at(rulebook).rulebook().liquidation().healthClosing();
  }

  /// Whether a liquidation of an account has begun that goes on though it is above maintenance.
  boolean isUnfinished(int account) {
    return book.accounts.isClosing(account) && terms(book.accounts.rulebook(account)) != null;
  }

  /// Whether liquidation-end health of an account is back.
  boolean isRecovered(int account, HealthClosing closing) {
    model(account).read(account, HealthKind.LIQUIDATION_END, false, figures);
    return figures.healthE6() > -closing.exitToleranceE6();
  }

  /// Does what can be done for an account in one cycle; true when it is back. What nobody has paid
  /// for is added to the deficits.
  boolean close(int account, HealthClosing closing, List<Deficit> deficits) {
    HealthModel model = model(account);
    int passes = isLimited(closing) ? 1 : PASSES;
    for (int pass = 0; pass < passes; pass++) {
      if (isRecovered(account, closing)) {
        return true;
      }
      boolean moved = closePerpetuals(account, model, closing);
      moved |= exchangeTokens(account, model, closing);
      if (!moved) {
        break;
      }
    }
    if (closing.bankruptcy() != null
        && !isRecovered(account, closing)
        && isBankrupt(account, model, closing)) {
      resolve(account, model, closing, deficits);
    }
    return isRecovered(account, closing);
  }

  private static boolean isLimited(HealthClosing closing) {
    HealthClosing.Perpetuals contracts = closing.perpetuals();
    HealthClosing.Tokens debts = closing.tokens();
    return (contracts != null
            && (contracts.mostLots() != HealthClosing.NO_LIMIT || contracts.mostResult() != null))
        || (debts != null && debts.mostDebt() != null);
  }

  private HealthModel model(int account) {
    if (valuation.model(account) instanceof HealthModel model) {
      return model;
    }
    throw new InvariantViolation("accounts closed by health are weighed by health");
  }

  private boolean closePerpetuals(int account, HealthModel model, HealthClosing closing) {
    boolean moved = false;
    int row = book.positions.first(account);
    while (row != Positions.NONE) {
      int next = book.positions.next(row);
      int instrument = book.positions.instrument(row);
      if (!model.isSpotPair(instrument)) {
        moved |= perpetuals.close(account, instrument, model, closing);
      }
      row = next;
    }
    return moved;
  }

  private boolean exchangeTokens(int account, HealthModel model, HealthClosing closing) {
    if (closing.tokens() == null) {
      return false;
    }
    boolean moved = false;
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    for (int debt = 0; debt < book.assets.size(); debt++) {
      for (int asset : terms.releaseOrder()) {
        if (book.ledger.marginBalance(account, debt) >= 0) {
          break;
        }
        moved |=
            isSellable(terms, debt, asset) && tokens.exchange(account, debt, asset, model, closing);
      }
    }
    return moved;
  }

  private boolean isSellable(RulebookTerms terms, int debt, int asset) {
    return asset != debt
        && terms.isListed(asset)
        && !book.assets.quotes().isDegraded(asset)
        && !book.assets.quotes().isDegraded(debt);
  }

  /// Whether nothing is left to close or to pay with: no position, no profit, no debt that
  /// something held could pay.
  private boolean isBankrupt(int account, HealthModel model, HealthClosing closing) {
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!model.isSpotPair(instrument)
          && (positions.quantity(row) != 0 || bankruptcies.lossMinor(account, instrument) < 0)) {
        return false;
      }
    }
    return !tokens.isAnyPossible(account, model, closing);
  }

  /// Losses of contracts first; debts when none of those is left that could still be settled.
  private void resolve(
      int account, HealthModel model, HealthClosing closing, List<Deficit> deficits) {
    boolean isLossLeft = false;
    int row = book.positions.first(account);
    while (row != Positions.NONE && !isRecovered(account, closing)) {
      int next = book.positions.next(row);
      int instrument = book.positions.instrument(row);
      if (!model.isSpotPair(instrument)) {
        if (!book.instruments.isFrozen(instrument)) {
          bankruptcies.resolveLoss(account, instrument, model, closing, deficits);
        }
        isLossLeft |= bankruptcies.lossMinor(account, instrument) > 0;
      }
      row = next;
    }
    for (int asset = 0; asset < book.assets.size() && !isLossLeft; asset++) {
      if (!isRecovered(account, closing)) {
        bankruptcies.resolveDebt(account, asset, model, closing, deficits);
      }
    }
  }
}
