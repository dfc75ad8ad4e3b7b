package io.evenkeel.rulebook;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// Where something stands in a file; both numbers start at 1. Line 0 stands for the file as a
/// whole.
record Place(int line, int column) implements Comparable<Place> {
  static final Place WHOLE_FILE = new Place(0, 0);

  static Place of(Node node) {
    return of(node.getStartMark());
  }

  static Place of(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(WHOLE_FILE);
  }

  /// The place of one character.
  ///
  /// @param end the number of characters before it
  static Place in(CharSequence text, int end) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(end, text.length()); i++) {
      boolean newLine = text.charAt(i) == '\n';
      line += newLine ? 1 : 0;
      column = newLine ? 1 : column + 1;
    }
    return new Place(line, column);
  }

  @Override
  public int compareTo(Place other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }
}
