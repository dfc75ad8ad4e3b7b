package io.evenkeel.conform;

import java.util.LinkedHashMap;
import java.util.Map;

/// Every family of cases and what runs it. Keys are `peer/family`, as [ConformanceFile] names them.
final class Families {
  private Families() {}

  static Map<String, CaseRunner> all() {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    return runners;
  }
}
