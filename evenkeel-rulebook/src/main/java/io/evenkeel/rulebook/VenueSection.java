package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `venue`: what holds for the whole venue.
final class VenueSection {
  private VenueSection() {}

  static @Nullable VenuePolicy read(YamlValue value, AssetScales scales) {
    YamlMapping venue = value.mapping();
    ExecutionOrder order = venue.at("executionOrder").choice(ExecutionOrder.values());
    Decimal priceCollar = venue.at("priceCollar").decimal();
    MarketDataGuard marks = guard(venue.at("marks").mapping());
    MarketDataGuard assets = guard(venue.at("assets").mapping());
    Map<TradingPhase, Set<CycleStep>> suspended = suspended(venue.at("suspended").mapping());
    YamlValue lendingList = venue.optional("lending");
    List<LendingTerms> lending =
        lendingList.isPresent() ? LendingSection.read(lendingList, scales) : List.of();
    MarketConduct conduct = conduct(venue.optional("conduct"));
    SlowInputs slowInputs = slowInputs(venue.optional("slowInputs"));
    return venue.build(() ->
        new VenuePolicy(
            order,
            priceCollar,
            requireNonNull(marks),
            requireNonNull(assets),
            suspended,
            lending,
            requireNonNull(conduct),
            requireNonNull(slowInputs)));
  }

  /// How figures of the venue are stated; none is when the section is not written.
  private static @Nullable SlowInputs slowInputs(YamlValue value) {
    if (!value.isPresent()) {
      return SlowInputs.NONE;
    }
    YamlMapping rules = value.mapping();
    long periodNs = rules.at("period").durationNs();
    Decimal step = rules.at("step").decimal();
    YamlValue written = rules.optional("volatility");
    Volatility volatility = written.isPresent() ? volatility(written.mapping()) : null;
    return rules.build(() -> new SlowInputs(periodNs, step, volatility));
  }

  private static @Nullable Volatility volatility(YamlMapping measure) {
    long intervalNs = measure.at("interval").durationNs();
    Decimal memory = measure.at("memory").decimal();
    Decimal lowest = measure.at("lowest").decimal();
    Decimal highest = measure.at("highest").decimal();
    Decimal rise = measure.at("rise").decimal();
    Decimal fall = measure.at("fall").decimal();
    return measure.build(() -> new Volatility(intervalNs, memory, lowest, highest, rise, fall));
  }

  /// What a venue does otherwise; the usual when the section is not written.
  private static @Nullable MarketConduct conduct(YamlValue value) {
    if (!value.isPresent()) {
      return MarketConduct.USUAL;
    }
    YamlMapping mapping = value.mapping();
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(mapping, "");
    return mapping.build(() -> {
      ParameterReader reader = ParameterReader.of("venue.conduct", fields);
      MarketConduct conduct = MarketConduct.read(reader);
      reader.refuseUnknown();
      return conduct;
    });
  }

  private static @Nullable MarketDataGuard guard(YamlMapping guard) {
    long maximumAgeNs = guard.at("maximumAge").durationNs();
    Decimal maximumDeviation = guard.at("maximumDeviation").decimal();
    Decimal maximumUncertainty = guard.at("maximumUncertainty").decimal();
    long toleranceNs = guard.at("tolerance").durationNs();
    return guard.build(
        () -> new MarketDataGuard(maximumAgeNs, maximumDeviation, maximumUncertainty, toleranceNs));
  }

  private static Map<TradingPhase, Set<CycleStep>> suspended(YamlMapping phases) {
    EnumMap<TradingPhase, Set<CycleStep>> suspended = new EnumMap<>(TradingPhase.class);
    for (TradingPhase phase : TradingPhase.values()) {
      suspended.put(phase, CycleSection.steps(phases.at(YamlValue.camelCase(phase))));
    }
    Map<TradingPhase, Set<CycleStep>> complete = phases.build(() -> suspended);
    return complete != null ? complete : Map.of();
  }
}
