package io.evenkeel.audit;

import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.Command.TransferPosition;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Positions that go from one account to another: section 3.4 of the rules.
final class TransferCommands {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Cycle cycle;
  private final Gate gate;

  TransferCommands(AuditBook book, Ledger ledger, Journal journal, Cycle cycle, Gate gate) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.cycle = cycle;
    this.gate = gate;
  }

  RefusalReason move(TransferPosition command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    AuditAccount giver = book.account(command.fromAccountId());
    AuditAccount taker = book.account(command.toAccountId());
    if (giver == null || taker == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason refusal = whyNotThere(instrument, giver, taker);
    if (refusal == RefusalReason.NONE && !giver.has(command.fromSide())) {
      refusal = RefusalReason.WRONG_POSITION_SIDE;
    }
    Place from = new Place(instrument, command.fromSide());
    Row held = giver.row(from);
    Place to = taker.place(instrument, held.quantity().signum() > 0);
    if (refusal == RefusalReason.NONE) {
      refusal = whyNotThat(instrument, held, command);
    }
    if (refusal == RefusalReason.NONE) {
      refusal = whyNotNow(to, giver, taker, signed(held, Exact.of(command.quantityUnits())));
    }
    return refusal == RefusalReason.NONE ? trade(from, to, giver, taker, command) : refusal;
  }

  private RefusalReason whyNotThere(
      AuditInstrument instrument, AuditAccount giver, AuditAccount taker) {
    if (giver == taker) {
      return RefusalReason.SELF_TRADE;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (giver.auction != null || taker.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    if (!taker.isCross() && taker.isolatedIn != instrument) {
      return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
    }
    if (taker.isKeptFromOption(instrument)) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    return book.isKeptFromInverse(taker, instrument)
        ? RefusalReason.INVERSE_NOT_MARGINED
        : RefusalReason.NONE;
  }

  private RefusalReason whyNotThat(AuditInstrument instrument, Row held, TransferPosition command) {
    long quantity = command.quantityUnits();
    if (quantity <= 0 || quantity % instrument.contract.lotSize() != 0) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (Exact.of(quantity).compareTo(held.quantity().abs()) > 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    BigInteger price = Exact.of(command.priceUnits());
    if (command.basis() != TransferBasis.PRICE) {
      if (price.signum() != 0) {
        return RefusalReason.INVALID_PRICE;
      }
      return instrument.isMarked() ? RefusalReason.NONE : RefusalReason.NO_MARK_PRICE;
    }
    if (!instrument.allows(price.longValueExact())) {
      return RefusalReason.INVALID_PRICE;
    }
    if (!instrument.isMarked()) {
      return RefusalReason.NO_MARK_PRICE;
    }
    VenuePolicy venue = book.venue();
    Ratio collar = venue == null ? Ratio.ZERO : Ratio.of(venue.priceCollar());
    BigInteger distance = price.subtract(instrument.markNow()).abs();
    return !collar.isZero() && collar.compareToShare(distance, instrument.markNow()) > 0
        ? RefusalReason.PRICE_OUTSIDE_COLLAR
        : RefusalReason.NONE;
  }

  private RefusalReason whyNotNow(
      Place to, AuditAccount giver, AuditAccount taker, BigInteger moved) {
    AuditInstrument instrument = to.instrument();
    BigInteger before = taker.row(to).quantity();
    BigInteger after = before.add(moved);
    BigInteger most = Exact.of(instrument.contract.maximumPositionUnits());
    if (taker.isTrader()
        && after.abs().compareTo(most) > 0
        && after.abs().compareTo(before.abs()) > 0) {
      return RefusalReason.POSITION_LIMIT;
    }
    if (taker.isTrader()
        && !taker.row(to).exists()
        && taker.rows().size() >= book.limits.positionsPerAccount()) {
      return RefusalReason.LIMIT_REACHED;
    }
    if (instrument.phase == TradingPhase.HALTED) {
      return RefusalReason.PHASE_FORBIDS;
    }
    RefusalReason prices = gate.prices(instrument, giver);
    return prices == RefusalReason.NONE ? gate.prices(instrument, taker) : prices;
  }

  private static BigInteger signed(Row held, BigInteger quantity) {
    return held.quantity().signum() < 0 ? quantity.negate() : quantity;
  }

  private static BigInteger costOf(
      AuditInstrument instrument, Row held, TransferPosition command, BigInteger moved) {
    return switch (command.basis()) {
      case MARK -> instrument.ticks(moved, instrument.markNow());
      case PRICE -> instrument.ticks(moved, Exact.of(command.priceUnits()));
      case COST -> Exact.floorDiv(held.cost().multiply(moved.abs()), held.quantity().abs());
    };
  }

  private RefusalReason trade(
      Place from, Place to, AuditAccount giver, AuditAccount taker, TransferPosition command) {
    AuditInstrument instrument = from.instrument();
    Row held = giver.row(from);
    BigInteger moved = signed(held, Exact.of(command.quantityUnits()));
    BigInteger cost = costOf(instrument, held, command, moved);
    Trade giving = Trade.on(held, instrument, moved.negate(), cost.negate());
    Trade taking = Trade.on(taker.row(to), instrument, moved, cost);
    AuditAccount given = changed(from, giver, giving);
    AuditAccount taken = changed(to, taker, taking);
    given.otherSide = taken;
    taken.otherSide = given;
    Map<AuditParty, Map<Integer, BigInteger>> wallets = new HashMap<>();
    for (AuditAccount account : List.of(giver, taker)) {
      wallets.put(account.party, new HashMap<>(account.party.wallet));
    }
    Gate.Secured giverSecured =
        gate.transfer(giver, given, wallets.getOrDefault(giver.party, new HashMap<>()));
    if (giverSecured == null) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    Gate.Secured takerSecured =
        gate.transfer(taker, taken, wallets.getOrDefault(taker.party, new HashMap<>()));
    if (takerSecured == null) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    journal.say(
        new Event.PositionTransferred(
            instrument.id(),
            giver.id,
            taker.id,
            moved.longValueExact(),
            cost.longValueExact(),
            giving.realisedMinor().longValueExact(),
            taking.realisedMinor().longValueExact(),
            from.side(),
            to.side()));
    settle(from, giver, giving);
    settle(to, taker, taking);
    giverSecured.execute(ledger, journal);
    takerSecured.execute(ledger, journal);
    cycle.run(Trigger.FILL, List.of(giver, taker));
    return RefusalReason.NONE;
  }

  private static AuditAccount changed(Place place, AuditAccount account, Trade trade) {
    AuditAccount changed = account.copy();
    changed.putRow(place, trade.after());
    changed.addBalance(place.instrument().settlement, trade.realisedMinor());
    return changed;
  }

  private void settle(Place place, AuditAccount account, Trade trade) {
    AuditInstrument instrument = place.instrument();
    book.setRow(account, place, trade.after());
    instrument.residueTicks = instrument.residueTicks.add(trade.residueTicks());
    ledger.postResult(instrument, account, trade.realisedMinor(), MoneyReason.REALISED_PROFIT);
  }
}
