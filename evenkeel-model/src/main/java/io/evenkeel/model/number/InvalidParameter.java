package io.evenkeel.model.number;

/// A parameter of a rulebook, asset or instrument that cannot be accepted. Thrown by constructors,
/// so that an invalid one never exists; loaders turn it into a message with file and line.
public final class InvalidParameter extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String parameter;
  private final String remedy;

  /// @param parameter dotted name, e.g. `levels.cross.search`
  /// @param remedy what would be accepted, in words
  public InvalidParameter(String parameter, String remedy) {
    super(parameter + ": " + remedy);
    this.parameter = parameter;
    this.remedy = remedy;
  }

  /// The dotted name of the offending parameter.
  public String parameter() {
    return parameter;
  }

  /// What would be accepted, in words.
  public String remedy() {
    return remedy;
  }
}
