package io.evenkeel.audit;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.math.BigInteger;

/// Figures of the venue that move in announced steps: section 4.2 of the rules.
final class SlowFigures {
  private final AuditBook book;
  private final Journal journal;

  SlowFigures(AuditBook book, Journal journal) {
    this.book = book;
    this.journal = journal;
  }

  boolean areStated() {
    return !rules().isNone();
  }

  private SlowInputs rules() {
    VenuePolicy venue = book.venue();
    return venue == null ? SlowInputs.NONE : venue.slowInputs();
  }

  /// States what is due of an instrument whose mark was accepted; whether anything was.
  boolean state(AuditInstrument instrument) {
    boolean open = stateOpenInterest(instrument);
    Volatility measure = rules().volatility();
    return (measure != null && stateVolatility(instrument, measure)) || open;
  }

  private boolean stateVolatility(AuditInstrument instrument, Volatility measure) {
    BigInteger usual = book.rulebooks.getFirst().brackets(instrument).dailyMoveE9();
    Moves moves = instrument.moves;
    if (moves == null) {
      instrument.moves = new Moves(instrument.markNow(), book.nowNs, usual, measure);
      tellVolatility(instrument, usual, BigInteger.ZERO, usual);
      return true;
    }
    moves.sample(instrument.markNow(), book.nowNs, measure);
    BigInteger before = moves.stated();
    if (!moves.state(book.nowNs, usual, rules(), measure)) {
      return false;
    }
    tellVolatility(instrument, moves.measured(measure), before, moves.stated());
    return true;
  }

  private void tellVolatility(
      AuditInstrument instrument, BigInteger measured, BigInteger before, BigInteger stated) {
    journal.say(
        new Event.SlowInputStated(
            SlowInput.REALISED_VOLATILITY,
            instrument.id(),
            measured.longValueExact(),
            before.longValueExact(),
            stated.longValueExact()));
  }

  private boolean stateOpenInterest(AuditInstrument instrument) {
    BigInteger open = BigInteger.ZERO;
    for (AuditAccount account : book.accounts) {
      open = open.add(account.longUnits(instrument));
    }
    BigInteger before = instrument.statedOpenInterest;
    Long last = instrument.openInterestStatedAtNs;
    boolean due =
        last == null
            || Exact.of(book.nowNs).subtract(Exact.of(last)).compareTo(Exact.of(rules().periodNs()))
                >= 0;
    BigInteger moved = open.subtract(before).abs();
    if (moved.signum() == 0 || !due || Ratio.of(rules().step()).compareToShare(moved, before) < 0) {
      return false;
    }
    instrument.statedOpenInterest = open;
    instrument.openInterestStatedAtNs = book.nowNs;
    journal.say(
        new Event.SlowInputStated(
            SlowInput.OPEN_INTEREST,
            instrument.id(),
            open.longValueExact(),
            before.longValueExact(),
            open.longValueExact()));
    return true;
  }
}
