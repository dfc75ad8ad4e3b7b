package io.evenkeel.model.command;

/// The answer to one command, kept per session so that a repeated number is answered the same.
///
/// @param reason [RefusalReason#NONE] when accepted
/// @param firstEventNumber number of its first event; 0 when there is none
/// @param eventCount how many events it caused; they are numbered without gaps
public record Outcome(RefusalReason reason, long firstEventNumber, int eventCount) {
  /// Accepted without any event; shared, so that a quiet tick allocates nothing.
  public static final Outcome QUIET = new Outcome(RefusalReason.NONE, 0, 0);

  /// True when the command was accepted.
  public boolean isAccepted() {
    return reason == RefusalReason.NONE;
  }
}
