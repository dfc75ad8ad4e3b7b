package io.evenkeel.conform;

import io.evenkeel.conform.ConformanceReport.Failure;
import io.evenkeel.conform.ConformanceReport.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Runs conformance files through the engine.
public final class ConformanceRun {
  private final Map<String, CaseRunner> families;
  private final NotRun notRun;

  /// Runs every family that is known, but for what the shipped list excludes.
  public ConformanceRun() {
    this(Families.all(), NotRun.shipped());
  }

  ConformanceRun(Map<String, CaseRunner> families, NotRun notRun) {
    this.families = families;
    this.notRun = notRun;
  }

  /// Runs files, and all files named `*.json` below folders, in order of name.
  ///
  /// @throws ConformanceException when a path is not there, holds no file, or a file is of no known
  ///   layout
  public ConformanceReport run(List<Path> paths) {
    List<Row> rows = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        rows.addAll(run(ConformanceFile.read(file)));
      }
    }
    return new ConformanceReport(rows);
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new ConformanceException(path + ": there is no such file or folder");
    }
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> found = walk.filter(each -> each.toString().endsWith(".json")).sorted().toList();
      if (found.isEmpty()) {
        throw new ConformanceException(path + ": holds no *.json file");
      }
      return found;
    } catch (IOException e) {
      throw new ConformanceException(path + ": cannot be listed: " + e.getMessage());
    }
  }

  private List<Row> run(ConformanceFile file) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (ConformanceFile.Entry entry : file.cases()) {
      Tally tally = tallies.computeIfAbsent(entry.key(), _ -> new Tally(entry.family()));
      String reason = notRun.reason(entry);
      if (reason != null) {
        tally.exclude(reason);
      } else {
        run(entry, tally);
      }
    }
    return tallies.values().stream().map(tally -> tally.toRow(file.path())).toList();
  }

  private void run(ConformanceFile.Entry entry, Tally tally) {
    Comparison comparison = new Comparison();
    CaseRunner runner = families.get(entry.key());
    if (runner == null) {
      tally.fail(new Failure(entry.id(), "family", "a known family", entry.key()));
      return;
    }
    JsonNode watched = ExpectedFields.within(entry.node());
    try {
      runner.run(watched, comparison);
    } catch (RuntimeException e) {
      // whatever an adapter stumbles over is a failure of that case, and the others go on
      tally.fail(new Failure(entry.id(), "error", "figures", described(e)));
      return;
    }
    for (String field : ExpectedFields.ignored(watched)) {
      comparison.same(field, "compared", "not a figure that this family has");
    }
    tally.add(entry.id(), comparison);
  }

  private static String described(RuntimeException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /// Adds up the cases of one family in one file.
  private static final class Tally {
    private final String family;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Integer> excluded = new LinkedHashMap<>();
    private int passed;
    private int failed;
    private BigDecimal largestRelativeError = BigDecimal.ZERO;
    private BigDecimal largestAbsoluteError = BigDecimal.ZERO;

    Tally(String family) {
      this.family = family;
    }

    void exclude(String reason) {
      excluded.merge(reason, 1, Integer::sum);
    }

    void fail(Failure failure) {
      failed++;
      failures.add(failure);
    }

    void add(String id, Comparison comparison) {
      largestRelativeError = largestRelativeError.max(comparison.largestRelativeError());
      largestAbsoluteError = largestAbsoluteError.max(comparison.largestAbsoluteError());
      if (comparison.compared() == 0) {
        fail(new Failure(id, "expected", "at least one figure", "none was compared"));
      } else if (comparison.differences().isEmpty()) {
        passed++;
      } else {
        failed++;
        for (Comparison.Difference it : comparison.differences()) {
          failures.add(new Failure(id, it.field(), it.expected(), it.actual()));
        }
      }
    }

    Row toRow(Path file) {
      return new Row(
          file,
          family,
          passed,
          failed,
          excluded,
          largestRelativeError,
          largestAbsoluteError,
          failures);
    }
  }
}
