package io.evenkeel.lab.population;

/// A population file that cannot be used. The message names the file, the line where there is one,
/// what is wrong and what to do about it.
public final class PopulationException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final int line;
  private final String remedy;

  /// @param line from 1; 0 when the whole file is at fault
  PopulationException(String file, int line, String problem, String remedy) {
    super(file + (line > 0 ? ":" + line : "") + ": " + problem + "; " + remedy);
    this.file = file;
    this.line = line;
    this.remedy = remedy;
  }

  /// The file as it was named by the caller.
  public String file() {
    return file;
  }

  /// Line number from 1; 0 when the whole file is at fault.
  public int line() {
    return line;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }
}
