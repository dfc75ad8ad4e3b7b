package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.FillRule;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Contracts of 10 dollars, quoted in dollars and paid in coin: `q * 10 * (1/entry - 1/exit)`
/// bitcoin.
class InverseFutureTest {
  private static final int INVERSE = 40;
  private static final int DATED = 41;
  private static final long LONG = 100;
  private static final long SHORT = 101;
  private static final long EXPIRY_NS = RulebookSketch.HOUR_NS;
  private static final double COIN = 1e8;

  private static LinearContract contract(
      int id, ContractKind kind, Variation variation, long expiryNs) {
    return new LinearContract(
        id,
        "X" + id,
        kind,
        BTC,
        variation,
        10,
        2,
        0,
        1,
        500_000,
        50_000_000,
        1_000_000,
        2_000_000,
        new ContractTerms(BTC, expiryNs, true, null));
  }

  private static TestVenue venue(Variation variation) {
    TestVenue venue = TestVenue.standard();
    venue.accepted(
        new Command.DefineInstrument(contract(INVERSE, ContractKind.PERPETUAL, variation, 0)));
    venue.accepted(
        new Command.DefineInstrument(
            contract(DATED, ContractKind.DATED_FUTURE, variation, EXPIRY_NS)));
    venue.mark(INVERSE, 5_000_000);
    venue.mark(DATED, 5_000_000);
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    return venue;
  }

  private static TestVenue funded(Variation variation) {
    TestVenue venue = venue(variation);
    venue.fund(LONG, BTC, 1_000_000_000);
    venue.fund(SHORT, BTC, 1_000_000_000);
    return venue;
  }

  @Test
  void shouldCountAsFinelyAsItsOpenInterestAllows() {
    // 2,000,000 contracts at 5,000 dollars are 4,000 coins, 4 * 10^11 minor units: below 2^60
    // with six more places; one contract at 50,000 is 20,000 minor units
    TickScale scale =
        contract(INVERSE, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 0)
            .tickScale(8);

    assertThat(scale.ticksPerMinor()).isEqualTo(1_000_000);
    assertThat(scale.worthTicks(5_000_000)).isEqualTo(-20_000_000_000L);
    assertThat(scale.worthTicks(4_999_999)).isEqualTo(-20_000_004_000L);
    // thirds of a tick, to the nearest one
    assertThat(scale.worthTicks(3_000_000)).isEqualTo(-33_333_333_333L);
    assertThat(scale.worthTicks(6_000_000)).isEqualTo(-16_666_666_667L);
    assertThat(scale.worthTicks(0)).isZero();
  }

  @Test
  void shouldPayInCoinWhatOneOverThePriceFell() {
    TestVenue venue = funded(Variation.UNREALISED_UNTIL_CLOSED);
    venue.trade(INVERSE, LONG, SHORT, 1_000, 5_000_000);
    assertThat(venue.view().positions(LONG).getFirst().costTicks())
        .isEqualTo(-20_000_000_000L * 1_000);
    venue.mark(INVERSE, 6_500_000);
    venue.price(BTC, 6_500_000);

    // 10,000 dollars * (1/50,000 - 1/65,000) = 0.0461538 coins, 3,000 dollars at 65,000
    assertThat(venue.view().fullValueE6(LONG) / 1e6).isCloseTo(10 * 65_000 + 3_000, within(0.001));
    assertThat(venue.view().fullValueE6(SHORT) / 1e6).isCloseTo(10 * 65_000 - 3_000, within(0.001));

    venue.trade(INVERSE, SHORT, LONG, 1_000, 6_500_000);
    assertThat(venue.margin(LONG, BTC)).isEqualTo(1_004_615_384L);
    assertThat(venue.margin(SHORT, BTC)).isEqualTo(1_000_000_000L - 4_615_385L);
    assertThat(venue.view().positions(LONG)).isEmpty();
  }

  @Test
  void shouldRequireAShareOfItsFaceValue() {
    TestVenue venue = funded(Variation.UNREALISED_UNTIL_CLOSED);
    venue.trade(INVERSE, LONG, SHORT, 1_000, 5_000_000);

    // face value 10,000 dollars, 0.2 coins at 50,000: 5 % and 10 %
    assertThat(venue.view().assess(LONG).maintenanceMarginE6()).isEqualTo(500 * ONE_USD);
    assertThat(venue.view().assess(SHORT).initialMarginE6()).isEqualTo(1_000 * ONE_USD);
    venue.mark(INVERSE, 10_000_000);
    // at twice the price half the coin, worth what the coin is worth
    assertThat(venue.view().assess(LONG).maintenanceMarginE6()).isEqualTo(250 * ONE_USD);
  }

  @Test
  void shouldChargeOrdersWhatTheyLoseAgainstTheMark() {
    TestVenue venue = funded(Variation.UNREALISED_UNTIL_CLOSED);
    TickScale scale = contract().tickScale(8);
    long above = -1_000 * scale.worthTicks(5_100_000);
    long below = -1_000 * scale.worthTicks(4_900_000);

    // to buy at 51,000 what is marked 50,000: 10,000 / 50,000 - 10,000 / 51,000 = 0.003921569 coins
    venue.accepted(new Command.SetOrderExposure(LONG, INVERSE, 1_000, 0, above, 0));
    assertThat(venue.view().assess(LONG).initialMarginE6() / 1e6)
        .isCloseTo(1_000 + 196.0784, within(0.01));
    // to buy at 49,000: no loss, but 10,000 / 49,000 coins to hold margin for
    venue.accepted(new Command.SetOrderExposure(LONG, INVERSE, 1_000, 0, below, 0));
    assertThat(venue.view().assess(LONG).initialMarginE6() / 1e6)
        .isCloseTo(1_020.4082, within(0.01));
    // to sell at 49,000
    venue.accepted(new Command.SetOrderExposure(LONG, INVERSE, 0, 1_000, 0, below));
    assertThat(venue.view().assess(LONG).initialMarginE6() / 1e6)
        .isCloseTo(1_020.4082 + 204.0816, within(0.01));
    venue.refused(
        RefusalReason.INVALID_QUANTITY,
        new Command.SetOrderExposure(
            LONG, INVERSE, 1_000, 0, 1 - 1_000 * scale.worthTicks(500_000), 0));
  }

  private static LinearContract contract() {
    return contract(INVERSE, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 0);
  }

  @Test
  void shouldSettleVariationFundingAndExpiryInCoin() {
    TestVenue venue = funded(Variation.CASH_AT_EACH_MARK);
    venue.trade(INVERSE, LONG, SHORT, 1_000, 5_000_000);
    venue.mark(INVERSE, 4_000_000);
    // 10,000 * (1/50,000 - 1/40,000) = -0.05 coins
    assertThat(venue.margin(LONG, BTC)).isEqualTo(995_000_000);
    assertThat(venue.margin(SHORT, BTC)).isEqualTo(1_005_000_000);

    // 1 % of 0.25 coins, from long to short
    venue.accepted(new Command.ApplyFunding(INVERSE, decimal("0.01")));
    assertThat(venue.margin(LONG, BTC)).isEqualTo(994_750_000);
    assertThat(venue.margin(SHORT, BTC)).isEqualTo(1_005_250_000);

    venue.trade(DATED, LONG, SHORT, 500, 5_000_000);
    venue.nowNs = EXPIRY_NS;
    List<Event> events =
        venue.accepted(new Command.SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("80000")));
    // 5,000 * (1/50,000 - 1/80,000) = 0.0375 coins
    assertThat(only(events, Event.InstrumentSettled.class))
        .containsExactly(new Event.InstrumentSettled(DATED, 8_000_000));
    assertThat(venue.margin(LONG, BTC)).isEqualTo(998_500_000);
  }

  @Test
  void shouldRefusePricesAtWhichCoinWouldRunOut() {
    TestVenue venue = funded(Variation.UNREALISED_UNTIL_CLOSED);

    venue.refused(RefusalReason.INVALID_PRICE, TestVenue.fill(INVERSE, LONG, SHORT, 1, 499_999));
    Event.MarkRejected rejected = one(venue.mark(INVERSE, 499_999), Event.MarkRejected.class);
    assertThat(rejected.fault()).isEqualTo(MarkFault.OUT_OF_RANGE);
    venue.nowNs = EXPIRY_NS;
    venue.refused(
        RefusalReason.INVALID_PRICE,
        new Command.SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("4999.99")));
    assertThatThrownBy(() ->
            new LinearContract(
                1,
                "X",
                ContractKind.PERPETUAL,
                USD,
                Variation.UNREALISED_UNTIL_CLOSED,
                10,
                2,
                0,
                1,
                1_000_000,
                1,
                1,
                new ContractTerms(BTC, 0, true, null)))
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("settles in its underlying");
  }

  @Test
  void shouldKeepAccountsOutWhoseRulesWouldValueItByItsPrice() {
    TestVenue venue = TestVenue.with(sketch -> sketch.requirement = byOpenInterest());
    venue.accepted(
        new Command.DefineInstrument(
            contract(INVERSE, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 0)));
    venue.mark(INVERSE, 5_000_000);
    venue.open(LONG, 1);

    venue.refused(
        RefusalReason.INVERSE_NOT_MARGINED, TestVenue.fill(INVERSE, LONG, MAKER, 0, 5_000_000));
    venue.refused(
        RefusalReason.INVERSE_NOT_MARGINED,
        new Command.SetOrderExposure(LONG, INVERSE, -1, 0, 0, 0));
    venue.refused(
        RefusalReason.INVERSE_NOT_MARGINED, new Command.ImportPosition(INVERSE, LONG, MAKER, 0, 0));
  }

  /// A model that multiplies quantities by prices.
  private static OpenInterestRates byOpenInterest() {
    OpenInterestRates.Tier tier =
        new OpenInterestRates.Tier(
            List.of(),
            decimal("0.1"),
            decimal("0.5"),
            500_000 * ONE_USD,
            1_500_000 * ONE_USD,
            new Decimal(6, 0),
            decimal("0.05"),
            1_000_000 * ONE_USD);
    return new OpenInterestRates(FillRule.REDUCING, Map.of("all", tier), "all");
  }

  private static Command.DefineRulebook version(int rulebook, int version, long effectiveTimeNs) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = version;
    sketch.requirement = byOpenInterest();
    return new Command.DefineRulebook(rulebook, sketch.build(), effectiveTimeNs);
  }

  @Test
  void shouldRefuseAVersionThatWouldNotKnowWhatIsHeld() {
    TestVenue venue = funded(Variation.UNREALISED_UNTIL_CLOSED);
    venue.define(8, new RulebookSketch().build());
    venue.trade(INVERSE, LONG, SHORT, 1_000, 5_000_000);

    venue.refused(RefusalReason.INVERSE_NOT_MARGINED, version(TestVenue.RULES, 2, 0));
    venue.refused(RefusalReason.INVERSE_NOT_MARGINED, version(TestVenue.RULES, 2, venue.nowNs + 1));
    // nobody under the other rulebook holds one, and it is not the backstop's
    venue.accepted(version(8, 2, 0));
  }

  @Test
  void shouldLetNobodyInWhereAnAnnouncedVersionOrTheBackstopWouldNotKnowIt() {
    TestVenue announced = funded(Variation.UNREALISED_UNTIL_CLOSED);
    announced.accepted(version(TestVenue.RULES, 2, announced.nowNs + 1));
    announced.refused(
        RefusalReason.INVERSE_NOT_MARGINED, TestVenue.fill(INVERSE, LONG, SHORT, 1_000, 5_000_000));

    TestVenue venue = TestVenue.with(sketch -> sketch.requirement = byOpenInterest());
    venue.accepted(
        new Command.DefineInstrument(
            contract(INVERSE, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 0)));
    venue.mark(INVERSE, 5_000_000);
    venue.define(8, new RulebookSketch().build());
    venue.open(LONG, 1, 8);
    venue.open(SHORT, 2, 8);
    venue.refused(
        RefusalReason.INVERSE_NOT_MARGINED, TestVenue.fill(INVERSE, LONG, SHORT, 1_000, 5_000_000));
  }

  /// A long of 100,000 dollars on 0.2 coins: at 45,000 it owes 2.2222 coins for 2, and has 0.2. The
  /// short pays 2.2 coins for it, 45,454.55 a coin, and not a minor unit is left.
  @Test
  void shouldDeleverageAtThePriceThatLeavesNothing() {
    TestVenue venue =
        TestVenue.with(sketch ->
            sketch.steps =
                List.of(
                    new LiquidationStep.Deleverage(
                        LiquidationStep.Ranking.PROFIT_AND_LEVERAGE, false),
                    new LiquidationStep.TakeOver(),
                    new LiquidationStep.DrawInsurance()));
    venue.accepted(
        new Command.DefineInstrument(
            contract(INVERSE, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 0)));
    venue.mark(INVERSE, 5_000_000);
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    venue.fund(LONG, BTC, 40_000_000);
    venue.fund(SHORT, BTC, 1_000_000_000);
    venue.trade(INVERSE, LONG, SHORT, 10_000, 5_000_000);
    venue.accepted(new Command.ImportBalance(LONG, BTC, -20_000_000));
    venue.price(BTC, 4_500_000);

    List<Event> events = venue.mark(INVERSE, 4_500_000);

    Event.Deleveraged closed = one(events, Event.Deleveraged.class);
    assertThat(closed.counterpartyAccountId()).isEqualTo(SHORT);
    assertThat(closed.closedUnits()).isEqualTo(10_000);
    assertThat(closed.costTicks() / 1e6 / COIN).isCloseTo(2.2, within(1e-7));
    assertThat(venue.margin(LONG, BTC)).isBetween(0L, 1L);
    assertThat(venue.margin(SHORT, BTC)).isBetween(1_019_999_998L, 1_020_000_000L);
    assertThat(only(events, Event.InsuranceDrawn.class)).isEmpty();
  }

  /// A long of 100,000 dollars on 0.4 coins at 50,000, 20,000 dollars: the coin it owes grows as
  /// the price falls, and its collateral is that coin.
  @Test
  void shouldLiquidateALongBeforeItOwesMoreCoinThanItHas() {
    TestVenue venue = venue(Variation.UNREALISED_UNTIL_CLOSED);
    venue.fund(LONG, BTC, 40_000_000);
    venue.fund(SHORT, BTC, 1_000_000_000);
    venue.trade(INVERSE, LONG, SHORT, 10_000, 5_000_000);
    for (long price = 4_900_000; price >= 3_500_000; price -= 100_000) {
      venue.price(BTC, price);
      List<Event> events = venue.mark(INVERSE, price);
      if (!only(events, Event.LiquidationStarted.class).isEmpty()) {
        assertThat(price).isBetween(4_300_000L, 4_700_000L);
        assertThat(venue.view().fullValueE6(LONG)).isNotNegative();
        assertThat(venue.view().quantityUnits(LONG, INVERSE)).isLessThan(10_000);
        return;
      }
    }
    throw new AssertionError("was never liquidated");
  }

  /// Whatever is traded and marked, what an account ends with is what the formula says, but for one
  /// minor unit for each time it was reduced.
  @Test
  void shouldAgreeWithTheFormulaOverRandomTrades() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue venue = venue(Variation.UNREALISED_UNTIL_CLOSED);
      venue.fund(LONG, BTC, 100_000_000_000L);
      venue.fund(SHORT, BTC, 100_000_000_000L);
      double gained = 0;
      long held = 0;
      int trades = 30;
      for (int i = 0; i < trades; i++) {
        long price = random.nextLong(1_000_000, 20_000_000);
        long units = i == trades - 1 ? -held : random.nextLong(-5_000, 5_000);
        if (units != 0) {
          venue.accepted(
              units > 0
                  ? TestVenue.fill(INVERSE, LONG, SHORT, units, price)
                  : TestVenue.fill(INVERSE, SHORT, LONG, -units, price));
          held += units;
          gained += units * 10.0 / (price / 100.0);
        }
        venue.mark(INVERSE, random.nextLong(4_000_000, 6_000_000));
      }
      assertThat(venue.margin(LONG, BTC) - 100_000_000_000L)
          .as("seed %s", seed)
          .isCloseTo(Math.round(gained * COIN), within((long) trades));
    }
  }
}
