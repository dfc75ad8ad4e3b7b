package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AccountTakenOver;
import io.evenkeel.model.event.Event.CollateralConverted;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.event.Event.MoneyMoved;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What happens before a take-over: orders cancelled, debts converted, positions partly closed.
class LiquidationTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  private static TestVenue longTen(Consumer<RulebookSketch> change) {
    TestVenue venue = TestVenue.with(change);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  @Test
  void shouldCloseTheLeastNumberOfLotsThatRestoresInitial() {
    TestVenue venue =
        longTen(rules -> {
          rules.partialPenalty = "0.01";
          rules.baseSlippage = "0.002";
          rules.impact = "0.1";
        });
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(one(events, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.REDUCED);
    PositionReduced reduced = one(events, PositionReduced.class);
    long closed = reduced.closedUnits();
    // what is left after closing `units`, worked out here in dollars-and-cents arithmetic
    assertThat(isRestored(closed)).isTrue();
    assertThat(isRestored(closed - 1)).isFalse();
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(10_000 - closed);
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(closed);
    assertThat(reduced.markUnits()).isEqualTo(94_000);
    assertThat(reduced.priceUnits()).isEqualTo(priceOf(closed));
    assertThat(reduced.notionalE6()).isEqualTo(closed * 940_000);
    assertThat(reduced.penaltyMinor()).isEqualTo(closed * 9_400);
    assertThat(reduced.realisedMinor()).isEqualTo(closed * (priceOf(closed) - 100_000) * 10);
  }

  /// Slippage 0.2 % and 10 % of the notional over the depth of a million, in cents rounded down.
  private static long priceOf(long units) {
    long slippageE9 = 2_000_000 + Math.ceilDiv(units * 940_000 * 100_000_000, 1_000_000_000_000L);
    return 94_000 * (1_000_000_000 - slippageE9) / 1_000_000_000;
  }

  private static boolean isRestored(long units) {
    long realised = units * (priceOf(units) - 100_000) * 10;
    long penalty = Math.ceilDiv(units * 940_000, 100);
    long left = 10_000 - units;
    long equity = 1_000 * ONE_USD + realised - penalty + left * (94_000 - 100_000) * 10;
    long initial = Math.ceilDiv(left * 940_000, 10);
    return equity >= initial;
  }

  @Test
  void shouldCloseWholeLotsOnlyAndStopAtSearchWhenToldTo() {
    TestVenue venue =
        longTen(rules ->
            rules.steps =
                List.of(
                    new LiquidationStep.PartialClose(ExitLevel.SEARCH),
                    new LiquidationStep.TakeOver()));
    // 940.00: equity 400; search is 7.5 % of the notional: 400 / 0.075 = 5,333.3 = 5.673 contracts
    venue.mark(PERP, 94_000);
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(5_673);
    assertThat(5_673 * 940_000L * 75 / 1_000).isLessThanOrEqualTo(400 * ONE_USD);
    assertThat(5_674 * 940_000L * 75 / 1_000).isGreaterThan(400 * ONE_USD);
  }

  @Test
  void shouldSplitThePenalty() {
    TestVenue venue =
        longTen(rules -> {
          rules.partialPenalty = "0.010101010101";
          rules.insuranceShare = "0.3";
          rules.backstopShare = "0.35";
        });
    List<Event> events = venue.mark(PERP, 94_000);
    long penalty = one(events, PositionReduced.class).penaltyMinor();
    // neither share is whole, so that both are rounded down and fees take the rest
    assertThat(penalty * 30 % 100).isNotZero();
    assertThat(penalty * 35 % 100).isNotZero();
    List<MoneyMoved> postings =
        only(events, MoneyMoved.class).stream()
            .filter(moved -> moved.reason() == MoneyReason.PENALTY)
            .toList();
    long insurance = penalty * 30 / 100;
    long backstop = penalty * 35 / 100;
    LedgerAccount from = new Margin(ACCOUNT);
    assertThat(postings)
        .containsExactly(
            new MoneyMoved(
                USD,
                from,
                new LedgerAccount.House(HouseAccount.INSURANCE_FUND),
                insurance,
                MoneyReason.PENALTY),
            new MoneyMoved(USD, from, new Margin(BACKSTOP), backstop, MoneyReason.PENALTY),
            new MoneyMoved(
                USD,
                from,
                new LedgerAccount.House(HouseAccount.FEES),
                penalty - insurance - backstop,
                MoneyReason.PENALTY));
  }

  @Test
  void shouldCloseFirstWhatFreesMostForItsCost() {
    // notional above 100,000 lies in the bracket that frees 20 %: OTHER goes first
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.baseSlippage = "0.001";
          rules.crossLevels = new LevelPolicy.BetweenRequirements(decimal("0"), decimal("2"));
        });
    venue.open(ACCOUNT, PARTY);
    venue.deposit(PARTY, USD, 60_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 50_000, 100_000);
    venue.trade(OTHER, ACCOUNT, MAKER, 150_000, 100_000);
    venue.accepted(new Command.Withdraw(PARTY, USD, venue.wallet(PARTY, USD)));
    // PERP 50,000: 2,500 / 5,000; OTHER 150,000: 5,000 + 5,000 / 10,000 + 10,000
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(25_000 * ONE_USD);
    List<Event> events = venue.mark(PERP, 72_000);
    // -14,000: equity 11,000 below MM 1,800 + 10,000
    assertThat(only(events, PositionReduced.class))
        .extracting(PositionReduced::instrumentId)
        .startsWith(OTHER);
    assertThat(venue.assess(ACCOUNT).equityE6())
        .isGreaterThanOrEqualTo(venue.assess(ACCOUNT).levels().initialE6());
  }

  @Test
  void shouldTakeOverWhenClosingCostsMoreThanItFrees() {
    TestVenue venue = longTen(rules -> rules.partialPenalty = "0.1");
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(only(events, PositionReduced.class)).isEmpty();
    assertThat(one(events, AccountTakenOver.class).accountId()).isEqualTo(ACCOUNT);
  }

  @Test
  void shouldTakeOverWhenTheBackstopCannotCarryAPartialClose() {
    TestVenue venue = longTen(_ -> {});
    venue.accepted(
        new Command.Transfer(BACKSTOP, USD, 1_000_000 * ONE_USD, Command.Direction.TO_WALLET));
    venue.accepted(new Command.Withdraw(TestVenue.HOUSE_PARTY, USD, 1_000_000 * ONE_USD));
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(only(events, PositionReduced.class)).isEmpty();
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
  }

  @Test
  void shouldRescueByCancellingOrders() {
    TestVenue venue =
        longTen(rules -> {
          rules.ordersInMaintenance = true;
        });
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 10_000, 0, 10_000 * 100_000L, 0));
    // 890.00: equity 900; with the buys (at 1,000.00) 8,900 + 10,000: MM 945; without, 445
    List<Event> events = venue.mark(PERP, 89_000);
    assertThat(one(events, LiquidationStarted.class).evidence().assessment().maintenanceMarginE6())
        .isEqualTo(945 * ONE_USD);
    assertThat(one(events, Event.OrdersCancelled.class))
        .isEqualTo(new Event.OrdersCancelled(ACCOUNT, 1));
    assertThat(one(events, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.RESCUED);
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(10_000);
  }

  @Test
  void shouldRescueExactlyAtMaintenance() {
    TestVenue venue = longTen(rules -> rules.ordersInMaintenance = true);
    venue.fund(ACCOUNT, USD, 1_001 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 10_000, 0, 10_000 * 100_000L, 0));
    // 842.00: equity 2,001 - 1,580 = 421 = 5 % of 8,420
    LiquidationEnded ended = one(venue.mark(PERP, 84_200), LiquidationEnded.class);
    assertThat(ended.result()).isEqualTo(LiquidationResult.RESCUED);
    assertThat(ended.assessment().equityE6()).isEqualTo(421 * ONE_USD);
    assertThat(ended.assessment().levels().maintenanceE6()).isEqualTo(421 * ONE_USD);
  }

  @Test
  void shouldRoundAConversionAgainstTheAccount() {
    // a coin of which a minor unit is worth a millionth: every rounding of the chain shows
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.collateral.set(0, RulebookSketch.terms("USD", "1", "1", "2", Long.MAX_VALUE, "0"));
          rules.collateral.set(1, RulebookSketch.terms("BTC", "0.8", "0.9", "1", 1L << 40, "0"));
        });
    venue.price(BTC, 10_000);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 7_000, 100_000);
    venue.price(USD, 1_000_001);
    // a little over 5 % of 7,000, in dollars of 1.000001
    List<Event> events = venue.accepted(new Command.ApplyFunding(PERP, decimal("0.0500000003")));
    // 350,000,002.1 rounded up is the debt; it is worth 350,000,353.000003, again rounded up
    assertThat(one(events, CollateralConverted.class))
        .isEqualTo(new CollateralConverted(ACCOUNT, BTC, 350_000_354, USD, 350_000_003));
  }

  @Test
  void shouldConvertCollateralForALossInAnAssetNotHeld() {
    TestVenue venue =
        TestVenue.with(rules ->
            rules.collateral.set(
                0, RulebookSketch.terms("USD", "1", "1", "2", Long.MAX_VALUE, "0")));
    venue.open(ACCOUNT, PARTY);
    // 0.02 coins = 1,000: 900 and 800
    venue.fund(ACCOUNT, BTC, 2_000_000);
    venue.trade(PERP, ACCOUNT, MAKER, 7_000, 100_000);
    // funding of 5 % of 7,000: a debt of 350 counts 700; equity 200 below MM 350
    List<Event> events = venue.accepted(new Command.ApplyFunding(PERP, decimal("0.05")));
    // the haircut is a tenth: 350 / 0.9 = 388.888889 dollars = 777,778 minor units
    CollateralConverted conversion = one(events, CollateralConverted.class);
    assertThat(conversion)
        .isEqualTo(new CollateralConverted(ACCOUNT, BTC, 777_778, USD, 350 * ONE_USD));
    assertThat(venue.margin(ACCOUNT, USD)).isZero();
    assertThat(venue.margin(BACKSTOP, BTC)).isEqualTo(777_778);
    assertThat(one(events, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.RESCUED);
  }

  @Test
  void shouldSellAllWhenTheCollateralDoesNotCoverTheDebt() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.collateral.set(0, RulebookSketch.terms("USD", "1", "1", "1", Long.MAX_VALUE, "0"));
          rules.collateral.set(1, RulebookSketch.terms("BTC", "1", "1", "1", 1L << 40, "0.25"));
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 2_000_001);
    venue.trade(PERP, ACCOUNT, MAKER, 7_000, 100_000);
    // a debt of 980 against coins worth 1,000.0005
    List<Event> events = venue.accepted(new Command.ApplyFunding(PERP, decimal("0.14")));
    // floor(1,000.000500 x 0.75) = 750.000375 is what they fetch
    assertThat(one(events, CollateralConverted.class))
        .isEqualTo(new CollateralConverted(ACCOUNT, BTC, 2_000_001, USD, 750_000_375));
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
  }

  @Test
  void shouldLiquidateTheSickestFirst() {
    TestVenue venue = longTen(RulebookSketch::onlyTakeOver);
    venue.open(101, 2);
    venue.fund(101, USD, 1_100 * ONE_USD);
    venue.trade(PERP, 101, MAKER, 10_900, 100_000);
    // 930.00: 100: equity 300 of MM 465 (64.5 %); 101: 1,100 - 763 = 337 of 506.85 (66.5 %)
    List<Event> events = venue.mark(PERP, 93_000);
    assertThat(only(events, LiquidationStarted.class))
        .extracting(LiquidationStarted::accountId)
        .containsExactly(ACCOUNT, 101L);
    // one cent of cash less for 100's rival turns it round
    TestVenue turned = longTen(RulebookSketch::onlyTakeOver);
    turned.open(101, 2);
    turned.fund(101, USD, 1_150 * ONE_USD);
    turned.trade(PERP, 101, MAKER, 11_500, 100_000);
    turned.trade(PERP, MAKER, ACCOUNT, 500, 100_000);
    // 100: 1,000 - 665 = 335 of 441.75; 101: 1,150 - 805 = 345 of 534.75
    assertThat(only(turned.mark(PERP, 93_000), LiquidationStarted.class))
        .extracting(LiquidationStarted::accountId)
        .containsExactly(101L, ACCOUNT);
  }
}
