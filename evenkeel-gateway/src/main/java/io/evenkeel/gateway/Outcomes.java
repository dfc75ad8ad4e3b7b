package io.evenkeel.gateway;

import io.evenkeel.gateway.LogDesk.Answered;
import io.evenkeel.gateway.LogDesk.Fate;
import io.evenkeel.gateway.LogDesk.Uncertain;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.wire.Answer;
import tools.jackson.databind.node.ObjectNode;

/// What became of commands, as clients are told.
final class Outcomes {
  private Outcomes() {}

  static boolean isAccepted(Fate fate) {
    Outcome outcome = fate instanceof Answered answered ? answered.answer().outcome() : null;
    return outcome != null && outcome.isAccepted();
  }

  /// Log position after the command; 0 when it is not known.
  static long position(Fate fate) {
    return fate instanceof Answered answered ? answered.answer().logPosition() : 0;
  }

  /// One entry of a list of answers.
  static ObjectNode json(Fate fate) {
    ObjectNode json = Json.object();
    switch (fate) {
      case Answered(Answer answer) -> {
        json.put("accepted", isAccepted(fate));
        Outcome outcome = answer.outcome();
        if (outcome == null) {
          json.put("reason", "UNDECODABLE").put("detail", answer.fault());
        } else {
          if (!outcome.isAccepted()) {
            json.put("reason", outcome.reason().name());
          }
          if (outcome.eventCount() > 0) {
            json.put("firstEvent", Json.number(outcome.firstEventNumber()));
          }
          json.put("events", outcome.eventCount());
        }
        json.put("position", Json.number(answer.logPosition()));
        json.put("time", Json.time(answer.timeNs()));
      }
      case Uncertain(String reason) ->
          json.put("accepted", false).put("uncertain", true).put("detail", reason);
    }
    return json;
  }

  /// The problem with a single command that was not accepted.
  static Problem problem(Fate fate, long session, long number) {
    return switch (fate) {
      case Answered(Answer answer) ->
          refusal(answer).with(more -> numbered(more, session, number).setAll(place(answer)));
      case Uncertain(String reason) ->
          uncertain(reason, session != 0).with(more -> numbered(more, session, number));
    };
  }

  /// It is not known whether commands are in the log.
  static Problem uncertain(String reason, boolean isNumbered) {
    String advice =
        isNumbered
            ? "repeat it under the same session and number: it is done once and answered the same"
            : "it had no session and number, so look at what it would have changed before it is"
                + " repeated";
    return Problem.unavailable("UNCERTAIN", reason + "; " + advice)
        .retryAfter(1)
        .with(more -> more.put("uncertain", true));
  }

  private static Problem refusal(Answer answer) {
    Outcome outcome = answer.outcome();
    if (outcome == null) {
      return Problem.of(500, "UNDECODABLE", "The node did not understand", answer.fault());
    }
    String words = RefusalWords.of(outcome.reason());
    return outcome.reason() == RefusalReason.INTERNAL_INVARIANT
        ? Problem.of(500, outcome.reason().name(), "The engine contained a fault", words)
        : Problem.of(409, outcome.reason().name(), "The engine refused the command", words);
  }

  private static ObjectNode place(Answer answer) {
    ObjectNode json = Json.object();
    json.put("position", Json.number(answer.logPosition()));
    json.put("time", Json.time(answer.timeNs()));
    return json;
  }

  private static ObjectNode numbered(ObjectNode json, long session, long number) {
    if (session != 0) {
      json.put("session", Json.number(session));
      json.put("number", Json.number(number));
    }
    return json;
  }
}
