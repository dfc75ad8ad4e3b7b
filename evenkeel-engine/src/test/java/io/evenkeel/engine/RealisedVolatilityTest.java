package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.SECOND_NS;
import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.event.Event.SlowInputStated;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Volatility of marks, measured and stated in steps, and rates that follow it. The usual move of a
/// day is 4 %; a contract at 1,000.00 needs 50 for maintenance and 100 for initial by the table.
class RealisedVolatilityTest {
  private static final long ALICE = 501;
  private static final long MINUTE_NS = 60 * SECOND_NS;
  private static final long USUAL_E9 = 40_000_000;

  /// Sampled each minute, half forgotten in 23; stated each hour, 5 % at least, 25 % up and 10 %
  /// down at most.
  private static final Volatility MEASURE =
      new Volatility(
          MINUTE_NS,
          decimal("0.97"),
          decimal("0.5"),
          decimal("4"),
          decimal("0.25"),
          decimal("0.1"));

  private static TestVenue venue(Volatility measure) {
    TestVenue venue =
        TestVenue.with(sketch -> {
          sketch.scaling =
              new RateScaling(null, null, null, new VolatilityRange(decimal("0.75"), decimal("3")));
          sketch.slowInputs = new SlowInputs(HOUR_NS, decimal("0.05"), measure);
        });
    venue.open(ALICE, ALICE * 1_000);
    venue.fund(ALICE, USD, 100_000 * ONE_USD);
    venue.trade(PERP, ALICE, MAKER, 10_000, 100_000);
    return venue;
  }

  private static List<SlowInputStated> volatilities(List<Event> events) {
    return only(events, SlowInputStated.class).stream()
        .filter(it -> it.input() == SlowInput.REALISED_VOLATILITY)
        .toList();
  }

  private static long maintenanceE6(TestVenue venue) {
    return venue.assess(ALICE).maintenanceMarginE6();
  }

  @Test
  void shouldBeginWithTheUsualMove() {
    TestVenue venue = venue(MEASURE);

    assertThat(volatilities(venue.mark(PERP, 100_000)))
        .containsExactly(
            new SlowInputStated(SlowInput.REALISED_VOLATILITY, PERP, USUAL_E9, 0, USUAL_E9));
    assertThat(maintenanceE6(venue)).isEqualTo(500 * ONE_USD);
  }

  @Test
  void shouldMeasureByHand() {
    TestVenue venue =
        venue(
            new Volatility(
                MINUTE_NS,
                decimal("0.5"),
                decimal("0.5"),
                decimal("4"),
                decimal("0.25"),
                decimal("0.1")));
    venue.mark(PERP, 100_000);
    venue.nowNs += HOUR_NS;
    // 60 intervals and a move of 1 %: mean square of one interval 10^14 / 60, of which 2^-60 is old
    List<SlowInputStated> stated = volatilities(venue.mark(PERP, 101_000));

    // sqrt(1_666_666_666_666 * 1440), rounding of 60 steps aside
    assertThat(stated).hasSize(1);
    assertThat(stated.getFirst().measured()).isCloseTo(48_989_795L, within(2L));
    assertThat(stated.getFirst().stated()).isEqualTo(stated.getFirst().measured());
    // 1.2247449 times the table
    assertThat(maintenanceE6(venue) / 1_000.0)
        .isCloseTo(505_000 * 1.224_744_9, within(505_000 * 1e-6));
  }

  @Test
  void shouldNotRiseFasterThanAllowedNorFallFaster() {
    TestVenue venue = venue(MEASURE);
    venue.mark(PERP, 100_000);
    long price = 100_000;
    for (int i = 0; i < 120; i++) {
      venue.nowNs += MINUTE_NS;
      price = i % 2 == 0 ? 103_000 : 100_000;
      venue.mark(PERP, price);
    }
    assertThat(venue.view().explain(ALICE).terms()).isNotEmpty();
    // twice 25 % within two hours, although it is more than a hundred times as wild
    assertThat(maintenanceE6(venue)).isEqualTo(500 * ONE_USD * 25 / 16);

    venue.nowNs += 24 * HOUR_NS;
    List<SlowInputStated> stated = volatilities(venue.mark(PERP, price));
    assertThat(stated.getFirst().measured()).as("quiet again").isLessThan(10_000);
    assertThat(stated.getFirst().stated()).isEqualTo(USUAL_E9 * 25 / 16 / 10 * 9);
    assertThat(maintenanceE6(venue)).isEqualTo(500 * ONE_USD * 25 / 16 / 10 * 9);
  }

  @Test
  void shouldExplainTheFactor() {
    TestVenue venue = venue(MEASURE);
    venue.mark(PERP, 100_000);
    venue.nowNs += HOUR_NS;
    venue.mark(PERP, 150_000);

    Term row = venue.view().explain(ALICE).terms().getFirst().find("maintenance margin", "PERP");
    Term byVolatility = row.find("factor", "volatility over the usual");
    assertThat(row.value()).isEqualByComparingTo("937.5");
    assertThat(byVolatility.value()).isEqualByComparingTo("1.25");
    assertThat(byVolatility.find("volatility stated").value()).isEqualByComparingTo("0.05");
    assertThat(byVolatility.find("usual").value()).isEqualByComparingTo("0.04");
  }

  @Test
  void shouldKeepTheFactorWithinItsRange() {
    TestVenue venue =
        venue(
            new Volatility(
                MINUTE_NS,
                decimal("0.9"),
                decimal("0.000001"),
                decimal("100"),
                decimal("100"),
                decimal("0.999999")));
    venue.mark(PERP, 100_000);
    venue.nowNs += HOUR_NS;
    venue.mark(PERP, 200_000);
    assertThat(maintenanceE6(venue)).as("the cap").isEqualTo(3 * 1_000 * ONE_USD);
    venue.nowNs += 1_000 * HOUR_NS;
    venue.mark(PERP, 200_000);
    assertThat(maintenanceE6(venue)).as("the floor").isEqualTo(750 * ONE_USD);
  }

  /// Against floating point, which is good enough to tell a wrong formula.
  @Test
  void shouldMeasureWhatAnExponentialAverageOfSquaresMeasures() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    TestVenue venue = venue(MEASURE);
    venue.mark(PERP, 100_000);
    double variance = Math.pow(0.04, 2) * 60 / 86_400;
    long price = 100_000;
    long stated = USUAL_E9;
    long statedAtNs = venue.nowNs;
    List<SlowInputStated> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int minutes = random.nextInt(1, 4);
      venue.nowNs += minutes * MINUTE_NS + random.nextLong(MINUTE_NS);
      double wildness = i % 300 < 150 ? 0.02 : 0.000_2;
      long next = Math.round(price * Math.exp(wildness * (random.nextDouble() - 0.5)));
      double move = (double) (next - price) / price;
      for (int k = 0; k < minutes; k++) {
        variance = 0.97 * variance + 0.03 * move * move / minutes;
      }
      price = next;
      for (SlowInputStated it : volatilities(venue.mark(PERP, price))) {
        assertThat(it.before()).as("seed %d, mark %d", seed, i).isEqualTo(stated);
        assertThat(it.measured() / 1e9)
            .as("seed %d, mark %d", seed, i)
            .isCloseTo(Math.sqrt(variance * 1_440), within(2e-6));
        assertThat(it.stated())
            .as("seed %d, mark %d", seed, i)
            .isLessThanOrEqualTo(it.before() + it.before() / 4)
            .isGreaterThanOrEqualTo(it.before() - it.before() / 10)
            .isBetween(USUAL_E9 / 2, USUAL_E9 * 4);
        assertThat(venue.nowNs - statedAtNs).isGreaterThanOrEqualTo(HOUR_NS);
        stated = it.stated();
        statedAtNs = venue.nowNs;
        all.add(it);
      }
      long factorE9 =
          Math.clamp(Math.ceilDiv(stated * 1_000_000_000L, USUAL_E9), 750_000_000L, 3_000_000_000L);
      long table = price * 10_000 * 10 / 20;
      long slack = 2_000_000;
      assertThat(maintenanceE6(venue))
          .as("seed %d, mark %d", seed, i)
          .isCloseTo((long) (table / 1e9 * factorE9), within(slack));
    }
    assertThat(all).anyMatch(it -> it.stated() > it.before());
    assertThat(all).anyMatch(it -> it.stated() < it.before());
  }

  @Test
  void shouldNotSampleMarksThatAreNotBelieved() {
    TestVenue venue = venue(MEASURE);
    venue.mark(PERP, 100_000);
    venue.nowNs += HOUR_NS;
    List<Event> events = venue.mark(PERP, 0);

    assertThat(only(events, Event.MarkRejected.class)).hasSize(1);
    assertThat(volatilities(events)).isEmpty();
  }

  @Test
  void shouldRefuseRatesThatFollowAVolatilityNobodyMeasures() {
    RulebookSketch sketch = new RulebookSketch();
    sketch.scaling =
        new RateScaling(null, null, null, new VolatilityRange(decimal("0.75"), decimal("3")));
    sketch.slowInputs = new SlowInputs(HOUR_NS, decimal("0.05"));

    assertThatThrownBy(sketch::build)
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("venue.slowInputs.volatility");
  }
}
