package io.evenkeel.gateway;

import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One request, already matched to its route: path and query parameters are known to be there and
/// to be allowed. What a parameter says is checked here.
///
/// @param request as it came
/// @param path parameters of the path by name
/// @param query parameters of the query by name, each once
/// @param bodies reads bodies within limits
record Exchange(
    ServerRequest request, Map<String, String> path, Map<String, String> query, Bodies bodies) {
  /// The body as one text of JSON.
  byte[] body() {
    return bodies.read(request);
  }

  /// The body as it comes in.
  InputStream stream() {
    return Bodies.stream(request);
  }

  /// Media type of the body, without parameters.
  String mediaType() {
    return MediaTypes.ofBody(request).orElse("");
  }

  /// A number in the path.
  ///
  /// @throws RequestRefused with 404 when it is none: nothing can have such a number
  long pathNumber(String name) {
    String text = path.getOrDefault(name, "");
    OptionalLong number = text.startsWith("-") ? OptionalLong.empty() : wholeNumber(text);
    return number.orElseThrow(() ->
        Problem.notFound(
                "UNKNOWN_NUMBER", name + " must be a number, not '" + Texts.clean(text) + "'")
            .refused());
  }

  /// A decimal of 64 bits; empty when the text is none.
  private static OptionalLong wholeNumber(String text) {
    try {
      return text.matches("-?[0-9]{1,19}")
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 19 digits, and too many for 64 bits
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// A whole number in the query.
  long number(String name, long standard, long smallest, long largest) {
    String text = query.get(name);
    if (text == null) {
      return standard;
    }
    OptionalLong number = wholeNumber(text);
    if (number.isPresent() && number.getAsLong() >= smallest && number.getAsLong() <= largest) {
      return number.getAsLong();
    }
    throw invalid(name, "must be a whole number from " + smallest + " to " + largest, text);
  }

  /// One of several words in the query.
  Optional<String> word(String name, List<String> allowed) {
    String text = query.get(name);
    if (text == null) {
      return Optional.empty();
    }
    if (!allowed.contains(text)) {
      throw invalid(name, "must be " + String.join(" or ", allowed), text);
    }
    return Optional.of(text);
  }

  static RequestRefused invalid(String parameter, String remedy, String text) {
    return Problem.invalid(
            "INVALID_PARAMETER",
            "query parameter '" + parameter + "' " + remedy + ", not '" + Texts.clean(text) + "'")
        .with(more -> more.put("parameter", parameter))
        .refused();
  }
}
