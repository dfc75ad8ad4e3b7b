package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the records here share in reading and writing trees.
final class Trees {
  private Trees() {}

  static ParameterNode.Items numbers(List<Decimal> values) {
    List<ParameterNode> items = new ArrayList<>();
    for (Decimal value : values) {
      items.add(new ParameterNode.Number(value));
    }
    return new ParameterNode.Items(items);
  }

  static <T> ParameterNode.Items items(List<T> values, Function<T, ParameterNode.Fields> toFields) {
    List<ParameterNode> items = new ArrayList<>();
    for (T value : values) {
      items.add(toFields.apply(value));
    }
    return new ParameterNode.Items(items);
  }

  static <T> ParameterNode.Fields named(
      Map<String, T> values, Function<T, ParameterNode.Fields> toFields) {
    ParameterNode.Builder builder = ParameterNode.Fields.builder();
    values.forEach((name, value) -> builder.node(name, toFields.apply(value)));
    return builder.build();
  }

  /// A part that need not be written.
  static <T> @Nullable T optional(
      ParameterReader reader, String name, Function<ParameterReader, T> reading) {
    return reader.has(name) ? reader.fields(name, reading) : null;
  }
}
