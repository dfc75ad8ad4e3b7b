package io.evenkeel.rulebook;

import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The problems found in one file so far. Reading goes on after a problem, so that all of them are
/// told at once.
final class Findings {
  private static final int MAXIMUM_TEXT = 300;
  private final String file;
  private final List<RulebookProblem> problems = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  int count() {
    return problems.size();
  }

  void add(Kind kind, Place place, String path, String text) {
    problems.add(
        new RulebookProblem(kind, file, place.line(), place.column(), clean(path), clean(text)));
  }

  /// Adds what was found in another file that this one names.
  void addAll(RulebookException other) {
    problems.addAll(other.problems());
  }

  /// @throws RulebookException when there is any, in the order of the file
  void throwIfAny() {
    if (!problems.isEmpty()) {
      List<RulebookProblem> ordered = new ArrayList<>(problems);
      ordered.sort(
          Comparator.comparing((RulebookProblem problem) -> !problem.file().equals(file))
              .thenComparing(problem -> new Place(problem.line(), problem.column())));
      throw new RulebookException(ordered);
    }
  }

  /// What came from the file may hold line breaks or terminal controls, or be very long.
  static String clean(String text) {
    String shortened =
        text.length() <= MAXIMUM_TEXT ? text : text.substring(0, MAXIMUM_TEXT) + "...";
    return shortened.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
  }
}
