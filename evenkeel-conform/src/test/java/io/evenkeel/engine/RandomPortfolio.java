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
import java.util.function.Supplier;

/// A random account of options, a perpetual, cash and a coin under a shipped rulebook, a random box
/// around its market, and a way to put the market anywhere inside it. Whether the spot, forwards
/// and volatilities are published, and which of them range, is drawn too.
final class RandomPortfolio {
  private static final long NOW_NS = 1_700_000_000_000_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final long ACCOUNT = 2;
  private static final int COIN = 2;
  private static final int PERPETUAL = 1;
  private static final int FIRST_OPTION = 10;
  private static final int[] DAYS = {2, 25, 120};

  private final Engine engine = new Engine(EngineLimits.STANDARD, (number, timeNs, event) -> {});
  private final Book book = engine.machine().book;
  private final Weighing weighing = new Weighing();
  private final SplittableRandom random;
  private final double width;
  private final List<Runnable> moves = new ArrayList<>();
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
    random = new SplittableRandom(seed);
    this.width = width;
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
    publishesSpot = random.nextBoolean();
    publishesForwards = random.nextBoolean();
    options = random.nextInt(1, 9);
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
    for (int i = 0; i < options; i++) {
      long strike = Math.round(spot * (0.7 + 0.6 * random.nextDouble()));
      OptionTerms terms =
          new OptionTerms(
              random.nextBoolean() ? OptionTerms.Right.CALL : OptionTerms.Right.PUT,
              new Decimal(strike, 0));
      long expiryNs = NOW_NS + DAYS[random.nextInt(DAYS.length)] * DAY_NS;
      apply(
          new Command.DefineInstrument(
              contract(
                  FIRST_OPTION + i,
                  ContractKind.OPTION,
                  inCoin ? COIN : 1,
                  new ContractTerms(COIN, expiryNs, inCoin, terms))));
    }
  }

  private static LinearContract contract(
      int id, ContractKind kind, int settlement, ContractTerms terms) {
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
        kind == ContractKind.OPTION ? 100 : 100_000_000,
        100_000,
        100_000,
        terms);
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
    for (int i = 0; i < options; i++) {
      if (random.nextInt(10) > 0) {
        factors.add(
            new FactorValue(
                FactorKind.MARK_VOLATILITY,
                FIRST_OPTION + i,
                0,
                new Decimal(random.nextInt(20, 120), 2)));
      }
    }
    apply(new Command.PublishFactors(factors));
    apply(
        new Command.MarkPrices(
            MarkBatch.builder().add(Target.INSTRUMENT, PERPETUAL, spot * 100, NOW_NS, 0).build()));
  }

  private void hold() {
    apply(new Command.ImportBalance(ACCOUNT, 1, random.nextLong(1, 500_000_000_000L)));
    if (random.nextBoolean()) {
      apply(new Command.ImportBalance(ACCOUNT, COIN, random.nextLong(1, 500_000_000L)));
    }
    for (int i = 0; i < options; i++) {
      hold(FIRST_OPTION + i, random.nextInt(-500, 500), random.nextInt(1_000));
    }
    hold(PERPETUAL, random.nextBoolean() ? 0 : random.nextInt(-500, 500), spot * 100);
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
    long[] price = range(spot * 100);
    box.price(coin, price[0], price[1]);
    moves.add(() -> book.assets.quotes().suppose(coin, between(price[0], price[1])));
    int perpetual = book.instruments.find(PERPETUAL);
    long[] mark = range(spot * 100);
    box.mark(perpetual, mark[0], mark[1]);
    moves.add(() -> book.instruments.quotes().suppose(perpetual, between(mark[0], mark[1])));
    for (FactorValue factor : factors) {
      FactorKind kind = factor.kind();
      boolean bounded =
          kind == FactorKind.SPOT
              || kind == FactorKind.FORWARD_VARIABLE
              || kind == FactorKind.MARK_VOLATILITY;
      if (!bounded || random.nextInt(4) == 0) {
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
      Supplier<Decimal> drawn = () -> new Decimal(between(units[0], units[1]), scale);
      moves.add(
          kind == FactorKind.FORWARD_VARIABLE
              ? () -> book.factors.setOfExpiry(kind, coin, factor.expiryNs(), drawn.get())
              : () -> book.factors.set(kind, place, drawn.get()));
    }
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
    moves.forEach(Runnable::run);
    book.undo.commit();
  }

  /// The same weighed by a model that has never weighed anything.
  long freshSurplusE6() {
    new Valuation(book, EngineLimits.STANDARD.assets()).assess(account, weighing);
    return weighing.equityE6() - weighing.maintenanceMarginE6();
  }
}
