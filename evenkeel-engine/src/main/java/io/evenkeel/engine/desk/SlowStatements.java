package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.RealisedVolatility;
import io.evenkeel.engine.market.StatedInputs;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;

/// States figures of the venue anew at accepted marks (`docs/RULES.md`, section 4.2).
final class SlowStatements {
  private final Book book;

  SlowStatements(Book book) {
    this.book = book;
  }

  /// Whether the venue states figures at all.
  boolean isOn() {
    return !book.rulebooks.venue().slowInputs().isNone();
  }

  /// States what is due of an instrument whose mark was accepted; true when anything was.
  boolean atMark(int instrument) {
    SlowInputs rules = book.rulebooks.venue().slowInputs();
    if (rules.isNone()) {
      return false;
    }
    boolean stated = stateOpenInterest(instrument, rules);
    Volatility measure = rules.volatility();
    if (measure != null) {
      stated |= stateVolatility(instrument, rules, measure);
    }
    return stated;
  }

  private boolean stateVolatility(int instrument, SlowInputs rules, Volatility measure) {
    RealisedVolatility volatility = book.instruments.volatility();
    long now = book.nowNs.get();
    long mark = book.instruments.mark(instrument);
    long dailyMove = book.rulebooks.at(0).brackets(instrument).dailyMoveE9();
    long before = volatility.statedE9(instrument);
    if (!volatility.isKnown(instrument)) {
      volatility.begin(instrument, mark, now, dailyMove, measure);
      tellVolatility(instrument, dailyMove, before);
      return true;
    }
    volatility.sample(instrument, mark, now, measure);
    long measured = volatility.measuredE9(instrument, measure);
    if (!volatility.state(instrument, measured, now, dailyMove, rules, measure)) {
      return false;
    }
    tellVolatility(instrument, measured, before);
    return true;
  }

  private void tellVolatility(int instrument, long measured, long before) {
    book.events.emit(
        new Event.SlowInputStated(
            SlowInput.REALISED_VOLATILITY,
            book.instruments.idAt(instrument),
            measured,
            before,
            book.instruments.volatility().statedE9(instrument)));
  }

  private boolean stateOpenInterest(int instrument, SlowInputs rules) {
    StatedInputs stated = book.instruments.stated();
    long before = stated.openInterestUnits(instrument);
    long units = book.instruments.openInterestUnits(instrument);
    if (!stated.stateOpenInterest(instrument, units, book.nowNs.get(), rules)) {
      return false;
    }
    book.events.emit(
        new Event.SlowInputStated(
            SlowInput.OPEN_INTEREST, book.instruments.idAt(instrument), units, before, units));
    return true;
  }
}
