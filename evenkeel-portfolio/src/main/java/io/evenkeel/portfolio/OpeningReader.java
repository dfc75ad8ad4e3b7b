package io.evenkeel.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.ParameterReader;
import io.evenkeel.portfolio.OpeningBook.AccountRow;
import io.evenkeel.portfolio.OpeningBook.BalanceRow;
import io.evenkeel.portfolio.OpeningBook.Figure;
import io.evenkeel.portfolio.OpeningBook.OrderRow;
import io.evenkeel.portfolio.OpeningBook.PositionRow;
import io.evenkeel.portfolio.OpeningBook.StatedRow;
import io.evenkeel.portfolio.OpeningBook.Tolerance;
import io.evenkeel.rulebook.ParameterFile;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads an [OpeningBook]: a YAML or JSON file with the market, whose tables are lists in it or
/// files beside it, in CSV or in YAML or JSON. Strict: an unknown key or column, a name that leads
/// nowhere, a row twice is told with file, line and remedy.
public final class OpeningReader {
  private static final List<String> TABLES =
      List.of("accounts", "balances", "positions", "orders", "stated");
  private static final List<String> ACCOUNT_CHOICES =
      List.of("party", "rulebook", "isolatedIn", "leverage");
  private static final Tolerance CENT = new Tolerance(new Decimal(1, 2), Decimal.ZERO);

  private final ParameterReader root;
  private final Path folder;
  private final Map<String, String> files;
  private final PortfolioDocument market;
  private final Set<String> rulebooks = new LinkedHashSet<>();

  /// By name, in the order in which they are opened.
  private final Map<String, AccountRow> accounts = new LinkedHashMap<>();

  private boolean accountsAreListed;
  private final Map<List<String>, String> seen = new HashMap<>();

  private OpeningReader(ParameterReader root, Path folder) {
    this.root = root;
    this.folder = folder;
    market = PortfolioReader.market(root);
    files = root.has("files") ? root.fields("files", OpeningReader::fileNames) : Map.of();
  }

  /// Reads a file and the tables that it names, whose paths are relative to its folder.
  ///
  /// @throws io.evenkeel.rulebook.RulebookException naming every place that cannot be accepted
  public static OpeningBook read(Path file) {
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    return ParameterFile.read(file, root -> new OpeningReader(root, folder).book());
  }

  private static Map<String, String> fileNames(ParameterReader reader) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String table : TABLES) {
      if (reader.has(table)) {
        names.put(table, reader.word(table));
      }
    }
    return names;
  }

  private OpeningBook book() {
    rulebooks.add(rulebook(root.word("rulebook", ShippedRulebooks.DEFAULT)));
    String house = root.word("house", "");
    Tolerance tolerance =
        root.has("tolerance") ? root.fields("tolerance", OpeningReader::tolerance) : CENT;
    Map<String, Decimal> insurance = amounts("insurance");
    Map<String, Decimal> holdings = amounts("holdings");
    accountsAreListed = isGiven("accounts");
    table("accounts", List.of("account"), ACCOUNT_CHOICES, this::account)
        .forEach(row -> accounts.put(row.account(), row));
    if (!house.isEmpty()) {
      knownAccount(house, "house", root::refusal);
    }
    List<BalanceRow> balances =
        table("balances", List.of("account", "asset", "amount"), List.of("place"), this::balance);
    List<PositionRow> positions =
        table(
            "positions",
            List.of("account", "instrument", "quantity"),
            List.of("entry", "cost"),
            this::position);
    List<OrderRow> orders =
        table(
            "orders",
            List.of("account", "instrument"),
            List.of("buy", "buyPrice", "sell", "sellPrice"),
            this::order);
    List<StatedRow> stated =
        table(
            "stated",
            List.of("account"),
            Arrays.stream(Figure.values()).map(Figure::label).toList(),
            this::stated);
    return new OpeningBook(
        market,
        List.copyOf(rulebooks),
        house.isEmpty() ? null : house,
        tolerance,
        insurance,
        holdings,
        List.copyOf(accounts.values()),
        balances,
        positions,
        orders,
        stated);
  }

  private static Tolerance tolerance(ParameterReader reader) {
    return new Tolerance(notNegative(reader, "absolute"), notNegative(reader, "relative"));
  }

  private static Decimal notNegative(ParameterReader reader, String name) {
    Decimal value = reader.decimal(name, Decimal.ZERO);
    if (value.isNegative()) {
      throw reader.refusal(name, "must not be below 0");
    }
    return value;
  }

  private Map<String, Decimal> amounts(String key) {
    if (!root.has(key)) {
      return Map.of();
    }
    Map<String, Decimal> amounts = root.numbers(key);
    PortfolioReader.requireAllKnown(market.assets(), amounts, key, "assets");
    amounts.forEach((symbol, amount) -> {
      if (key.equals("insurance") && amount.isNegative()) {
        throw root.refusal(key + "." + symbol, "must not be below 0");
      }
    });
    return amounts;
  }

  private boolean isGiven(String table) {
    return root.has(table) || files.containsKey(table);
  }

  private <T> List<T> table(
      String table, List<String> required, List<String> optional, Function<BookRow, T> reading) {
    String file = files.get(table);
    if (file != null && root.has(table)) {
      throw root.refusal(table, "is also named in files; keep one of the two");
    }
    if (file == null) {
      return root.has(table) ? items(root, table, reading) : List.of();
    }
    Path path = folder.resolve(file);
    if (file.endsWith(".csv")) {
      return CsvFile.read(path, required, optional, reading);
    }
    if (file.matches("(?i).*\\.(json|ya?ml)")) {
      return ParameterFile.read(path, reader -> items(reader, table, reading));
    }
    throw root.refusal("files." + table, "must end in .csv, .json, .yaml or .yml");
  }

  private static <T> List<T> items(
      ParameterReader reader, String table, Function<BookRow, T> reading) {
    return reader.items(table, item -> reading.apply(BookRow.of(item)));
  }

  private AccountRow account(BookRow row) {
    String name = row.name("account");
    once(row, "account", "account", name);
    String instrument = row.cell("isolatedIn");
    if (instrument != null) {
      known(market.instruments(), row, "isolatedIn", "instruments");
    }
    String rulebook = row.cell("rulebook");
    String resolved = rulebook == null ? rulebooks.iterator().next() : rulebook(rulebook);
    rulebooks.add(resolved);
    Decimal leverage = row.amount("leverage");
    String party = row.cell("party");
    return new AccountRow(
        row.where(), name, party == null ? name : party, resolved, instrument, leverage);
  }

  private BalanceRow balance(BookRow row) {
    String account = knownAccount(row);
    String asset = known(market.assets(), row, "asset", "assets");
    String place = row.cell("place");
    boolean inWallet = "wallet".equals(place);
    if (place != null && !inWallet && !place.equals("margin")) {
      throw row.refusal("place", "must be margin or wallet");
    }
    once(row, "asset", "balance", account, asset, String.valueOf(inWallet));
    Decimal amount = row.number("amount");
    if (inWallet && amount.isNegative()) {
      throw row.refusal("amount", "must not be below 0 in a wallet; a debt belongs to the margin");
    }
    places(row, "amount", amount, asset);
    return new BalanceRow(row.where(), account, asset, inWallet, amount);
  }

  private void places(BookRow row, String column, Decimal amount, String asset) {
    PortfolioDocument.AssetEntry entry = market.assets().get(asset);
    if (entry != null && amount.scale() > entry.decimals()) {
      throw row.refusal(
          column, "must have at most the %d places of %s".formatted(entry.decimals(), asset));
    }
  }

  private PositionRow position(BookRow row) {
    String account = knownAccount(row);
    String instrument = known(market.instruments(), row, "instrument", "instruments");
    once(row, "instrument", "position", account, instrument);
    Decimal quantity = row.number("quantity");
    if (quantity.units() == 0) {
      throw row.refusal("quantity", "must not be 0; leave the row out");
    }
    Decimal entry = row.optionalNumber("entry");
    Decimal cost = row.optionalNumber("cost");
    if ((entry == null) == (cost == null)) {
      throw row.refusal(
          entry == null ? "quantity" : "cost",
          entry == null
              ? "needs an entry price or a cost beside it"
              : "stands beside an entry price; keep one");
    }
    if (entry != null && entry.isNegative()) {
      throw row.refusal("entry", "must not be below 0");
    }
    return new PositionRow(row.where(), account, instrument, quantity, entry, cost);
  }

  private OrderRow order(BookRow row) {
    String account = knownAccount(row);
    String instrument = known(market.instruments(), row, "instrument", "instruments");
    once(row, "instrument", "row of orders", account, instrument);
    return new OrderRow(
        row.where(),
        account,
        instrument,
        row.amount("buy"),
        row.amount("buyPrice"),
        row.amount("sell"),
        row.amount("sellPrice"));
  }

  private StatedRow stated(BookRow row) {
    String account = knownAccount(row);
    once(row, "account", "statement", account);
    Map<Figure, Decimal> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      Decimal value = row.optionalNumber(figure.label());
      if (value != null) {
        figures.put(figure, value);
      }
    }
    return new StatedRow(row.where(), account, figures);
  }

  private String knownAccount(BookRow row) {
    return knownAccount(row.name("account"), "account", row::refusal);
  }

  private interface Refusal {
    InvalidParameter of(String column, String remedy);
  }

  /// Where there is no list of accounts, an account is there as soon as it is named.
  private String knownAccount(String account, String column, Refusal refusal) {
    if (!accounts.containsKey(account)) {
      if (accountsAreListed) {
        throw refusal.of(column, "is not one of the accounts that are listed");
      }
      accounts.put(
          account,
          new AccountRow(
              "account " + account,
              account,
              account,
              rulebooks.iterator().next(),
              null,
              Decimal.ZERO));
    }
    return account;
  }

  private static String known(Map<String, ?> known, BookRow row, String column, String list) {
    String name = row.name(column);
    if (!known.containsKey(name)) {
      throw row.refusal(
          column,
          "is not one of %s, which are %s".formatted(list, String.join(", ", known.keySet())));
    }
    return name;
  }

  private void once(BookRow row, String column, String what, String... key) {
    List<String> whole = new ArrayList<>(List.of(key));
    whole.add(what);
    @Nullable String before = seen.putIfAbsent(whole, row.where());
    if (before != null) {
      throw row.refusal(
          column, "has a second %s, the first is at %s; make one of them".formatted(what, before));
    }
  }

  /// Paths of rulebooks are relative to the book, too.
  private String rulebook(String nameOrPath) {
    boolean shipped = ShippedRulebooks.list().stream().anyMatch(it -> it.name().equals(nameOrPath));
    return shipped || !nameOrPath.matches("(?i).*[/\\\\].*|.*\\.ya?ml")
        ? nameOrPath
        : folder.resolve(nameOrPath).toString();
  }
}
