package io.evenkeel.lab.population;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import java.util.ArrayList;
import java.util.List;

/// How setting up a population went.
///
/// @param commands how many commands were given
/// @param refused how many of them were refused
/// @param refusals the first refusals in words, at most [#MOST_REFUSALS_TOLD]
public record SetUpReport(long commands, long refused, List<String> refusals) {
  /// Most refusals that are kept in words.
  public static final int MOST_REFUSALS_TOLD = 20;

  private static final int MOST_CHARACTERS_TOLD = 240;

  /// Copies the list.
  public SetUpReport {
    refusals = List.copyOf(refusals);
  }

  /// Passes commands on and counts them.
  static final class Counter implements CommandSink {
    private final CommandSink sink;
    private final List<String> refusals = new ArrayList<>();
    private long commands;
    private long refused;
    private String origin = "";

    Counter(CommandSink sink) {
      this.sink = sink;
    }

    /// Where the next commands come from, e.g. a file and line, for the report; empty when nowhere
    /// in particular.
    void setOrigin(String place) {
      origin = place;
    }

    @Override
    public Outcome submit(long timeNs, Command command) {
      Outcome outcome = sink.submit(timeNs, command);
      commands++;
      if (!outcome.isAccepted()) {
        refused++;
        if (refusals.size() < MOST_REFUSALS_TOLD) {
          String said = command.toString();
          refusals.add(
              (origin.isEmpty() ? "" : origin + ": ")
                  + outcome.reason()
                  + " answered "
                  + said.substring(0, Math.min(said.length(), MOST_CHARACTERS_TOLD)));
        }
      }
      return outcome;
    }

    SetUpReport report() {
      return new SetUpReport(commands, refused, refusals);
    }
  }
}
