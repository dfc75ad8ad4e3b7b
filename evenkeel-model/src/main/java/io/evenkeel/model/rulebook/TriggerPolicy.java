package io.evenkeel.model.rulebook;

import java.util.Set;

/// What one trigger runs, always in the order of [CycleStep].
///
/// @param steps which steps of the cycle
/// @param secondPass whether release, top-up and call run once more after closing; a second pass
///   never closes
public record TriggerPolicy(Set<CycleStep> steps, boolean secondPass) {
  /// Runs nothing.
  public static final TriggerPolicy NOTHING = new TriggerPolicy(Set.of(), false);

  /// Copies the set.
  public TriggerPolicy {
    steps = Set.copyOf(steps);
  }

  /// True when the step is run.
  public boolean runs(CycleStep step) {
    return steps.contains(step);
  }
}
