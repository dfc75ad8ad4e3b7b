package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.margin.rates.SizeRate;
import io.evenkeel.engine.market.ClosedSlices;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.ClosingWindow;
import io.evenkeel.model.rulebook.LiquidationStep.CloseSlices;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Closes slices at a limit price (`docs/RULES.md`, section 7, CloseSlices): one of each position
/// in a cycle, until the account is back at maintenance or has had its share of the cycle.
final class Slices {
  /// What became of an account.
  enum Outcome {
    /// It is not below maintenance.
    RESTORED,
    /// It is, and has to wait for its next slices.
    WAITING,
    /// It is, and slices do not help it.
    UNAIDED
  }

  /// An account that is to be closed, at its place in the batch.
  private record Turn(int place, SliceOrder order) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      return order.compareTo(other.order);
    }
  }

  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final ClosingPort port;
  private final Penalties penalties;
  private final BankruptcyPrice bankruptcy;
  private final SlicePrice price;
  private final Weighing weighing = new Weighing();
  private int[] instruments = new int[8];
  private int count;
  private long roomE6;
  private long fundRoomE6;
  private long lacksE6;

  Slices(
      Book book,
      Valuation valuation,
      Trades trades,
      ClosingPort port,
      Penalties penalties,
      BankruptcyPrice bankruptcy) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.port = port;
    this.penalties = penalties;
    this.bankruptcy = bankruptcy;
    price = new SlicePrice(book, valuation, bankruptcy);
  }

  /// Places of the batch in the order in which slices are closed: by the first slice of each
  /// account of the rulebook that is below maintenance, all from one state. Who has nothing to
  /// slice has no turn.
  int[] turns(int rulebook, CloseSlices step, Batch batch) {
    List<Turn> turns = new ArrayList<>();
    for (int place = 0; place < batch.size(); place++) {
      int account = batch.account(place);
      if (!batch.isDone(place)
          && book.accounts.rulebook(account) == rulebook
          && isBelowMaintenance(account)) {
        book.workOn(account, -1);
        gather(account, step);
        roomE6 = step.accountNotionalE6();
        if (count > 0) {
          turns.add(new Turn(place, orderOf(account, instruments[0], step)));
        }
      }
    }
    turns.sort(null);
    int[] places = new int[turns.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = turns.get(i).place();
    }
    return places;
  }

  private SliceOrder orderOf(int account, int instrument, CloseSlices step) {
    price.find(account, instrument, step.bankruptcyAdjustment(), step.spreadShare());
    long mark = book.instruments.mark(instrument);
    long units = sizeUnits(account, instrument, step);
    return new SliceOrder(
        price.limitUnits(),
        mark,
        valuation.notionalE6(instrument, units * book.instruments.worthTicks(instrument)));
  }

  /// Closes the slices of one account that has its turn.
  Outcome close(int account, CloseSlices step) {
    gather(account, step);
    roomE6 = step.accountNotionalE6();
    fundRoomE6 = step.accountInsuranceE6();
    boolean tried = false;
    boolean whole = true;
    for (int i = 0; i < count && roomE6 > 0 && isBelowMaintenance(account); i++) {
      int instrument = instruments[i];
      if (price.find(account, instrument, step.bankruptcyAdjustment(), step.spreadShare())) {
        tried = true;
        whole &= closeOne(account, instrument, step);
      }
    }
    if (!isBelowMaintenance(account)) {
      return Outcome.RESTORED;
    }
    if (!tried || (!whole && valuation.fullValueE6(account) < 0)) {
      return Outcome.UNAIDED;
    }
    gather(account, step);
    return count > 0 ? Outcome.WAITING : Outcome.UNAIDED;
  }

  private boolean isBelowMaintenance(int account) {
    valuation.assess(account, weighing);
    return weighing.equityE6() < weighing.maintenanceE6();
  }

  /// Positions that have a price, from the place on where the rotation starts.
  private void gather(int account, CloseSlices step) {
    Positions positions = book.positions;
    count = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (positions.quantity(row) != 0
          && book.instruments.mark(instrument) > 0
          && !book.instruments.isFrozen(instrument)
          && price.find(account, instrument, step.bankruptcyAdjustment(), step.spreadShare())) {
        if (count == instruments.length) {
          instruments = Arrays.copyOf(instruments, 2 * count);
        }
        instruments[count++] = instrument;
      }
    }
    if (count > 1) {
      int start = Rotation.start(book, account, count);
      int[] turned = new int[count];
      for (int i = 0; i < count; i++) {
        turned[i] = instruments[(start + i) % count];
      }
      System.arraycopy(turned, 0, instruments, 0, count);
    }
  }

  private long sizeUnits(int account, int instrument, CloseSlices step) {
    long held = Math.abs(book.positions.quantity(book.positions.find(account, instrument)));
    SliceSize size =
        new SliceSize(
            BigInteger.valueOf(held),
            BigInteger.valueOf(book.instruments.mark(instrument))
                .multiply(BigInteger.valueOf(book.instruments.ticksPerUnit(instrument))),
            BigInteger.valueOf(book.instruments.ticksPerMinor(instrument)));
    BigInteger most =
        size.mostMinor(minor(instrument, step.minimumNotionalE6()), step.positionShare())
            .min(minor(instrument, roomE6));
    BigInteger lot = BigInteger.valueOf(book.instruments.at(instrument).lotSize());
    return withinWindow(account, instrument, size.units(lot, most), lot, step).longValueExact();
  }

  /// What the window of the step, if it has one, lets through: all, or whole lots of it.
  private BigInteger withinWindow(
      int account, int instrument, BigInteger wanted, BigInteger lot, CloseSlices step) {
    ClosingWindow window = step.window();
    if (window == null) {
      return wanted;
    }
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    BigInteger most =
        book.closedSlices.most(
            instrument,
            wanted,
            ClosedSlices.capacityUnits(window, scaleUnits(terms, instrument)),
            window,
            book.nowNs.get());
    return most.equals(wanted) ? wanted : most.divide(lot).multiply(lot);
  }

  /// Quantity units that stand for the size of a market.
  private BigInteger scaleUnits(RulebookTerms terms, int instrument) {
    if (terms.rulebook().requirement() instanceof SizeScaledRates rates) {
      LinearContract contract = book.instruments.at(instrument);
      return BigInteger.valueOf(
          SizeRate.scaleUnits(
              rates.marketOf(contract.symbol()),
              contract.quantityScale(),
              contract.contractSize()));
    }
    return minor(instrument, terms.brackets(instrument).depthE6())
        .multiply(BigInteger.valueOf(book.instruments.ticksPerMinor(instrument)))
        .divide(
            BigInteger.valueOf(book.instruments.mark(instrument))
                .multiply(BigInteger.valueOf(book.instruments.ticksPerUnit(instrument))));
  }

  /// Minor units of the settlement asset that a value buys, rounded down.
  private BigInteger minor(int instrument, long valueE6) {
    int asset = book.instruments.settlementAsset(instrument);
    return BigInteger.valueOf(valueE6)
        .multiply(BigInteger.valueOf(book.assets.divisor(asset)))
        .divide(BigInteger.valueOf(book.assets.price(asset)));
  }

  /// Closes one slice at the price last found; false when less than all of it was filled. Nothing
  /// of what the window does not let through is wanted.
  private boolean closeOne(int account, int instrument, CloseSlices step) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    boolean sells = book.positions.quantity(book.positions.find(account, instrument)) > 0;
    long wanted = sizeUnits(account, instrument, step);
    if (wanted == 0) {
      return true;
    }
    long units = port.mostUnitsWithin(terms, instrument, wanted, sells, price.limitUnits());
    if (units == 0) {
      return false;
    }
    int savepoint = book.undo.savepoint();
    int announced = book.events.size();
    if (!fill(account, terms, instrument, sells ? -units : units, step) || !backstopCarries()) {
      book.undo.rollbackTo(savepoint);
      book.events.truncate(announced);
      return false;
    }
    fundRoomE6 -= lacksE6;
    book.closedSlices.add(instrument, book.nowNs.get(), units);
    roomE6 -=
        Math.min(
            roomE6,
            valuation.notionalE6(instrument, units * book.instruments.worthTicks(instrument)));
    return units == wanted;
  }

  private boolean backstopCarries() {
    valuation.assess(book.accounts.backstop(), weighing);
    return weighing.equityE6() >= weighing.initialE6();
  }

  /// False when the fund cannot, or may not, pay what the fill lacks.
  private boolean fill(
      int account, RulebookTerms terms, int instrument, long signed, CloseSlices step) {
    long units = Math.abs(signed);
    int backstop = book.accounts.backstop();
    int asset = book.instruments.settlementAsset(instrument);
    long mark = book.instruments.mark(instrument);
    long priceUnits = port.fillPriceUnits(terms, instrument, units, signed < 0);
    if (!bankruptcy.exists(account, instrument, units)) {
      return false;
    }
    long fee =
        SliceFee.minor(
            SliceFee.receivedMinor(book, trades, instrument, signed, priceUnits),
            bankruptcy.valueMinor(account, instrument, units),
            step.maximumFee());
    long fund = book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, asset);
    lacksE6 = book.assets.valueE6(asset, Math.max(0, -fee), Rounding.CEILING);
    if (!SliceFee.isCovered(fund, fee) || lacksE6 > fundRoomE6) {
      return false;
    }
    long cost = trades.costTicks(instrument, signed, priceUnits);
    long realised = trades.change(account, instrument, signed, cost);
    trades.tidy(account, instrument);
    long backstopRealised = trades.change(backstop, instrument, -signed, -cost);
    trades.tidy(backstop, instrument);
    book.events.emit(
        new Event.PositionReduced(
            book.accounts.idAt(account),
            book.instruments.idAt(instrument),
            units,
            mark,
            priceUnits,
            realised,
            Math.max(0, fee),
            valuation.notionalE6(instrument, units * book.instruments.worthTicks(instrument)),
            PositionSide.NET));
    trades.postRealised(account, instrument, realised);
    trades.postRealised(backstop, instrument, backstopRealised);
    settle(account, terms, asset, fee);
    return true;
  }

  private void settle(int account, RulebookTerms terms, int asset, long fee) {
    if (fee >= 0) {
      penalties.post(account, asset, fee, terms.rulebook().liquidation());
      return;
    }
    book.events.emit(
        new Event.InsuranceDrawn(book.accounts.idAt(account), book.assets.idAt(asset), -fee, -fee));
    book.ledger.post(
        asset,
        Ledger.house(HouseAccount.INSURANCE_FUND),
        Ledger.margin(account),
        -fee,
        MoneyReason.INSURANCE);
  }
}
