package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.ClosingWindow;
import io.evenkeel.model.rulebook.LiquidationStep.CloseSlices;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Closes one slice of each position at a price that gives way the further the account has sunk.
final class Slicing {
  /// A slice as it would be closed now.
  ///
  /// @param limit worst price, price units
  /// @param notional what the slice is worth, E6
  private record Slice(
      AuditInstrument instrument, BigInteger limit, BigInteger units, BigInteger notional) {
    /// How far the limit is from the mark, as a share of it.
    Ratio distance() {
      BigInteger mark = instrument.markNow();
      return new Ratio(limit.subtract(mark).abs(), mark);
    }
  }

  /// An account's turn.
  private record Turn(AuditAccount account, Slice first) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  Slicing(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// Closes the slices of those of the accounts, in batch order, that are below maintenance; gives
  /// those that leave the batch.
  List<AuditAccount> close(CycleRun run, List<AuditAccount> accounts, CloseSlices step) {
    List<Turn> turns = new ArrayList<>();
    for (AuditAccount account : accounts) {
      if (isBelow(account)) {
        List<AuditInstrument> sliced = sliced(account);
        if (!sliced.isEmpty()) {
          turns.add(new Turn(account, new Closing(account, step).slice(sliced.getFirst())));
        }
      }
    }
    Comparator<Turn> byDistance =
        (left, right) -> {
          Ratio one = left.first.distance();
          Ratio two = right.first.distance();
          return one.numerator()
              .multiply(two.denominator())
              .compareTo(two.numerator().multiply(one.denominator()));
        };
    turns.sort(byDistance.thenComparing((Turn turn) -> turn.first.notional).reversed());
    List<AuditAccount> leaving = new ArrayList<>();
    for (Turn turn : turns) {
      LiquidationResult result = new Closing(turn.account, step).run();
      if (result != null) {
        leaving.add(turn.account);
        if (result == LiquidationResult.WAITING) {
          run.leftInNeed.add(turn.account);
        }
        journal.say(
            new Event.LiquidationEnded(
                turn.account.id, result, valuation.weigh(turn.account).assessment()));
      }
    }
    return leaving;
  }

  private boolean isBelow(AuditAccount account) {
    Weighed weighed = valuation.weigh(account);
    return weighed.isBelow(weighed.maintenance());
  }

  /// Instruments of which a slice can be closed, in the order in which they are.
  private List<AuditInstrument> sliced(AuditAccount account) {
    List<AuditInstrument> found = new ArrayList<>();
    if (valuation.weigh(account).maintenanceMargin().signum() > 0) {
      for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
        AuditInstrument instrument = entry.getKey().instrument();
        if (entry.getValue().hasPosition()
            && instrument.markNow().signum() > 0
            && !instrument.isInverseFuture()) {
          found.add(instrument);
        }
      }
    }
    Bankruptcy.rotate(book, account, found);
    return found;
  }

  /// One account's turn.
  private final class Closing {
    private final AuditAccount account;
    private final CloseSlices step;
    private final ClosingMarket market;
    private BigInteger room;
    private BigInteger fundRoom;

    Closing(AuditAccount account, CloseSlices step) {
      this.account = account;
      this.step = step;
      market = new ClosingMarket(account.rulebook.inForce().liquidation());
      room = Exact.of(step.accountNotionalE6());
      fundRoom = Exact.of(step.accountInsuranceE6());
    }

    /// How it leaves the batch, or null when it does not.
    @Nullable LiquidationResult run() {
      boolean tried = false;
      boolean whole = true;
      for (AuditInstrument instrument : sliced(account)) {
        if (room.signum() == 0 || !isBelow(account)) {
          break;
        }
        if (valuation.weigh(account).maintenanceMargin().signum() > 0) {
          tried = true;
          whole &= closeOne(slice(instrument));
        }
      }
      if (!isBelow(account)) {
        return LiquidationResult.REDUCED;
      }
      boolean hasValue = valuation.weigh(account).fullValue().signum() >= 0;
      boolean waits = tried && (whole || hasValue) && !sliced(account).isEmpty();
      return waits ? LiquidationResult.WAITING : null;
    }

    Slice slice(AuditInstrument instrument) {
      BigInteger held = account.row(Place.net(instrument)).quantity();
      Bankruptcy all = new Bankruptcy(valuation, valuation.weigh(account), Place.net(instrument));
      BigInteger worth = all.worth(held).abs();
      Ratio share = Ratio.of(step.positionShare());
      BigInteger least =
          instrument.settlement.amount(Exact.of(step.minimumNotionalE6())).min(worth);
      BigInteger most = share.floorTimes(worth).max(least).min(instrument.settlement.amount(room));
      BigInteger lot = Exact.of(instrument.contract.lotSize());
      BigInteger units = held.abs();
      if (most.compareTo(worth) < 0 && units.compareTo(lot) > 0) {
        BigInteger perUnit = instrument.ticks(BigInteger.ONE, instrument.markNow());
        BigInteger bought = Exact.floorDiv(most.multiply(instrument.ticksPerMinor), perUnit);
        units = Exact.floorDiv(bought, lot).multiply(lot).max(lot).min(units);
      }
      units = withinWindow(instrument, units, lot);
      BigInteger notional = instrument.notional(instrument.sizeTicks(units));
      return new Slice(instrument, limit(all, instrument, held, worth), units, notional);
    }

    /// The scale of a market's skew, or what its depth is, in quantity units.
    private BigInteger skew(AuditInstrument instrument) {
      if (account.rulebook.inForce().requirement() instanceof SizeScaledRates rates) {
        return SizeScaled.skewUnits(instrument, rates.marketOf(instrument.contract.symbol()));
      }
      BigInteger depth = instrument.settlement.amount(account.rulebook.brackets(instrument).depth);
      return Exact.floorDiv(
          depth.multiply(instrument.ticksPerMinor),
          instrument.ticks(BigInteger.ONE, instrument.markNow()));
    }

    /// What the window lets through: all, or whole lots of it.
    private BigInteger withinWindow(AuditInstrument instrument, BigInteger wanted, BigInteger lot) {
      ClosingWindow window = step.window();
      if (window == null) {
        return wanted;
      }
      Ratio maker = Ratio.of(window.makerFee());
      Ratio taker = Ratio.of(window.takerFee());
      Ratio multiplier = Ratio.of(window.multiplier());
      BigInteger fees =
          maker
              .numerator()
              .multiply(taker.denominator())
              .add(taker.numerator().multiply(maker.denominator()));
      BigInteger scale = skew(instrument);
      BigInteger capacity =
          Exact.floorDiv(
              fees.multiply(multiplier.numerator())
                  .multiply(Exact.of(window.seconds()))
                  .multiply(scale),
              maker.denominator().multiply(taker.denominator()).multiply(multiplier.denominator()));
      BigInteger start =
          Exact.of(book.nowNs).subtract(Exact.of(window.seconds()).multiply(Exact.BILLION));
      for (Map.Entry<Long, BigInteger> closed : instrument.closedSlices.entrySet()) {
        if (Exact.of(closed.getKey()).compareTo(start) > 0) {
          capacity = capacity.subtract(closed.getValue());
        }
      }
      BigInteger most = Exact.notBelowZero(capacity);
      return most.compareTo(wanted) >= 0 ? wanted : Exact.floorDiv(most, lot).multiply(lot);
    }

    /// `(worth -+ ABR * spreadShare * MM_q) / |q|` in price units, rounded towards the mark.
    private BigInteger limit(
        Bankruptcy all, AuditInstrument instrument, BigInteger held, BigInteger worth) {
      BigInteger maintenance = all.before().maintenanceMargin();
      Ratio adjustment = Ratio.of(step.bankruptcyAdjustment());
      Ratio spread = Ratio.of(step.spreadShare());
      BigInteger whole = maintenance.multiply(adjustment.denominator());
      BigInteger sunk =
          Exact.notBelowZero(
                  maintenance.subtract(all.before().fullValue()).multiply(adjustment.numerator()))
              .min(whole);
      BigInteger parts = whole.multiply(spread.denominator());
      BigInteger lost = sunk.multiply(spread.numerator()).multiply(all.freed(held.negate()));
      Ratio minor = instrument.settlement.minorOf(lost, parts);
      boolean sells = held.signum() > 0;
      BigInteger worthParts = worth.multiply(minor.denominator());
      BigInteger atLimit =
          sells ? worthParts.subtract(minor.numerator()) : worthParts.add(minor.numerator());
      BigInteger dividend = atLimit.multiply(instrument.ticksPerMinor);
      BigInteger divisor =
          minor.denominator().multiply(instrument.ticks(held.abs(), BigInteger.ONE));
      BigInteger limit =
          sells ? Exact.ceilDiv(dividend, divisor) : Exact.floorDiv(dividend, divisor);
      return limit.max(BigInteger.ONE).min(instrument.mark.maximum);
    }

    /// False when less than the slice was filled.
    private boolean closeOne(Slice slice) {
      AuditInstrument instrument = slice.instrument;
      if (slice.units.signum() == 0) {
        return true;
      }
      boolean sells = account.row(Place.net(instrument)).quantity().signum() > 0;
      BigInteger units = filled(slice, sells);
      if (units.signum() == 0 || !fill(instrument, sells ? units.negate() : units)) {
        return false;
      }
      BigInteger notional = instrument.notional(instrument.sizeTicks(units));
      room = Exact.notBelowZero(room.subtract(notional));
      instrument.closedSlices.merge(book.nowNs, units, BigInteger::add);
      return units.equals(slice.units);
    }

    /// The most that is filled at the limit or better, whole lots unless it is all.
    private BigInteger filled(Slice slice, boolean sells) {
      if (isWithin(slice, slice.units, sells)) {
        return slice.units;
      }
      BigInteger lot = Exact.of(slice.instrument.contract.lotSize());
      BigInteger low = BigInteger.ZERO;
      BigInteger high = Exact.ceilDiv(slice.units, lot);
      while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
        BigInteger middle = low.add(high).shiftRight(1);
        if (isWithin(slice, middle.multiply(lot), sells)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low.multiply(lot);
    }

    private boolean isWithin(Slice slice, BigInteger units, boolean sells) {
      int worse = price(slice.instrument, units, sells).compareTo(slice.limit);
      return sells ? worse >= 0 : worse <= 0;
    }

    private BigInteger price(AuditInstrument instrument, BigInteger units, boolean sells) {
      BigInteger notional = instrument.notional(instrument.sizeTicks(units));
      return market.price(instrument, account.rulebook.brackets(instrument), notional, sells);
    }

    /// False, with nothing done, when the fund does not pay or the backstop cannot carry it.
    private boolean fill(AuditInstrument instrument, BigInteger quantity) {
      BigInteger units = quantity.abs();
      BigInteger priceUnits = price(instrument, units, quantity.signum() < 0);
      BigInteger cost = instrument.ticks(quantity, priceUnits);
      BigInteger received = cost.negate().divide(instrument.ticksPerMinor);
      BigInteger beyond =
          received.subtract(
              new Bankruptcy(valuation, valuation.weigh(account), Place.net(instrument))
                  .value(quantity));
      BigInteger fee = beyond.min(Ratio.of(step.maximumFee()).floorTimes(received.abs()));
      BigInteger lacks = Exact.notBelowZero(fee.negate());
      BigInteger lacksValue = instrument.settlement.valueUp(lacks);
      BigInteger fund = instrument.settlement.house(HouseAccount.INSURANCE_FUND);
      if (lacks.compareTo(Exact.notBelowZero(fund)) > 0 || lacksValue.compareTo(fundRoom) > 0) {
        return false;
      }
      AuditAccount backstop = book.backstop();
      Trade own = Trade.on(account.row(Place.net(instrument)), instrument, quantity, cost);
      Trade other =
          Trade.on(
              backstop.row(Place.net(instrument)), instrument, quantity.negate(), cost.negate());
      Penalty penalty =
          Penalty.split(Exact.notBelowZero(fee), account.rulebook.inForce().liquidation());
      if (isTooMuch(instrument, own, other, fee, penalty)) {
        return false;
      }
      fundRoom = fundRoom.subtract(lacksValue);
      book.setRow(account, Place.net(instrument), own.after());
      book.setRow(backstop, Place.net(instrument), other.after());
      instrument.residueTicks =
          instrument.residueTicks.add(own.residueTicks()).add(other.residueTicks());
      journal.say(
          new Event.PositionReduced(
              account.id,
              instrument.id(),
              units.longValueExact(),
              instrument.markNow().longValueExact(),
              priceUnits.longValueExact(),
              own.realisedMinor().longValueExact(),
              penalty.amount().longValueExact(),
              instrument.notional(instrument.sizeTicks(units)).longValueExact(),
              PositionSide.NET));
      MoneyReason reason = MoneyReason.REALISED_PROFIT;
      ledger.postResult(instrument, account, own.realisedMinor(), reason);
      ledger.postResult(instrument, backstop, other.realisedMinor(), reason);
      penalty.post(ledger, instrument.settlement, account, backstop);
      draw(instrument.settlement, lacks);
      return true;
    }

    private void draw(AuditAsset asset, BigInteger lacks) {
      if (lacks.signum() > 0) {
        long paid = lacks.longValueExact();
        journal.say(new Event.InsuranceDrawn(account.id, asset.id(), paid, paid));
        ledger.post(
            asset,
            Ledger.house(HouseAccount.INSURANCE_FUND),
            Ledger.margin(account),
            lacks,
            MoneyReason.INSURANCE);
      }
    }

    /// Whether the backstop would be below initial.
    private boolean isTooMuch(
        AuditInstrument instrument, Trade own, Trade other, BigInteger fee, Penalty penalty) {
      AuditAccount closed = account.copy();
      AuditAccount buyer = book.backstop().copy();
      closed.otherSide = buyer;
      buyer.otherSide = closed;
      closed.putRow(Place.net(instrument), own.after());
      buyer.putRow(Place.net(instrument), other.after());
      closed.addBalance(instrument.settlement, own.realisedMinor().subtract(fee));
      buyer.addBalance(instrument.settlement, other.realisedMinor().add(penalty.toBackstop()));
      Weighed after = valuation.weigh(buyer);
      return after.isBelow(after.initial());
    }
  }
}
