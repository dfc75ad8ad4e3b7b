package io.evenkeel.lab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.command.RefusalReason;
import org.junit.jupiter.api.Test;

class LiveVenueTest {
  private static final int ACCOUNTS = 300;
  private final Listing listing = LiveMarket.listing(LiveRules.rulebook());
  private final EngineVenue venue = new EngineVenue(listing);

  @Test
  void shouldSetUpEveryAccountInFewRequests() {
    LiveVenue live = new LiveVenue(venue, ACCOUNTS, 1);
    live.setUp();
    assertThat(venue.engine.view().isOpen(1_001)).isTrue();
    assertThat(venue.engine.view().isOpen(1_000 + ACCOUNTS)).isTrue();
    assertThat(live.setUpCommands()).isGreaterThan(3L * ACCOUNTS);
    assertThat(venue.requests).isLessThan((int) (live.setUpCommands() / 500 + 3));
    assertThat(live.setUpRefusals()).isEmpty();
  }

  @Test
  void shouldSetUpOnceWhateverIsLostAndRepeated() {
    new LiveVenue(venue, ACCOUNTS, 1).setUp();
    EngineVenue flaky = new EngineVenue(listing);
    flaky.answersToLose = 2;
    new LiveVenue(flaky, ACCOUNTS, 1).setUp();
    LiveVenue again = new LiveVenue(flaky, ACCOUNTS, 1);
    again.setUp();

    assertThat(again.setUpRefusals()).containsOnlyKeys(RefusalReason.NUMBER_TOO_OLD.name());
    for (long id = 1_001; id <= 1_000 + ACCOUNTS; id++) {
      assertThat(flaky.engine.view().assess(id)).isEqualTo(venue.engine.view().assess(id));
    }
    assertThat(flaky.fundMinor()).isEqualTo(venue.fundMinor()).isPositive();
  }

  @Test
  void shouldTradeThroughACrashSoThatEverythingHappens() {
    LiveVenue live = new LiveVenue(venue, ACCOUNTS, 1);
    venue.setListener(live::onEvent);
    live.setUp();
    int before = venue.requests;
    int ticks = 700;
    for (int tick = 0; tick < ticks; tick++) {
      live.tick();
    }
    assertThat(venue.eventCounts)
        .containsKeys(
            "toppedUp",
            "released",
            "marginCallIssued",
            "marginCallEnded",
            "liquidationStarted",
            "orderExposureSet",
            "fillApplied");
    assertThat((venue.requests - before) / (double) ticks).as("requests a tick").isLessThan(8);
    long refused = live.tradingRefusals().values().stream().mapToLong(Long::longValue).sum();
    assertThat(refused).as("%s", live.tradingRefusals()).isLessThan(live.tradingCommands() / 5);
  }

  @Test
  void shouldGoOnFromTheLastPricesAndNumbers() {
    LiveVenue first = new LiveVenue(venue, ACCOUNTS, 1);
    first.setUp();
    for (int tick = 0; tick < 300; tick++) {
      first.tick();
    }
    long before = venue.engine.view().markUnits(0);
    String state = Snapshots.stateHash(venue.engine);

    LiveVenue second = new LiveVenue(venue, ACCOUNTS, 1);
    second.resume();
    second.tick();
    long after = venue.engine.view().markUnits(0);
    assertThat(Math.abs(after - before)).as("a step, not a jump").isLessThan(before / 100);
    assertThat(Snapshots.stateHash(venue.engine)).isNotEqualTo(state);
    assertThat(second.tradingRefusals()).doesNotContainKey(RefusalReason.NUMBER_TOO_OLD.name());
  }

  @Test
  void shouldGiveUpAtOnceWhenStopped() {
    LiveVenue live = new LiveVenue(venue, ACCOUNTS, 1);
    live.stop();
    assertThatThrownBy(live::setUp).isInstanceOf(CommandFlow.FlowStopped.class);
  }
}
