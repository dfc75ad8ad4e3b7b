package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;

/// Scenario portfolio margin (`docs/RULES.md`, scenario portfolios; reference: Derive v2 PMRM and
/// PMRM_2, Deribit and Paradex portfolio margin).
///
/// Options of an account count in equity at their model value less their cost; what an option is
/// worth in each scenario is computed once per state of the market and shared by all accounts, and
/// each account's sums are made from scratch in the order of its rows. Doubles cross to millionths
/// once: equity down, requirements up.
public final class ScenarioPortfolioModel implements MarginModel {
  private final Book book;
  private final PortfolioSweep sweep;
  private final PortfolioBound bound;
  private final boolean offsetting;

  private double portfolioEquity;
  private double degraded;
  private double maintenance;
  private double initial;

  /// @param terms the rulebook with its symbols resolved
  public ScenarioPortfolioModel(
      Book book, RulebookTerms terms, Valuation valuation, ScenarioPortfolio parameters) {
    this.book = book;
    sweep = new PortfolioSweep(book, terms, valuation, parameters);
    bound = new PortfolioBound(book, terms, valuation, sweep);
    boolean all = true;
    for (UnitSums unit : sweep.units) {
      all &= unit.terms.unit.gains() != null;
    }
    offsetting = all && sweep.units.length > 1;
  }

  @Override
  public void assess(int account, Weighing result) {
    evaluate(account, false);
    double profit = 0;
    for (UnitSums unit : sweep.units) {
      profit += unit.equity() - unit.collateralValue;
    }
    boolean flat = !sweep.owes && book.positions.first(account) == Positions.NONE;
    result.set(
        equityE6(),
        initialEquityE6(),
        maintenanceE6(),
        initialE6(),
        Math.addExact(Crossing.floorE6(profit), sweep.otherProfitE6),
        flat);
  }

  @Override
  public Term explain(int account) {
    evaluate(account, true);
    return new PortfolioExplanation(book, sweep, this, account, offsetting).tree();
  }

  @Override
  public boolean valuesByModel() {
    return true;
  }

  @Override
  public long boundE6(int account, FactorBox box) {
    return bound.lowestE6(account, box);
  }

  /// @param all whether units in which the account holds nothing are computed as well
  private void evaluate(int account, boolean all) {
    sweep.run(account);
    for (UnitSums unit : sweep.units) {
      if (unit.used || all || offsetting) {
        UnitMargin.sweepScenarios(unit, sweep.slots);
        UnitMargin.chooseWorst(unit);
      }
    }
    if (offsetting) {
      chooseTogether();
    }
    portfolioEquity = 0;
    degraded = 0;
    maintenance = 0;
    initial = 0;
    for (UnitSums unit : sweep.units) {
      if (unit.used || all) {
        UnitMargin.require(unit, sweep.slots);
        portfolioEquity += unit.equity();
        degraded += unit.degradedCollateral;
        maintenance += unit.maintenance;
        initial += unit.initial;
      }
    }
    maintenance = Math.max(0, maintenance);
    initial = Math.max(0, initial);
  }

  /// One scenario for all units: the row in which they lose most together.
  private void chooseTogether() {
    double worst = 0;
    int scenario = UnitSums.NO_SCENARIO;
    int rows = sweep.units[0].pnl.length;
    for (int i = 0; i < rows; i++) {
      double profit = 0;
      for (UnitSums unit : sweep.units) {
        profit += unit.pnl[i] * unit.toNumeraire();
      }
      if (profit < worst) {
        worst = profit;
        scenario = i;
      }
    }
    for (UnitSums unit : sweep.units) {
      unit.worstScenario = scenario;
      unit.worst = scenario == UnitSums.NO_SCENARIO ? 0 : unit.pnl[scenario];
    }
  }

  long portfolioEquityE6() {
    return Crossing.floorE6(portfolioEquity);
  }

  long degradedE6() {
    return degraded == 0 ? 0 : Crossing.ceilingE6(degraded);
  }

  long unitsMaintenanceE6() {
    return Crossing.ceilingE6(maintenance);
  }

  long unitsInitialE6() {
    return Crossing.ceilingE6(initial);
  }

  private long equityE6() {
    return sum(sweep.balancesE6, portfolioEquityE6(), sweep.otherProfitE6);
  }

  private long initialEquityE6() {
    return Math.subtractExact(
        sum(sweep.initialBalancesE6, portfolioEquityE6(), sweep.otherProfitE6), degradedE6());
  }

  private long maintenanceE6() {
    return Math.addExact(unitsMaintenanceE6(), sweep.otherRequirementE6);
  }

  private long initialE6() {
    return Math.addExact(unitsInitialE6(), sweep.otherRequirementE6);
  }

  private static long sum(long one, long two, long three) {
    return Math.addExact(Math.addExact(one, two), three);
  }
}
