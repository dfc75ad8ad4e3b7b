package io.evenkeel.gateway;

import io.helidon.common.uri.UriQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the requests for WebSockets have in common.
final class WebSockets {
  private WebSockets() {}

  static Problem upgradeRequired() {
    return Problem.of(
        426,
        "UPGRADE_REQUIRED",
        "This is a WebSocket",
        "open it as a WebSocket; a plain request has no answer here");
  }

  /// The parameters of an upgrade's query.
  ///
  /// @throws RequestRefused when there are others than the known ones, or one comes twice
  static Map<String, String> query(UriQuery query, Set<String> known) {
    Map<String, String> parameters = new HashMap<>();
    for (String name : query.names()) {
      List<String> values = query.all(name);
      if (!known.contains(name) || values.size() != 1) {
        throw Problem.invalid(
                "UNKNOWN_PARAMETER",
                "query parameters are, each once, " + String.join(", ", new TreeSet<>(known)))
            .refused();
      }
      parameters.put(name, values.getFirst());
    }
    return parameters;
  }

  /// The number to begin with; 0 when none is stated.
  static long from(Map<String, String> query) {
    String text = query.get("from");
    if (text == null) {
      return 0;
    }
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
      throw Exchange.invalid("from", "must be the number of an event", text);
    }
    return Long.parseLong(text);
  }
}
