package io.evenkeel.engine.watch;

import static io.evenkeel.engine.watch.RecordLayout.ALWAYS;
import static io.evenkeel.engine.watch.RecordLayout.BY;
import static io.evenkeel.engine.watch.RecordLayout.CONSTANTS;
import static io.evenkeel.engine.watch.RecordLayout.COUNT_SHIFT;
import static io.evenkeel.engine.watch.RecordLayout.FACTOR_SHIFT;
import static io.evenkeel.engine.watch.RecordLayout.HAS_HIGHEST;
import static io.evenkeel.engine.watch.RecordLayout.HAS_LOWEST;
import static io.evenkeel.engine.watch.RecordLayout.LIMITED;
import static io.evenkeel.engine.watch.RecordLayout.LINK;
import static io.evenkeel.engine.watch.RecordLayout.META;
import static io.evenkeel.engine.watch.RecordLayout.ONE_SIDED;
import static io.evenkeel.engine.watch.RecordLayout.REPORTED;
import static io.evenkeel.engine.watch.RecordLayout.SLACKS_SHIFT;
import static io.evenkeel.engine.watch.RecordLayout.UNBOUNDED;
import static io.evenkeel.engine.watch.RecordLayout.WEIGHT_SHIFT;
import static io.evenkeel.engine.watch.RecordLayout.count;
import static io.evenkeel.engine.watch.RecordLayout.factor;
import static io.evenkeel.engine.watch.RecordLayout.header;
import static io.evenkeel.engine.watch.RecordLayout.slacks;
import static io.evenkeel.engine.watch.RecordLayout.stride;
import static io.evenkeel.engine.watch.RecordLayout.weight;

import io.evenkeel.model.number.Check;
import java.util.Arrays;

/// The certificates of all accounts: what is known of each ([AffineBounds]), and its bands in the
/// edges of its factors. With one slack, a record is two longs and two more for each factor, side
/// by side.
final class Certificates {
  /// Found by [#evaluate]: something could come of the account. Anything else says what is to be
  /// banded anew.
  static final int REPORT = 8;

  /// What is banded anew: the edges of all slacks; or else those of the one so numbered.
  private static final int ALL = 7;

  private static final long HEADROOM = 8;

  /// Longs of a cache line.
  private static final int LINE = 8;

  /// No such record.
  static final int NONE = Places.NONE;

  private final AccountRecords records = new AccountRecords();
  private FactorEdges[] edges = new FactorEdges[0];
  private long[] values = new long[0];
  private long[] usualMoves = new long[0];
  private long[] ceilings = new long[0];
  private int factorCount;

  private final Places places = new Places();

  private final long[] lowest = new long[AffineBounds.MOST_FACTORS];
  private final long[] highest = new long[AffineBounds.MOST_FACTORS];
  private final int[] weights = new int[AffineBounds.MOST_FACTORS];

  /// Found by [#share].
  private long unit;

  private boolean isWhole;

  /// Adds a factor; it is numbered next.
  ///
  /// @param value 0 or more
  /// @param usualMove how far it moves in some span of time that is the same for all, at least 1;
  ///   only shares depend on it
  int addFactor(long value, long usualMove) {
    Check.invariant(factorCount < Watch.MOST_FACTORS, "no more factors than can be watched");
    if (factorCount == values.length) {
      int length = Math.max(16, 2 * factorCount);
      edges = Arrays.copyOf(edges, length);
      values = Arrays.copyOf(values, length);
      usualMoves = Arrays.copyOf(usualMoves, length);
      ceilings = Arrays.copyOf(ceilings, length);
    }
    edges[factorCount] = new FactorEdges();
    edges[factorCount].scaleFor(value);
    values[factorCount] = value;
    usualMoves[factorCount] = usualMove;
    ceilings[factorCount] = ceilingFor(value);
    return factorCount++;
  }

  /// The highest value of a factor that bounds allow for: where a value is above what they can
  /// allow for, every tick reports its holders.
  private static long ceilingFor(long value) {
    return value > AffineBounds.HIGHEST_VALUE / HEADROOM
        ? AffineBounds.HIGHEST_VALUE
        : Math.max(1, value) * HEADROOM;
  }

  long ceiling(int factor) {
    return ceilings[factor];
  }

  long value(int factor) {
    return values[factor];
  }

  int closeness(AffineBounds bounds) {
    bounds.fit(ceilings);
    return bounds.closeness(values);
  }

  /// Gives an account a certificate in place of any that it had.
  ///
  /// @param isBounded false to have every tick of the factors reach it, whatever the bounds say
  void certify(int account, AffineBounds bounds, boolean isBounded) {
    bounds.fit(ceilings);
    boolean isLimited = bounds.isLimited(ceilings);
    int place = hold(account, bounds, isLimited);
    write(place, account, bounds, isLimited, isBounded);
    bandAll(place);
  }

  void forget(int account) {
    int place = places.of(account);
    if (place != NONE) {
      release(place);
      places.set(account, NONE);
    }
  }

  /// Takes a factor's new value, and gives the edges that it may break.
  FactorEdges move(int factor, long value) {
    values[factor] = value;
    return edges[factor];
  }

  /// Whether bounds and edges of a factor's holders can be compared with a value.
  boolean isWithinReach(int factor, long value) {
    return value <= ceilings[factor] && edges[factor].isInScale(value);
  }

  /// Allows for higher values of a factor, so that its holders' bounds say nothing any more and
  /// their edges have another scale: all of them must be reported.
  void outgrow(int factor, long value, EdgeTree.Sink holders) {
    ceilings[factor] = ceilingFor(value);
    edges[factor].scaleFor(value);
    edges[factor].forEachOwner(place -> {
      records.chunk(place)[(place & AccountRecords.MASK) + META] |= UNBOUNDED;
      holders.accept(place);
    });
  }

  /// The account of a record.
  int account(int place) {
    return (int) records.chunk(place)[(place & AccountRecords.MASK) + META];
  }

  /// Has an account that was reported and not certified anew reported always.
  void keepReporting(int account) {
    int place = places.of(account);
    if (place != NONE) {
      int meta = (place & AccountRecords.MASK) + META;
      if ((records.chunk(place)[meta] & REPORTED) != 0) {
        records.chunk(place)[meta] |= UNBOUNDED;
        bandAll(place);
      }
    }
  }

  private void release(int place) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    int stride = stride(meta);
    int count = count(meta);
    for (int i = 0, f = at + header(meta); i < count; i++, f += stride) {
      edges[factor(chunk[f + LINK])].release((int) chunk[f + LINK]);
    }
    records.free(place, header(meta) + count * stride);
  }

  /// Finds or makes a record of an account with the factors given.
  private int hold(int account, AffineBounds bounds, boolean isLimited) {
    int place = places.of(account);
    if (place != NONE) {
      if (hasLayout(place, bounds, isLimited)) {
        return place;
      }
      release(place);
    }
    int header = CONSTANTS + bounds.slacks;
    int stride = BY + bounds.slacks + (isLimited ? 2 : 0);
    place = records.allocate(header + bounds.count * stride);
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    for (int i = 0, f = at + header; i < bounds.count; i++, f += stride) {
      int factor = bounds.factors[i];
      chunk[f + LINK] = (long) factor << FACTOR_SHIFT | edges[factor].take(place);
    }
    places.set(account, place);
    return place;
  }

  private boolean hasLayout(int place, AffineBounds bounds, boolean isLimited) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    if (count(meta) != bounds.count
        || slacks(meta) != bounds.slacks
        || (meta & LIMITED) != 0 != isLimited) {
      return false;
    }
    int stride = stride(meta);
    for (int i = 0, f = at + header(meta); i < bounds.count; i++, f += stride) {
      if (factor(chunk[f + LINK]) != bounds.factors[i]) {
        return false;
      }
    }
    return true;
  }

  private void write(
      int place, int account, AffineBounds bounds, boolean isLimited, boolean isBounded) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    weigh(bounds);
    System.arraycopy(bounds.constants, 0, chunk, at + CONSTANTS, bounds.slacks);
    int slacks = bounds.slacks;
    int stride = BY + slacks + (isLimited ? 2 : 0);
    long oneSided = 0;
    for (int i = 0, f = at + CONSTANTS + slacks; i < bounds.count; i++, f += stride) {
      long kept = chunk[f + LINK] & ~((long) Weights.LARGEST << WEIGHT_SHIFT);
      chunk[f + LINK] = kept | (long) weights[i] << WEIGHT_SHIFT;
      int rising = 0;
      int falling = 0;
      for (int slack = 0; slack < slacks; slack++) {
        long by = bounds.by(i, slack);
        chunk[f + BY + slack] = by;
        rising += by > 0 ? 1 : 0;
        falling += by < 0 ? 1 : 0;
      }
      oneSided |= rising > 1 || falling > 1 ? ONE_SIDED : 0;
      if (isLimited) {
        chunk[f + BY + slacks] = bounds.lowest[i];
        chunk[f + BY + slacks + 1] = bounds.highest[i];
      }
    }
    chunk[at + META] =
        (isBounded ? 0 : UNBOUNDED)
            | (isLimited ? LIMITED : 0)
            | oneSided
            | (long) slacks << SLACKS_SHIFT
            | (long) bounds.count << COUNT_SHIFT
            | account;
  }

  /// Works out how an account's factors share its slacks.
  private void weigh(AffineBounds bounds) {
    for (int i = 0; i < bounds.count; i++) {
      long most = 0;
      for (int slack = 0; slack < bounds.slacks; slack++) {
        most = Math.max(most, Math.abs(bounds.by(i, slack)));
      }
      long usual = usualMoves[bounds.factors[i]];
      weights[i] = most == 0 ? NONE : Weights.log(most) + Weights.log(usual);
    }
    Weights.ofLogs(weights, bounds.count);
  }

  /// Reads a record, so that the memory behind those of many is fetched side by side; what is
  /// returned means nothing.
  long touch(int place) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    return chunk[at]
        ^ chunk[Math.min(at + LINE, AccountRecords.MASK)]
        ^ chunk[Math.min(at + 2 * LINE, AccountRecords.MASK)];
  }

  /// Evaluates an account whose band was broken; one that is reported already gives [#NONE].
  ///
  /// @param entry as [FactorEdges#fire] gives it
  /// @return [#REPORT], or what is to be banded anew by [#band]
  int evaluate(long entry) {
    int place = (int) (entry >>> 1);
    int moved = (int) (entry >>> 33);
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    if ((meta & REPORTED) != 0) {
      return NONE;
    }
    if ((meta & UNBOUNDED) != 0 || !hasSlack(chunk, at, meta)) {
      chunk[at + META] = meta | REPORTED;
      return REPORT;
    }
    return (meta & (LIMITED | ONE_SIDED | ALWAYS)) == 0
        ? crossed(chunk, at, meta, moved, (entry & 1) != 0)
        : ALL;
  }

  /// Whether no slack is negative and each factor is within its limits, at the present values.
  private boolean hasSlack(long[] chunk, int at, long meta) {
    int slacks = slacks(meta);
    int first = at + header(meta);
    int stride = stride(meta);
    int end = first + count(meta) * stride;
    for (int slack = 0; slack < slacks; slack++) {
      long left = chunk[at + CONSTANTS + slack];
      for (int f = first; f < end; f += stride) {
        left += chunk[f + BY + slack] * values[factor(chunk[f + LINK])];
      }
      if (left < 0) {
        return false;
      }
    }
    if ((meta & LIMITED) != 0) {
      for (int f = first; f < end; f += stride) {
        long value = values[factor(chunk[f + LINK])];
        if (value < chunk[f + BY + slacks] || value > chunk[f + BY + slacks + 1]) {
          return false;
        }
      }
    }
    return true;
  }

  /// The slack whose edge a factor crossed, where each edge is one slack's alone.
  private static int crossed(long[] chunk, int at, long meta, int moved, boolean isRise) {
    int slacks = slacks(meta);
    int f = at + header(meta);
    while (factor(chunk[f + LINK]) != moved) {
      f += stride(meta);
    }
    for (int slack = 0; slack < slacks; slack++) {
      long by = chunk[f + BY + slack];
      if (isRise ? by < 0 : by > 0) {
        return slack;
      }
    }
    return ALL;
  }

  /// The same of an account's edges.
  long touchEdges(int place) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    int stride = stride(meta);
    int end = at + header(meta) + count(meta) * stride;
    int read = 0;
    for (int f = at + header(meta); f < end; f += stride) {
      long link = chunk[f + LINK];
      read ^= edges[factor(link)].touch((int) link);
    }
    return read;
  }

  /// Gives an account new bands.
  ///
  /// @param band one slack's, those of the others still hold; or all
  void band(int place, int band) {
    if (band == ALL) {
      bandAll(place);
    } else {
      bandOne(place, band);
    }
  }

  private void bandOne(int place, int slack) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    share(chunk, at, meta, slack);
    int stride = stride(meta);
    int first = at + header(meta);
    int end = first + count(meta) * stride;
    for (int f = first; f < end; f += stride) {
      long by = chunk[f + BY + slack];
      if (by != 0) {
        long link = chunk[f + LINK];
        FactorEdges moved = edges[factor(link)];
        long value = values[factor(link)];
        long move = (isWhole ? unit : unit * weight(link)) / Math.abs(by);
        if (by > 0) {
          moved.setLowest((int) link, value - move);
        } else {
          moved.setHighest((int) link, sum(value, move));
        }
      }
    }
  }

  /// Works out what of a slack each unit of weight gets, or whether one factor gets it all; false
  /// when it is negative.
  private boolean share(long[] chunk, int at, long meta, int slack) {
    int stride = stride(meta);
    int first = at + header(meta);
    int end = first + count(meta) * stride;
    long left = chunk[at + CONSTANTS + slack];
    int sharing = 0;
    long weight = 0;
    for (int f = first; f < end; f += stride) {
      long by = chunk[f + BY + slack];
      if (by != 0) {
        long link = chunk[f + LINK];
        left += by * values[factor(link)];
        weight += weight(link);
        sharing++;
      }
    }
    isWhole = sharing <= 1;
    unit = isWhole ? left : left / weight;
    return left >= 0;
  }

  /// Gives all edges of an account anew.
  private void bandAll(int place) {
    long[] chunk = records.chunk(place);
    int at = place & AccountRecords.MASK;
    long meta = chunk[at + META];
    int count = count(meta);
    int slacks = slacks(meta);
    int stride = stride(meta);
    boolean isLimited = (meta & LIMITED) != 0;
    boolean isBanded = (meta & UNBOUNDED) == 0 && narrow(chunk, at, meta);
    chunk[at + META] = (isBanded ? meta & ~ALWAYS : meta | ALWAYS) & ~REPORTED;
    for (int i = 0, f = at + header(meta); i < count; i++, f += stride) {
      long link = chunk[f + LINK];
      FactorEdges moved = edges[factor(link)];
      if (!isBanded) {
        moved.setAlways((int) link);
        chunk[f + LINK] = link | HAS_LOWEST;
        continue;
      }
      boolean isLow = isLimited;
      boolean isHigh = isLimited;
      for (int slack = 0; slack < slacks; slack++) {
        isLow |= chunk[f + BY + slack] > 0;
        isHigh |= chunk[f + BY + slack] < 0;
      }
      if (isLow || (link & HAS_LOWEST) != 0) {
        moved.setLowest((int) link, lowest[i]);
      }
      if (isHigh || (link & HAS_HIGHEST) != 0) {
        moved.setHighest((int) link, highest[i]);
      }
      long kept = link & ~(HAS_LOWEST | HAS_HIGHEST);
      chunk[f + LINK] = kept | (isLow ? HAS_LOWEST : 0) | (isHigh ? HAS_HIGHEST : 0);
    }
  }

  /// Finds the bands of an account, in `lowest` and `highest`; false when there is nothing to share
  /// out.
  private boolean narrow(long[] chunk, int at, long meta) {
    int count = count(meta);
    int slacks = slacks(meta);
    int stride = stride(meta);
    int first = at + header(meta);
    for (int i = 0, f = first; i < count; i++, f += stride) {
      boolean isLimited = (meta & LIMITED) != 0;
      lowest[i] = isLimited ? chunk[f + BY + slacks] : 0;
      highest[i] = isLimited ? chunk[f + BY + slacks + 1] : Long.MAX_VALUE;
      long value = values[factor(chunk[f + LINK])];
      if (value < lowest[i] || value > highest[i]) {
        return false;
      }
    }
    for (int slack = 0; slack < slacks; slack++) {
      if (!share(chunk, at, meta, slack)) {
        return false;
      }
      for (int i = 0, f = first; i < count; i++, f += stride) {
        long by = chunk[f + BY + slack];
        if (by != 0) {
          long link = chunk[f + LINK];
          long value = values[factor(link)];
          long move = (isWhole ? unit : unit * weight(link)) / Math.abs(by);
          if (by > 0) {
            lowest[i] = Math.max(lowest[i], value - move);
          } else {
            highest[i] = Math.min(highest[i], sum(value, move));
          }
        }
      }
    }
    return true;
  }

  /// A sum of two numbers that are not negative, `Long.MAX_VALUE` where it does not fit.
  private static long sum(long left, long right) {
    long sum = left + right;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  long bytes() {
    long bytes = records.bytes() + (long) Long.BYTES * 3 * values.length;
    for (int factor = 0; factor < factorCount; factor++) {
      bytes += edges[factor].bytes();
    }
    return bytes + places.bytes();
  }
}
