package io.evenkeel.lab.history;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.audit.AuditResult;
import io.evenkeel.audit.AuditView;
import io.evenkeel.engine.Engine;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.List;

/// Runs the engine and its slow twin over one history in lock step and stops at the first
/// difference: in an answer, in an event, in the time or number of an event, or in anything that
/// can be seen of the two afterwards.
public final class TwinComparison {
  /// The engine and the twin differ; the message says where.
  public static final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
      super(message);
    }
  }

  private record Told(long number, long timeNs, Event event) {}

  private final long seed;
  private final int viewEvery;
  private final RandomHistory history;
  private final AuditEngine twin;
  private final List<Told> told = new ArrayList<>();
  private final Engine engine;
  private final EngineWitness witness;
  private long commands;
  private long events;

  /// @param seed of the history
  /// @param viewEvery after how many commands everything visible is compared; 1 is after each
  public TwinComparison(long seed, int viewEvery) {
    this.seed = seed;
    this.viewEvery = viewEvery;
    this.history = new RandomHistory(seed);
    this.twin = new AuditEngine(history.limits());
    this.engine =
        new Engine(
            history.limits(), (number, timeNs, event) -> told.add(new Told(number, timeNs, event)));
    this.witness = new EngineWitness(engine.view());
  }

  /// Runs so many further commands.
  ///
  /// @throws Difference at the first difference
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /// How many commands were compared.
  public long commands() {
    return commands;
  }

  /// How many events were compared.
  public long events() {
    return events;
  }

  /// The twin, for further questions.
  public AuditEngine twin() {
    return twin;
  }

  /// Runs one command and tells what the twin said to it.
  ///
  /// @throws Difference when the engine says otherwise
  public AuditResult step() {
    AuditResult expected = apply(history.next());
    history.observe(expected.outcome(), expected.events());
    return expected;
  }

  /// Applies one command that need not be of the history to both, and tells what the twin said to
  /// it.
  ///
  /// @throws Difference when the engine says otherwise
  public AuditResult apply(Step step) {
    told.clear();
    AuditResult expected;
    Outcome outcome;
    long firstNumber = twin.lastEventNumber() + 1;
    try {
      expected =
          twin.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
      outcome =
          engine.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
    } catch (RuntimeException e) {
      Difference difference = new Difference(place(step) + "one of the two failed: " + e);
      difference.initCause(e);
      throw difference;
    }
    compare(step, expected, outcome, firstNumber);
    if ((commands + 1) % viewEvery == 0) {
      compareViews(step);
    }
    commands++;
    events += told.size();
    return expected;
  }

  private void compare(Step step, AuditResult expected, Outcome outcome, long firstNumber) {
    int both = Math.min(expected.events().size(), told.size());
    for (int i = 0; i < both; i++) {
      Told expectedEvent =
          new Told(firstNumber + i, expected.eventTimesNs().get(i), expected.events().get(i));
      Told actual = told.get(i);
      Told figures =
          new Told(actual.number, actual.timeNs, Explanations.checkedAndCut(actual.event));
      if (!expectedEvent.equals(figures)) {
        fail(step, "event " + i, expectedEvent, figures);
      }
    }
    if (expected.events().size() != told.size()) {
      fail(step, "events from " + both, rest(expected.events(), both), rest(told, both));
    }
    if (!expected.outcome().equals(outcome)) {
      fail(step, "outcome", expected.outcome(), outcome);
    }
  }

  private static List<?> rest(List<?> all, int from) {
    return all.subList(from, Math.min(all.size(), from + 5));
  }

  private void compareViews(Step step) {
    AuditView expected = twin.view();
    AuditView actual = witness.describe(expected);
    if (!expected.equals(actual)) {
      throw new Difference(place(step) + EngineWitness.firstDifference(expected, actual));
    }
    List<String> breaches = engine.view().conservationBreaches();
    if (!breaches.isEmpty()) {
      throw new Difference(place(step) + "the engine finds of itself: " + breaches);
    }
  }

  private void fail(Step step, String what, Object expected, Object actual) {
    throw new Difference(
        "%s%s%n  twin:   %s%n  engine: %s".formatted(place(step), what, expected, actual));
  }

  private String place(Step step) {
    return "seed %d, command %d, %s: ".formatted(seed, commands, step);
  }
}
