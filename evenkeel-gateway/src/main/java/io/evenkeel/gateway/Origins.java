package io.evenkeel.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// Keeps pages of strangers in a browser on this machine from using the gateway: they can send
/// requests to a loopback address, and can point a name of theirs at it.
final class Origins {
  private final String host;
  private final boolean isLoopback;

  /// @param host the address the gateway listens on
  Origins(String host) {
    this.host = bracketed(host.toLowerCase(Locale.ROOT));
    this.isLoopback = isLoopback(host);
  }

  /// Why a request must not be served; empty when it may be.
  ///
  /// @param isChange whether the request may change something, or opens a WebSocket
  Optional<Problem> objection(Headers headers, boolean isChange) {
    String asked = headers.first(HeaderNames.HOST).orElse("").toLowerCase(Locale.ROOT);
    if (isLoopback && !isOwn(withoutPort(asked))) {
      return Optional.of(
          forbidden(
              "HOST_NOT_ALLOWED",
              "this gateway listens on loopback only and answers to "
                  + host
                  + " and localhost, not to '"
                  + Texts.clean(asked)
                  + "'"));
    }
    String origin = headers.first(HeaderNames.ORIGIN).orElse("").toLowerCase(Locale.ROOT);
    boolean isSame =
        origin.isEmpty() || origin.equals("http://" + asked) || origin.equals("https://" + asked);
    return !isChange || isSame
        ? Optional.empty()
        : Optional.of(
            forbidden(
                "ORIGIN_NOT_ALLOWED",
                "pages of '"
                    + Texts.clean(origin)
                    + "' may not use this gateway; only its own page may"));
  }

  private boolean isOwn(String name) {
    return name.equals(host)
        || name.equals("localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true; // the start fails for the same reason, with a message
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static Problem forbidden(String reason, String detail) {
    return Problem.of(403, reason, "Not from here", detail);
  }
}
