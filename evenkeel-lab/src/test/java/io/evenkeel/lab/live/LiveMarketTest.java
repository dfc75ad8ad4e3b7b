package io.evenkeel.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import org.junit.jupiter.api.Test;

class LiveMarketTest {
  private final Listing listing = LiveMarket.listing(LiveRules.rulebook());

  @Test
  void shouldContinueFromAnyPricesWithoutAJump() {
    long[] start = LiveMarket.firstUnits(listing);
    start[0] = start[0] * 7 / 10;
    LiveMarket market = new LiveMarket(5, listing, start);
    long previous = start[0];
    for (int tick = 0; tick < 3 * LiveMarket.EPISODE_TICKS; tick++) {
      MarkBatch batch = market.next(1_000_000L + tick);
      long now = batch.priceUnits(0);
      assertThat(Math.abs(now - previous)).as("tick %d", tick).isLessThan(previous * 6 / 100);
      assertThat(batch.timeNs(0)).isEqualTo(1_000_000L + tick);
      assertThat(market.markUnits(0)).isEqualTo(now);
      previous = now;
    }
  }

  @Test
  void shouldCrashInEveryEpisodeAndComeBack() {
    long[] start = LiveMarket.firstUnits(listing);
    LiveMarket market = new LiveMarket(9, listing, start);
    for (int episode = 0; episode < 4; episode++) {
      long highest = 0;
      long lowest = Long.MAX_VALUE;
      for (int tick = 0; tick < LiveMarket.EPISODE_TICKS; tick++) {
        long now = market.next(1).priceUnits(0);
        highest = Math.max(highest, now);
        lowest = Math.min(lowest, now);
      }
      assertThat(lowest).as("episode %d", episode).isLessThan(highest * 90 / 100);
      assertThat(highest).as("episode %d", episode).isGreaterThan(start[0] * 90 / 100);
    }
  }

  @Test
  void shouldDifferFromTheHouseRulesInNameAndTimesOnly() {
    Rulebook house = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
    Rulebook live = LiveRules.rulebook();
    assertThat(live.name()).isEqualTo("perp-cross-demo");
    assertThat(live.call().deadlineNs()).isEqualTo(45_000_000_000L);
    assertThat(live.release().coolDownNs()).isEqualTo(5_000_000_000L);
    assertThat(live)
        .usingRecursiveComparison()
        .ignoringFields("name", "call.deadlineNs", "release.coolDownNs")
        .isEqualTo(house);
  }
}
