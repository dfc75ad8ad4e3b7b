package io.evenkeel.bench.node;

/// A way into a log under measurement. One thread.
interface Lane extends AutoCloseable {
  /// Hears of answers.
  interface Done {
    /// @param stampNs what the command was sent with
    void onDone(long stampNs);
  }

  /// What it is, for the table.
  String name();

  /// Sends the next command.
  ///
  /// @return false when there is no room now
  boolean send(long stampNs, Done done);

  /// Takes answers, where nobody else does.
  void poll();

  /// Commands that were not accepted.
  long refused();

  @Override
  void close();
}
