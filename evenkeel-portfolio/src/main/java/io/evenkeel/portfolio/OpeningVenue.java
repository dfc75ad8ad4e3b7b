package io.evenkeel.portfolio;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.portfolio.OpeningBook.AccountRow;
import io.evenkeel.portfolio.OpeningBook.BalanceRow;
import io.evenkeel.portfolio.OpeningBook.OrderRow;
import io.evenkeel.portfolio.OpeningBook.PositionRow;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A live engine that holds a venue's books, taken on by ordinary commands. The rulebooks' cycles
/// are silenced, so that everybody stays as the books say.
///
/// Every position is taken on against an *opening account*, an ordinary account of nobody. Where
/// the books net out it ends without positions; what their entry prices do not net out to is the
/// result of positions that others closed before, which is in those others' balances already, so it
/// is taken out of the opening account and stays as the claim of the open positions (the clearing
/// balance). What does not net out goes to the house, if it states no position of its own in the
/// instrument; else it stays with the opening account and is a difference.
public final class OpeningVenue {
  private static final int FEWEST_MARKS = 65_536;

  private final OpeningBook book;
  private final Engine engine;
  private final PortfolioMarket market;
  private final List<Rulebook> rulebooks = new ArrayList<>();
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final Map<String, Long> parties = new LinkedHashMap<>();
  private final Map<String, Long> takenByHouse = new LinkedHashMap<>();
  private final long openingAccount;
  private final long backstop;

  /// Takes books on.
  ///
  /// @throws io.evenkeel.rulebook.RulebookException when a rulebook is not valid
  /// @throws InvalidParameter naming the row that the engine cannot take on, and why
  public OpeningVenue(OpeningBook book) {
    this.book = book;
    AssetScales scales = AssetScales.STANDARD;
    for (Map.Entry<String, AssetEntry> entry : book.market().assets().entrySet()) {
      scales = scales.with(entry.getKey(), entry.getValue().decimals());
    }
    for (String name : book.rulebooks()) {
      rulebooks.add(ShippedRulebooks.read(name, scales).rulebook());
    }
    engine = new Engine(limits(), (number, timeNs, event) -> {});
    refuseInverseFutures(book);
    market =
        new PortfolioMarket(
            OpeningScales.of(book), PortfolioScales.ROOM_TO_STAND, rulebooks, this::apply);
    for (int i = 0; i < rulebooks.size(); i++) {
      apply(
          "rulebook " + book.rulebooks().get(i),
          new Command.DefineRulebook(i, PortfolioMarket.silenced(rulebooks.get(i)), 0));
    }
    number();
    openingAccount = Collections.max(numbers.values(), Long::compare) + 1;
    String house = book.house();
    backstop = house == null ? openingAccount + 1 : numberOf(house);
    openAccounts();
    market.mark();
    market.publish();
    importOrders();
    importPositions();
    closeOpeningAccount();
    importBalances();
  }

  /// As wide as the books.
  private EngineLimits limits() {
    int accounts = book.accounts().size() + 2;
    int assets = book.market().assets().size();
    for (Rulebook rulebook : rulebooks) {
      assets += rulebook.collateral().size();
    }
    int instruments = Math.max(1, book.market().instruments().size());
    return new EngineLimits(
        assets,
        instruments,
        rulebooks.size(),
        accounts,
        accounts,
        instruments,
        Math.max(FEWEST_MARKS, assets + instruments),
        1,
        1);
  }

  /// The books it was set up from.
  public OpeningBook book() {
    return book;
  }

  /// Reads the engine.
  public EngineView view() {
    return engine.view();
  }

  /// Assets and contracts.
  public PortfolioMarket market() {
    return market;
  }

  /// The rulebooks, in the order of the book, as they were given.
  public List<Rulebook> rulebooks() {
    return List.copyOf(rulebooks);
  }

  /// An account's number in the engine: its name, where that is a number.
  public long numberOf(String account) {
    return Objects.requireNonNull(numbers.get(account), account);
  }

  /// What the house took on of an instrument because the rest did not net out, signed quantity
  /// units.
  long takenByHouseUnits(String instrument) {
    return takenByHouse.getOrDefault(instrument, 0L);
  }

  /// What nobody took on of an instrument, signed quantity units; 0 where the books net out.
  long unexplainedUnits(String instrument) {
    return engine.view().quantityUnits(openingAccount, market.contract(instrument).instrumentId());
  }

  /// A name that is a number keeps it; the others are numbered from behind the largest.
  private void number() {
    long largest = 0;
    for (AccountRow row : book.accounts()) {
      if (isNumber(row.account())) {
        largest = Math.max(largest, Long.parseLong(row.account()));
      }
    }
    for (AccountRow row : book.accounts()) {
      numbers.put(
          row.account(), isNumber(row.account()) ? Long.parseLong(row.account()) : ++largest);
      parties.putIfAbsent(row.party(), parties.size() + 1L);
    }
    if (numbers.isEmpty()) {
      throw new InvalidParameter("accounts", "are none; name some, or balances or positions");
    }
  }

  /// Written as the engine writes it, so that no two names share a number.
  private static boolean isNumber(String name) {
    return name.matches("0|[1-9][0-9]{0,17}");
  }

  private void openAccounts() {
    String house = book.house();
    long nobody = parties.size() + 1L;
    if (house == null) {
      open("backstop", backstop, nobody, 0, "", AccountRole.BACKSTOP);
    }
    for (AccountRow row : book.accounts()) {
      if (row.account().equals(house)) {
        open(row, AccountRole.BACKSTOP);
      }
    }
    open("opening account", openingAccount, nobody + 1, openingRulebook(), "", AccountRole.TRADER);
    for (AccountRow row : book.accounts()) {
      if (!row.account().equals(house)) {
        open(row, AccountRole.TRADER);
      }
      long leverage = PortfolioScales.exactUnits(row.leverage(), 2, row.where() + ": leverage");
      if (leverage != 0) {
        apply(
            row.where(),
            new Command.SetLeverage(
                numberOf(row.account()), (int) Math.min(leverage, Integer.MAX_VALUE)));
      }
    }
  }

  /// One that margins options, where there is one: the opening account must be able to hold
  /// whatever anybody holds.
  private int openingRulebook() {
    for (int i = 0; i < rulebooks.size(); i++) {
      if (rulebooks.get(i).requirement().marginsOptions()) {
        return i;
      }
    }
    return 0;
  }

  private void open(AccountRow row, AccountRole role) {
    String instrument = row.isolatedIn();
    open(
        row.where(),
        numberOf(row.account()),
        Objects.requireNonNull(parties.get(row.party())),
        book.rulebooks().indexOf(row.rulebook()),
        instrument == null ? "" : instrument,
        role);
  }

  private void open(
      String where, long number, long party, int rulebook, String isolatedIn, AccountRole role) {
    apply(
        where,
        isolatedIn.isEmpty()
            ? new Command.OpenAccount(number, party, rulebook, AccountMode.CROSS, -1, role)
            : new Command.OpenAccount(
                number,
                party,
                rulebook,
                AccountMode.ISOLATED,
                market.contract(isolatedIn).instrumentId(),
                role));
  }

  /// Orders pass the margin gate, which accounts as they were need not do; so they are placed while
  /// the account is as rich as can be, and what it was lent is taken back.
  private void importOrders() {
    Map<String, AccountRow> rows = new LinkedHashMap<>();
    book.accounts().forEach(row -> rows.put(row.account(), row));
    for (OrderRow row : book.orders()) {
      AccountRow account = Objects.requireNonNull(rows.get(row.account()));
      Rulebook rulebook = rulebooks.get(book.rulebooks().indexOf(account.rulebook()));
      Asset cash = market.asset(rulebook.cashAsset());
      long number = numberOf(row.account());
      LinearContract contract = market.contract(row.instrument());
      String where = row.where();
      long buy = PortfolioScales.exactUnits(row.buy(), contract.quantityScale(), where);
      long sell = PortfolioScales.exactUnits(row.sell(), contract.quantityScale(), where);
      apply(where, new Command.ImportBalance(number, cash.assetId(), cash.maximumSupplyMinor()));
      apply(
          where,
          new Command.SetOrderExposure(
              number,
              contract.instrumentId(),
              buy,
              sell,
              notional(buy, row.buyPrice(), contract, where),
              notional(sell, row.sellPrice(), contract, where)));
      apply(where, new Command.ImportBalance(number, cash.assetId(), -cash.maximumSupplyMinor()));
    }
  }

  /// What entry prices and costs of a table say of the range of a price is not so of one over it.
  private static void refuseInverseFutures(OpeningBook book) {
    book.market()
        .instruments()
        .forEach((symbol, entry) -> {
          if (entry.inverse() && entry.option() == null) {
            throw new InvalidParameter(
                "instruments." + symbol + ".inverse",
                "inverse futures are not imported yet; importPosition of the API takes them");
          }
        });
  }

  private static long notional(long units, Decimal price, LinearContract contract, String where) {
    return PortfolioScales.product(
        units, PortfolioScales.exactUnits(price, contract.priceScale(), where), where);
  }

  private void importPositions() {
    Map<String, List<PositionRow>> rows = new LinkedHashMap<>();
    for (PositionRow row : book.positions()) {
      rows.computeIfAbsent(row.instrument(), _ -> new ArrayList<>()).add(row);
    }
    rows.forEach(this::importPositions);
  }

  /// Longs and shorts take turns, so that what the opening account holds in between stays small.
  private void importPositions(String instrument, List<PositionRow> rows) {
    LinearContract contract = market.contract(instrument);
    ArrayDeque<PositionRow> longs = new ArrayDeque<>();
    ArrayDeque<PositionRow> shorts = new ArrayDeque<>();
    boolean houseStates = false;
    for (PositionRow row : rows) {
      (row.quantity().isNegative() ? shorts : longs).add(row);
      houseStates |= row.account().equals(book.house());
    }
    long held = 0;
    while (!longs.isEmpty() || !shorts.isEmpty()) {
      boolean takesLong = shorts.isEmpty() || (held >= 0 && !longs.isEmpty());
      PositionRow row = Objects.requireNonNull((takesLong ? longs : shorts).poll());
      long quantity =
          PortfolioScales.exactUnits(
              row.quantity(), contract.quantityScale(), row.where() + ": quantity");
      importPosition(contract, row, quantity);
      held -= quantity;
    }
    if (held != 0 && book.house() != null && !houseStates) {
      giveToHouse(contract, held);
    }
  }

  private void importPosition(LinearContract contract, PositionRow row, long quantity) {
    if (Math.abs(quantity) > contract.maximumPositionUnits()) {
      throw new InvalidParameter(
          row.where(), "is worth more than the engine holds of one contract");
    }
    long cost = costTicks(contract, row, Math.abs(quantity));
    exchange(row.where(), contract, numberOf(row.account()), openingAccount, quantity, cost);
  }

  /// Signed as the position.
  private long costTicks(LinearContract contract, PositionRow row, long size) {
    Decimal entry = row.entry();
    try {
      if (entry != null) {
        long price =
            PortfolioScales.exactUnits(entry, contract.priceScale(), row.where() + ": entry");
        long cost = market.costTicks(contract, size, price);
        return row.quantity().isNegative() ? -cost : cost;
      }
      int places = OpeningScales.tickPlaces(contract, market.settlement(contract));
      return PortfolioScales.exactUnits(
          Objects.requireNonNull(row.cost()), places, row.where() + ": cost");
    } catch (ArithmeticException e) {
      throw new InvalidParameter(row.where(), "costs more than the engine can hold");
    }
  }

  private void giveToHouse(LinearContract contract, long heldUnits) {
    long cost =
        engine.view().positions(openingAccount).stream()
            .filter(it -> it.instrumentId() == contract.instrumentId())
            .mapToLong(EngineView.Position::costTicks)
            .sum();
    exchange("house", contract, backstop, openingAccount, heldUnits, cost);
    takenByHouse.put(contract.symbol(), heldUnits);
  }

  /// One account takes on a signed quantity at a signed cost, the other its opposite.
  private void exchange(
      String where, LinearContract contract, long taker, long other, long quantity, long cost) {
    int id = contract.instrumentId();
    apply(
        where,
        quantity > 0
            ? new Command.ImportPosition(id, taker, other, quantity, cost)
            : new Command.ImportPosition(id, other, taker, -quantity, -cost));
  }

  private void closeOpeningAccount() {
    for (Asset asset : market.assets().values()) {
      long left = engine.view().marginMinor(openingAccount, asset.assetId());
      if (left != 0) {
        apply("opening account", new Command.ImportBalance(openingAccount, asset.assetId(), -left));
      }
    }
    if (engine.view().positions(openingAccount).isEmpty()) {
      apply("opening account", new Command.CloseAccount(openingAccount));
    }
  }

  private void importBalances() {
    for (BalanceRow row : book.balances()) {
      Asset asset = market.asset(row.asset());
      long number = numberOf(row.account());
      long minor = PortfolioScales.exactUnits(row.amount(), asset.scale(), row.where());
      if (minor != 0) {
        apply(
            row.where(),
            row.inWallet()
                ? new Command.Deposit(engine.view().partyOf(number), asset.assetId(), minor)
                : new Command.ImportBalance(number, asset.assetId(), minor));
      }
    }
    book.insurance()
        .forEach((symbol, amount) -> {
          Asset asset = market.asset(symbol);
          long minor = PortfolioScales.exactUnits(amount, asset.scale(), "insurance." + symbol);
          if (minor != 0) {
            apply("insurance." + symbol, new Command.ContributeInsurance(asset.assetId(), minor));
          }
        });
  }

  private void apply(String where, Command command) {
    RefusalReason reason = submit(command);
    if (reason != RefusalReason.NONE) {
      throw new InvalidParameter(
          where, "was refused by the engine: " + reason + "; " + remedy(reason));
    }
  }

  private static String remedy(RefusalReason reason) {
    return switch (reason) {
      case NOT_THE_ISOLATED_INSTRUMENT -> "the account is isolated in another instrument";
      case OPTION_NOT_MARGINED ->
          "the account's rulebook does not margin options, give it another one";
      case BACKSTOP_REFUSED -> "the house stands behind the venue and has no orders of its own";
      case INVALID_MODE -> "the house must be a cross account";
      case SUPPLY_EXCEEDED, POSITION_LIMIT, OPEN_INTEREST_LIMIT, VALUE_TOO_LARGE ->
          "it is more than the engine can value, check the decimals";
      case INVALID_QUANTITY -> "each side needs a quantity and a price";
      case INVALID_LEVERAGE -> "a leverage is 1 to 1000, or 0 for none";
      default -> "docs/RULES.md says when it does so";
    };
  }

  /// Applies a command at the instant of the book.
  RefusalReason submit(Command command) {
    return engine.apply(book.market().timeNs(), 0, 0, command).reason();
  }
}
