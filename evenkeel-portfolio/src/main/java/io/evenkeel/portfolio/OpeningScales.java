package io.evenkeel.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.portfolio.OpeningBook.OrderRow;
import io.evenkeel.portfolio.OpeningBook.PositionRow;
import io.evenkeel.portfolio.PortfolioDocument.AccountEntry;
import io.evenkeel.portfolio.PortfolioDocument.InstrumentEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How finely a contract must be counted so that everybody's position in it is exact: the places of
/// a market are chosen for one position, so all of them are put into one that has as many places as
/// any and as high a price.
final class OpeningScales {
  private static final int MOST_PLACES = 12;
  private static final BigDecimal MOST_UNITS = BigDecimal.valueOf(1L << 60);

  private OpeningScales() {}

  /// The market of the book, with one position for each contract that anybody holds.
  ///
  /// @throws InvalidParameter naming a contract that would need more places than there are
  static PortfolioDocument of(OpeningBook book) {
    Map<String, Span> spans = new LinkedHashMap<>();
    for (PositionRow row : book.positions()) {
      span(spans, row.instrument()).quantity(row.quantity());
    }
    for (OrderRow row : book.orders()) {
      Span span = span(spans, row.instrument());
      span.quantity(row.buy());
      span.quantity(row.sell());
      span.price(row.buyPrice());
      span.price(row.sellPrice());
    }
    for (PositionRow row : book.positions()) {
      addPrice(book.market(), span(spans, row.instrument()), row);
    }
    Map<String, PositionEntry> widest = new LinkedHashMap<>();
    spans.forEach((symbol, span) -> widest.put(symbol, span.position("instruments." + symbol)));
    PortfolioDocument market = book.market();
    return new PortfolioDocument(
        market.timeNs(),
        market.assets(),
        market.underlyings(),
        market.instruments(),
        new AccountEntry(Decimal.ZERO, Map.of(), Map.of(), widest, Map.of()));
  }

  /// Decimal places of one tick, in the settlement asset.
  static int tickPlaces(LinearContract contract, Asset settlement) {
    TickScale ticks = contract.tickScale(settlement.scale());
    int places = settlement.scale();
    for (long rest = ticks.ticksPerMinor(); rest > 1; rest /= 10) {
      places++;
    }
    return places;
  }

  private static void addPrice(PortfolioDocument market, Span span, PositionRow row) {
    Decimal entry = row.entry();
    Decimal cost = row.cost();
    if (entry != null) {
      span.price(entry);
    }
    InstrumentEntry instrument = market.instruments().get(row.instrument());
    if (cost != null && instrument != null) {
      span.cost(cost, row.quantity(), instrument, settlementPlaces(market, instrument));
    }
  }

  private static int settlementPlaces(PortfolioDocument market, InstrumentEntry instrument) {
    PortfolioDocument.@Nullable AssetEntry asset = market.assets().get(instrument.settlement());
    return asset == null ? 0 : asset.decimals();
  }

  private static Span span(Map<String, Span> spans, String instrument) {
    return spans.computeIfAbsent(instrument, _ -> new Span());
  }

  private static final class Span {
    private int quantityPlaces;
    private int pricePlaces;
    private BigDecimal highest = BigDecimal.ZERO;

    void quantity(Decimal value) {
      quantityPlaces = Math.max(quantityPlaces, value.scale());
    }

    void price(Decimal value) {
      pricePlaces = Math.max(pricePlaces, value.scale());
      highest = highest.max(OpeningBook.exact(value));
    }

    /// A cost has as many places as price and quantity have together, or those of its asset.
    void cost(Decimal cost, Decimal quantity, InstrumentEntry instrument, int settlementPlaces) {
      if (cost.scale() > settlementPlaces) {
        pricePlaces = Math.max(pricePlaces, cost.scale() - quantityPlaces);
      }
      highest =
          highest.max(
              OpeningBook.exact(cost)
                  .abs()
                  .divide(
                      OpeningBook.exact(quantity)
                          .abs()
                          .multiply(BigDecimal.valueOf(instrument.contractSize())),
                      0,
                      RoundingMode.CEILING));
    }

    PositionEntry position(String path) {
      if (pricePlaces > MOST_PLACES || quantityPlaces > MOST_PLACES) {
        throw new InvalidParameter(
            path, "is held at quantities, prices or costs of more than " + MOST_PLACES + " places");
      }
      BigDecimal most =
          highest.movePointRight(pricePlaces).setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE);
      if (most.compareTo(MOST_UNITS) > 0) {
        throw new InvalidParameter(path, "is held at a price that is too large");
      }
      long units = most.longValueExact();
      // a last digit that is not 0 keeps all the places
      long written = pricePlaces > 0 && units % 10 == 0 ? units + 1 : units;
      return new PositionEntry(new Decimal(1, quantityPlaces), new Decimal(written, pricePlaces));
    }
  }

  /// A cost in whole units of the settlement asset.
  static BigDecimal cost(long ticks, LinearContract contract, Asset settlement) {
    return BigDecimal.valueOf(ticks, tickPlaces(contract, settlement));
  }
}
