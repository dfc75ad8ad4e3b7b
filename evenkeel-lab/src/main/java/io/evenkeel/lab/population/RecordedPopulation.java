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
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A population read from a file (see [PopulationFile]). Its accounts get exactly the money and the
/// entry prices of the file, whatever their margin: they are put together under rules that ask for
/// hardly anything, then the rulebook comes into force, and its cycle tops up, calls or liquidates
/// whoever needs it. A leverage that an account has outgrown is refused by the engine, counted, and
/// the account goes on without. Accounts are opened in the order of the file, those of one party
/// together.
public final class RecordedPopulation implements Population {
  private final String file;
  private final Listing listing;
  private final Rulebook rulebook;
  private final RecordedAccounts recorded;
  private final int[] traderRows;
  private final long[] sortedTraderIds;
  private final int[] traderOfSorted;
  private final int backstopRow;
  private final int marketMakerRow;

  RecordedPopulation(String file, Listing listing, Rulebook rulebook, RecordedAccounts recorded) {
    this.file = file;
    this.listing = listing;
    this.rulebook = rulebook;
    this.recorded = recorded;
    backstopRow = rowWithRole(RecordedAccounts.BACKSTOP);
    marketMakerRow = rowWithRole(RecordedAccounts.MARKET_MAKER);
    traderRows = tradersByParty();
    long[] ids = new long[traderRows.length];
    Arrays.setAll(ids, trader -> accountId(trader));
    sortedTraderIds = ids.clone();
    Arrays.sort(sortedTraderIds);
    traderOfSorted = new int[ids.length];
    for (int trader = 0; trader < ids.length; trader++) {
      traderOfSorted[Arrays.binarySearch(sortedTraderIds, ids[trader])] = trader;
    }
  }

  @Override
  public Listing listing() {
    return listing;
  }

  @Override
  public int traderCount() {
    return traderRows.length;
  }

  @Override
  public long accountId(int trader) {
    return recorded.accounts.get(traderRows[trader], ACCOUNT_ID);
  }

  @Override
  public long partyId(int trader) {
    return recorded.accounts.get(traderRows[trader], PARTY_ID);
  }

  @Override
  public int isolatedInstrumentId(int trader) {
    return (int) recorded.accounts.get(traderRows[trader], ISOLATED_INSTRUMENT);
  }

  @Override
  public boolean allowsSiblingTopUp(int trader) {
    return recorded.siblingParties.contains(partyId(trader));
  }

  @Override
  public int traderOf(long accountId) {
    int found = Arrays.binarySearch(sortedTraderIds, accountId);
    return found < 0 ? -1 : traderOfSorted[found];
  }

  @Override
  public long backstopAccountId() {
    return recorded.accounts.get(backstopRow, ACCOUNT_ID);
  }

  @Override
  public long housePartyId() {
    return recorded.accounts.get(backstopRow, PARTY_ID);
  }

  @Override
  public long marketMakerAccountId() {
    return recorded.accounts.get(marketMakerRow, ACCOUNT_ID);
  }

  @Override
  public long marketMakerPartyId() {
    return recorded.accounts.get(marketMakerRow, PARTY_ID);
  }

  @Override
  public SetUpReport setUp(long timeNs, CommandSink sink) {
    SetUpReport.Counter counter = new SetUpReport.Counter(sink);
    HouseSetUp.define(timeNs, listing, SetUpRulebook.of(rulebook), counter);
    openAccounts(timeNs, counter);
    moveMoney(timeNs, counter);
    SetUpDesk desk =
        new SetUpDesk(listing, recorded.positions, freeId(ACCOUNT_ID), freeId(PARTY_ID));
    desk.open(timeNs, counter);
    desk.enterAll(row -> enter(timeNs, row, desk.accountId(), counter));
    counter.setOrigin("set-up desk");
    desk.close(timeNs, counter);
    placeOrders(timeNs, counter);
    chooseLeverage(timeNs, counter);
    counter.setOrigin("");
    counter.submit(
        timeNs, new Command.DefineRulebook(RULEBOOK_ID, SetUpRulebook.governing(rulebook), timeNs));
    return counter.report();
  }

  private void openAccounts(long timeNs, SetUpReport.Counter sink) {
    openAccount(timeNs, backstopRow, AccountRole.BACKSTOP, sink);
    openAccount(timeNs, marketMakerRow, AccountRole.TRADER, sink);
    for (int row : traderRows) {
      openAccount(timeNs, row, AccountRole.TRADER, sink);
    }
    sink.setOrigin("");
    Set<Long> stated = new HashSet<>();
    for (int trader = 0; trader < traderRows.length; trader++) {
      if (allowsSiblingTopUp(trader) && stated.add(partyId(trader))) {
        sink.submit(timeNs, new Command.SetPartyPolicy(partyId(trader), true));
      }
    }
  }

  private void openAccount(long timeNs, int row, AccountRole role, SetUpReport.Counter sink) {
    int isolated = (int) recorded.accounts.get(row, ISOLATED_INSTRUMENT);
    sink.setOrigin(place(recorded.accounts, row));
    sink.submit(
        timeNs,
        new Command.OpenAccount(
            recorded.accounts.get(row, ACCOUNT_ID),
            recorded.accounts.get(row, PARTY_ID),
            RULEBOOK_ID,
            isolated >= 0 ? AccountMode.ISOLATED : AccountMode.CROSS,
            isolated,
            role));
  }

  private void moveMoney(long timeNs, SetUpReport.Counter sink) {
    for (int row = 0; row < recorded.insurance.size(); row++) {
      sink.setOrigin(place(recorded.insurance, row));
      submitAmount(
          timeNs,
          recorded.insurance.get(row, AMOUNT_MINOR),
          new Command.ContributeInsurance(
              (int) recorded.insurance.get(row, ASSET), recorded.insurance.get(row, AMOUNT_MINOR)),
          sink);
    }
    for (int row = 0; row < recorded.margins.size(); row++) {
      int accountRow = (int) recorded.margins.get(row, OWNER);
      int assetId = (int) recorded.margins.get(row, ASSET);
      long amount = recorded.margins.get(row, AMOUNT_MINOR);
      sink.setOrigin(place(recorded.margins, row));
      submitAmount(
          timeNs,
          amount,
          new Command.Deposit(recorded.accounts.get(accountRow, PARTY_ID), assetId, amount),
          sink);
      submitAmount(
          timeNs,
          amount,
          new Command.Transfer(
              recorded.accounts.get(accountRow, ACCOUNT_ID),
              assetId,
              amount,
              Command.Direction.TO_MARGIN),
          sink);
    }
    for (int row = 0; row < recorded.wallets.size(); row++) {
      long amount = recorded.wallets.get(row, AMOUNT_MINOR);
      sink.setOrigin(place(recorded.wallets, row));
      submitAmount(
          timeNs,
          amount,
          new Command.Deposit(
              recorded.wallets.get(row, OWNER), (int) recorded.wallets.get(row, ASSET), amount),
          sink);
    }
  }

  /// A line may state an amount of zero; there is nothing to move then.
  private static void submitAmount(
      long timeNs, long amountMinor, Command command, CommandSink sink) {
    if (amountMinor > 0) {
      sink.submit(timeNs, command);
    }
  }

  private boolean enter(long timeNs, int row, long deskAccountId, SetUpReport.Counter sink) {
    LongTable positions = recorded.positions;
    long accountId = recorded.accounts.get((int) positions.get(row, ACCOUNT_ROW), ACCOUNT_ID);
    long units = positions.get(row, UNITS);
    sink.setOrigin(place(positions, row));
    return sink.submit(
            timeNs,
            new Command.Fill(
                (int) positions.get(row, INSTRUMENT),
                units > 0 ? accountId : deskAccountId,
                units > 0 ? deskAccountId : accountId,
                Math.abs(units),
                positions.get(row, PRICE_UNITS),
                0,
                0,
                false,
                false))
        .isAccepted();
  }

  private void placeOrders(long timeNs, SetUpReport.Counter sink) {
    LongTable orders = recorded.orders;
    for (int row = 0; row < orders.size(); row++) {
      sink.setOrigin(place(orders, row));
      sink.submit(
          timeNs,
          new Command.SetOrderExposure(
              recorded.accounts.get((int) orders.get(row, ACCOUNT_ROW), ACCOUNT_ID),
              (int) orders.get(row, INSTRUMENT),
              orders.get(row, UNITS),
              orders.get(row, SELL_UNITS),
              orders.get(row, BUY_NOTIONAL),
              orders.get(row, SELL_NOTIONAL)));
    }
  }

  private void chooseLeverage(long timeNs, SetUpReport.Counter sink) {
    for (int row = 0; row < recorded.accounts.size(); row++) {
      int leverageE2 = (int) recorded.accounts.get(row, LEVERAGE_E2);
      if (leverageE2 > 0) {
        sink.setOrigin(place(recorded.accounts, row));
        sink.submit(
            timeNs, new Command.SetLeverage(recorded.accounts.get(row, ACCOUNT_ID), leverageE2));
      }
    }
  }

  private String place(LongTable table, int row) {
    return file + ":" + table.get(row, LINE);
  }

  private int rowWithRole(long role) {
    for (int row = 0; row < recorded.accounts.size(); row++) {
      if (recorded.accounts.get(row, ROLE) == role) {
        return row;
      }
    }
    throw new IllegalArgumentException(file + " has no " + PopulationFile.roleName(role));
  }

  private int[] tradersByParty() {
    Map<Long, Integer> rank = new HashMap<>();
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < recorded.accounts.size(); row++) {
      rank.putIfAbsent(recorded.accounts.get(row, PARTY_ID), row);
      if (recorded.accounts.get(row, ROLE) == RecordedAccounts.TRADER) {
        rows.add(row);
      }
    }
    rows.sort((a, b) ->
        Integer.compare(
            rank.getOrDefault(recorded.accounts.get(a, PARTY_ID), a),
            rank.getOrDefault(recorded.accounts.get(b, PARTY_ID), b)));
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private long freeId(int column) {
    long most = 0;
    for (int row = 0; row < recorded.accounts.size(); row++) {
      most = Math.max(most, recorded.accounts.get(row, column));
    }
    return most + 1;
  }

  @Override
  public String describe() {
    long[] longE6 = new long[listing.contractCount()];
    for (int row = 0; row < recorded.positions.size(); row++) {
      int instrumentId = (int) recorded.positions.get(row, INSTRUMENT);
      long units = recorded.positions.get(row, UNITS);
      if (units > 0) {
        longE6[instrumentId] +=
            listing.notionalE6(
                instrumentId, units, listing.symbols().get(instrumentId).firstPriceUnits());
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            population: %d trader accounts, a market maker and the backstop, from %s
              %d position lines, %d open-order totals
            """,
            traderRows.length,
            file,
            recorded.positions.size(),
            recorded.orders.size()));
    for (int instrumentId = 0; instrumentId < longE6.length; instrumentId++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s: longs and shorts of %,.0f USDT each\n",
              listing.contract(instrumentId).symbol(),
              longE6[instrumentId] / 1e6));
    }
    return text.toString();
  }
}
