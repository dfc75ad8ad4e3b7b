package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One account with cash, collateral, a perpetual and options on one underlying, put into a live
/// engine. Scales are chosen so that a case's own digits fit.
final class OptionVenue {
  static final String UNDERLYING = "UNDERLYING";

  static final int CASH_ID = 1;
  private static final int UNDERLYING_ID = 2;
  private static final int FIRST_COLLATERAL_ID = 3;
  private static final long NOW_NS = 1_700_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PRICE_PLACES = 6;
  private static final int QUANTITY_PLACES = 12;
  private static final BigDecimal MOST_MINOR = new BigDecimal(1L << 58);
  private static final BigDecimal MOST_PRICE_UNITS = new BigDecimal("1e15");
  private static final int DIGITS_OF_PIECE = 2;
  private static final int MOST_CASH_PLACES = 9;

  private final CaseVenue venue = new CaseVenue(NOW_NS);
  private final List<FactorValue> factors = new ArrayList<>();
  private final List<CollateralTerms> collateral = new ArrayList<>();
  private final List<Runnable> holdings = new ArrayList<>();
  private final int cashScale;
  private final int leastQuantityPlaces;
  private int nextCollateral = FIRST_COLLATERAL_ID;
  private int nextInstrument = 1;

  OptionVenue(BigDecimal cash) {
    this(cash, 0);
  }

  /// @param leastQuantityPlaces places of the quantities of options at least, so that shares of
  ///   them can be told
  OptionVenue(BigDecimal cash, int leastQuantityPlaces) {
    this.leastQuantityPlaces = leastQuantityPlaces;
    int scale = MOST_CASH_PLACES;
    while (cash.abs().movePointRight(scale).compareTo(MOST_MINOR) > 0) {
      scale--;
    }
    cashScale = scale;
    long most =
        BigInteger.TEN.pow(scale - 6).shiftLeft(55).min(BigInteger.ONE.shiftLeft(60)).longValue();
    venue.asset(new Asset(CASH_ID, "CASH", scale, most, PRICE_PLACES, 1_000_000, 1_000_000));
    venue.asset(
        new Asset(UNDERLYING_ID, UNDERLYING, 6, 1_000_000, PRICE_PLACES, 1_000_000, 1_000_000));
    collateral.add(QuietRulebook.fullValue("CASH"));
    holdings.add(() -> venue.balance(CASH_ID, Figures.units(cash, cashScale)));
  }

  /// A fact of the underlying.
  void underlying(FactorKind kind, BigDecimal value) {
    factor(kind, UNDERLYING_ID, 0, value);
  }

  /// A fact of one expiry.
  void expiry(FactorKind kind, long seconds, BigDecimal value) {
    factor(kind, UNDERLYING_ID, expiryNs(seconds), value);
  }

  /// The price of the cash asset in what it stands for.
  void stablePrice(BigDecimal value) {
    factor(FactorKind.STABLE_PRICE, CASH_ID, 0, value);
  }

  /// Collateral under a symbol of its own, which is returned.
  String hold(String name, BigDecimal amount, BigDecimal price, BigDecimal confidence) {
    int id = nextCollateral++;
    String symbol = name + "-" + id;
    int scale = Figures.places(amount, 16);
    while (amount.movePointRight(scale).compareTo(MOST_MINOR) > 0) {
      scale--;
    }
    int places = scale;
    long minor = Figures.units(amount, places);
    long priceUnits = Math.max(1, Figures.units(price, PRICE_PLACES));
    venue.asset(
        new Asset(id, symbol, places, Math.max(1, minor), PRICE_PLACES, priceUnits, priceUnits));
    factor(FactorKind.SPOT, id, 0, price);
    factor(FactorKind.SPOT_CONFIDENCE, id, 0, confidence);
    collateral.add(QuietRulebook.fullValue(symbol));
    holdings.add(() -> venue.balance(id, minor));
    return symbol;
  }

  /// A perpetual with its unrealised profit and funding. Quantity times price must stay below 2^60
  /// in an engine that never rounds it, so a position with more digits is held as several contracts
  /// on the same underlying at the same mark, each with some of the digits.
  void perpetual(
      BigDecimal amount,
      BigDecimal price,
      BigDecimal confidence,
      BigDecimal profit,
      BigDecimal funding) {
    int pricePlaces = Figures.places(price, QUANTITY_PLACES);
    while (price.movePointRight(pricePlaces).compareTo(MOST_PRICE_UNITS) > 0) {
      pricePlaces--;
    }
    long mark = Figures.units(price, pricePlaces);
    int digits = DIGITS_OF_PIECE;
    int places = digits - (amount.precision() - amount.scale());
    BigDecimal left = amount;
    BigDecimal profitLeft = profit;
    while (left.signum() != 0 && places <= QUANTITY_PLACES) {
      BigDecimal piece =
          places == QUANTITY_PLACES
              ? left.setScale(places, RoundingMode.HALF_EVEN)
              : left.setScale(places, RoundingMode.DOWN);
      if (piece.signum() != 0) {
        piece(piece.movePointRight(places).longValueExact(), places, mark, pricePlaces, profitLeft);
        profitLeft = BigDecimal.ZERO;
        publishPiece(amount, confidence, funding);
      }
      left = left.subtract(piece);
      places = places == QUANTITY_PLACES ? places + 1 : Math.min(QUANTITY_PLACES, places + digits);
    }
  }

  private void piece(long quantity, int places, long mark, int pricePlaces, BigDecimal profit) {
    int id = nextInstrument++;
    int tickPlaces = Math.max(cashScale, places + pricePlaces);
    BigInteger perUnit = BigInteger.TEN.pow(tickPlaces - places - pricePlaces);
    BigInteger cost =
        BigInteger.valueOf(quantity)
            .multiply(BigInteger.valueOf(mark))
            .multiply(perUnit)
            .subtract(profit.setScale(tickPlaces, RoundingMode.HALF_EVEN).unscaledValue());
    BigInteger unit = BigInteger.valueOf(Math.abs(quantity)).multiply(perUnit);
    long highest = Math.max(mark, cost.abs().divide(unit).longValueExact() + 1);
    venue.instrument(
        contract(
            id,
            "PERPETUAL-" + id,
            ContractKind.PERPETUAL,
            pricePlaces,
            places,
            highest,
            Math.abs(quantity),
            ContractTerms.perpetual(UNDERLYING_ID)));
    holdings.add(() -> {
      venue.mark(id, mark);
      venue.position(id, quantity, cost.longValueExact());
    });
  }

  private void publishPiece(BigDecimal amount, BigDecimal confidence, BigDecimal funding) {
    int id = nextInstrument - 1;
    factor(FactorKind.MARK_CONFIDENCE, id, 0, confidence);
    if (funding.signum() != 0) {
      BigDecimal perContract = funding.negate().divide(amount, MathContext.DECIMAL64);
      factor(FactorKind.FUNDING_INCREMENT, id, 0, perContract);
    }
  }

  /// An option, of which the number is returned; `volatility` null leaves it to the parameters of
  /// its expiry.
  int option(
      long seconds,
      BigDecimal strike,
      boolean isCall,
      BigDecimal amount,
      @org.jspecify.annotations.Nullable BigDecimal volatility) {
    int id = nextInstrument++;
    int places = Math.max(leastQuantityPlaces, Figures.places(amount, QUANTITY_PLACES));
    long quantity = Figures.units(amount, places);
    OptionTerms terms =
        new OptionTerms(
            isCall ? OptionTerms.Right.CALL : OptionTerms.Right.PUT, Figures.decimal(strike));
    venue.instrument(
        contract(
            id,
            "OPTION-" + id,
            ContractKind.OPTION,
            QUANTITY_PLACES,
            places,
            1,
            Math.max(1, Math.abs(quantity)),
            new ContractTerms(UNDERLYING_ID, expiryNs(seconds), false, terms)));
    if (volatility != null) {
      volatility(id, volatility);
    }
    holdings.add(() -> venue.position(id, quantity, 0));
    return id;
  }

  /// A fact of one option.
  void volatility(int id, BigDecimal volatility) {
    factor(FactorKind.MARK_VOLATILITY, id, 0, volatility);
  }

  /// Puts the unit's rules in force and the account in place.
  CaseVenue open(RiskUnit unit) {
    return open(rulebook(unit));
  }

  /// Rules that do nothing but value by the unit's.
  Rulebook rulebook(RiskUnit unit) {
    ScenarioPortfolio parameters =
        new ScenarioPortfolio(Map.of(UNDERLYING, unit), QuietRulebook.MARKET);
    return QuietRulebook.of("derive-case", collateral, parameters);
  }

  /// Puts the rules in force and the account in place.
  CaseVenue open(Rulebook rulebook) {
    venue.rulebook(rulebook);
    publish();
    holdings.forEach(Runnable::run);
    return venue;
  }

  /// Publishes the facts given since the last time, at the venue's time.
  void publish() {
    venue.factors(List.copyOf(factors));
    factors.clear();
  }

  /// The venue's time so many seconds after the case began.
  void at(long seconds) {
    venue.at(NOW_NS + seconds * SECOND_NS);
  }

  /// Cash in minor units, and back.
  long cashMinor(BigDecimal cash) {
    return Figures.units(cash, cashScale);
  }

  BigDecimal cash(long minor) {
    return BigDecimal.valueOf(minor, cashScale);
  }

  private static long expiryNs(long seconds) {
    return NOW_NS + seconds * SECOND_NS;
  }

  private void factor(FactorKind kind, int subject, long expiryNs, BigDecimal value) {
    factors.add(new FactorValue(kind, subject, expiryNs, Figures.decimal(value)));
  }

  private static LinearContract contract(
      int id,
      String symbol,
      ContractKind kind,
      int pricePlaces,
      int quantityPlaces,
      long highestPrice,
      long quantity,
      ContractTerms terms) {
    return new LinearContract(
        id,
        symbol,
        kind,
        CASH_ID,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        pricePlaces,
        quantityPlaces,
        1,
        highestPrice,
        quantity,
        quantity,
        terms);
  }
}
