package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.HOUSE_PARTY;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.MAKER_PARTY;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.engine.rebalance.AccountWatch;
import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the watch makes of contracts that end by time alone.
class WatchedExpiryTest {
  private static final int FUTURE = 30;
  private static final long ACCOUNT = 100;
  private static final long EXPIRY_NS = 3 * HOUR_NS;
  private static final long WINDOW_NS = HOUR_NS;

  private static LinearContract future() {
    ContractTerms terms =
        new ContractTerms(
            BTC, EXPIRY_NS, false, null, new SettlementAverage(WINDOW_NS, Decimal.ONE));
    return new LinearContract(
        FUTURE,
        "FUTURE",
        ContractKind.DATED_FUTURE,
        USD,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        2,
        3,
        1,
        20_000_000,
        100_000,
        200_000,
        terms);
  }

  /// An account with 200 dollars, long a perpetual of 1,000 and short a future of 500: 150 of
  /// initial margin.
  private static TestVenue venue(WatchUse use) {
    TestVenue venue = new TestVenue(TestVenue.LIMITS);
    venue.accepted(new Command.DefineAsset(TestVenue.usd()));
    venue.accepted(new Command.DefineAsset(TestVenue.btc()));
    venue.accepted(new Command.DefineInstrument(TestVenue.perpetual(PERP, "PERP")));
    venue.accepted(new Command.DefineInstrument(future()));
    venue.mark(PERP, 100_000);
    venue.mark(FUTURE, 5_000_000);
    venue.price(BTC, 5_000_000);
    venue.define(RULES, new RulebookSketch().build());
    venue.accepted(
        new Command.OpenAccount(
            BACKSTOP, HOUSE_PARTY, RULES, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    venue.open(MAKER, MAKER_PARTY);
    venue.fund(MAKER, USD, 10_000_000 * ONE_USD);
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 200 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    venue.trade(FUTURE, MAKER, ACCOUNT, 10, 5_000_000);
    venue.engine.use(use);
    venue.mark(PERP, 100_001);
    return venue;
  }

  @Test
  void shouldNotMakeAllCertificatesAnewForAMarkOfAnIndex() {
    TestVenue venue = venue(WatchUse.ALWAYS);
    AccountWatch watch = venue.engine.machine().watch;
    long rebuilds = watch.rebuilds();
    long certificates = watch.certificates();
    venue.nowNs = EXPIRY_NS - WINDOW_NS;
    for (int mark = 0; mark < 20; mark++) {
      venue.nowNs += 1_000_000_000L;
      venue.price(BTC, 5_000_000 + mark);
      venue.mark(PERP, 100_001 + mark);
    }
    assertThat(venue.view().market().runningAverage(FUTURE))
        .isEqualTo(new MarketView.RunningAverage(5_000_009, 20_000_000_000L, 20, null, false));
    assertThat(watch.isOn()).isTrue();
    assertThat(watch.rebuilds()).isEqualTo(rebuilds);
    assertThat(watch.certificates()).isEqualTo(certificates);
  }

  @Test
  void shouldHideNobodyWhoseContractEndedByTime() {
    List<Event> watched = endAndFall(venue(WatchUse.ALWAYS));
    assertThat(watched).isEqualTo(endAndFall(venue(WatchUse.OFF)));
  }

  /// The future costs 90 dollars more than at its last mark: 110 are left, for 100 of initial
  /// margin. That is 10 of slack, where 50 were before; then the perpetual costs 20.
  private static List<Event> endAndFall(TestVenue venue) {
    venue.nowNs = EXPIRY_NS - WINDOW_NS;
    venue.price(BTC, 5_900_000);
    venue.nowNs = EXPIRY_NS + 1;
    List<Event> ended = venue.accepted(new Command.AdvanceTime());
    assertThat(one(ended, Event.InstrumentSettled.class).settlementPriceUnits())
        .isEqualTo(5_900_000);
    assertThat(only(ended, Event.ZoneChanged.class)).isEmpty();
    assertThat(venue.mark(PERP, 99_999)).isEmpty();
    List<Event> fell = venue.mark(PERP, 98_000);
    assertThat(only(fell, Event.ZoneChanged.class))
        .extracting(Event.ZoneChanged::accountId, Event.ZoneChanged::after)
        .containsExactly(tuple(ACCOUNT, Zone.RESTRICTED));
    return fell;
  }
}
