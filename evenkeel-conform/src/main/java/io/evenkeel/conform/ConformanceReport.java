package io.evenkeel.conform;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What agreed and what did not, by file and family.
///
/// @param rows in the order in which files were given and families appear in them
public record ConformanceReport(List<Row> rows) {
  /// Copies the list.
  public ConformanceReport {
    rows = List.copyOf(rows);
  }

  /// One family in one file.
  ///
  /// @param passed cases of which every figure agreed
  /// @param failed cases with a figure that did not, or that could not be run
  /// @param excluded cases that are not run, by reason
  /// @param largestRelativeError among the figures compared, of expected figures of at least a
  ///   millionth
  /// @param largestAbsoluteError among the figures compared
  /// @param failures every figure that did not agree
  public record Row(
      Path file,
      String family,
      int passed,
      int failed,
      Map<String, Integer> excluded,
      BigDecimal largestRelativeError,
      BigDecimal largestAbsoluteError,
      List<Failure> failures) {
    /// Copies the collections.
    public Row {
      excluded = Collections.unmodifiableMap(new LinkedHashMap<>(excluded));
      failures = List.copyOf(failures);
    }

    /// Cases that are not run.
    public int unsupported() {
      return excluded.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// All cases.
    public int cases() {
      return passed + failed + unsupported();
    }
  }

  /// A figure that did not agree.
  ///
  /// @param id of the case
  /// @param field path of the figure in the case's expectations; `error` when the case could not be
  ///   run
  /// @param expected as the file states it
  /// @param actual as the engine computed it
  public record Failure(String id, String field, String expected, String actual) {}

  /// All cases.
  public int cases() {
    return rows.stream().mapToInt(Row::cases).sum();
  }

  /// Cases that agreed.
  public int passed() {
    return rows.stream().mapToInt(Row::passed).sum();
  }

  /// Cases that did not.
  public int failed() {
    return rows.stream().mapToInt(Row::failed).sum();
  }

  /// Cases that are not run.
  public int unsupported() {
    return rows.stream().mapToInt(Row::unsupported).sum();
  }
}
