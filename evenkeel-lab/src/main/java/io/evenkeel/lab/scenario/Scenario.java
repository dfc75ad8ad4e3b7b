package io.evenkeel.lab.scenario;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A sequence of commands that ended badly once.
///
/// @param file it was read from, for messages
/// @param title what happened
/// @param safeguard what is off in one run and on in the other
/// @param parties names of parties by identifier, in reading order
/// @param changes what a run puts in the place of some of the rulebook's values: YAML text by
///   dotted key, for each run
/// @param steps commands in order
public record Scenario(
    String file,
    String title,
    String safeguard,
    Map<Long, String> parties,
    Map<Run, Map<String, String>> changes,
    List<Step> steps) {
  /// One of the two runs.
  public enum Run {
    /// Without the safeguard.
    OFF,
    /// With it.
    ON;

    /// `off` or `on`.
    public String word() {
      return this == OFF ? "off" : "on";
    }
  }

  /// One command.
  ///
  /// @param line number from 1
  /// @param timeNs when it is given, nanoseconds since 1970-01-01T00:00Z
  /// @param only the one run that it belongs to; null = both
  /// @param mayBeRefused whether the scenario is about the engine refusing it
  /// @param command as `docs/API.md` describes it
  public record Step(
      int line, long timeNs, @Nullable Run only, boolean mayBeRefused, ObjectNode command) {}
}
