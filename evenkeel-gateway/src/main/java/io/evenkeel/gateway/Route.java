package io.evenkeel.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way to ask the gateway for something.
///
/// @param method `GET`, `POST` or `PUT`
/// @param path with parameters in braces, e.g. `/v1/accounts/{id}`
/// @param query names of the parameters it takes
/// @param consumes media types of the bodies it takes; empty when it takes none
/// @param produces media type of its answer
/// @param operation what it does
record Route(
    String method,
    String path,
    Set<String> query,
    List<String> consumes,
    String produces,
    Operation operation) {
  /// Answers a request, or throws [RequestRefused].
  interface Operation {
    Reply answer(Exchange exchange) throws InterruptedException;
  }

  /// A reading.
  static Route get(String path, Operation operation, String... query) {
    return new Route("GET", path, Set.of(query), List.of(), Json.MEDIA_TYPE, operation);
  }

  /// Something that takes JSON.
  static Route post(String path, Operation operation, String... query) {
    return new Route(
        "POST", path, Set.of(query), List.of(Json.MEDIA_TYPE), Json.MEDIA_TYPE, operation);
  }

  /// Something that replaces what is there.
  static Route put(String path, Operation operation, String... query) {
    return new Route("PUT", path, Set.of(query), List.of(), Json.MEDIA_TYPE, operation);
  }

  /// The same, taking these bodies.
  Route consuming(String... mediaTypes) {
    return new Route(method, path, query, List.of(mediaTypes), produces, operation);
  }

  /// The same with another kind of answer.
  Route producing(String mediaType) {
    return new Route(method, path, query, consumes, mediaType, operation);
  }

  /// Whether it may change something.
  boolean isChange() {
    return !method.equals("GET");
  }

  /// The parameters of a path; null when the path is another one.
  @Nullable Map<String, String> match(String asked) {
    String[] want = path.split("/", -1);
    String[] have = asked.split("/", -1);
    if (have.length != want.length) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < want.length; i++) {
      if (want[i].startsWith("{")) {
        parameters.put(want[i].substring(1, want[i].length() - 1), have[i]);
      } else if (!want[i].equals(have[i])) {
        return null;
      }
    }
    return parameters;
  }
}
