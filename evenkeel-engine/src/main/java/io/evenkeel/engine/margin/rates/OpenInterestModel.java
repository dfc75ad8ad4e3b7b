package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.Tier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Margin by [OpenInterestRates] (`docs/RULES.md`, section 8.1). Open orders count for initial as
/// the worse of all buys and all sells filled, at the worse of mark and order price.
public final class OpenInterestModel implements MarginModel {
  private static final int PPM_PLACES = 6;
  private static final String NUMERAIRE = "USD";

  /// Most by which roundings can lower a row's surplus between two marks.
  private static final long ROUNDINGS = 4;

  private final Book book;
  private final Assets assets;
  private final Instruments instruments;
  private final Positions positions;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final Tier[] tierOfInstrument;

  /// Resolves the tiers of all instruments.
  public OpenInterestModel(
      Book book, RulebookTerms terms, Valuation valuation, OpenInterestRates parameters) {
    this.book = book;
    this.assets = book.assets;
    this.instruments = book.instruments;
    this.positions = book.positions;
    this.terms = terms;
    this.valuation = valuation;
    tierOfInstrument = new Tier[instruments.size()];
    for (int i = 0; i < tierOfInstrument.length; i++) {
      tierOfInstrument[i] = parameters.tierOf(instruments.at(i).symbol());
    }
  }

  @Override
  public void assess(int account, Weighing result) {
    long equity = 0;
    long initialEquity = 0;
    boolean debt = false;
    for (int asset = 0; asset < assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        long maintenanceValue = valuation.collateral().maintenanceE6(terms, asset, balance);
        equity = Math.addExact(equity, maintenanceValue);
        initialEquity =
            Math.addExact(
                initialEquity,
                valuation.collateral().initialE6(terms, asset, balance, maintenanceValue));
        debt |= balance < 0;
      }
    }
    long profit = 0;
    long maintenance = 0;
    long initial = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      profit = Math.addExact(profit, profitE6(row, instrument));
      maintenance = Math.addExact(maintenance, maintenanceE6(row, instrument));
      initial = Math.addExact(initial, initialE6(account, row, instrument));
    }
    result.set(
        Math.addExact(equity, profit),
        Math.addExact(initialEquity, profit),
        maintenance,
        initial,
        profit,
        !debt && positions.first(account) == Positions.NONE);
  }

  /// Value at mark rounded towards zero, less cost rounded up.
  private long profitE6(int row, int instrument) {
    return profitE6(row, instrument, instruments.mark(instrument));
  }

  private long profitE6(int row, int instrument, long mark) {
    long value = minor(positions.quantity(row), mark, instrument);
    long cost = Math.ceilDiv(positions.cost(row), instruments.ticksPerMinor(instrument));
    return assets.valueE6(
        instruments.settlementAsset(instrument), Math.subtractExact(value, cost), Rounding.FLOOR);
  }

  private long minor(long quantityUnits, long mark, int instrument) {
    return PerpetualNotional.minor(
        quantityUnits,
        mark,
        instruments.ticksPerUnit(instrument),
        instruments.ticksPerMinor(instrument));
  }

  private long notionalE6(long quantityUnits, long mark, int instrument) {
    return assets.valueE6(
        instruments.settlementAsset(instrument),
        minor(Math.abs(quantityUnits), mark, instrument),
        Rounding.FLOOR);
  }

  private long maintenanceE6(int row, int instrument) {
    return maintenanceE6(row, instrument, instruments.mark(instrument));
  }

  private long maintenanceE6(int row, int instrument, long mark) {
    Tier tier = tierOfInstrument[instrument];
    return OpenInterestScaling.maintenance(
        notionalE6(positions.quantity(row), mark, instrument),
        ppm(tier.initialFraction()),
        ppm(tier.maintenanceShare()));
  }

  private long initialE6(int account, int row, int instrument) {
    long notional = initialNotionalE6(row, instrument);
    long required = OpenInterestScaling.required(notional, initialFractionPpm(instrument));
    int leverageE2 = book.accounts.leverageE2(account);
    return leverageE2 == 0
        ? required
        : Math.max(required, Fixed.mulDiv(notional, 100, leverageE2, Rounding.CEILING));
  }

  private long initialNotionalE6(int row, int instrument) {
    return positions.hasOrders(row)
        ? valuation.orderNotionalE6(row, instrument)
        : notionalE6(positions.quantity(row), instruments.mark(instrument), instrument);
  }

  private long initialFractionPpm(int instrument) {
    Tier tier = tierOfInstrument[instrument];
    long base = ppm(tier.initialFraction());
    return tier.upperCapE6() == 0
        ? base
        : OpenInterestScaling.initialFractionPpm(
            base, tier.lowerCapE6(), tier.upperCapE6(), openInterestE6(instrument));
  }

  /// Notional of the published open interest, else of that which this engine holds; the largest
  /// long where it is more.
  private long openInterestE6(int instrument) {
    try {
      return notionalE6(openInterestUnits(instrument), instruments.mark(instrument), instrument);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private long openInterestUnits(int instrument) {
    Decimal published = book.factors.ofInstrument(FactorKind.OPEN_INTEREST, instrument);
    if (published == null) {
      return instruments.openInterestUnits(instrument);
    }
    int places = instruments.at(instrument).quantityScale() - published.scale();
    return places >= 0
        ? Math.multiplyExact(published.units(), Fixed.pow10(places))
        : published.units() / Fixed.pow10(-places);
  }

  private static long ppm(Decimal share) {
    return share.units() * Fixed.pow10(PPM_PLACES - share.scale());
  }

  @Override
  public Term explain(int account) {
    Weighing weighing = new Weighing();
    assess(account, weighing);
    List<Term> equity = new ArrayList<>();
    List<Term> initialEquity = new ArrayList<>();
    valuation.explainCollateral(account, terms, equity, initialEquity);
    List<Term> maintenance = new ArrayList<>();
    List<Term> initial = new ArrayList<>();
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      Term profit = profitTerm(row, instrument);
      equity.add(profit);
      initialEquity.add(profit);
      maintenance.add(maintenanceTerm(row, instrument));
      initial.add(initialTerm(account, row, instrument));
    }
    return new Term(
        "margin",
        Operation.FUNCTION,
        BigDecimal.ZERO,
        NUMERAIRE,
        List.of(
            sum("equity", weighing.equityE6(), equity),
            sum("initial equity", weighing.initialEquityE6(), initialEquity),
            sum("maintenance margin", weighing.maintenanceMarginE6(), maintenance),
            sum("initial margin", weighing.initialMarginE6(), initial)));
  }

  private Term profitTerm(int row, int instrument) {
    LinearContract contract = instruments.at(instrument);
    Asset settlement = assets.at(instruments.settlementAsset(instrument));
    long value = minor(positions.quantity(row), instruments.mark(instrument), instrument);
    long cost = Math.ceilDiv(positions.cost(row), instruments.ticksPerMinor(instrument));
    Term profit =
        new Term(
            "profit",
            Operation.DIFFERENCE,
            BigDecimal.valueOf(value - cost, settlement.scale()),
            settlement.symbol(),
            List.of(
                new Term(
                    "value at mark",
                    Operation.PRODUCT,
                    BigDecimal.valueOf(value, settlement.scale()),
                    settlement.symbol(),
                    List.of(quantityTerm(row, contract), markTerm(instrument, contract))),
                Term.input(
                    "cost", BigDecimal.valueOf(cost, settlement.scale()), settlement.symbol())));
    return new Term(
        contract.symbol(),
        Operation.PRODUCT,
        value(profitE6(row, instrument)),
        NUMERAIRE,
        List.of(profit, priceTerm(instruments.settlementAsset(instrument))));
  }

  private Term maintenanceTerm(int row, int instrument) {
    Tier tier = tierOfInstrument[instrument];
    return new Term(
        instruments.at(instrument).symbol(),
        Operation.PRODUCT,
        value(maintenanceE6(row, instrument)),
        NUMERAIRE,
        List.of(
            Term.input(
                "notional",
                value(
                    notionalE6(positions.quantity(row), instruments.mark(instrument), instrument)),
                NUMERAIRE),
            Term.input("initial fraction", decimal(tier.initialFraction()), "1"),
            Term.input("maintenance share", decimal(tier.maintenanceShare()), "1")));
  }

  private Term initialTerm(int account, int row, int instrument) {
    long notional = initialNotionalE6(row, instrument);
    long required = OpenInterestScaling.required(notional, initialFractionPpm(instrument));
    String symbol = instruments.at(instrument).symbol();
    Term byFraction =
        new Term(
            symbol,
            Operation.PRODUCT,
            value(required),
            NUMERAIRE,
            List.of(
                Term.input("notional with orders", value(notional), NUMERAIRE),
                Term.input(
                    "initial fraction at open interest",
                    BigDecimal.valueOf(initialFractionPpm(instrument), PPM_PLACES),
                    "1")));
    long whole = initialE6(account, row, instrument);
    if (whole == required) {
      return byFraction;
    }
    return new Term(
        symbol,
        Operation.MAXIMUM,
        value(whole),
        NUMERAIRE,
        List.of(byFraction, Term.input("by chosen leverage", value(whole), NUMERAIRE)));
  }

  private Term quantityTerm(int row, LinearContract contract) {
    BigDecimal contracts =
        BigDecimal.valueOf(positions.quantity(row)).movePointLeft(contract.quantityScale());
    return Term.input(
        "quantity x contract size",
        contracts.multiply(BigDecimal.valueOf(contract.contractSize())),
        "1");
  }

  private Term markTerm(int instrument, LinearContract contract) {
    return Term.input(
        "mark", BigDecimal.valueOf(instruments.mark(instrument), contract.priceScale()), NUMERAIRE);
  }

  private Term priceTerm(int asset) {
    return Term.input(
        "price", BigDecimal.valueOf(assets.price(asset), assets.at(asset).priceScale()), NUMERAIRE);
  }

  private static Term sum(String name, long valueE6, List<Term> parts) {
    return new Term(name, Operation.SUM, value(valueE6), NUMERAIRE, parts);
  }

  private static BigDecimal value(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }

  private static BigDecimal decimal(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  /// Exact at the corners: in each mark the equity of a row less what it must maintain is concave
  /// or monotone but for roundings of at most four units, which are taken off. Boxes in which asset
  /// prices range are not bounded.
  @Override
  public long boundE6(int account, FactorBox box) {
    long bound = 0;
    for (int asset = 0; asset < assets.size(); asset++) {
      if (box.lowestPrice(asset) != box.highestPrice(asset)) {
        return Long.MIN_VALUE;
      }
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        bound = Math.addExact(bound, valuation.collateral().maintenanceE6(terms, asset, balance));
      }
    }
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      long low = surplusE6(row, instrument, box.lowestMark(instrument));
      long high = surplusE6(row, instrument, box.highestMark(instrument));
      bound = Math.addExact(bound, Math.min(low, high) - ROUNDINGS);
    }
    return bound;
  }

  private long surplusE6(int row, int instrument, long mark) {
    return profitE6(row, instrument, mark) - maintenanceE6(row, instrument, mark);
  }
}
