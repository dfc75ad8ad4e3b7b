package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.rulebook.StandardOptions.ValueSource;

/// Marks of options when prices and volatilities are supposed to be others: each moves by what its
/// Black-76 value moves, from the mark it has. Options without forward or volatility stay where
/// they are. For one hypothesis: contracts defined later are not known.
public final class OptionMarks {
  private final Book book;
  private final ContractTable contracts;
  private final MarketInputs inputs;
  private final double[] valueBefore;

  /// Reads and, in [#follow], writes the book.
  public OptionMarks(Book book) {
    this.book = book;
    contracts = new ContractTable(book);
    inputs = new MarketInputs(book, contracts, ValueSource.MODEL);
    valueBefore = new double[book.instruments.size()];
  }

  /// Notes what options are worth now.
  public void remember() {
    for (int i = 0; i < valueBefore.length; i++) {
      valueBefore[i] = hasMark(i) ? value(i) : 0;
    }
  }

  /// Moves the marks of options by what their values have changed since [#remember]; a mark stays
  /// at least one price unit.
  public void follow() {
    for (int i = 0; i < valueBefore.length; i++) {
      if (hasMark(i)) {
        double change = value(i) - valueBefore[i];
        long units = Math.round(change * StrictMath.pow(10, book.instruments.at(i).priceScale()));
        if (units != 0) {
          long mark = book.instruments.mark(i) + units;
          book.instruments.quotes().suppose(i, Math.max(1, mark));
        }
      }
    }
  }

  private boolean hasMark(int instrument) {
    return contracts.option[instrument] && book.instruments.mark(instrument) > 0;
  }

  private double value(int instrument) {
    int underlying = contracts.underlying[instrument];
    int expiry = inputs.expiry(underlying, contracts.expiryNs[instrument]);
    double forward = inputs.forward(expiry, inputs.spot(underlying));
    return inputs.isMarked(instrument, expiry, forward)
        ? 0
        : inputs.optionValue(
            instrument, expiry, forward, inputs.years(contracts.expiryNs[instrument]));
  }
}
