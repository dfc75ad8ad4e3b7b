package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderConfig;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.EventJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  private final Schemas schemas = new Schemas();

  private static List<Route> routes(Path folder) {
    try (TestNode node = new TestNode(folder.resolve("journal"));
        Watch watch = new Watch();
        Reader reader =
            Reader.start(
                new ReaderConfig(
                    folder.resolve("journal"), folder.resolve("reader"), TestNode.LIMITS, 10))) {
      return new Gateway.Parts(
              GatewayConfig.standard(),
              node,
              node,
              reader,
              TestVenue.LIMITS,
              Duration.ofSeconds(1),
              watch)
          .routes;
    }
  }

  @Test
  void shouldDocumentEveryRouteAndNoOther(@TempDir Path folder) {
    Set<String> registered = new TreeSet<>();
    routes(folder).forEach(route -> registered.add(route.method() + " " + route.path()));
    Set<String> documented = new TreeSet<>();
    schemas
        .document()
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    assertThat(documented).isEqualTo(registered);
  }

  @Test
  void shouldDocumentEveryParameterBodyAndMediaType(@TempDir Path folder) {
    for (Route route : routes(folder)) {
      JsonNode operation =
          schemas
              .document()
              .get("paths")
              .get(route.path())
              .get(route.method().toLowerCase(Locale.ROOT));
      Set<String> query = new TreeSet<>();
      Set<String> path = new TreeSet<>();
      for (JsonNode parameter : operation.path("parameters")) {
        (parameter.get("in").asText().equals("query") ? query : path)
            .add(parameter.get("name").asText());
      }
      assertThat(query).as("query of %s", route).isEqualTo(new TreeSet<>(route.query()));
      Set<String> inPath = new TreeSet<>();
      java.util.regex.Pattern.compile("\\{(\\w+)\\}")
          .matcher(route.path())
          .results()
          .forEach(found -> inPath.add(found.group(1)));
      assertThat(path).as("path of %s", route).isEqualTo(inPath);
      Set<String> bodies = new TreeSet<>();
      operation.path("requestBody").path("content").fieldNames().forEachRemaining(bodies::add);
      assertThat(bodies).as("bodies of %s", route).isEqualTo(new TreeSet<>(route.consumes()));
      List<String> answers = new ArrayList<>();
      operation
          .path("responses")
          .path("200")
          .path("content")
          .fieldNames()
          .forEachRemaining(answers::add);
      assertThat(answers)
          .as("answers of %s", route)
          .isEqualTo(
              operation.path("responses").has("101") ? List.of() : List.of(route.produces()));
    }
  }

  @Test
  void shouldNameEveryTypeOfEventAndCommand() {
    JsonNode all = schemas.document().get("components").get("schemas");
    Set<String> events = new TreeSet<>();
    all.get("EventType").get("enum").forEach(type -> events.add(type.asText()));
    assertThat(events).isEqualTo(new TreeSet<>(EventJson.TYPES));
    Set<String> commands = new TreeSet<>();
    all.get("Command")
        .get("oneOf")
        .forEach(type -> commands.add(type.get("properties").get("type").get("const").asText()));
    assertThat(commands).isEqualTo(new TreeSet<>(CommandJson.TYPES));
  }

  @Test
  void shouldResolveEveryReferenceAndRepeatNoName() {
    TreeMap<String, Integer> operations = new TreeMap<>();
    List<JsonNode> open = new ArrayList<>(List.of(schemas.document()));
    while (!open.isEmpty()) {
      JsonNode node = open.removeLast();
      node.forEach(open::add);
      if (node.has("$ref")) {
        String pointer = node.get("$ref").asText().substring(1);
        assertThat(schemas.document().at(pointer).isMissingNode()).as(pointer).isFalse();
      }
      if (node.has("operationId")) {
        operations.merge(node.get("operationId").asText(), 1, Integer::sum);
      }
    }
    assertThat(operations).isNotEmpty().allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
  }
}
