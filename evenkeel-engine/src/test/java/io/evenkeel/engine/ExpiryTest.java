package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.InstrumentSettled;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Contracts of one underlying and expiry end together, at prices reckoned by hand.
class ExpiryTest {
  private static final long LONG = 100;
  private static final long SHORT = 101;
  private static final long EXPIRY_NS = 2 * RulebookSketch.HOUR_NS;
  private static final int NEAR = 30;
  private static final int LATER = 31;

  private static LinearContract future(int id, long expiryNs) {
    return contract(
        id, ContractKind.DATED_FUTURE, 2, new ContractTerms(BTC, expiryNs, false, null));
  }

  private static LinearContract contract(
      int id, ContractKind kind, int priceScale, ContractTerms terms) {
    return new LinearContract(
        id,
        "X" + id,
        kind,
        USD,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        priceScale,
        3,
        1,
        20_000_000,
        1_000_000,
        2_000_000,
        terms);
  }

  /// A future that expires, one that expires later; a long and a short of the first, of a
  /// thousandth of 3 coins each, at 50,000.
  private static TestVenue venue(long shortDollars) {
    TestVenue venue = TestVenue.with(sketch -> sketch.lossSources = List.of(LossSource.MARGIN));
    for (LinearContract each : List.of(future(NEAR, EXPIRY_NS), future(LATER, EXPIRY_NS + 1))) {
      venue.accepted(new Command.DefineInstrument(each));
      venue.mark(each.instrumentId(), 5_000_000);
    }
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    venue.fund(LONG, USD, 20_000 * ONE_USD);
    venue.fund(SHORT, USD, shortDollars * ONE_USD);
    venue.trade(NEAR, LONG, SHORT, 3, 5_000_000);
    return venue;
  }

  private static SettleExpiry at(String price) {
    return new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse(price));
  }

  @Test
  void shouldSettleTheFuturesOfAnExpiryAndNoOthers() {
    TestVenue venue = venue(20_000);
    venue.nowNs = EXPIRY_NS;

    List<Event> events = venue.accepted(at("51234.565"));

    // 51,234.565 is 51,234.57 to the nearest cent, halves up: 3 thousandths of 1,234.57 are
    // 3.70371.
    assertThat(only(events, InstrumentSettled.class))
        .containsExactly(new InstrumentSettled(NEAR, 5_123_457));
    assertThat(venue.margin(LONG, USD)).isEqualTo(20_003_703_710L);
    assertThat(venue.margin(SHORT, USD)).isEqualTo(19_996_296_290L);
    assertThat(venue.view().positions(LONG)).isEmpty();
    venue.refused(RefusalReason.INSTRUMENT_SETTLED, at("51234.565"));
    venue.trade(LATER, LONG, SHORT, 1, 5_000_000);
  }

  @Test
  void shouldPayWinnersWhatALoserCouldPay() {
    TestVenue venue = venue(100);
    venue.nowNs = EXPIRY_NS;

    // The short loses 3 thousandths of 50,000: 150 dollars, of which it has 100.
    List<Event> events = venue.accepted(at("100000"));

    assertThat(TestVenue.one(events, Event.LossUnpaid.class))
        .isEqualTo(new Event.LossUnpaid(SHORT, NEAR, 50 * ONE_USD));
    assertThat(venue.margin(SHORT, USD)).isZero();
    assertThat(venue.margin(LONG, USD)).isEqualTo(20_100 * ONE_USD);
  }

  @Test
  void shouldRefuseWhatCannotBeSettledInOrder() {
    TestVenue venue = venue(20_000);
    venue.refused(
        RefusalReason.UNKNOWN_ASSET, new SettleExpiry(99, EXPIRY_NS, Decimal.parse("-1")));
    venue.refused(RefusalReason.UNKNOWN_INSTRUMENT, new SettleExpiry(BTC, 0, Decimal.ONE));
    venue.refused(RefusalReason.UNKNOWN_INSTRUMENT, new SettleExpiry(USD, EXPIRY_NS, Decimal.ONE));
    venue.nowNs = EXPIRY_NS - 1;
    venue.refused(RefusalReason.NOT_EXPIRED, at("-1"));
    venue.nowNs = EXPIRY_NS;
    for (String price : List.of("0", "-1", "0.004", "200000.01")) {
      venue.refused(RefusalReason.INVALID_PRICE, at(price));
    }
  }

  /// Nobody holds the frozen ones, so that the fault is theirs and no account's.
  @Test
  void shouldLeaveFrozenContractsAndEndTheOthers() {
    TestVenue venue = TestVenue.standard();
    for (int id : new int[] {33, 34}) {
      venue.accepted(new Command.DefineInstrument(future(id, EXPIRY_NS + id)));
      venue.mark(id, 5_000_000);
    }
    venue.accepted(new Command.DefineInstrument(future(35, EXPIRY_NS + 33)));
    freeze(venue, 33);
    freeze(venue, 34);
    venue.nowNs = EXPIRY_NS + 34;

    venue.refused(
        RefusalReason.INSTRUMENT_FROZEN,
        new SettleExpiry(BTC, EXPIRY_NS + 34, Decimal.parse("50000")));
    List<Event> events =
        venue.accepted(new SettleExpiry(BTC, EXPIRY_NS + 33, Decimal.parse("50000")));

    assertThat(events).containsExactly(new InstrumentSettled(35, 5_000_000));
  }

  private static void freeze(TestVenue venue, int instrument) {
    venue.engine.runBeforeNextPublish(() -> {
      throw new InvariantViolation("broken on purpose");
    });
    venue.apply(new Command.SetPhase(instrument, TradingPhase.CONTINUOUS));
    assertThat(venue.view().isInstrumentFrozen(instrument)).isTrue();
  }

  /// Options in dollars and in coin, held at random: whatever the price, what is paid sums to zero,
  /// and everybody has what the exercise of its options is worth.
  @Test
  void shouldPayOptionsWithoutMakingOrLosingMoney() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      OptionVenue venue = OptionVenue.with(OptionVenue.standard());
      venue.cash(10_000_000).balance(BTC, 1_000_000_000_000L);
      venue.apply(new Command.ImportBalance(OptionVenue.OTHER_SIDE, USD, 10_000_000_000_000L));
      venue.apply(new Command.ImportBalance(OptionVenue.OTHER_SIDE, BTC, 1_000_000_000_000L));
      List<String> near = new ArrayList<>(venue.contracts.keySet());
      near.removeIf(symbol -> !symbol.contains("-N-"));
      long dollars = 0;
      long coins = 0;
      long price = 30_000 + random.nextInt(40_000);
      for (String symbol : near) {
        long units = random.nextInt(-300, 301);
        venue.position(symbol, units);
        long strike = Long.parseLong(symbol.split("-", -1)[2]);
        long worth = Math.max(0, symbol.endsWith("CALL") ? price - strike : strike - price);
        if (symbol.startsWith("L")) {
          dollars += units * worth * 10_000;
        } else {
          coins += units * Math.floorDiv(2 * worth * 1_000_000 + price, 2 * price);
        }
      }
      venue.nowNs = OptionVenue.NEAR_NS;
      venue.apply(new SettleExpiry(BTC, OptionVenue.NEAR_NS, new Decimal(price, 0)));

      EngineView view = venue.engine.view();
      assertThat(view.conservationBreaches()).as("seed %s", seed).isEmpty();
      assertThat(view.positions(OptionVenue.ACCOUNT)).as("seed %s", seed).isEmpty();
      assertThat(view.marginMinor(OptionVenue.ACCOUNT, USD) - 10_000_000_000_000L)
          .as("dollars, seed %s", seed)
          .isEqualTo(dollars);
      assertThat(view.marginMinor(OptionVenue.ACCOUNT, BTC) - 1_000_000_000_000L)
          .as("coins, seed %s", seed)
          .isEqualTo(coins);
    }
  }
}
