package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A part of a file as a tree of parameters, for margin models that read their own tree. Numbers
/// are exact; `5%` is 0.05, `100_000` is 100000. `source` and `asOf` are provenance wherever they
/// stand and no parameters.
final class ParameterTree {
  private static final int NAME_LENGTH = 64;

  private ParameterTree() {}

  /// Everything in a mapping but one key. What cannot be read is recorded.
  static ParameterNode.Fields fieldsWithout(YamlMapping mapping, String left) {
    Map<String, ParameterNode> fields = new LinkedHashMap<>();
    mapping
        .named(NAME_LENGTH)
        .forEach((name, _) -> {
          if (!name.equals(left) && !YamlMapping.isProvenance(name)) {
            fields.put(name, node(mapping.at(name)));
          }
        });
    return new ParameterNode.Fields(fields);
  }

  private static ParameterNode node(YamlValue value) {
    return switch (value.node()) {
      case MappingNode _ -> {
        YamlMapping mapping = value.mapping();
        ParameterNode.Fields fields = fieldsWithout(mapping, "");
        mapping.build(() -> fields);
        yield fields;
      }
      case SequenceNode _ -> {
        List<ParameterNode> items = new ArrayList<>();
        for (YamlValue item : value.items()) {
          items.add(node(item));
        }
        yield new ParameterNode.Items(items);
      }
      case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN ->
          plain(value, scalar);
      case null, default -> new ParameterNode.Word(value.symbol(NAME_LENGTH));
    };
  }

  /// A tag may have made a word of what looks like a number, or the other way round.
  private static ParameterNode plain(YamlValue value, ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return new ParameterNode.Flag(text.equals("true"));
    }
    boolean figure = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    boolean word = tag.equals(Tag.STR);
    if ((figure && ExactNumber.isPlain(text))
        || (word && (ExactNumber.isPercent(text) || ExactNumber.isGrouped(text)))) {
      ExactNumber number = ExactNumber.parse(text);
      BigDecimal exact = number.value();
      Decimal decimal = exact == null ? null : ExactNumber.toDecimal(exact);
      if (decimal == null) {
        value.fail(Kind.VALUE, exact == null ? number.remedy() : "has too many digits");
        return new ParameterNode.Number(Decimal.ZERO);
      }
      return new ParameterNode.Number(decimal);
    }
    return new ParameterNode.Word(value.symbol(NAME_LENGTH));
  }
}
