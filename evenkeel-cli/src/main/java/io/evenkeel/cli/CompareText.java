package io.evenkeel.cli;

import io.evenkeel.lab.compare.ComparisonReport;
import io.evenkeel.lab.compare.DesignReport;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.wire.words.Wording;
import java.util.List;
import java.util.Locale;

/// A comparison for a terminal: a table with one column per design.
final class CompareText {
  private static final int NAME_WIDTH = 38;
  private static final int LEAST_CELL_WIDTH = 18;

  private CompareText() {}

  /// The table, several lines with a line break at the end.
  static String of(ComparisonReport report) {
    StringBuilder text = new StringBuilder();
    for (String line : heading(report)) {
      text.append(line).append('\n');
    }
    int width = LEAST_CELL_WIDTH;
    List<String> names = report.designs().stream().map(DesignReport::name).toList();
    for (String name : names) {
      width = Math.max(width, name.length() + 2);
    }
    text.append('\n');
    row(text, "", names, width);
    for (CompareTable.Section section : CompareTable.of(report).sections()) {
      text.append(section.title()).append('\n');
      for (CompareTable.Row row : section.rows()) {
        row(text, "  " + row.name(), row.cells(), width);
      }
    }
    return text.toString();
  }

  /// What was compared, in a few lines.
  static List<String> heading(ComparisonReport report) {
    ReplayReport first = report.designs().getFirst().replay();
    ImpactTerms impact = report.impact();
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d designs, %s to %s UTC%s",
            report.designs().size(),
            Wording.time(first.startTimeNs()),
            Wording.time(first.endTimeNs()),
            report.isStopped() ? "; stopped before the end" : ""),
        String.format(
            Locale.ROOT,
            "%,d accounts sized by %s, seed %d; %,d contracts, %,d ticks",
            first.accounts(),
            report.sizedBy(),
            first.seed(),
            first.symbols().size(),
            first.ticks()),
        impact.isNone()
            ? "closing moves no marks (--impact none)"
            : String.format(
                Locale.ROOT,
                "closing moves marks: %s, 1 %% for %s %% of the open interest, %s",
                impact.shape().name().toLowerCase(Locale.ROOT),
                SvgPlot.number(100 * impact.depthShare()),
                impact.halfLifeNs() == 0
                    ? "for good"
                    : "half of it forgotten in " + Wording.duration(impact.halfLifeNs())));
  }

  private static void row(StringBuilder text, String name, List<String> cells, int width) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", name));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%" + width + "s", cell));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
