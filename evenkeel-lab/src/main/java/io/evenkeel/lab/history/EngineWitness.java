package io.evenkeel.lab.history;

import io.evenkeel.audit.AuditView;
import io.evenkeel.audit.AuditView.AccountLine;
import io.evenkeel.audit.AuditView.AssetLine;
import io.evenkeel.audit.AuditView.CallLine;
import io.evenkeel.audit.AuditView.InstrumentLine;
import io.evenkeel.audit.AuditView.PositionLine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Describes the engine in the words of the twin, so that the two can be compared line by line.
/// What the engine does not show (rule, phase and settlement of things, which follow from the
/// commands) is taken from the twin's own view.
final class EngineWitness {
  private final EngineView engine;

  EngineWitness(EngineView engine) {
    this.engine = engine;
  }

  /// The engine as a view that should equal the twin's.
  AuditView describe(AuditView twin) {
    Collection<Integer> assetIds = twin.assets().keySet();
    TreeMap<Long, AccountLine> accounts = new TreeMap<>();
    twin.accounts().forEach((id, line) -> accounts.put(id, account(id, line, assetIds)));
    for (int i = 0; i < engine.accountCount(); i++) {
      long id = engine.accountIdAt(i);
      if (!accounts.containsKey(id)) {
        throw new IllegalStateException("the engine has an account " + id + ", the twin has not");
      }
    }
    TreeMap<Long, SortedMap<Integer, Long>> wallets = new TreeMap<>();
    for (long party : twin.wallets().keySet()) {
      TreeMap<Integer, Long> wallet = new TreeMap<>();
      assetIds.forEach(asset -> putUnlessZero(wallet, asset, engine.walletMinor(party, asset)));
      wallets.put(party, wallet);
    }
    TreeMap<Integer, AssetLine> assets = new TreeMap<>();
    assetIds.forEach(asset -> assets.put(asset, asset(asset)));
    TreeMap<Integer, InstrumentLine> instruments = new TreeMap<>();
    twin.instruments().forEach((id, line) -> instruments.put(id, instrument(id, line, twin)));
    return new AuditView(accounts, wallets, assets, instruments);
  }

  private AccountLine account(long id, AccountLine twin, Collection<Integer> assetIds) {
    TreeMap<Integer, Long> balances = new TreeMap<>();
    assetIds.forEach(asset -> putUnlessZero(balances, asset, engine.marginMinor(id, asset)));
    List<PositionLine> positions = new ArrayList<>();
    for (EngineView.Position row : engine.positions(id)) {
      positions.add(
          new PositionLine(
              row.instrumentId(),
              row.quantityUnits(),
              row.costTicks(),
              row.buyUnits(),
              row.sellUnits(),
              row.buyNotional(),
              row.sellNotional(),
              row.side()));
    }
    return new AccountLine(
        engine.partyOf(id),
        twin.rulebookId(),
        !engine.isOpen(id),
        engine.leverageE2(id),
        balances,
        positions,
        engine.statedZone(id),
        twin.lastReleaseNs(),
        engine
            .call(id)
            .map(call ->
                new CallLine(call.callId(), call.amountE6(), call.deadlineNs(), call.expired()))
            .orElse(null),
        engine.assess(id),
        engine.fullValueE6(id));
  }

  private AssetLine asset(int id) {
    Map<HouseAccount, Long> house = new EnumMap<>(HouseAccount.class);
    for (HouseAccount account : HouseAccount.values()) {
      putUnlessZero(house, account, engine.houseMinor(account, id));
    }
    return new AssetLine(
        engine.priceUnits(id),
        engine.isAssetDegraded(id),
        engine.isAssetLost(id),
        -engine.houseMinor(HouseAccount.OUTSIDE_WORLD, id),
        house);
  }

  private InstrumentLine instrument(int id, InstrumentLine twin, AuditView accounts) {
    long openInterest = 0;
    for (long account : accounts.accounts().keySet()) {
      for (EngineView.Position row : engine.positions(account)) {
        openInterest += row.instrumentId() == id ? Math.max(0, row.quantityUnits()) : 0;
      }
    }
    return new InstrumentLine(
        engine.markUnits(id),
        engine.isInstrumentDegraded(id),
        engine.isInstrumentLost(id),
        twin.phase(),
        twin.settled(),
        engine.clearingMinor(id),
        engine.instrumentFundMinor(id),
        engine.residueTicks(id),
        openInterest);
  }

  private static <K> void putUnlessZero(Map<K, Long> map, K key, long amount) {
    if (amount != 0) {
      map.put(key, amount);
    }
  }

  /// The first line in which the twin's view and the engine's differ, in words; empty when none
  /// does.
  static String firstDifference(AuditView twin, AuditView engine) {
    String accounts = firstDifference("account", twin.accounts(), engine.accounts());
    String wallets = firstDifference("wallet of party", twin.wallets(), engine.wallets());
    String assets = firstDifference("asset", twin.assets(), engine.assets());
    String instruments = firstDifference("instrument", twin.instruments(), engine.instruments());
    return accounts + wallets + assets + instruments;
  }

  private static <K, V> String firstDifference(String what, Map<K, V> twin, Map<K, V> engine) {
    for (Map.Entry<K, V> entry : twin.entrySet()) {
      V other = engine.get(entry.getKey());
      if (!entry.getValue().equals(other)) {
        return "%n%s %s%n  twin:   %s%n  engine: %s"
            .formatted(what, entry.getKey(), entry.getValue(), other);
      }
    }
    return "";
  }
}
