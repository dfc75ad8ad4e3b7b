package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.StatedInputs;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.rulebook.SlowInputs;

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
    return !rules.isNone() && stateOpenInterest(instrument, rules);
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
