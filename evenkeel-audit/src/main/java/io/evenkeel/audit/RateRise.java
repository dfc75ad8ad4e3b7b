package io.evenkeel.audit;

import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What raises requirements by brackets beyond their table: section 2.R of the rules.
final class RateRise {
  private static final BigInteger MOST_OPEN = Exact.of(Long.MAX_VALUE).divide(Exact.of(4));

  private final RateScaling scaling;
  private final AuditInstrument instrument;
  private final BigInteger usual;

  RateRise(RateScaling scaling, AuditInstrument instrument, Brackets brackets) {
    this.scaling = scaling;
    this.instrument = instrument;
    this.usual = brackets.dailyMoveE9();
  }

  BigInteger maintenance(BigInteger byBrackets, BigInteger notional) {
    return raised(byBrackets, notional, true);
  }

  BigInteger initial(BigInteger byBrackets, BigInteger notional) {
    return raised(byBrackets, notional, false);
  }

  private BigInteger raised(BigInteger byBrackets, BigInteger notional, boolean maintenance) {
    BigInteger open =
        instrument.notional(instrument.sizeTicks(instrument.statedOpenInterest)).min(MOST_OPEN);
    BigInteger factor = Exact.BILLION.add(concentration(open, notional, maintenance));
    factor = factor.add(on(scaling.openInterest(), open, maintenance));
    factor =
        factor.add(on(scaling.uncertainty(), Exact.of(instrument.mark.uncertaintyE6), maintenance));
    BigInteger moved = Exact.ceilDiv(volatility().multiply(factor), Exact.BILLION);
    return Exact.ceilDiv(byBrackets.multiply(moved), Exact.BILLION);
  }

  /// What is stated of volatility over what the table takes for usual, within its range.
  private BigInteger volatility() {
    VolatilityRange range = scaling.volatility();
    Moves moves = instrument.moves;
    if (range == null || moves == null) {
      return Exact.BILLION;
    }
    return Exact.ceilDiv(moves.stated().multiply(Exact.BILLION), usual)
        .min(Ratio.of(range.highest()).floorTimes(Exact.BILLION))
        .max(Ratio.of(range.lowest()).floorTimes(Exact.BILLION));
  }

  private BigInteger concentration(BigInteger open, BigInteger notional, boolean maintenance) {
    Concentration concentration = scaling.concentration();
    if (concentration == null) {
      return BigInteger.ZERO;
    }
    BigInteger whole = Exact.of(concentration.leastE6()).max(open);
    BigInteger share = Exact.ceilDiv(notional.min(whole).multiply(Exact.BILLION), whole);
    return on(concentration.ramp(), share, maintenance);
  }

  /// Where a figure stands on a ramp.
  private static BigInteger on(@Nullable Ramp ramp, BigInteger figure, boolean maintenance) {
    if (ramp == null || (maintenance && !ramp.maintenance())) {
      return BigInteger.ZERO;
    }
    BigInteger from = Exact.of(ramp.from());
    BigInteger width = Exact.of(ramp.to()).subtract(from);
    BigInteger beyond = Exact.notBelowZero(figure.subtract(from)).min(width);
    Ratio most = Ratio.of(ramp.most());
    return Exact.ceilDiv(
        most.numerator().multiply(Exact.BILLION).multiply(beyond),
        most.denominator().multiply(width));
  }
}
