package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Quotes;
import io.evenkeel.engine.market.SettlementSeries;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what can be held, at what price, and by which rules, beside [EngineView]. Changes nothing;
/// call it on the engine's thread, between commands.
public final class MarketView {
  private final Book book;

  MarketView(Book book) {
    this.book = book;
  }

  /// A rulebook.
  ///
  /// @param announced the version that waits; null when none does
  /// @param announcedTimeNs when it comes into force; 0 when none waits
  public record Rules(
      int rulebookId, Rulebook inForce, @Nullable Rulebook announced, long announcedTimeNs) {}

  /// All assets, in order of definition.
  public List<Asset> assets() {
    List<Asset> list = new ArrayList<>(book.assets.size());
    for (int asset = 0; asset < book.assets.size(); asset++) {
      list.add(book.assets.at(asset));
    }
    return list;
  }

  /// All instruments, in order of definition.
  public List<Instrument> instruments() {
    List<Instrument> list = new ArrayList<>(book.instruments.size());
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      list.add(book.instruments.at(instrument));
    }
    return list;
  }

  /// All rulebooks, in order of definition.
  public List<Rules> rulebooks() {
    List<Rules> list = new ArrayList<>(book.rulebooks.size());
    for (int rulebook = 0; rulebook < book.rulebooks.size(); rulebook++) {
      Rulebook announced = book.rulebooks.announced(rulebook);
      list.add(
          new Rules(
              book.rulebooks.idAt(rulebook),
              book.rulebooks.at(rulebook).rulebook(),
              announced,
              announced == null ? 0 : book.rulebooks.effectiveTimeNs(rulebook)));
    }
    return list;
  }

  /// When the last good price of an asset was true according to its source; 0 when no feed gave
  /// one.
  public long priceTimeNs(int assetId) {
    return book.assets.quotes().timeNs(asset(assetId));
  }

  /// When the last good mark of an instrument was true according to its source; 0 when never
  /// marked.
  public long markTimeNs(int instrumentId) {
    return book.instruments.quotes().timeNs(instrument(instrumentId));
  }

  /// Whether an asset is money rather than something whose price moves with the market: no contract
  /// is written on it, and it is the cash asset of a rulebook, or contracts that are not inverse
  /// settle in it.
  public boolean isCash(int assetId) {
    return Cash.is(book, asset(assetId));
  }

  /// Trading phase.
  public TradingPhase phase(int instrumentId) {
    return book.instruments.phase(instrument(instrumentId));
  }

  /// Whether a contract has ended.
  public boolean isSettled(int instrumentId) {
    return book.instruments.isSettled(instrument(instrumentId));
  }

  /// Sum of all long positions, quantity units.
  public long openInterestUnits(int instrumentId) {
    return book.instruments.openInterestUnits(instrument(instrumentId));
  }

  /// What has come of a settlement average by now.
  ///
  /// @param averagePriceUnits of what has passed, price units of the underlying; 0 before anything
  ///   has
  /// @param coveredNs for how long of the window the price was known
  /// @param observations from how many pieces of one price, with the one that runs
  /// @param stated the price stated ahead, which wins; or null
  /// @param isOver whether the expiry has been dealt with: the contract has ended, or waits for a
  ///   stated price
  public record RunningAverage(
      long averagePriceUnits,
      long coveredNs,
      long observations,
      @Nullable Decimal stated,
      boolean isOver) {}

  /// The settlement average of a contract that ends by itself; null for any other.
  public @Nullable RunningAverage runningAverage(int instrumentId) {
    SettlementSeries all = book.settlements;
    int series = all.of(instrument(instrumentId));
    if (series == SettlementSeries.NONE) {
      return null;
    }
    Quotes quotes = book.assets.quotes();
    long now = book.nowNs.get();
    long running = all.isDone(series) ? 0 : all.uncountedNs(series, quotes, now);
    return new RunningAverage(
        all.averageUnits(series, quotes, now),
        all.coveredNs(series) + running,
        all.observations(series) + (running > 0 ? 1 : 0),
        all.stated(series),
        all.isDone(series));
  }

  private int asset(int assetId) {
    int asset = book.assets.find(assetId);
    if (asset == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no asset " + assetId);
    }
    return asset;
  }

  private int instrument(int instrumentId) {
    int instrument = book.instruments.find(instrumentId);
    if (instrument == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no instrument " + instrumentId);
    }
    return instrument;
  }
}
