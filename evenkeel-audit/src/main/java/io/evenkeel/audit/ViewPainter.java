package io.evenkeel.audit;

import io.evenkeel.audit.AuditAccount.Call;
import io.evenkeel.audit.AuditView.AccountLine;
import io.evenkeel.audit.AuditView.AssetLine;
import io.evenkeel.audit.AuditView.CallLine;
import io.evenkeel.audit.AuditView.InstrumentLine;
import io.evenkeel.audit.AuditView.PositionLine;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Copies what can be seen of the book into a view.
final class ViewPainter {
  private final AuditBook book;
  private final Valuation valuation;

  ViewPainter(AuditBook book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  AuditView paint() {
    TreeMap<Long, AccountLine> accounts = new TreeMap<>();
    for (AuditAccount account : book.accounts) {
      accounts.put(account.id, account(account));
    }
    TreeMap<Long, SortedMap<Integer, Long>> wallets = new TreeMap<>();
    for (AuditParty party : book.parties.values()) {
      wallets.put(party.id, byAssetId(party.wallet));
    }
    TreeMap<Integer, AssetLine> assets = new TreeMap<>();
    for (AuditAsset asset : book.assets) {
      assets.put(asset.id(), asset(asset));
    }
    TreeMap<Integer, InstrumentLine> instruments = new TreeMap<>();
    for (AuditInstrument instrument : book.instruments) {
      instruments.put(instrument.id(), instrument(instrument));
    }
    return new AuditView(
        Collections.unmodifiableSortedMap(accounts),
        Collections.unmodifiableSortedMap(wallets),
        Collections.unmodifiableSortedMap(assets),
        Collections.unmodifiableSortedMap(instruments));
  }

  private SortedMap<Integer, Long> byAssetId(Map<Integer, BigInteger> balances) {
    TreeMap<Integer, Long> byId = new TreeMap<>();
    balances.forEach(
        (index, balance) -> byId.put(book.assets.get(index).id(), balance.longValueExact()));
    return Collections.unmodifiableSortedMap(byId);
  }

  private SortedMap<Integer, Long> balances(AuditAccount account) {
    TreeMap<Integer, BigInteger> now = new TreeMap<>();
    for (int index : account.posted().keySet()) {
      now.put(index, account.balance(book.assets.get(index)));
    }
    return byAssetId(now);
  }

  AccountLine account(AuditAccount account) {
    List<PositionLine> positions = new ArrayList<>();
    account.rows().forEach((place, row) -> positions.add(position(place, row)));
    Call call = account.call;
    Weighed weighed = valuation.weigh(account);
    return new AccountLine(
        account.party.id,
        account.rulebook.id,
        account.closed,
        account.leverageE2,
        balances(account),
        List.copyOf(positions),
        account.statedZone,
        account.lastReleaseNs,
        call == null
            ? null
            : new CallLine(
                call.callId(), call.amount().longValueExact(), call.deadlineNs(), call.expired()),
        weighed.assessment(),
        weighed.fullValue().longValueExact());
  }

  private static PositionLine position(Place place, Row row) {
    return new PositionLine(
        place.instrument().id(),
        row.quantity().longValueExact(),
        row.cost().longValueExact(),
        row.buy().longValueExact(),
        row.sell().longValueExact(),
        row.buyNotional().longValueExact(),
        row.sellNotional().longValueExact(),
        place.side());
  }

  private static AssetLine asset(AuditAsset asset) {
    EnumMap<HouseAccount, Long> house = new EnumMap<>(HouseAccount.class);
    asset.house.forEach((account, balance) -> {
      if (balance.signum() != 0) {
        house.put(account, balance.longValueExact());
      }
    });
    PriceState price = asset.price;
    return new AssetLine(
        asset.priceNow().longValueExact(),
        price.degraded,
        price.lost,
        asset.netExternal.longValueExact(),
        Collections.unmodifiableMap(house));
  }

  private InstrumentLine instrument(AuditInstrument instrument) {
    BigInteger openInterest = BigInteger.ZERO;
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      openInterest = openInterest.add(account.longUnits(instrument));
    }
    PriceState mark = instrument.mark;
    return new InstrumentLine(
        mark.last == null ? 0 : mark.last.longValueExact(),
        mark.degraded,
        mark.lost,
        instrument.phase,
        instrument.settled,
        instrument.clearing.longValueExact(),
        instrument.fund.longValueExact(),
        instrument.residueTicks.longValueExact(),
        openInterest.longValueExact());
  }
}
