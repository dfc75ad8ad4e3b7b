package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.SECOND_NS;
import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.liquidation.AuctionPrice;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.BidInAuction;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AuctionBidTaken;
import io.evenkeel.model.event.Event.AuctionEnded;
import io.evenkeel.model.event.Event.AuctionStarted;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.MoneyMoved;
import io.evenkeel.model.event.Event.PositionTransferred;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.AuctionAccount;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Auctions of accounts with figures reckoned by hand: from full worth to 80 % in 600 seconds, to
/// nothing in 7,200 more; insolvent ones in 600; a buffer of 10 %.
class AuctionTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;
  private static final long BIDDER = 300;
  private static final long OTHER_BIDDER = 301;
  private static final long BIDDING_PARTY = 30;

  private static final AuctionTerms TERMS =
      new AuctionTerms(
          Decimal.ONE, decimal("0.8"), 600, 7_200, 600, decimal("0.1"), decimal("0"), 0);

  /// ACCOUNT long 10 at 1,000.00 with 1,000 dollars; two bidders with 5,000 each.
  private static TestVenue venue(AuctionTerms terms, Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.steps =
              List.of(
                  new LiquidationStep.CancelOrders(),
                  new AuctionAccount(terms),
                  new LiquidationStep.DrawInsurance(),
                  new LiquidationStep.ShareLoss());
          rules.callsEnabled = false;
          change.accept(rules);
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.open(BIDDER, BIDDING_PARTY);
    venue.fund(BIDDER, USD, 5_000 * ONE_USD);
    venue.open(OTHER_BIDDER, BIDDING_PARTY + 1);
    venue.fund(OTHER_BIDDER, USD, 5_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  private static TestVenue venue() {
    return venue(TERMS, _ -> {});
  }

  private static BidInAuction bid(long bidder, String share) {
    return new BidInAuction(ACCOUNT, bidder, decimal(share), USD, Long.MAX_VALUE);
  }

  @Test
  void shouldSellTheShareThatRestoresMaintenanceWithTheBuffer() {
    TestVenue venue = venue();
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 0, 1_000, 0, 1_000 * 100_000L));
    // at 940.00: worth 400, maintenance 470, surplus -70, with the buffer -70 - 0.1 * 470 = -117
    List<Event> begun = venue.mark(PERP, 94_000);
    AuctionStarted started = one(begun, AuctionStarted.class);
    assertThat(started.insolvent()).isFalse();
    assertThat(started.worthE6()).isEqualTo(400 * ONE_USD);
    assertThat(only(begun, Event.OrdersCancelled.class)).hasSize(1);
    assertThat(one(begun, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.AUCTIONED);

    // largest share 117 / (117 + 400), of which the price is 400
    List<Event> events = venue.accepted(bid(BIDDER, "1"));
    AuctionBidTaken taken = one(events, AuctionBidTaken.class);
    assertThat(taken.share()).isEqualTo(decimal("0.226305609284332689"));
    assertThat(taken.paymentMinor()).isEqualTo(90_522_244);
    assertThat(events)
        .containsSubsequence(
            taken,
            auctioned(new Margin(ACCOUNT), new Margin(BIDDER), 226_305_609),
            auctioned(new Margin(BIDDER), new Margin(ACCOUNT), 90_522_244),
            new PositionTransferred(
                PERP,
                ACCOUNT,
                BIDDER,
                2_264,
                2_264_000_000L,
                0,
                0,
                PositionSide.NET,
                PositionSide.NET));
    assertThat(one(events, AuctionEnded.class).end()).isEqualTo(AuctionEnd.SOLD);
    // left: 1,000 - 226.305609 + 90.522244 with 7.736 of which each has lost 60
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(864_216_635 - 464_160_000);
    assertThat(venue.view().auction(ACCOUNT)).isNull();
  }

  private static MoneyMoved auctioned(LedgerAccount from, LedgerAccount to, long minor) {
    return new MoneyMoved(USD, from, to, minor, MoneyReason.AUCTION);
  }

  @Test
  void shouldNotSellAgainWhatBiddersHavePaid() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    // a tenth of 400; then 360 of which 40 is money that was paid
    assertThat(one(venue.accepted(bid(BIDDER, "0.1")), AuctionBidTaken.class).paymentMinor())
        .isEqualTo(40 * ONE_USD);
    AuctionPrice left = venue.view().auction(ACCOUNT);
    assertThat(left.worthE6()).isEqualTo(400 * ONE_USD);
    assertThat(left.priceE6()).isEqualTo(360 * ONE_USD);
    // maintenance 423: surplus -23, with the buffer -65.3; 65.3 / (65.3 + 400)
    AuctionBidTaken second = one(venue.accepted(bid(OTHER_BIDDER, "0.05")), AuctionBidTaken.class);
    assertThat(left.largestShareE18()).isEqualTo(140_339_565_871_480_766L);
    assertThat(second.reservedMinor()).isEqualTo(40 * ONE_USD);
    assertThat(second.paymentMinor()).isEqualTo(18 * ONE_USD);
    assertThat(venue.view().positions(OTHER_BIDDER).getFirst().quantityUnits()).isEqualTo(450);
  }

  @Test
  void shouldAskLessAsTimePasses() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    venue.advance(300 * SECOND_NS);
    AuctionPrice half = venue.view().auction(ACCOUNT);
    assertThat(half.priceE6()).isEqualTo(360 * ONE_USD);
    // 117 / (117 + 360)
    assertThat(half.largestShareE18()).isEqualTo(245_283_018_867_924_529L);
    venue.advance(300 * SECOND_NS);
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isEqualTo(320 * ONE_USD);
    venue.advance(3_600 * SECOND_NS);
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isEqualTo(160 * ONE_USD);
    // one second before the end 0.8 / 7,200 of 400 is asked
    venue.advance(3_599 * SECOND_NS);
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isEqualTo(44_444);
  }

  @Test
  void shouldPayBiddersOnceNobodyWantedItForAnything() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    List<Event> events = venue.advance(7_800 * SECOND_NS);
    assertThat(one(events, AuctionEnded.class).end()).isEqualTo(AuctionEnd.INSOLVENT);
    assertThat(one(events, AuctionStarted.class).insolvent()).isTrue();
    assertThat(one(events, AuctionStarted.class).feeMinor()).isZero();
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isZero();
    // up to what it lacks of maintenance
    venue.advance(300 * SECOND_NS);
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isEqualTo(-35 * ONE_USD);
    venue.advance(9_000 * SECOND_NS);
    assertThat(venue.view().auction(ACCOUNT).priceE6()).isEqualTo(-70 * ONE_USD);
  }

  @Test
  void shouldLetTheFundAndThenTheWinnersPayBiddersOfAnInsolventAccount() {
    TestVenue venue = venue();
    venue.accepted(new Command.ContributeInsurance(USD, 60 * ONE_USD));
    // at 890.00: worth -100, maintenance 445, surplus -545
    AuctionStarted started = one(venue.mark(PERP, 89_000), AuctionStarted.class);
    assertThat(started.insolvent()).isTrue();
    long fundBefore = venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD);
    long makerCost = venue.view().positions(MAKER).getFirst().costTicks();
    venue.advance(60 * SECOND_NS);
    // a tenth of the way from -100 to -545, for half of the account: 72.25
    List<Event> events = venue.accepted(bid(BIDDER, "0.5"));
    assertThat(one(events, AuctionBidTaken.class).paymentMinor()).isEqualTo(-72_250_000);
    assertThat(events)
        .contains(auctioned(new Margin(BACKSTOP), new Margin(BIDDER), 72_250_000))
        .contains(new Event.InsuranceDrawn(ACCOUNT, USD, 72_250_000, 60 * ONE_USD));
    assertThat(fundBefore).isEqualTo(60 * ONE_USD);
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isZero();
    // the maker, who is ahead by 1,100, bears the other 12.25
    assertThat(one(events, Event.LossShared.class).sharedMinor()).isEqualTo(12_250_000);
    assertThat(venue.view().positions(MAKER).getFirst().costTicks())
        .isEqualTo(makerCost + 12_250_000 * ticksPerMinor());
    assertThat(only(events, Event.BadDebtRecorded.class)).isEmpty();
    // the bidder has half of the money and of the position, and what was paid
    assertThat(venue.margin(BIDDER, USD)).isEqualTo(5_000 * ONE_USD + 500 * ONE_USD + 72_250_000);
    // the other half goes on
    assertThat(only(events, AuctionEnded.class)).isEmpty();
    List<Event> rest = venue.accepted(bid(OTHER_BIDDER, "1"));
    assertThat(one(rest, AuctionEnded.class).end()).isEqualTo(AuctionEnd.SOLD);
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.margin(ACCOUNT, USD)).isZero();
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  private static long ticksPerMinor() {
    return TestVenue.perpetual(PERP, "P").tickScale(TestVenue.usd().scale()).ticksPerMinor();
  }

  @Test
  void shouldChargeTheFeeOnWhatCouldBeSoldAtOnce() {
    AuctionTerms withFee =
        new AuctionTerms(
            Decimal.ONE, decimal("0.8"), 600, 7_200, 600, decimal("0.1"), decimal("0.02"), 0);
    // 2 % of 400 * 117 / 517; half of it to the fund, a quarter to the backstop
    List<Event> events = venue(withFee, _ -> {}).mark(PERP, 94_000);
    assertThat(one(events, AuctionStarted.class).feeMinor()).isEqualTo(1_810_444);
    assertThat(events)
        .contains(
            new MoneyMoved(
                USD,
                new Margin(ACCOUNT),
                new LedgerAccount.House(HouseAccount.INSURANCE_FUND),
                905_222,
                MoneyReason.PENALTY));
  }

  @Test
  void shouldSellAllOfWhatIsWorthNextToNothing() {
    AuctionTerms cutoff =
        new AuctionTerms(
            Decimal.ONE,
            decimal("0.8"),
            600,
            7_200,
            600,
            decimal("0.1"),
            decimal("0"),
            400 * ONE_USD + 1);
    TestVenue venue = venue(cutoff, _ -> {});
    venue.mark(PERP, 94_000);
    assertThat(venue.view().auction(ACCOUNT).largestShareE18()).isEqualTo(AuctionPrice.WHOLE_E18);
    List<Event> events = venue.accepted(bid(BIDDER, "1"));
    assertThat(one(events, AuctionEnded.class).end()).isEqualTo(AuctionEnd.SOLD);
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(400 * ONE_USD);
  }

  @Test
  void shouldEndWhenPricesComeBackOrMoneyComesIn() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    // above maintenance, but not with the buffer
    assertThat(only(venue.mark(PERP, 95_000), AuctionEnded.class)).isEmpty();
    assertThat(one(venue.mark(PERP, 96_000), AuctionEnded.class).end())
        .isEqualTo(AuctionEnd.RESTORED);
    venue.mark(PERP, 94_000);
    // a top-up out of the wallet is money like any other
    assertThat(one(venue.deposit(PARTY, USD, 500 * ONE_USD), AuctionEnded.class).end())
        .isEqualTo(AuctionEnd.RESTORED);
  }

  @Test
  void shouldTurnWhenTheRestIsWorthNothing() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    venue.accepted(bid(BIDDER, "0.1"));
    // 9 left that lost 105 each on 900 + 40 of cash: worth -5
    List<Event> events = venue.mark(PERP, 89_500);
    assertThat(one(events, AuctionEnded.class).end()).isEqualTo(AuctionEnd.INSOLVENT);
    assertThat(one(events, AuctionStarted.class).insolvent()).isTrue();
  }

  @Test
  void shouldGoBackToTheLiquidationOfARulebookWithoutAuctions() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    RulebookSketch next = new RulebookSketch();
    next.version = 2;
    next.onlyTakeOver();
    List<Event> events = venue.accepted(new Command.DefineRulebook(RULES, next.build(), 0));
    assertThat(one(events, AuctionEnded.class).end()).isEqualTo(AuctionEnd.WITHDRAWN);
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
  }

  @Test
  void shouldNeitherTradeNorGiveMoneyAwayWhileAuctioned() {
    TestVenue venue = venue();
    venue.mark(PERP, 94_000);
    for (Command command :
        List.of(
            TestVenue.fill(PERP, MAKER, ACCOUNT, 1_000, 94_000),
            new Command.SetOrderExposure(ACCOUNT, PERP, 0, 0, 0, 0),
            new Command.SecureMargin(ACCOUNT, PERP, 94_000),
            new Command.SetLeverage(ACCOUNT, 100),
            new Command.Transfer(ACCOUNT, USD, 1, Direction.TO_WALLET),
            new Command.TransferPosition(PERP, ACCOUNT, MAKER, 1_000, TransferBasis.MARK, 0),
            new Command.BustTrade(PERP, ACCOUNT, MAKER, 1_000, 100_000, 0, 0),
            new Command.CorrectTrade(PERP, ACCOUNT, MAKER, 1_000, 100_000, 99_000),
            new Command.SetAccountMode(ACCOUNT, RULES, AccountMode.CROSS, -1),
            new Command.SetPositionMode(ACCOUNT, PositionMode.HEDGE),
            new Command.Borrow(ACCOUNT, USD, 1),
            new Command.CloseAccount(ACCOUNT))) {
      venue.refused(RefusalReason.ACCOUNT_IN_AUCTION, command);
    }
    // nor does another account of the party get anything from it, or it from another's excess
    assertThat(venue.view().auction(ACCOUNT)).isNotNull();
    venue.accepted(new Command.ImportBalance(ACCOUNT, USD, 1));
  }

  @Test
  void shouldTakeBidsOnlyOfWhoHoldsNothingButEnoughCash() {
    TestVenue venue = venue();
    venue.refused(RefusalReason.NO_AUCTION, bid(BIDDER, "1"));
    venue.mark(PERP, 94_000);
    venue.refused(RefusalReason.NO_AUCTION, new BidInAuction(ACCOUNT, BIDDER, Decimal.ONE, BTC, 1));
    venue.refused(RefusalReason.BIDDER_NOT_ELIGIBLE, bid(BACKSTOP, "1"));
    venue.refused(RefusalReason.BIDDER_NOT_ELIGIBLE, bid(MAKER, "1"));
    venue.openIsolated(310, 310, OTHER);
    venue.fund(310, USD, 5_000 * ONE_USD);
    venue.refused(RefusalReason.BIDDER_NOT_ELIGIBLE, bid(310, "1"));
    venue.open(311, 311);
    venue.fund(311, USD, 5_000 * ONE_USD);
    venue.fund(311, BTC, 1);
    venue.refused(RefusalReason.BIDDER_NOT_ELIGIBLE, bid(311, "1"));
    for (String share : List.of("0", "-0.1", "1.000000000000000001")) {
      venue.refused(RefusalReason.INVALID_QUANTITY, bid(BIDDER, share));
    }
    // a tenth costs 40, and 11.70 must back it
    venue.refused(
        RefusalReason.PRICE_LIMIT_EXCEEDED,
        new BidInAuction(ACCOUNT, BIDDER, decimal("0.1"), USD, 40 * ONE_USD - 1));
    venue.open(312, 312);
    venue.fund(312, USD, 51_700_000 - 1);
    venue.refused(RefusalReason.INSUFFICIENT_BALANCE, bid(312, "0.1"));
    // what it lacks comes from the wallet
    venue.deposit(312, USD, 1);
    List<Event> events =
        venue.accepted(new BidInAuction(ACCOUNT, 312, decimal("0.1"), USD, 40 * ONE_USD));
    assertThat(events)
        .contains(
            new MoneyMoved(
                USD, new LedgerAccount.Wallet(312), new Margin(312), 1, MoneyReason.TRANSFER_IN));
    venue.refused(RefusalReason.BIDDER_NOT_ELIGIBLE, bid(312, "0.1"));
  }

  @Test
  void shouldHaltWithdrawalsWhileMoreIsLackingThanTheFundHolds() {
    TestVenue venue = venue();
    venue.deposit(BIDDING_PARTY, USD, 10 * ONE_USD);
    Command withdrawal = new Command.Withdraw(BIDDING_PARTY, USD, ONE_USD);
    venue.mark(PERP, 89_000);
    venue.refused(RefusalReason.WITHDRAWALS_HALTED, withdrawal);
    // 545 is lacking; a millionth less does not do
    venue.accepted(new Command.ContributeInsurance(USD, 545 * ONE_USD - 1));
    venue.refused(RefusalReason.WITHDRAWALS_HALTED, withdrawal);
    venue.accepted(new Command.ContributeInsurance(USD, 1));
    venue.accepted(withdrawal);
  }
}
