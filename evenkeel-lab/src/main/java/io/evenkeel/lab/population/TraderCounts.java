package io.evenkeel.lab.population;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What the traders asked for so far.
///
/// @param submitted how many commands
/// @param refused how many of them were refused
/// @param refusals how many were refused for which reason
public record TraderCounts(long submitted, long refused, Map<RefusalReason, Long> refusals) {
  /// Copies the map.
  public TraderCounts {
    EnumMap<RefusalReason, Long> ordered = new EnumMap<>(RefusalReason.class);
    ordered.putAll(refusals);
    refusals = Collections.unmodifiableMap(ordered);
  }

  /// Passes commands on and counts them.
  static final class Counter implements CommandSink {
    private final CommandSink sink;
    private final EnumMap<RefusalReason, Long> refusals = new EnumMap<>(RefusalReason.class);
    private long submitted;
    private long refused;

    Counter(CommandSink sink) {
      this.sink = sink;
    }

    @Override
    public Outcome submit(long timeNs, Command command) {
      Outcome outcome = sink.submit(timeNs, command);
      submitted++;
      if (!outcome.isAccepted()) {
        refused++;
        refusals.merge(outcome.reason(), 1L, Long::sum);
      }
      return outcome;
    }

    TraderCounts counts() {
      return new TraderCounts(submitted, refused, refusals);
    }
  }
}
