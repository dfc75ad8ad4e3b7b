package io.evenkeel.rulebook;

/// One thing wrong with a file, and where.
///
/// @param kind what sort of mistake it is
/// @param file the name under which the file was given; empty when no file is concerned
/// @param line first line is 1; 0 when the problem is the file itself
/// @param column first column is 1, counted in characters; 0 when the problem is the file itself
/// @param path dotted key, e.g. `levels.cross.releaseFactor`; empty when no key is concerned
/// @param text what is wrong and what would be accepted, on one line
public record RulebookProblem(
    Kind kind, String file, int line, int column, String path, String text) {

  /// The sort of a mistake.
  public enum Kind {
    /// The file cannot be read, or is not YAML as this format wants it: encoding, indentation, a
    /// key twice, aliases, size.
    SYNTAX,
    /// A key is missing or unknown, or a value has the wrong type or unit. The published JSON
    /// Schema finds these too.
    SHAPE,
    /// A value out of range, or in conflict with another one.
    VALUE
  }

  /// `file:line:column: path: text`, the form that editors and terminals turn into a link.
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line + ":" + column : file;
    return (place.isEmpty() ? "" : place + ": ") + (path.isEmpty() ? "" : path + ": ") + text;
  }
}
