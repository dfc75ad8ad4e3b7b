package io.evenkeel.wire.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON text more strictly than JSON itself asks for, because every document here is an order
/// about money: one object member per name, no exponents, nothing after the end, nothing but UTF-8,
/// and bounded depth and lengths. Numbers with a point are kept as exact decimals.
final class JsonText {
  static final int MAXIMUM_DEPTH = 16;
  static final int MAXIMUM_TEXT_LENGTH = 1 << 20;
  static final int MAXIMUM_NUMBER_LENGTH = 64;
  static final int MAXIMUM_NAME_LENGTH = 256;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern TALK_OF_JACKSON =
      Pattern.compile(
          " \\(start marker at \\[Source: [^\\]]*\\]\\)|, from `[^`]*`|: enable `[^`]*` to allow");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAXIMUM_DEPTH)
                          .maxStringLength(MAXIMUM_TEXT_LENGTH)
                          .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
                          .maxNameLength(MAXIMUM_NAME_LENGTH)
                          .build())
                  .build())
          .build();

  private JsonText() {}

  static JsonNode parse(byte[] utf8) {
    return parse(decode(utf8));
  }

  static JsonNode parse(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      try {
        return document(parser);
      } catch (JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        throw new InvalidJson(
            "", place(location == null ? parser.currentLocation() : location) + reason(e));
      }
    }
  }

  private static JsonNode document(JsonParser parser) {
    if (parser.nextToken() == null) {
      throw new InvalidJson("", "there is no JSON here; send one object");
    }
    JsonNode root = node(parser);
    if (parser.nextToken() != null) {
      throw at(parser, "something follows after the end of the document");
    }
    return root;
  }

  private static JsonNode node(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw at(parser, "unexpected " + token);
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    String name = parser.nextName();
    while (name != null) {
      if (object.has(name)) {
        throw at(parser, "is given twice");
      }
      parser.nextToken();
      object.set(name, node(parser));
      name = parser.nextName();
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static JsonNode decimal(JsonParser parser) {
    String text = parser.getString();
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      throw at(parser, "numbers are written without exponent");
    }
    return NODES.numberNode(parser.getDecimalValue());
  }

  private static InvalidJson at(JsonParser parser, String reason) {
    String pointer = parser.streamReadContext().pathAsPointer().toString();
    return new InvalidJson(pointer, place(parser.currentTokenLocation()) + reason);
  }

  private static String place(TokenStreamLocation location) {
    return "line %s, column %s: ".formatted(location.getLineNr(), location.getColumnNr());
  }

  /// What Jackson found, without its talk of itself.
  private static String reason(JacksonException e) {
    return TALK_OF_JACKSON.matcher(e.getOriginalMessage()).replaceAll("");
  }

  private static String decode(byte[] utf8) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer text = CharBuffer.allocate(utf8.length);
    CoderResult result = decoder.decode(bytes, text, true);
    if (result.isError()) {
      throw new InvalidJson("", "byte %s is not UTF-8".formatted(bytes.position()));
    }
    return text.flip().toString();
  }
}
