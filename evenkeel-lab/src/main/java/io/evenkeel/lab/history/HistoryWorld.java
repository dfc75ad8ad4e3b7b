package io.evenkeel.lab.history;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.LedgerAccount.Wallet;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a history knows of the venue it talks to: enough to ask for what will mostly be granted. It
/// learns from the commands that were accepted and from the events; it decides nothing.
final class HistoryWorld {
  /// A row of an account: position and open orders, quantity units.
  record Holding(long quantity, long buy, long sell, long buyNotional, long sellNotional) {
    static final Holding NOTHING = new Holding(0, 0, 0, 0, 0);

    boolean isNothing() {
      return quantity == 0 && buy == 0 && sell == 0;
    }
  }

  private static final int FILLS_KEPT = 12;

  final Dice dice;
  final EngineLimits limits;
  final Map<Integer, Asset> assets = new LinkedHashMap<>();
  final Map<Integer, LinearContract> instruments = new LinkedHashMap<>();
  final Map<Integer, LinearContract> settled = new LinkedHashMap<>();
  final Map<Integer, Integer> rulebookVersions = new LinkedHashMap<>();
  final Map<Long, OpenAccount> accounts = new LinkedHashMap<>();
  final List<Long> closedAccounts = new ArrayList<>();
  final List<Long> parties = new ArrayList<>();
  final Map<Integer, PriceWalk> assetPrices = new HashMap<>();
  final Map<Integer, PriceWalk> instrumentPrices = new HashMap<>();
  final List<Integer> marked = new ArrayList<>();
  final List<Long> calledAccounts = new ArrayList<>();
  final List<Command.Fill> fills = new ArrayList<>();
  long nowNs = 1_700_000_000_000_000_000L;

  final boolean expiring;

  private final Map<LedgerAccount, Map<Integer, Long>> balances = new HashMap<>();
  private final Map<Long, SortedMap<Integer, Holding>> holdings = new HashMap<>();

  /// @param expiring whether most contracts expire and others are listed in their place
  HistoryWorld(Dice dice, EngineLimits limits, boolean expiring) {
    this.dice = dice;
    this.expiring = expiring;
    this.limits = limits;
  }

  /// Notes a command that was accepted.
  void accepted(Command command) {
    switch (command) {
      case Command.DefineAsset define -> assets.put(define.asset().assetId(), define.asset());
      case Command.DefineInstrument define ->
          instruments.put(define.instrument().instrumentId(), (LinearContract) define.instrument());
      case Command.DefineRulebook define ->
          rulebookVersions.merge(define.rulebookId(), define.rulebook().version(), Math::max);
      case Command.OpenAccount open -> {
        accounts.put(open.accountId(), open);
        if (!parties.contains(open.partyId())) {
          parties.add(open.partyId());
        }
      }
      case Command.SetAccountMode set ->
          accounts.computeIfPresent(
              set.accountId(),
              (_, before) ->
                  new OpenAccount(
                      before.accountId(),
                      before.partyId(),
                      set.rulebookId(),
                      set.mode(),
                      set.isolatedInstrumentId(),
                      before.role()));
      case Command.Fill fill -> {
        if (fills.size() == FILLS_KEPT) {
          fills.removeFirst();
        }
        fills.add(fill);
      }
      case Command.MarkPrices mark -> {
        for (int i = 0; i < mark.batch().size(); i++) {
          int id = mark.batch().id(i);
          boolean priced = mark.batch().priceUnits(i) > 0 && instruments.containsKey(id);
          if (priced && !marked.contains(id)) {
            marked.add(id);
          }
        }
      }
      default -> {}
    }
  }

  /// Notes what happened.
  void happened(Event event) {
    switch (event) {
      case Event.MoneyMoved moved -> {
        add(moved.from(), moved.assetId(), -moved.amountMinor());
        add(moved.to(), moved.assetId(), moved.amountMinor());
      }
      case Event.OrderExposureSet set ->
          put(
              set.accountId(),
              set.instrumentId(),
              new Holding(
                  holding(set.accountId(), set.instrumentId()).quantity(),
                  set.buyUnits(),
                  set.sellUnits(),
                  set.buyNotional(),
                  set.sellNotional()));
      case Event.OrdersCancelled cancelled ->
          holdings(cancelled.accountId())
              .replaceAll((_, held) -> new Holding(held.quantity(), 0, 0, 0, 0));
      case Event.PositionReduced reduced -> {
        long q = holding(reduced.accountId(), reduced.instrumentId()).quantity();
        long signed = q > 0 ? -reduced.closedUnits() : reduced.closedUnits();
        addQuantity(reduced.accountId(), reduced.instrumentId(), signed);
        addQuantity(backstopId(), reduced.instrumentId(), -signed);
      }
      case Event.Deleveraged it -> {
        long q = holding(it.accountId(), it.instrumentId()).quantity();
        long signed = q > 0 ? -it.closedUnits() : it.closedUnits();
        addQuantity(it.accountId(), it.instrumentId(), signed);
        addQuantity(it.counterpartyAccountId(), it.instrumentId(), -signed);
      }
      case Event.AccountTakenOver taken -> {
        holdings(taken.accountId())
            .forEach((instrument, held) ->
                addQuantity(taken.backstopAccountId(), instrument, held.quantity()));
        holdings.remove(taken.accountId());
      }
      case Event.MarginCallIssued issued -> calledAccounts.add(issued.accountId());
      case Event.MarginCallEnded ended -> {
        if (ended.end() != CallEnd.EXPIRED) {
          calledAccounts.remove(ended.accountId());
        }
      }
      case Event.AccountClosed closed -> {
        accounts.remove(closed.accountId());
        closedAccounts.add(closed.accountId());
      }
      case Event.InstrumentSettled ended -> {
        LinearContract contract = instruments.remove(ended.instrumentId());
        if (contract != null) {
          settled.put(ended.instrumentId(), contract);
        }
        holdings.values().forEach(rows -> rows.remove(ended.instrumentId()));
      }
      default -> traded(event);
    }
  }

  private void traded(Event event) {
    switch (event) {
      case Event.FillApplied fill -> {
        addQuantity(fill.buyerAccountId(), fill.instrumentId(), fill.quantityUnits());
        addQuantity(fill.sellerAccountId(), fill.instrumentId(), -fill.quantityUnits());
      }
      case Event.PositionImported taken -> {
        addQuantity(taken.longAccountId(), taken.instrumentId(), taken.quantityUnits());
        addQuantity(taken.shortAccountId(), taken.instrumentId(), -taken.quantityUnits());
      }
      case Event.TradeBusted busted -> {
        addQuantity(busted.buyerAccountId(), busted.instrumentId(), -busted.quantityUnits());
        addQuantity(busted.sellerAccountId(), busted.instrumentId(), busted.quantityUnits());
      }
      case Event.PositionTransferred moved -> {
        addQuantity(moved.fromAccountId(), moved.instrumentId(), -moved.quantityUnits());
        addQuantity(moved.toAccountId(), moved.instrumentId(), moved.quantityUnits());
      }
      default -> {}
    }
  }

  /// Notes that part of an order was filled.
  void orderFilled(long accountId, int instrumentId, boolean buy, long units) {
    Holding held = holding(accountId, instrumentId);
    Holding after =
        buy
            ? new Holding(
                held.quantity(),
                held.buy() - units,
                held.sell(),
                shrink(held.buyNotional(), units, held.buy()),
                held.sellNotional())
            : new Holding(
                held.quantity(),
                held.buy(),
                held.sell() - units,
                held.buyNotional(),
                shrink(held.sellNotional(), units, held.sell()));
    put(accountId, instrumentId, after);
  }

  private static long shrink(long notional, long units, long total) {
    return units >= total ? 0 : (long) (notional * ((double) (total - units) / total));
  }

  private void add(LedgerAccount account, int assetId, long amount) {
    balances.computeIfAbsent(account, _ -> new HashMap<>()).merge(assetId, amount, Long::sum);
  }

  private void addQuantity(long accountId, int instrumentId, long units) {
    Holding held = holding(accountId, instrumentId);
    put(
        accountId,
        instrumentId,
        new Holding(
            held.quantity() + units,
            held.buy(),
            held.sell(),
            held.buyNotional(),
            held.sellNotional()));
  }

  private void put(long accountId, int instrumentId, Holding held) {
    SortedMap<Integer, Holding> rows = holdings.computeIfAbsent(accountId, _ -> new TreeMap<>());
    if (held.isNothing()) {
      rows.remove(instrumentId);
    } else {
      rows.put(instrumentId, held);
    }
  }

  SortedMap<Integer, Holding> holdings(long accountId) {
    return holdings.getOrDefault(accountId, new TreeMap<>());
  }

  Holding holding(long accountId, int instrumentId) {
    return holdings(accountId).getOrDefault(instrumentId, Holding.NOTHING);
  }

  long walletMinor(long partyId, int assetId) {
    return balances.getOrDefault(new Wallet(partyId), Map.of()).getOrDefault(assetId, 0L);
  }

  long marginMinor(long accountId, int assetId) {
    return balances.getOrDefault(new Margin(accountId), Map.of()).getOrDefault(assetId, 0L);
  }

  /// The backstop's account, -1 before it is opened.
  long backstopId() {
    for (OpenAccount account : accounts.values()) {
      if (account.role() == AccountRole.BACKSTOP) {
        return account.accountId();
      }
    }
    return -1;
  }

  /// An account with an open or expired call, or null.
  @Nullable OpenAccount anyCalled() {
    return calledAccounts.isEmpty() ? null : accounts.get(dice.pick(calledAccounts));
  }

  List<OpenAccount> traders() {
    return accounts.values().stream().filter(a -> a.role() == AccountRole.TRADER).toList();
  }

  /// Accounts that may trade an instrument.
  List<OpenAccount> accountsFor(int instrumentId) {
    return accounts.values().stream()
        .filter(account ->
            account.mode() == AccountMode.CROSS || account.isolatedInstrumentId() == instrumentId)
        .toList();
  }

  /// Instruments that are marked and not settled, without options, which nobody may hold here.
  List<LinearContract> tradable() {
    return instruments.values().stream()
        .filter(contract -> marked.contains(contract.instrumentId()))
        .filter(contract -> contract.kind() != ContractKind.OPTION)
        .toList();
  }

  /// Value of one minor unit of an asset, about, in the numeraire.
  double minorValue(int assetId) {
    Asset asset = assets.get(assetId);
    @Nullable PriceWalk walk = assetPrices.get(assetId);
    if (asset == null || walk == null) {
      return 0;
    }
    return walk.units() / power(asset.scale() + asset.priceScale());
  }

  /// Value of one quantity unit of an instrument, about, in the numeraire.
  double unitValue(LinearContract contract) {
    @Nullable PriceWalk walk = instrumentPrices.get(contract.instrumentId());
    @Nullable Asset asset = assets.get(contract.settlementAssetId());
    if (walk == null || asset == null) {
      return 0;
    }
    TickScale scale = contract.tickScale(asset.scale());
    double minor = Math.abs((double) scale.worthTicks(walk.units())) / scale.ticksPerMinor();
    return minor * minorValue(asset.assetId());
  }

  /// What an account and its wallet hold, about, in the numeraire.
  double wealth(OpenAccount account) {
    double sum = 0;
    for (int assetId : assets.keySet()) {
      long minor =
          marginMinor(account.accountId(), assetId) + walletMinor(account.partyId(), assetId) / 4;
      sum += minor * minorValue(assetId);
    }
    return Math.max(sum, 0);
  }

  static double power(int exponent) {
    double power = 1;
    for (int i = 0; i < Math.abs(exponent); i++) {
      power *= 10;
    }
    return exponent < 0 ? 1 / power : power;
  }
}
