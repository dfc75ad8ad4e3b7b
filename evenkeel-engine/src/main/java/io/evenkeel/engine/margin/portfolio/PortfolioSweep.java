package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.portfolio.ContractTable.Contract;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.model.rulebook.portfolio.UnitCollateral;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what an account holds, unit by unit and expiry by expiry, in the order of its rows.
final class PortfolioSweep {
  private static final int NONE = ContractTable.NONE;

  final UnitSums[] units;
  final SlotSums[] slots;
  private final Book book;
  private final Valuation valuation;
  private final RulebookTerms rulebook;
  private final ContractTable table;
  private final int[] unitOfCollateral;
  private final @Nullable UnitCollateral[] collateralTerms;
  private final double[] strikeNet;
  private final long[] strikeStamp;
  private final int[] strikes;
  private final int[] unitOfStrike;
  private int strikeCount;
  private long stamp;

  /// What no unit covers, millionths of the numeraire: profit, requirement.
  long otherProfitE6;

  long otherRequirementE6;

  /// Balances outside units at both weights, millionths of the numeraire.
  long balancesE6;

  long initialBalancesE6;
  boolean owes;

  PortfolioSweep(
      Book book, RulebookTerms rulebook, Valuation valuation, ScenarioPortfolio parameters) {
    this.book = book;
    this.valuation = valuation;
    this.rulebook = rulebook;
    int assets = book.assets.size();
    int[] unitOfUnderlying = new int[assets];
    unitOfCollateral = new int[assets];
    collateralTerms = new UnitCollateral[assets];
    java.util.Arrays.fill(unitOfUnderlying, NONE);
    java.util.Arrays.fill(unitOfCollateral, NONE);
    units = new UnitSums[parameters.units().size()];
    UnitTerms[] terms = new UnitTerms[units.length];
    int at = 0;
    for (Map.Entry<String, RiskUnit> entry : parameters.units().entrySet()) {
      int asset = book.assets.findSymbol(entry.getKey());
      terms[at] = new UnitTerms(entry.getValue());
      units[at] = new UnitSums(terms[at], asset);
      if (asset != IdIndex.ABSENT) {
        unitOfUnderlying[asset] = at;
        listCollateral(entry.getValue(), at);
      }
      at++;
    }
    table = new ContractTable(book, terms, unitOfUnderlying);
    slots = new SlotSums[table.expiries.size()];
    java.util.Arrays.setAll(slots, i -> new SlotSums(table.expiries.get(i)));
    strikeNet = new double[table.strikeSlots];
    strikeStamp = new long[table.strikeSlots];
    strikes = new int[table.strikeSlots];
    unitOfStrike = new int[table.strikeSlots];
  }

  private void listCollateral(RiskUnit unit, int at) {
    unit.collateral()
        .forEach((symbol, collateral) -> {
          int asset = book.assets.findSymbol(symbol);
          if (asset != IdIndex.ABSENT) {
            unitOfCollateral[asset] = at;
            collateralTerms[asset] = collateral;
          }
        });
  }

  /// Adds up an account.
  void run(int account) {
    stamp++;
    strikeCount = 0;
    otherProfitE6 = 0;
    otherRequirementE6 = 0;
    for (UnitSums unit : units) {
      unit.clear();
      readMarket(unit);
    }
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      Contract contract = table.contracts[instrument];
      if (contract.unit() == NONE) {
        addUncovered(row, instrument, contract);
      } else {
        addRow(row, instrument, contract);
      }
    }
    for (UnitSums unit : units) {
      for (int k = 0; k < unit.slotCount; k++) {
        SlotSums slot = slots[unit.slots[k]];
        slot.sum();
        unit.optionValue += slot.worth[0] * unit.toNumeraire();
      }
    }
    for (int i = 0; i < strikeCount; i++) {
      double net = strikeNet[strikes[i]];
      if (net < 0) {
        units[unitOfStrike[i]].naked -= net;
      }
    }
    addBalances(account);
  }

  private void readMarket(UnitSums unit) {
    if (unit.asset == IdIndex.ABSENT) {
      return;
    }
    unit.spot = price(unit.asset);
    unit.spotConfidence =
        ExpiryMarket.least(
            Decimal.ONE, book.factors.ofAsset(FactorKind.SPOT_CONFIDENCE, unit.asset));
    unit.portfolioConfidence = unit.spotConfidence;
    Decimal stable = book.factors.ofAsset(FactorKind.STABLE_PRICE, rulebook.cashAsset());
    unit.stable = stable == null ? 1 : Crossing.of(stable);
  }

  /// Whether a balance in an asset belongs to a unit.
  boolean isCollateral(int asset) {
    return collateralTerms[asset] != null;
  }

  /// How an asset counts in a unit; null when it does not belong to it.
  @Nullable UnitCollateral collateralOf(int asset, UnitSums unit) {
    int at = unitOfCollateral[asset];
    return at != NONE && units[at] == unit ? collateralTerms[asset] : null;
  }

  Contract contract(int instrument) {
    return table.contracts[instrument];
  }

  /// The spot published of an asset, or else its price.
  double price(int asset) {
    Decimal spot = book.factors.ofAsset(FactorKind.SPOT, asset);
    return spot == null
        ? Crossing.of(book.assets.price(asset), book.assets.at(asset).priceScale())
        : Crossing.of(spot);
  }

  private void addRow(int row, int instrument, Contract contract) {
    UnitSums unit = units[contract.unit()];
    SlotSums slot = slots[contract.slot()];
    if (slot.stamp != stamp) {
      slot.stamp = stamp;
      slot.clear();
      slot.expiry.refresh(book.factors, book.nowNs.get(), unit.spot);
      unit.touch(contract.slot());
    }
    unit.used = true;
    long quantity = book.positions.quantity(row);
    double contracts = quantity * contract.contractsPerUnit();
    double price = book.instruments.mark(instrument) * contract.priceUnit();
    double amount = amount(contract, contracts, price, unit);
    addOrders(row, contract, unit);
    if (quantity == 0) {
      return;
    }
    unit.grossAmount += Math.abs(amount);
    OptionValues option = contract.option();
    if (option == null) {
      addLinear(row, instrument, contract, unit, slot, amount, contracts, price);
    } else {
      option.refresh(book.factors);
      addOption(contract, option, unit, slot, amount);
      unit.optionCost +=
          book.positions.cost(row)
              * contract.tickValue()
              * price(book.instruments.settlementAsset(instrument));
    }
  }

  /// Whole units of the underlying in a number of contracts.
  private static double amount(Contract contract, double contracts, double price, UnitSums unit) {
    double size = contracts * contract.size();
    if (contract.isInverseFuture()) {
      return size / (price > 0 ? price : unit.spot);
    }
    return size;
  }

  private void addLinear(
      int row,
      int instrument,
      Contract contract,
      UnitSums unit,
      SlotSums slot,
      double amount,
      double contracts,
      double price) {
    double ownPrice = contract.inverse() ? unit.spot : price > 0 ? price : unit.spot;
    unit.linearAmount += amount;
    unit.linearExposure += unit.terms.inCoin ? amount * ownPrice / unit.spot : amount * ownPrice;
    addDelta(unit, slot, amount);
    double profit =
        Crossing.of(
            valuation.profitMinor(row, instrument),
            book.assets.at(book.instruments.settlementAsset(instrument)).scale());
    unit.linearProfit += profit * price(book.instruments.settlementAsset(instrument));
    Decimal funding = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    if (funding != null) {
      unit.fundingDue += contracts * Crossing.of(funding);
    }
    unit.portfolioConfidence =
        ExpiryMarket.least(
            unit.portfolioConfidence,
            book.factors.ofInstrument(FactorKind.MARK_CONFIDENCE, instrument));
  }

  private void addOption(
      Contract contract, OptionValues option, UnitSums unit, SlotSums slot, double amount) {
    slot.hasOptions = true;
    slot.grossOptions += Math.abs(amount);
    if (option.priced || amount < 0) {
      slot.add(option, amount);
      if (unit.terms.chargesDelta) {
        addDelta(unit, slot, amount * option.delta);
      }
    }
    int strike = contract.strikeSlot();
    if (strikeStamp[strike] != stamp) {
      strikeStamp[strike] = stamp;
      strikeNet[strike] = 0;
      unitOfStrike[strikeCount] = contract.unit();
      strikes[strikeCount++] = strike;
    }
    strikeNet[strike] += amount;
  }

  private static void addDelta(UnitSums unit, SlotSums slot, double delta) {
    slot.delta += delta;
    unit.netDelta += delta;
    unit.grossDelta += Math.abs(delta);
  }

  private void addOrders(int row, Contract contract, UnitSums unit) {
    if (book.positions.hasOrders(row)) {
      unit.orderAmount +=
          orders(row, contract, book.positions.buyUnits(row), book.positions.buyNotional(row));
      unit.orderAmount +=
          orders(row, contract, book.positions.sellUnits(row), book.positions.sellNotional(row));
    }
  }

  /// Whole units of the underlying in the open orders of one side; of an inverse future the coin
  /// they are worth at their own prices.
  private double orders(int row, Contract contract, long quantity, long notional) {
    if (quantity == 0) {
      return 0;
    }
    return contract.isInverseFuture()
        ? Math.abs(book.instruments.orderTicks(book.positions.instrument(row), notional))
            * contract.tickValue()
        : quantity * contract.contractsPerUnit() * contract.size();
  }

  private void addUncovered(int row, int instrument, Contract contract) {
    int asset = book.instruments.settlementAsset(instrument);
    otherProfitE6 =
        Math.addExact(
            otherProfitE6,
            book.assets.valueE6(asset, valuation.profitMinor(row, instrument), Rounding.FLOOR));
    long units =
        Math.addExact(
            Math.abs(book.positions.quantity(row)),
            Math.max(book.positions.buyUnits(row), book.positions.sellUnits(row)));
    long notional =
        valuation.notionalE6(instrument, units * book.instruments.worthTicks(instrument));
    OptionTerms option = book.instruments.at(instrument).terms().option();
    if (option != null) {
      double amount = units * contract.contractsPerUnit() * contract.size();
      int underlying =
          book.assets.find(book.instruments.at(instrument).terms().underlyingAssetId());
      double bound = Crossing.of(option.strike());
      if (underlying != IdIndex.ABSENT) {
        bound = Math.max(bound, price(underlying));
      }
      notional = Math.max(notional, Crossing.ceilingE6(amount * bound));
    }
    otherRequirementE6 = Math.addExact(otherRequirementE6, notional);
  }

  private void addBalances(int account) {
    balancesE6 = 0;
    initialBalancesE6 = 0;
    owes = false;
    int assets = book.assets.size();
    for (int asset = 0; asset < assets; asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance == 0) {
        continue;
      }
      owes |= balance < 0;
      UnitCollateral terms = collateralTerms[asset];
      if (terms != null && balance > 0) {
        addCollateral(units[unitOfCollateral[asset]], asset, balance, terms);
      } else {
        long maintenance = valuation.collateral().maintenanceE6(rulebook, asset, balance);
        balancesE6 = Math.addExact(balancesE6, maintenance);
        initialBalancesE6 =
            Math.addExact(
                initialBalancesE6,
                valuation.collateral().initialE6(rulebook, asset, balance, maintenance));
      }
    }
  }

  private void addCollateral(UnitSums unit, int asset, long balance, UnitCollateral terms) {
    if (book.assets.quotes().isLost(asset)) {
      return;
    }
    double amount = Crossing.of(balance, book.assets.at(asset).scale());
    double before = amount * (terms.base() ? unit.spot : price(asset));
    double value = before / unit.stable;
    unit.used = true;
    unit.collateralValue += value;
    if (book.assets.quotes().isDegraded(asset)) {
      unit.degradedCollateral += value;
    }
    if (terms.moves()) {
      unit.movingCollateral += value;
    }
    double charged = terms.base() ? before : value;
    unit.maintenanceHaircut += charged * Crossing.of(terms.maintenanceHaircut());
    unit.initialHaircut += charged * Crossing.of(terms.initialHaircut());
    if (terms.base()) {
      unit.baseAmount += amount;
    } else {
      Decimal own =
          ExpiryMarket.least(
              unit.spotConfidence, book.factors.ofAsset(FactorKind.SPOT_CONFIDENCE, asset));
      unit.confidenceCharge += UnitMargin.confidenceCharge(unit.terms.unit, own, value);
    }
  }
}
