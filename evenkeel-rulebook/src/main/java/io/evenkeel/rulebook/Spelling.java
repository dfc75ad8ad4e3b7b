package io.evenkeel.rulebook;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Guesses what somebody meant to write.
final class Spelling {
  /// Longer words are never typing mistakes of a known one, and the distance below costs their
  /// product.
  private static final int MAXIMUM_LENGTH = 64;

  private Spelling() {}

  /// The known word nearest to `written`, or null when none is near: up to one change in three
  /// letters, case aside, or one the beginning of the other.
  static @Nullable String nearest(String written, Collection<String> known) {
    if (written.length() > MAXIMUM_LENGTH) {
      return null;
    }
    String nearest = null;
    int least = Math.max(1, written.length() / 3) + 1;
    for (String word : known) {
      String a = written.toLowerCase(Locale.ROOT);
      String b = word.toLowerCase(Locale.ROOT);
      boolean shortened = a.length() >= 3 && (b.startsWith(a) || a.startsWith(b));
      int distance = shortened ? 1 : distance(a, b);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  /// `"; did you mean 'x'?"`, or nothing.
  static String suggestion(String written, Collection<String> known) {
    String nearest = nearest(written, known);
    return nearest == null ? "" : "; did you mean '" + nearest + "'?";
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(last[j], current[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          current[j] = Math.min(current[j], 1 + beforeLast[j - 2]);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = current;
      current = free;
    }
    return last[b.length()];
  }
}
