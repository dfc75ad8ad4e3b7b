package io.evenkeel.gateway;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What is sent back.
///
/// @param status HTTP status
/// @param mediaType of the body
/// @param body the bytes; nobody may change them afterwards
/// @param headers further headers
/// @param closes whether the connection ends with it
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
record Reply(
    int status, String mediaType, byte[] body, Map<String, String> headers, boolean closes) {
  static Reply json(ObjectNode json) {
    return new Reply(200, Json.MEDIA_TYPE, Json.bytes(json), Map.of(), false);
  }

  static Reply of(String mediaType, byte[] body) {
    return new Reply(200, mediaType, body, Map.of(), false);
  }

  static Reply problem(Problem problem) {
    Map<String, String> headers =
        problem.retryAfterSeconds() > 0
            ? Map.of("Retry-After", Integer.toString(problem.retryAfterSeconds()))
            : Map.of();
    return new Reply(
        problem.status(),
        Problem.MEDIA_TYPE,
        Json.bytes(problem.json()),
        headers,
        problem.closes());
  }

  Reply with(Map<String, String> more) {
    return new Reply(status, mediaType, body, more, closes);
  }
}
