package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.SettlementSeries;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.CashSettlement;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AverageResult;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How dated contracts end: by a command that states the price of their underlying, or by
/// themselves at its average (`docs/RULES.md`, sections 5.2 and 5.3).
public final class ExpiryDesk {
  private final Book book;
  private final CashSettlement settlement;

  /// Contracts that end at the instant at hand and their prices, in instrument order.
  private int[] ending = new int[16];

  private long[] prices = new long[16];
  private int endings;
  private int ended;
  private final AccountSet former = new AccountSet();

  /// Reads and writes the book.
  public ExpiryDesk(Book book, CashSettlement settlement) {
    this.book = book;
    this.settlement = settlement;
  }

  /// Ends the contracts of an expiry, in the order of their definition; accounts that had a row in
  /// one of them are added to `concerned`. Before the expiry it states the price ahead.
  public RefusalReason settle(Command.SettleExpiry command, AccountSet concerned) {
    if (book.assets.find(command.underlyingAssetId()) == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    boolean ahead = command.expiryNs() > book.nowNs.get();
    RefusalReason reason = checkExpiry(command, ahead);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (ahead) {
      statePrice(command);
      return RefusalReason.NONE;
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (isOf(instrument, command) && book.instruments.isTrading(instrument)) {
        end(instrument, priceUnits(instrument, command.settlementPrice()), concerned);
      }
    }
    return RefusalReason.NONE;
  }

  private void statePrice(Command.SettleExpiry command) {
    int asset = book.assets.find(command.underlyingAssetId());
    for (int series = 0; series < book.settlements.size(); series++) {
      if (book.settlements.asset(series) == asset
          && book.settlements.expiryNs(series) == command.expiryNs()) {
        book.settlements.state(series, command.settlementPrice());
      }
    }
    book.events.emit(
        new Event.SettlementPriceStated(
            command.underlyingAssetId(), command.expiryNs(), command.settlementPrice()));
  }

  /// Whether there is anything to end, or to state a price of ahead, and a price for all of it.
  private RefusalReason checkExpiry(Command.SettleExpiry command, boolean ahead) {
    RefusalReason standing = RefusalReason.UNKNOWN_INSTRUMENT;
    boolean concernsAny = !ahead;
    boolean priced = command.settlementPrice().units() > 0;
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (isOf(instrument, command)) {
        RefusalReason each = standingOf(instrument);
        if (each == RefusalReason.NONE) {
          standing = RefusalReason.NONE;
          boolean meant = !ahead || book.settlements.of(instrument) != SettlementSeries.NONE;
          concernsAny |= meant;
          priced = priced && (!meant || isPriced(instrument, command.settlementPrice()));
        } else if (standing != RefusalReason.NONE && standing != RefusalReason.INSTRUMENT_FROZEN) {
          standing = each;
        }
      }
    }
    if (standing == RefusalReason.UNKNOWN_INSTRUMENT) {
      return standing;
    }
    if (!concernsAny) {
      return RefusalReason.NOT_EXPIRED;
    }
    return standing == RefusalReason.NONE && !priced ? RefusalReason.INVALID_PRICE : standing;
  }

  private RefusalReason standingOf(int instrument) {
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    return book.instruments.isSettled(instrument)
        ? RefusalReason.INSTRUMENT_SETTLED
        : RefusalReason.NONE;
  }

  private boolean isPriced(int instrument, Decimal settlementPrice) {
    boolean mayBeWorthless =
        book.instruments.at(instrument).kind() == ContractKind.OPTION
            || book.rulebooks.venue().conduct().settlesAtZero();
    return priceUnits(instrument, settlementPrice) >= (mayBeWorthless ? 0 : 1);
  }

  private long priceUnits(int instrument, Decimal settlementPrice) {
    LinearContract contract = book.instruments.at(instrument);
    return ExpiryPrices.priceUnits(contract, settlementPrice);
  }

  private boolean isOf(int instrument, Command.SettleExpiry command) {
    ContractTerms terms = book.instruments.at(instrument).terms();
    return terms.underlyingAssetId() == command.underlyingAssetId()
        && terms.expiryNs() == command.expiryNs()
        && terms.expiryNs() > 0;
  }

  private void end(int instrument, long priceUnits, AccountSet had) {
    book.workOn(-1, instrument);
    settlement.settleFinally(instrument, priceUnits, had);
    book.events.emit(new Event.InstrumentSettled(book.instruments.idAt(instrument), priceUnits));
  }

  /// Earliest expiry up to `untilNs` at which contracts end by themselves; `Long.MAX_VALUE` when
  /// there is none. What ended before its expiry needs no unit of work, so it is done with here.
  public long nextDueNs(long untilNs) {
    SettlementSeries all = book.settlements;
    if (all.firstExpiryNs() > untilNs) {
      return Long.MAX_VALUE;
    }
    long earliest = Long.MAX_VALUE;
    for (int series = 0; series < all.size(); series++) {
      if (!all.isDone(series) && all.expiryNs(series) <= untilNs) {
        if (stands(series)) {
          earliest = Math.min(earliest, all.expiryNs(series));
        } else if (all.expiryNs(series) <= book.nowNs.get()) {
          all.close(series);
        }
      }
    }
    return earliest;
  }

  private boolean stands(int series) {
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (book.settlements.of(instrument) == series && book.instruments.isTrading(instrument)) {
        return true;
      }
    }
    return false;
  }

  /// Fixes the prices at which contracts of an expiry end, or says that they wait. What ends is
  /// then ended one by one ([#hasNext()], [#endNext()]), each by itself so that a fault in one
  /// leaves the others alone.
  public void fallDue(long dueNs) {
    endings = 0;
    ended = 0;
    former.clear();
    SettlementSeries all = book.settlements;
    int before = all.size();
    @Nullable Decimal[] priceOf = new Decimal[before];
    for (int series = 0; series < before; series++) {
      if (!all.isDone(series) && all.expiryNs(series) == dueNs && stands(series)) {
        priceOf[series] = fixPrice(series);
        all.close(series);
      }
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      int series = all.of(instrument);
      Decimal price = series == SettlementSeries.NONE ? null : priceOf[series];
      if (price != null && book.instruments.isTrading(instrument)) {
        plan(instrument, priceUnits(instrument, price));
      }
    }
  }

  /// The price of the underlying at which a series ends; null when it waits.
  private @Nullable Decimal fixPrice(int series) {
    SettlementSeries all = book.settlements;
    int asset = all.asset(series);
    all.count(series, book.assets.quotes(), book.nowNs.get());
    long average = all.averageUnits(series, book.assets.quotes(), book.nowNs.get());
    Decimal stated = all.stated(series);
    AverageResult result = AverageResult.SETTLED;
    if (stated == null) {
      boolean known = book.assets.quotes().isFed(asset) && !book.assets.quotes().isDegraded(asset);
      if (!known) {
        result = AverageResult.INDEX_DEGRADED;
      } else if (!all.isCovered(series)) {
        result = AverageResult.COVERAGE_TOO_SMALL;
      }
    }
    Decimal price =
        stated != null ? stated : new Decimal(average, book.assets.at(asset).priceScale());
    if (result == AverageResult.SETTLED && !isPriced(price, series)) {
      result = AverageResult.PRICE_OUT_OF_RANGE;
    }
    boolean settles = result == AverageResult.SETTLED;
    if (stated == null || !settles) {
      book.events.emit(
          new Event.SettlementAveraged(
              book.assets.idAt(asset),
              all.expiryNs(series),
              all.terms(series).windowNs(),
              average,
              all.coveredNs(series),
              all.observations(series),
              result));
    }
    return settles ? price : null;
  }

  private boolean isPriced(Decimal price, int series) {
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (book.settlements.of(instrument) == series
          && book.instruments.isTrading(instrument)
          && !isPriced(instrument, price)) {
        return false;
      }
    }
    return true;
  }

  private void plan(int instrument, long priceUnits) {
    if (endings == ending.length) {
      ending = Arrays.copyOf(ending, 2 * endings);
      prices = Arrays.copyOf(prices, 2 * endings);
    }
    ending[endings] = instrument;
    prices[endings++] = priceUnits;
  }

  /// Whether a contract of the instant at hand is still to end.
  public boolean hasNext() {
    return ended < endings;
  }

  /// Ends the next contract.
  public void endNext() {
    int next = ended++;
    end(ending[next], prices[next], former);
  }

  /// Adds the accounts that had a row in what has ended.
  public void addFormer(AccountSet concerned) {
    int count = former.drain();
    concerned.addAll(former.members(), count);
  }
}
