package io.evenkeel.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads what a gateway answers.
final class Replies {
  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Replies() {}

  /// The document of a response.
  ///
  /// @throws GatewayRefusal when it tells a problem, or is not what a gateway answers
  static JsonNode read(HttpResponse<byte[]> response, String root) {
    int status = response.statusCode();
    JsonNode document = parse(response.body());
    if (status >= OK && status < REDIRECTION && document != null) {
      return document;
    }
    if (document == null || !document.isObject()) {
      throw new GatewayRefusal(
          "%s answered %s without a document; is it the address of a gateway?"
              .formatted(root, status),
          status,
          JsonNodeFactory.instance.objectNode(),
          retryAfter(response));
    }
    throw refusal(status, document, retryAfter(response));
  }

  /// A problem as an exception.
  static GatewayRefusal refusal(int status, JsonNode problem, @Nullable Duration retryAfter) {
    String field = problem.path("field").asString("");
    String detail = problem.path("detail").asString("");
    if (detail.isEmpty()) {
      detail = problem.path("title").asString("");
    }
    if (detail.isEmpty()) {
      detail = "refused with status " + status;
    }
    String message = field.isEmpty() || detail.contains(field) ? detail : field + ": " + detail;
    return new GatewayRefusal(message, status, problem, retryAfter);
  }

  /// A JSON document; null when the bytes are none.
  static @Nullable JsonNode parse(byte[] body) {
    try {
      JsonNode document = MAPPER.readTree(body);
      return document.isMissingNode() ? null : document;
    } catch (JacksonException e) {
      return null;
    }
  }

  /// A JSON document.
  ///
  /// @throws JacksonException when the text is none
  static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /// Dates, which the header may hold too, are not used by gateways.
  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
  }
}
