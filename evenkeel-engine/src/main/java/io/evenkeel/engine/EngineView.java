package io.evenkeel.engine;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.liquidation.AuctionPrice;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.Collateral;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one engine by the identifiers the outside uses. Changes nothing; call it on the engine's
/// thread, between commands.
public final class EngineView {
  private final Machine machine;
  private final Book book;
  private final Weighing weighing = new Weighing();

  EngineView(Machine machine) {
    this.machine = machine;
    this.book = machine.book;
  }

  /// One position with its open orders; see [Evidence.PositionLine] for units.
  public record Position(
      int instrumentId,
      long quantityUnits,
      long costTicks,
      long buyUnits,
      long sellUnits,
      long buyNotional,
      long sellNotional,
      PositionSide side) {}

  /// A margin call, open or expired.
  public record Call(long callId, long amountE6, long deadlineNs, boolean expired) {}

  /// Engine time.
  public long nowNs() {
    return book.nowNs.get();
  }

  /// How many accounts were ever opened; indices 0 to this - 1 are in order of opening.
  public int accountCount() {
    return book.accounts.size();
  }

  /// Index of an account, closed ones included; -1 when it was never opened.
  public int accountIndex(long accountId) {
    return book.accounts.find(accountId);
  }

  /// Identifier of the account at an index.
  public long accountIdAt(int index) {
    return book.accounts.idAt(index);
  }

  /// Whether there is an account that is not closed.
  public boolean isOpen(long accountId) {
    return book.accounts.findOpen(accountId) != IdIndex.ABSENT;
  }

  /// What an account is for.
  public AccountRole roleOf(long accountId) {
    return Accounts.roleOf(book.accounts.flags(account(accountId)));
  }

  /// How far an account's collateral reaches.
  public AccountMode modeOf(long accountId) {
    return Accounts.modeOf(book.accounts.flags(account(accountId)));
  }

  /// Identifier of the one instrument of an isolated account; -1 for a cross account.
  public int isolatedInstrumentOf(long accountId) {
    int instrument = book.accounts.isolatedInstrument(account(accountId));
    return instrument < 0 ? -1 : book.instruments.idAt(instrument);
  }

  /// Identifier of the rulebook that governs an account.
  public int rulebookOf(long accountId) {
    return book.rulebooks.idAt(book.accounts.rulebook(account(accountId)));
  }

  /// Identifier of the backstop; -1 when there is none.
  public long backstopId() {
    int backstop = book.accounts.backstop();
    return backstop < 0 ? -1 : book.accounts.idAt(backstop);
  }

  /// How many parties there are.
  public int partyCount() {
    return book.parties.size();
  }

  /// Whether there is a party.
  public boolean hasParty(long partyId) {
    return book.parties.find(partyId) != IdIndex.ABSENT;
  }

  /// Whether a party's accounts may help one another.
  public boolean allowsSiblings(long partyId) {
    return book.parties.allowsSiblings(party(partyId));
  }

  /// Identifiers of a party's accounts that are not closed, in order of opening.
  public List<Long> accountsOf(long partyId) {
    List<Long> list = new ArrayList<>();
    for (int account = book.parties.firstAccount(party(partyId));
        account >= 0;
        account = book.accounts.nextOfParty(account)) {
      if (!book.accounts.isClosed(account)) {
        list.add(book.accounts.idAt(account));
      }
    }
    return list;
  }

  /// Reads prices, contracts and rulebooks.
  public MarketView market() {
    return new MarketView(book);
  }

  /// Weighs many accounts one after the other without leaving anything for the garbage collector.
  public AccountSweep sweep() {
    return new AccountSweep(machine);
  }

  /// Whether an account is frozen after a fault.
  public boolean isFrozen(long accountId) {
    return book.accounts.isFrozen(account(accountId));
  }

  /// Whether an instrument is frozen after a fault.
  public boolean isInstrumentFrozen(int instrumentId) {
    return book.instruments.isFrozen(instrument(instrumentId));
  }

  /// Owner of an account.
  public long partyOf(long accountId) {
    return book.parties.idAt(book.accounts.party(account(accountId)));
  }

  /// Posted collateral, minor units; negative is a debt.
  public long marginMinor(long accountId, int assetId) {
    return book.ledger.marginBalance(account(accountId), asset(assetId));
  }

  /// What a party holds outside its margin accounts; 0 for an unknown party.
  public long walletMinor(long partyId, int assetId) {
    int party = book.parties.find(partyId);
    return party == IdIndex.ABSENT ? 0 : book.ledger.walletBalance(party, asset(assetId));
  }

  /// A balance of the venue.
  public long houseMinor(HouseAccount account, int assetId) {
    return book.ledger.houseBalance(account, asset(assetId));
  }

  /// What is set aside against losses in an instrument, in its settlement asset.
  public long instrumentFundMinor(int instrumentId) {
    return book.ledger.instrumentFundBalance(instrument(instrumentId));
  }

  /// Clearing balance of an instrument in its settlement asset.
  public long clearingMinor(int instrumentId) {
    return book.ledger.clearingBalance(instrument(instrumentId));
  }

  /// Residue of an instrument in ticks.
  public long residueTicks(int instrumentId) {
    return book.instruments.residueTicks(instrument(instrumentId));
  }

  /// Mark price units; 0 when never marked.
  public long markUnits(int instrumentId) {
    return book.instruments.mark(instrument(instrumentId));
  }

  /// Price units of an asset.
  public long priceUnits(int assetId) {
    return book.assets.price(asset(assetId));
  }

  /// Whether an instrument's mark is degraded.
  public boolean isInstrumentDegraded(int instrumentId) {
    return book.instruments.quotes().isDegraded(instrument(instrumentId));
  }

  /// Whether an asset's price is degraded.
  public boolean isAssetDegraded(int assetId) {
    return book.assets.quotes().isDegraded(asset(assetId));
  }

  /// Whether the tolerance of an instrument's degraded mark has run out.
  public boolean isInstrumentLost(int instrumentId) {
    return book.instruments.quotes().isLost(instrument(instrumentId));
  }

  /// Whether the tolerance of an asset's degraded price has run out.
  public boolean isAssetLost(int assetId) {
    return book.assets.quotes().isLost(asset(assetId));
  }

  /// Positions and open orders of an account, in instrument order, a long side before a short one.
  public List<Position> positions(long accountId) {
    Positions positions = book.positions;
    List<Position> list = new ArrayList<>();
    for (int row = positions.first(account(accountId));
        row != Positions.NONE;
        row = positions.next(row)) {
      list.add(
          new Position(
              book.instruments.idAt(positions.instrument(row)),
              positions.quantity(row),
              positions.cost(row),
              positions.buyUnits(row),
              positions.sellUnits(row),
              positions.buyNotional(row),
              positions.sellNotional(row),
              positions.side(row)));
    }
    return list;
  }

  /// Signed position of an account in an instrument, 0 when it has none; in hedge mode both sides
  /// together.
  public long quantityUnits(long accountId, int instrumentId) {
    int account = account(accountId);
    int instrument = instrument(instrumentId);
    Positions positions = book.positions;
    return book.accounts.isHedged(account)
        ? positions.held(account, positions.lineOf(account, instrument, true))
            + positions.held(account, positions.lineOf(account, instrument, false))
        : positions.held(account, instrument);
  }

  /// How many positions an account has in an instrument.
  public PositionMode positionMode(long accountId) {
    return book.accounts.isHedged(account(accountId)) ? PositionMode.HEDGE : PositionMode.ONE_WAY;
  }

  /// The zone as last stated.
  public Zone statedZone(long accountId) {
    return book.accounts.statedZone(account(accountId));
  }

  /// Number of open accounts per stated zone, by ordinal of [Zone].
  public long[] zoneCounts() {
    long[] counts = new long[Zone.values().length];
    for (int account = 0; account < book.accounts.size(); account++) {
      if (!book.accounts.isClosed(account)) {
        counts[book.accounts.statedZone(account).ordinal()]++;
      }
    }
    return counts;
  }

  /// How many margin calls are open or expired. Costs a look at every account.
  public int callCount() {
    int count = 0;
    for (int account = 0; account < book.accounts.size(); account++) {
      count += book.calls.exists(account) ? 1 : 0;
    }
    return count;
  }

  /// The margin call of an account, if it has one.
  public java.util.Optional<Call> call(long accountId) {
    int account = account(accountId);
    if (!book.calls.exists(account)) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        new Call(
            book.calls.callId(account),
            book.calls.amountE6(account),
            book.calls.deadlineNs(account),
            book.calls.state(account) == MarginCalls.EXPIRED));
  }

  /// The account weighed now.
  public Assessment assess(long accountId) {
    machine.valuation.assess(account(accountId), weighing);
    return weighing.toAssessment();
  }

  /// The account weighed now, line by line.
  public Evidence explain(long accountId) {
    int account = account(accountId);
    machine.valuation.assess(account, weighing);
    return new EvidenceWriter(book, machine.valuation).of(account, Trigger.REASSESS, weighing);
  }

  /// The account's margin as a tree of terms down to inputs; see
  /// [io.evenkeel.engine.margin.MarginModel#explain].
  public Term terms(long accountId) {
    return machine.valuation.explain(account(accountId));
  }

  /// Most of a margin balance that may go to the wallet now, minor units, by levels alone: calls,
  /// phases and degraded data are not looked at.
  public long releasableMinor(long accountId, int assetId) {
    int account = account(accountId);
    int asset = asset(assetId);
    long balance = book.ledger.marginBalance(account, asset);
    machine.valuation.assess(account, weighing);
    if (balance <= 0 || weighing.isFlat()) {
      return Math.max(0, balance);
    }
    return new Collateral(book, machine.valuation)
        .releasableMinor(account, asset, balance, weighing);
  }

  /// The most of an asset that the account's margin model itself lets out, minor units;
  /// `Long.MAX_VALUE` for no limit of its own.
  public long withdrawableMinor(long accountId, int assetId) {
    int account = account(accountId);
    int asset = asset(assetId);
    MarginModel model = machine.valuation.model(account);
    return model == null ? Long.MAX_VALUE : model.withdrawableMinor(account, asset);
  }

  /// Starts a what-if on the engine's own book; close it before the next command.
  public Hypothesis suppose() {
    return new Hypothesis(machine);
  }

  /// What a version of a rulebook would bring if it came into force now; nothing of it is kept. Its
  /// number need not be higher than that in force. Costs three valuations of every account it
  /// governs, and what the cycle over them costs.
  ///
  /// @param limit most accounts to list
  /// @throws IllegalArgumentException when there is no such rulebook, or the version names an asset
  ///   that is not defined
  /// @throws ArithmeticException when a figure under the version does not fit
  public RulebookPreview preview(int rulebookId, Rulebook version, int limit) {
    return PreviewRun.of(machine, rulebookId, version, limit);
  }

  /// How the auction of an account stands now: what a share costs and how much may be bought; null
  /// when the account is not being auctioned.
  public @Nullable AuctionPrice auction(long accountId) {
    return machine.auctionDesk.price(account(accountId));
  }

  /// Collateral and profit at full value, millionths of the numeraire.
  public long fullValueE6(long accountId) {
    return machine.valuation.fullValueE6(account(accountId));
  }

  /// Chosen leverage in hundredths, 0 = none.
  public int leverageE2(long accountId) {
    return book.accounts.leverageE2(account(accountId));
  }

  /// What is lent and owed.
  public InterestView interest() {
    return new InterestView(machine);
  }

  /// Rules that must hold between commands and do not; empty when money is conserved. Costs a scan
  /// of everything.
  ///
  /// Per asset: wallets, margins, house and clearing balances sum to zero, and the settlement
  /// account is empty. Per instrument: longs equal shorts, and `sum of costs + clearing *
  /// ticksPerMinor = residue`, which says that what closed positions took or left is exactly what
  /// open ones have still to gain or lose. Per lent asset: holders were not credited more interest
  /// than debtors owe.
  public List<String> conservationBreaches() {
    List<String> breaches = new ArrayList<>();
    long[] sums = new long[book.assets.size()];
    for (int asset = 0; asset < sums.length; asset++) {
      sums[asset] =
          book.ledger.sumWithoutClearing(asset, book.parties.size(), book.accounts.size());
      if (book.ledger.houseBalance(HouseAccount.SETTLEMENT, asset) != 0) {
        breaches.add("settlement account not empty in " + book.assets.at(asset).symbol());
      }
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      int asset = book.instruments.settlementAsset(instrument);
      sums[asset] += book.ledger.balance(asset, Ledger.clearing(instrument));
      sums[asset] += book.ledger.instrumentFundBalance(instrument);
      checkInstrument(instrument, breaches);
    }
    for (int asset = 0; asset < sums.length; asset++) {
      if (sums[asset] != 0) {
        breaches.add(
            book.assets.at(asset).symbol() + " balances sum to " + sums[asset] + ", not 0");
      }
    }
    new InterestView(machine).addBreaches(breaches);
    return breaches;
  }

  private void checkInstrument(int instrument, List<String> breaches) {
    long quantity = 0;
    long longs = 0;
    long costHigh = 0;
    long costLow = 0;
    for (int place = 0; place < book.positions.holderCount(instrument); place++) {
      int row = book.positions.holderRow(instrument, place);
      quantity += book.positions.quantity(row);
      longs += Math.max(0, book.positions.quantity(row));
      // costs of all holders together may pass 64 bits although each fits: summed in two halves
      long cost = book.positions.cost(row);
      costHigh += cost >> 32;
      costLow += cost & 0xFFFF_FFFFL;
    }
    String symbol = book.instruments.at(instrument).symbol();
    if (quantity != 0 || longs != book.instruments.openInterestUnits(instrument)) {
      breaches.add(symbol + " positions sum to " + quantity + ", longs to " + longs);
    }
    costHigh += costLow >> 32;
    costLow &= 0xFFFF_FFFFL;
    long expected =
        book.instruments.residueTicks(instrument)
            - book.ledger.clearingBalance(instrument) * book.instruments.ticksPerMinor(instrument);
    if (costHigh != expected >> 32 || costLow != (expected & 0xFFFF_FFFFL)) {
      breaches.add(symbol + " costs and clearing balance do not match");
    }
  }

  private int account(long accountId) {
    int account = book.accounts.find(accountId);
    if (account == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no account " + accountId);
    }
    return account;
  }

  private int party(long partyId) {
    int party = book.parties.find(partyId);
    if (party == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no party " + partyId);
    }
    return party;
  }

  private int asset(int assetId) {
    int asset = book.assets.find(assetId);
    if (asset == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no asset " + assetId);
    }
    return asset;
  }

  private int instrument(int instrumentId) {
    int instrument = book.instruments.find(instrumentId);
    if (instrument == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no instrument " + instrumentId);
    }
    return instrument;
  }
}
