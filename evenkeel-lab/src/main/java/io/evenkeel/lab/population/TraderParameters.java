package io.evenkeel.lab.population;

/// How lively the traders of a replay are.
///
/// @param seed every choice follows from it
/// @param actionsPerTick how many traders are asked to act between two ticks
/// @param answerShare traders that answer a margin call in full, by a deposit
/// @param partialShare traders that answer with a part of it; the rest ignore it
/// @param leastDelayNs least time a trader takes to answer
/// @param mostDelayNs most time; may lie beyond the deadline, so that some come too late
/// @param returnShare traders that come back with fresh money after the backstop took them over
/// @param paired whether each action and each answer is drawn from a stream of its own, so that
///   what one trader is refused or asked for does not change what others draw: for comparing
///   designs
public record TraderParameters(
    long seed,
    int actionsPerTick,
    double answerShare,
    double partialShare,
    long leastDelayNs,
    long mostDelayNs,
    double returnShare,
    boolean paired) {
  private static final int TRADERS_PER_ACTION = 500;
  private static final int MOST_STANDARD_ACTIONS = 200;
  private static final long MINUTE_NS = 60L * 1_000_000_000L;

  /// Refuses what is out of range.
  ///
  /// @throws IllegalArgumentException when a count is negative, a share is not one or the delays
  ///   are out of order
  public TraderParameters {
    boolean shares =
        answerShare >= 0
            && partialShare >= 0
            && answerShare + partialShare <= 1
            && returnShare >= 0
            && returnShare <= 1;
    if (actionsPerTick < 0 || !shares || leastDelayNs < 0 || mostDelayNs < leastDelayNs) {
      throw new IllegalArgumentException(
          "traders need actionsPerTick >= 0, shares of 0 to 1 and delays in order");
    }
  }

  /// Traders that draw from one stream, each choice after the other.
  public TraderParameters(
      long seed,
      int actionsPerTick,
      double answerShare,
      double partialShare,
      long leastDelayNs,
      long mostDelayNs,
      double returnShare) {
    this(
        seed,
        actionsPerTick,
        answerShare,
        partialShare,
        leastDelayNs,
        mostDelayNs,
        returnShare,
        false);
  }

  /// The same, drawing each action and each answer from a stream of its own.
  public TraderParameters withPairing(boolean isPaired) {
    return new TraderParameters(
        seed,
        actionsPerTick,
        answerShare,
        partialShare,
        leastDelayNs,
        mostDelayNs,
        returnShare,
        isPaired);
  }

  /// The usual: one action per tick for every 500 traders, from 1 to 200; most answer a call within
  /// half an hour.
  public static TraderParameters standard(long seed, int traderCount) {
    int actions = Math.clamp(traderCount / TRADERS_PER_ACTION, 1, MOST_STANDARD_ACTIONS);
    return new TraderParameters(
        seed, actions, 0.7, 0.15, MINUTE_NS / 2, 35 * MINUTE_NS, 0.4, false);
  }
}
