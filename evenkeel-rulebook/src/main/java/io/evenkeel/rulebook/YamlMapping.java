package io.evenkeel.rulebook;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.rulebook.RulebookDocument.Provenance;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The keys of one mapping. A reader asks for each key it knows and then calls [#build], which
/// records keys that were not asked for and keys that were not there, and builds only when
/// everything inside was right.
final class YamlMapping {
  private static final String SOURCE = "source";
  private static final String AS_OF = "asOf";
  private static final int SOURCE_LENGTH = 500;
  private static final Pattern KEY_AND_INDEX = Pattern.compile("(\\w+)\\[([0-9]{1,6})]");

  private final Reading reading;
  private final String path;
  private final Place place;
  private final int problemsBefore;
  private final Map<String, YamlValue> values = new LinkedHashMap<>();
  private final Map<String, Place> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> missing = new ArrayList<>();
  private boolean judged = true;

  private YamlMapping(Reading reading, String path, Place place) {
    this.reading = reading;
    this.path = path;
    this.place = place;
    this.problemsBefore = reading.findings().count();
  }

  static YamlMapping of(Reading reading, String path, Place place, MappingNode node) {
    YamlMapping mapping = new YamlMapping(reading, path, place);
    for (NodeTuple tuple : node.getValue()) {
      mapping.add(tuple.getKeyNode(), tuple.getValueNode());
    }
    return mapping;
  }

  /// Stands in for a value that is no mapping, which was recorded: nothing below it is missed.
  static YamlMapping unusable(Reading reading, String path, Place place) {
    YamlMapping mapping = new YamlMapping(reading, path, place);
    mapping.judged = false;
    return mapping;
  }

  private void add(Node keyNode, Node valueNode) {
    Place keyPlace = Place.of(keyNode);
    if (!(keyNode instanceof ScalarNode scalar)) {
      reading.findings().add(Kind.SYNTAX, keyPlace, path, "a key must be a word");
      return;
    }
    String key = scalar.getValue();
    Place first = keys.get(key);
    if (first != null) {
      reading
          .findings()
          .add(
              Kind.SYNTAX,
              keyPlace,
              below(key),
              "is written twice, first in line " + first.line() + "; remove one of the two");
      return;
    }
    keys.put(key, keyPlace);
    Place valuePlace = Place.of(valueNode);
    // An empty value has no text of its own to point at.
    Place shown =
        valueNode instanceof ScalarNode empty && empty.getValue().isEmpty() ? keyPlace : valuePlace;
    values.put(key, new YamlValue(reading, below(key), shown, valueNode));
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// The value of a key that must be there.
  YamlValue at(String key) {
    YamlValue value = optional(key);
    if (!value.isPresent()) {
      missing.add(key);
    }
    return value;
  }

  /// The value of a key that may be left out.
  YamlValue optional(String key) {
    asked.add(key);
    YamlValue value = values.get(key);
    return value != null ? value : new YamlValue(reading, below(key), place, null);
  }

  /// All values of a mapping whose keys are names chosen by the author. Such a mapping is not
  /// built.
  ///
  /// @param maximumLength of a name
  Map<String, YamlValue> named(int maximumLength) {
    keys.forEach((key, keyPlace) -> {
      if (!YamlValue.isSymbol(key, maximumLength)) {
        reading
            .findings()
            .add(Kind.SHAPE, keyPlace, path, "a name " + YamlValue.symbolRemedy(maximumLength));
      }
    });
    return values;
  }

  /// All values by key, of a file of another program.
  Map<String, YamlValue> values() {
    return values;
  }

  /// For a mapping whose `type` was not right: as nothing else in it can be judged, only the
  /// missing key is recorded.
  void leaveUntyped() {
    if (judged) {
      judgeMissing(Set.of());
    }
  }

  /// Builds what the mapping describes.
  ///
  /// @param parts called only when nothing was found wrong in this mapping or below it; an
  ///   [InvalidParameter] it throws is recorded where the parameter stands
  /// @return null when something was wrong
  <T> @Nullable T build(Supplier<T> parts) {
    readProvenance();
    if (judged) {
      judgeKeys();
    }
    return buildFromWhatIsThere(parts);
  }

  /// Like [#build], but keys that were not asked for are nobody's business: for files of other
  /// programs.
  <T> @Nullable T buildLeniently(Supplier<T> parts) {
    if (judged) {
      judgeMissing(Set.of());
    }
    return buildFromWhatIsThere(parts);
  }

  private <T> @Nullable T buildFromWhatIsThere(Supplier<T> parts) {
    if (!judged || reading.findings().count() > problemsBefore) {
      return null;
    }
    try {
      return parts.get();
    } catch (InvalidParameter e) {
      YamlValue culprit = find(e.parameter());
      // a key that is missing stands nowhere: it is named below the mapping that lacks it
      String named =
          e.parameter().startsWith(culprit.path() + ".") ? e.parameter() : culprit.path();
      reading.findings().add(Kind.VALUE, culprit.place(), named, e.remedy() + culprit.found());
      return null;
    }
  }

  private void readProvenance() {
    YamlValue source = optional(SOURCE);
    YamlValue asOf = optional(AS_OF);
    String text = source.line(SOURCE_LENGTH);
    LocalDate day = asOf.day();
    if (source.isPresent() || asOf.isPresent()) {
      reading.provenance().add(new Provenance(path, text, day));
    }
  }

  private void judgeKeys() {
    Set<String> meant = new LinkedHashSet<>();
    keys.forEach((key, keyPlace) -> {
      if (!asked.contains(key)) {
        String nearest = Spelling.nearest(key, notWritten());
        if (nearest != null) {
          meant.add(nearest);
        }
        reading
            .findings()
            .add(
                Kind.SHAPE,
                keyPlace,
                below(key),
                nearest != null
                    ? "unknown key; did you mean '" + nearest + "'?"
                    : "unknown key; known here are " + String.join(", ", known()));
      }
    });
    judgeMissing(meant);
  }

  /// @param meant keys that an unknown one probably stands for
  private void judgeMissing(Set<String> meant) {
    for (String key : missing) {
      if (!meant.contains(key)) {
        reading.findings().add(Kind.SHAPE, place, below(key), "is missing; add the key");
      }
    }
  }

  private List<String> notWritten() {
    return asked.stream().filter(key -> !keys.containsKey(key)).toList();
  }

  /// The keys that mean something to the engine come first.
  private List<String> known() {
    return asked.stream().sorted(Comparator.comparing(YamlMapping::isProvenance)).toList();
  }

  static boolean isProvenance(String key) {
    return key.equals(SOURCE) || key.equals(AS_OF);
  }

  /// The value that a parameter of the model is read from. The model names it from its own root
  /// (`levels.search`), the file may hold it deeper (`levels.cross.search`), so the longest tail
  /// that leads somewhere from here counts.
  private YamlValue find(String parameter) {
    String tail = parameter;
    while (true) {
      YamlValue found = descend(tail);
      if (found != null) {
        return found;
      }
      int point = tail.indexOf('.');
      if (point < 0) {
        return new YamlValue(reading, path, place, null);
      }
      tail = tail.substring(point + 1);
    }
  }

  private @Nullable YamlValue descend(String tail) {
    YamlMapping mapping = this;
    YamlValue value = null;
    for (String part : tail.split("\\.", -1)) {
      Matcher matcher = KEY_AND_INDEX.matcher(part);
      value = mapping.values.get(matcher.matches() ? matcher.group(1) : part);
      if (value != null && matcher.matches()) {
        List<YamlValue> items = value.items();
        int index = Integer.parseInt(matcher.group(2));
        value = index < items.size() ? items.get(index) : null;
      }
      if (value == null) {
        return null;
      }
      mapping =
          value.node() instanceof MappingNode node
              ? of(reading, value.path(), value.place(), node)
              : unusable(reading, value.path(), value.place());
    }
    return value;
  }
}
