package io.evenkeel.engine.trading;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.MarginGate;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.TradingPhase;

/// Open-order exposure and leverage (`docs/RULES.md`, sections 3 and 3.1). A refused change is
/// taken back by the engine, which rolls the book back to where the command began.
public final class OrderDesk {
  private final Book book;
  private final EngineLimits limits;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final MarginGate gate;
  private final Weighing weighing = new Weighing();

  /// Reads and writes the book.
  public OrderDesk(
      Book book,
      EngineLimits limits,
      Valuation valuation,
      ExposureRules exposures,
      MarginGate gate) {
    this.book = book;
    this.limits = limits;
    this.valuation = valuation;
    this.exposures = exposures;
    this.gate = gate;
  }

  /// Replaces an account's order totals in one instrument.
  public RefusalReason setExposure(Command.SetOrderExposure order) {
    int account = book.accounts.findOpen(order.accountId());
    int instrument = book.instruments.find(order.instrumentId());
    RefusalReason reason = checkStanding(account, instrument);
    if (reason == RefusalReason.NONE && !fits(account, order.side())) {
      reason = RefusalReason.WRONG_POSITION_SIDE;
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int line = Positions.line(instrument, order.side());
    reason = checkTotals(account, line, order);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(account, instrument);
    boolean reducing = isReducing(account, line, order);
    if (!reducing) {
      reason = checkNewRisk(account, instrument);
      if (reason != RefusalReason.NONE) {
        return reason;
      }
    }
    replaceTotals(account, line, order);
    book.events.emit(
        new Event.OrderExposureSet(
            order.accountId(),
            order.instrumentId(),
            order.buyUnits(),
            order.sellUnits(),
            order.buyNotional(),
            order.sellNotional(),
            order.side()));
    return reducing || !gatesOnChange() || gate.secure(account)
        ? RefusalReason.NONE
        : RefusalReason.INSUFFICIENT_MARGIN;
  }

  /// Whether a stated side is one that an account has: [PositionSide#NET] of a one-way account, a
  /// long or a short one in hedge mode.
  boolean fits(int account, PositionSide side) {
    return book.accounts.isHedged(account) != (side == PositionSide.NET);
  }

  private void replaceTotals(int account, int line, Command.SetOrderExposure order) {
    boolean none = (order.buyUnits() | order.sellUnits()) == 0;
    if (none && book.positions.find(account, line) == Positions.NONE) {
      // a row that comes and goes at once would take a place in the order of arrival
      return;
    }
    int row = book.positions.open(account, line);
    book.positions.setOrders(
        row, order.buyUnits(), order.sellUnits(), order.buyNotional(), order.sellNotional());
    book.positions.removeIfEmpty(row);
  }

  private RefusalReason checkStanding(int account, int instrument) {
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    RefusalReason standing = book.standing(account);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    if (book.instruments.isSettled(instrument)) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (book.accounts.isBackstop(account)) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    return checkAdmission(book, account, account, instrument);
  }

  /// Why two accounts may not hold an instrument at all, each reason for both before the next.
  public static RefusalReason checkAdmission(Book book, int one, int other, int instrument) {
    if (isOutsideIsolation(book.accounts, one, instrument)
        || isOutsideIsolation(book.accounts, other, instrument)) {
      return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
    }
    if (isOptionNotMargined(book, one, instrument)
        || isOptionNotMargined(book, other, instrument)) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    return isInverseNotMargined(book, one, instrument)
            || isInverseNotMargined(book, other, instrument)
        ? RefusalReason.INVERSE_NOT_MARGINED
        : RefusalReason.NONE;
  }

  private static boolean isOutsideIsolation(Accounts accounts, int account, int instrument) {
    return accounts.isIsolated(account) && accounts.isolatedInstrument(account) != instrument;
  }

  /// The backstop takes over what there is.
  private static boolean isOptionNotMargined(Book book, int account, int instrument) {
    if (book.accounts.isBackstop(account)) {
      return false;
    }
    return book.instruments.at(instrument).kind() == ContractKind.OPTION
        && !book.rulebooks.marginsOptions(book.accounts.rulebook(account));
  }

  /// Neither by its own rulebook, nor once the backstop had to take it over.
  private static boolean isInverseNotMargined(Book book, int account, int instrument) {
    int backstop = book.accounts.backstop();
    return book.instruments.isInverse(instrument)
        && (!book.rulebooks.marginsInverseFutures(book.accounts.rulebook(account))
            || (backstop != IdIndex.ABSENT
                && !book.rulebooks.marginsInverseFutures(book.accounts.rulebook(backstop))));
  }

  private RefusalReason checkTotals(int account, int line, Command.SetOrderExposure order) {
    int instrument = Positions.instrumentOf(line);
    LinearContract contract = book.instruments.at(instrument);
    MarketConduct conduct = book.rulebooks.venue().conduct();
    boolean unpriced = conduct.unpricedOrders();
    if (!isSideValid(instrument, order.buyUnits(), order.buyNotional(), unpriced)
        || !isSideValid(instrument, order.sellUnits(), order.sellNotional(), unpriced)) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (isUnmarked(instrument)) {
      return RefusalReason.NO_MARK_PRICE;
    }
    int row = book.positions.find(account, line);
    long held = row == Positions.NONE ? 0 : book.positions.quantity(row);
    if ((order.side() == PositionSide.LONG && order.sellUnits() > held)
        || (order.side() == PositionSide.SHORT && order.buyUnits() > -held)) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    long bought = row == Positions.NONE ? 0 : book.positions.buyUnits(row);
    long sold = row == Positions.NONE ? 0 : book.positions.sellUnits(row);
    long most = contract.maximumPositionUnits();
    if ((order.buyUnits() > bought && order.buyUnits() > most - held)
        || (order.sellUnits() > sold && order.sellUnits() > most + held)) {
      return RefusalReason.POSITION_LIMIT;
    }
    boolean newRow = row == Positions.NONE && (order.buyUnits() | order.sellUnits()) != 0;
    return newRow && book.positions.count(account) >= limits.positionsPerAccount()
        ? RefusalReason.LIMIT_REACHED
        : RefusalReason.NONE;
  }

  private boolean isSideValid(int instrument, long units, long notional, boolean unpriced) {
    LinearContract contract = book.instruments.at(instrument);
    long dearest =
        book.instruments.isInverse(instrument)
            ? book.instruments.mostTicks(instrument, 1)
            : contract.maximumPriceUnits();
    return units >= 0
        && notional >= 0
        && units % contract.lotSize() == 0
        && (units != 0 || notional == 0)
        && (units == 0 || notional != 0 || unpriced)
        && Fixed.compareProducts(notional, 1, units, dearest) <= 0;
  }

  private boolean isReducing(int account, int line, Command.SetOrderExposure order) {
    int row = book.positions.find(account, line);
    if (row == Positions.NONE) {
      return (order.buyUnits() | order.sellUnits()) == 0;
    }
    Positions positions = book.positions;
    long held = positions.quantity(row);
    boolean buysLess =
        order.buyUnits() <= Math.max(0, -held)
            || (order.buyUnits() <= positions.buyUnits(row)
                && order.buyNotional() <= positions.buyNotional(row));
    boolean sellsLess =
        order.sellUnits() <= Math.max(0, held)
            || (order.sellUnits() <= positions.sellUnits(row)
                && order.sellNotional() <= positions.sellNotional(row));
    return buysLess && sellsLess;
  }

  /// Whether new risk is asked for its margin with the change that brings it.
  boolean gatesOnChange() {
    return book.rulebooks.venue().conduct().orderGate() == MarketConduct.OrderGate.ON_CHANGE;
  }

  /// Whether an instrument lacks the mark that orders and trades need at most venues.
  boolean isUnmarked(int instrument) {
    return book.instruments.mark(instrument) == 0
        && !book.rulebooks.venue().conduct().takesUnmarked();
  }

  /// Whether a price is further from the mark than the venue lets anybody trade. Nothing is while
  /// there is no mark.
  boolean isOutsideCollar(int instrument, long priceUnits) {
    long mark = book.instruments.mark(instrument);
    Decimal collar = book.rulebooks.venue().priceCollar();
    return mark > 0
        && collar.units() > 0
        && Fixed.compareProducts(
                Math.abs(priceUnits - mark), collar.divisor(), collar.units(), mark)
            > 0;
  }

  /// Asks for margin at an observed price.
  public RefusalReason secureMargin(Command.SecureMargin request) {
    int account = book.accounts.findOpen(request.accountId());
    int instrument = book.instruments.find(request.instrumentId());
    RefusalReason reason = checkStanding(account, instrument);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    long price = request.priceUnits();
    if (!book.instruments.at(instrument).allowsPrice(price)) {
      return RefusalReason.INVALID_PRICE;
    }
    reason = checkNewRisk(account, instrument);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(account, instrument);
    book.observe(instrument, price);
    boolean secured = gate.secure(account);
    book.observeMarks();
    return secured ? RefusalReason.NONE : RefusalReason.INSUFFICIENT_MARGIN;
  }

  /// Whether new risk may be taken at all at this moment.
  RefusalReason checkNewRisk(int account, int instrument) {
    if (book.instruments.phase(instrument) == TradingPhase.HALTED) {
      return RefusalReason.PHASE_FORBIDS;
    }
    return exposures.isInstrumentDegraded(instrument) || exposures.isDegraded(account)
        ? RefusalReason.MARKET_DATA_DEGRADED
        : RefusalReason.NONE;
  }

  /// Chooses a leverage.
  public RefusalReason setLeverage(Command.SetLeverage choice) {
    int account = book.accounts.findOpen(choice.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason standing = book.standing(account);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    int chosen = choice.leverageE2();
    if (chosen != 0 && (chosen < 100 || chosen > 100_000)) {
      return RefusalReason.INVALID_LEVERAGE;
    }
    book.workOn(account, -1);
    boolean stricter = looseness(chosen) < looseness(book.accounts.leverageE2(account));
    book.accounts.setLeverageE2(account, chosen);
    valuation.assess(account, weighing);
    if (stricter
        && book.positions.first(account) != Positions.NONE
        && weighing.equityE6() < weighing.initialE6()) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    book.events.emit(new Event.LeverageSet(choice.accountId(), chosen));
    return RefusalReason.NONE;
  }

  private static int looseness(int leverageE2) {
    return leverageE2 == 0 ? Integer.MAX_VALUE : leverageE2;
  }
}
