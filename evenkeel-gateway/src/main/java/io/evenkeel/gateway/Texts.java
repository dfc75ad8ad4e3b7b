package io.evenkeel.gateway;

import java.nio.charset.StandardCharsets;

/// Texts of strangers inside messages.
final class Texts {
  private static final int LONGEST = 80;

  private Texts() {}

  /// A stranger's text made fit for a message: cut, and without control characters.
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return text.codePointCount(0, text.length()) > LONGEST
        ? clean.append("...").toString()
        : clean.toString();
  }

  /// A text cut to a number of bytes of UTF-8, as the reason of a WebSocket's end must be.
  static String cut(String text, int bytes) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > bytes) {
      cut = cut.substring(0, cut.length() - 1);
    }
    return cut;
  }
}
