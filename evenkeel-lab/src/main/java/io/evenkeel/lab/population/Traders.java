package io.evenkeel.lab.population;

import io.evenkeel.lab.market.RandomStreams;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.SplittableRandom;

/// The traders of a population, going on between ticks: they add to positions and reduce them,
/// deposit and withdraw, place, fill and cancel orders, answer margin calls or ignore them; the
/// market maker takes the other side and unwinds what the backstop had to take over. Everything is
/// seeded; the same engine answers give the same actions.
///
/// The driver calls [#act] after each tick and [#onEvent] for each event, its own and those of the
/// traders' commands. `onEvent` may run inside a command, so it only takes notes: it never gives a
/// command itself.
public final class Traders {
  /// Chances of each kind of action, in percent; what is left over cancels an order.
  private static final int ADD_PERCENT = 26;

  private static final int REDUCE_PERCENT = 24;
  private static final int DEPOSIT_PERCENT = 12;
  private static final int WITHDRAW_PERCENT = 12;
  private static final int ORDER_PERCENT = 16;

  private final Population population;
  private final TraderParameters parameters;
  private final TraderCounts.Counter sink;
  private final SplittableRandom random;
  private final TradeActions trades;
  private final WalletActions wallets;
  private final OrderActions orders;
  private final CallAnswers answers;
  private final MarketMaker marketMaker;
  private final TraderChoice choice;
  private long rounds;
  private long actions;

  /// Anybody may act at any time.
  ///
  /// @param rulebook what traders reckon their margin by; the engine may be stricter
  public Traders(
      Population population,
      Rulebook rulebook,
      TraderParameters parameters,
      AccountView view,
      CommandSink sink) {
    this(
        population,
        rulebook,
        parameters,
        view,
        sink,
        random -> random.nextInt(population.traderCount()));
  }

  /// @param rulebook what traders reckon their margin by; the engine may be stricter
  /// @param choice who is asked to act and to take the other side
  public Traders(
      Population population,
      Rulebook rulebook,
      TraderParameters parameters,
      AccountView view,
      CommandSink sink,
      TraderChoice choice) {
    this.population = population;
    this.parameters = parameters;
    this.choice = choice;
    this.sink = new TraderCounts.Counter(sink);
    random = RandomStreams.named(parameters.seed(), "traders");
    RequirementEstimate estimate =
        new RequirementEstimate(
            rulebook, population.listing().symbols().stream().map(QuotedSymbol::symbol).toList());
    marketMaker = new MarketMaker(population, estimate, view, this.sink);
    trades = new TradeActions(population, estimate, marketMaker, view, this.sink, choice);
    wallets = new WalletActions(population, view, this.sink);
    orders = new OrderActions(population, trades, marketMaker, view, this.sink);
    answers = new CallAnswers(population, parameters, wallets, view);
  }

  /// Lets a bounded number of traders act. To be called after the tick of this instant has been
  /// applied.
  ///
  /// @param timeNs time of the tick
  public void act(long timeNs) {
    answers.answerDue(timeNs);
    marketMaker.unwindBackstop(timeNs);
    orders.fillCrossed(timeNs, stream("traders/fills", rounds++));
    if (population.traderCount() == 0) {
      return;
    }
    for (int i = 0; i < parameters.actionsPerTick(); i++) {
      SplittableRandom own = stream("traders/actions", actions++);
      act(timeNs, choice.next(own), own.nextInt(100), own);
    }
  }

  /// The one stream of all, or when draws are paired one of its own for each thing that is drawn.
  private SplittableRandom stream(String name, long number) {
    return parameters.paired() ? RandomStreams.numbered(parameters.seed(), name, number) : random;
  }

  private void act(long timeNs, int trader, int percent, SplittableRandom own) {
    int reduce = ADD_PERCENT + REDUCE_PERCENT;
    int deposit = reduce + DEPOSIT_PERCENT;
    int withdraw = deposit + WITHDRAW_PERCENT;
    if (percent < ADD_PERCENT) {
      trades.add(timeNs, trader, own);
    } else if (percent < reduce) {
      trades.reduce(timeNs, trader, own);
    } else if (percent < deposit) {
      wallets.deposit(timeNs, trader, own);
    } else if (percent < withdraw) {
      wallets.withdraw(timeNs, trader, own);
    } else if (percent < withdraw + ORDER_PERCENT) {
      orders.place(timeNs, trader, own);
    } else {
      orders.cancel(timeNs, own);
    }
  }

  /// Takes note of an event. Gives no command.
  ///
  /// @param timeNs engine time of the event
  public void onEvent(long timeNs, Event event) {
    if (event instanceof Event.MarginCallIssued issued) {
      onCall(timeNs, issued.accountId());
    } else if (event instanceof Event.AccountTakenOver taken) {
      onTakeOver(timeNs, taken.accountId());
    } else if (event instanceof Event.OrderExposureSet set
        && set.buyUnits() + set.sellUnits() > 0) {
      onOrders(set.accountId(), set.instrumentId());
    }
  }

  /// Takes note of a margin call. Gives no command.
  ///
  /// @param timeNs when it was issued
  public void onCall(long timeNs, long accountId) {
    answers.onCall(timeNs, accountId);
  }

  /// Takes note that the backstop took an account over. Gives no command.
  ///
  /// @param timeNs when
  public void onTakeOver(long timeNs, long accountId) {
    answers.onTakeOver(timeNs, accountId);
  }

  /// Takes note that an account has open orders. Gives no command.
  public void onOrders(long accountId, int instrumentId) {
    orders.onOrders(accountId, instrumentId);
  }

  /// What was asked for so far, and how much of it was refused.
  public TraderCounts counts() {
    return sink.counts();
  }
}
