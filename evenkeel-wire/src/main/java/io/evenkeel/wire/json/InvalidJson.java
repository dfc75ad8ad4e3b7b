package io.evenkeel.wire.json;

/// A JSON document that says nothing the engine could be asked, with the field and the reason.
public final class InvalidJson extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;
  private final String reason;

  /// @param field JSON pointer of the field, e.g. `/commands/3/amount`; empty for the whole
  /// @param reason what is wrong with it and what would be right
  public InvalidJson(String field, String reason) {
    super(field.isEmpty() ? reason : field + ": " + reason);
    this.field = field;
    this.reason = reason;
  }

  /// JSON pointer of the field.
  public String field() {
    return field;
  }

  /// What is wrong with it and what would be right.
  public String reason() {
    return reason;
  }

  /// The same, seen from a document that holds the other one at `parent`.
  public InvalidJson within(String parent) {
    return new InvalidJson(parent + field, reason);
  }
}
