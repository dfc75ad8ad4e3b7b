package io.evenkeel.lab.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.lab.market.SyntheticMarket.Plan;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticMarketTest {
  @Test
  void shouldRepeatItselfForOneSeed() {
    SyntheticMarket market = new SyntheticMarket(Plan.standard(11, 2_000));
    assertThat(checksum(market, 2_000))
        .isEqualTo(checksum(market, 2_000))
        .isEqualTo(checksum(new SyntheticMarket(Plan.standard(11, 2_000)), 2_000))
        .isNotEqualTo(checksum(new SyntheticMarket(Plan.standard(12, 2_000)), 2_000));
  }

  /// The figure was recorded once; another means that seeds no longer give the prices they gave.
  @Test
  void shouldKeepItsPricesFromReleaseToRelease() {
    assertThat(checksum(new SyntheticMarket(Plan.standard(42, 5_000)), 5_000))
        .isEqualTo(RECORDED_CHECKSUM);
  }

  @Test
  void shouldTickEverySymbolAtEveryStep() {
    SyntheticMarket market = new SyntheticMarket(Plan.standard(3, 500));
    TickStream ticks = market.ticks();
    Tick tick = new Tick();
    int count = 0;
    while (ticks.next(tick)) {
      assertThat(tick.timeNs()).isEqualTo(market.startTimeNs() + count * Plan.STANDARD_STEP_NS);
      assertThat(tick.size()).isEqualTo(6);
      for (int i = 0; i < tick.size(); i++) {
        QuotedSymbol symbol = market.symbols().get(tick.symbolIndex(i));
        assertThat(tick.symbolIndex(i)).isEqualTo(i);
        if (count == 0) {
          assertThat(tick.priceUnits(i)).isEqualTo(symbol.firstPriceUnits());
        }
        assertThat(tick.priceUnits(i))
            .isBetween(symbol.lowestPriceUnits(), symbol.highestPriceUnits());
      }
      count++;
    }
    assertThat(count).isEqualTo(500);
  }

  @Test
  void shouldCrashAndPartlyRecover() {
    for (long seed = 1; seed <= 10; seed++) {
      SyntheticMarket market = new SyntheticMarket(Plan.standard(seed, 4_000));
      double[][] shares = shares(market, 4_000);
      for (int symbol = 0; symbol < shares.length; symbol++) {
        double low = Arrays.stream(shares[symbol]).min().orElseThrow();
        double beforeCascade = shares[symbol][2_000];
        double end = shares[symbol][3_999];
        String what = "seed %d, %s".formatted(seed, market.symbols().get(symbol).symbol());
        assertThat(low / beforeCascade).as("crash of %s", what).isBetween(0.25, 0.92);
        assertThat(end).as("recovery of %s", what).isGreaterThan(low * 1.05);
      }
    }
  }

  @Test
  void shouldGoOnWithoutEnd() {
    SyntheticMarket market = new SyntheticMarket(Plan.standard(5, 0));
    double[][] shares = shares(market, 50_000);
    for (double[] course : shares) {
      // one crash per episode of 20,000 ticks, and the next begins from prices that came back
      assertThat(Arrays.stream(course, 0, 20_000).min().orElseThrow()).isLessThan(0.95);
      assertThat(Arrays.stream(course, 20_000, 40_000).min().orElseThrow()).isLessThan(0.95);
      assertThat(Arrays.stream(course).max().orElseThrow()).isLessThan(2);
    }
  }

  @Test
  void shouldRefuseImpossiblePlan() {
    assertThatThrownBy(() -> new Plan(1, -1, 1, 1)).hasMessageContaining("tickCount >= 0");
    assertThatThrownBy(() -> new Plan(1, 1, 0, 1)).hasMessageContaining("stepNs > 0");
  }

  private static final long RECORDED_CHECKSUM = 2_902_461_211_337_628_309L;

  private static long checksum(SyntheticMarket market, int count) {
    TickStream ticks = market.ticks();
    Tick tick = new Tick();
    long sum = 0;
    for (int n = 0; n < count && ticks.next(tick); n++) {
      for (int i = 0; i < tick.size(); i++) {
        sum = 31 * sum + tick.priceUnits(i);
      }
    }
    return sum;
  }

  /// Prices as shares of the first, by symbol and tick.
  private static double[][] shares(SyntheticMarket market, int count) {
    double[][] shares = new double[market.symbols().size()][count];
    TickStream ticks = market.ticks();
    Tick tick = new Tick();
    for (int n = 0; n < count && ticks.next(tick); n++) {
      for (int i = 0; i < tick.size(); i++) {
        shares[i][n] = (double) tick.priceUnits(i) / market.symbols().get(i).firstPriceUnits();
      }
    }
    return shares;
  }
}
