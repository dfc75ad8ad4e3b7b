package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.lab.compare.Comparison;
import io.evenkeel.lab.compare.ComparisonReport;
import io.evenkeel.lab.compare.DesignReport;
import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Runs a comparison for `replay --compare`, and says how it ended.
///
/// @param comparison what to run
/// @param json whether the report is printed as JSON
/// @param html where the page goes; null = none
/// @param quiet whether there are no notes and no progress
record CompareRun(Comparison comparison, boolean json, @Nullable Path html, boolean quiet) {
  private static final int PATIENCE_SECONDS = 20;

  /// @return the exit code
  int run(PrintWriter out, PrintWriter err) {
    try (Interruption interruption = new Interruption(comparison::stop, PATIENCE_SECONDS)) {
      ComparisonReport report = comparison.run(plan -> watcher(err, plan));
      if (!quiet && Terminal.isError()) {
        err.print("\r\u001b[2K");
        err.flush();
      }
      if (report.designs().isEmpty()) {
        return Failures.INTERRUPTED;
      }
      notes(report, err);
      out.println(json ? CompareJson.of(report) : CompareText.of(report).stripTrailing());
      out.flush();
      if (html != null) {
        write(html, CompareHtml.of(report));
      }
      err.flush();
      if (interruption.isInterrupted()) {
        return Failures.INTERRUPTED;
      }
      return report.isSound() ? 0 : Failures.FAILED;
    }
  }

  private ReplayObserver watcher(PrintWriter err, ReplayPlan plan) {
    return !quiet && Terminal.isError() ? new ProgressLine(err, plan) : ReplayObserver.NOBODY;
  }

  private void notes(ComparisonReport report, PrintWriter err) {
    for (DesignReport design : report.designs()) {
      ReplayReport replay = design.replay();
      GuardAllowance guard = replay.guardAllowance();
      if (guard != null && !quiet) {
        err.println("evenkeel: note: " + design.name() + ": " + ReplayText.guardNote(guard));
      }
      ReplayEnding.warn(replay, err);
      if (design.recoveries().unlike() > 0) {
        err.println(
            "evenkeel: %s: %d accounts held on to were weighed unlike the real ones; this is a defect, report it"
                .formatted(design.name(), design.recoveries().unlike()));
      }
    }
  }

  private static void write(Path file, String page) {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new Failure(
          file
              + ": cannot be written ("
              + e.getClass().getSimpleName()
              + "); name a file in a folder that exists and that you may write to");
    }
  }
}
