package io.evenkeel.lab.tape;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Where the five columns of interest are in a candle file: open time, open, high, low, close.
final class CandleColumns {
  private static final List<List<String>> ALIASES =
      List.of(
          List.of("open_time_ms", "open_time", "open_time_utc", "timestamp", "time"),
          List.of("open"),
          List.of("high"),
          List.of("low"),
          List.of("close"));

  private final Path file;
  private final boolean fromHeader;
  private final String[] names = new String[ALIASES.size()];
  private final int[] positions = new int[ALIASES.size()];
  private final String[] fields = new String[ALIASES.size()];

  private CandleColumns(Path file, boolean fromHeader) {
    this.file = file;
    this.fromHeader = fromHeader;
  }

  /// Judges by the first line: a header does not begin with a digit.
  static CandleColumns of(Path file, int line, String firstRow) {
    char first = firstRow.strip().replace("\"", "").concat(" ").charAt(0);
    boolean fromHeader = first < '0' || first > '9';
    CandleColumns columns = new CandleColumns(file, fromHeader);
    String[] header = firstRow.split(",", -1);
    for (int column = 0; column < ALIASES.size(); column++) {
      columns.names[column] = ALIASES.get(column).get(0);
      columns.positions[column] = column;
      if (fromHeader) {
        columns.find(column, line, header);
      }
    }
    return columns;
  }

  boolean fromHeader() {
    return fromHeader;
  }

  /// The name of a column as the file has it, for messages.
  String name(int column) {
    return names[column];
  }

  /// The five fields of a row, stripped of blanks and quotes. The array is reused by the next call.
  String[] fields(int line, String row) {
    String[] all = row.split(",", -1);
    for (int column = 0; column < positions.length; column++) {
      if (positions[column] >= all.length) {
        throw TapeException.ofField(
            file,
            line,
            names[column],
            "is missing: the row has "
                + (all.length == 1 ? "1 column" : all.length + " columns")
                + ", this is number "
                + (positions[column] + 1),
            "complete the row or remove it");
      }
      fields[column] = plain(all[positions[column]]);
    }
    return fields;
  }

  private void find(int column, int line, String[] header) {
    for (String alias : ALIASES.get(column)) {
      for (int position = 0; position < header.length; position++) {
        if (plain(header[position]).toLowerCase(Locale.ROOT).equals(alias)) {
          names[column] = alias;
          positions[column] = position;
          return;
        }
      }
    }
    throw TapeException.ofField(
        file,
        line,
        names[column],
        "the header does not name it (found: " + String.join(",", header).strip() + ")",
        "name the columns, separated by commas: open_time, open, high, low, close");
  }

  private static String plain(String field) {
    String stripped = field.strip();
    boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
    return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
  }
}
