package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CallPolicy.OnExpiry;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What sets the rebalancing cycle going and what its steps do: `triggers`, `topUp`, `release`,
/// `call`, `lossSources`.
final class CycleSection {
  private CycleSection() {}

  /// Every trigger must be written, if only with no steps: what is left out by mistake would
  /// otherwise run nothing.
  static Map<Trigger, TriggerPolicy> triggers(YamlValue value) {
    YamlMapping triggers = value.mapping();
    EnumMap<Trigger, TriggerPolicy> policies = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      YamlMapping entry = triggers.at(YamlValue.camelCase(trigger)).mapping();
      Set<CycleStep> steps = steps(entry.at("steps"));
      boolean secondPass = entry.at("secondPass").bool();
      TriggerPolicy policy = entry.build(() -> new TriggerPolicy(steps, secondPass));
      if (policy != null) {
        policies.put(trigger, policy);
      }
    }
    Map<Trigger, TriggerPolicy> complete = triggers.build(() -> policies);
    return complete != null ? complete : Map.of();
  }

  /// Steps of the cycle, each once and in the order in which they run, so that no file promises
  /// another order.
  static Set<CycleStep> steps(YamlValue value) {
    Map<CycleStep, YamlValue> steps = value.distinctChoices(CycleStep.values());
    CycleStep before = null;
    for (Map.Entry<CycleStep, YamlValue> entry : steps.entrySet()) {
      CycleStep step = entry.getKey();
      if (before != null && step.compareTo(before) < 0) {
        entry
            .getValue()
            .fail(
                Kind.VALUE,
                "must come before "
                    + YamlValue.camelCase(before)
                    + ": steps run in the order settle, release, topUp, call, close");
      }
      before = step;
    }
    return steps.keySet();
  }

  static @Nullable TopUpPolicy topUp(YamlValue value) {
    YamlMapping topUp = value.mapping();
    boolean siblingsAllowed = topUp.at("siblingsAllowed").bool();
    return topUp.build(() -> new TopUpPolicy(siblingsAllowed));
  }

  static @Nullable ReleasePolicy release(YamlValue value) {
    YamlMapping release = value.mapping();
    boolean automatic = release.at("automatic").bool();
    long minimumE6 = release.at("minimum").numeraireE6();
    long coolDownNs = release.at("coolDown").durationNs();
    Decimal profitAllowance = release.at("profitAllowance").decimal();
    return release.build(
        () -> new ReleasePolicy(automatic, minimumE6, coolDownNs, profitAllowance));
  }

  static @Nullable CallPolicy call(YamlValue value) {
    YamlMapping call = value.mapping();
    boolean enabled = call.at("enabled").bool();
    long deadlineNs = call.at("deadline").durationNs();
    long updateStepE6 = call.at("updateStep").numeraireE6();
    OnExpiry onExpiry = call.at("onExpiry").choice(OnExpiry.values());
    return call.build(() -> new CallPolicy(enabled, deadlineNs, updateStepE6, onExpiry));
  }

  static List<LossSource> lossSources(YamlValue value) {
    int problemsBefore = value.reading().findings().count();
    Map<LossSource, YamlValue> sources = value.distinctChoices(LossSource.values());
    boolean understood = value.reading().findings().count() == problemsBefore;
    if (understood && !sources.containsKey(LossSource.MARGIN)) {
      value.fail(Kind.VALUE, "must contain margin");
    }
    return List.copyOf(sources.keySet());
  }
}
