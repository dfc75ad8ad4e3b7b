package io.evenkeel.audit;

import io.evenkeel.model.command.Command.SecureMargin;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Open-order exposure: section 3.1 of the rules.
final class OrderCommands {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Cycle cycle;
  private final Gate gate;

  OrderCommands(AuditBook book, Ledger ledger, Journal journal, Cycle cycle, Gate gate) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.cycle = cycle;
    this.gate = gate;
  }

  RefusalReason set(SetOrderExposure command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    Place place = new Place(instrument, command.side());
    Row before = account.row(place);
    Row after =
        before.withOrders(
            Exact.of(command.buyUnits()),
            Exact.of(command.sellUnits()),
            Exact.of(command.buyNotional()),
            Exact.of(command.sellNotional()));
    RefusalReason refusal = whyNot(account, place, before, after);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    Gate.Secured secured = null;
    if (!isReducing(before, after)) {
      refusal = whyNotMoreRisk(account, instrument);
      if (refusal != RefusalReason.NONE) {
        return refusal;
      }
      secured = secure(account, place, after);
      if (secured == null) {
        return RefusalReason.INSUFFICIENT_MARGIN;
      }
    }
    book.setRow(account, place, after);
    journal.say(
        new Event.OrderExposureSet(
            account.id,
            instrument.id(),
            command.buyUnits(),
            command.sellUnits(),
            command.buyNotional(),
            command.sellNotional(),
            command.side()));
    if (secured != null) {
      secured.execute(ledger, journal);
    }
    cycle.run(Trigger.ORDER_CHANGE, List.of(account));
    return RefusalReason.NONE;
  }

  /// Margin for what is held and ordered, at an observed price.
  RefusalReason secure(SecureMargin request) {
    AuditAccount account = book.account(request.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditInstrument instrument = book.instrument(request.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    RefusalReason refusal = whyNotThere(account, instrument);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    BigInteger price = Exact.of(request.priceUnits());
    if (!instrument.allows(price.longValueExact())) {
      return RefusalReason.INVALID_PRICE;
    }
    refusal = whyNotMoreRisk(account, instrument);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    instrument.observed = price;
    Gate.Secured secured = gate.margin(account.copy(), new HashMap<>(account.party.wallet));
    instrument.observed = null;
    if (secured == null) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    secured.execute(ledger, journal);
    return RefusalReason.NONE;
  }

  private Gate.@Nullable Secured secure(AuditAccount account, Place place, Row after) {
    AuditAccount changed = account.copy();
    changed.putRow(place, after);
    return gate.margin(changed, new HashMap<>(account.party.wallet));
  }

  private RefusalReason whyNotThere(AuditAccount account, AuditInstrument instrument) {
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (!account.isTrader()) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    if (!account.isCross() && account.isolatedIn != instrument) {
      return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
    }
    if (account.isKeptFromOption(instrument)) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    return book.isKeptFromInverse(account, instrument)
        ? RefusalReason.INVERSE_NOT_MARGINED
        : RefusalReason.NONE;
  }

  private RefusalReason whyNot(AuditAccount account, Place place, Row before, Row after) {
    AuditInstrument instrument = place.instrument();
    RefusalReason there = whyNotThere(account, instrument);
    if (there != RefusalReason.NONE) {
      return there;
    }
    if (!account.has(place.side())) {
      return RefusalReason.WRONG_POSITION_SIDE;
    }
    boolean valid =
        isValidSide(instrument, after.buy(), after.buyNotional())
            && isValidSide(instrument, after.sell(), after.sellNotional());
    if (!valid) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (!instrument.isMarked()) {
      return RefusalReason.NO_MARK_PRICE;
    }
    BigInteger reducing =
        switch (place.side()) {
          case NET -> BigInteger.ZERO;
          case LONG -> after.sell();
          case SHORT -> after.buy();
        };
    if (reducing.compareTo(before.quantity().abs()) > 0) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    if (exceedsPositionLimit(instrument, before, after)) {
      return RefusalReason.POSITION_LIMIT;
    }
    boolean newRow = !before.exists() && after.exists();
    return newRow && account.rows().size() >= book.limits.positionsPerAccount()
        ? RefusalReason.LIMIT_REACHED
        : RefusalReason.NONE;
  }

  private static boolean isValidSide(
      AuditInstrument instrument, BigInteger units, BigInteger notional) {
    BigInteger lot = Exact.of(instrument.contract.lotSize());
    BigInteger most =
        instrument.isInverseFuture()
            ? instrument.mostTicks(units)
            : units.multiply(instrument.mark.maximum);
    return units.signum() >= 0
        && notional.signum() >= 0
        && units.mod(lot).signum() == 0
        && units.signum() == notional.signum()
        && notional.compareTo(most) <= 0;
  }

  private static boolean exceedsPositionLimit(AuditInstrument instrument, Row before, Row after) {
    BigInteger most = Exact.of(instrument.contract.maximumPositionUnits());
    BigInteger q = before.quantity();
    boolean buyGrows = after.buy().compareTo(before.buy()) > 0;
    boolean sellGrows = after.sell().compareTo(before.sell()) > 0;
    return (buyGrows && after.buy().compareTo(most.subtract(q)) > 0)
        || (sellGrows && after.sell().compareTo(most.add(q)) > 0);
  }

  private RefusalReason whyNotMoreRisk(AuditAccount account, AuditInstrument instrument) {
    return instrument.phase == TradingPhase.HALTED
        ? RefusalReason.PHASE_FORBIDS
        : gate.prices(instrument, account);
  }

  private static boolean isReducing(Row before, Row after) {
    BigInteger q = before.quantity();
    boolean buyShrinks =
        after.buy().compareTo(before.buy()) <= 0
            && after.buyNotional().compareTo(before.buyNotional()) <= 0;
    boolean sellShrinks =
        after.sell().compareTo(before.sell()) <= 0
            && after.sellNotional().compareTo(before.sellNotional()) <= 0;
    boolean buyReduces = buyShrinks || after.buy().compareTo(Exact.notBelowZero(q.negate())) <= 0;
    boolean sellReduces = sellShrinks || after.sell().compareTo(Exact.notBelowZero(q)) <= 0;
    return buyReduces && sellReduces;
  }
}
