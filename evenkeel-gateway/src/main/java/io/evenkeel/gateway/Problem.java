package io.evenkeel.gateway;

import io.evenkeel.wire.json.InvalidJson;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An error as a client is told it: a problem document of RFC 9457.
///
/// @param status HTTP status
/// @param reason name of the kind of problem, in capitals; of the refusal when the engine refused
/// @param title the kind of problem in words
/// @param detail this one in words: what is wrong and what would be right
/// @param field JSON pointer into the request; null when no field is concerned
/// @param retryAfterSeconds when to come again; 0 when that would not help
/// @param closes whether the connection ends, because the rest of the request was not read
/// @param more further members; null for none
record Problem(
    int status,
    String reason,
    String title,
    String detail,
    @Nullable String field,
    int retryAfterSeconds,
    boolean closes,
    @Nullable ObjectNode more) {
  /// Media type of problem documents.
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String reason, String title, String detail) {
    return new Problem(status, reason, title, detail, null, 0, false, null);
  }

  /// A request that says nothing that could be done; nothing was.
  static Problem invalid(String reason, String detail) {
    return of(400, reason, "The request is not valid", detail);
  }

  /// A document that says nothing the engine could be asked.
  static Problem of(InvalidJson invalid) {
    boolean isWhole = invalid.field().isEmpty();
    String detail = String.valueOf(invalid.getMessage());
    Problem problem = invalid(isWhole ? "INVALID_DOCUMENT" : "INVALID_FIELD", detail);
    return isWhole
        ? problem
        : problem
            .at(invalid.field())
            .with(more ->
                more.putArray("errors")
                    .addObject()
                    .put("field", invalid.field())
                    .put("reason", invalid.reason()));
  }

  /// Too much at once; nothing was done.
  static Problem busy(String detail) {
    return of(429, "TOO_BUSY", "Too much at once", detail).retryAfter(1);
  }

  /// Something this needs does not work at the moment.
  static Problem unavailable(String reason, String detail) {
    return of(503, reason, "Not available now", detail);
  }

  static Problem notFound(String reason, String detail) {
    return of(404, reason, "There is no such thing", detail);
  }

  Problem at(String pointer) {
    return new Problem(status, reason, title, detail, pointer, retryAfterSeconds, closes, more);
  }

  Problem retryAfter(int seconds) {
    return new Problem(status, reason, title, detail, field, seconds, closes, more);
  }

  Problem closing() {
    return new Problem(status, reason, title, detail, field, retryAfterSeconds, true, more);
  }

  /// With further members.
  Problem with(Consumer<ObjectNode> members) {
    ObjectNode node = more == null ? Json.object() : more.deepCopy();
    members.accept(node);
    return new Problem(status, reason, title, detail, field, retryAfterSeconds, closes, node);
  }

  /// The document.
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("type", "urn:evenkeel:problem:" + reason.toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    if (field != null) {
      json.put("field", field);
    }
    json.put("reason", reason);
    if (more != null) {
      json.setAll(more);
    }
    return json;
  }

  /// To be thrown where an answer would be returned.
  RequestRefused refused() {
    return new RequestRefused(this);
  }
}
