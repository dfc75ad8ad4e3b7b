package io.evenkeel.lab.population;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a [SketchVenue] keeps, how it values an account, and what it lets traders see.
class SketchBooks implements AccountView {
  final List<Asset> assets = new ArrayList<>();
  final List<LinearContract> contracts = new ArrayList<>();
  final Map<Long, Account> accounts = new LinkedHashMap<>();
  final Map<Long, long[]> wallets = new TreeMap<>();
  final Map<Long, OpenCall> calls = new HashMap<>();
  final long[] insurance = new long[16];
  final long[] assetPrices = new long[16];
  final long[] deposited = new long[16];
  final long[] fees = new long[16];
  final long[] clearing = new long[64];
  final long[] marks = new long[64];
  Rulebook rulebook = TestRulebook.crossMargin(1);
  int rulebooksDefined;

  static final class Row {
    long units;
    long cost;
    OpenOrders orders = OpenOrders.NONE;
  }

  static final class Account {
    final long id;
    final long partyId;
    final int isolatedInstrumentId;
    final AccountRole role;
    final long[] margin = new long[16];
    final Map<Integer, Row> rows = new TreeMap<>();
    int leverageE2;
    boolean closed;

    Account(Command.OpenAccount open) {
      id = open.accountId();
      partyId = open.partyId();
      isolatedInstrumentId = open.mode() == AccountMode.ISOLATED ? open.isolatedInstrumentId() : -1;
      role = open.role();
    }

    Row row(int instrumentId) {
      return rows.computeIfAbsent(instrumentId, _ -> new Row());
    }

    boolean isFlat() {
      rows.values().removeIf(row -> row.units == 0 && row.orders.isEmpty());
      boolean debt = false;
      for (long balance : margin) {
        debt |= balance < 0;
      }
      return rows.isEmpty() && !debt;
    }
  }

  /// Equity and initial level of one account.
  record Weighed(long equityE6, long initialE6) {}

  /// The margin gate: pulls from the wallet what is missing to the initial level.
  boolean gate(Account account) {
    for (CollateralTerms terms : rulebook.collateral()) {
      Weighed weighed = weigh(account);
      long gap = weighed.initialE6 - weighed.equityE6;
      int assetId = assetId(terms.asset());
      if (gap <= 0 || assetId < 0 || terms.initialWeight().units() == 0) {
        continue;
      }
      Asset asset = assets.get(assetId);
      long gross = terms.initialWeight().divide(gap, Rounding.CEILING);
      long wanted =
          Fixed.mulDiv(gross, asset.valueDivisor(), assetPrices[assetId], Rounding.CEILING);
      long room = terms.capMinor() - Math.max(0, account.margin[assetId]);
      long[] wallet = wallet(account.partyId);
      long pulled = Math.max(0, Math.min(Math.min(wanted, room), wallet[assetId]));
      wallet[assetId] -= pulled;
      account.margin[assetId] += pulled;
    }
    Weighed weighed = weigh(account);
    return weighed.equityE6 >= weighed.initialE6;
  }

  /// Section 2 of the rules, as far as levels without bands go.
  Weighed weigh(Account account) {
    long equity = 0;
    long initialEquity = 0;
    for (Asset asset : assets) {
      long balance = account.margin[asset.assetId()];
      CollateralTerms terms = terms(asset.symbol());
      if (balance < 0) {
        Decimal debtWeight = terms == null ? Decimal.ONE : terms.debtWeight();
        long debt = debtWeight.times(value(asset, balance), Rounding.FLOOR);
        equity += debt;
        initialEquity += debt;
      } else if (terms != null) {
        long value = value(asset, Math.min(balance, terms.capMinor()));
        equity += terms.maintenanceWeight().times(value, Rounding.FLOOR);
        initialEquity += terms.initialWeight().times(value, Rounding.FLOOR);
      }
    }
    TieredRates rates = (TieredRates) rulebook.requirement();
    long profit = 0;
    long initialMargin = 0;
    for (Map.Entry<Integer, Row> entry : account.rows.entrySet()) {
      profit += profitMinor(entry.getKey(), entry.getValue());
      initialMargin += initialMargin(account, entry.getKey(), entry.getValue(), rates);
    }
    equity += profit;
    initialEquity +=
        profit > 0 ? rates.profitInitialWeight().times(profit, Rounding.FLOOR) : profit;
    return new Weighed(equity, account.isFlat() ? 0 : initialMargin + equity - initialEquity);
  }

  private long profitMinor(int instrumentId, Row row) {
    TickScale ticks = contracts.get(instrumentId).tickScale(6);
    return Math.floorDiv(
        row.units * marks[instrumentId] * ticks.ticksPerUnit() - row.cost, ticks.ticksPerMinor());
  }

  private long initialMargin(Account account, int instrumentId, Row row, TieredRates rates) {
    TickScale ticks = contracts.get(instrumentId).tickScale(6);
    long mark = marks[instrumentId];
    OpenOrders orders = row.orders;
    long held = row.units * mark;
    long ifBought = held + Math.max(orders.buyUnits() * mark, orders.buyNotional());
    long ifSold = -held + Math.max(orders.sellUnits() * mark, orders.sellNotional());
    long most = Math.max(Math.abs(held), Math.max(ifBought, ifSold));
    long notional =
        Fixed.mulDiv(most, ticks.ticksPerUnit(), ticks.ticksPerMinor(), Rounding.CEILING);
    long required = 0;
    List<Bracket> brackets = rates.tableFor(contracts.get(instrumentId).symbol()).brackets();
    for (int i = 0; i < brackets.size() && brackets.get(i).floorE6() < notional; i++) {
      long end = i + 1 < brackets.size() ? brackets.get(i + 1).floorE6() : Long.MAX_VALUE;
      long within = Math.min(notional, end) - brackets.get(i).floorE6();
      required += brackets.get(i).initialRate().times(within, Rounding.CEILING);
    }
    if (account.leverageE2 > 0) {
      required = Math.max(required, Math.ceilDiv(notional * 100, (long) account.leverageE2));
    }
    return required;
  }

  private long value(Asset asset, long amountMinor) {
    return Fixed.mulDiv(
        amountMinor, assetPrices[asset.assetId()], asset.valueDivisor(), Rounding.FLOOR);
  }

  @Nullable CollateralTerms terms(String symbol) {
    for (CollateralTerms terms : rulebook.collateral()) {
      if (terms.asset().equals(symbol)) {
        return terms;
      }
    }
    return null;
  }

  private int assetId(String symbol) {
    for (Asset asset : assets) {
      if (asset.symbol().equals(symbol)) {
        return asset.assetId();
      }
    }
    return -1;
  }

  Account account(long accountId) {
    return Objects.requireNonNull(accounts.get(accountId), () -> "account " + accountId);
  }

  long[] wallet(long partyId) {
    return Objects.requireNonNull(wallets.get(partyId), () -> "party " + partyId);
  }

  @Override
  public boolean isActive(long accountId) {
    return accounts.containsKey(accountId) && !account(accountId).closed;
  }

  @Override
  public long positionUnits(long accountId, int instrumentId) {
    Row row = account(accountId).rows.get(instrumentId);
    return row == null ? 0 : row.units;
  }

  @Override
  public long costTicks(long accountId, int instrumentId) {
    Row row = account(accountId).rows.get(instrumentId);
    return row == null ? 0 : row.cost;
  }

  @Override
  public OpenOrders openOrders(long accountId, int instrumentId) {
    Row row = account(accountId).rows.get(instrumentId);
    return row == null ? OpenOrders.NONE : row.orders;
  }

  @Override
  public long marginMinor(long accountId, int assetId) {
    return account(accountId).margin[assetId];
  }

  @Override
  public long walletMinor(long partyId, int assetId) {
    return wallet(partyId)[assetId];
  }

  @Override
  public long insuranceMinor(int assetId) {
    return insurance[assetId];
  }

  @Override
  public int leverageE2(long accountId) {
    return account(accountId).leverageE2;
  }

  @Override
  public long equityE6(long accountId) {
    return weigh(account(accountId)).equityE6;
  }

  @Override
  public long initialE6(long accountId) {
    return weigh(account(accountId)).initialE6;
  }

  @Override
  public @Nullable OpenCall call(long accountId) {
    return calls.get(accountId);
  }

  @Override
  public long markUnits(int instrumentId) {
    return marks[instrumentId];
  }
}
