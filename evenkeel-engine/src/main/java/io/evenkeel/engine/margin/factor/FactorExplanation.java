package io.evenkeel.engine.margin.factor;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The valuation of an account by [FactorRatesModel] as a tree of terms.
final class FactorExplanation {
  private static final String NUMERAIRE = "USD";

  private final Book book;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final FactorRatesModel model;
  private final RowRequirement requirement;

  FactorExplanation(Book book, RulebookTerms terms, Valuation valuation, FactorRatesModel model) {
    this.book = book;
    this.terms = terms;
    this.valuation = valuation;
    this.model = model;
    requirement = new RowRequirement(book);
  }

  Term explain(int account) {
    Weighing weighing = new Weighing();
    model.assess(account, weighing);
    List<Term> equity = new ArrayList<>();
    List<Term> initialEquity = new ArrayList<>();
    valuation.explainCollateral(account, terms, equity, initialEquity);
    List<Term> maintenance = new ArrayList<>();
    List<Term> initial = new ArrayList<>();
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      LinearContract contract = book.instruments.at(positions.instrument(row));
      if (model.profitE6(row) != 0) {
        Term profit =
            Term.input(contract.symbol() + " profit", value(model.profitE6(row)), NUMERAIRE);
        equity.add(profit);
        initialEquity.add(profit);
      }
      Term required = requiredTerm(account, row, contract);
      maintenance.add(required);
      initial.add(initialTerm(account, row, required));
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

  private Term initialTerm(int account, int row, Term required) {
    long maintenanceE6 = model.maintenanceE6(account, row);
    long initialE6 = model.initialE6(account, maintenanceE6);
    return initialE6 == maintenanceE6
        ? required
        : new Term(
            required.name(), Operation.FUNCTION, value(initialE6), NUMERAIRE, List.of(required));
  }

  /// What the row must maintain: the price of the settlement asset times the dearer side.
  private Term requiredTerm(int account, int row, LinearContract contract) {
    int instrument = book.positions.instrument(row);
    Asset settlement = book.assets.at(book.instruments.settlementAsset(instrument));
    requirement.of(row, !book.accounts.isIsolated(account));
    Term inSettlement =
        switch (model.market(instrument)) {
          case RiskFactors factors -> dearerSide(row, contract, settlement, factors);
          case FullyCollateralised full -> inFull(instrument, settlement, full);
        };
    return new Term(
        contract.symbol(),
        Operation.PRODUCT,
        value(model.maintenanceE6(account, row)),
        NUMERAIRE,
        List.of(
            inSettlement,
            Term.input(
                "price",
                BigDecimal.valueOf(
                    book.assets.price(book.instruments.settlementAsset(instrument)),
                    settlement.priceScale()),
                NUMERAIRE)));
  }

  private Term dearerSide(int row, LinearContract contract, Asset settlement, RiskFactors factors) {
    Term longSide = side(row, contract, settlement, factors, true);
    Term shortSide = side(row, contract, settlement, factors, false);
    return new Term(
        "dearer side, rounded up",
        Operation.MAXIMUM,
        longSide.value().max(shortSide.value()).setScale(settlement.scale(), RoundingMode.CEILING),
        settlement.symbol(),
        List.of(longSide, shortSide));
  }

  private Term side(
      int row, LinearContract contract, Asset settlement, RiskFactors factors, boolean isLong) {
    int instrument = book.positions.instrument(row);
    long held = book.positions.quantity(row);
    long price = requirement.price();
    List<Term> parts = new ArrayList<>();
    boolean exposed = requirement.isExposed(isLong);
    if (exposed) {
      long size = isLong ? Math.max(0, held) : Math.max(0, -held);
      long ticks = size * price * book.instruments.ticksPerUnit(instrument);
      Term notional = money("notional held", ticks, instrument, settlement);
      BigDecimal risk =
          exact(isLong ? factors.riskLong() : factors.riskShort())
              .movePointLeft(factors.riskPlaces());
      if (ticks != 0) {
        parts.add(
            product("linear slippage", notional, exact(factors.linearSlippage()), settlement));
        if (factors.quadraticSlippage().units() != 0) {
          Term linear =
              product("per contract", notional, exact(factors.quadraticSlippage()), settlement);
          BigDecimal contracts = BigDecimal.valueOf(size, contract.quantityScale());
          parts.add(
              new Term(
                  "quadratic slippage",
                  Operation.PRODUCT,
                  linear.value().multiply(contracts),
                  settlement.symbol(),
                  List.of(linear, Term.input("contracts held", contracts, "contracts"))));
        }
        parts.add(product("risk of the position", notional, risk, settlement));
      }
      Term orders =
          money(
              "notional of open orders",
              requirement.orderTicks(isLong, price),
              instrument,
              settlement);
      if (orders.value().signum() != 0) {
        parts.add(product("risk of open orders", orders, risk, settlement));
      }
    }
    addFunding(instrument, held, contract, settlement, parts);
    BigDecimal sum = BigDecimal.ZERO;
    for (Term part : parts) {
      sum = sum.add(part.value());
    }
    return new Term(
        isLong ? "long side" : "short side", Operation.SUM, sum, settlement.symbol(), parts);
  }

  private void addFunding(
      int instrument, long held, LinearContract contract, Asset settlement, List<Term> parts) {
    Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    if (due == null || held == 0 || due.units() == 0 || (held > 0) != (due.units() > 0)) {
      return;
    }
    BigDecimal contracts = BigDecimal.valueOf(held, contract.quantityScale());
    BigDecimal perContract = BigDecimal.valueOf(due.units(), due.scale());
    parts.add(
        new Term(
            "funding due",
            Operation.PRODUCT,
            contracts.multiply(perContract),
            settlement.symbol(),
            List.of(
                Term.input("contracts held", contracts, "contracts"),
                Term.input("due per contract", perContract, settlement.symbol()))));
  }

  private Term inFull(int instrument, Asset settlement, FullyCollateralised full) {
    Term position =
        money(
            "possible loss of the position", requirement.inFullTicks(full), instrument, settlement);
    Term buys =
        money("possible loss of open buys", requirement.buysInFullTicks(), instrument, settlement);
    Term sells =
        money(
            "possible loss of open sells",
            requirement.sellsInFullTicks(full),
            instrument,
            settlement);
    Term orders =
        new Term(
            "possible loss of open orders",
            Operation.MAXIMUM,
            buys.value().max(sells.value()),
            settlement.symbol(),
            List.of(buys, sells));
    return new Term(
        "possible loss, rounded up",
        Operation.SUM,
        position.value().add(orders.value()).setScale(settlement.scale(), RoundingMode.CEILING),
        settlement.symbol(),
        List.of(position, orders));
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  private static Term product(String name, Term notional, BigDecimal factor, Asset settlement) {
    return new Term(
        name,
        Operation.PRODUCT,
        notional.value().multiply(factor),
        settlement.symbol(),
        List.of(notional, Term.input("factor", factor, "1")));
  }

  /// Ticks as an exact amount of the settlement asset.
  private Term money(String name, long ticks, int instrument, Asset settlement) {
    BigDecimal minor =
        BigDecimal.valueOf(ticks)
            .divide(BigDecimal.valueOf(book.instruments.ticksPerMinor(instrument)));
    return Term.input(name, minor.movePointLeft(settlement.scale()), settlement.symbol());
  }

  private static Term sum(String name, long valueE6, List<Term> parts) {
    return new Term(name, Operation.SUM, value(valueE6), NUMERAIRE, parts);
  }

  private static BigDecimal value(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
