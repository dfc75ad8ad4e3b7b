package io.evenkeel.lab.population;

import static io.evenkeel.lab.population.RecordedAccounts.ACCOUNT_ID;
import static io.evenkeel.lab.population.RecordedAccounts.ACCOUNT_ROW;
import static io.evenkeel.lab.population.RecordedAccounts.AMOUNT_MINOR;
import static io.evenkeel.lab.population.RecordedAccounts.ASSET;
import static io.evenkeel.lab.population.RecordedAccounts.BUY_NOTIONAL;
import static io.evenkeel.lab.population.RecordedAccounts.INSTRUMENT;
import static io.evenkeel.lab.population.RecordedAccounts.ISOLATED_INSTRUMENT;
import static io.evenkeel.lab.population.RecordedAccounts.LEVERAGE_E2;
import static io.evenkeel.lab.population.RecordedAccounts.LINE;
import static io.evenkeel.lab.population.RecordedAccounts.OWNER;
import static io.evenkeel.lab.population.RecordedAccounts.PARTY_ID;
import static io.evenkeel.lab.population.RecordedAccounts.PRICE_UNITS;
import static io.evenkeel.lab.population.RecordedAccounts.ROLE;
import static io.evenkeel.lab.population.RecordedAccounts.SELL_NOTIONAL;
import static io.evenkeel.lab.population.RecordedAccounts.SELL_UNITS;
import static io.evenkeel.lab.population.RecordedAccounts.UNITS;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Reads the lines of a population file and checks all that can be checked without an engine.
final class PopulationReader {
  private static final int MOST_LEVERAGE_E2 = 100_000;

  private final String file;
  private final Listing listing;
  private final RecordedAccounts read = new RecordedAccounts();
  private final Map<Long, Integer> rowOfAccount = new HashMap<>();
  private final Set<Long> parties = new HashSet<>();
  private final Map<Long, Integer> rowOfOrder = new HashMap<>();
  private final Map<Long, Long> unitsOfPosition = new HashMap<>();
  private final long[] netUnits;
  private final long[] longUnits;
  private int line;
  private String[] fields = {};

  private PopulationReader(String file, Listing listing) {
    this.file = file;
    this.listing = listing;
    netUnits = new long[listing.contractCount()];
    longUnits = new long[listing.contractCount()];
  }

  static RecordedAccounts read(Path file, Listing listing) {
    PopulationReader reader = new PopulationReader(file.toString(), listing);
    reader.readLines(file);
    reader.requireWhole();
    return reader.read;
  }

  private void readLines(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new PopulationException(file, 0, "is not a file", "give the path of a population file");
    }
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      boolean begun = false;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        String row = text.strip();
        if (row.isEmpty() || row.startsWith("#")) {
          continue;
        }
        if (!begun && !row.equals(PopulationFile.FIRST_LINE)) {
          throw fault("does not begin as a population file", "write " + PopulationFile.FIRST_LINE);
        }
        if (begun) {
          readRow(row);
        }
        begun = true;
      }
    } catch (IOException e) {
      throw new PopulationException(
          file,
          0,
          "cannot be read (" + e.getMessage() + ")",
          "give a text file in UTF-8 that you may read");
    }
  }

  private void readRow(String row) {
    fields = row.split(",", -1);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].strip();
    }
    switch (fields[0]) {
      case "insurance" -> readInsurance();
      case "account" -> readAccount();
      case "siblings" -> readSiblings();
      case "wallet" -> readWallet();
      case "margin" -> readMargin();
      case "position" -> readPosition();
      case "order" -> readOrder();
      default ->
          throw fault(
              "'" + fields[0] + "' is not something a line can state",
              "begin it with insurance, account, siblings, wallet, margin, position or order");
    }
  }

  private void readInsurance() {
    requireFields("insurance,ASSET,AMOUNT");
    addMoney(read.insurance, 0, 1);
  }

  private void readAccount() {
    requireFields("account,ACCOUNT,PARTY,ROLE,MODE,LEVERAGE");
    long accountId = id(1);
    if (rowOfAccount.containsKey(accountId)) {
      throw fault("account " + accountId + " is on an earlier line", "state each account once");
    }
    long role = PopulationFile.role(fields[3]);
    if (role < 0) {
      throw fault("'" + fields[3] + "' is not a role", "write trader, marketMaker or backstop");
    }
    int row = read.accounts.add();
    rowOfAccount.put(accountId, row);
    parties.add(id(2));
    read.accounts.set(row, LINE, line);
    read.accounts.set(row, ACCOUNT_ID, accountId);
    read.accounts.set(row, PARTY_ID, id(2));
    read.accounts.set(row, ROLE, role);
    read.accounts.set(row, ISOLATED_INSTRUMENT, isolatedInstrument(role));
    read.accounts.set(row, LEVERAGE_E2, leverageE2());
  }

  private long isolatedInstrument(long role) {
    if (fields[4].equals("cross")) {
      return -1;
    }
    if (!fields[4].startsWith("isolated:") || role != RecordedAccounts.TRADER) {
      throw fault(
          "'" + fields[4] + "' is not a mode of a " + PopulationFile.roleName(role),
          "write cross, or for a trader isolated:SYMBOL");
    }
    return instrument(fields[4].substring("isolated:".length()));
  }

  private long leverageE2() {
    if (fields[5].equals("none")) {
      return 0;
    }
    Decimal leverage = decimal(5);
    if (leverage.scale() > 2
        || leverage.compareTo(Decimal.ONE) < 0
        || leverage.compareTo(new Decimal(MOST_LEVERAGE_E2, 2)) > 0) {
      throw fault(
          "the leverage " + fields[5] + " is out of range",
          "write none, or 1 to 1000 with at most two decimals");
    }
    return leverage.units() * Fixed.pow10(2 - leverage.scale());
  }

  private void readSiblings() {
    requireFields("siblings,PARTY");
    read.siblingParties.add(party(1));
  }

  private void readWallet() {
    requireFields("wallet,PARTY,ASSET,AMOUNT");
    addMoney(read.wallets, party(1), 2);
  }

  private void readMargin() {
    requireFields("margin,ACCOUNT,ASSET,AMOUNT");
    addMoney(read.margins, accountRow(), 2);
  }

  private void addMoney(LongTable table, long owner, int assetField) {
    int assetId = listing.assetId(fields[assetField]);
    if (assetId < 0) {
      throw fault(
          "'" + fields[assetField] + "' is not an asset of this replay",
          "write one of " + listing.assets().stream().map(Asset::symbol).toList());
    }
    int scale = listing.asset(assetId).scale();
    Decimal amount = decimal(assetField + 1);
    if (amount.isNegative()) {
      throw fault(
          "the amount " + fields[assetField + 1] + " is negative",
          "a file cannot state a debt; let the account's position carry the loss");
    }
    int row = table.add();
    table.set(row, LINE, line);
    table.set(row, OWNER, owner);
    table.set(row, ASSET, assetId);
    table.set(
        row,
        AMOUNT_MINOR,
        scaled(amount, scale, fields[assetField] + " has " + scale + " decimals"));
  }

  private void readPosition() {
    requireFields("position,ACCOUNT,SYMBOL,QUANTITY,ENTRY_PRICE");
    long accountRow = accountRow();
    int instrumentId = tradedInstrument(accountRow);
    long units = units(instrumentId, 3);
    if (units == 0) {
      throw fault("the quantity is zero", "leave the line out");
    }
    countPosition(accountRow, instrumentId, units);
    int row = read.positions.add();
    read.positions.set(row, LINE, line);
    read.positions.set(row, ACCOUNT_ROW, accountRow);
    read.positions.set(row, INSTRUMENT, instrumentId);
    read.positions.set(row, UNITS, units);
    read.positions.set(row, PRICE_UNITS, priceUnits(instrumentId, 4));
  }

  private void countPosition(long accountRow, int instrumentId, long units) {
    long before = unitsOfPosition.getOrDefault(rowKey(accountRow, instrumentId), 0L);
    if (before != 0 && Long.signum(before) != Long.signum(units)) {
      throw fault(
          "the account is long and short in " + fields[2], "state the net position, on one side");
    }
    requirePosition(instrumentId, before + units);
    unitsOfPosition.put(rowKey(accountRow, instrumentId), before + units);
    netUnits[instrumentId] += units;
    longUnits[instrumentId] += Math.max(units, 0);
    long most = listing.contract(instrumentId).maximumOpenInterestUnits();
    if (longUnits[instrumentId] > most) {
      throw fault(
          "the longs in " + fields[2] + " exceed the largest open interest",
          "the most is " + most + " lots");
    }
  }

  private void requirePosition(int instrumentId, long units) {
    long most = listing.contract(instrumentId).maximumPositionUnits();
    if (Math.abs(units) > most) {
      throw fault(
          "the quantity is above the largest position of one account",
          "the most is " + most + " lots");
    }
  }

  private long rowKey(long accountRow, int instrumentId) {
    return accountRow * netUnits.length + instrumentId;
  }

  private void readOrder() {
    requireFields("order,ACCOUNT,SYMBOL,buy|sell,QUANTITY,LIMIT_PRICE");
    long accountRow = accountRow();
    int instrumentId = tradedInstrument(accountRow);
    boolean buy = fields[3].equals("buy");
    if (!buy && !fields[3].equals("sell")) {
      throw fault("'" + fields[3] + "' is not a side", "write buy or sell");
    }
    long units = units(instrumentId, 4);
    if (units <= 0) {
      throw fault("the quantity of an order must be positive", "state the side by buy or sell");
    }
    long notional = Math.multiplyExact(units, priceUnits(instrumentId, 5));
    int row = rowOfOrder.computeIfAbsent(rowKey(accountRow, instrumentId), _ -> read.orders.add());
    read.orders.set(row, LINE, line);
    read.orders.set(row, ACCOUNT_ROW, accountRow);
    read.orders.set(row, INSTRUMENT, instrumentId);
    int unitsColumn = buy ? UNITS : SELL_UNITS;
    int notionalColumn = buy ? BUY_NOTIONAL : SELL_NOTIONAL;
    requirePosition(instrumentId, read.orders.get(row, unitsColumn) + units);
    read.orders.set(row, unitsColumn, read.orders.get(row, unitsColumn) + units);
    read.orders.set(row, notionalColumn, read.orders.get(row, notionalColumn) + notional);
  }

  private void requireWhole() {
    if (line == 0 || read.accounts.size() == 0) {
      throw new PopulationException(
          file, 0, "states no account", "write " + PopulationFile.FIRST_LINE + " and accounts");
    }
    requireOne(RecordedAccounts.BACKSTOP);
    requireOne(RecordedAccounts.MARKET_MAKER);
    for (int instrumentId = 0; instrumentId < netUnits.length; instrumentId++) {
      if (netUnits[instrumentId] != 0) {
        throw new PopulationException(
            file,
            0,
            "in %s %s exceed %s by %d quantity units"
                .formatted(
                    listing.contract(instrumentId).symbol(),
                    netUnits[instrumentId] > 0 ? "longs" : "shorts",
                    netUnits[instrumentId] > 0 ? "shorts" : "longs",
                    Math.abs(netUnits[instrumentId])),
            "add the other side, for example to the market maker");
      }
    }
  }

  private void requireOne(long role) {
    int found = 0;
    for (int row = 0; row < read.accounts.size(); row++) {
      found += read.accounts.get(row, ROLE) == role ? 1 : 0;
    }
    String name = PopulationFile.roleName(role);
    if (found != 1) {
      throw new PopulationException(
          file,
          0,
          "has " + found + " accounts with the role " + name,
          "state exactly one, for example account,1,1," + name + ",cross,none");
    }
  }

  private int accountRow() {
    Integer row = rowOfAccount.get(id(1));
    if (row == null) {
      throw fault("there is no account " + fields[1] + " yet", "put its account line before");
    }
    return row;
  }

  private long party(int field) {
    long partyId = id(field);
    if (!parties.contains(partyId)) {
      throw fault(
          "there is no party " + fields[field] + " yet", "put an account line of it before");
    }
    return partyId;
  }

  private int tradedInstrument(long accountRow) {
    int instrumentId = instrument(fields[2]);
    long isolated = read.accounts.get((int) accountRow, ISOLATED_INSTRUMENT);
    if (isolated >= 0 && isolated != instrumentId) {
      throw fault(
          "the account is isolated to " + listing.contract((int) isolated).symbol(),
          "make it cross, or move the line to another account");
    }
    return instrumentId;
  }

  private int instrument(String symbol) {
    int instrumentId = listing.instrumentId(symbol);
    if (instrumentId < 0) {
      throw fault(
          "'" + symbol + "' is not a contract of this replay",
          "write one of " + listing.contracts().stream().map(LinearContract::symbol).toList());
    }
    return instrumentId;
  }

  private long units(int instrumentId, int field) {
    LinearContract contract = listing.contract(instrumentId);
    int scale = contract.quantityScale();
    Decimal quantity = decimal(field);
    String rule = "quantities of " + contract.symbol() + " are multiples of one lot, 10^" + -scale;
    long contracts = scaled(quantity, Math.max(scale, 0), rule);
    long divisor = Fixed.pow10(Math.max(-scale, 0));
    long units = contracts / divisor;
    if (contracts % divisor != 0 || units % contract.lotSize() != 0) {
      throw fault("'" + fields[field] + "' does not fit", rule);
    }
    requirePosition(instrumentId, units);
    return units;
  }

  private long priceUnits(int instrumentId, int field) {
    LinearContract contract = listing.contract(instrumentId);
    String rule = "prices of " + contract.symbol() + " have " + contract.priceScale() + " decimals";
    long price = scaled(decimal(field), contract.priceScale(), rule);
    if (price <= 0 || price > contract.maximumPriceUnits()) {
      throw fault(
          "the price " + fields[field] + " is out of range",
          "it must be above 0 and at most "
              + new Decimal(contract.maximumPriceUnits(), contract.priceScale()));
    }
    return price;
  }

  private long scaled(Decimal value, int scale, String rule) {
    if (value.scale() > scale) {
      throw fault("'" + value + "' has too many decimals", rule);
    }
    try {
      return Math.multiplyExact(value.units(), Fixed.pow10(scale - value.scale()));
    } catch (ArithmeticException e) {
      throw fault("'" + value + "' is too large", rule);
    }
  }

  private Decimal decimal(int field) {
    try {
      return Decimal.parse(fields[field]);
    } catch (IllegalArgumentException e) {
      throw fault(
          "'" + fields[field] + "' is not a number", "write a plain decimal such as 1250.75");
    }
  }

  private long id(int field) {
    try {
      long id = Long.parseLong(fields[field]);
      if (id >= 0 && id < Long.MAX_VALUE) {
        return id;
      }
    } catch (NumberFormatException e) {
      // said below, in the words of the file
    }
    throw fault("'" + fields[field] + "' is not an id", "write a whole number, 0 or above");
  }

  private void requireFields(String form) {
    int wanted = form.split(",", -1).length;
    if (fields.length != wanted) {
      throw fault(
          "the line has %d fields, not %d".formatted(fields.length, wanted), "write " + form);
    }
  }

  private PopulationException fault(String problem, String remedy) {
    return new PopulationException(file, line, problem, remedy);
  }
}
