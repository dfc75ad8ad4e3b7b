package io.evenkeel.reader;

import io.evenkeel.engine.AccountSweep;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.Hypothesis;
import io.evenkeel.engine.LiquidationSearch;
import io.evenkeel.engine.MarketView;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.engine.liquidation.AuctionPrice;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.command.Supposition;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be asked about a venue. Only inside [Reader#ask].
public final class Venue {
  /// Most accounts listed at once.
  public static final int MOST_LINES = 1_000;

  private static final int MOST_RANKED = 100;

  /// Most steps of one what-if.
  public static final int MOST_SUPPOSITIONS = 100;

  private final VenueState state;
  private final ClosestRanking ranking;
  private final ConservationWatch conservation;
  private final EngineView view;
  private final MarketView market;
  private final AccountSweep sweep;

  Venue(VenueState state, ClosestRanking ranking, ConservationWatch conservation) {
    this.state = state;
    this.ranking = ranking;
    this.conservation = conservation;
    view = state.view();
    market = view.market();
    sweep = view.sweep();
  }

  /// A rulebook in force.
  ///
  /// @param announced version that waits to come into force; null when none does
  /// @param announcedTimeNs when; 0 when none waits
  public record RulebookReading(
      int rulebookId,
      int version,
      Rulebook inForce,
      @Nullable Rulebook announced,
      long announcedTimeNs) {}

  /// A page of a list of accounts.
  ///
  /// @param nextIndex where the next page begins; -1 when this was the last
  public record AccountPage(List<AccountLine> lines, int nextIndex) {
    /// Copies the list.
    public AccountPage {
      lines = List.copyOf(lines);
    }
  }

  /// Accounts by distance to liquidation.
  ///
  /// @param engineTimeNs when the ranking was finished; 0 when none has been finished yet
  public record Ranking(List<AccountLine> lines, long engineTimeNs) {
    /// Copies the list.
    public Ranking {
      lines = List.copyOf(lines);
    }
  }

  /// Engine time of the last command applied.
  public long engineTimeNs() {
    return view.nowNs();
  }

  /// Log position applied.
  public long logPosition() {
    return state.logPosition();
  }

  /// Number of the last event applied.
  public long lastEventNumber() {
    return state.engine().lastEventNumber();
  }

  /// Assets and instruments.
  public Catalogue catalogue() {
    return state.catalogue();
  }

  /// What an account would look like if; nothing of it is kept.
  ///
  /// @param steps at most [#MOST_SUPPOSITIONS], each on top of those before
  /// @param liquidations whether to search for liquidation prices after the last step
  /// @return empty when there is no such account or it is closed
  /// @throws IllegalArgumentException naming what cannot be supposed
  public Optional<WhatIfReading> whatIf(
      long accountId, List<Supposition> steps, boolean liquidations) {
    if (!view.isOpen(accountId)) {
      return Optional.empty();
    }
    List<Assessment> after = new ArrayList<>();
    List<WhatIfReading.Liquidation> found = new ArrayList<>();
    Assessment before = view.assess(accountId);
    try (Hypothesis hypothesis = view.suppose()) {
      for (Supposition step : steps) {
        after.add(hypothesis.suppose(accountId, step).assess(accountId));
      }
      if (liquidations) {
        for (MarketMove move : moves(accountId)) {
          found.add(
              new WhatIfReading.Liquidation(
                  move,
                  LiquidationSearch.down(hypothesis, accountId, move),
                  LiquidationSearch.up(hypothesis, accountId, move)));
        }
      }
    }
    return Optional.of(new WhatIfReading(before, after, found));
  }

  /// What a version of a rulebook would bring if it came into force now; nothing of it is kept.
  /// Holds the reader up for some valuations of every account that the rulebook governs.
  ///
  /// @param version null for the version that waits to come into force
  /// @param limit most accounts to list, at most [#MOST_LINES]; more count as that, less than 0 as
  ///   0
  /// @return empty when there is no such rulebook, or no version waits and none was given
  /// @throws IllegalArgumentException when the version names what is not defined
  /// @throws ArithmeticException when a figure under the version does not fit
  public Optional<RulebookPreview> preview(int rulebookId, @Nullable Rulebook version, int limit) {
    for (MarketView.Rules rules : market.rulebooks()) {
      if (rules.rulebookId() == rulebookId) {
        Rulebook looked = version == null ? rules.announced() : version;
        return looked == null
            ? Optional.empty()
            : Optional.of(view.preview(rulebookId, looked, Math.clamp(limit, 0, MOST_LINES)));
      }
    }
    return Optional.empty();
  }

  /// What an account is exposed to: contracts that state no underlying by themselves, the others by
  /// their underlying, balances by their asset, and everything together.
  private List<MarketMove> moves(long accountId) {
    Set<MarketMove> moves = new LinkedHashSet<>();
    for (EngineView.Position position : view.positions(accountId)) {
      Instrument instrument = catalogue().instrument(position.instrumentId());
      if (instrument instanceof LinearContract contract) {
        int underlying = contract.terms().underlyingAssetId();
        moves.add(
            underlying == ContractTerms.NO_UNDERLYING
                ? MarketMove.ofInstrument(contract.instrumentId())
                : MarketMove.ofUnderlying(underlying));
      }
    }
    for (Asset asset : market.assets()) {
      if (view.marginMinor(accountId, asset.assetId()) != 0 && !market.isCash(asset.assetId())) {
        moves.add(MarketMove.ofUnderlying(asset.assetId()));
      }
    }
    moves.add(MarketMove.ALL);
    return List.copyOf(moves);
  }

  /// One account; empty when it was never opened.
  public Optional<AccountReading> account(long accountId) {
    int index = view.accountIndex(accountId);
    if (index < 0) {
      return Optional.empty();
    }
    Evidence evidence = view.explain(accountId);
    return Optional.of(
        new AccountReading(
            accountId,
            view.partyOf(accountId),
            view.roleOf(accountId),
            view.modeOf(accountId),
            view.isolatedInstrumentOf(accountId),
            view.positionMode(accountId),
            view.leverageE2(accountId),
            view.isOpen(accountId),
            view.isFrozen(accountId),
            evidence.assessment().zone(),
            view.statedZone(accountId),
            evidence,
            view.call(accountId)
                .map(call ->
                    new AccountReading.Call(
                        call.callId(), call.amountE6(), call.deadlineNs(), call.expired()))
                .orElse(null),
            auction(view.auction(accountId)),
            state.decisions().of(index)));
  }

  private static AccountReading.@Nullable Auction auction(@Nullable AuctionPrice price) {
    return price == null
        ? null
        : new AccountReading.Auction(
            price.insolvent(),
            price.worthE6(),
            price.reservedE6(),
            price.priceE6(),
            price.largestShareE18());
  }

  /// One party; empty when unknown.
  public Optional<PartyReading> party(long partyId) {
    if (!view.hasParty(partyId)) {
      return Optional.empty();
    }
    Map<Integer, Long> wallet = new LinkedHashMap<>();
    for (Asset asset : state.catalogue().assets()) {
      long balance = view.walletMinor(partyId, asset.assetId());
      if (balance != 0) {
        wallet.put(asset.assetId(), balance);
      }
    }
    return Optional.of(
        new PartyReading(partyId, view.allowsSiblings(partyId), wallet, view.accountsOf(partyId)));
  }

  /// Open accounts, in order of opening, from an index on.
  ///
  /// @param zone only those whose stated zone this is; null for all
  /// @param fromIndex where to go on; 0 begins
  /// @param limit at most 1000; more count as 1000, less than 1 as 1
  public AccountPage accounts(@Nullable Zone zone, int fromIndex, int limit) {
    int most = Math.clamp(limit, 1, MOST_LINES);
    List<AccountLine> lines = new ArrayList<>();
    int index = Math.max(0, fromIndex);
    while (index < view.accountCount()) {
      if (sweep.isOpen(index) && (zone == null || sweep.statedZone(index) == zone)) {
        if (lines.size() == most) {
          return new AccountPage(lines, index);
        }
        lines.add(line(index));
      }
      index++;
    }
    return new AccountPage(lines, -1);
  }

  private AccountLine line(int index) {
    long accountId = view.accountIdAt(index);
    return new AccountLine(
        accountId,
        view.partyOf(accountId),
        sweep.statedZone(index),
        view.assess(accountId),
        view.call(accountId).isPresent());
  }

  /// The accounts with positions, orders or debts that are closest to liquidation: by `equity /
  /// maintenance`, smallest first; without the backstop, which is never liquidated. The ranking is
  /// made in slices between commands, so an account may be missing that moved in during the last
  /// seconds; those shown are weighed and ordered now.
  ///
  /// @param limit at most 100; more count as 100, less than 1 as 1
  public Ranking closestToLiquidation(int limit) {
    List<AccountLine> lines = new ArrayList<>();
    for (ClosestRanking.Candidate candidate :
        ranking.closest(Math.clamp(limit, 1, MOST_RANKED), System.nanoTime())) {
      lines.add(line(candidate.index()));
    }
    return new Ranking(lines, ranking.rankedTimeNs());
  }

  /// All prices: instruments in order of definition, then assets.
  public List<PriceReading> prices() {
    List<PriceReading> prices = new ArrayList<>();
    for (Instrument instrument : state.catalogue().instruments()) {
      int id = instrument.instrumentId();
      prices.add(
          new PriceReading(
              Target.INSTRUMENT,
              id,
              view.markUnits(id),
              market.markTimeNs(id),
              view.isInstrumentDegraded(id),
              view.isInstrumentLost(id),
              view.isInstrumentFrozen(id),
              market.isSettled(id),
              market.phase(id),
              market.openInterestUnits(id),
              AverageReading.of(market.runningAverage(id))));
    }
    for (Asset asset : state.catalogue().assets()) {
      int id = asset.assetId();
      prices.add(
          new PriceReading(
              Target.ASSET,
              id,
              view.priceUnits(id),
              market.priceTimeNs(id),
              view.isAssetDegraded(id),
              view.isAssetLost(id),
              false,
              false,
              TradingPhase.CONTINUOUS,
              0,
              null));
    }
    return prices;
  }

  /// Rulebooks by id.
  public List<RulebookReading> rulebooks() {
    List<RulebookReading> rulebooks = new ArrayList<>();
    for (MarketView.Rules rules : market.rulebooks()) {
      rulebooks.add(
          new RulebookReading(
              rules.rulebookId(),
              rules.inForce().version(),
              rules.inForce(),
              rules.announced(),
              rules.announcedTimeNs()));
    }
    rulebooks.sort(Comparator.comparingInt(RulebookReading::rulebookId));
    return rulebooks;
  }

  /// Totals.
  public VenueTotals totals() {
    Engine engine = state.engine();
    long backstop = view.backstopId();
    return new VenueTotals(
        view.nowNs(),
        state.logPosition(),
        engine.lastEventNumber(),
        view.partyCount(),
        state.accounts().open(),
        state.accounts().zoneCounts(),
        state.accounts().calls(),
        house(HouseAccount.INSURANCE_FUND, 1),
        house(HouseAccount.FEES, 1),
        house(HouseAccount.BAD_DEBT, -1),
        house(HouseAccount.OUTSIDE_WORLD, -1),
        backstop,
        backstop < 0 ? null : view.assess(backstop),
        conservation.last());
  }

  private Map<Integer, Long> house(HouseAccount account, int sign) {
    Map<Integer, Long> balances = new LinkedHashMap<>();
    for (Asset asset : state.catalogue().assets()) {
      balances.put(asset.assetId(), sign * view.houseMinor(account, asset.assetId()));
    }
    return Collections.unmodifiableMap(balances);
  }

  /// SHA-256 of the engine's state, lower-case hexadecimal. Costs a scan of everything.
  public String stateHash() {
    return Snapshots.stateHash(state.engine());
  }
}
