package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One block of `errors.txt`, one mistake: what is replaced in `small.yaml`, by what, and the whole
/// message.
class RulebookErrorsTest {

  /// The blocks of `errors.txt`.
  static Stream<Arguments> mistakes() {
    List<Arguments> mistakes = new ArrayList<>();
    Map<Character, String> block = new HashMap<>();
    for (String line : SmallRulebook.resource("errors.txt").lines().toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      block.put(line.charAt(0), line.substring(Math.min(2, line.length())).translateEscapes());
      if (line.startsWith("= ")) {
        mistakes.add(arguments(block.get('-'), block.get('+'), block.get('=')));
        block.clear();
      }
    }
    return mistakes.stream();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void shouldNamePlaceAndRemedy(String from, String to, String message) {
    assertThat(messageFor(SmallRulebook.with(from, to)))
        .isEqualTo(SmallRulebook.NAME + ":" + message);
  }

  @Test
  void shouldKnowManyMistakes() {
    assertThat(mistakes()).hasSizeGreaterThan(80);
  }

  @Test
  void shouldTellAllProblemsInTheOrderOfTheFile() {
    String text = SmallRulebook.with("deadline: 2h", "deadline: 2");
    text = SmallRulebook.replaceOnce(text, "version: 3", "version: x");
    text = SmallRulebook.replaceOnce(text, "  priceCollar: 0\n", "");
    text = SmallRulebook.replaceOnce(text, "search: 1.1", "search: 0.5");

    assertThat(messageFor(text).lines())
        .containsExactly(
            "small.yaml:2:10: version: must be a whole number (found x)",
            "small.yaml:31:13: levels.cross.search: must be at least 1 (found 0.5)",
            "small.yaml:54:33: call.deadline: must be a duration such as 15m; the units are ms, s, m, h and d (found 2)",
            "small.yaml:68:3: venue.priceCollar: is missing; add the key");
  }

  @Test
  void shouldNotDrownTheReader() {
    String many = "- {asset: USDT}\n".repeat(30);

    List<String> lines = messageFor("collateral:\n" + many).lines().toList();

    assertThat(lines).hasSize(RulebookException.MAXIMUM_LINES + 1);
    assertThat(lines.getLast()).matches("\\.\\.\\. and [0-9]+ more problems");
  }

  @Test
  void shouldRefuseTextThatIsNoMapping() {
    assertThat(messageFor("")).isEqualTo("small.yaml:1:1: is empty; a mapping of keys is expected");
    assertThat(messageFor("# nothing\n")).endsWith("is empty; a mapping of keys is expected");
    assertThat(messageFor("- a\n- b\n"))
        .isEqualTo("small.yaml:1:1: must be a mapping of keys (found a list)");
    assertThat(messageFor("true"))
        .isEqualTo("small.yaml:1:1: must be a mapping of keys (found true)");
    assertThat(messageFor("a: 1\n---\nb: 2\n"))
        .isEqualTo("small.yaml:2:1: is not valid YAML: but found another document");
  }

  @Test
  void shouldNotUnfoldAliases() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(alias, alias, alias))));
    }

    assertThat(messageFor(laughs.toString()))
        .isEqualTo("small.yaml:2:10: alias *a0 is not supported; write the value out");
    assertThat(messageFor("a: &a [*a]")).contains("alias *a is not supported");
  }

  @Test
  void shouldSayWhatSortOfProblemItIs() {
    assertThat(problems("version: 3\nversion: 4\nname: 5\nfoo: 1\n"))
        .extracting(RulebookProblem::kind)
        .startsWith(RulebookProblem.Kind.SHAPE)
        .contains(RulebookProblem.Kind.SYNTAX);
  }

  private static String messageFor(String text) {
    return failure(text).getMessage();
  }

  private static List<RulebookProblem> problems(String text) {
    return failure(text).problems();
  }

  private static RulebookException failure(String text) {
    RulebookException failure =
        catchThrowableOfType(RulebookException.class, () -> SmallRulebook.parse(text));
    assertThat(failure).as("a problem").isNotNull();
    return failure;
  }
}
