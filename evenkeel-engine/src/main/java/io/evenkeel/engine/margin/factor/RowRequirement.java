package io.evenkeel.engine.margin.factor;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.Market;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.TradingPhase;

/// What one row must be backed by (`docs/RULES.md`, section 2.F): both sides of the book in ticks,
/// exactly, and the dearer one in minor units, rounded up once. Holds the row at hand, so calls do
/// not nest.
final class RowRequirement {
  private final Book book;
  private final Instruments instruments;
  private final Positions positions;
  private final ExactSum sum = new ExactSum();

  private int instrument;
  private long ticksPerUnit;
  private long held;
  private long buys;
  private long sells;
  private long buyNotional;
  private long sellNotional;
  private long mark;

  RowRequirement(Book book) {
    this.book = book;
    this.instruments = book.instruments;
    this.positions = book.positions;
  }

  /// Takes a row, with or without its open orders.
  RowRequirement of(int row, boolean withOrders) {
    instrument = positions.instrument(row);
    mark = instruments.mark(instrument);
    ticksPerUnit = instruments.ticksPerUnit(instrument);
    held = positions.quantity(row);
    buys = withOrders ? positions.buyUnits(row) : 0;
    sells = withOrders ? positions.sellUnits(row) : 0;
    buyNotional = withOrders ? positions.buyNotional(row) : 0;
    sellNotional = withOrders ? positions.sellNotional(row) : 0;
    return this;
  }

  /// Requirement in minor units of the settlement asset at the present price.
  long minor(Market market) {
    return minorAt(market, price());
  }

  /// The price at which risk is weighed.
  long price() {
    return book.observedPrice(instrument);
  }

  /// The same with another mark.
  long minor(Market market, long otherMark) {
    mark = otherMark;
    return minorAt(market, otherMark);
  }

  private long minorAt(Market market, long price) {
    long ticks =
        switch (market) {
          case RiskFactors factors ->
              Math.max(
                  longSide(factors, price, sum.clear()).ceiling(),
                  shortSide(factors, price, sum.clear()).ceiling());
          case FullyCollateralised full ->
              Math.addExact(inFullTicks(full), Math.max(buysInFullTicks(), sellsInFullTicks(full)));
        };
    return Math.ceilDiv(ticks, instruments.ticksPerMinor(instrument));
  }

  /// The long side in ticks; 0 when nothing could make the account long.
  ExactSum longSide(RiskFactors factors, long price, ExactSum side) {
    if (isExposed(true)) {
      long size = Math.max(0, held);
      addSide(side, factors, factors.riskLong(), size, price, orderTicks(true, price));
    }
    addFunding(side);
    return side;
  }

  /// The short side in ticks.
  ExactSum shortSide(RiskFactors factors, long price, ExactSum side) {
    if (isExposed(false)) {
      long size = Math.max(0, -held);
      long orders = orderTicks(false, price);
      addSide(side, factors, factors.riskShort(), size, price, orders);
    }
    addFunding(side);
    return side;
  }

  /// Whether the position with all orders of a side filled is on that side.
  boolean isExposed(boolean isLong) {
    return isLong ? Math.addExact(held, buys) > 0 : Math.subtractExact(held, sells) < 0;
  }

  private void addSide(
      ExactSum side, RiskFactors factors, Decimal risk, long size, long price, long orderTicks) {
    long ticks = size * price * ticksPerUnit;
    side.add(ticks, factors.linearSlippage());
    if (factors.quadraticSlippage().units() != 0) {
      side.add(ticks, factors.quadraticSlippage(), size, quantityScale());
    }
    if (factors.riskPlaces() == 0) {
      side.add(Math.addExact(ticks, orderTicks), risk);
    } else {
      side.add(Math.addExact(ticks, orderTicks), risk, 1, factors.riskPlaces());
    }
  }

  private int quantityScale() {
    return instruments.at(instrument).quantityScale();
  }

  /// Open orders count at the price; in an auction at their own or at the auction's, whichever
  /// makes more.
  long orderTicks(boolean isLong, long price) {
    long units = isLong ? buys : sells;
    long notional = isLong ? buyNotional : sellNotional;
    if (instruments.phase(instrument) != TradingPhase.AUCTION) {
      return Math.multiplyExact(Math.multiplyExact(units, price), ticksPerUnit);
    }
    long atAuctionPrice = Math.multiplyExact(units, auctionPrice());
    return Math.multiplyExact(Math.max(notional, atAuctionPrice), ticksPerUnit);
  }

  /// The higher of mark and indicative price, price units, rounded up; 0 when there is neither.
  private long auctionPrice() {
    Decimal indicative = book.factors.ofInstrument(FactorKind.AUCTION_PRICE, instrument);
    if (indicative == null) {
      return mark;
    }
    long scale = Fixed.pow10(instruments.at(instrument).priceScale());
    return Math.max(mark, indicative.times(scale, Rounding.CEILING));
  }

  /// Adds what the holder would have to pay of the funding due, in ticks.
  private void addFunding(ExactSum side) {
    Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    if (due == null || due.units() == 0 || held == 0 || (held > 0) != (due.units() > 0)) {
      return;
    }
    side.add(ticksPerContractUnit(), new Decimal(Math.abs(due.units()), due.scale()), size(), 0);
  }

  private long size() {
    return Math.abs(held);
  }

  /// Ticks in one whole unit of the settlement asset for each quantity unit held.
  private long ticksPerContractUnit() {
    LinearContract contract = instruments.at(instrument);
    int scale = book.assets.at(instruments.settlementAsset(instrument)).scale();
    int places = scale - contract.priceScale() - contract.quantityScale();
    return Math.multiplyExact(Fixed.pow10(Math.max(0, places)), Fixed.pow10(contract.priceScale()));
  }

  /// What the position could still lose from the mark down to 0, or up to the cap.
  long inFullTicks(FullyCollateralised full) {
    long lossPerUnit = held >= 0 ? mark : Math.max(0, capUnits(full) - mark);
    return Math.multiplyExact(Math.multiplyExact(size(), lossPerUnit), ticksPerUnit);
  }

  /// What open buys could lose, at their average price rounded down.
  long buysInFullTicks() {
    return buys == 0
        ? 0
        : Math.multiplyExact(Math.multiplyExact(buys, buyNotional / buys), ticksPerUnit);
  }

  /// What open sells could lose, at their average price rounded down.
  long sellsInFullTicks(FullyCollateralised full) {
    if (sells == 0) {
      return 0;
    }
    long lossPerUnit = Math.max(0, capUnits(full) - sellNotional / sells);
    return Math.multiplyExact(Math.multiplyExact(sells, lossPerUnit), ticksPerUnit);
  }

  /// The cap in price units, rounded up.
  private long capUnits(FullyCollateralised full) {
    long scale = Fixed.pow10(instruments.at(instrument).priceScale());
    return full.priceCap().times(scale, Rounding.CEILING);
  }
}
