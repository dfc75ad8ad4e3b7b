package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Every margin model whose parameters are carried as a tree, by the word a rulebook uses for it.
public final class MarginModelTypes {
  private static final Map<String, Function<ParameterReader, ModelParameters>> READERS =
      new LinkedHashMap<>();

  static {
    READERS.put(FactorRates.TYPE, FactorRates::read);
    READERS.put(OpenInterestRates.TYPE, OpenInterestRates::read);
    READERS.put(StandardOptions.TYPE, StandardOptions::read);
    READERS.put(ScenarioPortfolio.TYPE, ScenarioPortfolio::read);
    READERS.put(SizedRatios.TYPE, SizedRatios::read);
    READERS.put(HealthWeights.TYPE, HealthWeights::read);
    READERS.put(CollateralisedDebt.TYPE, CollateralisedDebt::read);
    READERS.put(SizeScaledRates.TYPE, SizeScaledRates::read);
  }

  private MarginModelTypes() {}

  /// The words for `requirement.type`.
  public static List<String> names() {
    return List.copyOf(READERS.keySet());
  }

  /// Reads the parameters of a model.
  ///
  /// @param fields everything below `requirement` but the type
  /// @throws InvalidParameter naming the path from `requirement` on, when anything is missing,
  ///   unknown, of the wrong shape or out of range
  public static ModelParameters read(String type, ParameterNode.Fields fields) {
    Function<ParameterReader, ModelParameters> reading = READERS.get(type);
    if (reading == null) {
      throw new InvalidParameter(
          "requirement.type", "must be one of " + String.join(", ", READERS.keySet()));
    }
    ParameterReader reader = ParameterReader.of("requirement", fields);
    ModelParameters parameters = reading.apply(reader);
    reader.refuseUnknown();
    return parameters;
  }
}
