package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.number.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Reads one mapping of a [ParameterNode] tree strictly: a key that is missing, unknown or of the
/// wrong shape is an [InvalidParameter] that names the path and the remedy.
public final class ParameterReader {
  private final String path;
  private final Map<String, ParameterNode> fields;
  private final Set<String> asked = new LinkedHashSet<>();

  private ParameterReader(String path, Map<String, ParameterNode> fields) {
    this.path = path;
    this.fields = fields;
  }

  /// @param path where the mapping stands, e.g. `requirement`
  public static ParameterReader of(String path, ParameterNode.Fields fields) {
    return new ParameterReader(path, fields.fields());
  }

  /// Whether a key is written.
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /// A number.
  public Decimal decimal(String name) {
    return at(name) instanceof ParameterNode.Number(Decimal value)
        ? value
        : refuse(name, "must be a number");
  }

  /// A number, or `other` when the key is not written.
  public Decimal decimal(String name, Decimal other) {
    asked.add(name);
    return has(name) ? decimal(name) : other;
  }

  /// A whole number.
  public long whole(String name) {
    Decimal value = decimal(name);
    return value.scale() == 0 ? value.units() : refuse(name, "must be a whole number");
  }

  /// An amount of the numeraire in millionths.
  public long amountE6(String name) {
    Decimal value = decimal(name);
    if (value.scale() > 6) {
      return refuse(name, "must have at most 6 decimal places");
    }
    try {
      return value.times(1_000_000, Rounding.FLOOR);
    } catch (ArithmeticException e) {
      return refuse(name, "is too large");
    }
  }

  /// A name.
  public String word(String name) {
    return at(name) instanceof ParameterNode.Word(String text)
        ? text
        : refuse(name, "must be a name");
  }

  /// A name, or `other` when the key is not written.
  public String word(String name, String other) {
    asked.add(name);
    return has(name) ? word(name) : other;
  }

  /// A list of names.
  public List<String> words(String name) {
    if (!(at(name) instanceof ParameterNode.Items(List<ParameterNode> items))) {
      return refuse(name, "must be a list");
    }
    List<String> words = new ArrayList<>();
    for (ParameterNode item : items) {
      words.add(
          item instanceof ParameterNode.Word(String text)
              ? text
              : refuse(name, "must be a list of names"));
    }
    return words;
  }

  /// One of the choices of an enumeration, spelt as [#spelling(Enum)] does.
  public <E extends Enum<E>> E choice(String name, E[] choices) {
    String text = word(name);
    List<String> known = new ArrayList<>();
    for (E choice : choices) {
      if (spelling(choice).equals(text)) {
        return choice;
      }
      known.add(spelling(choice));
    }
    return refuse(name, "must be one of " + String.join(", ", known));
  }

  /// A list of choices, each spelt as [#spelling(Enum)] does.
  public <E extends Enum<E>> List<E> choices(String name, E[] known) {
    List<E> chosen = new ArrayList<>();
    for (String text : words(name)) {
      E choice = null;
      for (E candidate : known) {
        choice = spelling(candidate).equals(text) ? candidate : choice;
      }
      chosen.add(choice != null ? choice : refuse(name, "must not contain " + text));
    }
    return chosen;
  }

  /// Yes or no.
  public boolean flag(String name) {
    return at(name) instanceof ParameterNode.Flag(boolean value)
        ? value
        : refuse(name, "must be true or false");
  }

  /// A mapping, read whole by `reading`; keys it does not ask for are refused.
  public <T> T fields(String name, Function<ParameterReader, T> reading) {
    return read(below(name), at(name), reading);
  }

  /// A list of mappings, each read whole by `reading`.
  public <T> List<T> items(String name, Function<ParameterReader, T> reading) {
    if (!(at(name) instanceof ParameterNode.Items(List<ParameterNode> items))) {
      return refuse(name, "must be a list");
    }
    List<T> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      read.add(read(below(name) + "[" + i + "]", items.get(i), reading));
    }
    return read;
  }

  /// A list of numbers.
  public List<Decimal> decimals(String name) {
    if (!(at(name) instanceof ParameterNode.Items(List<ParameterNode> items))) {
      return refuse(name, "must be a list");
    }
    List<Decimal> numbers = new ArrayList<>();
    for (ParameterNode item : items) {
      numbers.add(
          item instanceof ParameterNode.Number(Decimal value)
              ? value
              : refuse(name, "must be a list of numbers"));
    }
    return numbers;
  }

  /// A mapping from names chosen by the author to numbers, in the order in which they were written.
  public Map<String, Decimal> numbers(String name) {
    if (!(at(name) instanceof ParameterNode.Fields(Map<String, ParameterNode> entries))) {
      return refuse(name, "must be a mapping");
    }
    Map<String, Decimal> read = new LinkedHashMap<>();
    entries.forEach((key, node) -> {
      if (!(node instanceof ParameterNode.Number(Decimal value))) {
        throw new InvalidParameter(below(name) + "." + key, "must be a number");
      }
      read.put(key, value);
    });
    return read;
  }

  /// What to throw when a value that was read cannot be accepted.
  public InvalidParameter refusal(String name, String remedy) {
    return new InvalidParameter(below(name), remedy);
  }

  /// A mapping whose keys are names chosen by the author, each value read whole by `reading`, in
  /// the order in which they were written.
  public <T> Map<String, T> named(String name, Function<ParameterReader, T> reading) {
    if (!(at(name) instanceof ParameterNode.Fields(Map<String, ParameterNode> entries))) {
      return refuse(name, "must be a mapping");
    }
    Map<String, T> read = new LinkedHashMap<>();
    entries.forEach((key, node) -> read.put(key, read(below(name) + "." + key, node, reading)));
    return read;
  }

  /// Refuses keys that nobody asked for. Called by whoever read the mapping, last.
  public void refuseUnknown() {
    for (String key : fields.keySet()) {
      if (!asked.contains(key)) {
        refuse(key, "is an unknown key; known here are " + String.join(", ", asked));
      }
    }
  }

  /// How rulebooks spell a choice: `TAKE_OVER` is `takeOver`.
  static String spelling(Enum<?> choice) {
    StringBuilder text = new StringBuilder();
    for (String part : choice.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      text.append(
          text.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return text.toString();
  }

  private static <T> T read(String path, ParameterNode node, Function<ParameterReader, T> reading) {
    if (!(node instanceof ParameterNode.Fields mapping)) {
      throw new InvalidParameter(path, "must be a mapping");
    }
    ParameterReader reader = of(path, mapping);
    T result;
    try {
      result = reading.apply(reader);
    } catch (InvalidParameter e) {
      // what a record refuses is named from the record on; here is known where it stands
      String root = path.substring(0, path.indexOf('.') + 1);
      throw e.parameter().startsWith(root)
          ? e
          : new InvalidParameter(path + "." + e.parameter(), e.remedy());
    }
    reader.refuseUnknown();
    return result;
  }

  private ParameterNode at(String name) {
    asked.add(name);
    ParameterNode node = fields.get(name);
    return node != null ? node : refuse(name, "is missing; add the key");
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  // never returns: the type lets it stand where a value is expected
  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T refuse(String name, String remedy) {
    throw new InvalidParameter(below(name), remedy);
  }
}
