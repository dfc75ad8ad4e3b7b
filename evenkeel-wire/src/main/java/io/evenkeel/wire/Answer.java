package io.evenkeel.wire;

import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.wire.sbe.AnswerDecoder;
import io.evenkeel.wire.sbe.AnswerEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.RefusalReasonCode;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/// What the node answers to one [Submission], after the log was synced and the engine has acted.
///
/// @param correlationId of the submission
/// @param logPosition position in the log after the command; a reader that has reached it has seen
///   the command's effects
/// @param timeNs engine time of the command
/// @param outcome of the engine; null when the submission could not be decoded
/// @param fault why it could not be decoded; empty otherwise
public record Answer(
    long correlationId, long logPosition, long timeNs, @Nullable Outcome outcome, String fault) {
  /// Writes an answer.
  ///
  /// @param buffer expandable, or large enough
  /// @return bytes written
  public int encode(MutableDirectBuffer buffer, int offset) {
    AnswerEncoder to =
        new AnswerEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .logPosition(logPosition)
            .timeNs(timeNs);
    if (outcome == null) {
      to.reason(RefusalReasonCode.NULL_VAL).firstEventNumber(0).eventCount(0);
    } else {
      to.reason(WireEnums.REFUSAL_REASON.code(outcome.reason()))
          .firstEventNumber(outcome.firstEventNumber())
          .eventCount(outcome.eventCount());
    }
    byte[] utf8 = ValueBody.sentence(fault);
    return Frame.length(to.putFault(utf8, 0, utf8.length));
  }

  /// Reads an answer.
  ///
  /// @throws UndecodableMessage when the bytes are no answer
  public static Answer decode(DirectBuffer buffer, int offset, int length) {
    Frame frame = new Frame();
    return frame.read(
        buffer,
        offset,
        length,
        templateId -> {
          if (templateId != AnswerDecoder.TEMPLATE_ID) {
            throw frame.unexpected(templateId, "answer");
          }
          AnswerDecoder from = frame.body(new AnswerDecoder());
          return new Answer(
              from.correlationId(),
              from.logPosition(),
              from.timeNs(),
              outcome(from),
              frame.text("fault", from.faultLength(), from::getFault));
        });
  }

  private static @Nullable Outcome outcome(AnswerDecoder from) {
    long firstEventNumber = from.firstEventNumber();
    int eventCount = from.eventCount();
    if (from.reasonRaw() != RefusalReasonCode.NULL_VAL.value()) {
      return new Outcome(
          WireEnums.REFUSAL_REASON.constant(from.reasonRaw(), "reason"),
          firstEventNumber,
          eventCount);
    }
    if (firstEventNumber != 0 || eventCount != 0) {
      throw new InvalidParameter("eventCount", "must be 0 where there is no outcome");
    }
    return null;
  }
}
