package io.evenkeel.audit;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A margin account.
final class AuditAccount {
  /// A margin call that has not ended; an expired one is kept until it does.
  record Call(long callId, BigInteger amount, long deadlineNs, boolean expired) {}

  final int index;
  final long id;
  final AuditParty party;
  AuditRulebook rulebook;
  AccountMode mode;

  /// Null for a cross account.
  @Nullable AuditInstrument isolatedIn;

  final AccountRole role;

  /// Whether it holds a long and a short side by side.
  boolean hedged;

  int leverageE2;
  Zone statedZone = Zone.EXCESS;
  @Nullable Long lastReleaseNs;

  /// The last instant at which the end of its cool-down was acted on.
  @Nullable Long lastCoolDownNs;

  /// The last instant at which the end of an auction was acted on.
  @Nullable Long lastAuctionEndNs;

  @Nullable Call call;

  /// While it is auctioned.
  @Nullable AuditAuction auction;

  boolean closed;
  long arrival;

  /// The batch of marks before which the last row went; -1 while there never was one.
  long leftInBatch = -1;

  /// The last weighing, good while neither this account nor any price, rule or phase changes.
  @Nullable Weighed weighed;

  long weighedAtStamp;

  /// The copy of the other side, where both sides of a trade are tried out.
  @Nullable AuditAccount otherSide;

  /// By asset index, as posted; what interest has come to since then is not in it.
  private final SortedMap<Integer, BigInteger> balances;

  /// The index at which a balance of a lent asset was last touched; one where none is kept.
  private final Map<Integer, BigInteger> touchedAt = new HashMap<>();

  private final SortedMap<Place, Row> rows;

  AuditAccount(
      int index,
      long id,
      AuditParty party,
      AuditRulebook rulebook,
      AccountMode mode,
      @Nullable AuditInstrument isolatedIn,
      AccountRole role) {
    this(index, id, party, rulebook, mode, isolatedIn, role, new TreeMap<>(), new TreeMap<>());
  }

  private AuditAccount(
      int index,
      long id,
      AuditParty party,
      AuditRulebook rulebook,
      AccountMode mode,
      @Nullable AuditInstrument isolatedIn,
      AccountRole role,
      SortedMap<Integer, BigInteger> balances,
      SortedMap<Place, Row> rows) {
    this.index = index;
    this.id = id;
    this.party = party;
    this.rulebook = rulebook;
    this.mode = mode;
    this.isolatedIn = isolatedIn;
    this.role = role;
    this.balances = balances;
    this.rows = rows;
  }

  /// The same account apart from the book: for trying something out.
  AuditAccount copy() {
    AuditAccount copy =
        new AuditAccount(
            index,
            id,
            party,
            rulebook,
            mode,
            isolatedIn,
            role,
            new TreeMap<>(balances),
            new TreeMap<>(rows));
    copy.leverageE2 = leverageE2;
    copy.otherSide = otherSide;
    copy.touchedAt.putAll(touchedAt);
    copy.hedged = hedged;
    copy.auction = auction;
    return copy;
  }

  /// What stands in place of an account of the book while this one is valued: a copy or itself.
  AuditAccount standingFor(AuditAccount holder) {
    if (holder.index == index) {
      return this;
    }
    AuditAccount other = otherSide;
    return other != null && other.index == holder.index ? other : holder;
  }

  boolean isTrader() {
    return role == AccountRole.TRADER;
  }

  /// Whether the instrument is an option and the account's rules have no margin for options.
  boolean isKeptFromOption(AuditInstrument instrument) {
    return isTrader()
        && instrument.contract.terms().option() != null
        && !rulebook.knows(RequirementModel::marginsOptions);
  }

  boolean isCross() {
    return mode == AccountMode.CROSS;
  }

  LevelPolicy levelPolicy() {
    return rulebook.inForce().levels(mode);
  }

  boolean hasBands() {
    return !(levelPolicy() instanceof LevelPolicy.WithoutBands);
  }

  /// As posted, by asset index; only what is not zero.
  SortedMap<Integer, BigInteger> posted() {
    return balances;
  }

  /// In order of places; only rows that exist.
  SortedMap<Place, Row> rows() {
    return rows;
  }

  /// What is held or owed of an asset, with interest up to the last accrual.
  BigInteger balance(AuditAsset asset) {
    BigInteger posted = balances.getOrDefault(asset.index, BigInteger.ZERO);
    LentAsset lent = asset.lent;
    return lent == null
        ? posted
        : Exact.floorDiv(
            posted.multiply(lent.index(posted)),
            touchedAt.getOrDefault(asset.index, LentAsset.ONE));
  }

  /// Forgets at which index a balance was touched: the index is one again.
  void forgetIndex(AuditAsset asset) {
    touchedAt.remove(asset.index);
    weighed = null;
  }

  Row row(Place place) {
    return rows.getOrDefault(place, Row.NOTHING);
  }

  /// Where its long, or its short, position in an instrument is.
  Place place(AuditInstrument instrument, boolean isLong) {
    if (!hedged) {
      return Place.net(instrument);
    }
    return new Place(instrument, isLong ? PositionSide.LONG : PositionSide.SHORT);
  }

  /// Whether a stated side is one that it has.
  boolean has(PositionSide side) {
    return hedged == (side != PositionSide.NET);
  }

  /// Whether it has a row in an instrument.
  boolean isIn(AuditInstrument instrument) {
    return rows.keySet().stream().anyMatch(place -> place.instrument() == instrument);
  }

  /// All that its rows in an instrument hold long.
  BigInteger longUnits(AuditInstrument instrument) {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Place, Row> entry : rows.entrySet()) {
      if (entry.getKey().instrument() == instrument) {
        sum = sum.add(Exact.notBelowZero(entry.getValue().quantity()));
      }
    }
    return sum;
  }

  boolean isFlat() {
    return rows.isEmpty() && balances.values().stream().noneMatch(b -> b.signum() < 0);
  }

  void addBalance(AuditAsset asset, BigInteger amount) {
    BigInteger after = balance(asset).add(amount);
    touchedAt.remove(asset.index);
    if (after.signum() == 0) {
      balances.remove(asset.index);
    } else {
      balances.put(asset.index, after);
      LentAsset lent = asset.lent;
      if (lent != null) {
        touchedAt.put(asset.index, lent.index(after));
      }
    }
    weighed = null;
  }

  /// Replaces a row without any bookkeeping beside it.
  void putRow(Place place, Row row) {
    if (row.exists()) {
      rows.put(place, row);
    } else {
      rows.remove(place);
    }
    weighed = null;
  }

  void switchTo(AuditRulebook newRulebook, AccountMode newMode, @Nullable AuditInstrument onlyIn) {
    rulebook = newRulebook;
    mode = newMode;
    isolatedIn = onlyIn;
    weighed = null;
  }

  void chooseLeverage(int newLeverageE2) {
    leverageE2 = newLeverageE2;
    weighed = null;
  }
}
