package io.evenkeel.audit;

import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.rulebook.MarketDataGuard;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which prices are believed, and what becomes of those that are not: section 4 of the rules.
final class MarketData {
  private static final Comparator<PriceState> INSTRUMENTS_FIRST =
      Comparator.comparing((PriceState price) -> price.target).thenComparingInt(price -> price.id);

  /// What became of the marks of a batch.
  record Verdict(List<PriceState> accepted, List<PriceState> changed) {}

  private final AuditBook book;
  private final Journal journal;
  private final SlowFigures slowFigures;

  MarketData(AuditBook book, Journal journal) {
    this.book = book;
    this.journal = journal;
    this.slowFigures = new SlowFigures(book, journal);
  }

  /// The price a mark of a batch is about, or null when there is no such instrument or asset.
  @Nullable PriceState price(Target target, int id) {
    return switch (target) {
      case INSTRUMENT -> {
        AuditInstrument instrument = book.instrument(id);
        yield instrument == null ? null : instrument.mark;
      }
      case ASSET -> {
        AuditAsset asset = book.asset(id);
        yield asset == null ? null : asset.price;
      }
    };
  }

  /// Judges every mark of a batch.
  Verdict judge(MarkBatch batch) {
    List<Integer> order =
        IntStream.range(0, batch.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> batch.target(i)).thenComparingInt(batch::id))
            .toList();
    Verdict verdict = new Verdict(new ArrayList<>(), new ArrayList<>());
    for (int i : order) {
      judge(Objects.requireNonNull(price(batch.target(i), batch.id(i))), batch, i, verdict);
    }
    book.stamp++;
    return verdict;
  }

  private void judge(PriceState price, MarkBatch batch, int i, Verdict verdict) {
    BigInteger offered = Exact.of(batch.priceUnits(i));
    MarkFault fault = fault(price, offered, batch.timeNs(i), batch.uncertaintyE6(i));
    boolean changed;
    if (fault == null) {
      int uncertaintyBefore = price.uncertaintyE6;
      price.uncertaintyE6 = batch.uncertaintyE6(i);
      changed = accept(price, offered, batch.timeNs(i));
      if (price.target == Target.INSTRUMENT && slowFigures.areStated()) {
        boolean stated = slowFigures.state(Objects.requireNonNull(book.instrument(price.id)));
        changed |= stated || price.uncertaintyE6 != uncertaintyBefore;
      }
      verdict.accepted.add(price);
    } else {
      changed = reject(price, batch.priceUnits(i), fault);
    }
    if (changed) {
      verdict.changed.add(price);
    }
  }

  private @Nullable MarkFault fault(
      PriceState price, BigInteger offered, long markTimeNs, int uncertaintyE6) {
    MarketDataGuard guard = book.guard(price);
    if (isOver(price)) {
      return MarkFault.NOT_TRADING;
    }
    if (offered.compareTo(price.minimum) < 0 || offered.compareTo(price.maximum) > 0) {
      return MarkFault.OUT_OF_RANGE;
    }
    BigInteger age = Exact.of(book.nowNs).subtract(Exact.of(markTimeNs));
    if (guard.maximumAgeNs() > 0 && age.compareTo(Exact.of(guard.maximumAgeNs())) > 0) {
      return MarkFault.STALE;
    }
    if (price.fed && markTimeNs < price.timeNs) {
      return MarkFault.OUT_OF_ORDER;
    }
    Ratio uncertainty = Ratio.of(guard.maximumUncertainty());
    BigInteger million = BigInteger.TEN.pow(6);
    if (!uncertainty.isZero() && uncertainty.compareToShare(Exact.of(uncertaintyE6), million) > 0) {
      return MarkFault.UNCERTAIN;
    }
    return deviates(price, offered, Ratio.of(guard.maximumDeviation()))
        ? MarkFault.DEVIATION
        : null;
  }

  /// Whether the price is too far from the last good one and no candidate confirms it; then it is
  /// the candidate.
  private static boolean deviates(PriceState price, BigInteger offered, Ratio most) {
    if (!price.fed || most.isZero() || isNear(offered, Objects.requireNonNull(price.last), most)) {
      return false;
    }
    BigInteger candidate = price.candidate;
    if (candidate != null && isNear(offered, candidate, most)) {
      return false;
    }
    price.candidate = offered;
    return true;
  }

  private static boolean isNear(BigInteger offered, BigInteger reference, Ratio most) {
    return most.compareToShare(offered.subtract(reference).abs(), reference) <= 0;
  }

  /// Whether it is the mark of a contract that has ended.
  boolean isOver(PriceState price) {
    return price.target == Target.INSTRUMENT
        && Objects.requireNonNull(book.instrument(price.id)).settled;
  }

  private boolean accept(PriceState price, BigInteger offered, long markTimeNs) {
    boolean moved = !offered.equals(price.last);
    boolean restored = price.degraded;
    price.last = offered;
    price.timeNs = Math.min(markTimeNs, book.nowNs);
    price.fed = true;
    price.candidate = null;
    price.degraded = false;
    price.lost = false;
    noteIndex(price);
    if (restored) {
      journal.say(new Event.MarketDataRestored(price.target, price.id, offered.longValueExact()));
    }
    return moved || restored || isCashSettled(price);
  }

  private boolean isCashSettled(PriceState price) {
    return price.target == Target.INSTRUMENT
        && Objects.requireNonNull(book.instrument(price.id)).paysVariationInCash();
  }

  private boolean reject(PriceState price, long offeredUnits, MarkFault fault) {
    long reference = price.last == null ? 0 : price.last.longValueExact();
    journal.say(new Event.MarkRejected(price.target, price.id, offeredUnits, reference, fault));
    boolean harmless = fault == MarkFault.NOT_TRADING || fault == MarkFault.OUT_OF_ORDER;
    if (harmless || price.degraded) {
      return false;
    }
    degrade(price, fault);
    return true;
  }

  /// Whoever averages this price hears of it.
  private void noteIndex(PriceState price) {
    for (ExpirySeries series : book.series) {
      if (series.index.price == price && !series.done) {
        series.note(book.nowNs);
      }
    }
  }

  private void degrade(PriceState price, MarkFault fault) {
    price.degraded = true;
    price.degradedSinceNs = book.nowNs;
    noteIndex(price);
    journal.say(new Event.MarketDataDegraded(price.target, price.id, fault));
  }

  /// Every price there is, instruments before assets, by id.
  List<PriceState> allPrices() {
    List<PriceState> prices = new ArrayList<>();
    book.instruments.forEach(instrument -> prices.add(instrument.mark));
    book.assets.forEach(asset -> prices.add(asset.price));
    prices.sort(INSTRUMENTS_FIRST);
    return prices;
  }

  /// When a good price becomes stale, or null when it does not.
  @Nullable Long staleAtNs(PriceState price) {
    long age = book.guard(price).maximumAgeNs();
    boolean may = price.fed && !price.degraded && age > 0 && !isOver(price);
    return may ? Long.valueOf(Exact.later(price.timeNs, age + 1)) : null;
  }

  /// When a degraded price is lost, or null when it is not.
  @Nullable Long lostAtNs(PriceState price) {
    boolean may = price.degraded && !price.lost && book.venue() != null && !isOver(price);
    return may
        ? Long.valueOf(Exact.later(price.degradedSinceNs, book.guard(price).toleranceNs()))
        : null;
  }

  /// Degrades prices whose age ran out.
  void becomeStale(List<PriceState> prices) {
    prices.forEach(price -> degrade(price, MarkFault.STALE));
    book.stamp++;
  }

  /// Gives up prices whose tolerance ran out.
  void becomeLost(List<PriceState> prices) {
    for (PriceState price : prices) {
      price.lost = true;
      journal.say(new Event.MarketDataLost(price.target, price.id));
    }
    book.stamp++;
  }
}
