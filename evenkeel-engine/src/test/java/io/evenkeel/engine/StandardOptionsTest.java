package io.evenkeel.engine;

import static io.evenkeel.engine.OptionVenue.BTC;
import static io.evenkeel.engine.OptionVenue.NEAR_NS;
import static io.evenkeel.engine.OptionVenue.PERPETUAL;
import static io.evenkeel.engine.OptionVenue.UNIT;
import static io.evenkeel.engine.OptionVenue.USD;
import static io.evenkeel.engine.OptionVenue.call;
import static io.evenkeel.engine.OptionVenue.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.rulebook.StandardOptions.ReferencePrice;
import io.evenkeel.model.rulebook.StandardOptions.SpreadRelief;
import io.evenkeel.model.rulebook.StandardOptions.ValueSource;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Figures reckoned by hand. Values are intrinsic, with a volatility of 0, or marks.
class StandardOptionsTest {
  private static final long DOLLAR = 1_000_000;

  private static OptionVenue intrinsic() {
    return OptionVenue.with(OptionVenue.standard()).volatility("0");
  }

  private static OptionVenue marked(ReferencePrice reference) {
    return OptionVenue.with(OptionVenue.parameters(ValueSource.MARK, reference, SpreadRelief.NONE));
  }

  /// Spot and forward are 50,000: the price of the coin, as nothing is published.
  @ParameterizedTest
  @CsvSource({
    // worth 10,000; 0.075 and 0.15 of 50,000
    "call, 40000, 10000, 13750, 17500",
    // out of the money by 0.2 of spot: 0.15 - 0.2 is below 0.1
    "call, 60000, 0, 3750, 5000",
    "call, 50000, 0, 3750, 7500",
    // worth 10,000; the larger of 0.07 * 50,000 and 0.3 * 10,000; initial 0.15 * 50,000
    "put, 60000, 10000, 13500, 17500",
    "put, 50000, 0, 3500, 7500",
    "put, 40000, 0, 3500, 5000",
  })
  void shouldMarginAShortByItsDistance(
      String right, int strike, long worth, long maintenance, long initial) {
    OptionVenue venue =
        intrinsic().position(right.equals("call") ? call(strike) : put(strike), -UNIT);

    assertThat(venue.equityE6()).isEqualTo(-worth * DOLLAR);
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-maintenance * DOLLAR);
    assertThat(venue.initialSurplusE6()).isEqualTo(-initial * DOLLAR);
  }

  @Test
  void shouldDivideTheDistanceBySpotNotByStrike() {
    // 4,000 out of the money: 0.08696 of spot 46,000, 0.08 of the strike
    OptionVenue venue =
        intrinsic().factor(FactorKind.SPOT, BTC, "46000").position(call(50_000), -UNIT);

    assertThat(venue.initialSurplusE6()).isEqualTo(-4_600 * DOLLAR);
    venue.factor(FactorKind.SPOT, BTC, "48000");
    // 2,000 / 48,000 off 0.15, times 48,000
    assertThat(venue.initialSurplusE6()).isEqualTo(-5_200 * DOLLAR);
  }

  @Test
  void shouldScaleTheMaintenanceOfAPutForInitial() {
    // a put worth 30,000 at spot 20,000: maintenance 30,000 + 9,000, times 1.05; by distance 33,000
    OptionVenue venue =
        intrinsic().factor(FactorKind.SPOT, BTC, "20000").position(put(50_000), -UNIT);

    // alone 39,000 and 40,950; together 50,000 at a price of 0
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-39_000 * DOLLAR);
    assertThat(venue.initialSurplusE6()).isEqualTo(-40_950 * DOLLAR);
  }

  @Test
  void shouldGrantASpreadTheMostItCanLose() {
    OptionVenue venue = intrinsic().position(call(50_000), -UNIT).position(call(60_000), UNIT);
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-3_750 * DOLLAR);

    venue.publish(FactorKind.FORWARD_VARIABLE, BTC, NEAR_NS, "70000");
    // alone 20,000 + 3,750; together 10,000
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-10_000 * DOLLAR);
    assertThat(venue.initialSurplusE6()).isEqualTo(-10_000 * DOLLAR);
  }

  @Test
  void shouldChargeForCallsThatNothingCovers() {
    OptionVenue venue =
        intrinsic()
            .position(call(40_000), -2 * UNIT)
            .position(call(50_000), UNIT)
            .publish(FactorKind.FORWARD_VARIABLE, BTC, NEAR_NS, "400000");

    // alone 2 * (360,000 + 3,750); together -20,000 at 50,000 and a call over: 1.1 * 400,000
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-460_000 * DOLLAR);
    // 1.2 * 400,000
    assertThat(venue.initialSurplusE6()).isEqualTo(-500_000 * DOLLAR);
  }

  @Test
  void shouldNotOffsetExpiries() {
    String far = OptionVenue.symbol(false, OptionVenue.FAR_NS, 50_000, Right.CALL);
    OptionVenue venue = intrinsic().position(call(50_000), -UNIT).position(far, UNIT);

    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-3_750 * DOLLAR);
  }

  @Test
  void shouldDivideTheMarketValueOfCoinsByTheStablePriceButNotTheirMargin() {
    OptionVenue venue = intrinsic().balance(BTC, 100_000_000).cash(100);
    venue.factor(FactorKind.STABLE_PRICE, USD, "0.5");

    assertThat(venue.equityE6()).isEqualTo(100_100 * DOLLAR);
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(40_100 * DOLLAR);
    assertThat(venue.initialSurplusE6()).isEqualTo(36_100 * DOLLAR);
  }

  @Test
  void shouldRaiseEquityToASurplusAboveTheMarketValue() {
    OptionVenue venue = intrinsic().balance(BTC, 100_000_000);
    venue.factor(FactorKind.STABLE_PRICE, USD, "2");

    assertThat(venue.equityE6()).isEqualTo(40_000 * DOLLAR);
    assertThat(venue.assess().maintenanceMarginE6()).isZero();
    assertThat(venue.explain().find("equity", "market value").value())
        .isEqualByComparingTo("25000");
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0",
    "0.399999999999999999, 600000000000000001",
    "0.1, 900000000000000000",
  })
  void shouldDoubtAPriceOnlyBelowTheThreshold(String confidence, long doubtE18) {
    OptionVenue venue = intrinsic().position(call(60_000), -UNIT);
    venue.publish(FactorKind.FORWARD_CONFIDENCE, BTC, NEAR_NS, confidence);
    BigDecimal added =
        BigDecimal.valueOf(doubtE18, 18)
            .multiply(new BigDecimal("0.5"))
            .multiply(BigDecimal.valueOf(50_000));

    assertThat(venue.initialSurplusE6())
        .isEqualTo(
            -5_000 * DOLLAR
                - added
                    .movePointRight(6)
                    .setScale(0, java.math.RoundingMode.HALF_EVEN)
                    .longValueExact());
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-3_750 * DOLLAR);
  }

  @Test
  void shouldTakeTheLeastConfidenceOfWhatAPositionNeeds() {
    OptionVenue venue =
        intrinsic()
            .position(call(60_000), -UNIT)
            .balance(BTC, 100_000_000)
            .mark(PERPETUAL, 5_000_000);
    venue.position(PERPETUAL, UNIT, 5_000_000L * UNIT);
    long before = venue.initialSurplusE6();

    venue.factor(FactorKind.SPOT_CONFIDENCE, BTC, "0.2");
    // one option, one perpetual, one coin: each 0.8 * 0.5 of 50,000
    assertThat(venue.initialSurplusE6()).isEqualTo(before - 60_000 * DOLLAR);
    venue.factor(FactorKind.SPOT_CONFIDENCE, BTC, "1");
    venue.factor(FactorKind.MARK_CONFIDENCE, venue.id(PERPETUAL), "0.2");
    assertThat(venue.initialSurplusE6()).isEqualTo(before - 20_000 * DOLLAR);
    venue.factor(FactorKind.MARK_CONFIDENCE, venue.id(PERPETUAL), "1");
    venue.publish(FactorKind.VOLATILITY_CONFIDENCE, BTC, NEAR_NS, "0.2");
    assertThat(venue.initialSurplusE6()).isEqualTo(before - 20_000 * DOLLAR);
  }

  @Test
  void shouldChargeALostPegOnPerpetualsAndShortsOnly() {
    OptionVenue venue =
        intrinsic()
            .position(call(60_000), -UNIT)
            .position(put(40_000), UNIT)
            .mark(PERPETUAL, 5_000_000);
    venue.position(PERPETUAL, -2 * UNIT, -2 * 5_000_000L * UNIT);
    long before = venue.initialSurplusE6();

    venue.factor(FactorKind.STABLE_PRICE, USD, "0.98");
    assertThat(venue.initialSurplusE6()).isEqualTo(before);
    venue.factor(FactorKind.STABLE_PRICE, USD, "0.88");
    // 0.1 * 1.2 of 50,000 on two perpetuals and one short
    assertThat(venue.initialSurplusE6()).isEqualTo(before - 18_000 * DOLLAR);
  }

  /// Reference: the venue's example, 2 % and 0.005 % for every coin.
  @ParameterizedTest
  @CsvSource({"350, 0.0375, 0.0275", "25, 0.02125, 0.01125"})
  void shouldRaiseTheRateOfFuturesWithSize(long coins, String initial, String maintenance) {
    OptionVenue venue = intrinsic().mark(PERPETUAL, 5_000_000);
    venue.position(PERPETUAL, coins * UNIT, 5_000_000L * coins * UNIT * 100);
    BigDecimal notional = BigDecimal.valueOf(50_000 * coins);

    assertThat(BigDecimal.valueOf(venue.assess().initialMarginE6(), 6))
        .isEqualByComparingTo(notional.multiply(new BigDecimal(initial)));
    assertThat(BigDecimal.valueOf(venue.assess().maintenanceMarginE6(), 6))
        .isEqualByComparingTo(notional.multiply(new BigDecimal(maintenance)));
  }

  @Test
  void shouldCountFundingDue() {
    OptionVenue venue = intrinsic().mark(PERPETUAL, 5_000_000).cash(10_000);
    venue.position(PERPETUAL, 2 * UNIT, 2 * 5_000_000L * UNIT * 100);
    long before = venue.maintenanceSurplusE6();

    venue.factor(FactorKind.FUNDING_INCREMENT, venue.id(PERPETUAL), "12.5");
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(before - 25 * DOLLAR);
    assertThat(venue.equityE6()).isEqualTo(9_975 * DOLLAR);
  }

  @Test
  void shouldMarginOptionsInCoinAsSharesOfOneCoin() {
    String put = OptionVenue.symbol(true, NEAR_NS, 50_000, Right.PUT);
    OptionVenue venue = marked(ReferencePrice.FORWARD).mark(put, 40_000).position(put, -UNIT);
    venue.publish(FactorKind.FORWARD_VARIABLE, BTC, NEAR_NS, "51000");

    // 0.04 coins; 0.07 against 0.3 * 0.04; initial 0.15 - 1,000 / 51,000; a coin is 50,000
    assertThat(venue.equityE6()).isEqualTo(-2_000 * DOLLAR);
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-5_500 * DOLLAR);
    assertThat(venue.initialSurplusE6()).isEqualTo(-8_519_607_844L);
  }

  @Test
  void shouldGrantNoReliefWherePayoffsAreInCoin() {
    String low = OptionVenue.symbol(true, NEAR_NS, 40_000, Right.CALL);
    String high = OptionVenue.symbol(true, NEAR_NS, 50_000, Right.CALL);
    OptionVenue venue = intrinsic().position(low, UNIT).position(high, -UNIT);

    // the spread cannot lose; the short at the money is 0.075 coins
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(-3_750 * DOLLAR);
  }

  @Test
  void shouldRefuseAVersionWithoutOptionsWhileOneIsHeld() {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = 2;
    Command next = new Command.DefineRulebook(1, sketch.build(), 0);
    OptionVenue venue = intrinsic().position(call(50_000), UNIT);

    assertThat(venue.tryToApply(next)).isEqualTo(RefusalReason.OPTION_NOT_MARGINED);
    assertThat(intrinsic().tryToApply(next)).isEqualTo(RefusalReason.NONE);
  }

  @Test
  void shouldMeasureInverseFuturesInCoins() {
    // 100,000 contracts of 10 dollars at 50,000 dollars a coin are 20 coins
    OptionVenue venue = intrinsic().mark(OptionVenue.INVERSE_PERPETUAL, 5_000_000);
    venue.balance(BTC, 500_000_000);
    long before = venue.maintenanceSurplusE6();
    venue.position(
        OptionVenue.INVERSE_PERPETUAL, -100_000, OptionVenue.inverseCost(-100_000, 5_000_000));

    // 20 coins at 1 % and 20 * 0.005 %
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(before - 11_000 * DOLLAR);
  }

  @Test
  void shouldValueAnOptionWithoutVolatilityByItsMark() {
    OptionVenue venue = OptionVenue.with(OptionVenue.standard());
    venue.mark(call(50_000), 250_000).position(call(50_000), UNIT);

    assertThat(venue.equityE6()).isEqualTo(2_500 * DOLLAR);
  }

  @Test
  void shouldTakeVolatilityFromTheFittedCurve() {
    OptionVenue venue = OptionVenue.with(OptionVenue.standard()).position(call(50_000), UNIT);
    venue
        .publish(FactorKind.SVI_A, BTC, NEAR_NS, "0.01")
        .publish(FactorKind.SVI_B, BTC, NEAR_NS, "0.1")
        .publish(FactorKind.SVI_RHO, BTC, NEAR_NS, "-0.3")
        .publish(FactorKind.SVI_M, BTC, NEAR_NS, "0")
        .publish(FactorKind.SVI_SIGMA, BTC, NEAR_NS, "0.15")
        .publish(FactorKind.SVI_FORWARD, BTC, NEAR_NS, "50000")
        .publish(FactorKind.SVI_YEARS, BTC, NEAR_NS, "0.1");
    long fitted = venue.equityE6();

    // at the money: a + b * sigma = 0.025 over 0.1 years is a volatility of 0.5
    venue.volatility(call(50_000), "0.5");
    assertThat(fitted).isCloseTo(venue.equityE6(), org.assertj.core.data.Offset.offset(1L));
    venue.volatility(call(50_000), "0.51");
    assertThat(fitted).isLessThan(venue.equityE6() - DOLLAR);
  }

  @Test
  void shouldHoldTheFittedCurveWithinFourDeviations() {
    OptionVenue venue = OptionVenue.with(OptionVenue.standard()).position(call(50_000), UNIT);
    venue
        .publish(FactorKind.SVI_A, BTC, NEAR_NS, "0.01")
        .publish(FactorKind.SVI_B, BTC, NEAR_NS, "0.1")
        .publish(FactorKind.SVI_RHO, BTC, NEAR_NS, "0.5")
        .publish(FactorKind.SVI_M, BTC, NEAR_NS, "0")
        .publish(FactorKind.SVI_SIGMA, BTC, NEAR_NS, "0.15")
        .publish(FactorKind.SVI_YEARS, BTC, NEAR_NS, "0.1")
        .publish(FactorKind.SVI_FORWARD, BTC, NEAR_NS, "20000");
    long far = venue.equityE6();

    // 4 * sqrt(0.025) is 0.63; ln(50 / 20) and ln(50 / 25) are beyond, ln(50 / 40) is not
    venue.publish(FactorKind.SVI_FORWARD, BTC, NEAR_NS, "25000");
    assertThat(venue.equityE6()).isEqualTo(far);
    venue.publish(FactorKind.SVI_FORWARD, BTC, NEAR_NS, "40000");
    assertThat(venue.equityE6()).isLessThan(far - DOLLAR);
  }

  @Test
  void shouldAskForTheMarginOfOpenOrders() {
    OptionVenue venue = intrinsic().mark(call(60_000), 1_000).cash(2_000);
    int id = venue.id(call(60_000));
    Command selling =
        new Command.SetOrderExposure(OptionVenue.ACCOUNT, id, 0, UNIT, 0, 1_000 * UNIT);

    assertThat(venue.tryToApply(selling)).isEqualTo(RefusalReason.INSUFFICIENT_MARGIN);
    // 5,000 for the short, of which 10 are received
    venue.cash(2_990).apply(selling);
    assertThat(venue.initialSurplusE6()).isZero();
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(4_990 * DOLLAR);
  }

  @Test
  void shouldAskForThePremiumOfAnOrderToBuy() {
    OptionVenue venue = intrinsic().mark(call(60_000), 1_000).cash(99);
    int id = venue.id(call(60_000));
    Command buying =
        new Command.SetOrderExposure(OptionVenue.ACCOUNT, id, 10 * UNIT, 0, 10_000 * UNIT, 0);

    assertThat(venue.tryToApply(buying)).isEqualTo(RefusalReason.INSUFFICIENT_MARGIN);
    venue.cash(1).apply(buying);
    assertThat(venue.initialSurplusE6()).isZero();
  }

  @Test
  void shouldNotChargeAnOrderThatClosesAShort() {
    OptionVenue venue = intrinsic().mark(call(60_000), 1_000).cash(5_000);
    venue.position(call(60_000), -UNIT);
    int id = venue.id(call(60_000));
    venue.apply(new Command.SetOrderExposure(OptionVenue.ACCOUNT, id, UNIT, 0, 1_000 * UNIT, 0));

    assertThat(venue.initialSurplusE6()).isZero();
  }

  @Test
  void shouldTakePremiumThatIsNotInABalanceFromTheSurplus() {
    OptionVenue venue = intrinsic().cash(1_000);
    venue.position(call(60_000), UNIT, 400L * 100 * UNIT * 100);

    assertThat(venue.equityE6()).isEqualTo(600 * DOLLAR);
    assertThat(venue.maintenanceSurplusE6()).isEqualTo(600 * DOLLAR);
  }

  @Test
  void shouldNameTheFourFiguresInItsExplanation() {
    OptionVenue venue = intrinsic().cash(10_000).position(call(60_000), -UNIT);
    Term root = venue.explain();

    assertThat(root.find("equity").value()).isEqualByComparingTo("10000");
    assertThat(root.find("initial equity").value()).isEqualByComparingTo("10000");
    assertThat(root.find("maintenance margin").value()).isEqualByComparingTo("3750");
    assertThat(root.find("initial margin").value()).isEqualByComparingTo("5000");
  }
}
