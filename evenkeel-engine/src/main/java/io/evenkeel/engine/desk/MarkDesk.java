package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Quotes;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.AccountWatch;
import io.evenkeel.engine.rebalance.CashSettlement;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.Trigger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes batches of marks, judges each, and finds who is concerned (`docs/RULES.md`, section 4).
public final class MarkDesk {
  private final Book book;
  private final EngineLimits limits;
  private final CashSettlement settlement;
  private final SlowStatements slowStatements;
  private final AccountWatch watch;
  private boolean isWatched;

  /// Batch positions by target index, -1 where the batch has no mark: judged in index-free order
  /// below.
  private int[] markOfInstrument = new int[0];

  private int[] markOfAsset = new int[0];
  private int[] order = new int[16];
  private int[] settling = new int[16];

  /// Reads and writes the book.
  public MarkDesk(Book book, EngineLimits limits, CashSettlement settlement, AccountWatch watch) {
    this.watch = watch;
    this.book = book;
    this.limits = limits;
    this.settlement = settlement;
    this.slowStatements = new SlowStatements(book);
  }

  /// Judges and takes a batch; accounts exposed to what changed are added to `concerned`.
  public RefusalReason mark(MarkBatch batch, AccountSet concerned) {
    if (batch.size() > limits.marksPerBatch()) {
      return RefusalReason.BATCH_TOO_LARGE;
    }
    RefusalReason reason = sortIn(batch);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    isWatched = watch.refresh();
    int settlements = 0;
    int count = orderById(batch, Target.INSTRUMENT, markOfInstrument);
    for (int i = 0; i < count; i++) {
      int instrument = book.instruments.find(batch.id(order[i]));
      book.workOn(-1, instrument);
      boolean accepted = takeInstrumentMark(batch, order[i], instrument, concerned);
      if (accepted && book.instruments.settlesVariationInCash(instrument)) {
        settling =
            settling.length == settlements ? Arrays.copyOf(settling, 2 * settlements) : settling;
        settling[settlements++] = instrument;
      }
    }
    count = orderById(batch, Target.ASSET, markOfAsset);
    for (int i = 0; i < count; i++) {
      book.workOn(-1, -1);
      takeAssetPrice(batch, order[i], book.assets.find(batch.id(order[i])), concerned);
    }
    if (isWatched) {
      watch.detect(concerned);
    }
    settleVariation(settlements);
    return RefusalReason.NONE;
  }

  private void settleVariation(int settlements) {
    boolean runs =
        book.rulebooks.size() > 0
            && book.rulebooks.at(0).rulebook().onTrigger(Trigger.MARKS).runs(CycleStep.SETTLE);
    Arrays.sort(settling, 0, settlements);
    for (int i = 0; i < settlements && runs; i++) {
      book.workOn(-1, settling[i]);
      settlement.settleVariation(settling[i]);
    }
  }

  private RefusalReason sortIn(MarkBatch batch) {
    markOfInstrument = cleared(markOfInstrument, book.instruments.size());
    markOfAsset = cleared(markOfAsset, book.assets.size());
    for (int i = 0; i < batch.size(); i++) {
      boolean ofInstrument = batch.target(i) == Target.INSTRUMENT;
      int index = ofInstrument ? book.instruments.find(batch.id(i)) : book.assets.find(batch.id(i));
      if (index == IdIndex.ABSENT) {
        return ofInstrument ? RefusalReason.UNKNOWN_INSTRUMENT : RefusalReason.UNKNOWN_ASSET;
      }
      int[] marks = ofInstrument ? markOfInstrument : markOfAsset;
      if (marks[index] >= 0) {
        return RefusalReason.DUPLICATE_MARK;
      }
      marks[index] = i;
    }
    return RefusalReason.NONE;
  }

  private static int[] cleared(int[] marks, int size) {
    int[] fitting = marks.length < size ? new int[size + (size >> 1)] : marks;
    Arrays.fill(fitting, -1);
    return fitting;
  }

  /// Lists the batch positions of one kind of target in ascending identifier; insertion keeps a
  /// sorted batch free of cost.
  private int orderById(MarkBatch batch, Target target, int[] marks) {
    int count = 0;
    int size = target == Target.INSTRUMENT ? book.instruments.size() : book.assets.size();
    for (int index = 0; index < size; index++) {
      int mark = marks[index];
      if (mark < 0) {
        continue;
      }
      order = order.length == count ? Arrays.copyOf(order, 2 * count) : order;
      int at = count++;
      while (at > 0 && batch.id(order[at - 1]) > batch.id(mark)) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = mark;
    }
    return count;
  }

  /// Takes or rejects one mark; true when it was accepted.
  private boolean takeInstrumentMark(
      MarkBatch batch, int at, int instrument, AccountSet concerned) {
    Quotes quotes = book.instruments.quotes();
    long before = quotes.last(instrument);
    int uncertaintyBefore = quotes.uncertaintyE6(instrument);
    MarkFault fault =
        book.instruments.isTrading(instrument)
            ? judge(batch, at, quotes, instrument, book.rulebooks.venue().markGuard())
            : MarkFault.NOT_TRADING;
    boolean changed = take(batch, at, quotes, instrument, fault);
    boolean accepted = fault == null;
    boolean settles = accepted && book.instruments.settlesVariationInCash(instrument);
    boolean stated = accepted && slowStatements.atMark(instrument);
    stated |= slowStatements.isOn() && quotes.uncertaintyE6(instrument) != uncertaintyBefore;
    boolean moved = quotes.last(instrument) != before;
    if (isWatched && moved) {
      watch.moveMark(instrument);
    }
    if (changed || settles || stated || (moved && !isWatched)) {
      addExposedToInstrument(instrument, concerned);
    }
    return accepted;
  }

  private void takeAssetPrice(MarkBatch batch, int at, int asset, AccountSet concerned) {
    Quotes quotes = book.assets.quotes();
    long before = quotes.last(asset);
    MarkFault fault = judge(batch, at, quotes, asset, book.rulebooks.venue().assetGuard());
    boolean changed = take(batch, at, quotes, asset, fault);
    boolean moved = quotes.last(asset) != before;
    boolean isEnough = isWatched && watch.watchesPrice(asset);
    if (isEnough && moved) {
      watch.movePrice(asset);
    }
    if (changed || (moved && !isEnough)) {
      addExposedToAsset(asset, concerned);
    }
  }

  private @Nullable MarkFault judge(
      MarkBatch batch, int at, Quotes quotes, int index, MarketDataGuard guard) {
    return quotes.judge(
        index,
        batch.priceUnits(at),
        batch.timeNs(at),
        batch.uncertaintyE6(at),
        book.nowNs.get(),
        guard);
  }

  /// Applies the judgement; true when the target became degraded or was restored.
  private boolean take(
      MarkBatch batch, int at, Quotes quotes, int index, @Nullable MarkFault fault) {
    Target target = batch.target(at);
    int id = batch.id(at);
    long now = book.nowNs.get();
    if (fault == null) {
      endPiece(target, index);
      boolean restored =
          quotes.accept(
              index, batch.priceUnits(at), batch.timeNs(at), batch.uncertaintyE6(at), now);
      if (restored) {
        book.events.emit(new Event.MarketDataRestored(target, id, batch.priceUnits(at)));
      }
      return restored;
    }
    book.events.emit(
        new Event.MarkRejected(target, id, batch.priceUnits(at), quotes.last(index), fault));
    if (fault == MarkFault.NOT_TRADING
        || fault == MarkFault.OUT_OF_ORDER
        || quotes.isDegraded(index)) {
      return false;
    }
    degrade(target, quotes, index, id, fault);
    return true;
  }

  /// What was known of a price until now counts in the averages that contracts settle at.
  private void endPiece(Target target, int index) {
    if (target == Target.ASSET) {
      book.settlements.beforeChange(index, book.assets.quotes(), book.nowNs.get());
    }
  }

  private void degrade(Target target, Quotes quotes, int index, int id, MarkFault fault) {
    endPiece(target, index);
    quotes.degrade(index, book.nowNs.get());
    book.events.emit(new Event.MarketDataDegraded(target, id, fault));
  }

  /// Adds every account with a row in an instrument.
  public void addExposedToInstrument(int instrument, AccountSet concerned) {
    concerned.addAll(
        book.positions.sweepHolders(instrument), book.positions.holderCount(instrument));
  }

  /// Adds every account with a balance in an asset, or a row that settles in it.
  public void addExposedToAsset(int asset, AccountSet concerned) {
    long[] margins = book.ledger.sweepMargins();
    int stride = book.ledger.stride();
    int accounts = book.accounts.size();
    for (int account = 0; account < accounts; account++) {
      if (margins[account * stride + asset] != 0) {
        concerned.add(account);
      }
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (book.instruments.settlementAsset(instrument) == asset) {
        addExposedToInstrument(instrument, concerned);
      }
    }
  }

  /// Earliest instant at which a healthy price goes stale (`lost` false) or a degraded one is lost
  /// (`lost` true).
  public long nextDueNs(boolean lost) {
    if (book.rulebooks.size() == 0) {
      return Long.MAX_VALUE;
    }
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < book.instruments.size(); i++) {
      earliest = Math.min(earliest, instrumentDueNs(i, lost));
    }
    for (int i = 0; i < book.assets.size(); i++) {
      earliest = Math.min(earliest, assetDueNs(i, lost));
    }
    return earliest;
  }

  private long instrumentDueNs(int instrument, boolean lost) {
    Quotes quotes = book.instruments.quotes();
    return book.instruments.isTrading(instrument) && quotes.isDegraded(instrument) == lost
        ? quotes.nextDueNs(instrument, book.rulebooks.venue().markGuard())
        : Long.MAX_VALUE;
  }

  private long assetDueNs(int asset, boolean lost) {
    Quotes quotes = book.assets.quotes();
    return quotes.isDegraded(asset) == lost
        ? quotes.nextDueNs(asset, book.rulebooks.venue().assetGuard())
        : Long.MAX_VALUE;
  }

  /// Degrades, or gives up, every price due at exactly `dueNs`; accounts exposed are added to
  /// `concerned`.
  public void fallDue(long dueNs, boolean lost, AccountSet concerned) {
    int[] instruments = idOrderOfInstruments(dueNs, lost);
    for (int instrument : instruments) {
      age(
          Target.INSTRUMENT,
          book.instruments.quotes(),
          instrument,
          book.instruments.idAt(instrument),
          lost);
      addExposedToInstrument(instrument, concerned);
    }
    for (int asset : idOrderOfAssets(dueNs, lost)) {
      age(Target.ASSET, book.assets.quotes(), asset, book.assets.idAt(asset), lost);
      addExposedToAsset(asset, concerned);
    }
  }

  private void age(Target target, Quotes quotes, int index, int id, boolean lost) {
    if (lost) {
      quotes.lose(index);
      book.events.emit(new Event.MarketDataLost(target, id));
    } else {
      degrade(target, quotes, index, id, MarkFault.STALE);
    }
  }

  private int[] idOrderOfInstruments(long dueNs, boolean lost) {
    long[] due = new long[book.instruments.size()];
    int count = 0;
    for (int i = 0; i < due.length; i++) {
      if (instrumentDueNs(i, lost) == dueNs) {
        due[count++] = (long) book.instruments.idAt(i) << 32 | i;
      }
    }
    return indicesInOrder(due, count);
  }

  private int[] idOrderOfAssets(long dueNs, boolean lost) {
    long[] due = new long[book.assets.size()];
    int count = 0;
    for (int i = 0; i < due.length; i++) {
      if (assetDueNs(i, lost) == dueNs) {
        due[count++] = (long) book.assets.idAt(i) << 32 | i;
      }
    }
    return indicesInOrder(due, count);
  }

  private static int[] indicesInOrder(long[] idsAndIndices, int count) {
    Arrays.sort(idsAndIndices, 0, count);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) idsAndIndices[i];
    }
    return indices;
  }
}
