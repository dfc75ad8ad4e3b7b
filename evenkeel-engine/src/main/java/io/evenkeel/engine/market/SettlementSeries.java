package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.ReferenceColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.SettlementAverage;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Contracts that end by themselves, grouped by what they have in common: underlying, expiry and
/// settlement average; and what has been counted of the average (`docs/RULES.md`, section 5.3).
///
/// The sum of price times time is 128 bits wide: a price has up to 63, seven days in nanoseconds
/// have 50. It is added to only when the price changes, so a reading between two marks adds what
/// has passed since.
public final class SettlementSeries {
  /// Stands for the series of a contract that has none.
  public static final int NONE = -1;

  private final LongCell count;
  private final IntColumn seriesOfInstrument;
  private final IntColumn asset;
  private final LongColumn expiry;
  private final ReferenceColumn<SettlementAverage> terms;
  private final LongColumn countedUntil;
  private final LongColumn sumHigh;
  private final LongColumn sumLow;
  private final LongColumn covered;
  private final LongColumn observations;
  private final IntColumn done;
  private final ReferenceColumn<Decimal> stated;

  /// Earliest start of a window, and earliest expiry, of a series that is not done: derived, so
  /// that a mark or a command with nothing to do looks at one number. May be too early.
  private final LongCell firstStart;

  private final LongCell firstExpiry;

  /// Starts empty.
  public SettlementSeries(UndoLog undo) {
    count = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    seriesOfInstrument = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
    asset = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    expiry = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    terms = new ReferenceColumn<>(undo);
    countedUntil = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    sumHigh = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    sumLow = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    covered = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    observations = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    done = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    stated = new ReferenceColumn<>(undo);
    firstStart = new LongCell(undo, Long.MAX_VALUE).bearingOn(Scope.NOTHING);
    firstExpiry = new LongCell(undo, Long.MAX_VALUE).bearingOn(Scope.NOTHING);
  }

  /// How many there are, done or not.
  public int size() {
    return count.getInt();
  }

  /// The series of a contract, or [#NONE].
  public int of(int instrument) {
    return seriesOfInstrument.get(instrument);
  }

  /// Index of the underlying.
  public int asset(int series) {
    return asset.get(series);
  }

  /// When its contracts end, epoch nanoseconds.
  public long expiryNs(int series) {
    return expiry.get(series);
  }

  /// Window and least coverage.
  public SettlementAverage terms(int series) {
    return terms.get(series);
  }

  /// Up to when pieces are counted: what the price was later is not in the sum yet.
  public long countedUntilNs(int series) {
    return countedUntil.get(series);
  }

  /// Upper half of the sum of price units x nanoseconds.
  public long sumHigh(int series) {
    return sumHigh.get(series);
  }

  /// Lower half of that sum, unsigned.
  public long sumLow(int series) {
    return sumLow.get(series);
  }

  /// For how long the price was known, nanoseconds.
  public long coveredNs(int series) {
    return covered.get(series);
  }

  /// How many pieces were counted.
  public long observations(int series) {
    return observations.get(series);
  }

  /// Whether its expiry has been dealt with.
  public boolean isDone(int series) {
    return done.get(series) != 0;
  }

  /// The price stated ahead, or null.
  public @Nullable Decimal stated(int series) {
    return stated.find(series);
  }

  /// States a price ahead.
  public void state(int series, Decimal price) {
    stated.set(series, price);
  }

  /// Puts a contract that was just defined into its series; a new one begins to count now. A
  /// contract that is defined at its expiry, or states no average, is left alone.
  ///
  /// @param underlying index of the asset it is written on
  public void join(int instrument, ContractTerms contract, int underlying, long nowNs) {
    assign(instrument, NONE);
    SettlementAverage average = contract.average();
    if (average == null || contract.expiryNs() <= nowNs) {
      return;
    }
    int series = find(underlying, contract.expiryNs(), average);
    if (series == NONE) {
      series = add(underlying, contract.expiryNs(), average, nowNs);
      for (int other = 0; other < series; other++) {
        if (asset.get(other) == underlying
            && expiry.get(other) == contract.expiryNs()
            && stated.find(other) != null) {
          stated.set(series, stated.find(other));
        }
      }
    }
    assign(instrument, series);
  }

  private int find(int underlying, long expiryNs, SettlementAverage average) {
    for (int series = 0; series < size(); series++) {
      if (expiry.get(series) == expiryNs
          && asset.get(series) == underlying
          && terms.get(series).equals(average)) {
        return series;
      }
    }
    return NONE;
  }

  /// Adds a series as a snapshot or a first contract has it, with nothing counted.
  public int add(int underlying, long expiryNs, SettlementAverage average, long untilNs) {
    int series = size();
    count.set(series + 1L);
    asset.reserve(series + 1);
    expiry.reserve(series + 1);
    countedUntil.reserve(series + 1);
    sumHigh.reserve(series + 1);
    sumLow.reserve(series + 1);
    covered.reserve(series + 1);
    observations.reserve(series + 1);
    done.reserve(series + 1);
    asset.set(series, underlying);
    expiry.set(series, expiryNs);
    terms.set(series, average);
    countedUntil.set(series, untilNs);
    firstStart.set(Math.min(firstStart.get(), startNs(series)));
    firstExpiry.set(Math.min(firstExpiry.get(), expiryNs));
    return series;
  }

  /// Puts a contract into a series.
  public void assign(int instrument, int series) {
    seriesOfInstrument.reserve(instrument + 1);
    seriesOfInstrument.set(instrument, series);
  }

  /// Puts back what a snapshot kept of a series.
  public void restore(
      int series,
      long high,
      long low,
      long coveredNs,
      long pieces,
      boolean isDone,
      @Nullable Decimal price) {
    sumHigh.set(series, high);
    sumLow.set(series, low);
    covered.set(series, coveredNs);
    observations.set(series, pieces);
    if (price != null) {
      stated.set(series, price);
    }
    if (isDone) {
      close(series);
    }
  }

  private long startNs(int series) {
    return expiry.get(series) - terms.get(series).windowNs();
  }

  /// The price of an asset is about to change, or to be degraded: ends the piece that it had.
  public void beforeChange(int changed, Quotes quotes, long nowNs) {
    if (nowNs <= firstStart.get()) {
      return;
    }
    for (int series = 0; series < size(); series++) {
      if (asset.get(series) == changed && done.get(series) == 0) {
        count(series, quotes, nowNs);
      }
    }
  }

  /// Adds the piece that runs, as far as it has come.
  public void count(int series, Quotes quotes, long nowNs) {
    long length = uncountedNs(series, quotes, nowNs);
    if (length > 0) {
      long price = quotes.last(asset.get(series));
      long low = price * length;
      long sum = sumLow.get(series) + low;
      long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
      sumLow.set(series, sum);
      sumHigh.add(series, Math.multiplyHigh(price, length) + carry);
      covered.add(series, length);
      observations.add(series, 1);
    }
    if (nowNs > startNs(series)) {
      countedUntil.set(
          series, Math.max(countedUntil.get(series), Math.min(nowNs, expiryNs(series))));
    }
  }

  /// How long the piece that runs has come, nanoseconds: 0 while the price is not known, before the
  /// window and after the expiry.
  public long uncountedNs(int series, Quotes quotes, long nowNs) {
    int of = asset.get(series);
    boolean known = quotes.isFed(of) && !quotes.isDegraded(of);
    long from = Math.max(countedUntil.get(series), startNs(series));
    return known ? Math.max(0, Math.min(nowNs, expiryNs(series)) - from) : 0;
  }

  /// The average of what has passed by now, price units of the asset, nearest, halves up; 0 when
  /// nothing is covered.
  public long averageUnits(int series, Quotes quotes, long nowNs) {
    long running = uncountedNs(series, quotes, nowNs);
    BigInteger length = BigInteger.valueOf(covered.get(series) + running);
    if (length.signum() == 0) {
      return 0;
    }
    BigInteger sum =
        BigInteger.valueOf(sumHigh.get(series))
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(sumLow.get(series))))
            .add(
                BigInteger.valueOf(quotes.last(asset.get(series)))
                    .multiply(BigInteger.valueOf(running)));
    return sum.shiftLeft(1).add(length).divide(length.shiftLeft(1)).longValueExact();
  }

  /// Whether the window was covered as the contracts ask for.
  public boolean isCovered(int series) {
    SettlementAverage average = terms.get(series);
    return Fixed.compareProducts(
            covered.get(series),
            average.leastCoverage().divisor(),
            average.leastCoverage().units(),
            average.windowNs())
        >= 0;
  }

  /// Earliest expiry that may have to be dealt with; never too late.
  public long firstExpiryNs() {
    return firstExpiry.get();
  }

  /// Its expiry is dealt with: nothing is counted any more.
  public void close(int series) {
    done.set(series, 1);
    long start = Long.MAX_VALUE;
    long end = Long.MAX_VALUE;
    for (int other = 0; other < size(); other++) {
      if (done.get(other) == 0) {
        start = Math.min(start, startNs(other));
        end = Math.min(end, expiry.get(other));
      }
    }
    firstStart.set(start);
    firstExpiry.set(end);
  }
}
