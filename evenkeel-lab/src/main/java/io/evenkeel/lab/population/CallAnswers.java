package io.evenkeel.lab.population;

import io.evenkeel.lab.market.RandomStreams;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// What traders do about margin calls: each has a temper for good, and takes its time. After a
/// take-over some come back.
final class CallAnswers {
  /// Answers that come due together are spread over several ticks.
  private static final int ANSWERS_PER_ACTION = 4;

  private static final int LEAST_ANSWERS_PER_TICK = 20;

  /// Deposits exceed what is asked by one part in this, so that a further small move does not call
  /// again at once.
  private static final long MARGIN_OF_SAFETY_DIVISOR = 10;

  private static final long RETURN_DELAY_FACTOR = 3;

  /// A hundred USDT.
  private static final long RETURN_UNIT_MINOR = 100_000_000L;

  private final Population population;
  private final TraderParameters parameters;
  private final WalletActions wallets;
  private final AccountView view;
  private final SplittableRandom random;
  private final PriorityQueue<Answer> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Answer::dueNs).thenComparingLong(Answer::sequence));
  private long sequence;

  CallAnswers(
      Population population, TraderParameters parameters, WalletActions wallets, AccountView view) {
    this.population = population;
    this.parameters = parameters;
    this.wallets = wallets;
    this.view = view;
    random = RandomStreams.named(parameters.seed(), "answers");
  }

  /// @param share of what is asked for; for a return, how many times [#RETURN_UNIT_MINOR] is
  ///   brought
  private record Answer(long dueNs, long sequence, int trader, double share, boolean isReturn) {}

  void onCall(long timeNs, long accountId) {
    int trader = population.traderOf(accountId);
    if (trader < 0) {
      return;
    }
    double temper = RandomStreams.numbered(parameters.seed(), "temper", trader).nextDouble();
    SplittableRandom own = stream("answers/calls", trader, timeNs);
    double part = 0.3 + 0.5 * own.nextDouble();
    long delayNs = drawDelayNs(own);
    if (temper < parameters.answerShare()) {
      enqueue(timeNs + delayNs, trader, 1, false);
    } else if (temper < parameters.answerShare() + parameters.partialShare()) {
      enqueue(timeNs + delayNs, trader, part, false);
    }
  }

  void onTakeOver(long timeNs, long accountId) {
    int trader = population.traderOf(accountId);
    SplittableRandom own = stream("answers/returns", trader, timeNs);
    boolean returns = own.nextDouble() < parameters.returnShare();
    long delayNs = RETURN_DELAY_FACTOR * drawDelayNs(own);
    if (trader >= 0 && returns) {
      enqueue(timeNs + delayNs, trader, 1 + 9 * own.nextDouble(), true);
    }
  }

  /// Gives the answers that are due, oldest first, as many as one tick allows.
  void answerDue(long timeNs) {
    int left = Math.max(LEAST_ANSWERS_PER_TICK, ANSWERS_PER_ACTION * parameters.actionsPerTick());
    while (left > 0 && !queue.isEmpty() && queue.peek().dueNs() <= timeNs) {
      Answer answer = queue.remove();
      left -= answer(timeNs, answer) ? 1 : 0;
    }
  }

  private boolean answer(long timeNs, Answer answer) {
    long accountId = population.accountId(answer.trader);
    if (!view.isActive(accountId)) {
      return false;
    }
    if (answer.isReturn) {
      wallets.bring(timeNs, answer.trader, (long) (answer.share * RETURN_UNIT_MINOR));
      return true;
    }
    AccountView.OpenCall call = view.call(accountId);
    if (call == null) {
      return false;
    }
    long asked = (long) (call.amountE6() * answer.share);
    wallets.bring(timeNs, answer.trader, asked + asked / MARGIN_OF_SAFETY_DIVISOR);
    return true;
  }

  private void enqueue(long dueNs, int trader, double share, boolean isReturn) {
    queue.add(new Answer(dueNs, sequence++, trader, share, isReturn));
  }

  /// The one stream of all, or when draws are paired that of one trader at one instant.
  private SplittableRandom stream(String name, int trader, long timeNs) {
    return parameters.paired()
        ? RandomStreams.numbered(parameters.seed() + trader, name, timeNs)
        : random;
  }

  /// Most answer early in the interval, a few at its end.
  private long drawDelayNs(SplittableRandom own) {
    double early = own.nextDouble();
    long widthNs = parameters.mostDelayNs() - parameters.leastDelayNs();
    return parameters.leastDelayNs() + (long) (widthNs * early * early);
  }
}
