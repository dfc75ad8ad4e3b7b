package io.evenkeel.cli;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import java.io.PrintWriter;

/// Describes the population once it is set up: what was stated and what came out.
final class Description implements ReplayObserver {
  private final PrintWriter out;

  Description(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    out.println(replay.population().describe().stripTrailing());
    out.printf("set-up: %,d commands, %,d refused%n%n", report.commands(), report.refused());
    out.flush();
  }
}
