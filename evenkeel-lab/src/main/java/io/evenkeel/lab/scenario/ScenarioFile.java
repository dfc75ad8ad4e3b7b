package io.evenkeel.lab.scenario;

import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.Scenario.Step;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.InvalidJson;
import io.evenkeel.wire.json.JsonFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads scenario files: lines of JSON as `evenkeel submit` takes them, after a first one that says
/// what the scenario is about. Blank lines and lines that begin with `#` are skipped.
public final class ScenarioFile {
  private static final long LARGEST_BYTES = 1 << 22;
  private static final String AT = "at";
  private static final String ONLY = "only";
  private static final String MAY_BE_REFUSED = "mayBeRefused";

  private final String file;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Run, Map<String, String>> changes = new EnumMap<>(Run.class);
  private final Map<Long, String> parties = new LinkedHashMap<>();
  private @Nullable String title;
  private String safeguard = "";
  private long timeNs;

  private ScenarioFile(String file) {
    this.file = file;
  }

  /// Reads a file.
  ///
  /// @throws ScenarioException when it cannot be read, or a line is not what it should be. Whether
  ///   commands are commands is found out when they are given
  public static Scenario read(Path path) {
    ScenarioFile reading = new ScenarioFile(path.toString());
    int number = 0;
    for (String line : reading.lines(path)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        reading.take(number, CommandJson.parse(line));
      } catch (InvalidJson e) {
        throw new ScenarioException(reading.file, number, String.valueOf(e.getMessage()));
      }
    }
    String title = reading.title;
    if (title == null || reading.steps.isEmpty()) {
      throw new ScenarioException(
          reading.file,
          0,
          "holds no scenario; the first line says what it is about, the others are commands");
    }
    return new Scenario(
        reading.file,
        title,
        reading.safeguard,
        reading.parties,
        reading.changes,
        List.copyOf(reading.steps));
  }

  private List<String> lines(Path path) {
    try {
      if (Files.size(path) > LARGEST_BYTES) {
        throw new ScenarioException(
            file, 0, "is larger than " + LARGEST_BYTES + " bytes; is it the right file?");
      }
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ScenarioException(
          file,
          0,
          "cannot be read ("
              + e.getClass().getSimpleName()
              + "); check the path, and that it is UTF-8 text");
    }
  }

  private void take(int number, JsonNode json) {
    if (title == null) {
      JsonFields head = JsonFields.of(json);
      title = head.symbol("scenario");
      safeguard = head.symbol("safeguard");
      for (Run run : Run.values()) {
        changes.put(run, texts(head, run.word()));
      }
      texts(head, "parties").forEach((id, name) -> parties.put(party(id), name));
      head.end();
      return;
    }
    JsonFields fields = JsonFields.of(json);
    long atNs = fields.timeNs(AT, timeNs);
    if (atNs < timeNs) {
      throw fields.invalid(AT, "must not be earlier than the line before");
    }
    if (steps.isEmpty() && !fields.has(AT)) {
      throw fields.invalid(AT, "is missing; the first command says when the scenario begins");
    }
    timeNs = atNs;
    Run only = fields.has(ONLY) ? fields.choice(ONLY, Run.values()) : null;
    boolean mayBeRefused = fields.flag(MAY_BE_REFUSED, false);
    ObjectNode command = ((ObjectNode) json).deepCopy();
    command.remove(List.of(AT, ONLY, MAY_BE_REFUSED));
    steps.add(new Step(number, timeNs, only, mayBeRefused, command));
  }

  /// An object of strings; empty when it is left out.
  private static Map<String, String> texts(JsonFields head, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (head.has(name)) {
      JsonFields inner = JsonFields.of(head.any(name), head.pointerTo(name));
      for (Map.Entry<String, JsonNode> entry : head.any(name).properties()) {
        texts.put(entry.getKey(), inner.symbol(entry.getKey()));
      }
    }
    return texts;
  }

  private static long party(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new InvalidJson("/parties", "must name parties by number, not '" + id + "'");
    }
  }
}
