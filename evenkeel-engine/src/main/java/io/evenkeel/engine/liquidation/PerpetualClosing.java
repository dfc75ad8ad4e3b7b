package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.engine.margin.health.HealthKind;
import io.evenkeel.engine.margin.health.HealthModel;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.MarketFees;
import io.evenkeel.model.rulebook.HealthClosing.Perpetuals;
import io.evenkeel.model.rulebook.HealthWeights;
import org.jspecify.annotations.Nullable;

/// Carries out [PerpetualPlan]: the backstop takes base over at the mark, worse by its fee, and
/// then profit for money.
final class PerpetualClosing {
  private static final long ONE_E12 = 1_000_000_000_000L;

  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final Penalties penalties;
  private final ResultTransfers results;
  private final HealthFigures figures = new HealthFigures();

  PerpetualClosing(
      Book book, Valuation valuation, Trades trades, Penalties penalties, ResultTransfers results) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.penalties = penalties;
    this.results = results;
  }

  /// Closes of one row what health needs; true when anything was done.
  boolean close(int account, int instrument, HealthModel model, HealthClosing closing) {
    Perpetuals perpetuals = closing.perpetuals();
    int row = book.positions.find(account, instrument);
    if (perpetuals == null
        || row == Positions.NONE
        || book.instruments.mark(instrument) == 0
        || book.instruments.isFrozen(instrument)) {
      return false;
    }
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    MarketFees fees = feesOf(terms, perpetuals, instrument);
    PerpetualPlan plan = plan(account, row, model, closing, perpetuals, fees);
    return (plan.closedLots() > 0 || plan.takenMinor() > 0)
        && results.ifBackstopCarries(() -> {
          if (plan.closedLots() > 0) {
            closeLots(account, instrument, plan.closedLots(), fees, terms);
          }
          if (plan.takenMinor() > 0) {
            long paid = fees.result().complement().times(plan.takenMinor(), Rounding.FLOOR);
            results.take(account, instrument, plan.takenMinor(), paid);
          }
          return true;
        });
  }

  /// What closing costs in the market of an instrument.
  MarketFees feesOf(RulebookTerms terms, @Nullable Perpetuals perpetuals, int instrument) {
    return perpetuals != null && terms.rulebook().requirement() instanceof HealthWeights weights
        ? perpetuals.feesOf(weights.marketNameFor(book.instruments.at(instrument).symbol()))
        : MarketFees.NONE;
  }

  private PerpetualPlan plan(
      int account,
      int row,
      HealthModel model,
      HealthClosing closing,
      Perpetuals perpetuals,
      MarketFees fees) {
    int instrument = book.positions.instrument(row);
    int asset = book.instruments.settlementAsset(instrument);
    long held = book.positions.quantity(row);
    long lot = book.instruments.at(instrument).lotSize();
    long mark = book.instruments.mark(instrument);
    long given = Math.abs(mark - priceUnits(instrument, held > 0, fees));
    long fee = Fixed.mulDiv(given, ONE_E12, mark, Rounding.CEILING) + e12(fees.platform());
    long weighed =
        held > 0 ? ONE_E12 - model.longE12(instrument) : model.shortE12(instrument) - ONE_E12;
    long counted = model.countedResultMinor(row, instrument);
    model.read(account, HealthKind.LIQUIDATION_END, false, figures);
    return new PerpetualPlan(
            figures,
            new PerpetualPlan.Contract(
                asset,
                Math.ceilDiv(Math.abs(held), lot),
                Math.multiplyExact(lot, book.instruments.worthTicks(instrument)),
                book.instruments.ticksPerMinor(instrument),
                weighed - fee,
                model.profitE12(instrument),
                fees.result().complement().times(ONE_E12, Rounding.FLOOR)),
            new PerpetualPlan.Limits(
                perpetuals.mostLots(),
                results.limitMinor(asset, perpetuals.mostResult()),
                closing.exitToleranceE6()),
            counted)
        .make();
  }

  /// The mark, worse by the fee of the backstop.
  private long priceUnits(int instrument, boolean sells, MarketFees fees) {
    LinearContract contract = book.instruments.at(instrument);
    long mark = book.instruments.mark(instrument);
    long fee = e12(fees.base());
    return sells
        ? Math.max(
            contract.minimumPriceUnits(),
            Fixed.mulDiv(mark, ONE_E12 - fee, ONE_E12, Rounding.FLOOR))
        : Math.min(
            contract.maximumPriceUnits(),
            Fixed.mulDiv(mark, ONE_E12 + fee, ONE_E12, Rounding.CEILING));
  }

  private static long e12(Decimal share) {
    return share.times(ONE_E12, Rounding.CEILING);
  }

  private void closeLots(
      int account, int instrument, long lots, MarketFees fees, RulebookTerms terms) {
    int backstop = book.accounts.backstop();
    LinearContract contract = book.instruments.at(instrument);
    long held = book.positions.quantity(book.positions.find(account, instrument));
    boolean sells = held > 0;
    long units = Math.min(Math.multiplyExact(lots, contract.lotSize()), Math.abs(held));
    long signed = sells ? -units : units;
    long mark = book.instruments.mark(instrument);
    long price = priceUnits(instrument, sells, fees);
    long cost = trades.costTicks(instrument, signed, price);
    long ticks = units * book.instruments.worthTicks(instrument);
    long perMinor = book.instruments.ticksPerMinor(instrument);
    long platform =
        Math.ceilDiv(
            Fixed.mulDiv(ticks, e12(fees.platform()), ONE_E12, Rounding.CEILING), perMinor);
    trades.changeKeepingResult(
        account, instrument, signed, Math.addExact(cost, Math.multiplyExact(platform, perMinor)));
    long realised = trades.changeKeepingResult(backstop, instrument, -signed, -cost);
    trades.tidy(account, instrument);
    trades.tidy(backstop, instrument);
    book.events.emit(
        new Event.PositionReduced(
            book.accounts.idAt(account),
            contract.instrumentId(),
            units,
            mark,
            price,
            0,
            platform,
            valuation.notionalE6(instrument, ticks),
            PositionSide.NET));
    trades.postRealised(backstop, instrument, realised);
    penalties.post(
        Ledger.clearing(instrument),
        book.instruments.settlementAsset(instrument),
        platform,
        terms.rulebook().liquidation());
  }
}
