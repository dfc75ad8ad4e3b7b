package io.evenkeel.wire.journal;

/// What to do about a damaged journal, the same wherever it is noticed.
final class DamageRemedy {
  static final String TEXT =
      "restore the file from a copy, or let the node write the journal again from its log";

  private DamageRemedy() {}
}
