package io.evenkeel.portfolio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts CSV text into lines of cells, each with its place.
final class CsvCells {
  private static final char QUOTE = '"';

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  /// A cell without its quotes, and without blanks around it where it has none.
  ///
  /// @param line from 1
  /// @param column of its first character, from 1
  record Cell(String text, int line, int column) {}

  /// Text that cannot be cut into cells.
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    Broken(String message, int line, int column) {
      super(message);
      this.line = line;
      this.column = column;
    }

    int line() {
      return line;
    }

    int column() {
      return column;
    }
  }

  CsvCells(String text) {
    this.text = text;
  }

  /// The cells of the next line that holds any; null at the end.
  ///
  /// @throws Broken when a quote never closes, or something follows one that did
  @Nullable List<Cell> nextLine() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        skipLine();
        continue;
      }
      List<Cell> cells = cells();
      if (cells.size() > 1 || !cells.getFirst().text().isEmpty()) {
        return cells;
      }
    }
    return null;
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
    line++;
    lineStart = at;
  }

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    while (true) {
      cells.add(cell());
      if (at >= text.length()) {
        return cells;
      }
      char next = text.charAt(at++);
      if (next == '\n') {
        line++;
        lineStart = at;
        return cells;
      }
    }
  }

  private Cell cell() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    int startLine = line;
    int column = at - lineStart + 1;
    if (at < text.length() && text.charAt(at) == QUOTE) {
      return new Cell(quoted(startLine, column), startLine, column);
    }
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    return new Cell(text.substring(start, at).strip(), startLine, column);
  }

  private String quoted(int startLine, int startColumn) {
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw new Broken("a quote opens here and never closes; close it", startLine, startColumn);
      }
      char next = text.charAt(at++);
      if (next != QUOTE) {
        cell.append(next);
        if (next == '\n') {
          line++;
          lineStart = at;
        }
      } else if (at < text.length() && text.charAt(at) == QUOTE) {
        cell.append(QUOTE);
        at++;
      } else {
        break;
      }
    }
    while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      throw new Broken(
          "something follows a closing quote; put the whole cell in quotes and double those inside",
          line,
          at - lineStart + 1);
    }
    return cell.toString();
  }
}
