package io.evenkeel.conform;

import io.evenkeel.conform.derive.FundingCases;
import io.evenkeel.conform.derive.SrmCases;
import io.evenkeel.conform.dydx.DydxAccounts;
import io.evenkeel.conform.dydx.DydxFunctions;
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
    DydxFunctions.register(runners);
    DydxAccounts.register(runners);
    VegaLevels.register(runners);
    runners.put("evenkeel/" + PortfolioCases.FAMILY, new PortfolioCases());
    return runners;
  }
}
