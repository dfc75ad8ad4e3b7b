package io.evenkeel.audit;

import io.evenkeel.model.rulebook.LiquidationPolicy;
import java.math.BigInteger;

/// What a closing trade costs: slippage, penalty and the margin it frees, in billionths of
/// notional.
final class ClosingMarket {
  private final BigInteger baseE9;
  private final BigInteger impactE9;
  private final BigInteger mostE9;
  private final BigInteger penaltyE9;
  private final Ratio penaltyShare;

  ClosingMarket(LiquidationPolicy policy) {
    baseE9 = e9(Ratio.of(policy.closing().baseSlippage()));
    impactE9 = e9(Ratio.of(policy.closing().impact()));
    mostE9 = e9(Ratio.of(policy.closing().maximumSlippage()));
    penaltyShare = Ratio.of(policy.partialPenalty());
    penaltyE9 = e9(penaltyShare);
  }

  private static BigInteger e9(Ratio ratio) {
    return ratio.ceilTimes(Exact.BILLION);
  }

  private BigInteger slippageE9(BigInteger notional, BigInteger depth) {
    BigInteger impact = notional.multiply(impactE9);
    if (impact.compareTo(mostE9.multiply(depth)) >= 0) {
      return mostE9;
    }
    return baseE9.add(Exact.ceilDiv(impact, depth)).min(mostE9);
  }

  /// What closing a whole notional costs, at least one.
  BigInteger costE9(BigInteger notional, Brackets brackets) {
    return slippageE9(notional, brackets.depth).add(penaltyE9).max(BigInteger.ONE);
  }

  /// The margin a notional frees when it is closed.
  static BigInteger freedE9(BigInteger notional, Brackets brackets, int leverageE2) {
    BigInteger byRate = brackets.initialRate(notional).floorTimes(Exact.BILLION);
    if (leverageE2 == 0) {
      return byRate;
    }
    BigInteger hundred = Exact.BILLION.multiply(Exact.of(100));
    return byRate.max(Exact.floorDiv(hundred, Exact.of(leverageE2)));
  }

  /// The price at which so much of a position is filled: a long sells below mark, a short buys
  /// above.
  BigInteger price(
      AuditInstrument instrument, Brackets brackets, BigInteger notional, boolean isLong) {
    BigInteger slippage = slippageE9(notional, brackets.depth);
    BigInteger mark = instrument.markNow();
    if (isLong) {
      BigInteger factor = Exact.BILLION.subtract(slippage);
      return Exact.floorDiv(mark.multiply(factor), Exact.BILLION).max(instrument.mark.minimum);
    }
    BigInteger factor = Exact.BILLION.add(slippage);
    return Exact.ceilDiv(mark.multiply(factor), Exact.BILLION).min(instrument.mark.maximum);
  }

  /// Penalty on a closing trade, at most what value is left; minor units of the settlement asset.
  BigInteger penalty(AuditInstrument instrument, BigInteger units, BigInteger fullValueAfter) {
    BigInteger worth = instrument.minorUp(instrument.sizeTicks(units));
    BigInteger most = instrument.settlement.amount(Exact.notBelowZero(fullValueAfter));
    return penaltyShare.ceilTimes(worth).min(most);
  }
}
