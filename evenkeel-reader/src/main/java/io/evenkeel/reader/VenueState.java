package io.evenkeel.reader;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.EventSink;
import io.evenkeel.engine.MarketView;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.journal.JournalEntry.CommandLogged;
import java.util.ArrayList;
import java.util.List;

/// The engine that follows, and what is kept up beside it from its own events. Used on the reader's
/// thread.
final class VenueState {
  /// Holds the events of one command until it is over, for nothing may be asked of the engine
  /// before.
  static final class Intake implements EventSink {
    private final List<Event> events = new ArrayList<>();
    private long firstNumber;

    @Override
    public void accept(long eventNumber, long timeNs, Event event) {
      if (events.isEmpty()) {
        firstNumber = eventNumber;
      }
      events.add(event);
    }
  }

  private final Intake intake;
  private final EventTally tally;
  private final RecentDecisions decisions;
  private final Engine engine;
  private final EngineView view;
  private final AccountTally accounts;
  private Catalogue catalogue;
  private long logPosition;

  VenueState(
      Engine engine, Intake intake, RecentDecisions decisions, EventTally tally, long logPosition) {
    this.engine = engine;
    this.intake = intake;
    this.decisions = decisions;
    this.tally = tally;
    this.logPosition = logPosition;
    view = engine.view();
    accounts = new AccountTally(view);
    catalogue = catalogueOf(view);
  }

  private static Catalogue catalogueOf(EngineView view) {
    MarketView market = view.market();
    return new Catalogue(market.assets(), market.instruments());
  }

  /// Applies a command as the node did.
  Outcome apply(CommandLogged logged) {
    decisions.beginCommand();
    Outcome outcome =
        engine.apply(
            logged.logTimeNs(), logged.sessionId(), logged.commandNumber(), logged.command());
    boolean defined = false;
    long number = intake.firstNumber;
    List<Event> events = intake.events;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      tally.count(event);
      accounts.note(event, view);
      decisions.note(number++, event, view);
      defined |= event instanceof Event.AssetDefined || event instanceof Event.InstrumentDefined;
    }
    events.clear();
    if (defined) {
      catalogue = catalogueOf(view);
    }
    return outcome;
  }

  void reached(long newLogPosition) {
    logPosition = Math.max(logPosition, newLogPosition);
  }

  Engine engine() {
    return engine;
  }

  EngineView view() {
    return view;
  }

  AccountTally accounts() {
    return accounts;
  }

  RecentDecisions decisions() {
    return decisions;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  long logPosition() {
    return logPosition;
  }
}
