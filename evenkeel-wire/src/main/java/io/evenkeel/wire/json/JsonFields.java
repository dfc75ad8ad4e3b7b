package io.evenkeel.wire.json;

import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one JSON object field by field and refuses, with [#end()], what nobody asked for. Every
/// reason names its field as a JSON pointer. A field that is null counts as one of the wrong type:
/// optional ones are left out instead.
public final class JsonFields {
  private final JsonNode object;
  private final String pointer;
  private final List<String> asked = new ArrayList<>();

  private JsonFields(JsonNode object, String pointer) {
    this.object = object;
    this.pointer = pointer;
  }

  /// The fields of a document.
  ///
  /// @throws InvalidJson when it is no object
  public static JsonFields of(JsonNode document) {
    return of(document, "");
  }

  /// The fields of an object inside a document.
  ///
  /// @param pointer where the object is, e.g. `/marks/3`
  /// @throws InvalidJson when it is no object
  public static JsonFields of(JsonNode object, String pointer) {
    if (!object.isObject()) {
      throw new InvalidJson(pointer, "must be an object, not " + Figures.typeOf(object));
    }
    return new JsonFields(object, pointer);
  }

  /// Whether a field is there.
  public boolean has(String name) {
    return optional(name) != null;
  }

  /// A field of any type.
  public JsonNode any(String name) {
    JsonNode value = optional(name);
    if (value == null) {
      throw new InvalidJson(pointerTo(name), "is missing");
    }
    return value;
  }

  /// A string.
  public String text(String name) {
    JsonNode value = any(name);
    if (!value.isString()) {
      throw wrong(name, "a string", value);
    }
    String text = value.stringValue();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && !isPair(text, i)) {
        throw new InvalidJson(pointerTo(name), "holds half a character (an unpaired surrogate)");
      }
    }
    return text;
  }

  /// A symbol or name: a string on one line.
  public String symbol(String name) {
    String text = text(name);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidJson(pointerTo(name), "must not hold control characters");
    }
    return text;
  }

  /// True or false.
  public boolean flag(String name) {
    JsonNode value = any(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.booleanValue();
  }

  /// True or false; `absent` when the field is left out.
  public boolean flag(String name, boolean absent) {
    return has(name) ? flag(name) : absent;
  }

  /// A number that may pass 2^53, as a string or a number without decimals.
  public long identifier(String name) {
    return identifier(any(name), pointerTo(name));
  }

  /// The same; `absent` when the field is left out.
  public long identifier(String name, long absent) {
    return has(name) ? identifier(name) : absent;
  }

  /// A list of identifiers.
  public List<Long> identifiers(String name) {
    JsonNode list = list(name);
    List<Long> identifiers = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      identifiers.add(identifier(list.get(i), pointerTo(name) + "/" + i));
    }
    return identifiers;
  }

  /// A JSON number without decimals.
  public int integer(String name, int least, int most) {
    JsonNode value = any(name);
    if (!value.isIntegralNumber()) {
      throw wrong(name, "a number without decimals", value);
    }
    if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
      throw new InvalidJson(pointerTo(name), "must be %s to %s".formatted(least, most));
    }
    return value.intValue();
  }

  /// A list.
  public JsonNode list(String name) {
    JsonNode value = any(name);
    if (!value.isArray()) {
      throw wrong(name, "a list", value);
    }
    return value;
  }

  /// One of an enumeration's names.
  public <E extends Enum<E>> E choice(String name, E[] choices) {
    String text = text(name);
    StringJoiner names = new StringJoiner(", ");
    for (E choice : choices) {
      if (choice.name().equals(text)) {
        return choice;
      }
      names.add(choice.name());
    }
    throw new InvalidJson(
        pointerTo(name),
        "there is no %s; it must be one of %s".formatted(Figures.quoted(text), names));
  }

  /// The same; `absent` when the field is left out.
  public <E extends Enum<E>> E choice(String name, E[] choices, E absent) {
    return has(name) ? choice(name, choices) : absent;
  }

  /// A decimal as a count of `10^-scale`, exactly.
  public long units(String name, int scale) {
    return Figures.units(exact(name), scale, pointerTo(name));
  }

  /// The same; `absent` when the field is left out.
  public long units(String name, int scale, long absent) {
    return has(name) ? units(name, scale) : absent;
  }

  /// A decimal as a count of `10^-scale` that fits an int.
  public int smallUnits(String name, int scale) {
    long units = units(name, scale);
    if (units != (int) units) {
      throw new InvalidJson(pointerTo(name), "is out of range");
    }
    return (int) units;
  }

  /// A decimal of at most 18 places.
  public Decimal decimal(String name) {
    return Figures.decimal(any(name), pointerTo(name));
  }

  /// An instant, nanoseconds since 1970-01-01T00:00Z, from ISO 8601 in UTC or an integer.
  public long timeNs(String name) {
    return Figures.timeNs(any(name), pointerTo(name));
  }

  /// The same; `absent` when the field is left out.
  public long timeNs(String name, long absent) {
    return has(name) ? timeNs(name) : absent;
  }

  /// A number with all its decimals.
  BigDecimal exact(String name) {
    return Figures.exact(any(name), pointerTo(name));
  }

  /// A complaint about a field.
  public InvalidJson invalid(String name, String reason) {
    return new InvalidJson(pointerTo(name), reason);
  }

  /// JSON pointer of a field.
  public String pointerTo(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /// Refuses fields that nobody asked for.
  public void end() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw new InvalidJson(
            pointerTo(name),
            "is not a field here; the fields are "
                + String.join(", ", asked.stream().distinct().toList()));
      }
    }
  }

  private @Nullable JsonNode optional(String name) {
    asked.add(name);
    return object.get(name);
  }

  private InvalidJson wrong(String name, String right, JsonNode value) {
    return new InvalidJson(
        pointerTo(name), "must be %s, not %s".formatted(right, Figures.typeOf(value)));
  }

  private static long identifier(JsonNode value, String pointer) {
    if (!value.isIntegralNumber() && !value.isString()) {
      throw new InvalidJson(pointer, "must be a number as a string, not " + Figures.typeOf(value));
    }
    return Figures.units(Figures.exact(value, pointer), 0, pointer);
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
