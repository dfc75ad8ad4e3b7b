package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.SECOND_NS;
import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.LIMITS;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LendingTerms.Compounding;
import io.evenkeel.model.rulebook.LendingTerms.Deposits;
import io.evenkeel.model.rulebook.LendingTerms.Payee;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterestTest {
  private static final long YEAR_NS = 365 * 24 * HOUR_NS;
  private static final long COIN = 100_000_000;
  private static final long BORROWER = 3;
  private static final long BORROWER_PARTY = 3_000;

  private static LendingTerms terms(Compounding compounding, Deposits deposits, Payee payee) {
    return new LendingTerms(
        "USD",
        decimal("0.1"),
        decimal("0"),
        decimal("0.8"),
        decimal("0"),
        compounding,
        deposits,
        decimal("0.2"),
        payee,
        false,
        11_000_000 * ONE_USD,
        SECOND_NS);
  }

  private static LendingTerms shared(Compounding compounding) {
    return terms(compounding, Deposits.SHARE, Payee.INSURANCE_FUND);
  }

  /// A venue in which the borrower has posted 10 coins and owes 100,000 dollars.
  private static TestVenue lending(LendingTerms terms) {
    TestVenue venue = TestVenue.with(rules -> rules.lending = List.of(terms));
    venue.open(BORROWER, BORROWER_PARTY);
    venue.fund(BORROWER, BTC, 10 * COIN);
    venue.accepted(new Command.Borrow(BORROWER, USD, 100_000 * ONE_USD));
    return venue;
  }

  @Test
  void shouldLendBeyondWhatTheAccountHolds() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));

    assertThat(venue.margin(BORROWER, USD)).isEqualTo(-100_000 * ONE_USD);
    assertThat(venue.wallet(BORROWER_PARTY, USD)).isEqualTo(100_000 * ONE_USD);
    assertThat(venue.view().interest().owedMinor(USD)).isEqualByComparingTo("100000000000");
    assertThat(venue.view().interest().heldMinor(USD)).isEqualByComparingTo("11000000000000");
  }

  @Test
  void shouldRefuseToLend() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));

    venue.refused(RefusalReason.UNKNOWN_ACCOUNT, new Command.Borrow(99, USD, 1));
    venue.refused(RefusalReason.UNKNOWN_ASSET, new Command.Borrow(BORROWER, 99, 1));
    venue.refused(RefusalReason.INVALID_AMOUNT, new Command.Borrow(BORROWER, USD, 0));
    venue.refused(RefusalReason.NOT_LENT, new Command.Borrow(BORROWER, BTC, 1));
    venue.refused(
        RefusalReason.INSUFFICIENT_LIQUIDITY,
        new Command.Borrow(BORROWER, USD, 10_900_000 * ONE_USD + 1));
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN, new Command.Borrow(BORROWER, USD, 300_001 * ONE_USD));
    venue.accepted(new Command.Borrow(BORROWER, USD, 300_000 * ONE_USD));
    venue.refused(RefusalReason.UNKNOWN_ASSET, new Command.AccrueInterest(99));
    venue.refused(RefusalReason.NOT_LENT, new Command.AccrueInterest(BTC));
  }

  /// At a rate next to nothing any time is short enough to be taken at once.
  @Test
  void shouldAccrueInAPoolThatIsHardlyUsed() {
    LendingTerms terms =
        new LendingTerms(
            "USD",
            Decimal.ZERO,
            decimal("0.1"),
            decimal("0.8"),
            decimal("0.1"),
            Compounding.CONTINUOUS,
            Deposits.SHARE,
            decimal("0.2"),
            Payee.INSURANCE_FUND,
            false,
            11_000_000 * ONE_USD,
            SECOND_NS);
    TestVenue venue = TestVenue.with(rules -> rules.lending = List.of(terms));
    venue.open(BORROWER, BORROWER_PARTY);
    venue.fund(BORROWER, BTC, COIN);
    venue.accepted(new Command.Borrow(BORROWER, USD, 1));
    venue.advance(YEAR_NS);

    // a debtor owes each part of a unit as a whole one
    assertThat(venue.margin(BORROWER, USD)).isEqualTo(-2);
  }

  @Test
  void shouldNotLetHoldersTakeWhatIsLent() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));
    venue.fund(BORROWER, BTC, 1_000 * COIN);
    venue.accepted(new Command.Borrow(BORROWER, USD, 10_400_000 * ONE_USD));

    venue.refused(
        RefusalReason.INSUFFICIENT_LIQUIDITY,
        new Command.Transfer(MAKER, USD, 500_001 * ONE_USD, Command.Direction.TO_WALLET));
    venue.refused(RefusalReason.INSUFFICIENT_LIQUIDITY, new Command.CloseAccount(MAKER));
    venue.accepted(
        new Command.Transfer(MAKER, USD, 500_000 * ONE_USD, Command.Direction.TO_WALLET));
  }

  @Test
  void shouldGrowDebtsByTheStatedRule() {
    assertYear(Compounding.LINEAR, 110_000 * ONE_USD, 1);
    assertYear(Compounding.CONTINUOUS, 110_517_091_808L, 2);
    assertYear(Compounding.EFFECTIVE, 110_000 * ONE_USD, 2);
    // as the peer rounds: the cube of the rate per second, 31.88 units of 10^-27, counts as 32
    assertYear(Compounding.BINOMIAL, 110_516_727_002L, 2);
  }

  private static void assertYear(Compounding compounding, long expected, long tolerance) {
    TestVenue venue = lending(shared(compounding));
    venue.advance(YEAR_NS);
    assertThat(-venue.margin(BORROWER, USD))
        .as("%s", compounding)
        .isCloseTo(expected, within(tolerance));
  }

  @Test
  void shouldPassInterestOnLessTheVenuesShare() {
    TestVenue venue = lending(shared(Compounding.EFFECTIVE));
    venue.advance(YEAR_NS);

    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD))
        .isCloseTo(2_000 * ONE_USD, within(10L));
    long earned =
        venue.margin(MAKER, USD)
            - 10_000_000 * ONE_USD
            + venue.margin(BACKSTOP, USD)
            - 1_000_000 * ONE_USD;
    assertThat(earned).isCloseTo(8_000 * ONE_USD, within(20L));
    assertThat(venue.view().interest().utilisation(USD).doubleValue())
        .isCloseTo(110.0 / 11_008, within(1e-9));
  }

  @Test
  void shouldPayHoldersWithoutCompoundingAndTheRestToTheVenue() {
    TestVenue venue = lending(terms(Compounding.CONTINUOUS, Deposits.LINEAR, Payee.INSURANCE_FUND));
    venue.advance(YEAR_NS);

    // 0.1 * (0.1 / 11) * 0.8 of 11 million; borrowers pay 10,517.09
    long earned = venue.margin(MAKER, USD) + venue.margin(BACKSTOP, USD) - 11_000_000 * ONE_USD;
    assertThat(earned).isCloseTo(8_000 * ONE_USD, within(20L));
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD))
        .isCloseTo(2_517_091_808L, within(20L));
  }

  @Test
  void shouldPayTheBackstopWhereTheRulebookSaysSo() {
    TestVenue venue = lending(terms(Compounding.EFFECTIVE, Deposits.SHARE, Payee.BACKSTOP));
    venue.advance(YEAR_NS);

    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isZero();
    assertThat(venue.margin(BACKSTOP, USD))
        .isCloseTo(1_002_000 * ONE_USD + 8_000 * ONE_USD / 11, within(20L));
  }

  /// Where less is held than owed, holders earn what debtors pay on as much; the rest is the
  /// venue's.
  @Test
  void shouldNotLetHoldersEarnMoreThanDebtorsPay() {
    TestVenue venue = lending(kept("0"));
    venue.accepted(new Command.ImportBalance(BORROWER, USD, -43_900_000 * ONE_USD));
    venue.advance(YEAR_NS);

    assertThat(venue.margin(MAKER, USD)).isCloseTo(11_000_000 * ONE_USD, within(20L));
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD))
        .isCloseTo(3_300_000 * ONE_USD, within(20L));
    assertThat(venue.view().interest().utilisation(USD)).isEqualByComparingTo("1");
  }

  /// With nothing kept by the venue, whatever holders were credited too much nobody would owe.
  @Test
  void shouldNeverCreditMoreThanDebtorsOwe() {
    for (long seed = 21; seed <= 24; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue venue = populated(kept("0"), new SplittableRandom(seed));
      for (int step = 0; step < 200; step++) {
        List<Event> accrued = venue.advance(random.nextLong(SECOND_NS, 100 * SECOND_NS));
        assertThat(TestVenue.only(accrued, Event.AlarmRaised.class)).as("seed %d", seed).isEmpty();
        long account = random.nextLong(2, 20);
        venue.post(account, USD, 1);
      }
      assertThat(venue.view().conservationBreaches()).as("seed %d", seed).isEmpty();
    }
  }

  private static LendingTerms kept(String venueShare) {
    return new LendingTerms(
        "USD",
        decimal("0.1"),
        decimal("0"),
        decimal("0.8"),
        decimal("0"),
        Compounding.EFFECTIVE,
        Deposits.SHARE,
        decimal(venueShare),
        Payee.INSURANCE_FUND,
        false,
        50_000_000 * ONE_USD,
        SECOND_NS);
  }

  @Test
  void shouldPostInterestOnceWhenABalanceIsTouched() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));
    List<Event> accrued = venue.advance(30 * 24 * HOUR_NS);
    assertThat(TestVenue.only(accrued, Event.InterestAccrued.class)).hasSize(1);
    long owed = venue.margin(BORROWER, USD);

    List<Event> events = venue.post(BORROWER, USD, ONE_USD);
    List<Event.MoneyMoved> postings = TestVenue.only(events, Event.MoneyMoved.class);
    assertThat(postings.getFirst().reason()).isEqualTo(MoneyReason.INTEREST);
    assertThat(postings.getFirst().amountMinor()).isEqualTo(-100_000 * ONE_USD - owed);
    assertThat(venue.margin(BORROWER, USD)).isEqualTo(owed + ONE_USD);

    assertThat(TestVenue.only(venue.post(BORROWER, USD, ONE_USD), Event.MoneyMoved.class))
        .noneMatch(posting -> posting.reason() == MoneyReason.INTEREST);
  }

  @Test
  void shouldLiquidateForInterestAlone() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.lending = List.of(shared(Compounding.CONTINUOUS));
          rules.onlyTakeOver();
        });
    venue.open(BORROWER, BORROWER_PARTY);
    venue.fund(BORROWER, BTC, 10 * COIN);
    venue.accepted(new Command.Borrow(BORROWER, USD, 400_000 * ONE_USD));
    venue.accepted(new Command.Withdraw(BORROWER_PARTY, USD, 400_000 * ONE_USD));
    venue.advance(2 * YEAR_NS);

    List<Event> events = venue.accepted(new Command.AccrueInterest(USD));
    assertThat(TestVenue.only(events, Event.LiquidationStarted.class)).hasSize(1);
  }

  @Test
  void shouldStartIndexesAnewBeforeTheyGrowTooLarge() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));
    venue.fund(BORROWER, BTC, 1_000 * COIN);
    List<Event> events = venue.advance(40 * YEAR_NS);

    assertThat(TestVenue.only(events, Event.InterestIndexesRestarted.class)).hasSizeGreaterThan(1);
    assertThat(-venue.margin(BORROWER, USD) / 1e11).isCloseTo(Math.exp(4), within(1e-6));
  }

  @Test
  void shouldPostEverythingWhenLendingEnds() {
    TestVenue venue = lending(shared(Compounding.CONTINUOUS));
    venue.advance(YEAR_NS);
    long owed = venue.margin(BORROWER, USD);
    RulebookSketch plain = new RulebookSketch();
    plain.version = 2;

    List<Event> events = venue.accepted(new Command.DefineRulebook(RULES, plain.build(), 0));
    assertThat(TestVenue.one(events, Event.InterestIndexesRestarted.class).remainderMinor())
        .isBetween(0L, 3L);
    assertThat(venue.margin(BORROWER, USD)).isEqualTo(owed);
    assertThat(venue.view().houseMinor(HouseAccount.INTEREST, USD)).isZero();
    venue.advance(YEAR_NS);
    assertThat(venue.margin(BORROWER, USD)).isEqualTo(owed);
  }

  /// The same accruals, with balances touched at random in one venue and never in the other: what
  /// everybody has is the same to a unit per touch, and all of it is what debtors paid.
  @Test
  void shouldNotMatterWhenInterestIsPosted() {
    for (long seed = 1; seed <= 8; seed++) {
      checkTouching(seed);
    }
  }

  private static void checkTouching(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Compounding compounding = Compounding.values()[random.nextInt(4)];
    Deposits deposits = Deposits.values()[random.nextInt(2)];
    LendingTerms terms = terms(compounding, deposits, Payee.INSURANCE_FUND);
    TestVenue touched = populated(terms, new SplittableRandom(seed));
    TestVenue left = populated(terms, new SplittableRandom(seed));
    long[] touches = new long[20];
    for (int step = 0; step < 60; step++) {
      long time = random.nextLong(1, 40 * HOUR_NS * 24);
      touched.advance(time);
      left.advance(time);
      long account = random.nextLong(2, 20);
      // one cent in and out again touches a balance and leaves it as it is
      touched.post(account, USD, 10_000);
      touched.accepted(new Command.Borrow(account, USD, 10_000));
      touches[(int) account]++;
    }
    for (int account = 1; account < 20; account++) {
      assertThat(touched.margin(account, USD))
          .as("seed %d, account %d", seed, account)
          .isCloseTo(left.margin(account, USD), within(2 * touches[account] + 2));
    }
  }

  private static TestVenue populated(LendingTerms terms, SplittableRandom random) {
    TestVenue venue = TestVenue.with(LIMITS, rules -> rules.lending = List.of(terms));
    for (long account = 3; account < 20; account++) {
      venue.open(account, account * 1_000);
      venue.deposit(account * 1_000, USD, 1_000_000);
      venue.fund(account, BTC, 1_000 * COIN);
      if (account % 3 == 0) {
        venue.fund(account, USD, random.nextLong(1, 1_000_000_000_000L));
      } else {
        venue.accepted(new Command.Borrow(account, USD, random.nextLong(1, 400_000_000_000L)));
      }
    }
    venue.deposit(2_000, USD, 1_000_000);
    return venue;
  }

  /// Sum of what is posted when everybody is touched: debtors' interest is holders' and the venue's
  /// to one unit an account and accrual, which stays with the venue.
  @Test
  void shouldDistributeWhatDebtorsPay() {
    for (long seed = 11; seed <= 14; seed++) {
      TestVenue venue =
          populated(
              terms(Compounding.BINOMIAL, Deposits.SHARE, Payee.INSURANCE_FUND),
              new SplittableRandom(seed));
      SplittableRandom random = new SplittableRandom(seed);
      for (int step = 0; step < 30; step++) {
        venue.advance(random.nextLong(SECOND_NS, 40 * HOUR_NS * 24));
      }
      venue.view().conservationBreaches();
      RulebookSketch plain = new RulebookSketch();
      plain.version = 2;
      List<Event> events = venue.accepted(new Command.DefineRulebook(RULES, plain.build(), 0));
      assertThat(TestVenue.one(events, Event.InterestIndexesRestarted.class).remainderMinor())
          .as("seed %d", seed)
          .isBetween(0L, 19L);
    }
  }

  @Test
  void shouldRestoreFromASnapshot() {
    TestVenue venue = lending(shared(Compounding.BINOMIAL));
    venue.advance(7 * HOUR_NS);
    venue.post(BORROWER, USD, 12_345);
    venue.advance(90 * 24 * HOUR_NS);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    List<Event> restoredEvents = new ArrayList<>();
    Engine restored =
        Snapshots.read(
            buffer -> in.read(buffer, 0, buffer.length),
            LIMITS,
            (number, timeNs, event) -> restoredEvents.add(event));

    assertThat(Snapshots.stateHash(restored)).isEqualTo(venue.hash());
    long later = venue.nowNs + 3 * HOUR_NS;
    restored.apply(later, 0, 0, new Command.AccrueInterest(USD));
    venue.events.clear();
    venue.engine.apply(later, 0, 0, new Command.AccrueInterest(USD));
    assertThat(restoredEvents).isEqualTo(venue.events);
    assertThat(Snapshots.stateHash(restored)).isEqualTo(venue.hash());
  }
}
