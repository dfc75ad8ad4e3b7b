package io.evenkeel.lab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.audit.AuditResult;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence.PositionLine;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.event.MarkFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A random history that misses a path proves nothing about it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryCoverageTest {
  private static final int SEEDS = 30;
  private static final int COMMANDS_PER_SEED = 2_500;

  /// What only a fault inside the engine brings about.
  private static final Set<Class<?>> AFTER_A_FAULT =
      Set.of(Event.AccountFrozen.class, Event.InstrumentFrozen.class, Event.AlarmRaised.class);

  private static final Set<RefusalReason> REASONS_AFTER_A_FAULT =
      EnumSet.of(
          RefusalReason.INTERNAL_INVARIANT,
          RefusalReason.ACCOUNT_FROZEN,
          RefusalReason.INSTRUMENT_FROZEN);

  /// Models that margin options are beyond the twin; the engine's own tests have them.
  private static final Set<RefusalReason> BEYOND_THE_TWIN =
      EnumSet.of(RefusalReason.OPTION_NOT_MARGINED);

  private final Map<Class<?>, Integer> events = new HashMap<>();
  private final Set<Object> kinds = new HashSet<>();
  private final Map<String, Integer> sides = new TreeMap<>();
  private final Set<RefusalReason> reasons = EnumSet.noneOf(RefusalReason.class);
  private final Map<Class<?>, Integer> accepted = new HashMap<>();

  /// Sessions and numbers of a history: what is asked again is answered for the command before.
  private final Set<List<Long>> numbersUsed = new HashSet<>();

  private int commands;
  private int refused;

  @BeforeAll
  void runHistories() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomHistory history = new RandomHistory(seed);
      AuditEngine twin = new AuditEngine(history.limits());
      numbersUsed.clear();
      for (int i = 0; i < COMMANDS_PER_SEED; i++) {
        Step step = history.next();
        AuditResult result =
            twin.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
        history.observe(result.outcome(), result.events());
        note(step, result);
      }
    }
  }

  private void note(Step step, AuditResult result) {
    commands++;
    reasons.add(result.outcome().reason());
    boolean again =
        step.sessionId() != 0 && !numbersUsed.add(List.of(step.sessionId(), step.commandNumber()));
    if (!result.outcome().isAccepted()) {
      refused++;
    } else if (!again) {
      accepted.merge(step.command().getClass(), 1, Integer::sum);
    }
    for (Event event : result.events()) {
      events.merge(event.getClass(), 1, Integer::sum);
      switch (event) {
        case Event.MoneyMoved moved -> kinds.add(moved.reason());
        case Event.MarkRejected rejected -> kinds.add(rejected.fault());
        case Event.CashSettled settled -> kinds.add(settled.kind());
        case Event.SlowInputStated stated -> kinds.add(stated.input());
        case Event.SettlementAveraged averaged -> kinds.add(averaged.result());
        case Event.MarginCallEnded ended -> kinds.add(ended.end());
        case Event.LiquidationStarted started -> kinds.add(started.cause());
        case Event.LiquidationEnded ended -> kinds.add(ended.result());
        case Event.AuctionEnded ended -> kinds.add(ended.end());
        case Event.ZoneChanged changed -> kinds.add(changed.after());
        default -> noteSides(event);
      }
    }
  }

  /// Of whom, in hedge mode, an event tells.
  private void noteSides(Event event) {
    String name = event.getClass().getSimpleName();
    switch (event) {
      case Event.OrderExposureSet it -> note(name, it.side());
      case Event.FillApplied it -> {
        note(name + " buyer", it.buyerSide());
        note(name + " seller", it.sellerSide());
      }
      case Event.PositionTransferred it -> {
        note(name + " from", it.fromSide());
        note(name + " to", it.toSide());
      }
      case Event.TradeBusted it -> note(name, it.buyerSide());
      case Event.TradeCorrected it -> note(name, it.sellerSide());
      case Event.PositionReduced it -> note(name, it.side());
      case Event.Deleveraged it -> {
        note(name, it.side());
        note(name + " counterparty", it.counterpartySide());
      }
      case Event.ProfitReduced it -> note(name, it.side());
      case Event.LiquidationStarted it -> noteBothSides(it.evidence().positions());
      case Event.MarginCallIssued it -> noteBothSides(it.evidence().positions());
      default -> {}
    }
  }

  private void noteBothSides(List<PositionLine> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).instrumentId() == lines.get(i - 1).instrumentId()) {
        sides.merge("both sides in need", 1, Integer::sum);
      }
    }
  }

  private void note(String what, PositionSide side) {
    if (side != PositionSide.NET) {
      sides.merge(what + " " + side, 1, Integer::sum);
    }
  }

  @Test
  void shouldMeetBothSidesEverywhere() {
    assertThat(sides.keySet())
        .as("in hedge mode: %s", sides)
        .containsAll(
            List.of(
                "OrderExposureSet LONG",
                "OrderExposureSet SHORT",
                "FillApplied buyer LONG",
                "FillApplied buyer SHORT",
                "FillApplied seller LONG",
                "FillApplied seller SHORT",
                "PositionTransferred from LONG",
                "PositionTransferred from SHORT",
                "PositionTransferred to LONG",
                "PositionTransferred to SHORT",
                "TradeBusted LONG",
                "TradeCorrected SHORT",
                "PositionReduced LONG",
                "PositionReduced SHORT",
                "Deleveraged LONG",
                "Deleveraged SHORT",
                "Deleveraged counterparty LONG",
                "Deleveraged counterparty SHORT",
                "ProfitReduced LONG",
                "ProfitReduced SHORT",
                "both sides in need"));
  }

  @Test
  void shouldCauseEveryEvent() {
    Set<Class<?>> missing = new HashSet<>(Arrays.asList(Event.class.getPermittedSubclasses()));
    missing.removeAll(events.keySet());
    missing.removeAll(AFTER_A_FAULT);
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldCauseEveryKindOfEvent() {
    List<Object> all = new ArrayList<>();
    all.addAll(List.of(MoneyReason.values()));
    all.addAll(List.of(MarkFault.values()));
    all.addAll(List.of(Event.CashKind.values()));
    all.addAll(List.of(Event.SlowInput.values()));
    all.addAll(List.of(Event.AverageResult.values()));
    all.addAll(List.of(CallEnd.values()));
    all.addAll(List.of(LiquidationCause.values()));
    all.addAll(List.of(LiquidationResult.values()));
    all.addAll(List.of(AuctionEnd.values()));
    all.addAll(List.of(io.evenkeel.model.account.Zone.values()));
    assertThat(kinds).containsAll(all);
  }

  @Test
  void shouldMeetEveryRefusal() {
    Set<RefusalReason> missing = EnumSet.allOf(RefusalReason.class);
    missing.removeAll(reasons);
    missing.removeAll(REASONS_AFTER_A_FAULT);
    missing.removeAll(BEYOND_THE_TWIN);
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldHaveMostCommandsAccepted() {
    assertThat(refused).isBetween(commands / 20, commands / 2);
    Set<Class<?>> all = new HashSet<>(Arrays.asList(Command.class.getPermittedSubclasses()));
    assertThat(accepted.keySet()).isEqualTo(all);
  }
}
