package io.evenkeel.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The files of the page, from the class path, with a policy that lets the page load nothing but
/// them and talk to nobody but this gateway.
final class PageFiles {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

  /// Plain names only, so that no path leads out of the folder.
  private static final Pattern NAME =
      Pattern.compile("/((?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.[a-z0-9]+)");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "webmanifest", "application/manifest+json",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Content> found = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Content(String mediaType, byte[] bytes, String tag) {}

  /// The page itself.
  Route route() {
    return Route.get("/", exchange -> find("/", exchange.request()).orElseThrow())
        .producing("text/html");
  }

  /// The answer to a path that may be one of the files; empty when it is not.
  Optional<Reply> find(String path, ServerRequest request) {
    var matcher = NAME.matcher(path.equals("/") ? "/index.html" : path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    Content known = found.get(name);
    Optional<Content> content = known != null ? Optional.of(known) : load(name);
    return content.map(file -> reply(file, request));
  }

  private Optional<Content> load(String name) {
    String mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null || mediaType == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      Content content = new Content(mediaType, bytes, tag(bytes));
      found.put(name, content);
      return Optional.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply reply(Content file, ServerRequest request) {
    Map<String, String> headers =
        Map.of("Content-Security-Policy", POLICY, "ETag", file.tag(), "Cache-Control", "no-cache");
    String held = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
    boolean isHeld = held.equals("*") || held.contains(file.tag());
    return isHeld
        ? new Reply(304, file.mediaType(), new byte[0], headers, false)
        : new Reply(200, file.mediaType(), file.bytes(), headers, false);
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
