package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closes the least that restores the exit level, in the order of margin freed per unit of cost.
final class PartialClosing {
  /// A row that is worth closing.
  private record Candidate(Place place, Brackets brackets, BigInteger freedE9, BigInteger costE9) {
    AuditInstrument instrument() {
      return place.instrument();
    }
  }

  /// One closing trade, worked out on copies.
  private record Closing(
      Place place,
      BigInteger units,
      BigInteger notional,
      BigInteger price,
      Trade own,
      Trade backstop,
      Penalty penalty) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  PartialClosing(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// Closes part of an account; false when that would not restore the exit level, and nothing is
  /// done.
  boolean close(AuditAccount account, ExitLevel exit) {
    List<Closing> closings = new Attempt(account, exit).decide();
    if (closings == null) {
      return false;
    }
    closings.forEach(closing -> execute(account, closing));
    journal.say(
        new Event.LiquidationEnded(
            account.id, LiquidationResult.REDUCED, valuation.weigh(account).assessment()));
    return true;
  }

  private void execute(AuditAccount account, Closing closing) {
    AuditAccount backstop = book.backstop();
    AuditInstrument instrument = closing.place.instrument();
    book.setRow(account, closing.place, closing.own.after());
    book.setRow(backstop, Place.net(instrument), closing.backstop.after());
    instrument.residueTicks =
        instrument
            .residueTicks
            .add(closing.own.residueTicks())
            .add(closing.backstop.residueTicks());
    journal.say(
        new Event.PositionReduced(
            account.id,
            instrument.id(),
            closing.units.longValueExact(),
            instrument.markNow().longValueExact(),
            closing.price.longValueExact(),
            closing.own.realisedMinor().longValueExact(),
            closing.penalty.amount().longValueExact(),
            closing.notional.longValueExact(),
            closing.place.side()));
    MoneyReason reason = MoneyReason.REALISED_PROFIT;
    ledger.postResult(instrument, account, closing.own.realisedMinor(), reason);
    ledger.postResult(instrument, backstop, closing.backstop.realisedMinor(), reason);
    closing.penalty.post(ledger, instrument.settlement, account, backstop);
  }

  /// A search for the least closing of one account, on copies of it and of the backstop.
  private final class Attempt {
    private final ExitLevel exit;
    private final ClosingMarket market;
    private final List<Closing> closings = new ArrayList<>();
    private AuditAccount account;
    private AuditAccount backstop;

    Attempt(AuditAccount account, ExitLevel exit) {
      this.exit = exit;
      this.market = new ClosingMarket(account.rulebook.inForce().liquidation());
      this.account = account.copy();
      this.backstop = book.backstop().copy();
      pair();
    }

    /// Each copy sees the other in place of the account it is a copy of.
    private void pair() {
      account.otherSide = backstop;
      backstop.otherSide = account;
    }

    /// The trades that restore the exit level, or null when none do or the backstop could not bear
    /// them.
    @Nullable List<Closing> decide() {
      for (Candidate candidate : candidates()) {
        BigInteger all = account.row(candidate.place).quantity().abs();
        if (!restores(candidate, all)) {
          keep(candidate, all);
          continue;
        }
        keep(candidate, least(candidate, all));
        Weighed buyer = valuation.weigh(backstop);
        return buyer.isBelow(buyer.initial()) ? null : closings;
      }
      return null;
    }

    private List<Candidate> candidates() {
      List<Candidate> found = new ArrayList<>();
      for (RowLine line : valuation.weigh(account).rowLines()) {
        Brackets brackets = account.rulebook.brackets(line.instrument());
        BigInteger cost = market.costE9(line.notional(), brackets);
        BigInteger freed = ClosingMarket.freedE9(line.notional(), brackets, account.leverageE2);
        if (line.row().hasPosition() && freed.compareTo(cost) > 0) {
          found.add(new Candidate(line.place(), brackets, freed, cost));
        }
      }
      Comparator<Candidate> byRatio =
          (left, right) ->
              left.freedE9.multiply(right.costE9).compareTo(right.freedE9.multiply(left.costE9));
      found.sort(byRatio.reversed().thenComparing(Candidate::place));
      return found;
    }

    /// The least number of lots that restores the exit level, by halving; all of them do.
    private BigInteger least(Candidate candidate, BigInteger all) {
      BigInteger lot = Exact.of(candidate.instrument().contract.lotSize());
      BigInteger low = BigInteger.ZERO;
      BigInteger high = all.divide(lot);
      while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
        BigInteger middle = low.add(high).shiftRight(1);
        if (restores(candidate, middle.multiply(lot))) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return high.multiply(lot);
    }

    private boolean restores(Candidate candidate, BigInteger units) {
      AuditAccount accountBefore = account;
      AuditAccount backstopBefore = backstop;
      account = account.copy();
      backstop = backstop.copy();
      pair();
      trade(candidate, units);
      Weighed after = valuation.weigh(account);
      account = accountBefore;
      backstop = backstopBefore;
      BigInteger level =
          switch (exit) {
            case SEARCH -> after.search();
            case INITIAL -> after.initial();
          };
      return !after.isBelow(level);
    }

    private void keep(Candidate candidate, BigInteger units) {
      closings.add(trade(candidate, units));
    }

    /// Makes a closing trade on the copies.
    private Closing trade(Candidate candidate, BigInteger units) {
      AuditInstrument instrument = candidate.instrument();
      Place net = Place.net(instrument);
      Row row = account.row(candidate.place);
      boolean isLong = row.quantity().signum() > 0;
      BigInteger notional = instrument.notional(instrument.sizeTicks(units));
      BigInteger price = market.price(instrument, candidate.brackets, notional, isLong);
      BigInteger quantity = isLong ? units.negate() : units;
      BigInteger cost = instrument.ticks(quantity, price);
      Trade own = Trade.on(row, instrument, quantity, cost);
      Trade other = Trade.on(backstop.row(net), instrument, quantity.negate(), cost.negate());
      account.putRow(candidate.place, own.after());
      backstop.putRow(net, other.after());
      account.addBalance(instrument.settlement, own.realisedMinor());
      backstop.addBalance(instrument.settlement, other.realisedMinor());
      BigInteger fullValue = valuation.weigh(account).fullValue();
      Penalty penalty =
          Penalty.split(
              market.penalty(instrument, units, fullValue),
              account.rulebook.inForce().liquidation());
      account.addBalance(instrument.settlement, penalty.amount().negate());
      backstop.addBalance(instrument.settlement, penalty.toBackstop());
      return new Closing(candidate.place, units, notional, price, own, other, penalty);
    }
  }
}
