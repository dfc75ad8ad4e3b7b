package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import io.evenkeel.model.rulebook.LiquidationStep.PartialClose;
import java.util.Arrays;

/// Closes the least that restores the exit level, positions in the order of margin freed per unit
/// of cost. Whether a size is enough is tried on the real book with the real model and taken back,
/// so no second formula can disagree with it.
final class PartialCloses {
  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final ClosingPort port;
  private final Penalties penalties;
  private final Weighing weighing = new Weighing();
  private int[] lines = new int[8];
  private long[] freedE9 = new long[8];
  private long[] costE9 = new long[8];
  private int candidates;

  PartialCloses(
      Book book, Valuation valuation, Trades trades, ClosingPort port, Penalties penalties) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.port = port;
    this.penalties = penalties;
  }

  /// Closes and returns true, or changes nothing and returns false when no closing would restore
  /// the exit level or the backstop could not carry it.
  boolean close(int account, PartialClose step) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    rankPositions(account, terms);
    boolean[] sells = new boolean[candidates];
    long[] sizes = new long[candidates];
    for (int i = 0; i < candidates; i++) {
      long held = book.positions.quantity(book.positions.find(account, lines[i]));
      sells[i] = held > 0;
      sizes[i] = Math.abs(held);
    }
    int start = book.undo.savepoint();
    book.events.mute();
    int closed = plan(account, terms, step.exitLevel(), sizes, sells);
    boolean feasible = closed > 0 && backstopCarries();
    book.undo.rollbackTo(start);
    book.events.unmute();
    if (!feasible) {
      return false;
    }
    for (int i = 0; i < closed; i++) {
      closeOne(account, terms, lines[i], sizes[i], sells[i]);
    }
    return true;
  }

  /// Tries out closings; leaves the last size in `sizes` and returns how many positions are needed,
  /// 0 if all are not enough.
  private int plan(
      int account, RulebookTerms terms, ExitLevel exit, long[] sizes, boolean[] sells) {
    for (int i = 0; i < candidates; i++) {
      int before = book.undo.savepoint();
      closeOne(account, terms, lines[i], sizes[i], sells[i]);
      if (isRestored(account, exit)) {
        long lot = book.instruments.at(Positions.instrumentOf(lines[i])).lotSize();
        long enough = sizes[i] / lot;
        long tooLittle = 0;
        while (enough - tooLittle > 1) {
          long middle = (tooLittle + enough) / 2;
          book.undo.rollbackTo(before);
          closeOne(account, terms, lines[i], middle * lot, sells[i]);
          if (isRestored(account, exit)) {
            enough = middle;
          } else {
            tooLittle = middle;
          }
        }
        book.undo.rollbackTo(before);
        sizes[i] = enough * lot;
        closeOne(account, terms, lines[i], sizes[i], sells[i]);
        return i + 1;
      }
    }
    return 0;
  }

  private boolean isRestored(int account, ExitLevel exit) {
    valuation.assess(account, weighing);
    return weighing.equityE6()
        >= switch (exit) {
          case SEARCH -> weighing.searchE6();
          case INITIAL -> weighing.initialE6();
        };
  }

  private boolean backstopCarries() {
    valuation.assess(book.accounts.backstop(), weighing);
    return weighing.equityE6() >= weighing.initialE6();
  }

  private void closeOne(int account, RulebookTerms terms, int line, long units, boolean sells) {
    int instrument = Positions.instrumentOf(line);
    LiquidationPolicy policy = terms.rulebook().liquidation();
    int backstop = book.accounts.backstop();
    long mark = book.instruments.mark(instrument);
    long ticks = units * book.instruments.worthTicks(instrument);
    long price = port.fillPriceUnits(terms, instrument, units, sells);
    long signed = sells ? -units : units;
    long cost = trades.costTicks(instrument, signed, price);
    long realised = trades.change(account, line, signed, cost);
    trades.tidy(account, line);
    long backstopRealised = trades.change(backstop, instrument, -signed, -cost);
    trades.tidy(backstop, instrument);
    int asset = book.instruments.settlementAsset(instrument);
    long wanted =
        policy.partialPenalty().times(valuation.notionalMinor(instrument, ticks), Rounding.CEILING);
    int announced = book.events.size();
    trades.postRealised(account, instrument, realised);
    long penalty = penalties.boundedMinor(asset, wanted, valuation.fullValueE6(account));
    book.events.insert(
        announced,
        new Event.PositionReduced(
            book.accounts.idAt(account),
            book.instruments.idAt(instrument),
            units,
            mark,
            price,
            realised,
            penalty,
            valuation.notionalE6(instrument, ticks),
            Positions.sideOf(line)));
    trades.postRealised(backstop, instrument, backstopRealised);
    penalties.post(account, asset, penalty, policy);
  }

  private void rankPositions(int account, RulebookTerms terms) {
    Positions positions = book.positions;
    long penalty = DepthMarket.ceilE9(terms.rulebook().liquidation().partialPenalty());
    candidates = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (positions.quantity(row) == 0 || book.instruments.isFrozen(instrument)) {
        continue;
      }
      long notional = valuation.positionNotionalE6(row, instrument);
      long freed = freedE9(account, terms, instrument, notional);
      long cost = Math.max(1, port.slippageE9(terms, instrument, notional) + penalty);
      if (freed > cost) {
        insert(positions.line(row), freed, cost);
      }
    }
  }

  private long freedE9(int account, RulebookTerms terms, int instrument, long notionalE6) {
    long byBracket =
        terms
            .brackets(instrument)
            .marginalInitialRate(notionalE6)
            .times(DepthMarket.ONE_E9, Rounding.FLOOR);
    int leverageE2 = book.accounts.leverageE2(account);
    return leverageE2 == 0 ? byBracket : Math.max(byBracket, 100 * DepthMarket.ONE_E9 / leverageE2);
  }

  /// Keeps the candidates sorted by freed/cost, descending; equal ones stay in the order of rows.
  private void insert(int line, long freed, long cost) {
    if (candidates == lines.length) {
      lines = Arrays.copyOf(lines, 2 * candidates);
      freedE9 = Arrays.copyOf(freedE9, 2 * candidates);
      costE9 = Arrays.copyOf(costE9, 2 * candidates);
    }
    int at = candidates++;
    while (at > 0 && Fixed.compareProducts(freed, costE9[at - 1], freedE9[at - 1], cost) > 0) {
      lines[at] = lines[at - 1];
      freedE9[at] = freedE9[at - 1];
      costE9[at] = costE9[at - 1];
      at--;
    }
    lines[at] = line;
    freedE9[at] = freed;
    costE9[at] = cost;
  }
}
