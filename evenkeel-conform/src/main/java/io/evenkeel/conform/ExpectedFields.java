package io.evenkeel.conform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An `expected` of a case that remembers what was asked of it: a figure that a file states and no
/// comparison looks at must fail its case, or a file could claim anything.
final class ExpectedFields extends ObjectNode {
  private static final long serialVersionUID = 1L;
  private static final String EXPECTED = "expected";
  private static final List<String> ABOUT_A_STEP = List.of("op", "source_line");

  private final transient Set<String> asked = new HashSet<>();

  private ExpectedFields(ObjectNode fields) {
    super(JsonNodeFactory.instance);
    fields.properties().forEach(field -> set(field.getKey(), watched(field.getValue())));
    asked.clear();
  }

  private static JsonNode watched(JsonNode node) {
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> copy.add(watched(each)));
      return copy;
    }
    return node instanceof ObjectNode object ? new ExpectedFields(object) : node;
  }

  /// A step of a flow that expects something is an `expected` as a whole.
  private static boolean isStepThatExpects(ObjectNode object) {
    return object.path("op").asString("").equals("expect");
  }

  /// A copy of a case in which every `expected`, and every object inside one, remembers.
  static JsonNode within(JsonNode node) {
    if (node instanceof ObjectNode object && isStepThatExpects(object)) {
      ExpectedFields step = new ExpectedFields(object);
      step.asked.addAll(ABOUT_A_STEP);
      return step;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field ->
              copy.set(
                  field.getKey(),
                  field.getKey().equals(EXPECTED)
                      ? watched(field.getValue())
                      : within(field.getValue())));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> copy.add(within(each)));
      return copy;
    }
    return node;
  }

  /// The paths of fields nobody asked for, in a case made by [#within(JsonNode)].
  static List<String> ignored(JsonNode node) {
    List<String> paths = new ArrayList<>();
    collect(node, "", paths);
    return paths;
  }

  private static void collect(JsonNode node, String path, List<String> paths) {
    if (node instanceof ExpectedFields fields) {
      for (Map.Entry<String, JsonNode> field : fields.unwatched()) {
        if (fields.asked.contains(field.getKey())) {
          collect(field.getValue(), path + "." + field.getKey(), paths);
        } else {
          paths.add(path.isEmpty() ? field.getKey() : path.substring(1) + "." + field.getKey());
        }
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(field ->
              collect(
                  field.getValue(),
                  field.getKey().equals(EXPECTED) ? path : path + "." + field.getKey(),
                  paths));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "." + i, paths);
      }
    }
  }

  private Set<Map.Entry<String, JsonNode>> unwatched() {
    return super.properties();
  }

  @Override
  public JsonNode get(String name) {
    asked.add(name);
    return super.get(name);
  }

  @Override
  public Optional<JsonNode> optional(String name) {
    asked.add(name);
    return super.optional(name);
  }

  @Override
  public JsonNode path(String name) {
    asked.add(name);
    return super.path(name);
  }

  @Override
  public JsonNode required(String name) {
    asked.add(name);
    return super.required(name);
  }

  @Override
  public Set<Map.Entry<String, JsonNode>> properties() {
    asked.addAll(super.propertyNames());
    return super.properties();
  }

  @Override
  public Stream<Map.Entry<String, JsonNode>> propertyStream() {
    asked.addAll(super.propertyNames());
    return super.propertyStream();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
