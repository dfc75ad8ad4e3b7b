package io.evenkeel.audit;

import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;
import java.math.BigInteger;

/// How much the mark of one instrument moves: section 4.2 of the rules.
final class Moves {
  private static final BigInteger DAY = Exact.of(86_400);
  private static final BigInteger SECOND_NS = Exact.BILLION;

  private BigInteger mark;
  private long sampledAtNs;

  /// Mean square of the move of an interval, `10^-18`.
  private BigInteger square;

  /// As stated: a day's move, `10^-9`.
  private BigInteger stated;

  private long statedAtNs;

  /// @param usual a day's move that is supposed, `10^-9`
  Moves(BigInteger mark, long nowNs, BigInteger usual, Volatility measure) {
    BigInteger supposed = usual.min(Exact.BILLION).pow(2).multiply(seconds(measure));
    this.mark = mark;
    sampledAtNs = nowNs;
    square = Exact.ceilDiv(supposed, DAY);
    stated = usual;
    statedAtNs = nowNs;
  }

  private static BigInteger seconds(Volatility measure) {
    return Exact.of(measure.intervalNs()).divide(SECOND_NS);
  }

  BigInteger stated() {
    return stated;
  }

  void sample(BigInteger newMark, long nowNs, Volatility measure) {
    BigInteger passed = Exact.of(nowNs).subtract(Exact.of(sampledAtNs));
    BigInteger intervals = passed.divide(Exact.of(measure.intervalNs()));
    if (intervals.signum() == 0) {
      return;
    }
    BigInteger move = newMark.subtract(mark).abs().min(mark).multiply(Exact.BILLION).divide(mark);
    BigInteger each = move.pow(2).divide(intervals);
    Ratio memory = Ratio.of(measure.memory());
    BigInteger news = memory.complement().ceilTimes(each);
    int times = intervals.min(Exact.of(1_000)).intValueExact();
    for (int i = 0; i < times; i++) {
      square = memory.ceilTimes(square).add(news);
    }
    mark = newMark;
    sampledAtNs = nowNs;
  }

  /// A day's move as measured, `10^-9`.
  BigInteger measured(Volatility measure) {
    BigInteger daily = Exact.ceilDiv(square.multiply(DAY), seconds(measure));
    BigInteger root = daily.sqrt();
    return root.pow(2).equals(daily) ? root : root.add(BigInteger.ONE);
  }

  /// Moves what is stated towards what is measured; whether it moved.
  boolean state(long nowNs, BigInteger usual, SlowInputs rules, Volatility measure) {
    BigInteger wanted =
        measured(measure)
            .max(Ratio.of(measure.lowest()).ceilTimes(usual))
            .min(Ratio.of(measure.highest()).floorTimes(usual));
    BigInteger passed = Exact.of(nowNs).subtract(Exact.of(statedAtNs));
    BigInteger change = wanted.subtract(stated);
    if (change.signum() == 0
        || passed.compareTo(Exact.of(rules.periodNs())) < 0
        || Ratio.of(rules.step()).compareToShare(change.abs(), stated) < 0) {
      return false;
    }
    Ratio most = Ratio.of(change.signum() > 0 ? measure.rise() : measure.fall());
    BigInteger allowed = most.floorTimes(stated).max(BigInteger.ONE);
    BigInteger size = change.abs().min(allowed);
    stated = change.signum() > 0 ? stated.add(size) : stated.subtract(size);
    statedAtNs = nowNs;
    return true;
  }
}
