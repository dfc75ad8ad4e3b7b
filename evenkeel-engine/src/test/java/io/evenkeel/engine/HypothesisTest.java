package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.MarketMove;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is supposed must be what would happen, and leave nothing behind.
class HypothesisTest {
  private static final long TRADER = 3;
  private static final long PARTY = 3_000;

  private TestVenue venue;

  @BeforeEach
  void open() {
    venue = TestVenue.standard();
    venue.open(TRADER, PARTY);
    venue.fund(TRADER, USD, 20_000 * ONE_USD);
    venue.trade(PERP, TRADER, MAKER, 100_000, markUnits());
  }

  private long markUnits() {
    return venue.view().markUnits(PERP);
  }

  private Assessment supposed(Consumer<Hypothesis> steps) {
    try (Hypothesis hypothesis = venue.view().suppose()) {
      steps.accept(hypothesis);
      return hypothesis.assess(TRADER);
    }
  }

  @Test
  void shouldShowWhatAMarkReallyBrings() {
    long fall = markUnits() * 99 / 100;
    Assessment before = venue.assess(TRADER);
    Assessment supposed = supposed(it -> it.mark(PERP, fall));
    assertThat(supposed.equityE6()).isLessThan(before.equityE6());

    venue.mark(PERP, fall);

    assertThat(supposed).isEqualTo(venue.assess(TRADER));
  }

  @Test
  void shouldShowWhatATradeReallyBrings() {
    long price = markUnits() + 7;
    Assessment supposed = supposed(it -> it.trade(TRADER, PERP, -40_000, price, 0));

    venue.trade(PERP, MAKER, TRADER, 40_000, price);

    assertThat(supposed).isEqualTo(venue.assess(TRADER));
  }

  @Test
  void shouldShowWhatMoneyReallyBrings() {
    Assessment supposed = supposed(it -> it.transfer(TRADER, USD, 500 * ONE_USD));

    venue.fund(TRADER, USD, 500 * ONE_USD);

    assertThat(supposed).isEqualTo(venue.assess(TRADER));
  }

  @Test
  void shouldLeaveNothingBehind() {
    SplittableRandom random = new SplittableRandom(41);
    String hash = venue.hash();
    Assessment before = venue.assess(TRADER);
    int events = venue.events.size();
    for (int i = 0; i < 500; i++) {
      long quantity = random.nextLong(1, 200) * (random.nextBoolean() ? 1 : -1);
      long ratioE9 = random.nextLong(200_000_000, 3_000_000_000L);
      supposed(it ->
          it.trade(TRADER, PERP, quantity, 0, 5)
              .move(MarketMove.ALL, ratioE9)
              .transfer(TRADER, BTC, 1_000)
              .postWallet(TRADER)
              .price(BTC, 1 + ratioE9 / 100_000));
      assertThat(venue.assess(TRADER)).as("seed 41, round %d", i).isEqualTo(before);
    }
    assertThat(venue.hash()).isEqualTo(hash);
    assertThat(venue.events).hasSize(events);
  }

  @Test
  void shouldLeaveNothingBehindWhenAStepIsImpossible() {
    String hash = venue.hash();

    assertThatThrownBy(
            () -> supposed(it -> it.mark(PERP, 1).trade(TRADER, PERP, 10, Long.MAX_VALUE, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> supposed(it -> it.transfer(99, USD, 1)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(venue.hash()).isEqualTo(hash);
  }

  /// One step short of the price found the account is still at maintenance, at the price it is not.
  @Test
  void shouldFindTheEdgeOfMaintenance() {
    MarketMove move = MarketMove.ofInstrument(PERP);
    OptionalLong edge;
    try (Hypothesis hypothesis = venue.view().suppose()) {
      edge = LiquidationSearch.down(hypothesis, TRADER, move);
      assertThat(LiquidationSearch.up(hypothesis, TRADER, move)).isEmpty();
    }
    long ratioE9 = edge.orElseThrow();

    for (long at : List.of(ratioE9, ratioE9 + 1)) {
      Assessment there = supposed(it -> it.move(move, at));
      assertThat(there.equityE6() < there.levels().maintenanceE6())
          .as("%d billionths", at)
          .isEqualTo(at == ratioE9);
    }
  }
}
