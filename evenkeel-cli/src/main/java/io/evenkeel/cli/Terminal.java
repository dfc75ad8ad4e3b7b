package io.evenkeel.cli;

/// What is known of the terminal, if there is one. The launcher tests stdout and stderr and says
/// so, because the JVM cannot tell about one of them alone; without the launcher there is no
/// terminal.
final class Terminal {
  private Terminal() {}

  /// Whether somebody sees what is written to stdout.
  static boolean isOutput() {
    return Boolean.getBoolean("evenkeel.terminal.out");
  }

  /// Whether somebody sees what is written to stderr.
  static boolean isError() {
    return Boolean.getBoolean("evenkeel.terminal.err");
  }

  /// Whether stdout can carry block characters.
  static boolean hasBlocks() {
    return System.out.charset().newEncoder().canEncode('█');
  }
}
