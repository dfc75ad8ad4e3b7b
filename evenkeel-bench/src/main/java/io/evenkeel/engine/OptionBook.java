package io.evenkeel.engine;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One account with options of several expiries on one coin, whose market and legs are changed
/// without commands, so that what is measured is the valuation alone. It is in the engine's package
/// because it reaches into the engine's own parts.
public final class OptionBook {
  private static final long NOW_NS = 1_700_000_000_000_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;

  /// The account that is weighed.
  public static final long ACCOUNT = 2;

  private static final int COIN = 2;
  private static final int FIRST_OPTION = 10;
  private static final long SPOT = 100_000;
  private static final long SEED = 1;
  private static final Decimal[] FORWARDS = {
    new Decimal(SPOT + 100, 0), new Decimal(SPOT + 101, 0)
  };

  private final Engine engine = new Engine(EngineLimits.STANDARD, (number, timeNs, event) -> {});
  private final Book book = engine.machine().book;
  private final Weighing weighing = new Weighing();
  private final int expiries;
  private final int account;
  private final int firstRow;
  private final long firstQuantity;
  private int turn;

  /// @param rulebook whose cash asset is `USDC` and whose coin is `BTC`
  /// @param options a multiple of `expiries`
  public OptionBook(Rulebook rulebook, int options, int expiries) {
    this.expiries = expiries;
    commands(rulebook, options, expiries, NOW_NS).forEach(this::apply);
    account = engine.view().accountIndex(ACCOUNT);
    firstRow = book.positions.first(account);
    if (firstRow == Positions.NONE) {
      throw new IllegalStateException("the account holds nothing");
    }
    firstQuantity = book.positions.quantity(firstRow);
  }

  /// What brings the account into any engine.
  ///
  /// @param nowNs the first expiry lies three days after it
  public static List<Command> commands(Rulebook rulebook, int options, int expiries, long nowNs) {
    List<Command> commands = new ArrayList<>();
    commands.add(
        new Command.DefineAsset(new Asset(1, "USDC", 6, 1L << 50, 6, 1_000_000, 2_000_000)));
    commands.add(
        new Command.DefineAsset(
            new Asset(COIN, "BTC", 8, 5_000_000_000_000L, 2, SPOT * 100, SPOT * 400)));
    List<FactorValue> factors = new ArrayList<>();
    for (int i = 0; i < expiries; i++) {
      long at = expiryNs(nowNs, i);
      factors.add(new FactorValue(FactorKind.FORWARD_FIXED, COIN, at, Decimal.ZERO));
      factors.add(new FactorValue(FactorKind.FORWARD_VARIABLE, COIN, at, FORWARDS[0]));
      factors.add(new FactorValue(FactorKind.RATE, COIN, at, new Decimal(4, 2)));
    }
    SplittableRandom random = new SplittableRandom(SEED);
    List<Command> trades = new ArrayList<>();
    for (int i = 0; i < options; i++) {
      int id = FIRST_OPTION + i;
      commands.add(new Command.DefineInstrument(option(i, expiryNs(nowNs, i % expiries), random)));
      factors.add(
          new FactorValue(
              FactorKind.MARK_VOLATILITY, id, 0, new Decimal(random.nextInt(40, 90), 2)));
      long quantity = random.nextInt(50, 500);
      trades.add(
          i % 2 == 0
              ? new Command.ImportPosition(id, ACCOUNT, 1, quantity, 0)
              : new Command.ImportPosition(id, 1, ACCOUNT, quantity, 0));
    }
    commands.add(new Command.DefineRulebook(1, rulebook, 0));
    commands.add(new Command.OpenAccount(1, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    commands.add(new Command.OpenAccount(ACCOUNT, 2, 1, AccountMode.CROSS, -1, AccountRole.TRADER));
    commands.add(new Command.PublishFactors(factors));
    commands.add(new Command.ImportBalance(ACCOUNT, 1, 100_000_000_000_000L));
    commands.addAll(trades);
    return commands;
  }

  private static long expiryNs(long nowNs, int i) {
    return nowNs + (3 + 9L * i) * DAY_NS;
  }

  /// Symbol of an option.
  ///
  /// @param i counted from 0
  public static String symbol(int i) {
    return "O" + (FIRST_OPTION + i);
  }

  private static LinearContract option(int i, long expiryNs, SplittableRandom random) {
    OptionTerms terms =
        new OptionTerms(
            random.nextBoolean() ? OptionTerms.Right.CALL : OptionTerms.Right.PUT,
            new Decimal(1_000L * random.nextInt(60, 150), 0));
    return new LinearContract(
        FIRST_OPTION + i,
        symbol(i),
        ContractKind.OPTION,
        1,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        0,
        2,
        1,
        1,
        100_000,
        100_000,
        new ContractTerms(COIN, expiryNs, false, terms));
  }

  private void apply(Command command) {
    RefusalReason reason = engine.apply(NOW_NS, 0, 0, command).reason();
    if (reason != RefusalReason.NONE) {
      throw new IllegalStateException(reason + " refused " + command.getClass().getSimpleName());
    }
  }

  /// Moves the forward of every expiry, so that nothing known of the market holds any more, and
  /// weighs the account.
  ///
  /// @return maintenance margin, millionths of the numeraire
  public long weighAfterMarketMoved() {
    Decimal forward = FORWARDS[++turn & 1];
    for (int i = 0; i < expiries; i++) {
      book.factors.setOfExpiry(
          FactorKind.FORWARD_VARIABLE, book.assets.find(COIN), expiryNs(NOW_NS, i), forward);
    }
    return weigh();
  }

  /// Moves the forward of one expiry and weighs the account.
  ///
  /// @return maintenance margin, millionths of the numeraire
  public long weighAfterOneExpiryMoved() {
    book.factors.setOfExpiry(
        FactorKind.FORWARD_VARIABLE,
        book.assets.find(COIN),
        expiryNs(NOW_NS, 0),
        FORWARDS[++turn & 1]);
    return weigh();
  }

  /// Changes the quantity of one leg and weighs the account.
  ///
  /// @return maintenance margin, millionths of the numeraire
  public long weighAfterOneLegChanged() {
    book.positions.setPosition(firstRow, firstQuantity + (++turn & 1), 0);
    return weigh();
  }

  /// Weighs the account.
  ///
  /// @return maintenance margin, millionths of the numeraire
  public long weigh() {
    book.undo.commit();
    engine.machine().valuation.assess(account, weighing);
    return weighing.maintenanceMarginE6();
  }
}
