package io.evenkeel.rulebook;

import java.util.List;

/// A rulebook (or a file it names) that cannot be accepted. The message has one line per problem,
/// in the order of the file. This is the only exception that reading throws, whatever the file
/// holds.
public final class RulebookException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// More problems than this are counted, not printed: they are usually one mistake.
  static final int MAXIMUM_LINES = 40;

  private final transient List<RulebookProblem> problems;

  /// @param problems at least one
  public RulebookException(List<RulebookProblem> problems) {
    super(describe(problems));
    this.problems = List.copyOf(problems);
  }

  /// A single problem with a file as a whole.
  static RulebookException ofFile(String file, String text) {
    return new RulebookException(
        List.of(new RulebookProblem(RulebookProblem.Kind.SYNTAX, file, 0, 0, "", text)));
  }

  /// All problems found, in the order of the file.
  public List<RulebookProblem> problems() {
    return problems;
  }

  private static String describe(List<RulebookProblem> problems) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < Math.min(problems.size(), MAXIMUM_LINES); i++) {
      message.append(i == 0 ? "" : "\n").append(problems.get(i));
    }
    if (problems.size() > MAXIMUM_LINES) {
      message.append("\n... and ").append(problems.size() - MAXIMUM_LINES).append(" more problems");
    }
    return message.toString();
  }
}
