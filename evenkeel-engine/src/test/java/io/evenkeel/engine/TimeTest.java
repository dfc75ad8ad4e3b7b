package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.event.Event.MarginCallIssued;
import io.evenkeel.model.event.Event.Released;
import io.evenkeel.model.event.Event.RulebookAnnounced;
import io.evenkeel.model.event.Event.RulebookInForce;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What time brings about: announced rulebooks, deadlines and cool-downs, and in which order.
class TimeTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  private static TestVenue longTen(TestVenue venue) {
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  /// A version with a maintenance rate of its own.
  private static Command announce(int version, String maintenanceRate, long effectiveNs) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = version;
    sketch.brackets.clear();
    sketch.brackets.add(new Bracket(0, decimal(maintenanceRate), decimal("0.2")));
    return new Command.DefineRulebook(RULES, sketch.build(), effectiveNs);
  }

  @Test
  void shouldPutAnAnnouncedVersionInForceAtItsTimeBeforeTheCommandThatArrivesLater() {
    TestVenue venue = longTen(TestVenue.standard());
    long effective = venue.nowNs + HOUR_NS;
    assertThat(venue.accepted(announce(2, "0.11", effective)))
        .containsExactly(new RulebookAnnounced(RULES, 2, effective));
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.HEALTHY);
    // an hour and a second later the party deposits: too late
    venue.nowNs = effective + 1;
    venue.events.clear();
    assertThat(venue.apply(new Command.Deposit(PARTY, USD, 100 * ONE_USD)).isAccepted()).isTrue();
    assertThat(venue.events.get(0)).isEqualTo(new RulebookInForce(RULES, "sketch", 2));
    // MM 1,100 of equity 1,000: liquidated at that time, before the deposit came
    int started = venue.events.indexOf(one(venue.events, LiquidationStarted.class));
    int deposited =
        venue.events.indexOf(
            only(venue.events, Event.MoneyMoved.class).stream()
                .filter(moved -> moved.reason() == MoneyReason.DEPOSIT)
                .findFirst()
                .orElseThrow());
    assertThat(started).isLessThan(deposited);
    assertThat(one(venue.events, LiquidationStarted.class).evidence().rulebookVersion())
        .isEqualTo(2);
  }

  @Test
  void shouldReplaceAnAnnouncementAndDropItWhenAnotherVersionIsEnforced() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.accepted(announce(2, "0.06", venue.nowNs + HOUR_NS));
    venue.accepted(announce(3, "0.07", venue.nowNs + 2 * HOUR_NS));
    assertThat(venue.advance(HOUR_NS)).isEmpty();
    venue.accepted(announce(2, "0.08", venue.nowNs));
    assertThat(venue.assess(ACCOUNT).maintenanceMarginE6()).isEqualTo(800 * ONE_USD);
    assertThat(only(venue.advance(2 * HOUR_NS), RulebookInForce.class)).isEmpty();
    venue.refused(RefusalReason.ALREADY_DEFINED, announce(2, "0.05", 0));
  }

  @Test
  void shouldEnforceTheLowestIdFirstAtOneInstant() {
    TestVenue venue = TestVenue.standard();
    venue.define(3, new RulebookSketch().build());
    RulebookSketch next = new RulebookSketch();
    next.version = 2;
    venue.accepted(new Command.DefineRulebook(RULES, next.build(), venue.nowNs + 1));
    venue.accepted(new Command.DefineRulebook(3, next.build(), venue.nowNs + 1));
    assertThat(only(venue.advance(1), RulebookInForce.class))
        .extracting(RulebookInForce::rulebookId)
        .containsExactly(3, RULES);
  }

  @Test
  void shouldRunNoCycleForAnAnnouncementHoweverLate() {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.runs(Trigger.MARKS, false)));
    venue.mark(PERP, 96_000);
    long endOfTime = Long.MAX_VALUE;
    assertThat(venue.accepted(announce(2, "0.05", endOfTime)))
        .containsExactly(new RulebookAnnounced(RULES, 2, endOfTime));
  }

  @Test
  void shouldNotLetAReassessmentForbidClosingLater() {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.onExpiry = CallPolicy.OnExpiry.CLOSE));
    venue.mark(PERP, 96_000);
    venue.accepted(new Command.Reassess(List.of(), false));
    assertThat(only(venue.advance(HOUR_NS), LiquidationStarted.class)).hasSize(1);
  }

  @Test
  void shouldNotCloseInAReassessmentThatMayNot() {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.runs(Trigger.MARKS, false)));
    venue.mark(PERP, 94_000);
    assertThat(
            only(
                venue.accepted(new Command.Reassess(List.of(ACCOUNT), false)),
                LiquidationStarted.class))
        .isEmpty();
    assertThat(
            only(
                venue.accepted(new Command.Reassess(List.of(ACCOUNT), true)),
                LiquidationStarted.class))
        .hasSize(1);
  }

  @Test
  void shouldNotGoBackInTime() {
    TestVenue venue = TestVenue.standard();
    long now = venue.view().nowNs();
    venue.engine.apply(now - 1, 0, 0, new Command.AdvanceTime());
    assertThat(venue.view().nowNs()).isEqualTo(now);
    venue.engine.apply(Long.MIN_VALUE, 0, 0, new Command.AdvanceTime());
    assertThat(venue.view().nowNs()).isEqualTo(now);
    venue.engine.apply(Long.MAX_VALUE, 0, 0, new Command.AdvanceTime());
    assertThat(venue.view().nowNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldRunWhatFellDueInItsOrderWhateverTheTimesOfTheLog() {
    // called at 960.00; expired after one hour; version 2 after half an hour asks for less
    assertThat(hashAfter(1)).isEqualTo(hashAfter(8)).isEqualTo(hashAfter(360));
  }

  private static String hashAfter(int steps) {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.coolDownNs = HOUR_NS));
    venue.mark(PERP, 96_000);
    venue.accepted(announce(2, "0.055", venue.nowNs + HOUR_NS / 2));
    venue.accepted(new Command.Transfer(MAKER, USD, 1, Command.Direction.TO_WALLET));
    for (int step = 0; step < steps; step++) {
      venue.advance(2 * HOUR_NS / steps);
    }
    return venue.hash();
  }

  @Test
  void shouldReleaseAtTheEndOfACoolDownHoweverTheLogWasCut() {
    assertThat(releasedAfterCoolDown(true)).isEqualTo(releasedAfterCoolDown(false)).isPositive();
  }

  /// An account released to, again in excess, healthy again when its cool-down is first looked at,
  /// and in excess by a new version before the cool-down ends.
  private static long releasedAfterCoolDown(boolean inTwoSteps) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.releaseAutomatic = true;
          rules.coolDownNs = HOUR_NS;
          rules.crossLevels = new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.1"));
        });
    venue.define(8, new RulebookSketch().build());
    venue.open(50, 5, 8);
    venue.fund(50, USD, 9_000_000 * ONE_USD);
    venue.advance(3 * HOUR_NS);
    venue.open(ACCOUNT, PARTY);
    venue.deposit(PARTY, USD, 3_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, 50, 10_000, 100_000);
    assertThat(only(venue.mark(PERP, 110_000), Released.class)).hasSize(1);
    venue.mark(PERP, 120_000);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.EXCESS);
    venue.mark(PERP, 110_500);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.HEALTHY);
    RulebookSketch looser = new RulebookSketch();
    looser.version = 2;
    looser.releaseAutomatic = true;
    looser.coolDownNs = HOUR_NS;
    looser.crossLevels = new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.01"));
    venue.accepted(new Command.DefineRulebook(RULES, looser.build(), venue.nowNs + HOUR_NS / 4));
    long before = venue.wallet(PARTY, USD);
    if (inTwoSteps) {
      venue.advance(HOUR_NS / 2);
    }
    venue.advance(HOUR_NS);
    return venue.wallet(PARTY, USD) - before;
  }

  @Test
  void shouldCallInTheSecondPassWhomClosingRescued() {
    assertThat(callsAfterRescue(false)).isEmpty();
    assertThat(callsAfterRescue(true))
        .extracting(MarginCallIssued::amountE6)
        .containsExactly(260 * ONE_USD);
  }

  private static List<MarginCallIssued> callsAfterRescue(boolean secondPass) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.ordersInMaintenance = true;
          rules.runs(Trigger.MARKS, secondPass, CycleStep.values());
        });
    longTen(venue);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 10_000, 0, 10_000 * 100_000L, 0));
    // 860.00: equity 600; with the orders MM 930, without 430, search 645 and initial 860
    List<Event> events = venue.mark(PERP, 86_000);
    assertThat(one(events, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.RESCUED);
    assertThat(only(events, LiquidationStarted.class)).hasSize(1);
    return only(events, MarginCallIssued.class);
  }
}
