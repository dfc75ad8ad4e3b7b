package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.evenkeel.rulebook.RulebookException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The published schema of portfolios against their reader: what the reader takes is valid by the
/// schema, and what the reader finds of wrong shape (keys, types, signs) the schema finds too.
class PortfolioSchemaTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = read(EXAMPLES.resolve("portfolio.schema.json"));
  private static final JsonSchema SCHEMA = factory().getSchema(TEXT);
  private static final int ROUNDS = 400;
  private static final long FIRST_SEED = 20_261_128L;

  /// Refusals that a schema can share. A name that looks like a percentage or a grouped number is
  /// one when it stands in quotes, which a schema does not see.
  private static final Pattern SHAPE =
      Pattern.compile(
          "is missing|unknown key|must be a mapping|must be a number|must be true or false"
              + "|must be one of|must be a name \\(found (?![0-9_.]+%|7_000)|must be text|a name must be"
              + "|must be an instant|must be greater than 0|must not be 0|must not be empty");

  private static final List<Object> ALONE =
      Arrays.asList(
          "word", "", 0.37, 0, -1, true, null, List.of(), Map.of(), "7%", "7_000", "0%", "option");
  private static final List<Object> TOGETHER =
      Arrays.asList(
          "two words",
          7,
          "-7_000",
          "1e3",
          "2026-03-27T08:00:00Z",
          "2026-03-27t08:00:00.5+01:00",
          "2026-03-27",
          "BTC",
          "USDC",
          "option",
          "call",
          true,
          0.37,
          "7%");

  /// Every key of the format.
  private static final String WHOLE =
      """
      source: nobody's
      asOf: 2026-02-06
      time: 2026-02-06T04:30:00Z
      assets:
        USDC: {decimals: 6, price: 1, confidence: 99%, source: a feed, asOf: 2026-02-06}
        BTC: {decimals: 8, price: 65_000, slowPrice: 64_000.5}
      underlyings:
        BTC:
          spot: 65_001
          realisedVolatility: 60%
          expiries:
            2026-03-27T08:00:00Z:
              forward: 65_300
              forwardFixed: 0
              rate: 4%
              svi: {a: 0.01, b: 0.1, rho: -0.3, m: 0, sigma: 0.2, forward: 65_300, years: 0.2}
      instruments:
        PERP: {kind: perpetual, settlement: USDC, inverse: false, mark: 65_000, contractSize: 1}
        FUT: {kind: future, underlying: BTC, settlement: USDC, expiry: 2026-03-27T08:00:00Z, mark: 1}
        OPT:
          kind: option
          underlying: BTC
          settlement: BTC
          inverse: true
          expiry: 2026-03-27T08:00:00Z
          right: put
          strike: 60_000
          volatility: 55%
          mark: 0.05
      account:
        leverage: 3
        balances: {USDC: 250_000, BTC: -1}
        wallet: {USDC: 50_000}
        positions:
          PERP: {quantity: -0.5, entry: 64_800}
          OPT: {quantity: 2, entry: 0.04}
        orders:
          PERP: {buy: 1, buyPrice: 64_000, sell: 2, sellPrice: 66_000}
      """;

  /// The one other file of that ending is a configuration; the folder in it has files of their own.
  static Stream<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals("evenkeel.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldAcceptEveryExample(String name) {
    String text = read(EXAMPLES.resolve(name));

    assertThat(messages(text)).isEmpty();
    assertThat(refusal(text)).isNull();
    assertThat(text).startsWith("# yaml-language-server: $schema=portfolio.schema.json\n");
  }

  @Test
  void shouldKnowMoreThanOneExample() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void shouldAcceptEveryKey() {
    assertThat(messages(WHOLE)).isEmpty();
    assertThat(refusal(WHOLE)).isNull();
  }

  /// A number that a tag makes a word is none, and one instant has one expiry.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entry: 0.04 | entry: !!str 0.04 | OPT.entry: must be a number (found 0.04)",
        "inverse: true | inverse: !!str true | OPT.inverse: must be true or false (found true)",
        "spot: 65_001 | spot: !x 65_001 | spot: has tag !x, which is not supported",
      })
  void shouldReadTagsAsTheSchemaDoes(String from, String to, String refusal) {
    String text = WHOLE.replace(from, to);

    assertThat(refusal(text)).contains(refusal);
  }

  @Test
  void shouldRefuseASecondExpiryAtTheSameInstant() {
    String twice =
        WHOLE.replace(
            "    expiries:\n",
            "    expiries:\n      2026-03-27T09:00:00+01:00: {forward: 65_000}\n");

    assertThat(refusal(twice))
        .contains("expiries.2026-03-27T08:00:00Z: is the same instant as another expiry");
  }

  @Test
  void shouldAcceptTheCasesThatShip() throws IOException {
    int documents = 0;
    try (Stream<Path> files = Files.list(Path.of("..", "conformance"))) {
      for (Path file : files.sorted().toList()) {
        for (var node : JSON.readTree(read(file)).findValues("portfolio")) {
          assertThat(SCHEMA.validate(node)).as("%s", file).isEmpty();
          documents++;
        }
      }
    }
    assertThat(documents).isGreaterThan(10);
  }

  @Test
  void shouldBeAValidSchemaItself() {
    JsonSchema metaSchema =
        factory().getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));

    assertThat(metaSchema.validate(JSON.valueToTree(load(TEXT)))).isEmpty();
  }

  @Test
  void shouldAgreeWithTheReaderAboutEveryKeyAndValue() {
    Object root = load(WHOLE);
    List<List<Object>> paths = new ArrayList<>();
    collectPaths(root, List.of(), paths);
    List<String> disagreements = new ArrayList<>();
    for (List<Object> path : paths) {
      judge(path + " removed", dump(changed(root, path, _ -> null, true)), disagreements);
      judge(path + " renamed", dump(renamed(root, path)), disagreements);
      for (Object other : ALONE) {
        judge(path + " is " + other, dump(changed(root, path, _ -> other, false)), disagreements);
      }
    }
    assertThat(disagreements).isEmpty();
  }

  @Test
  void shouldAgreeWithTheReaderAboutSeveralChangesAtOnce() throws IOException {
    List<String> originals = new ArrayList<>(List.of(WHOLE));
    examples().forEach(name -> originals.add(read(EXAMPLES.resolve(name))));
    List<String> disagreements = new ArrayList<>();
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(FIRST_SEED + round);
      Object root = load(originals.get(random.nextInt(originals.size())));
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        List<List<Object>> paths = new ArrayList<>();
        collectPaths(root, List.of(), paths);
        if (!paths.isEmpty()) {
          Object other = TOGETHER.get(random.nextInt(TOGETHER.size()));
          List<Object> path = paths.get(random.nextInt(paths.size()));
          root = changed(root, path, _ -> other, random.nextInt(4) == 0);
        }
      }
      taken += judge("seed " + (FIRST_SEED + round), dump(root), disagreements) ? 1 : 0;
    }
    assertThat(disagreements).isEmpty();
    assertThat(taken).isGreaterThan(ROUNDS / 20);
  }

  /// @return whether the reader takes the text
  private static boolean judge(String change, String text, List<String> disagreements) {
    Set<ValidationMessage> messages = messages(text);
    String refusal = refusal(text);
    if (refusal == null && !messages.isEmpty()) {
      disagreements.add(change + ": the reader takes what the schema refuses: " + messages);
    }
    if (refusal != null && messages.isEmpty() && SHAPE.matcher(refusal).find()) {
      disagreements.add(change + ": the schema accepts what the reader refuses: " + refusal);
    }
    return refusal == null;
  }

  private static @Nullable String refusal(String text) {
    try {
      PortfolioDocument _ = PortfolioReader.parse("portfolio", text);
      return null;
    } catch (RulebookException e) {
      return e.getMessage();
    }
  }

  private static Set<ValidationMessage> messages(String text) {
    return SCHEMA.validate(JSON.valueToTree(load(text)));
  }

  private static void collectPaths(Object node, List<Object> path, List<List<Object>> paths) {
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        List<Object> longer = new ArrayList<>(path);
        longer.add(key);
        collectPaths(value, longer, paths);
      });
    }
  }

  /// A copy in which the value at the path is removed, or replaced by what `change` makes of it.
  private static Object changed(
      Object node, List<Object> path, UnaryOperator<Object> change, boolean remove) {
    if (path.isEmpty()) {
      return change.apply(node);
    }
    Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) node);
    List<Object> rest = path.subList(1, path.size());
    if (rest.isEmpty() && remove) {
      copy.remove(path.getFirst());
    } else {
      copy.put(path.getFirst(), changed(copy.get(path.getFirst()), rest, change, remove));
    }
    return copy;
  }

  private static Object renamed(Object root, List<Object> path) {
    return changed(
        root,
        path.subList(0, path.size() - 1),
        map -> {
          Map<Object, Object> renamed = new LinkedHashMap<>();
          ((Map<?, ?>) map)
              .forEach(
                  (key, value) -> renamed.put(key.equals(path.getLast()) ? key + "X" : key, value));
          return renamed;
        },
        false);
  }

  private static Object load(String text) {
    return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
        .loadFromString(text);
  }

  private static String dump(Object document) {
    return new Dump(DumpSettings.builder().setSchema(new CoreSchema()).build())
        .dumpToString(document);
  }

  private static JsonSchemaFactory factory() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
