package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Decimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters of a margin model as a tree, the same in a rulebook file, in the log and in a
/// snapshot. A model states once what its tree looks like ([ModelParameters#toFields()] and its
/// reader); every format carries any tree, so a new model adds no codec.
public sealed interface ParameterNode {
  /// An exact number. A share written `5%` is 0.05.
  // only ever written with the name of the family before it
  @SuppressWarnings("AvoidCommonTypeNames")
  record Number(Decimal value) implements ParameterNode {}

  /// A name or a choice.
  record Word(String text) implements ParameterNode {}

  /// Yes or no.
  record Flag(boolean value) implements ParameterNode {}

  /// A list in its order.
  record Items(List<ParameterNode> items) implements ParameterNode {
    /// Copies the list.
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Named values in the order in which they were written.
  record Fields(Map<String, ParameterNode> fields) implements ParameterNode {
    /// Copies the map, keeping its order.
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// Starts an empty one.
    public static Builder builder() {
      return new Builder();
    }
  }

  /// Collects named values.
  final class Builder {
    private final Map<String, ParameterNode> fields = new LinkedHashMap<>();

    private Builder() {}

    /// Adds a number.
    public Builder number(String name, Decimal value) {
      return node(name, new Number(value));
    }

    /// Adds a whole number.
    public Builder number(String name, long value) {
      return number(name, new Decimal(value, 0));
    }

    /// Adds an amount of the numeraire that is held in millionths.
    public Builder amountE6(String name, long valueE6) {
      return number(name, new Decimal(valueE6, 6));
    }

    /// Adds a word.
    public Builder word(String name, String text) {
      return node(name, new Word(text));
    }

    /// Adds a list of words.
    public Builder words(String name, List<String> texts) {
      return node(name, new Items(texts.stream().<ParameterNode>map(Word::new).toList()));
    }

    /// Adds a choice, written the way rulebooks write it: `TAKE_OVER` as `takeOver`.
    public Builder choice(String name, Enum<?> choice) {
      return word(name, ParameterReader.spelling(choice));
    }

    /// Adds yes or no.
    public Builder flag(String name, boolean value) {
      return node(name, new Flag(value));
    }

    /// Adds any node.
    public Builder node(String name, ParameterNode node) {
      fields.put(name, node);
      return this;
    }

    /// The mapping.
    public Fields build() {
      return new Fields(fields);
    }
  }
}
