package io.evenkeel.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The gateway answered with a problem (RFC 9457). The message is for people: the detail, and the
/// field when it names one.
public final class GatewayRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient JsonNode problem;
  private final @Nullable Duration retryAfter;

  /// @param status of HTTP
  /// @param problem the document; an empty object when there was none
  /// @param retryAfter when to come again; null when the gateway did not say
  public GatewayRefusal(
      String message, int status, JsonNode problem, @Nullable Duration retryAfter) {
    super(message);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /// Status of HTTP.
  public int status() {
    return status;
  }

  /// The problem document; an empty object when there was none.
  public JsonNode problem() {
    return problem;
  }

  /// When to come again; null when the gateway did not say.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// Name of the refusal, e.g. `UNKNOWN_ACCOUNT`; empty when there is none.
  public String reason() {
    return problem.path("reason").asString("");
  }

  /// JSON pointer into the request; empty when no field is to blame.
  public String field() {
    return problem.path("field").asString("");
  }

  /// Whether it is not known if the command was logged: repeat it under the same session and
  /// number.
  public boolean isUncertain() {
    return problem.path("uncertain").asBoolean(false);
  }
}
