package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills: section 3.2 of the rules.
final class FillCommands {
  /// One side of a fill.
  private record Side(
      AuditAccount account,
      Place place,
      BigInteger quantity,
      BigInteger feeMinor,
      boolean fillsOrder) {
    Row row() {
      return account.row(place);
    }

    /// Whether more would be closed than a side in hedge mode holds.
    boolean exceedsSide() {
      int after = row().quantity().add(quantity).signum();
      return switch (place.side()) {
        case NET -> false;
        case LONG -> after < 0;
        case SHORT -> after > 0;
      };
    }

    /// Whether the position only shrinks.
    boolean isReducing() {
      BigInteger before = row().quantity();
      BigInteger after = before.add(quantity);
      return before.multiply(after).signum() >= 0 && after.abs().compareTo(before.abs()) < 0;
    }

    boolean addsRisk() {
      return !fillsOrder && !isReducing();
    }

    boolean lacksOrder() {
      BigInteger open = quantity.signum() > 0 ? row().buy() : row().sell();
      return fillsOrder && open.compareTo(quantity.abs()) < 0;
    }

    boolean exceedsPositionLimit(AuditInstrument instrument) {
      BigInteger before = row().quantity().abs();
      BigInteger after = row().quantity().add(quantity).abs();
      return account.isTrader()
          && after.compareTo(Exact.of(instrument.contract.maximumPositionUnits())) > 0
          && after.compareTo(before) > 0;
    }

    Row afterOrder(Row row) {
      if (!fillsOrder) {
        return row;
      }
      return quantity.signum() > 0
          ? row.buyOrderFilled(quantity)
          : row.sellOrderFilled(quantity.negate());
    }
  }

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Cycle cycle;
  private final Gate gate;

  FillCommands(AuditBook book, Ledger ledger, Journal journal, Cycle cycle, Gate gate) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.cycle = cycle;
    this.gate = gate;
  }

  RefusalReason apply(Fill fill) {
    AuditInstrument instrument = book.instrument(fill.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    AuditAccount buyer = book.account(fill.buyerAccountId());
    AuditAccount seller = book.account(fill.sellerAccountId());
    if (buyer == null || seller == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (buyer == seller) {
      return RefusalReason.SELF_TRADE;
    }
    BigInteger quantity = Exact.of(fill.quantityUnits());
    Side bought =
        new Side(
            buyer,
            new Place(instrument, fill.buyerSide()),
            quantity,
            Exact.of(fill.buyerFeeMinor()),
            fill.buyerOrder());
    Side sold =
        new Side(
            seller,
            new Place(instrument, fill.sellerSide()),
            quantity.negate(),
            Exact.of(fill.sellerFeeMinor()),
            fill.sellerOrder());
    RefusalReason refusal = whyNotTrade(fill, instrument, List.of(bought, sold));
    if (refusal == RefusalReason.NONE) {
      refusal = whyNotSides(instrument, List.of(bought, sold));
    }
    return refusal == RefusalReason.NONE ? trade(fill, instrument, bought, sold) : refusal;
  }

  private RefusalReason whyNotTrade(Fill fill, AuditInstrument instrument, List<Side> sides) {
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (sides.stream().anyMatch(side -> side.account.auction != null)) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    for (Side side : sides) {
      AuditAccount account = side.account;
      if (!account.isCross() && account.isolatedIn != instrument) {
        return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
      }
    }
    for (Side side : sides) {
      if (side.account.isKeptFromOption(instrument)) {
        return RefusalReason.OPTION_NOT_MARGINED;
      }
    }
    for (Side side : sides) {
      if (book.isKeptFromInverse(side.account, instrument)) {
        return RefusalReason.INVERSE_NOT_MARGINED;
      }
    }
    if (sides.stream().anyMatch(side -> !side.account.has(side.place.side()))) {
      return RefusalReason.WRONG_POSITION_SIDE;
    }
    long quantity = fill.quantityUnits();
    if (quantity <= 0
        || quantity % instrument.contract.lotSize() != 0
        || quantity > instrument.contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (!instrument.allows(fill.priceUnits())) {
      return RefusalReason.INVALID_PRICE;
    }
    if (!instrument.isMarked()) {
      return RefusalReason.NO_MARK_PRICE;
    }
    if (isOutsideCollar(instrument, Exact.of(fill.priceUnits()))) {
      return RefusalReason.PRICE_OUTSIDE_COLLAR;
    }
    BigInteger worth =
        instrument.minorUp(instrument.ticks(Exact.of(quantity), Exact.of(fill.priceUnits())).abs());
    BigInteger mostFee = Exact.ceilDiv(worth, BigInteger.TEN);
    BigInteger fees = BigInteger.ZERO;
    for (Side side : sides) {
      fees = fees.add(side.feeMinor);
      if (side.feeMinor.abs().compareTo(mostFee) > 0) {
        return RefusalReason.INVALID_FEE;
      }
    }
    return fees.signum() < 0 ? RefusalReason.INVALID_FEE : RefusalReason.NONE;
  }

  private boolean isOutsideCollar(AuditInstrument instrument, BigInteger price) {
    io.evenkeel.model.rulebook.VenuePolicy venue = book.venue();
    Ratio collar = venue == null ? Ratio.ZERO : Ratio.of(venue.priceCollar());
    BigInteger mark = instrument.markNow();
    return !collar.isZero() && collar.compareToShare(price.subtract(mark).abs(), mark) > 0;
  }

  private RefusalReason whyNotSides(AuditInstrument instrument, List<Side> sides) {
    if (instrument.phase == TradingPhase.HALTED) {
      return RefusalReason.PHASE_FORBIDS;
    }
    if (sides.stream().anyMatch(Side::lacksOrder)) {
      return RefusalReason.NO_SUCH_ORDER;
    }
    if (sides.stream().anyMatch(Side::exceedsSide)) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    if (sides.stream().anyMatch(side -> side.exceedsPositionLimit(instrument))) {
      return RefusalReason.POSITION_LIMIT;
    }
    for (Side side : sides) {
      boolean newRow = !side.row().exists();
      if (newRow
          && side.account.isTrader()
          && side.account.rows().size() >= book.limits.positionsPerAccount()) {
        return RefusalReason.LIMIT_REACHED;
      }
    }
    if (openInterestAfter(instrument, sides)
            .compareTo(Exact.of(instrument.contract.maximumOpenInterestUnits()))
        > 0) {
      return RefusalReason.OPEN_INTEREST_LIMIT;
    }
    for (Side side : sides) {
      if (side.addsRisk() && gate.prices(instrument, side.account) != RefusalReason.NONE) {
        return RefusalReason.MARKET_DATA_DEGRADED;
      }
    }
    return RefusalReason.NONE;
  }

  private BigInteger openInterestAfter(AuditInstrument instrument, List<Side> sides) {
    BigInteger sum = BigInteger.ZERO;
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      sum = sum.add(account.longUnits(instrument));
    }
    for (Side side : sides) {
      BigInteger before = side.row().quantity();
      sum =
          sum.subtract(Exact.notBelowZero(before))
              .add(Exact.notBelowZero(before.add(side.quantity)));
    }
    return sum;
  }

  private RefusalReason trade(Fill fill, AuditInstrument instrument, Side bought, Side sold) {
    BigInteger price = Exact.of(fill.priceUnits());
    Trade buying = tradeOf(instrument, bought, price);
    Trade selling = tradeOf(instrument, sold, price);
    Map<AuditParty, Map<Integer, BigInteger>> wallets = new HashMap<>();
    wallets.put(bought.account.party, new HashMap<>(bought.account.party.wallet));
    wallets.put(sold.account.party, new HashMap<>(sold.account.party.wallet));
    AuditAccount boughtAfter = changed(instrument, bought, buying);
    AuditAccount soldAfter = changed(instrument, sold, selling);
    boughtAfter.otherSide = soldAfter;
    soldAfter.otherSide = boughtAfter;
    Gate.Secured buyerSecured = null;
    if (isGated(bought)) {
      buyerSecured = secure(bought, boughtAfter, wallets);
      if (buyerSecured == null) {
        return RefusalReason.INSUFFICIENT_MARGIN;
      }
    }
    Gate.Secured sellerSecured = null;
    if (isGated(sold)) {
      sellerSecured = secure(sold, soldAfter, wallets);
      if (sellerSecured == null) {
        return RefusalReason.INSUFFICIENT_MARGIN;
      }
    }
    execute(fill, instrument, new Side[] {bought, sold}, new Trade[] {buying, selling});
    if (buyerSecured != null) {
      buyerSecured.execute(ledger, journal);
    }
    if (sellerSecured != null) {
      sellerSecured.execute(ledger, journal);
    }
    cycle.run(Trigger.FILL, List.of(bought.account, sold.account));
    return RefusalReason.NONE;
  }

  private static Trade tradeOf(AuditInstrument instrument, Side side, BigInteger price) {
    BigInteger cost = instrument.ticks(side.quantity, price);
    return Trade.on(side.row(), instrument, side.quantity, cost);
  }

  private boolean isGated(Side side) {
    return side.addsRisk() || (!side.fillsOrder && gate.judgesByRisk(side.account));
  }

  private static AuditAccount changed(AuditInstrument instrument, Side side, Trade trade) {
    AuditAccount changed = side.account.copy();
    changed.putRow(side.place, side.afterOrder(trade.after()));
    changed.addBalance(instrument.settlement, trade.realisedMinor().subtract(side.feeMinor));
    return changed;
  }

  private Gate.@Nullable Secured secure(
      Side side, AuditAccount changed, Map<AuditParty, Map<Integer, BigInteger>> wallets) {
    return gate.fill(side.account, changed, wallets.getOrDefault(changed.party, new HashMap<>()));
  }

  private void execute(Fill fill, AuditInstrument instrument, Side[] sides, Trade[] trades) {
    journal.say(
        new Event.FillApplied(
            instrument.id(),
            fill.buyerAccountId(),
            fill.sellerAccountId(),
            fill.quantityUnits(),
            fill.priceUnits(),
            trades[0].realisedMinor().longValueExact(),
            trades[1].realisedMinor().longValueExact(),
            fill.buyerSide(),
            fill.sellerSide()));
    for (int i = 0; i < sides.length; i++) {
      AuditAccount account = sides[i].account;
      book.setRow(account, sides[i].place, sides[i].afterOrder(trades[i].after()));
      instrument.residueTicks = instrument.residueTicks.add(trades[i].residueTicks());
      ledger.postResult(
          instrument, account, trades[i].realisedMinor(), MoneyReason.REALISED_PROFIT);
    }
    for (Side side : sides) {
      LedgerAccount margin = Ledger.margin(side.account);
      LedgerAccount fees = Ledger.house(HouseAccount.FEES);
      boolean rebate = side.feeMinor.signum() < 0;
      ledger.post(
          instrument.settlement,
          rebate ? fees : margin,
          rebate ? margin : fees,
          side.feeMinor.abs(),
          MoneyReason.FEE);
    }
  }
}
