package io.evenkeel.conform;

import tools.jackson.databind.JsonNode;

/// Runs the cases of one family: translates a case into the words of the engine, lets the engine
/// compute, and hands expected and actual figures to the comparison. It must not compute a figure
/// itself.
@FunctionalInterface
public interface CaseRunner {
  /// Runs one case.
  ///
  /// @param conformanceCase the whole case as it is in the file
  /// @param comparison receives every figure that the case expects
  /// @throws UnsupportedCase when the case asks for something the engine cannot represent
  void run(JsonNode conformanceCase, Comparison comparison);
}
