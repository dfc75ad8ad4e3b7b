package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.RulebookSketch.terms;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.FINE;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuationTest {
  private static final long ACCOUNT = 100;
  private static final long PARTY = 1;

  @Test
  void shouldWeighCollateralDebtsAndProfit() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.profitInitialWeight = "0.25";
          // at most half a coin of BTC counts
          rules.collateral.set(1, terms("BTC", "0.8", "0.9", "1.1", 50_000_000, "0.1"));
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 2_000 * ONE_USD);
    venue.fund(ACCOUNT, BTC, 70_000_000);
    // USD 2,000; BTC capped at 0.5 = 25,000, of which 22,500 for maintenance, 20,000 for initial
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(24_500 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).initialEquityE6()).isEqualTo(22_000 * ONE_USD);
    // long 20 contracts at 1,000.00, marked 1,010.00: profit 200, of which 50 for initial
    venue.trade(PERP, ACCOUNT, MAKER, 20_000, 100_000);
    venue.mark(PERP, 101_000);
    Assessment gain = venue.assess(ACCOUNT);
    assertThat(gain.equityE6()).isEqualTo(24_700 * ONE_USD);
    assertThat(gain.initialEquityE6()).isEqualTo(22_050 * ONE_USD);
    // notional 20,200: MM 1,010, IM 2,020; initial = 2,020 + (24,700 - 22,050)
    assertThat(gain.maintenanceMarginE6()).isEqualTo(1_010 * ONE_USD);
    assertThat(gain.initialMarginE6()).isEqualTo(2_020 * ONE_USD);
    assertThat(gain.levels().initialE6()).isEqualTo(4_670 * ONE_USD);
    // a loss counts in full in both: 20 x -50 = -1,000
    venue.mark(PERP, 95_000);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(23_500 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).initialEquityE6()).isEqualTo(21_000 * ONE_USD);
    assertThat(venue.view().fullValueE6(ACCOUNT)).isEqualTo((2_000 + 35_000 - 1_000) * ONE_USD);
  }

  @Test
  void shouldCountDebtsAtTheDebtWeightRoundedAgainstTheAccount() {
    TestVenue venue =
        TestVenue.with(rules ->
            rules.collateral.set(0, terms("USD", "1", "1", "1.3", 1_000_000_000_000L, "0")));
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 100_000_000);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    // sold at 999.99: a loss of 0.01 = 10,000 minor units becomes a debt, no row is left
    venue.trade(PERP, MAKER, ACCOUNT, 1_000, 99_999);
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(-10_000);
    // 45,000 - 1.3 x 0.01; a debt weighs the same for initial
    Assessment debt = venue.assess(ACCOUNT);
    assertThat(debt.equityE6()).isEqualTo(45_000 * ONE_USD - 13_000);
    assertThat(debt.initialEquityE6()).isEqualTo(40_000 * ONE_USD - 13_000);
    // not flat, so the difference of weights stands as the initial level
    assertThat(debt.levels().initialE6()).isEqualTo(5_000 * ONE_USD);
    // 1 USD = 0.999999: value floor(-10,000 x 0.999999) = -10,000; x 1.3 = -13,000
    venue.price(USD, 999_999);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(45_000 * ONE_USD - 13_000);
    // 1 USD = 1.00003: floor(-10,000.3) = -10,001; floor(-13,001.3) = -13,002
    venue.price(USD, 1_000_030);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(45_000 * ONE_USD - 13_002);
  }

  @Test
  void shouldNotCountAssetsThatAreNotListed() {
    TestVenue venue = TestVenue.with(rules -> rules.collateral.remove(1));
    venue.define(9, new RulebookSketch().build());
    venue.open(ACCOUNT, PARTY, 9);
    venue.fund(ACCOUNT, BTC, 100_000_000);
    RulebookSketch without = new RulebookSketch();
    without.version = 2;
    without.collateral.remove(1);
    venue.define(9, without.build());
    assertThat(venue.assess(ACCOUNT).equityE6()).isZero();
    assertThat(venue.view().fullValueE6(ACCOUNT)).isEqualTo(50_000 * ONE_USD);
  }

  @Test
  void shouldAddBracketsUpWithoutAJump() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.brackets.clear();
          rules.brackets.addAll(
              List.of(
                  new Bracket(0, decimal("0.005"), decimal("0.01")),
                  new Bracket(10_000_000_003L, decimal("0.01"), decimal("0.02")),
                  new Bracket(20_000_000_000L, decimal("0.1"), decimal("0.5"))));
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 100_000 * ONE_USD);
    // 10,000.00: still the first bracket, 50 and 100
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    assertMargins(venue, 50_000_000, 100_000_000);
    // 10,000.10: base ceil(10,000.000003 x 0.005) = 50.000001 (rounded up), and of the 0.099997
    // above ceil(999.97) = 1,000; initial: 100.000001 (from .00000003) + ceil(1,999.94)
    venue.mark(PERP, 100_001);
    assertMargins(venue, 50_000_001 + 1_000, 100_000_001 + 2_000);
    // 20,000.00 lies in the third bracket already: both bases, nothing above
    venue.mark(PERP, 200_000);
    assertMargins(venue, 50_000_001 + 100_000_000, 100_000_001 + 200_000_000);
    // 20,001.00
    venue.mark(PERP, 200_010);
    assertMargins(venue, 150_000_001 + 100_000, 300_000_001 + 500_000);
  }

  private static void assertMargins(TestVenue venue, long maintenanceE6, long initialE6) {
    assertThat(venue.assess(ACCOUNT).maintenanceMarginE6()).isEqualTo(maintenanceE6);
    assertThat(venue.assess(ACCOUNT).initialMarginE6()).isEqualTo(initialE6);
  }

  @Test
  void shouldRoundFineTicksAgainstTheAccount() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    // one unit (a thousandth) at 1,000.000000 = 1.000000; cost 10^9 ticks of a thousandth unit
    venue.trade(FINE, ACCOUNT, MAKER, 1, 1_000_000_000);
    // up 0.000001: a profit of one tick is nothing yet for the long, a loss of a unit for the short
    venue.mark(FINE, 1_000_000_001);
    Evidence.PositionLine line = venue.view().explain(ACCOUNT).positions().getFirst();
    assertThat(line.profitMinor()).isZero();
    assertThat(line.costTicks()).isEqualTo(1_000_000_000);
    assertThat(venue.view().explain(MAKER).positions().getFirst().profitMinor()).isEqualTo(-1);
    // notional 1.000000001 is rounded up to 1.000001; 5 % = 0.05000005, up to 0.050001
    assertThat(line.maintenanceNotionalE6()).isEqualTo(1_000_001);
    assertThat(line.maintenanceMarginE6()).isEqualTo(50_001);
    assertThat(line.initialMarginE6()).isEqualTo(100_001);
  }

  @Test
  void shouldCountTheWorstOutcomeOfOpenOrders() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 10_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    // long 10; buys 5 at 1,100.00 (dearer than the mark), sells 4 at 1,200.00
    venue.accepted(
        new Command.SetOrderExposure(
            ACCOUNT, PERP, 5_000, 4_000, 5_000 * 110_000L, 4_000 * 120_000L));
    Evidence.PositionLine line = venue.view().explain(ACCOUNT).positions().getFirst();
    // bought: 10,000 + max(5,000, 5,500) = 15,500; sold: max(4,000, 4,800) - 10,000 < 0
    assertThat(line.initialNotionalE6()).isEqualTo(15_500 * ONE_USD);
    assertThat(line.maintenanceNotionalE6()).isEqualTo(10_000 * ONE_USD);
    // 10 % of it, and the loss of 500 taken in when the buys fill
    assertThat(line.initialMarginE6()).isEqualTo(2_050 * ONE_USD);
    assertThat(line.maintenanceMarginE6()).isEqualTo(500 * ONE_USD);
    // sells below the mark: 20 at 900.00; sold: max(20,000, 18,000) - 10,000 = 10,000
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 0, 20_000, 0, 20_000 * 90_000L));
    line = venue.view().explain(ACCOUNT).positions().getFirst();
    assertThat(line.initialNotionalE6()).isEqualTo(10_000 * ONE_USD);
    assertThat(line.initialMarginE6()).isEqualTo((1_000 + 2_000) * ONE_USD);
  }

  @Test
  void shouldCountOrdersForMaintenanceWhenTheRulebookSaysSo() {
    TestVenue venue = TestVenue.with(rules -> rules.ordersInMaintenance = true);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 10_000 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 5_000, 0, 5_000 * 100_000L, 0));
    assertMargins(venue, 250 * ONE_USD, 500 * ONE_USD);
  }

  @Test
  void shouldLetALeverageOnlyRaiseTheRequirement() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 10_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    // 10,000 at 3x: ceil(10,000 / 3) = 3,333.333334
    venue.accepted(new Command.SetLeverage(ACCOUNT, 300));
    assertMargins(venue, 500 * ONE_USD, 3_333_333_334L);
    // 20x would be 500, the bracket asks for 1,000
    venue.accepted(new Command.SetLeverage(ACCOUNT, 2_000));
    assertMargins(venue, 500 * ONE_USD, 1_000 * ONE_USD);
    assertThat(venue.view().leverageE2(ACCOUNT)).isEqualTo(2_000);
  }

  @Test
  void shouldDeriveLevelsByEachPolicy() {
    // notional 10,000: MM 500, IM 1,000; BTC 0.1 = 5,000: 4,500 and 4,000, so the difference is 500
    assertThat(levels(new LevelPolicy.BetweenRequirements(decimal("0.3"), decimal("1.2"))))
        // search 500 + 0.3 x (1,500 - 500); release 1.2 x 1,500
        .isEqualTo(dollars(500, 800, 1_500, 1_800));
    assertThat(
            levels(new LevelPolicy.ScaledMaintenance(decimal("1.5"), decimal("3"), decimal("4"))))
        // max(3 x 500, 1,000) + 500; max(4 x 500 + 500, initial)
        .isEqualTo(dollars(500, 750, 2_000, 2_500));
    assertThat(
            levels(
                new LevelPolicy.ScaledMaintenance(decimal("1.5"), decimal("1.6"), decimal("1.7"))))
        // max(800, IM 1,000) + 500 = 1,500; max(850 + 500, 1,500)
        .isEqualTo(dollars(500, 750, 1_500, 1_500));
    assertThat(levels(new LevelPolicy.ScaledMaintenance(decimal("5"), decimal("6"), decimal("6"))))
        // initial 3,000 + 500
        .isEqualTo(dollars(500, 2_500, 3_500, 3_500));
    assertThat(levels(new LevelPolicy.FullyCollateralised()))
        .isEqualTo(dollars(1_500, 1_500, 1_500, 1_500));
    assertThat(levels(new LevelPolicy.WithoutBands()))
        .isEqualTo(
            new MarginLevels(
                500 * ONE_USD, 500 * ONE_USD, 1_500 * ONE_USD, MarginLevels.NO_RELEASE));
  }

  private static MarginLevels levels(LevelPolicy policy) {
    TestVenue venue = TestVenue.with(rules -> rules.crossLevels = policy);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 10_000_000);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue.assess(ACCOUNT).levels();
  }

  private static MarginLevels dollars(long maintenance, long search, long initial, long release) {
    return new MarginLevels(
        maintenance * ONE_USD, search * ONE_USD, initial * ONE_USD, release * ONE_USD);
  }

  @Test
  void shouldAskNothingOfAFlatAccount() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 10_000_000);
    Assessment flat = venue.assess(ACCOUNT);
    assertThat(flat.levels()).isEqualTo(new MarginLevels(0, 0, 0, 0));
    assertThat(flat.zone()).isEqualTo(Zone.EXCESS);
  }

  @Test
  void shouldExplainEveryLine() {
    Evidence evidence = shortTwoLongThree().view().explain(ACCOUNT);
    CollateralTerms usd = new RulebookSketch().collateral.get(0);
    CollateralTerms btc = new RulebookSketch().collateral.get(1);
    // short 2 up 10 = -20, long 3 up 5 = +15: -5 together, netted before it is weighed
    assertThat(evidence.collateral())
        .containsExactly(
            new Evidence.CollateralLine(
                USD,
                0,
                1_000_000,
                usd.maintenanceWeight(),
                usd.initialWeight(),
                0,
                0,
                -5 * ONE_USD,
                -5 * ONE_USD,
                -5 * ONE_USD),
            new Evidence.CollateralLine(
                BTC,
                10_000_000,
                5_000_000,
                btc.maintenanceWeight(),
                btc.initialWeight(),
                4_500 * ONE_USD,
                4_000 * ONE_USD,
                0,
                0,
                0));
    assertThat(evidence.positions())
        .containsExactly(
            new Evidence.PositionLine(
                PERP,
                -2_000,
                -2_000 * ONE_USD,
                101_000,
                0,
                0,
                -20 * ONE_USD,
                2_020 * ONE_USD,
                2_020 * ONE_USD,
                101 * ONE_USD,
                202 * ONE_USD),
            new Evidence.PositionLine(
                OTHER,
                3_000,
                3_000 * ONE_USD,
                100_500,
                0,
                0,
                15 * ONE_USD,
                3_015 * ONE_USD,
                3_015 * ONE_USD,
                150_750_000,
                301_500_000));
    assertThat(evidence.assessment()).isEqualTo(shortTwoLongThree().assess(ACCOUNT));
    assertThat(evidence.assessment().equityE6()).isEqualTo(4_495 * ONE_USD);
  }

  private static TestVenue shortTwoLongThree() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, BTC, 10_000_000);
    venue.trade(PERP, MAKER, ACCOUNT, 2_000, 100_000);
    venue.trade(OTHER, ACCOUNT, MAKER, 3_000, 100_000);
    venue.mark(PERP, 101_000);
    venue.mark(OTHER, 100_500);
    return venue;
  }

  @Test
  void shouldChangeZoneExactlyAtEachLevel() {
    TestVenue venue =
        TestVenue.with(rules -> {
          // only zones: nothing is done about them
          for (Trigger trigger : Trigger.values()) {
            rules.runs(trigger, false);
          }
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_500 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    // MM 500, search 750, initial 1,000, release 1,500: cost fixes equity, deposits move it
    assertThat(venue.assess(ACCOUNT).levels()).isEqualTo(dollars(500, 750, 1_000, 1_500));
    assertZones(venue, 1_500, Zone.EXCESS, Zone.HEALTHY);
    assertZones(venue, 1_000, Zone.HEALTHY, Zone.RESTRICTED);
    assertZones(venue, 750, Zone.RESTRICTED, Zone.CALL);
    assertZones(venue, 500, Zone.CALL, Zone.LIQUIDATION);
  }

  /// Funding takes the account's cash down: to the level exactly, then one unit below.
  private static void assertZones(TestVenue venue, long levelUsd, Zone at, Zone below) {
    long surplus = venue.margin(ACCOUNT, USD) - levelUsd * ONE_USD;
    pay(venue, surplus);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(levelUsd * ONE_USD);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(at);
    pay(venue, 1);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(below);
  }

  /// Funding of a notional of 10^10 at `amount / 10^10`: exactly this amount leaves the account.
  private static void pay(TestVenue venue, long amountMinor) {
    venue.accepted(new Command.ApplyFunding(PERP, new Decimal(amountMinor, 10)));
  }
}
