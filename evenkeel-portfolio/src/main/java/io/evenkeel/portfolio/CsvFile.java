package io.evenkeel.portfolio;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.rulebook.RulebookException;
import io.evenkeel.rulebook.RulebookProblem;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table in a CSV file (RFC 4180, UTF-8): the first line names the columns, in any order; empty
/// lines and lines that begin with `#` are passed over; a cell may be quoted. All rows are judged
/// before the file is refused, so that its author sees everything at once.
final class CsvFile {
  private final String file;
  private final List<String> known;
  private final List<RulebookProblem> problems = new ArrayList<>();

  private CsvFile(String file, List<String> known) {
    this.file = file;
    this.known = known;
  }

  /// Reads a file.
  ///
  /// @param required columns that must be there
  /// @param optional columns that may be there
  /// @param reading makes something of a row; what it refuses is told with line and column
  /// @throws RulebookException naming every place that cannot be accepted
  static <T> List<T> read(
      Path path, List<String> required, List<String> optional, Function<BookRow, T> reading) {
    return parse(path.toString(), text(path), required, optional, reading);
  }

  /// Reads text that did not come from a file; `name` stands for it in messages.
  static <T> List<T> parse(
      String name,
      String text,
      List<String> required,
      List<String> optional,
      Function<BookRow, T> reading) {
    List<String> known = new ArrayList<>(required);
    known.addAll(optional);
    CsvFile csv = new CsvFile(name, known);
    CsvCells cells = new CsvCells(text);
    List<T> rows = new ArrayList<>();
    try {
      Map<String, Integer> columns = csv.header(cells.nextLine(), required);
      for (List<CsvCells.Cell> line = cells.nextLine(); line != null; line = cells.nextLine()) {
        csv.add(rows, line, columns, reading);
      }
    } catch (CsvCells.Broken e) {
      csv.problem(Kind.SYNTAX, e.line(), e.column(), "", String.valueOf(e.getMessage()));
    }
    if (!csv.problems.isEmpty()) {
      throw new RulebookException(csv.problems);
    }
    return rows;
  }

  private static String text(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw whole(path, "no such file; check the path");
    } catch (CharacterCodingException e) {
      throw whole(path, "is not UTF-8; save the file as UTF-8");
    } catch (IOException e) {
      throw whole(path, "cannot be read (" + e + "); check that it is a file and its permissions");
    }
  }

  private static RulebookException whole(Path path, String text) {
    return new RulebookException(
        List.of(new RulebookProblem(Kind.SYNTAX, path.toString(), 0, 0, "", text)));
  }

  private void problem(Kind kind, int line, int column, String path, String text) {
    problems.add(new RulebookProblem(kind, file, line, column, path, text));
  }

  private Map<String, Integer> header(@Nullable List<CsvCells.Cell> header, List<String> required) {
    Map<String, Integer> columns = new HashMap<>();
    if (header == null) {
      problem(
          Kind.SHAPE, 1, 1, "", "is empty; its first line must name " + String.join(",", required));
      throw new RulebookException(problems);
    }
    for (int i = 0; i < header.size(); i++) {
      CsvCells.Cell cell = header.get(i);
      if (!known.contains(cell.text())) {
        problem(
            Kind.SHAPE,
            cell.line(),
            cell.column(),
            cell.text(),
            "is an unknown column; known here are " + String.join(", ", known));
      } else if (columns.put(cell.text(), i) != null) {
        problem(
            Kind.SHAPE, cell.line(), cell.column(), cell.text(), "is a column twice; remove one");
      }
    }
    for (String column : required) {
      if (!columns.containsKey(column)) {
        problem(Kind.SHAPE, header.getFirst().line(), 1, column, "is missing; add the column");
      }
    }
    if (!problems.isEmpty()) {
      throw new RulebookException(problems);
    }
    return columns;
  }

  private <T> void add(
      List<T> rows,
      List<CsvCells.Cell> line,
      Map<String, Integer> columns,
      Function<BookRow, T> reading) {
    if (line.size() != columns.size()) {
      problem(
          Kind.SHAPE,
          line.getFirst().line(),
          line.getFirst().column(),
          "",
          "has %d cells where the first line has %d; check its commas and quotes"
              .formatted(line.size(), columns.size()));
      return;
    }
    Row row = new Row(file, line, columns);
    try {
      rows.add(reading.apply(row));
    } catch (InvalidParameter e) {
      int at = columns.getOrDefault(e.parameter(), 0);
      CsvCells.Cell cell = line.get(at);
      String found = cell.text().isEmpty() ? "" : " (found " + cell.text() + ")";
      problem(Kind.VALUE, cell.line(), cell.column(), e.parameter(), e.remedy() + found);
    }
  }

  private static final class Row extends BookRow {
    private final String file;
    private final List<CsvCells.Cell> cells;
    private final Map<String, Integer> columns;

    Row(String file, List<CsvCells.Cell> cells, Map<String, Integer> columns) {
      this.file = file;
      this.cells = cells;
      this.columns = columns;
    }

    @Override
    @Nullable String cell(String column) {
      Integer at = columns.get(column);
      String text = at == null ? "" : cells.get(at).text();
      return text.isEmpty() ? null : text;
    }

    @Override
    String where() {
      return file + ":" + cells.getFirst().line();
    }

    @Override
    InvalidParameter refusal(String column, String remedy) {
      return new InvalidParameter(column, remedy);
    }
  }
}
