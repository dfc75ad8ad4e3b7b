package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The published schema against the loader: what the loader finds of wrong shape (keys, types,
/// units) the schema finds, and what the schema finds the loader refuses. Tried on every key and
/// value of every shipped rulebook, systematically.
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(ShippedRulebooks.schema());

  private static final String BRACKET_FILE =
      """
      requirement:
        bracketFile:
          path: venue.json
          currencies: [USDT]
          dailyMove: 9%
          depth: 100_000
          overrides: {ABCUSDT: {dailyMove: 9%, depth: 100}}
      """;

  static Stream<String> wholeRulebooks() {
    return Stream.concat(
        ShippedRulebooks.list().stream().map(shipped -> ShippedRulebooks.text(shipped.name())),
        Stream.of(
            SmallRulebook.text(),
            SmallRulebook.with("requirement:\n", BRACKET_FILE),
            SmallRulebook.with(
                "isolated: {type: fullyCollateralised}",
                "isolated: {type: betweenRequirements, searchShare: 1, releaseFactor: 1, source: x}")));
  }

  static Stream<String> rulebooksWithOneUnit() {
    return wholeRulebooks().map(SchemaTest::withOneUnit);
  }

  /// Of the risk units of a rulebook only the first, and of its scenarios two: the rest has the
  /// same keys some hundred times over.
  private static String withOneUnit(String text) {
    if (!text.contains("type: scenarioPortfolio")) {
      return text;
    }
    Map<Object, Object> root = new LinkedHashMap<>((Map<?, ?>) load(text));
    Map<Object, Object> requirement = new LinkedHashMap<>((Map<?, ?>) root.get("requirement"));
    Map.Entry<?, ?> first = ((Map<?, ?>) requirement.get("units")).entrySet().iterator().next();
    Map<Object, Object> unit = new LinkedHashMap<>((Map<?, ?>) first.getValue());
    unit.put("scenarios", ((List<?>) unit.get("scenarios")).subList(0, 2));
    requirement.put("units", Map.of(first.getKey(), unit));
    root.put("requirement", requirement);
    return dump(root);
  }

  @ParameterizedTest
  @MethodSource("wholeRulebooks")
  void shouldAcceptWhatTheLoaderAccepts(String text) {
    assertThat(schemaMessages(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 3|version: three",
        "version: 3|version: '3'",
        "version: 3|",
        "name: small|name: small\nnmae: x",
        "name: small|name: two words",
        "debtWeight: 1\n|debtWeight: '1'\n",
        "cap: 1_000_000|cap: 10_00",
        "cap: 20|cap: -20",
        "coolDown: 500ms|coolDown: 500",
        "coolDown: 500ms|coolDown: 500us",
        "asOf: 2026-02-28|asOf: yesterday",
        "type: tieredRates|type: portfolio",
        "type: scaledMaintenance|type: betweenRequirements",
        "isolated: {type: fullyCollateralised}|isolated: {type: fullyCollateralised, search: 1}",
        "{type: partialClose, exitLevel: search}|{type: partialClose}",
        "{type: takeOver}|{type: takeOver, exitLevel: search}",
        "{type: takeOver}|takeOver",
        "[wallet, margin]|[wallet, bank, margin]",
        "[wallet, margin]|[wallet, wallet, margin]",
        "automatic: false|automatic: no",
        "continuous: []|continuous:",
        "    usual:|    two words:",
      })
  void shouldRefuseWithTheLoader(String change) {
    int bar = change.indexOf('|');
    String broken = SmallRulebook.with(change.substring(0, bar), change.substring(bar + 1));

    assertThat(schemaMessages(broken)).isNotEmpty();
    assertThat(loaderKinds(broken)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rulebooksWithOneUnit")
  void shouldBeAsStrictAsTheLoaderEverywhere(String text) {
    List<String> disagreements = new ArrayList<>();
    int refused = 0;
    for (Map.Entry<String, String> variant : variants(load(text)).entrySet()) {
      boolean schemaRefuses = !schemaMessages(variant.getValue()).isEmpty();
      List<Kind> kinds = loaderKinds(variant.getValue());
      if (kinds.contains(Kind.SHAPE) && !schemaRefuses) {
        disagreements.add(variant.getKey() + ": the schema accepts what has the wrong shape");
      }
      if (schemaRefuses && kinds.isEmpty()) {
        disagreements.add(variant.getKey() + ": the loader accepts what the schema refuses");
      }
      refused += schemaRefuses ? 1 : 0;
    }
    assertThat(disagreements).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void shouldBeAValidSchemaItself() {
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));

    assertThat(metaSchema.validate(json(load(ShippedRulebooks.schema())))).isEmpty();
  }

  /// The document with one value removed, renamed or replaced by one of another type, by what was
  /// done.
  private static Map<String, String> variants(Object root) {
    Map<String, String> variants = new LinkedHashMap<>();
    List<List<Object>> paths = new ArrayList<>();
    collectPaths(root, List.of(), paths);
    Map<String, Object> replacements = new LinkedHashMap<>();
    replacements.put("text", "word");
    replacements.put("number", 0.37);
    replacements.put("true", true);
    replacements.put("nothing", null);
    replacements.put("list", List.of());
    replacements.put("mapping", Map.of());
    replacements.put("duration", "7h");
    replacements.put("percentage", "7%");
    replacements.put("grouped", "7_000");
    for (List<Object> path : paths) {
      if (path.getLast() instanceof String key) {
        variants.put(path + " removed", dump(changed(root, path, UnaryOperator.identity(), true)));
        Object renamed =
            changed(root, path.subList(0, path.size() - 1), map -> renamed(map, key), false);
        variants.put(path + " renamed", dump(renamed));
      }
      replacements.forEach((name, value) ->
          variants.put(path + " is " + name, dump(changed(root, path, _ -> value, false))));
    }
    return variants;
  }

  private static Object renamed(Object map, String key) {
    Map<Object, Object> renamed = new LinkedHashMap<>();
    ((Map<?, ?>) map).forEach((k, v) -> renamed.put(k.equals(key) ? k + "X" : k, v));
    return renamed;
  }

  private static void collectPaths(Object node, List<Object> path, List<List<Object>> paths) {
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> collectPaths(value, appended(path, key), paths));
    } else if (node instanceof List<?> list) {
      // The items of a list are alike, so the first ones stand for all.
      for (int i = 0; i < Math.min(list.size(), 2); i++) {
        collectPaths(list.get(i), appended(path, i), paths);
      }
    }
  }

  private static List<Object> appended(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /// A copy in which the value at the path is removed, or replaced by what `change` makes of it.
  private static Object changed(
      Object node, List<Object> path, UnaryOperator<Object> change, boolean remove) {
    if (path.isEmpty()) {
      return change.apply(node);
    }
    Object step = path.getFirst();
    List<Object> rest = path.subList(1, path.size());
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>(map);
      if (rest.isEmpty() && remove) {
        copy.remove(step);
      } else {
        copy.put(step, changed(map.get(step), rest, change, remove));
      }
      return copy;
    }
    List<Object> copy = new ArrayList<>((List<?>) node);
    copy.set((Integer) step, changed(copy.get((Integer) step), rest, change, remove));
    return copy;
  }

  private static Object load(String text) {
    return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
        .loadFromString(text);
  }

  private static String dump(Object document) {
    return new Dump(DumpSettings.builder().setSchema(new CoreSchema()).build())
        .dumpToString(document);
  }

  private static Set<ValidationMessage> schemaMessages(String text) {
    return SCHEMA.validate(json(load(text)));
  }

  private static JsonNode json(Object document) {
    return JSON.valueToTree(document);
  }

  /// The kinds of problems the loader finds; the file that may be named is not there, which is no
  /// matter of shape.
  private static List<Kind> loaderKinds(String text) {
    try {
      SmallRulebook.parse(text);
      return List.of();
    } catch (RulebookException e) {
      return e.problems().stream().map(RulebookProblem::kind).toList();
    }
  }
}
