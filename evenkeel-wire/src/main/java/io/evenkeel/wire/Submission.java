package io.evenkeel.wire;

import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.SubmissionDecoder;
import io.evenkeel.wire.sbe.SubmissionEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/// What a client sends into the log: who asks, under which number, and the command after it.
/// Reading one is by fields, so that the node need not decode what it only passes on.
///
/// @param correlationId comes back in the [Answer]; means nothing to the engine
/// @param sessionId the client's session; 0 asks for no protection against repetition
/// @param commandNumber rising within the session
/// @param commandOffset where the encoded command begins in the buffer
/// @param commandLength bytes of the encoded command; whether they are one is not looked at
public record Submission(
    long correlationId, long sessionId, long commandNumber, int commandOffset, int commandLength) {
  /// Bytes of the header, which come before the encoded command.
  public static final int HEADER_LENGTH = Frame.HEADER_LENGTH + SubmissionEncoder.BLOCK_LENGTH;

  /// Writes the header; the encoded command must follow at the offset returned.
  ///
  /// @return the offset after the header
  public static int encodeHeader(
      long correlationId,
      long sessionId,
      long commandNumber,
      MutableDirectBuffer buffer,
      int offset) {
    return new SubmissionEncoder()
        .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
        .correlationId(correlationId)
        .sessionId(sessionId)
        .commandNumber(commandNumber)
        .limit();
  }

  /// Reads the header.
  ///
  /// @throws UndecodableMessage when the bytes are no submission
  public static Submission decode(DirectBuffer buffer, int offset, int length) {
    Frame frame = new Frame();
    return frame.readFirst(
        buffer,
        offset,
        length,
        templateId -> {
          if (templateId != SubmissionDecoder.TEMPLATE_ID) {
            throw frame.unexpected(templateId, "submission");
          }
          SubmissionDecoder from = frame.body(new SubmissionDecoder());
          return new Submission(
              from.correlationId(),
              from.sessionId(),
              from.commandNumber(),
              offset + from.limit(),
              length - from.limit());
        });
  }
}
