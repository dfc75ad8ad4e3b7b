package io.evenkeel.audit;

import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.MarketConduct.BackstopCapital;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything the twin remembers. Lists are in index order (order of definition or opening).
final class AuditBook {
  /// An expiry of what is written on an asset.
  record Expiry(int assetId, long atNs) {}

  private static final MarketDataGuard NO_GUARD =
      new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0);

  final EngineLimits limits;
  final List<AuditAsset> assets = new ArrayList<>();
  final List<AuditInstrument> instruments = new ArrayList<>();
  final List<AuditRulebook> rulebooks = new ArrayList<>();
  final List<AuditAccount> accounts = new ArrayList<>();

  /// Contracts that end at an average, in the order of their first.
  final List<ExpirySeries> series = new ArrayList<>();

  /// Settlement prices stated ahead.
  final Map<Expiry, Decimal> statedAhead = new HashMap<>();

  final TreeMap<Long, AuditParty> parties = new TreeMap<>();
  long nowNs;
  long lastCallId;
  long lastAuctionId;

  /// Raised whenever a price, a degraded state, a rule or a phase changes: no weighing outlives it.
  long stamp;

  private final Map<Integer, AuditAsset> assetsById = new HashMap<>();
  private final Map<Integer, AuditInstrument> instrumentsById = new HashMap<>();
  private final Map<Integer, AuditRulebook> rulebooksById = new HashMap<>();
  private final Map<Long, AuditAccount> accountsById = new HashMap<>();
  private long lastArrival;

  /// Batches of marks that are done.
  long markBatches;

  AuditBook(EngineLimits limits) {
    this.limits = limits;
  }

  @Nullable AuditAsset asset(int id) {
    return assetsById.get(id);
  }

  @Nullable AuditInstrument instrument(int id) {
    return instrumentsById.get(id);
  }

  @Nullable AuditRulebook rulebook(int id) {
    return rulebooksById.get(id);
  }

  /// The account of that id, closed or not.
  @Nullable AuditAccount accountEverOpened(long id) {
    return accountsById.get(id);
  }

  /// The account of that id unless it is closed.
  @Nullable AuditAccount account(long id) {
    AuditAccount account = accountsById.get(id);
    return account == null || account.closed ? null : account;
  }

  /// The asset of that symbol, or null.
  @Nullable AuditAsset findAsset(String symbol) {
    for (AuditAsset asset : assets) {
      if (asset.definition.symbol().equals(symbol)) {
        return asset;
      }
    }
    return null;
  }

  AuditAsset assetNamed(String symbol) {
    return Objects.requireNonNull(findAsset(symbol), symbol);
  }

  void add(AuditAsset asset) {
    assets.add(asset);
    assetsById.put(asset.id(), asset);
  }

  void add(AuditInstrument instrument) {
    instruments.add(instrument);
    instrumentsById.put(instrument.id(), instrument);
  }

  /// Puts a contract that was just defined with those that end with it, unless its time has come.
  void addToSeries(AuditInstrument instrument) {
    ContractTerms terms = instrument.contract.terms();
    SettlementAverage average = terms.average();
    if (average == null || terms.expiryNs() <= nowNs) {
      return;
    }
    for (ExpirySeries known : series) {
      if (known.index.id() == terms.underlyingAssetId()
          && known.expiryNs == terms.expiryNs()
          && known.terms.equals(average)) {
        known.contracts.add(instrument);
        return;
      }
    }
    AuditAsset index = Objects.requireNonNull(asset(terms.underlyingAssetId()));
    ExpirySeries first = new ExpirySeries(index, terms.expiryNs(), average, nowNs);
    first.contracts.add(instrument);
    series.add(first);
  }

  void add(AuditRulebook rulebook) {
    rulebooks.add(rulebook);
    rulebooksById.put(rulebook.id, rulebook);
  }

  void add(AuditAccount account) {
    accounts.add(account);
    accountsById.put(account.id, account);
    account.party.accounts.add(account);
  }

  /// The backstop's account, or null before it is opened.
  @Nullable AuditAccount findBackstop() {
    for (AuditAccount account : accounts) {
      if (account.role == AccountRole.BACKSTOP) {
        return account;
      }
    }
    return null;
  }

  AuditAccount backstop() {
    return Objects.requireNonNull(findBackstop(), "no trader exists before the backstop");
  }

  /// Whether the instrument is an inverse future, and the account's rules or those of the backstop,
  /// which may have to take it over, do not value it.
  boolean isKeptFromInverse(AuditAccount account, AuditInstrument instrument) {
    return instrument.isInverseFuture()
        && !(account.rulebook.knows(RequirementModel::marginsInverseFutures)
            && backstop().rulebook.knows(RequirementModel::marginsInverseFutures));
  }

  /// Whether an account is the backstop and the funds of instruments stand behind it.
  boolean isBackedByFunds(AuditAccount account) {
    VenuePolicy venue = venue();
    return account == findBackstop()
        && venue != null
        && venue.conduct().backstopCapital() == BackstopCapital.INSTRUMENT_FUNDS;
  }

  /// The venue's rules, or null before the first rulebook.
  @Nullable VenuePolicy venue() {
    return rulebooks.isEmpty() ? null : rulebooks.getFirst().inForce().venue();
  }

  ExecutionOrder executionOrder() {
    VenuePolicy venue = venue();
    return venue == null ? ExecutionOrder.INDEX : venue.executionOrder();
  }

  /// The guard on a price; one that lets everything pass before the first rulebook.
  MarketDataGuard guard(PriceState price) {
    VenuePolicy venue = venue();
    if (venue == null) {
      return NO_GUARD;
    }
    return switch (price.target) {
      case INSTRUMENT -> venue.markGuard();
      case ASSET -> venue.assetGuard();
    };
  }

  /// Replaces a row and numbers the arrival of an account that had none, unless it left since the
  /// last batch of marks.
  void setRow(AuditAccount account, Place place, Row row) {
    boolean wasEmpty = account.rows().isEmpty();
    boolean arrives = wasEmpty && row.exists();
    account.putRow(place, row);
    if (arrives && account.leftInBatch != markBatches) {
      account.arrival = ++lastArrival;
    }
    if (account.rows().isEmpty() && !wasEmpty) {
      account.leftInBatch = markBatches;
    }
  }

  /// Accounts with a row in the instrument, in account order.
  List<AuditAccount> accountsWithRow(AuditInstrument instrument) {
    return accounts.stream().filter(account -> account.isIn(instrument)).toList();
  }

  /// Accounts with a balance in the asset, or a row that settles in it, in account order.
  List<AuditAccount> accountsExposedTo(AuditAsset asset) {
    return accounts.stream().filter(account -> isExposed(account, asset)).toList();
  }

  /// Accounts exposed to any of the prices, in account order.
  Collection<AuditAccount> accountsExposedTo(Collection<PriceState> prices) {
    TreeSet<Integer> indexes = new TreeSet<>();
    for (PriceState price : prices) {
      List<AuditAccount> exposed =
          switch (price.target) {
            case INSTRUMENT ->
                accountsWithRow(Objects.requireNonNull(instrumentsById.get(price.id)));
            case ASSET -> accountsExposedTo(Objects.requireNonNull(assetsById.get(price.id)));
          };
      exposed.forEach(account -> indexes.add(account.index));
    }
    return indexes.stream().map(accounts::get).toList();
  }

  /// Whether the account is exposed to a degraded instrument or asset.
  boolean isDegraded(AuditAccount account) {
    for (Place place : account.rows().keySet()) {
      AuditInstrument instrument = place.instrument();
      if (instrument.mark.degraded || instrument.settlement.price.degraded) {
        return true;
      }
    }
    return account.posted().keySet().stream().anyMatch(a -> assets.get(a).price.degraded);
  }

  /// Whether a step of the cycle is suspended for the account by the phase, or the lost price, of
  /// an instrument in which it has a row.
  boolean isSuspended(AuditAccount account, CycleStep step) {
    VenuePolicy venue = venue();
    for (Place place : account.rows().keySet()) {
      AuditInstrument instrument = place.instrument();
      boolean lost = step == CycleStep.CLOSE && instrument.mark.lost;
      if (lost || (venue != null && venue.suspends(instrument.phase, step))) {
        return true;
      }
    }
    return false;
  }

  private boolean isExposed(AuditAccount account, AuditAsset asset) {
    return account.balance(asset).signum() != 0
        || account.rows().keySet().stream().anyMatch(p -> p.instrument().settlement == asset);
  }
}
