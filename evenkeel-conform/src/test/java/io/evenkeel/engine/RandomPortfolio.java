package io.evenkeel.engine;

import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/// A random account of options, a perpetual, cash and a coin under a shipped rulebook, a random box
/// around its market, and a way to put the market anywhere inside it, or where the account is worst
/// off. Whether the spot, forwards and volatilities are published, and which of them range, is
/// drawn too.
final class RandomPortfolio {
  private static final long NOW_NS = 1_700_000_000_000_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final long ACCOUNT = 2;
  private static final int COIN = 2;
  private static final int OTHER_COIN = 3;
  private static final int PERPETUAL = 1;
  private static final int UNCOVERED = 2;
  private static final int INVERSE = 3;
  private static final int FIRST_OPTION = 10;
  private static final int[] DAYS = {2, 25, 120};

  /// What is held.
  enum Shape {
    /// Anything.
    ANY,
    /// Anything, and all that counts outside units: debts, a contract that no unit covers, and cash
    /// whose price ranges.
    OUTSIDE,
    /// Options bought only.
    LONG,
    /// Options sold only.
    SHORT,
    /// Each option bought beside one sold that differs little: scenarios cost next to nothing, and
    /// what counts is the minimum on deltas.
    HEDGED,
    /// Anything, and an inverse perpetual, bought or sold at some price.
    INVERSE
  }

  /// A range of the market.
  private record Knob(long low, long high, LongConsumer set) {}

  private final Engine engine = new Engine(EngineLimits.STANDARD, (number, timeNs, event) -> {});
  private final Book book = engine.machine().book;
  private final Weighing weighing = new Weighing();
  private final SplittableRandom random;
  private final double width;
  private final Shape shape;
  private final List<Knob> knobs = new ArrayList<>();
  private final List<FactorValue> factors = new ArrayList<>();
  private final long spot;
  private final boolean publishesSpot;
  private final boolean publishesForwards;
  private final int options;
  private final boolean inCoin;
  final FactorBox box;
  final int account;

  /// @param width how far each range reaches to either side, at most, as a share
  RandomPortfolio(String rulebook, long seed, double width) {
    this(rulebook, seed, width, Shape.ANY);
  }

  /// @param width how far each range reaches to either side, at most, as a share
  RandomPortfolio(String rulebook, long seed, double width, Shape shape) {
    random = new SplittableRandom(seed);
    this.width = width;
    this.shape = shape;
    spot = random.nextInt(30_000, 120_000);
    Rulebook shipped = ShippedRulebooks.load(rulebook);
    ScenarioPortfolio portfolio = (ScenarioPortfolio) shipped.requirement();
    inCoin = portfolio.units().get("BTC").valuedIn() == RiskUnit.Valued.COIN;
    String cash = inCoin ? "USDC" : shipped.cashAsset();
    apply(new Command.DefineAsset(new Asset(1, cash, 6, 1L << 50, 6, 1_000_000, 2_000_000)));
    apply(
        new Command.DefineAsset(
            new Asset(COIN, "BTC", 8, 1_000_000_000_000L, 2, spot * 100, 100_000_000)));
    apply(
        new Command.DefineInstrument(
            contract(PERPETUAL, ContractKind.PERPETUAL, 1, ContractTerms.perpetual(COIN))));
    if (shape == Shape.OUTSIDE) {
      apply(
          new Command.DefineAsset(
              new Asset(OTHER_COIN, "OTHER", 8, 1_000_000_000_000L, 2, 10_000, 100_000_000)));
      apply(
          new Command.DefineInstrument(
              contract(UNCOVERED, ContractKind.PERPETUAL, 1, ContractTerms.perpetual(OTHER_COIN))));
    }
    if (shape == Shape.INVERSE) {
      apply(new Command.DefineInstrument(inverse()));
    }
    publishesSpot = random.nextBoolean();
    publishesForwards = random.nextBoolean();
    options = shape == Shape.HEDGED ? 2 * random.nextInt(1, 4) : random.nextInt(1, 9);
    defineOptions();
    apply(
        new Command.DefineRulebook(
            1,
            QuietRulebook.of(
                "random",
                List.of(
                    QuietRulebook.fullValue(inCoin ? "BTC" : cash),
                    QuietRulebook.fullValue(inCoin ? cash : "BTC")),
                portfolio),
            0));
    apply(new Command.OpenAccount(1, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    apply(new Command.OpenAccount(ACCOUNT, 2, 1, AccountMode.CROSS, -1, AccountRole.TRADER));
    publish();
    hold();
    account = engine.view().accountIndex(ACCOUNT);
    box = new FactorBox(book);
    widen();
  }

  private void defineOptions() {
    long strike = 0;
    long expiryNs = 0;
    OptionTerms.Right right = OptionTerms.Right.CALL;
    for (int i = 0; i < options; i++) {
      if (isSecondOfPair(i)) {
        strike += Math.round(spot * 0.002 * random.nextDouble());
      } else {
        strike = Math.round(spot * (0.7 + 0.6 * random.nextDouble()));
        right = random.nextBoolean() ? OptionTerms.Right.CALL : OptionTerms.Right.PUT;
        expiryNs = NOW_NS + DAYS[random.nextInt(DAYS.length)] * DAY_NS;
      }
      OptionTerms terms = new OptionTerms(right, new Decimal(strike, 0));
      apply(
          new Command.DefineInstrument(
              contract(
                  FIRST_OPTION + i,
                  ContractKind.OPTION,
                  inCoin ? COIN : 1,
                  new ContractTerms(COIN, expiryNs, inCoin, terms))));
    }
  }

  private boolean isSecondOfPair(int option) {
    return shape == Shape.HEDGED && option % 2 == 1;
  }

  private LinearContract contract(int id, ContractKind kind, int settlement, ContractTerms terms) {
    return new LinearContract(
        id,
        "I" + id,
        kind,
        settlement,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        2,
        2,
        1,
        kind == ContractKind.OPTION && inCoin ? 100 : 100_000_000,
        100_000,
        100_000,
        terms);
  }

  /// Contracts of 10 dollars.
  private LinearContract inverse() {
    return new LinearContract(
        INVERSE,
        "INVERSE",
        ContractKind.PERPETUAL,
        COIN,
        Variation.UNREALISED_UNTIL_CLOSED,
        10,
        2,
        0,
        1,
        spot * 10,
        spot * 1_000,
        100_000,
        100_000,
        new ContractTerms(COIN, 0, true, null));
  }

  private void publish() {
    if (publishesSpot) {
      factors.add(new FactorValue(FactorKind.SPOT, COIN, 0, new Decimal(spot * 100, 2)));
    }
    for (int days : DAYS) {
      long at = NOW_NS + days * DAY_NS;
      factors.add(new FactorValue(FactorKind.RATE, COIN, at, new Decimal(random.nextInt(9), 2)));
      if (publishesForwards) {
        factors.add(new FactorValue(FactorKind.FORWARD_FIXED, COIN, at, new Decimal(days, 0)));
        factors.add(
            new FactorValue(FactorKind.FORWARD_VARIABLE, COIN, at, new Decimal(spot * 100, 2)));
      }
    }
    Decimal volatility = Decimal.ZERO;
    for (int i = 0; i < options; i++) {
      if (!isSecondOfPair(i)) {
        volatility = new Decimal(random.nextInt(20, 120), 2);
      }
      if (shape == Shape.HEDGED || random.nextInt(10) > 0) {
        factors.add(new FactorValue(FactorKind.MARK_VOLATILITY, FIRST_OPTION + i, 0, volatility));
      }
    }
    apply(new Command.PublishFactors(factors));
    MarkBatch.Builder marks =
        MarkBatch.builder().add(Target.INSTRUMENT, PERPETUAL, spot * 100, NOW_NS, 0);
    if (shape == Shape.OUTSIDE) {
      marks.add(Target.INSTRUMENT, UNCOVERED, 10_000, NOW_NS, 0);
    }
    if (shape == Shape.INVERSE) {
      marks.add(Target.INSTRUMENT, INVERSE, spot * 100, NOW_NS, 0);
    }
    apply(new Command.MarkPrices(marks.build()));
  }

  private void hold() {
    apply(new Command.ImportBalance(ACCOUNT, 1, random.nextLong(1, 500_000_000_000L)));
    if (random.nextBoolean()) {
      apply(new Command.ImportBalance(ACCOUNT, COIN, random.nextLong(1, 500_000_000L)));
    }
    int highestCost = shape == Shape.OUTSIDE && !inCoin ? 1_000_000 : 1_000;
    long quantity = 0;
    for (int i = 0; i < options; i++) {
      long drawn = random.nextInt(-500, 500);
      quantity =
          switch (shape) {
            case ANY, OUTSIDE, INVERSE -> drawn;
            case LONG -> Math.abs(drawn);
            case SHORT -> -Math.abs(drawn);
            case HEDGED -> isSecondOfPair(i) ? -quantity : drawn;
          };
      hold(FIRST_OPTION + i, quantity, random.nextInt(highestCost));
    }
    boolean flat = shape == Shape.HEDGED || random.nextBoolean();
    hold(PERPETUAL, flat ? 0 : random.nextInt(-500, 500), spot * 100);
    if (shape == Shape.OUTSIDE) {
      apply(new Command.ImportBalance(ACCOUNT, 1, -random.nextLong(1, 900_000_000_000L)));
      apply(new Command.ImportBalance(ACCOUNT, COIN, -random.nextLong(1, 900_000_000L)));
      hold(UNCOVERED, random.nextInt(-50_000, 50_000), random.nextInt(5_000, 15_000));
    }
    if (shape == Shape.INVERSE) {
      long entry = Math.round(spot * 100 * (0.5 + random.nextDouble()));
      hold(INVERSE, random.nextInt(-50_000, 50_000), inverse().tickScale(8).worthTicks(entry));
    }
  }

  private void hold(int id, long quantity, long costPerUnit) {
    if (quantity > 0) {
      apply(new Command.ImportPosition(id, ACCOUNT, 1, quantity, quantity * costPerUnit));
    } else if (quantity < 0) {
      apply(new Command.ImportPosition(id, 1, ACCOUNT, -quantity, -quantity * costPerUnit));
    }
  }

  private void widen() {
    int coin = book.assets.find(COIN);
    widenPrice(coin, spot * 100);
    widenMark(book.instruments.find(PERPETUAL), spot * 100);
    if (shape == Shape.OUTSIDE) {
      widenPrice(book.assets.find(1), 1_000_000);
      widenMark(book.instruments.find(UNCOVERED), 10_000);
    }
    if (shape == Shape.INVERSE) {
      widenMark(book.instruments.find(INVERSE), spot * 100);
    }
    // where options are as good as riskless, what the spot alone does is seen when nothing else
    // moves
    boolean calm = shape == Shape.HEDGED && random.nextBoolean();
    for (FactorValue factor : factors) {
      FactorKind kind = factor.kind();
      boolean bounded =
          kind == FactorKind.SPOT
              || kind == FactorKind.FORWARD_VARIABLE
              || kind == FactorKind.MARK_VOLATILITY;
      if (!bounded || (calm && kind != FactorKind.SPOT) || random.nextInt(4) == 0) {
        continue;
      }
      int scale = factor.value().scale() + 4;
      long[] units = range(Math.multiplyExact(factor.value().units(), 10_000L));
      int place =
          switch (kind) {
            case SPOT -> coin;
            case FORWARD_VARIABLE -> book.factors.findExpiry(coin, factor.expiryNs());
            default -> book.instruments.find(factor.subjectId());
          };
      box.factor(kind, place, new Decimal(units[0], scale), new Decimal(units[1], scale));
      knobs.add(
          new Knob(
              units[0],
              units[1],
              kind == FactorKind.FORWARD_VARIABLE
                  ? at ->
                      book.factors.setOfExpiry(
                          kind, coin, factor.expiryNs(), new Decimal(at, scale))
                  : at -> book.factors.set(kind, place, new Decimal(at, scale))));
    }
  }

  private void widenPrice(int asset, long present) {
    long[] price = range(present);
    box.price(asset, price[0], price[1]);
    knobs.add(new Knob(price[0], price[1], at -> book.assets.quotes().suppose(asset, at)));
  }

  private void widenMark(int instrument, long present) {
    long[] mark = range(present);
    box.mark(instrument, mark[0], mark[1]);
    knobs.add(new Knob(mark[0], mark[1], at -> book.instruments.quotes().suppose(instrument, at)));
  }

  private long[] range(long units) {
    return new long[] {
      Math.round(units * (1 - width * random.nextDouble())),
      Math.round(units * (1 + width * random.nextDouble()))
    };
  }

  /// Half of what is drawn lies at an end.
  private long between(long low, long high) {
    return switch (random.nextInt(4)) {
      case 0 -> low;
      case 1 -> high;
      default -> random.nextLong(low, high + 1);
    };
  }

  private void apply(Command command) {
    RefusalReason reason = engine.apply(NOW_NS, 0, 0, command).reason();
    if (reason != RefusalReason.NONE) {
      throw new AssertionError(reason + " refused " + command);
    }
  }

  MarginModel model() {
    return Objects.requireNonNull(engine.machine().valuation.model(account));
  }

  long boundE6() {
    return model().boundE6(account, box);
  }

  /// Equity less maintenance margin as the market is.
  long surplusE6() {
    engine.machine().valuation.assess(account, weighing);
    return weighing.equityE6() - weighing.maintenanceMarginE6();
  }

  long equityE6() {
    engine.machine().valuation.assess(account, weighing);
    return weighing.equityE6();
  }

  /// Puts the market somewhere inside the box.
  void move() {
    knobs.forEach(knob -> knob.set().accept(between(knob.low(), knob.high())));
    book.undo.commit();
  }

  /// From where the market is, moves one range after the other to that end, or to its middle, at
  /// which the account is worst off; until none is left that makes it worse.
  ///
  /// @return the surplus there
  long descendE6() {
    long least = Long.MAX_VALUE;
    long before;
    do {
      before = least;
      for (Knob knob : knobs) {
        long worst = knob.low();
        long there = Long.MAX_VALUE;
        for (long at : new long[] {knob.low(), knob.high(), (knob.low() + knob.high()) / 2}) {
          knob.set().accept(at);
          book.undo.commit();
          long surplus = surplusE6();
          worst = surplus < there ? at : worst;
          there = Math.min(there, surplus);
        }
        knob.set().accept(worst);
        book.undo.commit();
        least = Math.min(least, there);
      }
    } while (least < before);
    return least;
  }

  /// The same weighed by a model that has never weighed anything.
  long freshSurplusE6() {
    new Valuation(book, EngineLimits.STANDARD.assets()).assess(account, weighing);
    return weighing.equityE6() - weighing.maintenanceMarginE6();
  }
}
