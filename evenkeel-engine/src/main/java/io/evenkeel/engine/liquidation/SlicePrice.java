package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.number.Decimal;
import java.math.BigInteger;

/// The worst price at which a slice of a position may be closed: the mark, moved against the
/// account by a share of the maintenance margin that the position needs, which grows from nothing
/// to `spreadShare` as the account's value sinks from its maintenance margin (reference: dYdX v4
/// fillable price). An exact fraction; the product of four 64-bit figures fits nothing smaller.
public final class SlicePrice {
  private final Book book;
  private final Valuation valuation;
  private final BankruptcyPrice bankruptcy;
  private BigInteger numerator = BigInteger.ZERO;
  private BigInteger denominator = BigInteger.ONE;
  private boolean sells;
  private int instrument;

  /// Reads the book; what it tries out is taken back.
  public SlicePrice(Book book, Valuation valuation, BankruptcyPrice bankruptcy) {
    this.book = book;
    this.valuation = valuation;
    this.bankruptcy = bankruptcy;
  }

  /// Works out the price for closing any part of an account's position: `(|w(q)| -+ ABR *
  /// spreadShare * MM_q) / |q|`, `ABR = clamp(adjustment * (1 - V/MM), 0, 1)`, with `w` the worth
  /// at the mark cut towards zero, `MM_q` the maintenance margin that closing all of it frees and V
  /// the full value.
  ///
  /// @param adjustment how fast the bound widens: it is widest where `V = MM * (1 - 1/adjustment)`
  /// @param spreadShare what share of `MM_q` may be lost at most
  /// @return false where there is no such price: nothing is held, it is an inverse future, or there
  ///   is no maintenance margin to divide by
  public boolean find(int account, int instrument, Decimal adjustment, Decimal spreadShare) {
    int row = book.positions.find(account, instrument);
    long held = row == Positions.NONE ? 0 : book.positions.quantity(row);
    long units = Math.abs(held);
    if (book.instruments.isInverse(instrument) || !bankruptcy.exists(account, instrument, units)) {
      return false;
    }
    this.instrument = instrument;
    sells = held > 0;
    BigInteger maintenance = BigInteger.valueOf(bankruptcy.maintenanceE6());
    BigInteger above = BigInteger.valueOf(adjustment.divisor()).multiply(maintenance);
    BigInteger sunk =
        maintenance
            .subtract(BigInteger.valueOf(valuation.fullValueE6(account)))
            .multiply(BigInteger.valueOf(adjustment.units()))
            .max(BigInteger.ZERO)
            .min(above);
    int asset = book.instruments.settlementAsset(instrument);
    BigInteger spread =
        sunk.multiply(BigInteger.valueOf(spreadShare.units()))
            .multiply(BigInteger.valueOf(bankruptcy.freedE6()))
            .multiply(BigInteger.valueOf(book.assets.divisor(asset)));
    BigInteger parts =
        above
            .multiply(BigInteger.valueOf(spreadShare.divisor()))
            .multiply(BigInteger.valueOf(book.assets.price(asset)));
    BigInteger worth = BigInteger.valueOf(Math.abs(bankruptcy.notionalMinor(instrument, held)));
    BigInteger atLimit =
        sells ? worth.multiply(parts).subtract(spread) : worth.multiply(parts).add(spread);
    numerator = atLimit.multiply(BigInteger.valueOf(book.instruments.ticksPerMinor(instrument)));
    denominator =
        parts
            .multiply(BigInteger.valueOf(units))
            .multiply(BigInteger.valueOf(book.instruments.ticksPerUnit(instrument)));
    return true;
  }

  /// The price found, price units: numerator of the exact fraction. Negative where the spread is
  /// more than the position is worth.
  public BigInteger numerator() {
    return numerator;
  }

  /// Denominator of the price found, > 0.
  public BigInteger denominator() {
    return denominator;
  }

  /// The price found in whole price units, see [#bounded].
  long limitUnits() {
    return bounded(
            numerator,
            denominator,
            BigInteger.ONE,
            BigInteger.valueOf(book.instruments.at(instrument).maximumPriceUnits()),
            sells)
        .longValueExact();
  }

  /// A fraction as a price that can be traded: a multiple of the tick, rounded towards the mark (up
  /// for who sells, down for who buys), at least one tick and at most the last below `most`.
  ///
  /// @param tick > 0
  /// @param most the highest price that can be written, at least `tick`
  public static BigInteger bounded(
      BigInteger numerator,
      BigInteger denominator,
      BigInteger tick,
      BigInteger most,
      boolean sells) {
    BigInteger[] parts = numerator.divideAndRemainder(denominator.multiply(tick));
    BigInteger ticks = parts[0];
    if (sells && parts[1].signum() > 0) {
      ticks = ticks.add(BigInteger.ONE);
    }
    BigInteger highest = most.subtract(most.mod(tick));
    return ticks.multiply(tick).min(highest).max(tick);
  }
}
