package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command.BustTrade;
import io.evenkeel.model.command.Command.CorrectTrade;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trades that the venue takes back or gives another price: section 3.5 of the rules.
final class CorrectionCommands {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Cycle cycle;

  CorrectionCommands(AuditBook book, Ledger ledger, Journal journal, Cycle cycle) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.cycle = cycle;
  }

  RefusalReason bust(BustTrade command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    AuditAccount buyer = book.account(command.buyerAccountId());
    AuditAccount seller = book.account(command.sellerAccountId());
    if (buyer == null || seller == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason refusal = whyNotThere(instrument, buyer, seller);
    if (refusal == RefusalReason.NONE
        && !(buyer.has(command.buyerSide()) && seller.has(command.sellerSide()))) {
      refusal = RefusalReason.WRONG_POSITION_SIDE;
    }
    if (refusal == RefusalReason.NONE) {
      refusal = whyNotTrade(instrument, command.quantityUnits(), command.priceUnits());
    }
    if (refusal == RefusalReason.NONE) {
      refusal = whyNotFees(instrument, command);
    }
    BigInteger quantity = Exact.of(command.quantityUnits());
    Place of = new Place(instrument, command.buyerSide());
    Place from = new Place(instrument, command.sellerSide());
    if (refusal == RefusalReason.NONE) {
      refusal = whyNoRoom(of, from, buyer, seller, quantity);
    }
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    BigInteger cost = instrument.ticks(quantity, Exact.of(command.priceUnits()));
    Trade bought = Trade.takenBack(buyer.row(of), instrument, quantity.negate(), cost.negate());
    Trade sold = Trade.takenBack(seller.row(from), instrument, quantity, cost);
    if (isTooDear(instrument, bought) || isTooDear(instrument, sold)) {
      return RefusalReason.INVALID_COST;
    }
    journal.say(
        new Event.TradeBusted(
            instrument.id(),
            buyer.id,
            seller.id,
            command.quantityUnits(),
            command.priceUnits(),
            bought.realisedMinor().longValueExact(),
            sold.realisedMinor().longValueExact(),
            of.side(),
            from.side()));
    settle(of, buyer, bought);
    settle(from, seller, sold);
    giveBack(instrument, buyer, Exact.of(command.buyerFeeMinor()));
    giveBack(instrument, seller, Exact.of(command.sellerFeeMinor()));
    cycle.run(Trigger.FILL, List.of(buyer, seller));
    return RefusalReason.NONE;
  }

  RefusalReason correct(CorrectTrade command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    AuditAccount buyer = book.account(command.buyerAccountId());
    AuditAccount seller = book.account(command.sellerAccountId());
    if (buyer == null || seller == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason refusal = whyNotThere(instrument, buyer, seller);
    if (refusal == RefusalReason.NONE
        && !(buyer.has(command.buyerSide()) && seller.has(command.sellerSide()))) {
      refusal = RefusalReason.WRONG_POSITION_SIDE;
    }
    for (long price : new long[] {command.priceUnits(), command.correctedPriceUnits()}) {
      if (refusal == RefusalReason.NONE) {
        refusal = whyNotTrade(instrument, command.quantityUnits(), price);
      }
    }
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    BigInteger quantity = Exact.of(command.quantityUnits());
    BigInteger cost =
        instrument
            .ticks(quantity, Exact.of(command.correctedPriceUnits()))
            .subtract(instrument.ticks(quantity, Exact.of(command.priceUnits())));
    Place of = new Place(instrument, command.buyerSide());
    Place from = new Place(instrument, command.sellerSide());
    Trade bought = Trade.repriced(buyer.row(of), instrument, cost);
    Trade sold = Trade.repriced(seller.row(from), instrument, cost.negate());
    if (isTooDear(instrument, bought) || isTooDear(instrument, sold)) {
      return RefusalReason.INVALID_COST;
    }
    journal.say(
        new Event.TradeCorrected(
            instrument.id(),
            buyer.id,
            seller.id,
            command.quantityUnits(),
            command.priceUnits(),
            command.correctedPriceUnits(),
            bought.realisedMinor().longValueExact(),
            sold.realisedMinor().longValueExact(),
            of.side(),
            from.side()));
    settle(of, buyer, bought);
    settle(from, seller, sold);
    cycle.run(Trigger.FILL, List.of(buyer, seller));
    return RefusalReason.NONE;
  }

  private RefusalReason whyNotThere(
      AuditInstrument instrument, AuditAccount buyer, AuditAccount seller) {
    if (buyer == seller) {
      return RefusalReason.SELF_TRADE;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (buyer.auction != null || seller.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    for (AuditAccount account : List.of(buyer, seller)) {
      @Nullable AuditInstrument only = account.isolatedIn;
      if (!account.isCross() && only != instrument) {
        return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
      }
    }
    if (buyer.isKeptFromOption(instrument) || seller.isKeptFromOption(instrument)) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    return book.isKeptFromInverse(buyer, instrument) || book.isKeptFromInverse(seller, instrument)
        ? RefusalReason.INVERSE_NOT_MARGINED
        : RefusalReason.NONE;
  }

  private static RefusalReason whyNotTrade(AuditInstrument instrument, long quantity, long price) {
    if (quantity <= 0
        || quantity % instrument.contract.lotSize() != 0
        || quantity > instrument.contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    return !instrument.allows(price) ? RefusalReason.INVALID_PRICE : RefusalReason.NONE;
  }

  private RefusalReason whyNotFees(AuditInstrument instrument, BustTrade command) {
    BigInteger worth =
        instrument.minorUp(
            instrument
                .ticks(Exact.of(command.quantityUnits()), Exact.of(command.priceUnits()))
                .abs());
    BigInteger most = Exact.ceilDiv(worth, BigInteger.TEN);
    BigInteger buyerFee = Exact.of(command.buyerFeeMinor());
    BigInteger sellerFee = Exact.of(command.sellerFeeMinor());
    BigInteger together = buyerFee.add(sellerFee);
    if (buyerFee.abs().max(sellerFee.abs()).compareTo(most) > 0 || together.signum() < 0) {
      return RefusalReason.INVALID_FEE;
    }
    return together.compareTo(instrument.settlement.house(HouseAccount.FEES)) > 0
        ? RefusalReason.INSUFFICIENT_BALANCE
        : RefusalReason.NONE;
  }

  private RefusalReason whyNoRoom(
      Place of, Place from, AuditAccount buyer, AuditAccount seller, BigInteger quantity) {
    AuditInstrument instrument = of.instrument();
    BigInteger bought = buyer.row(of).quantity();
    BigInteger sold = seller.row(from).quantity();
    boolean tooMuch =
        (of.side() == PositionSide.LONG && bought.compareTo(quantity) < 0)
            || (from.side() == PositionSide.SHORT && sold.negate().compareTo(quantity) < 0);
    if (tooMuch) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    if (needsTooManyRows(buyer, of) || needsTooManyRows(seller, from)) {
      return RefusalReason.LIMIT_REACHED;
    }
    BigInteger longs =
        Exact.notBelowZero(bought.subtract(quantity))
            .add(Exact.notBelowZero(sold.add(quantity)))
            .subtract(Exact.notBelowZero(bought))
            .subtract(Exact.notBelowZero(sold));
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      longs = longs.add(account.longUnits(instrument));
    }
    return longs.compareTo(Exact.of(instrument.contract.maximumOpenInterestUnits())) > 0
        ? RefusalReason.OPEN_INTEREST_LIMIT
        : RefusalReason.NONE;
  }

  private boolean needsTooManyRows(AuditAccount account, Place place) {
    return account.isTrader()
        && !account.row(place).exists()
        && account.rows().size() >= book.limits.positionsPerAccount();
  }

  private static boolean isTooDear(AuditInstrument instrument, Trade trade) {
    BigInteger most =
        instrument.mostTicks(Exact.of(instrument.contract.maximumOpenInterestUnits()));
    return trade.after().cost().abs().compareTo(most) > 0;
  }

  private void settle(Place place, AuditAccount account, Trade trade) {
    AuditInstrument instrument = place.instrument();
    book.setRow(account, place, trade.after());
    instrument.residueTicks = instrument.residueTicks.add(trade.residueTicks());
    ledger.postResult(instrument, account, trade.realisedMinor(), MoneyReason.REALISED_PROFIT);
  }

  private void giveBack(AuditInstrument instrument, AuditAccount account, BigInteger fee) {
    LedgerAccount margin = Ledger.margin(account);
    LedgerAccount fees = Ledger.house(HouseAccount.FEES);
    boolean back = fee.signum() >= 0;
    ledger.post(
        instrument.settlement,
        back ? fees : margin,
        back ? margin : fees,
        fee.abs(),
        MoneyReason.FEE);
  }
}
