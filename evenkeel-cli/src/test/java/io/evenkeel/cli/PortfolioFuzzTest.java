package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `margin` on portfolios and rulebooks that somebody damaged: finite figures, or one line that
/// names the file and what in it cannot be. Whole runs of the verb, as typed.
class PortfolioFuzzTest {
  private static final int PORTFOLIOS = 120;
  private static final int RULEBOOKS = 60;
  private static final long FIRST_SEED = 4_000_000L;
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final List<String> NAMES =
      List.of("basis-trade", "short-strangle", "covered-call-in-coin", "staking-loop");

  /// Numbers at the ends of what can be written, and words where none belongs.
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1",
          "0.000000000000000001",
          "0.000001",
          "99999999999",
          "999999999999999999",
          "9223372036854775807",
          "-9223372036854775807",
          "123456789.123456789",
          "1e9",
          ".nan",
          ".inf",
          "100000%",
          "-5%",
          "1_000_000_000_000",
          "~",
          "true",
          "[]",
          "{}",
          "word",
          "call",
          "perpetual",
          "USDC",
          "BTC",
          "2026-02-06T04:30:00Z",
          "1970-01-01T00:00:00Z",
          "1677-09-21T00:12:44Z",
          "2262-04-11T23:47:16Z",
          "2026-02-06T04:30:01Z");

  /// A value of a flow or block mapping, up to its end.
  private static final Pattern VALUE = Pattern.compile("(?<=: )[^,{}\\[\\]#\\n]+");

  private static final Pattern NUMBER = Pattern.compile("(?<=: )(-?[0-9][0-9_.]*)(?=[,}%\\s])");

  @TempDir private Path folder;

  @Test
  void shouldAnswerOrRefuseEveryPortfolio() throws IOException {
    List<String> rulebooks = ShippedRulebooks.list().stream().map(it -> it.name()).toList();
    int answered = 0;
    for (int round = 0; round < PORTFOLIOS; round++) {
      long seed = FIRST_SEED + round;
      SplittableRandom random = new SplittableRandom(seed);
      String original =
          Files.readString(EXAMPLES.resolve(NAMES.get(random.nextInt(NAMES.size())) + ".yaml"));
      String text = damaged(whole(original, random), random);
      String rulebook = rulebooks.get(random.nextInt(rulebooks.size()));
      Path file = Files.writeString(folder.resolve("portfolio.yaml"), text);
      answered += judge("seed %d, %s".formatted(seed, rulebook), text, file, rulebook);
    }
    // neither may be rare, or the damage would not reach both sides of the reader
    assertThat(answered).isBetween(PORTFOLIOS / 20, PORTFOLIOS - PORTFOLIOS / 20);
  }

  @Test
  void shouldAnswerOrRefuseEveryRulebook() throws IOException {
    List<String> rulebooks = ShippedRulebooks.list().stream().map(it -> it.name()).toList();
    int answered = 0;
    for (int round = 0; round < RULEBOOKS; round++) {
      long seed = FIRST_SEED + PORTFOLIOS + round;
      SplittableRandom random = new SplittableRandom(seed);
      String name = rulebooks.get(random.nextInt(rulebooks.size()));
      String text = damaged(ShippedRulebooks.text(name), random);
      Path file = Files.writeString(folder.resolve("rules.yaml"), text);
      Path portfolio = EXAMPLES.resolve(NAMES.get(random.nextInt(NAMES.size())) + ".yaml");
      answered += judge("seed %d, %s".formatted(seed, name), text, portfolio, file.toString());
    }
    assertThat(answered).isBetween(RULEBOOKS / 20, RULEBOOKS - RULEBOOKS / 20);
  }

  /// @param text of the damaged file
  /// @return 1 for an answer, 0 for a refusal
  private static int judge(String place, String text, Path portfolio, String rulebook) {
    List<String> arguments =
        new ArrayList<>(List.of("margin", portfolio.toString(), "--rulebook", rulebook));
    boolean json = text.hashCode() % 2 == 0;
    arguments.addAll(List.of("--explain", json ? "--json" : "--heatmap"));
    VerbRun run = VerbRun.of(arguments.toArray(new String[0]));
    String of = place + " of:\n" + text;
    assertThat(run.out() + run.err()).as(of).doesNotContain("internal error", "Exception", "\tat ");
    if (run.exitCode() == 0) {
      assertThat(run.err()).as(of).isEmpty();
      assertThat(run.out()).as(of).isNotEmpty().doesNotContain("NaN", "Infinity", "�");
      if (json) {
        JsonNode root = JsonMapper.shared().readTree(run.out());
        assertThat(root.path("rulebooks").size()).as(of).isOne();
      }
      return 1;
    }
    assertThat(run.exitCode()).as(of).isEqualTo(Failures.USAGE);
    assertThat(run.out()).as(of).isEmpty();
    assertThat(run.err().lines()).as(of).hasSize(1);
    // the file and where in it; of figures that fit no engine also the rulebook
    String file = Pattern.quote(portfolio.toString());
    String rules = Pattern.quote(rulebook) + "(?:\\.yaml)?";
    String where =
        "((%1$s|%2$s):\\d+:\\d+: .+|%1$s: (%3$s)\\b.*: .+ \\(under %2$s\\))"
            .formatted(file, rules, "assets|underlyings|instruments|account|rulebook");
    assertThat(run.err())
        .as(of)
        .matches("evenkeel: " + where + "; see 'evenkeel margin --help'\\R");
    return 0;
  }

  /// Often with parts that the examples do not have: orders, a leverage, a surface, a settled part.
  private static String whole(String text, SplittableRandom random) {
    String whole = text;
    if (random.nextInt(3) == 0 && text.contains("BTC-PERPETUAL:")) {
      whole +=
          "  orders: {BTC-PERPETUAL: {buy: 1, buyPrice: 64_000, sell: 2, sellPrice: 66_000}}\n";
    }
    if (random.nextInt(3) == 0) {
      whole = whole.replace("account:\n", "account:\n  leverage: 3\n");
    }
    if (random.nextInt(3) == 0) {
      whole =
          whole.replaceAll(
              "forward: ([0-9_]+)\\}",
              "forward: $1, forwardFixed: 10, rate: 4%, svi: {a: 0.01, b: 0.1, rho: -0.3, m: 0,"
                  + " sigma: 0.2, forward: $1, years: 0.2}}");
    }
    if (random.nextInt(3) == 0) {
      whole = whole.replaceAll("    volatility: .*\n", "");
    }
    return whole;
  }

  private static String damaged(String text, SplittableRandom random) {
    String damaged = text;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      damaged =
          switch (random.nextInt(12)) {
            case 0 -> withoutALine(damaged, random);
            case 1 -> otherCharacter(damaged, random);
            case 2, 3 -> otherValue(damaged, random);
            case 4, 5 -> otherDigit(damaged, random);
            default -> otherScale(damaged, random);
          };
    }
    return damaged;
  }

  private static String otherValue(String text, SplittableRandom random) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] place = places.get(random.nextInt(places.size()));
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return text.substring(0, place[0]) + value + text.substring(place[1]);
  }

  /// A number made larger or smaller by powers of ten, or negative.
  private static String otherScale(String text, SplittableRandom random) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      places.add(new int[] {matcher.start(1), matcher.end(1)});
    }
    int[] place = places.get(random.nextInt(places.size()));
    BigDecimal number = new BigDecimal(text.substring(place[0], place[1]).replace("_", ""));
    BigDecimal changed =
        random.nextInt(4) == 0 ? number.negate() : number.movePointRight(random.nextInt(-12, 13));
    return text.substring(0, place[0]) + changed.toPlainString() + text.substring(place[1]);
  }

  private static String withoutALine(String text, SplittableRandom random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines) + "\n";
  }

  private static String otherDigit(String text, SplittableRandom random) {
    StringBuilder changed = new StringBuilder(text);
    int at = random.nextInt(text.length());
    while (!Character.isDigit(text.charAt(at))) {
      at = (at + 1) % text.length();
    }
    changed.setCharAt(at, (char) ('0' + random.nextInt(10)));
    return changed.toString();
  }

  private static String otherCharacter(String text, SplittableRandom random) {
    StringBuilder changed = new StringBuilder(text);
    changed.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
    return changed.toString();
  }
}
