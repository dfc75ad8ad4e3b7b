package io.evenkeel.lab.history;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.explain.Term;
import java.math.BigDecimal;
import java.util.List;

/// The explanations that evidence carries under models of their own. The twin computes figures, not
/// explanations: an explanation is held against the figures it explains and against itself, and is
/// left out when events are compared.
final class Explanations {
  /// What the roundings of one product may add up to, in the last place of its value.
  private static final BigDecimal ROUNDINGS = BigDecimal.valueOf(3);

  private Explanations() {}

  /// The event without explanations.
  ///
  /// @throws IllegalStateException when one contradicts the assessment or itself
  static Event checkedAndCut(Event event) {
    return switch (event) {
      case Event.ToppedUp it ->
          new Event.ToppedUp(it.accountId(), it.shortfallE6(), it.amounts(), cut(it.evidence()));
      case Event.Released it ->
          new Event.Released(it.accountId(), it.excessE6(), it.amounts(), cut(it.evidence()));
      case Event.MarginCallIssued it ->
          new Event.MarginCallIssued(
              it.accountId(),
              it.callId(),
              it.amountE6(),
              it.deadlineNs(),
              it.timeToLiquidationNs(),
              cut(it.evidence()));
      case Event.LiquidationStarted it ->
          new Event.LiquidationStarted(it.accountId(), it.cause(), cut(it.evidence()));
      default -> event;
    };
  }

  private static Evidence cut(Evidence evidence) {
    for (Term term : evidence.terms()) {
      check(term, evidence.assessment());
    }
    return new Evidence(
        evidence.trigger(),
        evidence.rulebookId(),
        evidence.rulebookVersion(),
        evidence.assessment(),
        evidence.collateral(),
        evidence.positions());
  }

  private static void check(Term margin, Assessment assessment) {
    same(margin, "equity", assessment.equityE6());
    same(margin, "initial equity", assessment.initialEquityE6());
    same(margin, "maintenance margin", assessment.maintenanceMarginE6());
    same(margin, "initial margin", assessment.initialMarginE6());
    recompute(margin);
  }

  private static void same(Term margin, String name, long figureE6) {
    BigDecimal figure = BigDecimal.valueOf(figureE6, 6);
    if (margin.find(name).value().compareTo(figure) != 0) {
      throw new IllegalStateException(name + " is " + figure + ", explained by " + margin);
    }
  }

  private static void recompute(Term term) {
    BigDecimal value = term.operation().apply(term.children());
    BigDecimal allowed = ROUNDINGS.movePointLeft(term.value().scale());
    if (value != null && value.subtract(term.value()).abs().compareTo(allowed) > 0) {
      throw new IllegalStateException(term + " is not " + value);
    }
    List<Term> children = term.children();
    children.forEach(Explanations::recompute);
  }
}
