package io.evenkeel.wire;

import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.ParameterNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Trees as JSON without blanks, in the order they have: the parameters of a margin model, and the
/// terms of a computation. One form only: what reads a text refuses it if it would write it
/// differently.
public final class TreeText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final int MAXIMUM_SCALE = 18;
  private static final int MAXIMUM_DIGITS = 19;
  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private TreeText() {}

  /// Parameters as text.
  public static String of(ParameterNode node) {
    return MAPPER.writeValueAsString(json(node));
  }

  /// Parameters from text.
  ///
  /// @throws InvalidParameter naming `field` when the text is no such tree
  public static ParameterNode parameters(String text, String field) {
    ParameterNode node = node(parse(text, field), field);
    if (!of(node).equals(text)) {
      throw new InvalidParameter(field, "is not written in its one form");
    }
    return node;
  }

  /// Terms as text; empty for none.
  public static String of(List<Term> terms) {
    if (terms.isEmpty()) {
      return "";
    }
    return MAPPER.writeValueAsString(json(terms));
  }

  /// Terms from text.
  ///
  /// @throws InvalidParameter naming `field` when the text is no list of terms
  public static List<Term> terms(String text, String field) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<Term> terms = terms(parse(text, field), field);
    if (!of(terms).equals(text)) {
      throw new InvalidParameter(field, "is not written in its one form");
    }
    return terms;
  }

  /// Terms as JSON: `name`, `operation`, `value`, `unit` and, unless it is an input, `terms`.
  public static ArrayNode json(List<Term> terms) {
    ArrayNode array = NODES.arrayNode();
    for (Term term : terms) {
      ObjectNode node = array.addObject();
      node.put("name", term.name());
      node.put("operation", term.operation().name());
      node.put("value", term.value().toPlainString());
      node.put("unit", term.unit());
      if (!term.children().isEmpty()) {
        node.set("terms", json(term.children()));
      }
    }
    return array;
  }

  private static JsonNode parse(String text, String field) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new InvalidParameter(field, "is no JSON");
    }
  }

  private static JsonNode json(ParameterNode node) {
    return switch (node) {
      case ParameterNode.Number(Decimal value) ->
          NODES.numberNode(BigDecimal.valueOf(value.units(), value.scale()));
      case ParameterNode.Word(String text) -> NODES.stringNode(text);
      case ParameterNode.Flag(boolean value) -> NODES.booleanNode(value);
      case ParameterNode.Items(List<ParameterNode> items) -> {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(json(item)));
        yield array;
      }
      case ParameterNode.Fields(Map<String, ParameterNode> fields) -> {
        ObjectNode object = NODES.objectNode();
        fields.forEach((name, value) -> object.set(name, json(value)));
        yield object;
      }
    };
  }

  private static ParameterNode node(JsonNode json, String field) {
    if (json.isNumber()) {
      return new ParameterNode.Number(decimal(json.decimalValue(), field));
    }
    if (json.isString()) {
      return new ParameterNode.Word(json.asString());
    }
    if (json.isBoolean()) {
      return new ParameterNode.Flag(json.asBoolean());
    }
    if (json.isArray()) {
      List<ParameterNode> items = new ArrayList<>();
      json.forEach(item -> items.add(node(item, field)));
      return new ParameterNode.Items(items);
    }
    if (json.isObject()) {
      Map<String, ParameterNode> fields = new LinkedHashMap<>();
      json.properties().forEach(each -> fields.put(each.getKey(), node(each.getValue(), field)));
      return new ParameterNode.Fields(fields);
    }
    throw new InvalidParameter(field, "holds nothing where a parameter is expected");
  }

  /// A number as it is written: without exponent, so that nothing grows when it is read.
  private static Decimal decimal(BigDecimal value, String field) {
    if (value.scale() >= 0
        && value.scale() <= MAXIMUM_SCALE
        && value.precision() <= MAXIMUM_DIGITS) {
      try {
        return new Decimal(value.unscaledValue().longValueExact(), value.scale());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new InvalidParameter(field, "holds a number that is no decimal");
      }
    }
    throw new InvalidParameter(field, "holds a number that is no decimal");
  }

  private static BigDecimal value(String text, String field) {
    if (!PLAIN_NUMBER.matcher(text).matches()) {
      throw new InvalidParameter(field, "holds a value that is not written out");
    }
    return new BigDecimal(text);
  }

  private static List<Term> terms(JsonNode array, String field) {
    if (!array.isArray() && !array.isMissingNode()) {
      throw new InvalidParameter(field, "is no list of terms");
    }
    List<Term> terms = new ArrayList<>();
    for (JsonNode node : array) {
      try {
        terms.add(
            new Term(
                node.path("name").asString(),
                Operation.valueOf(node.path("operation").asString()),
                value(node.path("value").asString(), field),
                node.path("unit").asString(),
                terms(node.path("terms"), field)));
      } catch (IllegalArgumentException | JacksonException e) {
        throw new InvalidParameter(field, "holds something that is no term");
      }
    }
    return terms;
  }
}
