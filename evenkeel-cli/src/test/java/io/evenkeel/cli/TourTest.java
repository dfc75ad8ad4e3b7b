package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// Types every command of `docs/TOUR.md` into a shell and compares what comes back with what the
/// page shows. Times and log positions may differ; everything else must be the same.
class TourTest {
  private static final Path PAGE = Path.of("../docs/TOUR.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final List<String> DIFFERENT_EVERY_TIME =
      List.of(
          "time",
          "position",
          "deadline",
          "checkedTime",
          "checkedEvent",
          "pauseMs",
          "stateHash",
          "bytes");
  private static final Pattern TIMES = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?");

  @TempDir private Path folder;

  private record Block(String language, String text) {}

  @Test
  void shouldAnswerWhatThePageShows() throws Exception {
    Assumptions.assumeTrue(
        run("curl --json '' --version", Map.of()).exitCode() == 0,
        "needs bash and curl 7.82 or newer");
    Files.writeString(folder.resolve("perp-cross.yaml"), ShippedRulebooks.text("perp-cross"));
    Path launcher = folder.resolve("evenkeel");
    Files.writeString(
        launcher, "#!/bin/sh\n[ \"$*\" = 'rulebook show perp-cross' ] && cat perp-cross.yaml\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    try (RunningServer server = new RunningServer(folder.resolve("venue"), 0)) {
      walk(server.address().resolve("/v1").toString());
    }
  }

  private void walk(String venue) throws Exception {
    List<Block> blocks = blocks(Files.readString(PAGE));
    int compared = 0;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean typed =
          block.language.equals("sh")
              && !block.text.contains("evenkeel serve")
              && !block.text.startsWith("V=");
      if (!typed) {
        continue;
      }
      Shell shell = run(block.text, Map.of("V", venue));
      assertThat(shell.exitCode).as("%s%n%s", block.text, shell.output).isZero();
      if (i + 1 < blocks.size() && blocks.get(i + 1).language.equals("json")) {
        compare(block.text, documents(blocks.get(i + 1).text), documents(shell.output));
        compared++;
      }
    }
    assertThat(compared).as("commands with an answer on the page").isGreaterThan(15);
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /// The page shows the last documents of what a block prints.
  private static void compare(String command, List<JsonNode> shown, List<JsonNode> printed) {
    assertThat(printed).as(command).hasSizeGreaterThanOrEqualTo(shown.size());
    List<JsonNode> last = printed.subList(printed.size() - shown.size(), printed.size());
    assertThat(shown).as("answers shown for %s", command).isNotEmpty();
    for (int i = 0; i < shown.size(); i++) {
      assertThat(lasting(last.get(i))).as(command).isEqualTo(lasting(shown.get(i)));
    }
  }

  private static List<JsonNode> documents(String text) {
    JsonMapper mapper = JsonMapper.shared();
    try (JsonParser parser = mapper.createParser(text);
        MappingIterator<JsonNode> all = mapper.readerFor(JsonNode.class).readValues(parser)) {
      return all.readAll();
    }
  }

  /// The document without what differs every time.
  private static String lasting(JsonNode document) {
    return TIMES.matcher(masked(document).toPrettyString()).replaceAll("...");
  }

  private static JsonNode masked(JsonNode node) {
    if (node.isObject()) {
      var object = JsonMapper.shared().createObjectNode();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        boolean differs = DIFFERENT_EVERY_TIME.contains(field.getKey());
        if (differs) {
          object.put(field.getKey(), "...");
        } else {
          object.set(field.getKey(), masked(field.getValue()));
        }
      }
      return object;
    }
    if (node.isArray()) {
      var array = JsonMapper.shared().createArrayNode();
      node.forEach(item -> array.add(masked(item)));
      return array;
    }
    return node;
  }

  private record Shell(int exitCode, String output) {}

  private Shell run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.redirectErrorStream(true).environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
    return new Shell(process.exitValue(), output);
  }
}
