package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.CashSettlement;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.rulebook.MarketConduct.FundingBasis;

/// What happens to a contract as a whole: funding, final settlement, phases (`docs/RULES.md`,
/// section 3).
public final class ContractDesk {
  private final Book book;
  private final ExposureRules exposures;
  private final CashSettlement settlement;

  /// Reads and writes the book.
  public ContractDesk(Book book, ExposureRules exposures, CashSettlement settlement) {
    this.book = book;
    this.exposures = exposures;
    this.settlement = settlement;
  }

  /// Pays funding; holders are added to `concerned`.
  public RefusalReason applyFunding(Command.ApplyFunding funding, AccountSet concerned) {
    int instrument = book.instruments.find(funding.instrumentId());
    RefusalReason reason = checkStanding(instrument);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (book.instruments.at(instrument).kind() != ContractKind.PERPETUAL) {
      return RefusalReason.NOT_A_PERPETUAL;
    }
    boolean perContract =
        book.rulebooks.venue().conduct().fundingBasis() == FundingBasis.PER_CONTRACT;
    Decimal rate = funding.rate();
    if (!perContract
        && new Decimal(Math.abs(rate.units()), rate.scale()).compareTo(Decimal.ONE) > 0) {
      return RefusalReason.INVALID_RATE;
    }
    if (book.instruments.mark(instrument) == 0) {
      return RefusalReason.NO_MARK_PRICE;
    }
    if (exposures.isInstrumentDegraded(instrument)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    book.workOn(-1, instrument);
    if (perContract) {
      settlement.payFundingPerContract(instrument, rate);
    } else {
      settlement.payFunding(instrument, rate);
    }
    for (int place = 0; place < book.positions.holderCount(instrument); place++) {
      int row = book.positions.holderRow(instrument, place);
      if (book.positions.quantity(row) != 0) {
        concerned.add(book.positions.account(row));
      }
    }
    return RefusalReason.NONE;
  }

  /// Ends a contract; accounts that had a row are added to `concerned`.
  public RefusalReason settle(Command.SettleInstrument command, AccountSet concerned) {
    int instrument = book.instruments.find(command.instrumentId());
    RefusalReason reason = checkStanding(instrument);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    long price = command.settlementPriceUnits();
    boolean atZero =
        price == 0
            && book.rulebooks.venue().conduct().settlesAtZero()
            && !book.instruments.isInverse(instrument);
    if (!atZero && !book.instruments.at(instrument).allowsPrice(price)) {
      return RefusalReason.INVALID_PRICE;
    }
    book.workOn(-1, instrument);
    settlement.settleFinally(instrument, price, concerned);
    book.events.emit(new Event.InstrumentSettled(command.instrumentId(), price));
    return RefusalReason.NONE;
  }

  /// Changes a phase; exposed accounts are added to `concerned`.
  public RefusalReason setPhase(Command.SetPhase command, AccountSet concerned) {
    int instrument = book.instruments.find(command.instrumentId());
    RefusalReason reason = checkStanding(instrument);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(-1, instrument);
    book.instruments.setPhase(instrument, command.phase());
    book.events.emit(new Event.PhaseSet(command.instrumentId(), command.phase()));
    addExposed(instrument, concerned);
    return RefusalReason.NONE;
  }

  private void addExposed(int instrument, AccountSet concerned) {
    concerned.addAll(
        book.positions.sweepHolders(instrument), book.positions.holderCount(instrument));
  }

  private RefusalReason checkStanding(int instrument) {
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    return book.instruments.isSettled(instrument)
        ? RefusalReason.INSTRUMENT_SETTLED
        : RefusalReason.NONE;
  }
}
