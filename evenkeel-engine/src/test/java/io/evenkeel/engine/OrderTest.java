package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.FINE;
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
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.MoneyMoved;
import io.evenkeel.model.event.Event.OrderMarginSecured;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;
  private static final LedgerAccount WALLET = new LedgerAccount.Wallet(PARTY);
  private static final LedgerAccount MARGIN = new LedgerAccount.Margin(ACCOUNT);
  private static final LedgerAccount FEES = new LedgerAccount.House(HouseAccount.FEES);

  private static TestVenue withAccount() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    return venue;
  }

  /// Buys and sells at a price in cents.
  private static Command.SetOrderExposure orders(long buys, long sells, long price) {
    return new Command.SetOrderExposure(ACCOUNT, PERP, buys, sells, buys * price, sells * price);
  }

  @Test
  void shouldSecureAnOrderFromTheWalletToTheUnit() {
    TestVenue venue = withAccount();
    venue.deposit(PARTY, USD, 500 * ONE_USD);
    List<Event> events = venue.accepted(orders(5_000, 0, 100_000));
    assertThat(events)
        .startsWith(
            new Event.OrderExposureSet(ACCOUNT, PERP, 5_000, 0, 500_000_000, 0, PositionSide.NET),
            new OrderMarginSecured(
                ACCOUNT, 500 * ONE_USD, List.of(new SourcedAmount(WALLET, USD, 500 * ONE_USD))),
            new MoneyMoved(USD, WALLET, MARGIN, 500 * ONE_USD, MoneyReason.TOP_UP));
    assertThat(venue.assess(ACCOUNT).zone()).isEqualTo(Zone.HEALTHY);
    // one lot more is not backed
    venue.refused(RefusalReason.INSUFFICIENT_MARGIN, orders(5_001, 0, 100_000));
    // nor a dearer price of the same quantity
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN,
        new Command.SetOrderExposure(ACCOUNT, PERP, 5_000, 0, 500_000_001, 0));
  }

  @Test
  void shouldTakeReducingOrdersWhateverTheMargin() {
    TestVenue venue = withAccount();
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    venue.mark(PERP, 96_000);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.CALL);
    // sells up to the position reduce, even while the instrument is halted; more does not
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.HALTED));
    venue.accepted(orders(0, 10_000, 96_000));
    venue.refused(RefusalReason.PHASE_FORBIDS, orders(0, 10_001, 96_000));
    venue.refused(RefusalReason.PHASE_FORBIDS, orders(1, 10_000, 96_000));
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.CONTINUOUS));
    venue.refused(RefusalReason.INSUFFICIENT_MARGIN, orders(0, 20_001, 96_000));
    // and so does cancelling
    venue.accepted(orders(0, 0, 96_000));
    // a fill that reduces passes ungated
    assertThat(
            one(venue.trade(PERP, MAKER, ACCOUNT, 1_000, 96_000), Event.FillApplied.class)
                .sellerRealisedMinor())
        .isEqualTo(-40 * ONE_USD);
    // one that adds does not
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN, TestVenue.fill(PERP, ACCOUNT, MAKER, 1, 96_000));
    // nor one that turns the position round
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN, TestVenue.fill(PERP, MAKER, ACCOUNT, 18_500, 96_000));
  }

  @Test
  void shouldNotGateTheSideThatFillsAnOrder() {
    TestVenue venue = withAccount();
    venue.deposit(PARTY, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 7_000, 0, 7_000 * 100_000L + 1, 0));
    // filled 3 at 1,100.00 and marked at 1,000.00: 300 lost, more than gated margin would allow
    venue.accepted(new Command.Fill(PERP, ACCOUNT, MAKER, 3_000, 110_000, 0, 0, true, false));
    EngineView.Position row = venue.view().positions(ACCOUNT).getFirst();
    assertThat(row.quantityUnits()).isEqualTo(3_000);
    assertThat(row.buyUnits()).isEqualTo(4_000);
    // ceil(700,000,001 x 3 / 7) = 300,000,001 went
    assertThat(row.buyNotional()).isEqualTo(400_000_000);
    venue.refused(
        RefusalReason.NO_SUCH_ORDER,
        new Command.Fill(PERP, ACCOUNT, MAKER, 4_001, 100_000, 0, 0, true, false));
  }

  @Test
  void shouldGateBothSidesAfterTheWholeTrade() {
    TestVenue venue = withAccount();
    venue.open(101, PARTY);
    // both belong to one party: the buyer takes 100, the seller finds what is left
    venue.deposit(PARTY, USD, 200 * ONE_USD);
    List<Event> events = venue.trade(PERP, ACCOUNT, 101, 1_000, 100_000);
    assertThat(only(events, OrderMarginSecured.class))
        .extracting(OrderMarginSecured::accountId)
        .containsExactly(ACCOUNT, 101L);
    assertThat(venue.wallet(PARTY, USD)).isZero();
    venue.deposit(PARTY, USD, 200 * ONE_USD - 1);
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN, TestVenue.fill(PERP, ACCOUNT, 101, 1_000, 100_000));
  }

  @Test
  void shouldPayRealisedProfitFeesAndRebates() {
    TestVenue venue = withAccount();
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 5_000, 100_000);
    venue.mark(PERP, 101_000);
    // sells 2 of 5 at 1,012.00: realised 24; pays 3, the maker gets a rebate of 1
    List<Event> events =
        venue.accepted(
            new Command.Fill(
                PERP, MAKER, ACCOUNT, 2_000, 101_200, -ONE_USD, 3 * ONE_USD, false, false));
    LedgerAccount clearing = new LedgerAccount.Clearing(PERP);
    LedgerAccount maker = new LedgerAccount.Margin(MAKER);
    assertThat(events)
        .startsWith(
            new Event.FillApplied(
                PERP,
                MAKER,
                ACCOUNT,
                2_000,
                101_200,
                -24 * ONE_USD,
                24 * ONE_USD,
                PositionSide.NET,
                PositionSide.NET),
            new MoneyMoved(USD, maker, clearing, 24 * ONE_USD, MoneyReason.REALISED_PROFIT),
            new MoneyMoved(USD, clearing, MARGIN, 24 * ONE_USD, MoneyReason.REALISED_PROFIT),
            new MoneyMoved(USD, FEES, maker, ONE_USD, MoneyReason.FEE),
            new MoneyMoved(USD, MARGIN, FEES, 3 * ONE_USD, MoneyReason.FEE));
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(1_021 * ONE_USD);
    assertThat(venue.view().houseMinor(HouseAccount.FEES, USD)).isEqualTo(2 * ONE_USD);
    // 3 stay at their cost of 1,000.00
    assertThat(venue.view().positions(ACCOUNT).getFirst().costTicks()).isEqualTo(3_000 * ONE_USD);
  }

  @Test
  void shouldTurnAPositionRound() {
    TestVenue venue = withAccount();
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 2_000, 100_000);
    // sells 5 at 1,100.00: 2 closed for +200, 3 short at 1,100.00
    Event.FillApplied fill =
        one(venue.trade(PERP, MAKER, ACCOUNT, 5_000, 110_000), Event.FillApplied.class);
    assertThat(fill.sellerRealisedMinor()).isEqualTo(200 * ONE_USD);
    EngineView.Position row = venue.view().positions(ACCOUNT).getFirst();
    assertThat(row.quantityUnits()).isEqualTo(-3_000);
    assertThat(row.costTicks()).isEqualTo(-3_300 * ONE_USD);
  }

  @Test
  void shouldKeepTheResidueOfFineTicks() {
    TestVenue venue = withAccount();
    venue.open(101, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.fund(101, USD, 1_000 * ONE_USD);
    // 3 units cost 3 x 1,000,000,001 ticks for one, as much less for the other
    venue.trade(FINE, ACCOUNT, 101, 3, 1_000_000_001);
    // one of the three is sold at 1,000,000,005: +4 ticks for the seller, -4 for the buyer
    Event.FillApplied fill =
        one(venue.trade(FINE, 101, ACCOUNT, 1, 1_000_000_005), Event.FillApplied.class);
    assertThat(fill.sellerRealisedMinor()).isZero();
    assertThat(fill.buyerRealisedMinor()).isEqualTo(-1);
    // +4 - 0 and -4 - (-1,000): 1,000 ticks are kept, and the minor unit lies in clearing
    assertThat(venue.view().residueTicks(FINE)).isEqualTo(1_000);
    assertThat(venue.view().clearingMinor(FINE)).isEqualTo(1);
    venue.trade(FINE, 101, ACCOUNT, 2, 1_000_000_001);
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.view().residueTicks(FINE)).isEqualTo(1_000);
    // final settlement sweeps it into the insurance fund
    venue.accepted(new Command.SettleInstrument(FINE, 1_000_000_000));
    assertThat(venue.view().residueTicks(FINE)).isZero();
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isEqualTo(1);
  }

  @Test
  void shouldBackAnIsolatedAccountsOrderFromTheWallet() {
    TestVenue venue = TestVenue.standard();
    venue.openIsolated(ACCOUNT, PARTY, PERP);
    venue.deposit(PARTY, USD, 300 * ONE_USD);
    List<Event> events = venue.trade(PERP, ACCOUNT, MAKER, 3_000, 100_000);
    assertThat(one(events, OrderMarginSecured.class).shortfallE6()).isEqualTo(300 * ONE_USD);
    venue.refused(
        RefusalReason.NOT_THE_ISOLATED_INSTRUMENT,
        TestVenue.fill(OTHER, ACCOUNT, MAKER, 1_000, 100_000));
  }

  @Test
  void shouldLetTheBackstopTradeBeyondThePositionLimit() {
    TestVenue venue = TestVenue.standard();
    venue.deposit(TestVenue.MAKER_PARTY, USD, 2_000_000_000 * ONE_USD);
    venue.deposit(TestVenue.HOUSE_PARTY, USD, 2_000_000_000 * ONE_USD);
    venue.trade(PERP, BACKSTOP, MAKER, 1_000_000, 100_000);
    venue.open(ACCOUNT, PARTY);
    venue.deposit(PARTY, USD, 1_000 * ONE_USD);
    venue.trade(PERP, BACKSTOP, ACCOUNT, 1_000, 100_000);
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(1_001_000);
    venue.refused(
        RefusalReason.POSITION_LIMIT, TestVenue.fill(PERP, ACCOUNT, MAKER, 2_000, 100_000));
  }
}
