package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.SettlementSeries;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.SettlementAverage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Settlement averages as bytes: the terms of a contract; which series each contract is in, in
/// instrument order; then what was counted of each series, in their order.
final class SettlementState {
  private SettlementState() {}

  static void writeTerms(@Nullable SettlementAverage average, StateOutput out) {
    out.putBoolean(average != null);
    if (average != null) {
      out.putLong(average.windowNs());
      RulebookState.putDecimal(average.leastCoverage(), out);
    }
  }

  static @Nullable SettlementAverage readTerms(StateInput in) {
    return in.getBoolean()
        ? new SettlementAverage(in.getLong(), RulebookState.getDecimal(in))
        : null;
  }

  static void write(Book book, StateOutput out) {
    SettlementSeries all = book.settlements;
    out.putInt(all.size());
    for (int series = 0; series < all.size(); series++) {
      out.putInt(all.asset(series));
      out.putLong(all.expiryNs(series));
      writeTerms(all.terms(series), out);
      out.putLong(all.countedUntilNs(series));
      out.putLong(all.sumHigh(series));
      out.putLong(all.sumLow(series));
      out.putLong(all.coveredNs(series));
      out.putLong(all.observations(series));
      out.putBoolean(all.isDone(series));
      Decimal stated = all.stated(series);
      out.putBoolean(stated != null);
      if (stated != null) {
        RulebookState.putDecimal(stated, out);
      }
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      out.putInt(all.of(instrument));
    }
  }

  static void read(Book book, StateInput in) {
    int count = in.getCount(book.instruments.size(), "series of contracts");
    for (int series = 0; series < count; series++) {
      readSeries(book, in);
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      int series = in.getInt();
      if (series < SettlementSeries.NONE || series >= count) {
        throw new UnreadableState("puts a contract into a series that is not there");
      }
      if (series != SettlementSeries.NONE) {
        expectMember(book, instrument, series);
      }
      book.settlements.assign(instrument, series);
    }
  }

  private static void readSeries(Book book, StateInput in) {
    int asset = in.getInt();
    if (asset < 0 || asset >= book.assets.size()) {
      throw new UnreadableState("averages the price of an asset that is not there");
    }
    long expiryNs = in.getLong();
    SettlementAverage terms = readTerms(in);
    if (terms == null) {
      throw new UnreadableState("holds a series without a settlement average");
    }
    int series = book.settlements.add(asset, expiryNs, terms, in.getLong());
    long high = in.getLong();
    long low = in.getLong();
    long coveredNs = in.getLong();
    long observations = in.getLong();
    if (high < 0 || coveredNs < 0 || coveredNs > terms.windowNs() || observations < 0) {
      throw new UnreadableState("counts what no window can hold");
    }
    boolean done = in.getBoolean();
    book.settlements.restore(
        series,
        high,
        low,
        coveredNs,
        observations,
        done,
        in.getBoolean() ? RulebookState.getDecimal(in) : null);
  }

  private static void expectMember(Book book, int instrument, int series) {
    ContractTerms terms = book.instruments.at(instrument).terms();
    if (!Objects.equals(terms.average(), book.settlements.terms(series))
        || terms.expiryNs() != book.settlements.expiryNs(series)
        || book.assets.find(terms.underlyingAssetId()) != book.settlements.asset(series)) {
      throw new UnreadableState("puts a contract into a series of other terms");
    }
  }
}
