package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.RulebookPreview.AccountChange;
import io.evenkeel.model.account.RulebookPreview.ZoneMove;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a preview says must be what happens, and leave nothing behind.
class RulebookPreviewTest {
  private static final long SAFE = 10;
  private static final long HELPED = 11;
  private static final long CALLED = 12;
  private static final long CLOSED = 13;
  private static final int ALL = 1_000;

  private TestVenue venue;

  /// Each holds 10 contracts at 1,000: 500 maintenance, 1,000 initial, 750 search.
  @BeforeEach
  void open() {
    venue = TestVenue.standard();
    trader(SAFE, 9_000);
    trader(HELPED, 1_200);
    trader(CALLED, 1_300);
    trader(CLOSED, 1_000);
    venue.deposit(HELPED * 1_000, USD, 5_000 * ONE_USD);
  }

  private void trader(long account, long dollars) {
    venue.open(account, account * 1_000);
    venue.fund(account, USD, dollars * ONE_USD);
    venue.trade(PERP, account, MAKER, 10_000, 100_000);
  }

  private static Rulebook rates(int version, String maintenance, String initial) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = version;
    sketch.brackets.clear();
    sketch.brackets.add(new Bracket(0, Decimal.parse(maintenance), Decimal.parse(initial)));
    return sketch.build();
  }

  @Test
  void shouldSayWhoWouldMove() {
    RulebookPreview preview = venue.view().preview(RULES, rates(2, "0.11", "0.18"), ALL);

    assertThat(preview.version()).isEqualTo(2);
    assertThat(preview.accounts()).as("four, the maker, the backstop").isEqualTo(6);
    assertThat(preview.changed())
        .extracting(AccountChange::accountId)
        .containsExactly(CLOSED, HELPED, CALLED);
    assertThat(preview.moves())
        .containsExactly(
            new ZoneMove(Zone.HEALTHY, Zone.LIQUIDATION, 1),
            new ZoneMove(Zone.HEALTHY, Zone.CALL, 2));
    assertThat(preview.changed())
        .extracting(AccountChange::settledZone)
        .containsExactly(Zone.HEALTHY, Zone.HEALTHY, Zone.CALL);
    assertThat(preview.changed().get(1).toppedUpE6()).as("1,800 - 1,200").isEqualTo(600 * ONE_USD);
    assertThat(preview.changed().get(2).calledE6()).as("1,800 - 1,300").isEqualTo(500 * ONE_USD);
    assertThat(preview.changed().getFirst().isLiquidated()).isTrue();
    assertThat(preview.effects().liquidated()).isEqualTo(1);
    assertThat(preview.effects().toppedUpE6()).isEqualTo(600 * ONE_USD);
    assertThat(preview.effects().calledE6()).isEqualTo(500 * ONE_USD);
    assertThat(preview.effects().closedE6())
        .as("1,000 carry 5.555... contracts at 18 %%")
        .isEqualTo(4_445 * ONE_USD);
    assertThat(preview.before().maintenanceMarginE6())
        .as("80,000 in all")
        .isEqualTo(4_000_000_000L);
    assertThat(preview.after().maintenanceMarginE6()).isEqualTo(8_800_000_000L);
  }

  @Test
  void shouldListTheLowestZonesFirstAndCountTheRest() {
    RulebookPreview preview = venue.view().preview(RULES, rates(2, "0.11", "0.18"), 1);

    assertThat(preview.changed()).extracting(AccountChange::accountId).containsExactly(CLOSED);
    assertThat(preview.changedCount()).isEqualTo(3);
  }

  @Test
  void shouldBringNothingWhenNothingChanges() {
    RulebookPreview preview = venue.view().preview(RULES, new RulebookSketch().build(), ALL);

    assertThat(preview.changed()).isEmpty();
    assertThat(preview.moves()).isEmpty();
    assertThat(preview.before()).isEqualTo(preview.after());
    assertThat(preview.effects())
        .isEqualTo(new RulebookPreview.Effects(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldRefuseWhatCannotComeIntoForce() {
    String hash = venue.hash();
    RulebookSketch unknown = new RulebookSketch();
    unknown.collateral.add(RulebookSketch.terms("DOGE", "1", "1", "1", 1, "0"));

    assertThatThrownBy(() -> venue.view().preview(99, rates(2, "0.1", "0.2"), ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
    assertThatThrownBy(() -> venue.view().preview(RULES, unknown.build(), ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(venue.hash()).isEqualTo(hash);
  }

  /// Two venues with the same past, one of which is asked for previews all the time, must not
  /// differ in one event; and the last preview must be what happens.
  @Test
  void shouldForetellAndLeaveNothingBehind() {
    for (long seed = 1; seed <= 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue asked = randomVenue(new SplittableRandom(seed));
      TestVenue other = randomVenue(new SplittableRandom(seed));
      for (int round = 2; round < 8; round++) {
        int maintenance = random.nextInt(2, 25);
        Rulebook version =
            randomVersion(round, maintenance, random.nextInt(maintenance, 50), random.nextInt(4));
        String hash = asked.hash();
        int events = asked.events.size();
        RulebookPreview preview = asked.view().preview(RULES, version, ALL);
        assertThat(asked.hash()).as("seed %d", seed).isEqualTo(hash);
        assertThat(asked.events).as("seed %d", seed).hasSize(events);
        if (random.nextBoolean()) {
          Map<Long, Assessment> before = assessments(asked);
          List<Event> happened = asked.accepted(new Command.DefineRulebook(RULES, version, 0));
          other.accepted(new Command.DefineRulebook(RULES, version, 0));
          assertForetold(preview, before, happened, asked, seed);
        }
        long price = random.nextLong(80_000, 120_000);
        asked.mark(PERP, price);
        other.mark(PERP, price);
        assertThat(asked.events).as("seed %d", seed).isEqualTo(other.events);
        long step = random.nextLong(2 * RulebookSketch.HOUR_NS);
        asked.advance(step);
        other.advance(step);
        assertThat(asked.events).as("seed %d", seed).isEqualTo(other.events);
        assertThat(asked.hash()).as("seed %d", seed).isEqualTo(other.hash());
      }
    }
  }

  private static TestVenue randomVenue(SplittableRandom random) {
    TestVenue made =
        TestVenue.with(sketch -> {
          sketch.releaseAutomatic = true;
          sketch.coolDownNs = RulebookSketch.HOUR_NS;
        });
    for (long account = 20; account < 32; account++) {
      made.open(account, account * 1_000);
      made.fund(account, USD, random.nextLong(1_000, 6_000) * ONE_USD);
      made.deposit(account * 1_000, USD, random.nextLong(1, 500) * ONE_USD);
      long units = random.nextLong(1, 9_000);
      made.trade(PERP, account, MAKER, units, 100_000);
    }
    return made;
  }

  private static Rulebook randomVersion(int version, int maintenance, int initial, int closing) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = version;
    sketch.releaseAutomatic = true;
    sketch.coolDownNs = RulebookSketch.HOUR_NS;
    sketch.partialPenalty = closing == 1 ? "0.01" : "0";
    if (closing == 2) {
      sketch.onlyTakeOver();
    }
    if (closing == 3) {
      sketch.steps =
          List.of(
              new LiquidationStep.Deleverage(LiquidationStep.Ranking.PROFIT_AND_LEVERAGE, false),
              new LiquidationStep.TakeOver());
    }
    sketch.brackets.clear();
    sketch.brackets.add(new Bracket(0, new Decimal(maintenance, 2), new Decimal(initial, 2)));
    return sketch.build();
  }

  private static Map<Long, Assessment> assessments(TestVenue venue) {
    Map<Long, Assessment> all = new LinkedHashMap<>();
    for (int i = 0; i < venue.view().accountCount(); i++) {
      long id = venue.view().accountIdAt(i);
      all.put(id, venue.assess(id));
    }
    return all;
  }

  private static void assertForetold(
      RulebookPreview preview,
      Map<Long, Assessment> before,
      List<Event> happened,
      TestVenue venue,
      long seed) {
    List<Long> liquidated = new ArrayList<>();
    for (AccountChange change : preview.changed()) {
      long id = change.accountId();
      assertThat(change.before()).as("seed %d", seed).isEqualTo(before.get(id));
      assertThat(change.settledZone())
          .as("seed %d, account %d", seed, id)
          .isEqualTo(venue.assess(id).zone());
      if (change.isLiquidated()) {
        liquidated.add(id);
      }
    }
    assertThat(liquidated)
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            TestVenue.only(happened, Event.LiquidationStarted.class).stream()
                .map(Event.LiquidationStarted::accountId)
                .toList());
    assertThat(preview.effects().closedE6())
        .as("seed %d", seed)
        .isEqualTo(
            TestVenue.only(happened, Event.PositionReduced.class).stream()
                    .mapToLong(Event.PositionReduced::notionalE6)
                    .sum()
                + TestVenue.only(happened, Event.AccountTakenOver.class).stream()
                    .mapToLong(Event.AccountTakenOver::notionalE6)
                    .sum()
                + TestVenue.only(happened, Event.Deleveraged.class).stream()
                    .mapToLong(it -> it.closedUnits() * it.markUnits() * 10)
                    .sum());
    assertThat(preview.effects().toppedUpE6())
        .as("seed %d, dollars are worth their millionths", seed)
        .isEqualTo(
            TestVenue.only(happened, Event.ToppedUp.class).stream()
                .flatMap(it -> it.amounts().stream())
                .mapToLong(Event.SourcedAmount::amountMinor)
                .sum());
    assertThat(preview.effects().called())
        .as("seed %d", seed)
        .isEqualTo(
            TestVenue.only(happened, Event.MarginCallIssued.class).size()
                + TestVenue.only(happened, Event.MarginCallUpdated.class).size());
  }
}
