package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;

/// Values and notionals of contracts as the linear models round them: toward zero, and down again
/// in the numeraire. Resolved once for all instruments of a book.
final class LinearContracts {
  private final Book book;
  private final Valuation valuation;
  private final long[] contractSize;
  private final int[] exponent;
  private final int[] quantityScale;

  LinearContracts(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
    int count = book.instruments.size();
    contractSize = new long[count];
    exponent = new int[count];
    quantityScale = new int[count];
    for (int i = 0; i < count; i++) {
      LinearContract contract = book.instruments.at(i);
      int asset = book.instruments.settlementAsset(i);
      // nobody is let into an inverse future here: it is worth nothing
      contractSize[i] = book.instruments.isInverse(i) ? 0 : contract.contractSize();
      quantityScale[i] = contract.quantityScale();
      exponent[i] =
          book.assets.at(asset).scale() - contract.priceScale() - contract.quantityScale();
    }
  }

  /// Value of a signed quantity-price product in minor units of the settlement asset.
  long valueMinor(int instrument, long unitProduct) {
    return LinearNotional.valueMinor(unitProduct, contractSize[instrument], exponent[instrument]);
  }

  /// Notional of a quantity-price product, 0 or more, in millionths of the numeraire.
  long notionalE6(int instrument, long unitProduct) {
    return book.assets.valueE6(
        book.instruments.settlementAsset(instrument),
        valueMinor(instrument, unitProduct),
        Rounding.FLOOR);
  }

  /// Notional of a position at its mark.
  long positionNotionalE6(int row, int instrument) {
    return notionalE6(
        instrument, Math.abs(book.positions.quantity(row)) * book.instruments.mark(instrument));
  }

  /// Notional of the worst outcome of a position and its open orders.
  long orderNotionalE6(int row, int instrument) {
    return notionalE6(instrument, orderProduct(row, instrument));
  }

  /// The same as a quantity-price product.
  long orderProduct(int row, int instrument) {
    long perUnit = book.instruments.ticksPerUnit(instrument);
    return perUnit == 0 ? 0 : valuation.orderTicks(row, instrument) / perUnit;
  }

  /// Unrealised profit of a position at a mark, minor units: its value less its cost, each rounded
  /// against nobody: the value toward zero, the cost up.
  long profitMinor(int row, int instrument, long markUnits) {
    return valueMinor(instrument, book.positions.quantity(row) * markUnits)
        - costMinor(row, instrument);
  }

  /// Cost of a position in minor units, rounded up.
  long costMinor(int row, int instrument) {
    return Math.ceilDiv(book.positions.cost(row), book.instruments.ticksPerMinor(instrument));
  }

  /// Adds what a position is due of the funding that was published and not applied yet.
  void addFunding(int row, int instrument, FundingDue due) {
    Decimal increment = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    if (increment == null || increment.units() == 0) {
      return;
    }
    int places = increment.scale() + quantityScale[instrument];
    long units = increment.units();
    if (places < 0) {
      units = Math.multiplyExact(units, Fixed.pow10(-places));
      places = 0;
    }
    due.add(units, places, book.positions.quantity(row));
  }

  /// Notional of a market's open interest, one side, millionths of the numeraire, rounded down;
  /// what does not fit a long is the largest one. What was published counts, else what this engine
  /// holds.
  long openInterestE6(int instrument) {
    Instruments instruments = book.instruments;
    int asset = instruments.settlementAsset(instrument);
    Decimal published = book.factors.ofInstrument(FactorKind.OPEN_INTEREST, instrument);
    long minor =
        published == null
            ? valueMinor(
                instrument,
                instruments.openInterestUnits(instrument) * instruments.mark(instrument))
            : LinearNotional.saturatedMinor(
                published.units(),
                instruments.mark(instrument) * contractSize[instrument],
                exponent[instrument] + quantityScale[instrument] - published.scale());
    return LinearNotional.saturated(minor, book.assets.price(asset), book.assets.divisor(asset));
  }
}
