package io.evenkeel.engine.ledger;

import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.number.Check;

/// All balances, in minor units of their asset, as dense columns `owner * stride + asset`. An
/// account is named by a packed reference: its kind above, its index below.
public final class Ledger {
  private static final int HOUSE_ACCOUNTS = HouseAccount.values().length;
  private static final int KIND_SHIFT = 32;
  private static final long WALLET = 0;
  private static final long MARGIN = 1;
  private static final long CLEARING = 2;
  private static final long HOUSE = 3;
  private static final long INSTRUMENT_FUND = 4;

  private final LongColumn wallets;
  private final LongColumn margins;
  private final LongColumn clearing;
  private final LongColumn house;
  private final LongColumn instrumentFunds;
  private final PostingListener listener;
  private final Accruals accruals;
  private int stride = 4;

  /// Hears of every posting, in order.
  public interface PostingListener {
    /// `amountMinor > 0` of the asset left `from` and reached `to`.
    void posted(int asset, long from, long to, long amountMinor, MoneyReason reason);
  }

  /// An empty ledger.
  public Ledger(UndoLog undo, PostingListener listener) {
    wallets = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    margins = new LongColumn(undo, 0).bearingOn(Scope.BALANCE);
    clearing = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    house = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    instrumentFunds = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    this.listener = listener;
    accruals = new Accruals(undo);
  }

  /// Interest that is not posted yet.
  public Accruals accruals() {
    return accruals;
  }

  /// The wallet of a party.
  public static long wallet(int party) {
    return WALLET << KIND_SHIFT | party;
  }

  /// What is posted to a margin account.
  public static long margin(int account) {
    return MARGIN << KIND_SHIFT | account;
  }

  /// The clearing account of an instrument.
  public static long clearing(int instrument) {
    return CLEARING << KIND_SHIFT | instrument;
  }

  /// A house account.
  public static long house(HouseAccount account) {
    return HOUSE << KIND_SHIFT | account.ordinal();
  }

  /// What is set aside for an instrument.
  public static long instrumentFund(int instrument) {
    return INSTRUMENT_FUND << KIND_SHIFT | instrument;
  }

  /// Whether a reference names what is set aside for an instrument.
  public static boolean isInstrumentFund(long reference) {
    return reference >>> KIND_SHIFT == INSTRUMENT_FUND;
  }

  /// Whether a reference names a wallet.
  public static boolean isWallet(long reference) {
    return reference >>> KIND_SHIFT == WALLET;
  }

  /// Whether a reference names a margin account.
  public static boolean isMargin(long reference) {
    return reference >>> KIND_SHIFT == MARGIN;
  }

  /// Whether a reference names a clearing account.
  public static boolean isClearing(long reference) {
    return reference >>> KIND_SHIFT == CLEARING;
  }

  /// The party, account, instrument or house ordinal of a reference.
  public static int indexOf(long reference) {
    return (int) reference;
  }

  /// Makes room; call before the first use of an owner or asset, outside any trial.
  public void reserve(int parties, int accounts, int instruments, int assets) {
    if (assets > stride) {
      widen(Math.max(assets, 2 * stride));
    }
    wallets.reserve(Math.multiplyExact(parties, stride));
    margins.reserve(Math.multiplyExact(accounts, stride));
    clearing.reserve(instruments);
    instrumentFunds.reserve(instruments);
    house.reserve(HOUSE_ACCOUNTS * stride);
    accruals.reserve(stride, accounts * stride);
  }

  /// Moves `amountMinor >= 0`; zero moves nothing and is not heard of.
  ///
  /// @throws io.evenkeel.model.number.InvariantViolation when the amount is negative, or a wallet
  ///   or an insurance fund would be overdrawn: callers take only what is there
  /// @throws ArithmeticException when a balance does not fit
  public void post(int asset, long from, long to, long amountMinor, MoneyReason reason) {
    Check.invariant(amountMinor >= 0, "a posting moves an amount, not a debt");
    if (amountMinor == 0) {
      return;
    }
    change(asset, from, -amountMinor);
    change(asset, to, amountMinor);
    listener.posted(asset, from, to, amountMinor, reason);
  }

  private void change(int asset, long reference, long amountMinor) {
    int index = indexOf(reference);
    long kind = reference >>> KIND_SHIFT;
    if (kind == WALLET) {
      wallets.add(index * stride + asset, amountMinor);
      Check.invariant(wallets.get(index * stride + asset) >= 0, "a wallet is never negative");
    } else if (kind == MARGIN) {
      changeMargin(index, asset, amountMinor);
    } else if (kind == CLEARING) {
      clearing.add(index, amountMinor);
    } else if (kind == INSTRUMENT_FUND) {
      instrumentFunds.add(index, amountMinor);
      Check.invariant(
          instrumentFunds.get(index) >= 0, "the fund of an instrument is never negative");
    } else {
      house.add(index * stride + asset, amountMinor);
      Check.invariant(
          index != HouseAccount.INSURANCE_FUND.ordinal() || house.get(index * stride + asset) >= 0,
          "the insurance fund is never negative");
    }
  }

  private void changeMargin(int account, int asset, long amountMinor) {
    int row = account * stride + asset;
    if (!accruals.lends(asset)) {
      margins.add(row, amountMinor);
      return;
    }
    postInterest(account, asset);
    long before = margins.get(row);
    margins.add(row, amountMinor);
    accruals.changed(row, asset, before, margins.get(row));
  }

  /// Posts what a balance of a lent asset has earned or owes since it was last touched, against the
  /// interest account; once only.
  public void postInterest(int account, int asset) {
    int row = account * stride + asset;
    long before = margins.get(row);
    long after = accruals.now(row, asset, before);
    if (before == 0) {
      return;
    }
    accruals.setTouchedAt(
        row, before > 0 ? accruals.holdingIndexE18(asset) : accruals.debtIndexE18(asset));
    if (after == before) {
      return;
    }
    long interest = house(HouseAccount.INTEREST);
    margins.set(row, after);
    house.add(HouseAccount.INTEREST.ordinal() * stride + asset, before - after);
    if (after > before) {
      listener.posted(asset, interest, margin(account), after - before, MoneyReason.INTEREST);
    } else {
      listener.posted(asset, margin(account), interest, before - after, MoneyReason.INTEREST);
    }
  }

  /// Begins or ends lending of an asset: all unposted interest must have been posted before.
  ///
  /// @param accounts how many accounts there are
  public void setLent(int asset, boolean lends, int accounts) {
    accruals.setLent(asset, lends);
    accruals.reserve(stride, margins.sweep().length);
    restartIndexes(asset, accounts);
  }

  /// Sets the indexes of an asset back to one and counts its totals anew: all its unposted interest
  /// must have been posted.
  public void restartIndexes(int asset, int accounts) {
    long owed = 0;
    long held = 0;
    for (int account = 0; account < accounts; account++) {
      long balance = margins.get(account * stride + asset);
      held += Math.max(0, balance);
      owed -= Math.min(0, balance);
      if (balance != 0) {
        accruals.setTouchedAt(account * stride + asset, Accruals.ONE);
      }
    }
    boolean lends = accruals.lends(asset);
    accruals.setIndexes(asset, Accruals.ONE, Accruals.ONE);
    accruals.setTotals(asset, lends ? owed : 0, 0, lends ? held : 0, 0);
    accruals.setVenueRestE18(asset, 0);
  }

  /// The balance a reference names, without interest that is not posted yet.
  public long balance(int asset, long reference) {
    int index = indexOf(reference);
    long kind = reference >>> KIND_SHIFT;
    if (kind == WALLET) {
      return wallets.get(index * stride + asset);
    }
    if (kind == MARGIN) {
      return margins.get(index * stride + asset);
    }
    if (kind == INSTRUMENT_FUND) {
      return instrumentFunds.get(index);
    }
    return kind == CLEARING ? clearing.get(index) : house.get(index * stride + asset);
  }

  /// Posted collateral of an account, with the interest it has earned or owes; negative is a debt.
  public long marginBalance(int account, int asset) {
    int row = account * stride + asset;
    long balance = margins.get(row);
    return accruals.lends(asset) ? accruals.now(row, asset, balance) : balance;
  }

  /// What a party holds outside its margin accounts.
  public long walletBalance(int party, int asset) {
    return wallets.get(party * stride + asset);
  }

  /// What an instrument's closed positions left (positive) or took (negative), in its settlement
  /// asset.
  public long clearingBalance(int instrument) {
    return clearing.get(instrument);
  }

  /// What is set aside for an instrument, in its settlement asset; at least 0.
  public long instrumentFundBalance(int instrument) {
    return instrumentFunds.get(instrument);
  }

  /// A balance of the venue itself.
  public long houseBalance(HouseAccount account, int asset) {
    return house.get(account.ordinal() * stride + asset);
  }

  /// Columns of margin balances for sweeps, without interest that is not posted yet: row of account
  /// `i` starts at `i * stride()`.
  public long[] sweepMargins() {
    return margins.sweep();
  }

  /// Account that a cell of [#sweepMargins()] belongs to.
  public int accountOfMargin(int cell) {
    return cell / stride;
  }

  /// Distance between two owners' rows.
  public int stride() {
    return stride;
  }

  /// Sum of wallets, margins and house balances of one asset; with the clearing balances and funds
  /// of instruments settled in it, this is zero in every reachable state. Costs a scan of all
  /// owners.
  public long sumWithoutClearing(int asset, int parties, int accounts) {
    long sum = 0;
    long[] rows = wallets.sweep();
    for (int i = 0; i < parties; i++) {
      sum = Math.addExact(sum, rows[i * stride + asset]);
    }
    rows = margins.sweep();
    for (int i = 0; i < accounts; i++) {
      sum = Math.addExact(sum, rows[i * stride + asset]);
    }
    for (int i = 0; i < HOUSE_ACCOUNTS; i++) {
      sum = Math.addExact(sum, house.get(i * stride + asset));
    }
    return sum;
  }

  private void widen(int wider) {
    wallets.relayout(restride(wallets.sweep(), wider));
    margins.relayout(restride(margins.sweep(), wider));
    house.relayout(restride(house.sweep(), wider));
    accruals.widen(stride, wider);
    stride = wider;
  }

  private long[] restride(long[] rows, int wider) {
    int owners = (rows.length + stride - 1) / stride;
    long[] moved = new long[Math.multiplyExact(owners, wider)];
    for (int i = 0; i < rows.length; i++) {
      moved[i / stride * wider + i % stride] = rows[i];
    }
    return moved;
  }

  /// Writes the index a balance was last touched at while a snapshot is read; nothing else may.
  public void restoreTouchedAt(int account, int asset, long indexE18) {
    accruals.setTouchedAt(account * stride + asset, indexE18);
  }

  /// Writes a balance while a snapshot is read. Must not be used for anything else: it is not a
  /// posting.
  public void restoreBalance(int asset, long reference, long amountMinor) {
    int index = indexOf(reference);
    long kind = reference >>> KIND_SHIFT;
    if (kind == WALLET) {
      wallets.set(index * stride + asset, amountMinor);
    } else if (kind == MARGIN) {
      margins.set(index * stride + asset, amountMinor);
    } else if (kind == CLEARING) {
      clearing.set(index, amountMinor);
    } else if (kind == INSTRUMENT_FUND) {
      instrumentFunds.set(index, amountMinor);
    } else {
      house.set(index * stride + asset, amountMinor);
    }
  }
}
