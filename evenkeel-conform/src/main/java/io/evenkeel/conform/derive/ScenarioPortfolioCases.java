package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseRunner;
import java.util.Map;

/// Families of Derive that scenario portfolio margin runs.
public final class ScenarioPortfolioCases {
  private ScenarioPortfolioCases() {}

  /// Adds them.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("derive/pmrm2", new Pmrm2Cases());
    runners.put("derive/pmrm1", new Pmrm1Cases());
    runners.put("derive/pmrm1-portfolio", new Pmrm1Cases());
  }
}
