package io.evenkeel.rulebook;

import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Puts other values in the place of some of a rulebook's, before it is read: a rulebook told as
/// what it does otherwise than another.
final class RulebookChanges {
  private static final Pattern PART = Pattern.compile("(\\w+)(?:\\[([0-9]{1,6})])?");

  private RulebookChanges() {}

  /// Changes a tree in place.
  ///
  /// @param changes YAML text by dotted key as problems name it, e.g. `liquidation.steps` or
  ///   `collateral[2].cap`; the last key may be new in its mapping, everything before must be there
  static void apply(Findings findings, Node root, Map<String, String> changes) {
    changes.forEach((path, text) -> {
      Node value = YamlTree.parse(findings, text, RulebookLoader.MAXIMUM_BYTES);
      if (!isPut(root, path.split("\\.", -1), value)) {
        findings.add(
            Kind.SHAPE, Place.WHOLE_FILE, path, "cannot be changed: the file has no such key");
      }
    });
    findings.throwIfAny();
  }

  private static boolean isPut(Node root, String[] parts, Node value) {
    Node parent = root;
    for (int i = 0; i < parts.length; i++) {
      Matcher part = PART.matcher(parts[i]);
      if (!part.matches() || !(parent instanceof MappingNode mapping)) {
        return false;
      }
      boolean isLast = i == parts.length - 1;
      String key = part.group(1);
      String index = part.group(2);
      Node found = child(mapping, key);
      if (index != null) {
        if (!(found instanceof SequenceNode list)
            || Integer.parseInt(index) >= list.getValue().size()) {
          return false;
        }
        found = list.getValue().get(Integer.parseInt(index));
        if (isLast) {
          list.getValue().set(Integer.parseInt(index), value);
        }
      } else if (isLast) {
        put(mapping, key, value);
      }
      parent = found;
    }
    return true;
  }

  private static @Nullable Node child(MappingNode mapping, String key) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (isKey(tuple, key)) {
        return tuple.getValueNode();
      }
    }
    return null;
  }

  private static boolean isKey(NodeTuple tuple, String key) {
    return tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
  }

  private static void put(MappingNode mapping, String key, Node value) {
    List<NodeTuple> tuples = mapping.getValue();
    for (int i = 0; i < tuples.size(); i++) {
      if (isKey(tuples.get(i), key)) {
        tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
        return;
      }
    }
    Node name =
        new ScalarNode(
            Tag.STR, true, key, ScalarStyle.PLAIN, value.getStartMark(), value.getEndMark());
    tuples.add(new NodeTuple(name, value));
  }
}
