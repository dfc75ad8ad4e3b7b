package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The valuation of a linear model as a tree of terms, from the functions that value. Sums are
/// exact; products carry the roundings of `docs/RULES.md`, each below a millionth of the numeraire
/// or one minor unit.
final class LinearTree {
  static final String NUMERAIRE = "USD";

  private final Book book;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final LinearContracts contracts;
  private final LinearEquity equity;
  private final RowTerms rows;

  /// Explains the requirements of one row.
  interface RowTerms {
    /// Its maintenance margin, named as the instrument.
    Term maintenance(int row, int instrument);

    /// Its initial margin, named as the instrument.
    Term initial(int account, int row, int instrument);

    /// Adds what the account needs besides its rows.
    void addRest(int account, List<Term> maintenance, List<Term> initial);
  }

  LinearTree(
      Book book,
      RulebookTerms terms,
      Valuation valuation,
      LinearContracts contracts,
      LinearEquity equity,
      RowTerms rows) {
    this.book = book;
    this.terms = terms;
    this.valuation = valuation;
    this.contracts = contracts;
    this.equity = equity;
    this.rows = rows;
  }

  Term explain(int account) {
    List<Term> equityTerms = new ArrayList<>();
    List<Term> initialEquity = new ArrayList<>();
    addCollateral(account, equityTerms, initialEquity);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      Term profit = profit(account, asset);
      if (!profit.children().isEmpty()) {
        equityTerms.add(profit);
        initialEquity.add(profit);
      }
    }
    Term funding = funding(account);
    if (!funding.children().isEmpty()) {
      equityTerms.add(funding);
      initialEquity.add(funding);
    }
    List<Term> maintenance = new ArrayList<>();
    List<Term> initial = new ArrayList<>();
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      maintenance.add(rows.maintenance(row, instrument));
      initial.add(rows.initial(account, row, instrument));
    }
    rows.addRest(account, maintenance, initial);
    return new Term(
        "margin",
        Operation.FUNCTION,
        BigDecimal.ZERO,
        NUMERAIRE,
        List.of(
            sum("equity", equityTerms),
            sum("initial equity", initialEquity),
            sum("maintenance margin", maintenance),
            sum("initial margin", initial)));
  }

  /// What the schedule counts, and what is left of it where the amount is large.
  private void addCollateral(int account, List<Term> equityTerms, List<Term> initialEquity) {
    List<Term> counted = new ArrayList<>();
    List<Term> countedInitially = new ArrayList<>();
    valuation.explainCollateral(account, terms, counted, countedInitially);
    int at = 0;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        equityTerms.add(
            kept(asset, balance, counted.get(at), equity.maintenanceE6(asset, balance)));
        initialEquity.add(
            kept(asset, balance, countedInitially.get(at), equity.initialE6(asset, balance)));
        at++;
      }
    }
  }

  private Term kept(int asset, long balanceMinor, Term counted, long valueE6) {
    long discount = equity.discountE12(asset, balanceMinor);
    if (discount == 0) {
      return counted;
    }
    Term share =
        new Term(
            "kept after discount",
            Operation.DIFFERENCE,
            BigDecimal.valueOf(SizeDiscount.WHOLE_E12 - discount, 12),
            "1",
            List.of(input("all", 1, 0, "1"), input("discount by size", discount, 12, "1")));
    return new Term(
        counted.name(), Operation.PRODUCT, valueE6(valueE6), NUMERAIRE, List.of(counted, share));
  }

  /// Without children when nothing settles in the asset.
  private Term profit(int account, int asset) {
    List<Term> ofRows = new ArrayList<>();
    Asset it = book.assets.at(asset);
    long sum = 0;
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (book.instruments.settlementAsset(instrument) == asset) {
        ofRows.add(profitOfRow(row, instrument, it));
        sum += contracts.profitMinor(row, instrument, book.instruments.mark(instrument));
      }
    }
    Term minor =
        new Term("profit", Operation.SUM, BigDecimal.valueOf(sum, it.scale()), it.symbol(), ofRows);
    return new Term(
        "unrealised profit in " + it.symbol(),
        Operation.PRODUCT,
        valueE6(book.assets.valueE6(asset, sum, Rounding.FLOOR)),
        NUMERAIRE,
        ofRows.isEmpty() ? List.of() : List.of(minor, price(asset)));
  }

  private Term profitOfRow(int row, int instrument, Asset settlement) {
    LinearContract contract = book.instruments.at(instrument);
    long quantity = book.positions.quantity(row);
    long mark = book.instruments.mark(instrument);
    Term value =
        new Term(
            "value at mark",
            Operation.PRODUCT,
            BigDecimal.valueOf(
                contracts.valueMinor(instrument, quantity * mark), settlement.scale()),
            settlement.symbol(),
            List.of(quantity(contract, quantity), mark(instrument), size(contract)));
    Term cost =
        input(
            "cost", contracts.costMinor(row, instrument), settlement.scale(), settlement.symbol());
    return new Term(
        contract.symbol(),
        Operation.DIFFERENCE,
        value.value().subtract(cost.value()),
        settlement.symbol(),
        List.of(value, cost));
  }

  /// Without children when no position is due any.
  private Term funding(int account) {
    List<Term> ofRows = new ArrayList<>();
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
      if (due != null && due.units() != 0) {
        LinearContract contract = book.instruments.at(instrument);
        FundingDue alone = new FundingDue();
        contracts.addFunding(row, instrument, alone);
        ofRows.add(
            new Term(
                contract.symbol(),
                Operation.PRODUCT,
                BigDecimal.valueOf(alone.flooredE6(), 6)
                    .add(BigDecimal.valueOf(alone.restE12(), 12)),
                NUMERAIRE,
                List.of(
                    quantity(contract, -positions.quantity(row)),
                    input("due per contract", due.units(), due.scale(), NUMERAIRE))));
      }
    }
    return new Term(
        "funding due", Operation.SUM, valueE6(equity.fundingE6(account)), NUMERAIRE, ofRows);
  }

  /// A notional with what it is made of.
  Term notional(String name, int instrument, long unitProduct, long notionalE6) {
    LinearContract contract = book.instruments.at(instrument);
    int places = contract.priceScale() + contract.quantityScale();
    BigDecimal product =
        BigDecimal.valueOf(unitProduct)
            .movePointLeft(places)
            .multiply(BigDecimal.valueOf(contract.contractSize()));
    Asset settlement = book.assets.at(book.instruments.settlementAsset(instrument));
    return new Term(
        name,
        Operation.PRODUCT,
        valueE6(notionalE6),
        NUMERAIRE,
        List.of(
            Term.input("quantity at its price", product, settlement.symbol()),
            price(book.instruments.settlementAsset(instrument))));
  }

  /// The larger of a margin by rates and one by chosen leverage, plus what open orders lose.
  Term initial(int account, int row, int instrument, Term byRate, long byLeverageE6) {
    List<Term> parts = new ArrayList<>();
    int leverageE2 = book.accounts.leverageE2(account);
    if (leverageE2 == 0) {
      parts.add(byRate);
    } else {
      Term byLeverage =
          new Term(
              "by chosen leverage",
              Operation.RATIO,
              valueE6(byLeverageE6),
              NUMERAIRE,
              List.of(
                  Term.input(
                      "notional", valueE6(contracts.orderNotionalE6(row, instrument)), NUMERAIRE),
                  input("leverage", leverageE2, 2, "1")));
      parts.add(
          new Term(
              "required",
              Operation.MAXIMUM,
              byRate.value().max(byLeverage.value()),
              NUMERAIRE,
              List.of(byRate, byLeverage)));
    }
    if (book.positions.hasOrders(row)) {
      parts.add(
          Term.input(
              "loss if the orders fill",
              valueE6(valuation.orderLossE6(row, instrument)),
              NUMERAIRE));
    }
    return sum(book.instruments.at(instrument).symbol(), parts);
  }

  private Term price(int asset) {
    Asset it = book.assets.at(asset);
    return input("price", book.assets.price(asset), it.priceScale(), NUMERAIRE);
  }

  private Term mark(int instrument) {
    LinearContract contract = book.instruments.at(instrument);
    String unit = book.assets.at(book.instruments.settlementAsset(instrument)).symbol();
    return input("mark", book.instruments.mark(instrument), contract.priceScale(), unit);
  }

  private static Term quantity(LinearContract contract, long quantityUnits) {
    BigDecimal quantity = BigDecimal.valueOf(quantityUnits).movePointLeft(contract.quantityScale());
    return Term.input("quantity", quantity, "contracts");
  }

  private static Term size(LinearContract contract) {
    return input("contract size", contract.contractSize(), 0, "1");
  }

  static Term input(String name, long units, int scale, String unit) {
    return Term.input(name, BigDecimal.valueOf(units, scale), unit);
  }

  static Term sum(String name, List<Term> parts) {
    BigDecimal value = BigDecimal.ZERO;
    for (Term part : parts) {
      value = value.add(part.value());
    }
    return new Term(name, Operation.SUM, value, NUMERAIRE, parts);
  }

  static BigDecimal valueE6(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
