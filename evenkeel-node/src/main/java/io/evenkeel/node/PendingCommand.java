package io.evenkeel.node;

import io.evenkeel.wire.Answer;
import org.agrona.DirectBuffer;

/// A command on its way through one connection.
final class PendingCommand {
  private static final System.Logger LOG = System.getLogger(PendingCommand.class.getName());

  private final long correlationId;
  private final byte[] submission;
  private final NodeConnection.Listener listener;

  /// @param correlationId rises with every command of the connection
  /// @param submission the encoded submission; not copied
  PendingCommand(long correlationId, byte[] submission, NodeConnection.Listener listener) {
    this.correlationId = correlationId;
    this.submission = submission;
    this.listener = listener;
  }

  long correlationId() {
    return correlationId;
  }

  int bytes() {
    return submission.length;
  }

  /// Lets a buffer show the submission.
  void showIn(DirectBuffer buffer) {
    buffer.wrap(submission);
  }

  void answer(Answer answer) {
    try {
      listener.onAnswer(answer);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a listener failed on an answer", e);
    }
  }

  void uncertain(String reason) {
    try {
      listener.onUncertain(reason);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a listener failed on uncertainty", e);
    }
  }
}
