package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.CASH;
import static io.evenkeel.engine.TestVenue.LIMITS;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AccountTakenOver;
import io.evenkeel.model.event.Event.LossShared;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.Event.ProfitReduced;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.Event.ToppedUp;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.Trigger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// More of everything than the first columns hold, shorts where the other tests are long, and
/// contracts that settle in coins.
class LargerVenueTest {
  private static final int IN_COINS = 30;
  private static final long ACCOUNT = 100;

  @Test
  void shouldKeepBalancesWhenMoreAssetsAreDefined() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 7);
    venue.fund(ACCOUNT, BTC, 9);
    venue.deposit(1, USD, 11);
    venue.accepted(new Command.ContributeInsurance(USD, 13));
    for (int asset = 3; asset <= 8; asset++) {
      venue.accepted(
          new Command.DefineAsset(new Asset(asset, "A" + asset, 6, 1_000_000, 6, 1, 1_000_000)));
      venue.deposit(1, asset, asset);
    }
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(7);
    assertThat(venue.margin(ACCOUNT, BTC)).isEqualTo(9);
    assertThat(venue.wallet(1, USD)).isEqualTo(11);
    assertThat(venue.wallet(1, 3)).isEqualTo(3);
    assertThat(venue.wallet(1, 8)).isEqualTo(8);
    assertThat(venue.wallet(TestVenue.MAKER_PARTY, 8)).isZero();
  }

  @Test
  void shouldTopUpCallAndTakeOverManyAccountsAtOnce() {
    TestVenue venue =
        TestVenue.with(
            new EngineLimits(8, 8, 4, 4_096, 4_096, 8, 16, 8, 4), RulebookSketch::onlyTakeOver);
    for (long account = ACCOUNT; account < ACCOUNT + 150; account++) {
      venue.open(account, account);
      venue.fund(account, USD, 100 * ONE_USD);
      venue.trade(PERP, account, MAKER, 1_000, 100_000);
      // a third has something in its wallet
      if (account % 3 == 0) {
        venue.deposit(account, USD, 1_000 * ONE_USD);
      }
    }
    // 940.00: equity 40 of MM 47: who has a wallet is topped up by 54, the others are taken over
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(only(events, ToppedUp.class))
        .hasSize(50)
        .allMatch(topUp -> topUp.amounts().getFirst().amountMinor() == 54 * ONE_USD);
    assertThat(only(events, AccountTakenOver.class))
        .extracting(AccountTakenOver::accountId)
        .containsExactlyElementsOf(
            LongStream.range(ACCOUNT, ACCOUNT + 150).filter(id -> id % 3 != 0).boxed().toList());
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(100_000);
    assertThat(venue.margin(BACKSTOP, USD)).isEqualTo((1_000_000 + 100 * 100) * ONE_USD);
  }

  @Test
  void shouldGatherManyDonorsInAccountOrder() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    for (long donor = ACCOUNT + 1; donor <= ACCOUNT + 9; donor++) {
      venue.open(donor, 1);
      venue.fund(donor, USD, 50 * ONE_USD);
    }
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    venue.accepted(new Command.SetPartyPolicy(1, true));
    // 360 missing: seven give all, the eighth ten
    ToppedUp topUp = one(venue.mark(PERP, 96_000), ToppedUp.class);
    assertThat(topUp.amounts()).hasSize(8);
    assertThat(topUp.amounts().get(0))
        .isEqualTo(new SourcedAmount(new Margin(ACCOUNT + 1), USD, 50 * ONE_USD));
    assertThat(topUp.amounts().get(7))
        .isEqualTo(new SourcedAmount(new Margin(ACCOUNT + 8), USD, 10 * ONE_USD));
    assertThat(venue.margin(ACCOUNT + 9, USD)).isEqualTo(50 * ONE_USD);
  }

  @Test
  void shouldCloseShortsAtAWorsePriceToo() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.baseSlippage = "0.01";
          rules.impact = "1";
          rules.maximumSlippage = "0.02";
          rules.depthE6 = ONE_USD;
        });
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, MAKER, ACCOUNT, 10_000, 100_000);
    // 1,060.00: equity 400 below MM 530; bought back at most 2 % dearer: ceil(1,081.20)
    PositionReduced reduced = one(venue.mark(PERP, 106_000), PositionReduced.class);
    assertThat(reduced.priceUnits()).isEqualTo(108_120);
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP))
        .isEqualTo(-10_000 + reduced.closedUnits());
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(-reduced.closedUnits());
    assertThat(reduced.realisedMinor()).isEqualTo(-reduced.closedUnits() * 81_200);
  }

  @Test
  void shouldCloseSeveralPositionsWhenOneIsNotEnough() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 2_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    venue.trade(OTHER, ACCOUNT, MAKER, 10_000, 100_000);
    // OTHER at 830.00: equity 300; PERP needs 1,000, so it goes whole (equal cost: instrument
    // order), then OTHER down to 3,000 / 830.00 = 3.614 contracts
    List<Event> events = venue.mark(OTHER, 83_000);
    assertThat(only(events, PositionReduced.class))
        .extracting(PositionReduced::instrumentId)
        .containsExactly(PERP, OTHER);
    assertThat(only(events, PositionReduced.class).getFirst().closedUnits()).isEqualTo(10_000);
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isZero();
    assertThat(venue.view().quantityUnits(ACCOUNT, OTHER)).isEqualTo(3_614);
  }

  @Test
  void shouldShrinkTheSellOrdersThatAFillMeets() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.deposit(1, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 0, 3_000, 0, 300_000_001));
    venue.accepted(new Command.Fill(PERP, MAKER, ACCOUNT, 1_000, 100_000, 0, 0, false, true));
    EngineView.Position row = venue.view().positions(ACCOUNT).getFirst();
    assertThat(row.quantityUnits()).isEqualTo(-1_000);
    assertThat(row.sellUnits()).isEqualTo(2_000);
    // ceil(300,000,001 / 3) = 100,000,001 went
    assertThat(row.sellNotional()).isEqualTo(200_000_000);
  }

  @Test
  void shouldSettleInTheOrderOfArrivalWhenTheVenueDoes() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.executionOrder = ExecutionOrder.ARRIVAL;
          rules.runs(Trigger.MARKS, false, CycleStep.SETTLE);
        });
    venue.open(ACCOUNT, 1);
    venue.open(101, 2);
    venue.fund(ACCOUNT, USD, 100 * ONE_USD);
    venue.fund(101, USD, 100 * ONE_USD);
    venue.accepted(new Command.ContributeInsurance(USD, 150 * ONE_USD));
    venue.trade(CASH, 101, MAKER, 1_000, 100_000);
    venue.trade(CASH, ACCOUNT, MAKER, 1_000, 100_000);
    // both lose 200 and have 100: the fund helps who came first, 101, in full
    List<Event> events = venue.mark(CASH, 80_000);
    assertThat(one(events, Event.LossUnpaid.class))
        .isEqualTo(new Event.LossUnpaid(ACCOUNT, CASH, 50 * ONE_USD));
  }

  @Test
  void shouldShareALossInTheAssetTheContractSettlesIn() {
    TestVenue venue = TestVenue.with(RulebookSketch::onlyTakeOver);
    // price 1.00 in coins, two places; a unit is a thousandth contract: 10^-5 coins a tick of 1,000
    venue.accepted(
        new Command.DefineInstrument(
            new LinearContract(
                IN_COINS,
                "COINS",
                ContractKind.PERPETUAL,
                BTC,
                Variation.UNREALISED_UNTIL_CLOSED,
                1,
                2,
                3,
                1,
                1_000,
                1_000_000,
                1_000_000)));
    venue.mark(IN_COINS, 100);
    venue.open(ACCOUNT, 1);
    venue.open(101, 2);
    venue.fund(ACCOUNT, BTC, 25_000_000);
    venue.fund(101, BTC, 50_000_000);
    // two contracts = 2 coins = 100,000 dollars; 0.25 coins are 10,000 at the initial weight
    venue.trade(IN_COINS, ACCOUNT, 101, 2_000, 100);
    // at 0.80 0.4 coins are lost: 0.15 = 7,500 dollars are missing, in dollars
    List<Event> events = venue.mark(IN_COINS, 80);
    assertThat(one(events, AccountTakenOver.class).valueE6()).isEqualTo(-7_500 * ONE_USD);
    assertThat(one(events, LossShared.class))
        .isEqualTo(new LossShared(IN_COINS, 1, 15_000_000, 40_000_000, 15_000_000, 1));
    assertThat(one(events, ProfitReduced.class).reductionMinor()).isEqualTo(15_000_000);
    assertThat(venue.view().fullValueE6(BACKSTOP)).isEqualTo(1_000_000 * ONE_USD);
  }

  @Test
  void shouldKeepEveryLevelPolicyInASnapshot() {
    for (LevelPolicy policy :
        List.of(
            new LevelPolicy.ScaledMaintenance(
                RulebookSketch.decimal("1.5"),
                RulebookSketch.decimal("2"),
                RulebookSketch.decimal("2.25")),
            new LevelPolicy.FullyCollateralised(),
            new LevelPolicy.WithoutBands())) {
      TestVenue venue = TestVenue.with(rules -> rules.crossLevels = policy);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
      ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
      Engine copy =
          Snapshots.read(buffer -> in.read(buffer, 0, buffer.length), LIMITS, (_, _, _) -> {});
      assertThat(Snapshots.stateHash(copy)).isEqualTo(venue.hash());
    }
  }
}
