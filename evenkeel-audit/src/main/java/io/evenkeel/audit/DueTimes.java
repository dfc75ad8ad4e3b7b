package io.evenkeel.audit;

import io.evenkeel.audit.AuditAccount.Call;
import io.evenkeel.audit.AuditRulebook.Waiting;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What falls due as time passes: section 1 of the rules.
final class DueTimes {
  /// In the order in which what is due at one instant runs.
  private enum Kind {
    PARAMETERS,
    STALE,
    LOST,
    EXPIRY,
    DEADLINE,
    AUCTION_END,
    COOL_DOWN
  }

  private record Due(long atNs, Kind kind) {}

  private final AuditBook book;
  private final Journal journal;
  private final MarketData marketData;
  private final Lending lending;
  private final ExpiryCommands expiries;
  private final Cycle cycle;
  private final Calls calls;

  /// The time before the present command arrived.
  private long arrivedFromNs;

  DueTimes(
      AuditBook book,
      Journal journal,
      MarketData marketData,
      Lending lending,
      ExpiryCommands expiries,
      Cycle cycle,
      Valuation valuation) {
    this.book = book;
    this.lending = lending;
    this.expiries = expiries;
    this.journal = journal;
    this.marketData = marketData;
    this.cycle = cycle;
    this.calls = new Calls(book, journal, valuation, new Ranking(book));
  }

  /// Runs everything due until then, in order, and arrives there.
  void advance(long logTimeNs) {
    arrivedFromNs = book.nowNs;
    long untilNs = Math.max(book.nowNs, logTimeNs);
    for (Due due = earliest(); due != null && due.atNs <= untilNs; due = earliest()) {
      book.nowNs = Math.max(book.nowNs, due.atNs);
      lending.advance();
      run(due);
    }
    book.nowNs = untilNs;
    lending.advance();
  }

  private @Nullable Due earliest() {
    List<PriceState> prices = marketData.allPrices();
    List<@Nullable Due> candidates = new ArrayList<>();
    candidates.add(first(Kind.PARAMETERS, book.rulebooks, DueTimes::effectiveAtNs));
    candidates.add(first(Kind.STALE, prices, marketData::staleAtNs));
    candidates.add(first(Kind.LOST, prices, marketData::lostAtNs));
    candidates.add(first(Kind.EXPIRY, book.series, ExpirySeries::dueAtNs));
    candidates.add(first(Kind.DEADLINE, book.accounts, DueTimes::deadlineNs));
    candidates.add(first(Kind.AUCTION_END, book.accounts, this::auctionEndNs));
    candidates.add(first(Kind.COOL_DOWN, book.accounts, this::cooledDownAtNs));
    Due earliest = null;
    for (Due candidate : candidates) {
      if (candidate != null && (earliest == null || candidate.atNs < earliest.atNs)) {
        earliest = candidate;
      }
    }
    return earliest;
  }

  private static <T> @Nullable Due first(
      Kind kind, List<T> all, Function<T, @Nullable Long> dueAtNs) {
    Due first = null;
    for (T one : all) {
      Long atNs = dueAtNs.apply(one);
      if (atNs != null && atNs != Long.MAX_VALUE && (first == null || atNs < first.atNs)) {
        first = new Due(atNs, kind);
      }
    }
    return first;
  }

  private static <T> List<T> dueAt(long atNs, List<T> all, Function<T, @Nullable Long> dueAtNs) {
    List<T> due = new ArrayList<>();
    for (T one : all) {
      Long itsNs = dueAtNs.apply(one);
      if (itsNs != null && itsNs == atNs) {
        due.add(one);
      }
    }
    return due;
  }

  private static @Nullable Long effectiveAtNs(AuditRulebook rulebook) {
    Waiting waiting = rulebook.waiting;
    return waiting == null ? null : Long.valueOf(waiting.effectiveTimeNs());
  }

  private static @Nullable Long deadlineNs(AuditAccount account) {
    Call call = account.call;
    return call == null || call.expired() ? null : Long.valueOf(call.deadlineNs());
  }

  /// When an account in EXCESS has cooled down since its last release; each such instant runs once.
  private @Nullable Long cooledDownAtNs(AuditAccount account) {
    Long last = account.lastReleaseNs;
    if (last == null || account.closed || account.statedZone != Zone.EXCESS) {
      return null;
    }
    long atNs = Exact.later(last, account.rulebook.inForce().release().coolDownNs());
    Long ran = account.lastCoolDownNs;
    boolean due = atNs > arrivedFromNs && (ran == null || ran != atNs);
    return due ? Long.valueOf(atNs) : null;
  }

  /// When a solvent auction has come to its end; each such instant runs once.
  private @Nullable Long auctionEndNs(AuditAccount account) {
    AuditAuction auction = account.auction;
    Long ran = account.lastAuctionEndNs;
    if (auction == null || auction.insolvent || auction.endNs <= arrivedFromNs) {
      return null;
    }
    return ran != null && ran == auction.endNs ? null : Long.valueOf(auction.endNs);
  }

  private void run(Due due) {
    long atNs = due.atNs;
    switch (due.kind) {
      case PARAMETERS -> {
        List<AuditRulebook> rulebooks = dueAt(atNs, book.rulebooks, DueTimes::effectiveAtNs);
        AuditRulebook lowest =
            rulebooks.stream().min(Comparator.comparingInt(rulebook -> rulebook.id)).orElseThrow();
        putInForce(lowest, Objects.requireNonNull(lowest.waiting).rulebook());
      }
      case STALE -> {
        List<PriceState> stale = dueAt(atNs, marketData.allPrices(), marketData::staleAtNs);
        marketData.becomeStale(stale);
        cycle.run(Trigger.TIME, book.accountsExposedTo(stale));
      }
      case LOST -> {
        List<PriceState> lost = dueAt(atNs, marketData.allPrices(), marketData::lostAtNs);
        marketData.becomeLost(lost);
        cycle.run(Trigger.TIME, book.accountsExposedTo(lost));
      }
      case EXPIRY -> expiries.fallDue(dueAt(atNs, book.series, ExpirySeries::dueAtNs));
      case DEADLINE -> {
        List<AuditAccount> expired = dueAt(atNs, book.accounts, DueTimes::deadlineNs);
        expired.forEach(account -> calls.expire(account, Objects.requireNonNull(account.call)));
        cycle.run(Trigger.TIME, expired);
      }
      case AUCTION_END -> {
        List<AuditAccount> ended = dueAt(atNs, book.accounts, this::auctionEndNs);
        ended.forEach(account -> account.lastAuctionEndNs = atNs);
        cycle.run(Trigger.TIME, ended);
      }
      case COOL_DOWN -> {
        List<AuditAccount> cooled = dueAt(atNs, book.accounts, this::cooledDownAtNs);
        cooled.forEach(account -> account.lastCoolDownNs = atNs);
        cycle.run(Trigger.TIME, cooled);
      }
    }
  }

  /// Puts a version of a rulebook in force and looks at its accounts.
  void putInForce(AuditRulebook rulebook, io.evenkeel.model.rulebook.Rulebook version) {
    rulebook.waiting = null;
    if (rulebook.index == 0) {
      lending.accrueAll();
    }
    rulebook.putInForce(version, book);
    book.stamp++;
    if (rulebook.index == 0) {
      lending.adopt();
    }
    journal.say(new Event.RulebookInForce(rulebook.id, version.name(), version.version()));
    cycle.run(
        Trigger.PARAMETER_CHANGE,
        book.accounts.stream().filter(account -> account.rulebook == rulebook).toList());
  }
}
