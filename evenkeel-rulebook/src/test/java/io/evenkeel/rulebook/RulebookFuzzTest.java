package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever a file holds, the answer is a rulebook or a list of problems.
class RulebookFuzzTest {
  private static final int ROUNDS = 6_000;
  private static final List<String> FRAGMENTS =
      List.of(
          "0",
          "-1",
          "1e9",
          ".nan",
          "0x1f",
          "99999999999999999999999",
          "0.0000000000000000000001",
          "100%",
          "-5%",
          "1_000",
          "1_00",
          "~",
          "null",
          "true",
          "no",
          "[]",
          "{}",
          "[[",
          "}}",
          "\"",
          "'",
          "|",
          ">",
          "&a",
          "*a",
          "<<: {a: 1}",
          "!!int",
          "!x",
          "!!binary",
          "!!set",
          "---",
          "...",
          "%YAML 1.9",
          "? ",
          ": ",
          "- ",
          "#",
          "\t",
          "\n",
          "\r",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\uD83D\uDE00",
          "\uD800",
          "\\U00110000",
          "\"\\U00110000\"",
          "\"\\xZZ\"",
          "10d",
          "1ms",
          "999999999999999999d",
          "close",
          "topUp",
          "MARGIN",
          "source",
          "asOf",
          "2026-13-01",
          "path",
          "bracketFile",
          "brackets[99999999999]",
          "a.b",
          "\"a\\nb\"");

  @Test
  void shouldNeverFailInAnotherWay() {
    long firstSeed = 20_260_101L;
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = firstSeed + round;
      String text = mutate(original(round), new SplittableRandom(seed));
      try {
        assertThat(SmallRulebook.parse(text).rulebook().collateral()).isNotEmpty();
        accepted++;
      } catch (RulebookException e) {
        assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
        assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\r", "\u0000");
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + " of:\n" + text, e);
      }
    }
    // Neither may be rare, or the mutations would not reach both sides of the loader.
    assertThat(accepted).isGreaterThan(ROUNDS / 50);
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void shouldNeverFailInAnotherWayOnBracketFiles() {
    String original = BracketFileTest.TWO_CONTRACTS;
    for (int round = 0; round < ROUNDS / 2; round++) {
      long seed = 7_000_000L + round;
      String text = mutate(original, new SplittableRandom(seed));
      try {
        assertThat(BracketFile.parse("x.json", text)).isNotNull();
      } catch (RulebookException e) {
        assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + " of:\n" + text, e);
      }
    }
  }

  private static String original(int round) {
    List<ShippedRulebooks.Shipped> shipped = ShippedRulebooks.list();
    return round % 8 == 0
        ? ShippedRulebooks.text(shipped.get(round / 8 % shipped.size()).name())
        : SmallRulebook.text();
  }

  private static String mutate(String text, SplittableRandom random) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      switch (random.nextInt(6)) {
        case 0 -> mutated.deleteCharAt(random.nextInt(mutated.length()));
        case 1 ->
            mutated.insert(
                random.nextInt(mutated.length()), FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        case 2 -> replaceWord(mutated, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())), random);
        case 3 -> mutated.setCharAt(random.nextInt(mutated.length()), (char) random.nextInt(128));
        case 4 -> changeLines(mutated, random);
        default -> replaceDigit(mutated, random);
      }
    }
    return mutated.toString();
  }

  private static void replaceWord(StringBuilder text, String word, SplittableRandom random) {
    int from = random.nextInt(text.length());
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    int to = from;
    while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
      to++;
    }
    text.replace(from, to, word);
  }

  private static void replaceDigit(StringBuilder text, SplittableRandom random) {
    List<Integer> digits = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))) {
        digits.add(i);
      }
    }
    text.setCharAt(digits.get(random.nextInt(digits.size())), (char) ('0' + random.nextInt(10)));
  }

  /// Drops a line, doubles it, or swaps it with another one.
  private static void changeLines(StringBuilder text, SplittableRandom random) {
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(one);
      case 1 -> lines.add(other, lines.get(one));
      default -> lines.set(one, lines.set(other, lines.get(one)));
    }
    text.replace(0, text.length(), String.join("\n", lines) + "\n ");
  }
}
