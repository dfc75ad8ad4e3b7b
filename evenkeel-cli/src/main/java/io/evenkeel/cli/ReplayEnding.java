package io.evenkeel.cli;

import io.evenkeel.lab.replay.ReplayReport;
import java.io.PrintWriter;

/// How a replay's verb ends: the report on stdout, what is wrong on stderr, and the exit code.
final class ReplayEnding {
  private ReplayEnding() {}

  /// @return the exit code
  static int print(
      ReplayReport report,
      boolean json,
      PrintWriter out,
      PrintWriter err,
      Interruption interruption) {
    out.println(json ? ReplayJson.of(report) : ReplayText.of(report).stripTrailing());
    out.flush();
    warn(report, err);
    err.flush();
    if (interruption.isInterrupted()) {
      return Failures.INTERRUPTED;
    }
    return report.isSound() ? 0 : Failures.FAILED;
  }

  /// Says what must never be, if it is.
  static void warn(ReplayReport report, PrintWriter err) {
    String breach = report.conservationBreach();
    if (breach != null) {
      err.println("evenkeel: money was not conserved, " + breach + "; this is a defect, report it");
    }
    if (report.auditDifference() != null) {
      err.println(
          "evenkeel: engine and audit differ, "
              + report.auditDifference()
              + "; this is a defect, report it");
    }
    if (report.tally().alarms() + report.setUpTally().alarms() > 0) {
      err.println(
          "evenkeel: internal faults occurred, see the report; this is a defect, report it");
    }
  }
}
