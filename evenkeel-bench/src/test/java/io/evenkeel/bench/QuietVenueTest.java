package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import org.junit.jupiter.api.Test;

class QuietVenueTest {
  private static final int ACCOUNTS = 400;

  private final QuietVenue venue = new QuietVenue(ACCOUNTS, QuietVenue.Witness.NOBODY);

  @Test
  void shouldValueEveryAccountWithAPositionAndActOnNobody() {
    EngineView view = venue.engine().view();
    long holders = 0;
    for (int account = 0; account < view.accountCount(); account++) {
      long accountId = view.accountIdAt(account);
      boolean isExposed = !view.positions(accountId).isEmpty();
      for (int assetId = 0; assetId < venue.listing().assets().size(); assetId++) {
        boolean isCoin = assetId >= 2;
        isExposed |= isCoin && view.marginMinor(accountId, assetId) != 0;
      }
      holders += isExposed ? 1 : 0;
    }

    assertThat(holders).isGreaterThan(ACCOUNTS / 2);
    assertThat(valuedBy(venue.everyContract())).isEqualTo(2 * holders);
  }

  @Test
  void shouldValueTheHoldersOfOneContract() {
    int instrumentId = venue.listing().instrumentId(ThirteenContracts.ONE_OF_THEM);
    EngineView view = venue.engine().view();
    long holders = 0;
    for (int account = 0; account < view.accountCount(); account++) {
      long accountId = view.accountIdAt(account);
      holders +=
          view.positions(accountId).stream()
              .filter(position -> position.instrumentId() == instrumentId)
              .count();
    }

    assertThat(holders).isBetween(ACCOUNTS / 10L, ACCOUNTS / 2L);
    assertThat(valuedBy(venue.oneContract())).isEqualTo(2 * holders);
  }

  private long valuedBy(QuietVenue.Pair pair) {
    long eventsBefore = venue.events();
    long before = venue.engine().valuations();
    assertThat(venue.apply(pair.up()).isAccepted()).isTrue();
    assertThat(venue.apply(pair.down()).isAccepted()).isTrue();
    assertThat(venue.events()).isEqualTo(eventsBefore);
    return venue.engine().valuations() - before;
  }

  @Test
  void shouldSpreadAccountsOverTheZones() {
    long[] counts = venue.engine().view().zoneCounts();

    assertThat(counts[Zone.RESTRICTED.ordinal()]).isPositive();
    assertThat(counts[Zone.HEALTHY.ordinal()]).isGreaterThan(ACCOUNTS / 10);
  }

  @Test
  void shouldLeadTheTwinToTheSameState() {
    AuditEngine twin = new AuditEngine(EngineLimits.STANDARD);
    QuietVenue small =
        new QuietVenue(
            30,
            (timeNs, command) ->
                assertThat(twin.apply(timeNs, 0, 0, command).outcome()).isNotNull());

    assertThat(twin.lastEventNumber()).isEqualTo(small.engine().lastEventNumber());
    for (Command.MarkPrices marks :
        new Command.MarkPrices[] {small.everyContract().up(), small.everyContract().down()}) {
      assertThat(twin.apply(small.timeNs(), 0, 0, marks).events()).isEmpty();
    }
  }
}
