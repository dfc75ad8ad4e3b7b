package io.evenkeel.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What kind of body a request has, and which kinds of answer it takes.
final class MediaTypes {
  static final String LINES = "application/x-ndjson";
  static final String YAML = "application/yaml";

  private MediaTypes() {}

  /// Media type of the body, without parameters; empty when none is stated.
  static Optional<String> ofBody(ServerRequest request) {
    return request.headers().first(HeaderNames.CONTENT_TYPE).map(MediaTypes::bare);
  }

  /// Refuses a body that is not of a kind the route takes, or not UTF-8.
  static void checkBody(ServerRequest request, List<String> taken) {
    String stated = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (taken.isEmpty()
        ? !stated.isEmpty() && !bare(stated).equals(Json.MEDIA_TYPE)
        : !taken.contains(bare(stated))) {
      throw unsupported(
          taken.isEmpty()
              ? "this takes no body; leave Content-Type out"
              : "Content-Type must be "
                  + String.join(" or ", taken)
                  + (stated.isEmpty() ? "; it is missing" : ", not '" + Texts.clean(stated) + "'"));
    }
    String lower = stated.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
    int charset = lower.indexOf("charset=");
    if (charset >= 0 && !lower.startsWith("utf-8", charset + 8)) {
      throw unsupported("the charset must be UTF-8, not '" + Texts.clean(stated) + "'");
    }
    if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      throw unsupported("send the body as it is, without Content-Encoding");
    }
  }

  /// Whether an `Accept` header, if there is one, takes a kind of answer. Weights are not looked
  /// at, as there is only one kind to choose. Split here, because the server splits at a comma with
  /// a blank only, and browsers send none.
  static boolean accepts(ServerRequest request, String mediaType) {
    List<String> ranges =
        request.headers().contains(HeaderNames.ACCEPT)
            ? List.of(
                String.join(",", request.headers().get(HeaderNames.ACCEPT).allValues()).split(","))
            : List.of();
    if (ranges.isEmpty()) {
      return true;
    }
    String wanted = bare(mediaType);
    String family = wanted.substring(0, wanted.indexOf('/')) + "/*";
    for (String range : ranges) {
      String kind = bare(range);
      if (kind.equals("*/*") || kind.equals(family) || kind.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static RequestRefused unsupported(String detail) {
    return Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "This kind of body is not understood", detail)
        .closing()
        .refused();
  }

  private static String bare(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
