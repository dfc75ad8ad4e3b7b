package io.evenkeel.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A conformance file and its cases, each with the key of the family that runs it. Four layouts are
/// known: cases that name their `peer` and `family`; files with one `family` for cases with a
/// `name`; files with a `schema`; and the project's own (`docs/CONFORMANCE.md`).
///
/// @param path where it was read
/// @param cases in the order of the file
public record ConformanceFile(Path path, List<Entry> cases) {
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /// Tags of a flow in which somebody is closed out.
  private static final Set<String> CLOSING_TAGS = Set.of("closeout", "distressed_orders_cancelled");

  /// Copies the list.
  public ConformanceFile {
    cases = List.copyOf(cases);
  }

  /// One case.
  ///
  /// @param id as the file names it
  /// @param peer whose case it is, e.g. `dydx-v4`
  /// @param family as the file names it, e.g. `account_risk`
  /// @param node the whole case
  public record Entry(String id, String peer, String family, JsonNode node) {
    /// What [Families] and the list of what is not run know it by.
    public String key() {
      return peer + "/" + family;
    }
  }

  /// Reads a file.
  ///
  /// @throws ConformanceException naming the file and the remedy when it cannot be read or its
  ///   layout is none of the known ones
  public static ConformanceFile read(Path path) {
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readString(path));
    } catch (IOException | JacksonException e) {
      throw new ConformanceException(path + ": is not readable as JSON: " + firstLine(e));
    }
    List<Entry> entries = new ArrayList<>();
    if (root.has("formula_checks")) {
      entries.add(new Entry(path.getFileName().toString(), "deribit", "pme_simulate", root));
      return new ConformanceFile(path, entries);
    }
    JsonNode cases = root.path("cases");
    if (!cases.isArray() || cases.isEmpty()) {
      throw new ConformanceException(
          path + ": has no `cases`; docs/CONFORMANCE.md describes the layouts that are known");
    }
    for (JsonNode each : cases) {
      entries.add(entry(path, root, each));
    }
    return new ConformanceFile(path, entries);
  }

  private static Entry entry(Path path, JsonNode root, JsonNode each) {
    String id = each.path("id").asString(each.path("name").asString(""));
    if (each.has("peer") && each.has("family")) {
      return new Entry(id, each.get("peer").asString(), each.get("family").asString(), each);
    }
    if (root.path("format").asString("").equals(PortfolioCases.FORMAT)) {
      return new Entry(id, "evenkeel", PortfolioCases.FAMILY, each);
    }
    if (root.has("family")) {
      String kind = each.path("kind").asString("");
      String family = root.get("family").asString() + (kind.isEmpty() ? "" : "/" + kind);
      return new Entry(id, "derive", family, each);
    }
    String schema = root.path("schema").asString("");
    return switch (schema) {
      case "vega-margin-levels/1" -> new Entry(id, "vega", "margin_levels", each);
      case "vega-margin-levels-isolated/1" -> new Entry(id, "vega", "margin_levels_isolated", each);
      case "vega-flows/1" -> new Entry(id, "vega", flowFamily(each), each);
      default ->
          throw new ConformanceException(
              path
                  + ": case '"
                  + id
                  + "' names no peer and family, and the file no family, known schema or format"
                  + " (docs/CONFORMANCE.md)");
    };
  }

  /// Flows are families of their own by what happens in them, as they state it themselves.
  private static String flowFamily(JsonNode flow) {
    List<String> tags = flow.path("tags").valueStream().map(JsonNode::asString).toList();
    if (tags.contains("bond_drawn") && tags.stream().anyMatch(CLOSING_TAGS::contains)) {
      return "flows/bond_forfeited";
    }
    return flow.path("core").asBoolean(false) ? "flows" : "flows/beyond_core";
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
