package io.evenkeel.conform.portfolio;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.portfolio.BasisShock;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.ConfidenceCharge;
import io.evenkeel.model.rulebook.portfolio.PegLoss;
import io.evenkeel.model.rulebook.portfolio.Provisions;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import io.evenkeel.model.rulebook.portfolio.UnitCollateral;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import io.evenkeel.model.rulebook.portfolio.VolatilityShock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A random account of options, a perpetual, cash and a coin on one underlying, with its market;
/// all figures are plain doubles of few digits, so that a test can compute with the same numbers.
final class RandomBook {
  static final double[] SPOTS = {0.7, 0.9, 1, 1.1, 1.4};
  static final VolatilityMove[] MOVES = {
    VolatilityMove.DOWN, VolatilityMove.NONE, VolatilityMove.UP
  };
  static final int PERPETUAL = 1;
  private static final long NOW_NS = 1_700_000_000_000_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;

  /// A leg: amounts are in hundredths of a contract.
  record Leg(int days, long strike, boolean isCall, long hundredths, double volatility) {}

  final List<Leg> legs = new ArrayList<>();
  long spot = 20_000;
  long perpHundredths;
  long cashE6;
  long coinE6;
  String haircut = "0.05";
  double confidence = 1;
  private final int[] expiries = {1, 20, 45};

  static RandomBook of(long seed) {
    Random random = new Random(seed);
    RandomBook book = new RandomBook();
    book.spot = 10_000 + random.nextInt(30_000);
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      long strike = Math.max(1, Math.round(book.spot * (0.5 + random.nextDouble())));
      long amount = random.nextInt(2_000) - 1_000;
      book.legs.add(
          new Leg(
              book.expiries[random.nextInt(3)],
              strike,
              random.nextBoolean(),
              amount == 0 ? 1 : amount,
              0.2 + random.nextInt(200) / 100.0));
    }
    book.perpHundredths = random.nextInt(3) == 0 ? 0 : random.nextInt(2_000) - 1_000;
    book.cashE6 = random.nextInt(1_000_000_000);
    book.coinE6 = random.nextInt(3_000_000);
    book.confidence = random.nextInt(4) == 0 ? 0.3 : 0.9;
    return book;
  }

  RandomBook with(List<Leg> other) {
    RandomBook copy = new RandomBook();
    copy.spot = spot;
    copy.perpHundredths = perpHundredths;
    copy.cashE6 = cashE6;
    copy.coinE6 = coinE6;
    copy.haircut = haircut;
    copy.confidence = confidence;
    copy.legs.addAll(other);
    return copy;
  }

  /// Forward of an expiry.
  double forward(int days) {
    return spot + days * 2.0;
  }

  double rate(int days) {
    return days / 1000.0;
  }

  RiskUnit unit() {
    List<Scenario> scenarios = new ArrayList<>();
    for (double factor : SPOTS) {
      for (VolatilityMove move : MOVES) {
        scenarios.add(new Scenario(decimal(factor), move, decimal(factor > 1.3 ? 0.5 : 1)));
      }
    }
    return new RiskUnit(
        RiskUnit.Valued.NUMERAIRE,
        true,
        decimal(0.8),
        Decimal.ONE,
        scenarios,
        null,
        new VolatilityShock(
            decimal(0.5), decimal(0.3), decimal(0.3), decimal(0.13), 86_400, decimal(0.45)),
        null,
        new StaticDiscount(
            new StaticDiscount.Side(decimal(0.95), Decimal.ONE, decimal(0.08)),
            new StaticDiscount.Side(decimal(1.04), decimal(0.5), decimal(0.08))),
        new BasisShock(decimal(1.05), decimal(0.95), decimal(0.5), decimal(2)),
        new Charges(decimal(0.015), decimal(0.005), decimal(0.003), decimal(0.002), false),
        new ConfidenceCharge(decimal(0.4), decimal(0.5)),
        new PegLoss(decimal(0.98), decimal(2)),
        null,
        null,
        Provisions.NONE,
        Map.of("COIN", new UnitCollateral(true, false, Decimal.parse(haircut), decimal(0.01))));
  }

  CaseVenue open(int lots) {
    CaseVenue venue = new CaseVenue(NOW_NS);
    venue.asset(new Asset(1, "CASH", 6, 1L << 50, 6, 1_000_000, 1_000_000));
    venue.asset(new Asset(2, "BASE", 6, 1_000_000_000, 6, 1_000_000, 1_000_000_000_000L));
    venue.asset(new Asset(3, "COIN", 6, 1_000_000_000, 6, spot * 1_000_000, 1_000_000_000_000L));
    venue.instrument(
        contract(PERPETUAL, ContractKind.PERPETUAL, ContractTerms.perpetual(2), 1_000_000));
    List<FactorValue> factors = new ArrayList<>();
    factors.add(new FactorValue(FactorKind.SPOT, 2, 0, new Decimal(spot, 0)));
    factors.add(new FactorValue(FactorKind.SPOT_CONFIDENCE, 2, 0, decimal(confidence)));
    for (int days : expiries) {
      long at = NOW_NS + days * DAY_NS;
      factors.add(new FactorValue(FactorKind.FORWARD_FIXED, 2, at, Decimal.ZERO));
      factors.add(new FactorValue(FactorKind.FORWARD_VARIABLE, 2, at, decimal(forward(days))));
      factors.add(new FactorValue(FactorKind.RATE, 2, at, decimal(rate(days))));
    }
    int id = PERPETUAL + 1;
    for (Leg leg : legs) {
      OptionTerms option =
          new OptionTerms(
              leg.isCall() ? OptionTerms.Right.CALL : OptionTerms.Right.PUT,
              new Decimal(leg.strike(), 0));
      venue.instrument(
          contract(
              id,
              ContractKind.OPTION,
              new ContractTerms(2, NOW_NS + leg.days() * DAY_NS, false, option),
              1));
      factors.add(new FactorValue(FactorKind.MARK_VOLATILITY, id++, 0, decimal(leg.volatility())));
    }
    venue.rulebook(
        QuietRulebook.of(
            "random",
            List.of(QuietRulebook.fullValue("CASH"), QuietRulebook.fullValue("COIN")),
            new ScenarioPortfolio(Map.of("BASE", unit()), QuietRulebook.MARKET)));
    venue.factors(factors);
    venue.balance(1, cashE6).balance(3, coinE6);
    venue.mark(PERPETUAL, spot);
    hold(venue, PERPETUAL, perpHundredths, spot * 10_000, lots);
    id = PERPETUAL + 1;
    for (Leg leg : legs) {
      hold(venue, id++, leg.hundredths(), 0, lots);
    }
    return venue;
  }

  private static void hold(CaseVenue venue, int id, long hundredths, long costPerUnit, int lots) {
    long part = hundredths / lots;
    for (int i = 1; i < lots; i++) {
      venue.position(id, part, part * costPerUnit);
    }
    long rest = hundredths - part * (lots - 1);
    venue.position(id, rest, rest * costPerUnit);
  }

  Assessment assess() {
    return open(1).assess();
  }

  Term explain() {
    return open(1).view().explain(CaseVenue.ACCOUNT).terms().getFirst();
  }

  private static LinearContract contract(
      int id, ContractKind kind, ContractTerms terms, long mostPrice) {
    return new LinearContract(
        id,
        "I" + id,
        kind,
        1,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        0,
        2,
        1,
        mostPrice,
        100_000,
        100_000,
        terms);
  }

  static Decimal decimal(double value) {
    return Decimal.parse(java.math.BigDecimal.valueOf(value).toPlainString());
  }
}
