package io.evenkeel.conform;

import io.evenkeel.conform.aave.AaveAccounts;
import io.evenkeel.conform.aave.AaveInterest;
import io.evenkeel.conform.deribit.RiskMatrixCase;
import io.evenkeel.conform.derive.AuctionCases;
import io.evenkeel.conform.derive.DeriveCash;
import io.evenkeel.conform.derive.FundingCases;
import io.evenkeel.conform.derive.ScenarioPortfolioCases;
import io.evenkeel.conform.derive.SrmCases;
import io.evenkeel.conform.drift.DriftCases;
import io.evenkeel.conform.dydx.DydxClosingCases;
import io.evenkeel.conform.dydx.DydxMarginCases;
import io.evenkeel.conform.dydx.DydxSliceCases;
import io.evenkeel.conform.mango.MangoCases;
import io.evenkeel.conform.synthetix.SynthetixCases;
import io.evenkeel.conform.synthetix.WindowCases;
import io.evenkeel.conform.vega.VegaFlows;
import io.evenkeel.conform.vega.VegaLevels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every family of cases and what runs it. Keys are `peer/family`, as [ConformanceFile] names them.
final class Families {
  private Families() {}

  static Map<String, CaseRunner> all() {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    SrmCases.register(runners);
    FundingCases.register(runners);
    AuctionCases.register(runners);
    DydxMarginCases.register(runners);
    DydxClosingCases.register(runners);
    DydxSliceCases.register(runners);
    SynthetixCases.register(runners);
    WindowCases.register(runners);
    VegaLevels.register(runners);
    VegaFlows.register(runners);
    runners.put("evenkeel/" + PortfolioCases.FAMILY, new PortfolioCases());
    ScenarioPortfolioCases.register(runners);
    DriftCases.register(runners);
    MangoCases.register(runners);
    AaveAccounts.register(runners);
    AaveInterest.register(runners);
    DeriveCash.register(runners);
    RiskMatrixCase.register(runners);
    return runners;
  }
}
