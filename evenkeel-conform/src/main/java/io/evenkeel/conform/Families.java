package io.evenkeel.conform;

import io.evenkeel.conform.deribit.RiskMatrixCase;
import io.evenkeel.conform.derive.FundingCases;
import io.evenkeel.conform.derive.SrmCases;
import io.evenkeel.conform.derive.ScenarioPortfolioCases;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every family of cases and what runs it. Keys are `peer/family`, as [ConformanceFile] names them.
final class Families {
  private Families() {}

  static Map<String, CaseRunner> all() {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    SrmCases.register(runners);
    FundingCases.register(runners);
    ScenarioPortfolioCases.register(runners);
    RiskMatrixCase.register(runners);
    return runners;
  }
}
