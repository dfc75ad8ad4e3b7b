package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.MarketConduct.CashRounding;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.Arrays;

/// Variation, funding and final settlement in cash: losers pay before winners receive, through the
/// settlement account, which is empty again at the end (`docs/RULES.md`, section 5).
public final class CashSettlement {
  private static final long SETTLEMENT = Ledger.house(HouseAccount.SETTLEMENT);
  private static final long INSURANCE = Ledger.house(HouseAccount.INSURANCE_FUND);
  private static final int LONGEST_POWER = 18;

  private final Book book;
  private final Positions positions;
  private final Instruments instruments;
  private final LossCollection losses;
  private final CashShares shares;
  private final IntComparator byAccount;
  private final IntComparator byArrival;
  private int[] rows = new int[64];
  private long[] amountsMinor = new long[64];
  private long[] exactTicks = new long[64];
  private int count;

  /// Reads and writes the book.
  public CashSettlement(Book book, LossCollection losses) {
    this.book = book;
    this.positions = book.positions;
    this.instruments = book.instruments;
    this.losses = losses;
    this.shares = new CashShares(book.positions);
    byAccount =
        (a, b) -> {
          int order = Integer.compare(positions.account(a), positions.account(b));
          return order != 0 ? order : Integer.compare(positions.line(a), positions.line(b));
        };
    byArrival =
        (a, b) -> {
          int order =
              Long.compare(
                  book.accounts.arrival(positions.account(a)),
                  book.accounts.arrival(positions.account(b)));
          return order != 0 ? order : Integer.compare(positions.line(a), positions.line(b));
        };
  }

  /// Pays variation at the present mark and makes the mark every holder's cost.
  public void settleVariation(int instrument) {
    gatherHolders(instrument, CashKind.VARIATION);
    settleProfits(
        instrument, instruments.mark(instrument), CashKind.VARIATION, MoneyReason.VARIATION);
    long worth = instruments.worthTicks(instrument);
    for (int i = 0; i < count; i++) {
      long quantity = positions.quantity(rows[i]);
      positions.setPosition(rows[i], quantity, quantity * worth);
      if (positions.hasUnsettledTrades(rows[i])) {
        positions.setUnsettledTrades(rows[i], false);
      }
      positions.removeIfEmpty(rows[i]);
    }
  }

  /// Pays every profit and loss at the settlement price and removes all rows; the owners of removed
  /// rows are added to `former`.
  public void settleFinally(int instrument, long priceUnits, AccountSet former) {
    former.addAll(positions.sweepHolders(instrument), positions.holderCount(instrument));
    gatherHolders(instrument, CashKind.FINAL);
    settleProfits(instrument, priceUnits, CashKind.FINAL, MoneyReason.FINAL_SETTLEMENT);
    for (int place = positions.holderCount(instrument) - 1; place >= 0; place--) {
      int row = positions.holderRow(instrument, place);
      instruments.addOpenInterest(instrument, -Math.max(0, positions.quantity(row)));
      positions.setPosition(row, 0, 0);
      positions.setOrders(row, 0, 0, 0, 0);
      positions.setUnsettledTrades(row, false);
      positions.removeIfEmpty(row);
    }
    instruments.settle(instrument);
  }

  /// Longs pay `rate * mark` per contract to the shorts, or the reverse when the rate is negative;
  /// of an inverse future the rate times what a contract is worth in coin.
  public void payFunding(int instrument, Decimal rate) {
    gatherHolders(instrument, CashKind.FUNDING);
    long ticksPerMinor = instruments.ticksPerMinor(instrument);
    for (int i = 0; i < count; i++) {
      long quantity = positions.quantity(rows[i]);
      long ticks = Math.abs(quantity * instruments.worthTicks(instrument));
      boolean pays = (quantity > 0) == (rate.units() > 0);
      Decimal magnitude = new Decimal(Math.abs(rate.units()), rate.scale());
      amountsMinor[i] =
          pays && !towardZero()
              ? -Math.ceilDiv(magnitude.times(ticks, Rounding.CEILING), ticksPerMinor)
              : (pays ? -1 : 1)
                  * Math.floorDiv(magnitude.times(ticks, Rounding.FLOOR), ticksPerMinor);
    }
    exchange(
        instrument, instruments.mark(instrument), CashKind.FUNDING, MoneyReason.FUNDING, false);
  }

  /// Longs pay an amount of whole units of the settlement asset per contract to the shorts, or the
  /// reverse when it is negative.
  public void payFundingPerContract(int instrument, Decimal payment) {
    gatherHolders(instrument, CashKind.FUNDING);
    for (int i = 0; i < count; i++) {
      long quantity = positions.quantity(rows[i]);
      boolean pays = (quantity > 0) == (payment.units() > 0);
      amountsMinor[i] =
          pays
              ? -perContractMinor(
                  instrument, quantity, payment, towardZero() ? Rounding.FLOOR : Rounding.CEILING)
              : perContractMinor(instrument, quantity, payment, Rounding.FLOOR);
    }
    exchange(
        instrument, instruments.mark(instrument), CashKind.FUNDING, MoneyReason.FUNDING, false);
  }

  /// Magnitude of a payment on a position.
  private long perContractMinor(int instrument, long quantity, Decimal payment, Rounding rounding) {
    int places =
        book.assets.at(instruments.settlementAsset(instrument)).scale()
            - instruments.at(instrument).quantityScale()
            - payment.scale();
    long size = Math.abs(quantity);
    long units = Math.abs(payment.units());
    if (places >= 0) {
      return Math.multiplyExact(Math.multiplyExact(size, units), Fixed.pow10(places));
    }
    int first = Math.min(-places, LONGEST_POWER);
    long quotient = Fixed.mulDiv(size, units, Fixed.pow10(first), rounding);
    long second = Fixed.pow10(-places - first);
    return rounding == Rounding.FLOOR
        ? Math.floorDiv(quotient, second)
        : Math.ceilDiv(quotient, second);
  }

  private boolean towardZero() {
    return book.rulebooks.venue().conduct().cashRounding() == CashRounding.TOWARD_ZERO;
  }

  private void settleProfits(int instrument, long priceUnits, CashKind kind, MoneyReason reason) {
    long ticksPerMinor = instruments.ticksPerMinor(instrument);
    long worth = instruments.worthTicks(instrument, priceUnits);
    for (int i = 0; i < count; i++) {
      long ticks = positions.quantity(rows[i]) * worth - positions.cost(rows[i]);
      exactTicks[i] = ticks;
      if (towardZero()) {
        amountsMinor[i] = ticks / ticksPerMinor;
      } else {
        amountsMinor[i] =
            ticks < 0 ? -Math.ceilDiv(-ticks, ticksPerMinor) : Math.floorDiv(ticks, ticksPerMinor);
      }
    }
    if (kind == CashKind.VARIATION && towardZero()) {
      shares.balance(rows, amountsMinor, exactTicks, count);
    }
    exchange(instrument, priceUnits, kind, reason, true);
  }

  private void gatherHolders(int instrument, CashKind kind) {
    int holders = positions.holderCount(instrument);
    if (rows.length < holders) {
      rows = new int[2 * holders];
      amountsMinor = new long[2 * holders];
      exactTicks = new long[2 * holders];
    }
    count = 0;
    for (int place = 0; place < holders; place++) {
      int row = positions.holderRow(instrument, place);
      boolean isOwed = positions.cost(row) != 0 || positions.hasUnsettledTrades(row);
      if (positions.quantity(row) != 0 || (isOwed && kind != CashKind.FUNDING)) {
        rows[count++] = row;
      }
    }
    boolean arrival =
        book.rulebooks.venue().executionOrder() == ExecutionOrder.ARRIVAL
            && !(kind == CashKind.FINAL && towardZero());
    IntArrays.quickSort(rows, 0, count, arrival ? byArrival : byAccount);
    Arrays.fill(amountsMinor, 0, count, 0);
  }

  /// What the two rows of an account in hedge mode come to is one payment, or an account could be
  /// found unable to pay what it receives in the same breath.
  private void nettBothSides() {
    for (int i = 1; i < count; i++) {
      if (positions.account(rows[i]) == positions.account(rows[i - 1])) {
        amountsMinor[i] += amountsMinor[i - 1];
        amountsMinor[i - 1] = 0;
      }
    }
  }

  private void exchange(
      int instrument, long priceUnits, CashKind kind, MoneyReason reason, boolean clears) {
    int asset = instruments.settlementAsset(instrument);
    nettBothSides();
    long owed = 0;
    long gains = 0;
    for (int i = 0; i < count; i++) {
      owed += Math.max(0, -amountsMinor[i]);
      gains += Math.max(0, amountsMinor[i]);
    }
    boolean moved = (owed | gains) != 0;
    for (int i = 0; i < count; i++) {
      if (amountsMinor[i] < 0) {
        int account = positions.account(rows[i]);
        long unpaid = losses.collect(account, instrument, asset, -amountsMinor[i], reason);
        if (unpaid > 0) {
          book.events.emit(
              new Event.LossUnpaid(
                  book.accounts.idAt(account), instruments.idAt(instrument), unpaid));
        }
      }
    }
    if (clears) {
      moved |= clear(instrument, asset, reason);
    }
    long collected = book.ledger.houseBalance(HouseAccount.SETTLEMENT, asset);
    if (collected < 0) {
      coverShortage(asset, -collected);
    }
    if (towardZero()) {
      shares.limit(amountsMinor, count, owed, Math.max(0, collected), placeOfFunds());
    }
    long paid = payWinners(instrument, asset, Math.max(0, collected), gains, reason);
    long remainder = Math.max(0, collected) - paid;
    boolean toFund = towardZero() && kind != CashKind.FINAL;
    book.ledger.post(
        asset,
        SETTLEMENT,
        toFund ? Ledger.instrumentFund(instrument) : INSURANCE,
        remainder,
        MoneyReason.ROUNDING_REMAINDER);
    Check.invariant(
        book.ledger.houseBalance(HouseAccount.SETTLEMENT, asset) == 0,
        "the settlement account is empty after a settlement");
    if (moved) {
      book.events.emit(
          new Event.CashSettled(
              kind,
              instruments.idAt(instrument),
              priceUnits,
              owed,
              collected,
              gains,
              paid,
              remainder));
    }
  }

  /// Where the backstop stands in the order, if funds stand behind it; -1 if not.
  private int placeOfFunds() {
    for (int i = 0; i < count; i++) {
      if (book.isBackedByFunds(positions.account(rows[i]))) {
        return i;
      }
    }
    return -1;
  }

  /// Brings the clearing account to zero; true when it was not.
  private boolean clear(int instrument, int asset, MoneyReason reason) {
    long clearing = Ledger.clearing(instrument);
    long balance = book.ledger.clearingBalance(instrument);
    if (balance > 0) {
      book.ledger.post(asset, clearing, SETTLEMENT, balance, reason);
    } else {
      book.ledger.post(asset, SETTLEMENT, clearing, -balance, reason);
    }
    instruments.setResidueTicks(instrument, 0);
    return balance != 0;
  }

  private void coverShortage(int asset, long shortageMinor) {
    book.ledger.post(
        asset,
        Ledger.house(HouseAccount.BAD_DEBT),
        SETTLEMENT,
        shortageMinor,
        MoneyReason.BAD_DEBT);
    book.events.emit(new Event.BadDebtRecorded(-1, book.assets.idAt(asset), shortageMinor));
  }

  private long payWinners(
      int instrument, int asset, long availableMinor, long gainsMinor, MoneyReason reason) {
    long paid = 0;
    for (int i = 0; i < count; i++) {
      if (amountsMinor[i] > 0) {
        long share =
            availableMinor >= gainsMinor || towardZero()
                ? amountsMinor[i]
                : Fixed.mulDiv(amountsMinor[i], availableMinor, gainsMinor, Rounding.FLOOR);
        int account = positions.account(rows[i]);
        long to =
            book.isBackedByFunds(account)
                ? Ledger.instrumentFund(instrument)
                : Ledger.margin(account);
        book.ledger.post(asset, SETTLEMENT, to, share, reason);
        paid += share;
      }
    }
    return paid;
  }
}
