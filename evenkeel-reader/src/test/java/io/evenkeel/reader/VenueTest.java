package io.evenkeel.reader;

import static io.evenkeel.reader.WrittenVenue.BACKSTOP;
import static io.evenkeel.reader.WrittenVenue.BTC;
import static io.evenkeel.reader.WrittenVenue.CASH;
import static io.evenkeel.reader.WrittenVenue.LIMITS;
import static io.evenkeel.reader.WrittenVenue.ONE_USD;
import static io.evenkeel.reader.WrittenVenue.PERP;
import static io.evenkeel.reader.WrittenVenue.RULES;
import static io.evenkeel.reader.WrittenVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.reader.Venue.AccountPage;
import io.evenkeel.reader.Venue.Ranking;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenueTest {
  @TempDir private Path folder;

  @Test
  void shouldReadAnAccountThatNoEventTouched() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(2);
      venue.trade(100, 101, 5_000, 100_000);
      venue.mark(PERP, 99_900);
      AccountReading reading = venue.ask(reader, asked -> asked.account(100)).orElseThrow();
      EngineView view = venue.engine.view();
      assertThat(reading.evidence()).isEqualTo(view.explain(100));
      assertThat(reading.evidence().assessment().equityE6())
          .isEqualTo(view.assess(100).equityE6())
          .as("initial, which was left when the excess was released, less the loss since")
          .isEqualTo(495 * ONE_USD);
      assertThat(reading.partyId()).isEqualTo(100);
      assertThat(reading.role()).isEqualTo(AccountRole.TRADER);
      assertThat(reading.mode()).isEqualTo(AccountMode.CROSS);
      assertThat(reading.isolatedInstrumentId()).isEqualTo(-1);
      assertThat(reading.isOpen()).isTrue();
      assertThat(reading.isFrozen()).isFalse();
      assertThat(reading.zone()).isEqualTo(view.assess(100).zone());
      assertThat(reading.statedZone()).isEqualTo(view.statedZone(100));
      assertThat(kinds(reading)).contains(Event.FillApplied.class);
      Optional<AccountReading> unknown = venue.ask(reader, asked -> asked.account(999));
      assertThat(unknown).isEmpty();
    }
  }

  private static List<Class<?>> kinds(AccountReading reading) {
    List<Class<?>> kinds = new ArrayList<>();
    reading.recentDecisions().forEach(event -> kinds.add(event.event().getClass()));
    return kinds;
  }

  @Test
  void shouldReadACallAndWhatWasDecided() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(2);
      venue.accepted(
          new Command.OpenAccount(300, 300, RULES, AccountMode.ISOLATED, PERP, AccountRole.TRADER));
      venue.accepted(new Command.SetLeverage(300, 500));
      venue.trade(100, 101, 9_900, 100_000);
      venue.mark(PERP, 96_000);
      AccountReading reading = venue.ask(reader, asked -> asked.account(100)).orElseThrow();
      EngineView.Call call = venue.engine.view().call(100).orElseThrow();
      assertThat(reading.call())
          .isEqualTo(
              new AccountReading.Call(call.callId(), call.amountE6(), call.deadlineNs(), false));
      assertThat(reading.recentDecisions().getFirst().event())
          .isInstanceOf(Event.MarginCallIssued.class);
      assertThat(venue.ask(reader, Venue::totals).openCalls()).isEqualTo(1);
      AccountReading isolated = venue.ask(reader, asked -> asked.account(300)).orElseThrow();
      assertThat(isolated.mode()).isEqualTo(AccountMode.ISOLATED);
      assertThat(isolated.isolatedInstrumentId()).isEqualTo(PERP);
      assertThat(isolated.leverageE2()).isEqualTo(500);
      venue.nowNs += 3_700_000_000_000L;
      venue.accepted(new Command.AdvanceTime());
      reading = venue.ask(reader, asked -> asked.account(100)).orElseThrow();
      assertThat(reading.call().isExpired()).isTrue();
      assertThat(venue.ask(reader, Venue::totals).openCalls()).isEqualTo(1);
      venue.mark(PERP, 90_000);
      reading = venue.ask(reader, asked -> asked.account(100)).orElseThrow();
      assertThat(reading.call()).isNull();
      assertThat(kinds(reading))
          .contains(Event.LiquidationStarted.class, Event.LiquidationEnded.class);
      assertThat(venue.ask(reader, Venue::totals).openCalls()).isZero();
    }
  }

  @Test
  void shouldReadPartiesPricesAndRulebooks() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(2);
      venue.open(102, 100);
      venue.accepted(new Command.SetPartyPolicy(100, true));
      venue.accepted(new Command.Deposit(100, BTC, 5));
      venue.accepted(new Command.CloseAccount(100));
      PartyReading party = venue.ask(reader, asked -> asked.party(100)).orElseThrow();
      assertThat(party.siblingTopUp()).isTrue();
      assertThat(party.walletMinor()).containsEntry(BTC, 5L).containsKey(USD);
      assertThat(party.accountIds()).containsExactly(102L);
      Optional<PartyReading> unknown = venue.ask(reader, asked -> asked.party(77));
      assertThat(unknown).isEmpty();
      assertThat(venue.ask(reader, asked -> asked.account(100)).orElseThrow().isOpen()).isFalse();

      venue.accepted(new Command.SetPhase(CASH, TradingPhase.HALTED));
      venue.accepted(new Command.SettleInstrument(CASH, 101_000));
      venue.trade(101, BACKSTOP, 10, 100_000);
      List<PriceReading> prices = venue.ask(reader, Venue::prices);
      assertThat(prices).extracting(PriceReading::id).containsExactly(PERP, CASH, USD, BTC);
      assertThat(prices.get(0).priceUnits()).isEqualTo(100_000);
      assertThat(prices.get(0).timeNs()).isPositive();
      assertThat(prices.get(0).openInterestUnits()).isEqualTo(10);
      assertThat(prices.get(1).phase()).isEqualTo(TradingPhase.HALTED);
      assertThat(prices.get(1).isSettled()).isTrue();
      assertThat(prices.get(3).target()).isEqualTo(Target.ASSET);
      assertThat(prices.get(3).priceUnits()).isEqualTo(5_000_000);

      long later = venue.nowNs + 1_000_000_000_000L;
      venue.accepted(new Command.DefineRulebook(RULES, SmallRulebook.version(2), later));
      venue.accepted(new Command.DefineRulebook(3, SmallRulebook.version(1), 0));
      List<Venue.RulebookReading> rulebooks = venue.ask(reader, Venue::rulebooks);
      assertThat(rulebooks)
          .containsExactly(
              new Venue.RulebookReading(3, 1, SmallRulebook.version(1), null, 0),
              new Venue.RulebookReading(
                  RULES, 1, SmallRulebook.version(1), SmallRulebook.version(2), later));
    }
  }

  @Test
  void shouldPageThroughAccounts() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(25);
      venue.trade(103, 104, 9_900, 100_000);
      venue.mark(PERP, 96_000);
      List<Long> all = new ArrayList<>();
      int next = 0;
      while (next >= 0) {
        int from = next;
        AccountPage page = venue.ask(reader, asked -> asked.accounts(null, from, 10));
        page.lines().forEach(line -> all.add(line.accountId()));
        next = page.nextIndex();
      }
      assertThat(all).hasSize(26).startsWith(BACKSTOP, 100L, 101L).doesNotHaveDuplicates();
      AccountPage calls = venue.ask(reader, asked -> asked.accounts(Zone.CALL, 0, 0));
      assertThat(calls.nextIndex()).isEqualTo(-1);
      assertThat(calls.lines()).extracting(AccountLine::accountId).containsExactly(103L);
      assertThat(calls.lines().getFirst().hasCall()).isTrue();
      assertThat(calls.lines().getFirst().zone()).isEqualTo(Zone.CALL);
    }
  }

  @Test
  void shouldTotalWhatARecountFinds() throws Exception {
    SplittableRandom random = new SplittableRandom(31);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(40);
      for (int i = 0; i < 1_500; i++) {
        venue.random(random, 40);
        if (i % 100 == 0) {
          EngineView view = venue.engine.view();
          VenueTotals totals = venue.ask(reader, Venue::totals);
          assertThat(totals.zoneCounts()).isEqualTo(view.zoneCounts());
          assertThat(totals.openCalls()).isEqualTo(view.callCount());
          int open = 0;
          for (int index = 0; index < view.accountCount(); index++) {
            open += view.isOpen(view.accountIdAt(index)) ? 1 : 0;
          }
          assertThat(totals.accounts()).isEqualTo(open);
          assertThat(totals.conservation().breaches()).isEmpty();
          assertThat(totals.logPosition()).isEqualTo(venue.logPosition);
          assertThat(totals.lastEventNumber()).isEqualTo(venue.events.size());
        }
      }
      VenueTotals totals = venue.ask(reader, Venue::totals);
      assertThat(totals.parties()).isEqualTo(41);
      assertThat(totals.backstopAccountId()).isEqualTo(BACKSTOP);
      assertThat(totals.backstop()).isEqualTo(venue.engine.view().assess(BACKSTOP));
      assertThat(totals.depositedMinor().get(USD)).isPositive();
      assertThat(totals.insuranceMinor()).containsOnlyKeys(USD, BTC);
    }
  }

  @Test
  void shouldNoticeThatMoneyIsNotConserved() {
    List<String> breaches = new ArrayList<>();
    int[] checks = {0};
    long[] events = {5};
    ConservationWatch watch =
        new ConservationWatch(
            () -> events[0],
            () -> 77,
            () -> {
              checks[0]++;
              if (breaches.contains("overflow")) {
                throw new ArithmeticException("long overflow");
              }
              return breaches;
            });
    assertThat(watch.last()).isEqualTo(new VenueTotals.Conservation(5, 77, List.of()));
    breaches.add("USD balances sum to 1, not 0");
    events[0]++;
    long now = System.nanoTime();
    watch.work(now);
    assertThat(watch.last().breaches()).as("the next check is not due yet").isEmpty();
    assertThat(checks[0]).isEqualTo(1);
    watch.work(now + 3_000_000_000L);
    assertThat(watch.last()).isEqualTo(new VenueTotals.Conservation(6, 77, breaches));
    watch.work(now + 60_000_000_000L);
    assertThat(checks[0]).as("nothing has happened since").isEqualTo(2);
    events[0]++;
    breaches.add("overflow");
    watch.work(now + 60_000_000_000L);
    assertThat(watch.last().breaches())
        .containsExactly("balances do not fit 64 bits: long overflow");
  }

  @Test
  void shouldRankByDistanceToLiquidationExactly() throws Exception {
    SplittableRandom random = new SplittableRandom(41);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(300);
      for (int i = 0; i < 1_500; i++) {
        venue.random(random, 300);
      }
      Ranking ranking = venue.ask(reader, asked -> asked.closestToLiquidation(100));
      assertThat(ranking.engineTimeNs()).isEqualTo(venue.engine.view().nowNs());
      assertThat(ranking.lines()).hasSizeGreaterThan(50);
      assertThat(ranking.lines())
          .extracting(AccountLine::accountId)
          .isEqualTo(closest(venue.engine.view(), 100));
      Ranking few = venue.ask(reader, asked -> asked.closestToLiquidation(3));
      assertThat(few.lines()).isEqualTo(ranking.lines().subList(0, 3));
    }
  }

  /// All accounts with positions or debts but the backstop, sorted by exact division.
  private static List<Long> closest(EngineView view, int limit) {
    List<Long> exposed = new ArrayList<>();
    for (int index = 0; index < view.accountCount(); index++) {
      long account = view.accountIdAt(index);
      boolean debt = view.marginMinor(account, USD) < 0 || view.marginMinor(account, BTC) < 0;
      if (view.isOpen(account)
          && account != BACKSTOP
          && (debt || !view.positions(account).isEmpty())) {
        exposed.add(account);
      }
    }
    exposed.sort((one, other) -> {
      Assessment first = view.assess(one);
      Assessment second = view.assess(other);
      return product(first.equityE6(), second.levels().maintenanceE6())
          .compareTo(product(second.equityE6(), first.levels().maintenanceE6()));
    });
    return exposed.subList(0, Math.min(limit, exposed.size()));
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  @Test
  void shouldRankManyAccountsInSlices() throws Exception {
    assertThat(LIMITS.accounts()).isGreaterThan(2 * ClosestRanking.SLICE);
    SplittableRandom random = new SplittableRandom(43);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder)) {
      int accounts = 2 * ClosestRanking.SLICE + 10;
      venue.openMany(accounts);
      for (int i = 0; i < 1_000; i++) {
        venue.apply(
            new Command.Fill(
                PERP,
                100 + random.nextInt(accounts),
                100 + random.nextInt(accounts),
                random.nextInt(1, 9_000),
                100_000,
                0,
                0,
                false,
                false));
      }
      ClosestRanking ranking = new ClosestRanking(venue.engine.view());
      assertThat(ranking.work(0)).as("nobody has asked").isFalse();
      assertThat(ranking.closest(100, 0)).isEmpty();
      assertThat(ranking.rankedTimeNs()).isZero();
      assertThat(ranking.work(1)).isTrue();
      assertThat(ranking.work(2)).isTrue();
      assertThat(ranking.work(3)).isFalse();
      assertThat(ranking.rankedTimeNs()).isEqualTo(venue.engine.view().nowNs());
      EngineView view = venue.engine.view();
      assertThat(ranking.closest(100, 4))
          .extracting(candidate -> view.accountIdAt(candidate.index()))
          .isEqualTo(closest(view, 100));
      assertThat(ranking.work(5)).as("one pass a second").isFalse();
      assertThat(ranking.work(2_000_000_000L)).isTrue();
      assertThat(ranking.work(60_000_000_000L)).as("nobody asks any more").isFalse();
    }
  }

  @Test
  void shouldRankDebtsWithoutMaintenanceFirst() {
    List<ClosestRanking.Candidate> ranked = new ArrayList<>();
    ranked.add(new ClosestRanking.Candidate(1, 10, 0));
    ranked.add(new ClosestRanking.Candidate(2, Long.MAX_VALUE, Long.MAX_VALUE - 1));
    ranked.add(new ClosestRanking.Candidate(3, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    ranked.add(new ClosestRanking.Candidate(4, -1, 0));
    ranked.add(new ClosestRanking.Candidate(5, -10, 5));
    ranked.add(new ClosestRanking.Candidate(6, -5, 0));
    ranked.sort(null);
    assertThat(ranked)
        .extracting(ClosestRanking.Candidate::index)
        .containsExactly(6, 4, 5, 3, 2, 1);
  }
}
