package io.evenkeel.rulebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A complete rulebook of other values than the house's, whose lines stay where they are.
final class SmallRulebook {
  static final String NAME = "small.yaml";

  private SmallRulebook() {}

  static String text() {
    return resource(NAME);
  }

  /// A file beside the tests.
  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(SmallRulebook.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String with(String from, String to) {
    return replaceOnce(text(), from, to);
  }

  /// A test whose replacement misses would pass for nothing.
  static String replaceOnce(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalArgumentException("occurs not once: " + from);
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  static RulebookDocument parse(String text) {
    return RulebookLoader.parse(NAME, text, AssetScales.STANDARD);
  }
}
