package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A configuration file as one mapping of keys, some of which hold a mapping again. Whoever reads
/// it asks for every key there may be, with the range it may have; keys nobody asked for, values of
/// the wrong kind and values out of range are collected with their line and told together.
final class ConfigTree {
  private static final int MOST_CHARACTERS = 1 << 16;
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(B|KiB|MiB|GiB)");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,3}(_[0-9]{3})+|[0-9]{1,18}");

  private final String path;
  private final List<Problem> problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private ConfigTree(String path, List<Problem> problems, @Nullable MappingNode mapping) {
    this.path = path;
    this.problems = problems;
    if (mapping != null) {
      mapping.getValue().forEach(this::add);
    }
  }

  /// @param line from 1; 0 for the file as a whole
  private record Problem(int line, String text) {}

  /// What reads a file: asks for keys and makes something of them.
  interface Form<T> {
    /// Called once. What it returns counts only when nothing was wrong.
    T read(ConfigTree root);
  }

  /// Reads a file.
  ///
  /// @throws Failure naming the file, and line and remedy of every mistake
  static <T> T read(Path file, Form<T> form) {
    List<Problem> problems = new ArrayList<>();
    Node node = compose(file, text(file), problems);
    if (problems.isEmpty() && !(node instanceof MappingNode)) {
      problems.add(new Problem(1, "must be a mapping of keys, such as 'data: venue'"));
    }
    T result = null;
    if (node instanceof MappingNode mapping) {
      ConfigTree root = new ConfigTree("", problems, mapping);
      result = form.read(root);
      root.refuseUnknown();
    }
    if (result == null || !problems.isEmpty()) {
      throw new Failure(told(file, problems));
    }
    return result;
  }

  private static String told(Path file, List<Problem> problems) {
    List<Problem> ordered = new ArrayList<>(problems);
    ordered.sort((one, other) -> Integer.compare(one.line, other.line));
    StringBuilder text = new StringBuilder();
    for (Problem problem : ordered) {
      text.append(text.isEmpty() ? "" : "\n").append(file);
      text.append(problem.line > 0 ? ":" + problem.line : "").append(": ").append(problem.text);
    }
    return text.toString();
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_CHARACTERS) {
        throw new Failure(file + ": is larger than 64 KiB; is it the right file?");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Failure(
          file + ": no such file; check the path, or begin with a copy of examples/evenkeel.yaml");
    } catch (IOException e) {
      throw new Failure(file + ": cannot be read (" + e + "); give a readable file in UTF-8");
    }
  }

  private static @Nullable Node compose(Path file, String text, List<Problem> problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(0)
            .build();
    try {
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.add(new Problem(line, "is not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Problem(0, "cannot be read as YAML: " + e.getMessage()));
    }
    return null;
  }

  private void add(NodeTuple tuple) {
    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    if (keys.containsKey(key)) {
      fail(tuple.getKeyNode(), key, "is written twice; remove one of the two");
      return;
    }
    keys.put(key, tuple.getKeyNode());
    values.put(key, tuple.getValueNode());
  }

  private void refuseUnknown() {
    keys.forEach((key, node) -> {
      if (!asked.contains(key)) {
        fail(node, key, "unknown key; known here are " + String.join(", ", asked));
      }
    });
  }

  private void fail(Node where, String key, String text) {
    int line = where.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    problems.add(new Problem(line, path + key + ": " + text));
  }

  /// The keys of a mapping inside this one; one without keys when it is left out.
  ///
  /// @param read asks for all of its keys
  <T> T section(String key, Form<T> read) {
    asked.add(key);
    Node node = values.get(key);
    MappingNode mapping = node instanceof MappingNode found ? found : null;
    if (node != null && mapping == null) {
      fail(node, key, "must be a mapping of keys");
    }
    ConfigTree inner = new ConfigTree(path + key + ".", problems, mapping);
    T result = read.read(inner);
    inner.refuseUnknown();
    return result;
  }

  /// A word that must be there.
  String text(String key) {
    String text = text(key, "");
    if (!keys.containsKey(key)) {
      problems.add(new Problem(0, path + key + ": is missing; add the key"));
    }
    return text;
  }

  /// A word; `standard` when it is left out.
  String text(String key, String standard) {
    String text = scalar(key, "must be a word");
    if (text != null && text.isBlank()) {
      fail(at(key), key, "must not be empty");
    }
    return text == null ? standard : text;
  }

  /// A whole number, e.g. `10000` or `10_000`.
  int integer(String key, int least, int most, int standard) {
    String expected = "must be a whole number from " + least + " to " + most;
    String text = scalar(key, expected);
    if (text == null) {
      return standard;
    }
    if (WHOLE.matcher(text).matches()) {
      BigInteger value = new BigInteger(text.replace("_", ""));
      if (value.compareTo(BigInteger.valueOf(least)) >= 0
          && value.compareTo(BigInteger.valueOf(most)) <= 0) {
        return value.intValueExact();
      }
    }
    fail(at(key), key, expected + " (found " + text + ")");
    return standard;
  }

  /// A duration with its unit, e.g. `5m`.
  Duration duration(String key, Duration least, Duration most, Duration standard) {
    String expected = "must be a duration from " + told(least) + " to " + told(most);
    String text = scalar(key, expected);
    if (text == null) {
      return standard;
    }
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration found =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
          };
      if (found.compareTo(least) >= 0 && found.compareTo(most) <= 0) {
        return found;
      }
    }
    fail(at(key), key, expected + ", with its unit: ms, s, m or h (found " + text + ")");
    return standard;
  }

  private static String told(Duration duration) {
    if (duration.toMillis() % 1_000 != 0) {
      return duration.toMillis() + "ms";
    }
    return duration.toSeconds() % 3_600 == 0 && !duration.isZero()
        ? duration.toHours() + "h"
        : duration.toSeconds() + "s";
  }

  /// A size in bytes with its unit, e.g. `256 MiB`.
  long bytes(String key, long least, long most, long standard) {
    String text = scalar(key, "must be a size such as 256 MiB");
    if (text == null) {
      return standard;
    }
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      int shift = 10 * List.of("B", "KiB", "MiB", "GiB").indexOf(matcher.group(2));
      BigInteger found = new BigInteger(matcher.group(1)).shiftLeft(shift);
      if (found.compareTo(BigInteger.valueOf(least)) >= 0
          && found.compareTo(BigInteger.valueOf(most)) <= 0) {
        return found.longValueExact();
      }
    }
    fail(
        at(key),
        key,
        "must be a size from %s to %s, with its unit: B, KiB, MiB or GiB (found %s)"
            .formatted(told(least), told(most), text));
    return standard;
  }

  private static String told(long bytes) {
    if (bytes != 0 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes != 0 && bytes % 1_024 == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  /// `true` or `false`.
  boolean flag(String key, boolean standard) {
    String text = scalar(key, "must be true or false");
    if (text == null) {
      return standard;
    }
    if (!text.equals("true") && !text.equals("false")) {
      fail(at(key), key, "must be true or false (found " + text + ")");
    }
    return text.equals("true");
  }

  private Node at(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw new IllegalStateException(key + " was not written");
    }
    return node;
  }

  private @Nullable String scalar(String key, String expected) {
    asked.add(key);
    Node node = values.get(key);
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (node != null) {
      fail(node, key, expected);
    }
    return null;
  }
}
