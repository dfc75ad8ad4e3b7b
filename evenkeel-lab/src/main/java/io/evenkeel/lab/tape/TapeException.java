package io.evenkeel.lab.tape;

import java.nio.file.Path;

/// A candle file that cannot be used. The message names the file, the line and column where there
/// are such, what is wrong and what to do about it.
public final class TapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final int line;
  private final String column;
  private final String remedy;

  private TapeException(String file, int line, String column, String problem, String remedy) {
    super(
        file
            + (line > 0 ? ":" + line : "")
            + ": "
            + (column.isEmpty() ? "" : "column " + column + ": ")
            + problem
            + "; "
            + remedy);
    this.file = file;
    this.line = line;
    this.column = column;
    this.remedy = remedy;
  }

  /// A fault of a whole file.
  static TapeException ofFile(Path file, String problem, String remedy) {
    return new TapeException(file.toString(), 0, "", problem, remedy);
  }

  /// A fault of one line.
  static TapeException ofLine(Path file, int line, String problem, String remedy) {
    return new TapeException(file.toString(), line, "", problem, remedy);
  }

  /// A fault of one field.
  static TapeException ofField(Path file, int line, String column, String problem, String remedy) {
    return new TapeException(file.toString(), line, column, problem, remedy);
  }

  /// The file as it was named by the caller.
  public String file() {
    return file;
  }

  /// Line number from 1; 0 when the whole file is at fault.
  public int line() {
    return line;
  }

  /// Name of the column; empty when no single column is at fault.
  public String column() {
    return column;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }
}
