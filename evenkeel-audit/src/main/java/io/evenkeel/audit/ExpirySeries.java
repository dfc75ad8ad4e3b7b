package io.evenkeel.audit;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AverageResult;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.SettlementAverage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contracts that end together at an average: section 5.3 of the rules. It keeps all that its index
/// was and adds up once, at the end.
final class ExpirySeries {
  /// What the index was from an instant on; no price while it was not known.
  private record Piece(long fromNs, @Nullable BigInteger price) {}

  final AuditAsset index;
  final long expiryNs;
  final SettlementAverage terms;
  final List<AuditInstrument> contracts = new ArrayList<>();
  boolean done;
  private final List<Piece> pieces = new ArrayList<>();

  ExpirySeries(AuditAsset index, long expiryNs, SettlementAverage terms, long nowNs) {
    this.index = index;
    this.expiryNs = expiryNs;
    this.terms = terms;
    note(nowNs);
  }

  /// The index was marked, or degraded, just now.
  void note(long nowNs) {
    PriceState price = index.price;
    pieces.add(new Piece(nowNs, price.fed && !price.degraded ? price.last : null));
  }

  List<AuditInstrument> standing() {
    return contracts.stream().filter(contract -> !contract.settled).toList();
  }

  /// Expiry, if there is anything to do then.
  @Nullable Long dueAtNs() {
    return done || standing().isEmpty() ? null : Long.valueOf(expiryNs);
  }

  /// The price of the index at which contracts end, or null when they wait; says so.
  @Nullable Decimal fix(@Nullable Decimal stated, Journal journal) {
    done = true;
    BigInteger sum = BigInteger.ZERO;
    BigInteger covered = BigInteger.ZERO;
    int observations = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      long untilNs = i + 1 < pieces.size() ? pieces.get(i + 1).fromNs : expiryNs;
      BigInteger from =
          Exact.of(piece.fromNs).max(Exact.of(expiryNs).subtract(Exact.of(terms.windowNs())));
      BigInteger length = Exact.of(Math.min(untilNs, expiryNs)).subtract(from);
      if (piece.price != null && length.signum() > 0) {
        sum = sum.add(piece.price.multiply(length));
        covered = covered.add(length);
        observations++;
      }
    }
    BigInteger average =
        covered.signum() == 0
            ? BigInteger.ZERO
            : new BigDecimal(sum)
                .divide(new BigDecimal(covered), 0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    Decimal price =
        stated == null
            ? new Decimal(average.longValueExact(), index.definition.priceScale())
            : stated;
    AverageResult result = judge(stated, covered, price);
    if (stated == null || result != AverageResult.SETTLED) {
      journal.say(
          new Event.SettlementAveraged(
              index.id(),
              expiryNs,
              terms.windowNs(),
              average.longValueExact(),
              covered.longValueExact(),
              observations,
              result));
    }
    return result == AverageResult.SETTLED ? price : null;
  }

  private AverageResult judge(@Nullable Decimal stated, BigInteger covered, Decimal price) {
    if (stated == null && (index.price.degraded || !index.price.fed)) {
      return AverageResult.INDEX_DEGRADED;
    }
    Ratio least = Ratio.of(terms.leastCoverage());
    if (stated == null && least.compareToShare(covered, Exact.of(terms.windowNs())) < 0) {
      return AverageResult.COVERAGE_TOO_SMALL;
    }
    return standing().stream().allMatch(contract -> Expiries.isPossible(contract, price))
        ? AverageResult.SETTLED
        : AverageResult.PRICE_OUT_OF_RANGE;
  }
}
