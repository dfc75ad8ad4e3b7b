package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The valuation of [Valuation] by tiered rates as a tree of terms, from the same functions. Sums
/// are exact; products carry the roundings of `docs/RULES.md`, section 2, each below a millionth of
/// the numeraire or one minor unit.
final class TieredExplanation {
  private static final String NUMERAIRE = "USD";

  private final Book book;
  private final Valuation valuation;
  private final RulebookTerms terms;
  private final TieredRates tiered;

  TieredExplanation(Book book, Valuation valuation, RulebookTerms terms, TieredRates tiered) {
    this.book = book;
    this.valuation = valuation;
    this.terms = terms;
    this.tiered = tiered;
  }

  Term explain(int account) {
    List<Term> equity = new ArrayList<>();
    List<Term> initialEquity = new ArrayList<>();
    if (!terms.isAnyScaled()) {
      valuation.explainCollateral(account, terms, equity, initialEquity);
    }
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (terms.isAnyScaled()) {
        addScaled(account, asset, equity, initialEquity);
      } else {
        addProfit(account, asset, equity, initialEquity);
      }
    }
    List<Term> maintenance = new ArrayList<>();
    List<Term> initial = new ArrayList<>();
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      addRow(account, row, maintenance, initial);
    }
    return new Term(
        "margin",
        Operation.FUNCTION,
        BigDecimal.ZERO,
        NUMERAIRE,
        List.of(
            sum("equity", equity),
            sum("initial equity", initialEquity),
            sum("maintenance margin", maintenance),
            sum("initial margin", initial)));
  }

  private void addScaled(int account, int asset, List<Term> equity, List<Term> initialEquity) {
    long balance = book.ledger.marginBalance(account, asset);
    List<Term> rows = new ArrayList<>();
    long profit = addRows(account, asset, rows);
    if (balance == 0 && rows.isEmpty()) {
      return;
    }
    Asset it = book.assets.at(asset);
    Term result =
        new Term(
            "profit", Operation.SUM, BigDecimal.valueOf(profit, it.scale()), it.symbol(), rows);
    Term held = input("balance", balance, it.scale(), it.symbol());
    long counted = balance;
    boolean nets = ScaledCollateral.netsProfit(terms, asset);
    if (nets) {
      counted = Math.addExact(balance, profit);
      held =
          new Term(
              "net",
              Operation.SUM,
              BigDecimal.valueOf(counted, it.scale()),
              it.symbol(),
              List.of(held, result));
    }
    if (counted != 0) {
      ScaledExplanation scaled =
          new ScaledExplanation(book, valuation.collateral().scaled(), terms);
      long value = valuation.countedBalanceE6(terms, asset, balance, profit, false);
      equity.add(scaled.collateral(asset, counted, held, value, false));
      value = valuation.countedBalanceE6(terms, asset, balance, profit, true);
      initialEquity.add(scaled.collateral(asset, counted, held, value, true));
    }
    if (!nets && profit != 0) {
      equity.add(scaledProfit(asset, profit, result, false));
      initialEquity.add(scaledProfit(asset, profit, result, true));
    }
  }

  private Term scaledProfit(int asset, long profitMinor, Term result, boolean initial) {
    long value = book.assets.valueE6(asset, profitMinor, Rounding.FLOOR);
    CollateralScaling.Rule.ProfitWeights weights =
        terms.collateral(asset).scaling().find(CollateralScaling.Rule.ProfitWeights.class);
    Decimal weight = initial ? tiered.profitInitialWeight() : Decimal.ONE;
    if (weights != null) {
      weight = initial ? weights.initialWeight() : weights.maintenanceWeight();
    }
    Decimal used = value > 0 ? weight : Decimal.ONE;
    return new Term(
        "unrealised profit in " + book.assets.at(asset).symbol(),
        Operation.PRODUCT,
        valueE6(valuation.countedProfitE6(terms, tiered, asset, profitMinor, initial)),
        NUMERAIRE,
        List.of(result, price(asset), input("weight", used.units(), used.scale(), "1")));
  }

  private void addProfit(int account, int asset, List<Term> equity, List<Term> initialEquity) {
    List<Term> rows = new ArrayList<>();
    long profit = addRows(account, asset, rows);
    if (rows.isEmpty()) {
      return;
    }
    Asset it = book.assets.at(asset);
    Term sum =
        new Term(
            "profit", Operation.SUM, BigDecimal.valueOf(profit, it.scale()), it.symbol(), rows);
    long value = book.assets.valueE6(asset, profit, Rounding.FLOOR);
    String name = "unrealised profit in " + it.symbol();
    equity.add(
        new Term(name, Operation.PRODUCT, valueE6(value), NUMERAIRE, List.of(sum, price(asset))));
    Decimal weight = value > 0 ? tiered.profitInitialWeight() : Decimal.ONE;
    initialEquity.add(
        new Term(
            name,
            Operation.PRODUCT,
            valueE6(Valuation.initialProfitE6(tiered, value)),
            NUMERAIRE,
            List.of(sum, price(asset), input("weight", weight.units(), weight.scale(), "1"))));
  }

  private long addRows(int account, int asset, List<Term> rows) {
    long profit = 0;
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      if (book.instruments.settlementAsset(instrument) == asset) {
        long ofRow = valuation.profitMinor(row, instrument);
        rows.add(profitOfRow(row, instrument, asset, ofRow));
        profit += ofRow;
      }
    }
    return profit;
  }

  /// The contract, and the side where an account has two.
  private String name(int row) {
    String symbol = book.instruments.at(book.positions.instrument(row)).symbol();
    return switch (book.positions.side(row)) {
      case NET -> symbol;
      case LONG -> symbol + " long";
      case SHORT -> symbol + " short";
    };
  }

  private Term profitOfRow(int row, int instrument, int asset, long profitMinor) {
    LinearContract contract = book.instruments.at(instrument);
    Asset settlement = book.assets.at(asset);
    BigDecimal ticks = BigDecimal.valueOf(book.instruments.ticksPerMinor(instrument));
    BigDecimal cost =
        BigDecimal.valueOf(book.positions.cost(row))
            .divide(ticks)
            .movePointLeft(settlement.scale());
    BigDecimal profit = BigDecimal.valueOf(profitMinor, settlement.scale());
    Term value =
        contract.isInverseFuture()
            ? inverseValue(row, instrument, settlement, ticks)
            : linearValue(row, instrument, settlement);
    return new Term(
        name(row),
        Operation.DIFFERENCE,
        profit,
        settlement.symbol(),
        List.of(value, Term.input("cost", cost, settlement.symbol())));
  }

  private Term linearValue(int row, int instrument, Asset settlement) {
    LinearContract contract = book.instruments.at(instrument);
    BigDecimal quantity = quantity(row, contract);
    BigDecimal mark = BigDecimal.valueOf(book.instruments.mark(instrument), contract.priceScale());
    BigDecimal size = BigDecimal.valueOf(contract.contractSize());
    return new Term(
        "value at mark",
        Operation.PRODUCT,
        quantity.multiply(mark).multiply(size),
        settlement.symbol(),
        List.of(
            Term.input("quantity", quantity, "contracts"),
            Term.input("mark", mark, settlement.symbol()),
            Term.input("contract size", size, "1")));
  }

  /// What is owed in coin: minus the face value over the mark, at the worth of one quantity unit
  /// that counts.
  private Term inverseValue(int row, int instrument, Asset settlement, BigDecimal ticksPerMinor) {
    LinearContract contract = book.instruments.at(instrument);
    BigDecimal perContract =
        BigDecimal.valueOf(book.instruments.worthTicks(instrument))
            .divide(ticksPerMinor)
            .movePointLeft(settlement.scale() - contract.quantityScale());
    BigDecimal quantity = quantity(row, contract);
    BigDecimal mark = BigDecimal.valueOf(book.instruments.mark(instrument), contract.priceScale());
    Term worth =
        new Term(
            "worth of a contract at mark",
            Operation.FUNCTION,
            perContract,
            settlement.symbol(),
            List.of(
                Term.input("contract size", BigDecimal.valueOf(contract.contractSize()), NUMERAIRE),
                Term.input("mark", mark, NUMERAIRE)));
    return new Term(
        "value at mark",
        Operation.PRODUCT,
        quantity.multiply(perContract),
        settlement.symbol(),
        List.of(Term.input("quantity", quantity, "contracts"), worth));
  }

  private BigDecimal quantity(int row, LinearContract contract) {
    return BigDecimal.valueOf(book.positions.quantity(row)).movePointLeft(contract.quantityScale());
  }

  private void addRow(int account, int row, List<Term> maintenance, List<Term> initial) {
    int instrument = book.positions.instrument(row);
    String symbol = name(row);
    long initialNotional = valuation.notionalE6(instrument, valuation.orderTicks(row, instrument));
    long maintenanceNotional =
        valuation.maintenanceNotionalE6(tiered, row, instrument, initialNotional);
    List<Bracket> brackets = tiered.tableFor(book.instruments.at(instrument).symbol()).brackets();
    RateFactorTerms factors =
        new RateFactorTerms(book, terms, valuation.factors(), tiered.scaling());
    maintenance.add(
        factors.scaled(
            symbol,
            tiers(symbol, brackets, maintenanceNotional, Bracket::maintenanceRate),
            instrument,
            maintenanceNotional,
            true));
    Term byTiers =
        factors.scaled(
            "by scaled brackets",
            tiers("by brackets", brackets, initialNotional, Bracket::initialRate),
            instrument,
            initialNotional,
            false);
    List<Term> parts = new ArrayList<>();
    parts.add(chosenLeverage(account, initialNotional, byTiers));
    long whole =
        valuation.initialMarginE6(
            account, tiered, row, instrument, terms.brackets(instrument), initialNotional);
    long required = parts.getFirst().value().movePointRight(6).longValueExact();
    if (book.positions.hasOrders(row)) {
      parts.add(Term.input("loss if the orders fill", valueE6(whole - required), NUMERAIRE));
    }
    initial.add(sum(symbol, parts));
  }

  private Term chosenLeverage(int account, long notionalE6, Term byTiers) {
    int leverageE2 = book.accounts.leverageE2(account);
    if (leverageE2 == 0) {
      return byTiers;
    }
    long chosen = Fixed.mulDiv(notionalE6, 100, leverageE2, Rounding.CEILING);
    Term byLeverage =
        new Term(
            "by chosen leverage",
            Operation.RATIO,
            valueE6(chosen),
            NUMERAIRE,
            List.of(
                Term.input("notional", valueE6(notionalE6), NUMERAIRE),
                Term.input("leverage", BigDecimal.valueOf(leverageE2, 2), "1")));
    return new Term(
        "required",
        Operation.MAXIMUM,
        byTiers.value().max(byLeverage.value()),
        NUMERAIRE,
        List.of(byTiers, byLeverage));
  }

  /// The requirement bracket by bracket: each part of the notional at its own rate.
  private static Term tiers(
      String name, List<Bracket> brackets, long notionalE6, Function<Bracket, Decimal> rate) {
    List<Term> parts = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < brackets.size(); i++) {
      long floor = brackets.get(i).floorE6();
      if (i > 0 && floor > notionalE6) {
        break;
      }
      long ceiling =
          i + 1 < brackets.size()
              ? Math.min(notionalE6, brackets.get(i + 1).floorE6())
              : notionalE6;
      Decimal share = rate.apply(brackets.get(i));
      long part = share.times(ceiling - floor, Rounding.CEILING);
      sum += part;
      parts.add(
          new Term(
              "bracket " + (i + 1),
              Operation.PRODUCT,
              valueE6(part),
              NUMERAIRE,
              List.of(
                  Term.input("notional in it", valueE6(ceiling - floor), NUMERAIRE),
                  input("rate", share.units(), share.scale(), "1"))));
    }
    return new Term(name, Operation.SUM, valueE6(sum), NUMERAIRE, parts);
  }

  private Term price(int asset) {
    Asset it = book.assets.at(asset);
    return input("price", book.assets.price(asset), it.priceScale(), NUMERAIRE);
  }

  private static Term input(String name, long units, int scale, String unit) {
    return Term.input(name, BigDecimal.valueOf(units, scale), unit);
  }

  private static Term sum(String name, List<Term> parts) {
    BigDecimal value = BigDecimal.ZERO;
    for (Term part : parts) {
      value = value.add(part.value());
    }
    return new Term(name, Operation.SUM, value, NUMERAIRE, parts);
  }

  private static BigDecimal valueE6(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
