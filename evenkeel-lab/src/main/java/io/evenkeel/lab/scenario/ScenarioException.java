package io.evenkeel.lab.scenario;

/// A scenario file that cannot be used. The message names the file, the line where there is one,
/// what is wrong and what to do about it.
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param line number from 1; 0 when the whole file is at fault
  ScenarioException(String file, int line, String problem) {
    super(file + (line > 0 ? ":" + line : "") + ": " + problem);
  }
}
