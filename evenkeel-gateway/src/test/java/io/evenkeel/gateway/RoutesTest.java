package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestVenue.Got;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Every route, when all is well: the right figures, in the documented shape.
final class RoutesTest {
  private static final Schemas SCHEMAS = new Schemas();
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
    venue.trader(7, "1000");
    venue.trader(8, "100000");
    venue.fill(7, 8, "0.1", "50000");
    venue.mark("49900.5");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static void assertShape(String method, String route, Got got) {
    assertThat(got.status()).as("%s", got.json()).isEqualTo(200);
    assertThat(SCHEMAS.breaches(method, route, 200, got.response().body()))
        .as("%s", got.json())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/status                          | /v1/status",
        "/v1/venue                           | /v1/venue",
        "/v1/prices                          | /v1/prices",
        "/v1/assets                          | /v1/assets",
        "/v1/instruments                     | /v1/instruments",
        "/v1/rulebooks                       | /v1/rulebooks",
        "/v1/rulebooks/1                     | /v1/rulebooks/{id}",
        "/v1/accounts                        | /v1/accounts",
        "/v1/accounts?zone=EXCESS&limit=1    | /v1/accounts",
        "/v1/accounts?order=closest&limit=20 | /v1/accounts",
        "/v1/accounts/7                      | /v1/accounts/{id}",
        "/v1/accounts/1                      | /v1/accounts/{id}",
        "/v1/parties/7                       | /v1/parties/{id}",
        "/v1/events                          | /v1/events",
        "/v1/events?from=5&limit=1000        | /v1/events",
        "/v1/events/5                        | /v1/events/{number}",
        "/health/live                        | /health/live",
        "/health/ready                       | /health/ready",
        "/openapi.json                       | /openapi.json",
        "/v1/venue?atLeast=1                 | /v1/venue"
      })
  void shouldReadInTheDocumentedShape(String path, String route) {
    assertShape("GET", route, venue.get(path));
  }

  @Test
  void shouldTellTheFiguresOfAnAccount() {
    Got got = venue.get("/v1/accounts/7");
    BigDecimal sum =
        new BigDecimal(got.text("/collateral/0/maintenanceValue"))
            .add(new BigDecimal(got.text("/collateral/0/profitValue")));
    assertThat(new BigDecimal(got.text("/equity"))).isEqualTo(sum);
    assertThat(got.text("/collateral/0/profit")).isEqualTo("-9.950000");
    assertThat(got.text("/positions/0/instrument")).isEqualTo("BTCUSDT");
    assertThat(got.text("/positions/0/quantity")).isEqualTo("0.100");
    assertThat(got.text("/positions/0/mark")).isEqualTo("49900.5");
    assertThat(got.json().get("call").isNull()).isTrue();
    assertThat(got.text("/recentDecisions/0/account")).isEqualTo("7");
    assertThat(got.json().has("trigger")).isFalse();
  }

  @Test
  void shouldTellTheFiguresOfTheVenue() {
    JsonNode json = venue.get("/v1/venue").json();
    assertThat(json.at("/insuranceFund/USDT").asString()).isEqualTo("100000.500000");
    assertThat(json.at("/backstop/account").asString()).isEqualTo("1");
    assertThat(json.at("/conservation/conserved").asBoolean()).isTrue();
    int inZones = 0;
    for (JsonNode count : json.get("zones")) {
      inZones += count.asInt();
    }
    assertThat(inZones).isEqualTo(json.get("accounts").asInt());
  }

  @Test
  void shouldReadSeveralAccountsAtOnce() {
    Got got = venue.post("/v1/accounts/read", "{\"accounts\":[\"8\",99,7]}");
    assertShape("POST", "/v1/accounts/read", got);
    assertThat(got.text("/accounts/0/account")).isEqualTo("8");
    assertThat(got.text("/accounts/1/account")).isEqualTo("7");
    assertThat(got.text("/missing/0")).isEqualTo("99");
  }

  @Test
  void shouldPageThroughAllAccounts() {
    List<String> seen = new ArrayList<>();
    String next = "0";
    while (next != null) {
      JsonNode json = venue.get("/v1/accounts?limit=1&from=" + next).json();
      json.get("accounts").forEach(line -> seen.add(line.get("account").asString()));
      next = json.get("next").isNull() ? null : json.get("next").asString();
    }
    assertThat(seen).startsWith("1", "7", "8").doesNotHaveDuplicates();
  }

  @Test
  void shouldPageThroughAllEventsWithoutGap() {
    List<Long> seen = new ArrayList<>();
    long next = 1;
    long last = venue.node.status().lastEventNumber();
    while (next <= last) {
      JsonNode json = venue.get("/v1/events?limit=7&from=" + next).json();
      json.get("events").forEach(event -> seen.add(Long.parseLong(event.get("number").asString())));
      next = Long.parseLong(json.get("next").asString());
    }
    for (int i = 0; i < last; i++) {
      assertThat(seen.get(i)).isEqualTo(i + 1);
    }
  }

  @Test
  void shouldFilterEvents() {
    JsonNode json = venue.get("/v1/events?type=fillApplied,accountOpened&account=7").json();
    List<String> types = new ArrayList<>();
    json.get("events").forEach(event -> types.add(event.get("type").asString()));
    assertThat(types).containsExactly("accountOpened", "fillApplied");
    assertThat(venue.get("/v1/events?decisions=true").json().get("events"))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.get("decision").asBoolean()).isTrue());
  }

  @Test
  void shouldSubmitMarksInBothForms() {
    Got one = venue.post("/v1/marks", "{\"marks\":[{\"asset\":\"BTC\",\"price\":\"50000.25\"}]}");
    assertShape("POST", "/v1/marks", one);
    String line = "{\"marks\":[{\"asset\":\"BTC\",\"price\":\"50000.5\"}]}";
    Got lines =
        venue.send(
            HttpRequest.newBuilder(venue.at("/v1/marks"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(line + "\n\n{\"marks\":[]\n" + line)));
    assertShape("POST", "/v1/marks", lines);
    assertThat(lines.json().get("batches").asInt()).isEqualTo(2);
    assertThat(lines.json().get("malformed").asInt()).isEqualTo(1);
    assertThat(lines.json().at("/errors/0/line").asInt()).isEqualTo(3);
    assertThat(venue.get("/v1/prices?atLeast=" + lines.text("/position")).json().toString())
        .contains("\"asset\":\"BTC\",\"price\":\"50000.50\"");
  }

  @Test
  void shouldAnnounceRulebooksAsYaml() {
    String yaml = ShippedRulebooks.text("perp-cross").replaceFirst("version: 1", "version: 2");
    Got put =
        venue.send(
            HttpRequest.newBuilder(venue.at("/v1/rulebooks/2?effectiveTime=2100-01-01T00:00:00Z"))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(yaml)));
    assertShape("PUT", "/v1/rulebooks/{id}", put);
    assertThat(put.json().get("applied").asBoolean()).isTrue();
    String third = yaml.replaceFirst("version: 2", "version: 3");
    assertShape(
        "PUT",
        "/v1/rulebooks/{id}",
        venue.send(
            HttpRequest.newBuilder(venue.at("/v1/rulebooks/2?effectiveTime=2100-01-01T00:00:00Z"))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(third))));
    Got read = venue.get("/v1/rulebooks/2");
    assertShape("GET", "/v1/rulebooks/{id}", read);
    assertThat(read.json().get("version").asInt()).isEqualTo(2);
    assertThat(read.json().at("/announced/version").asInt()).isEqualTo(3);
    assertThat(read.json().at("/announced/rules/version").asInt()).isEqualTo(3);
    assertShape("GET", "/v1/rulebooks", venue.get("/v1/rulebooks"));
  }

  @Test
  void shouldTakeASnapshot() {
    Got got =
        venue.send(HttpRequest.newBuilder(venue.at("/v1/snapshot")).POST(BodyPublishers.noBody()));
    assertShape("POST", "/v1/snapshot", got);
    assertThat(got.text("/pauseMs")).isEqualTo("1.500");
  }

  @Test
  void shouldShowADecisionWithItsEvidence() {
    venue.trader(20, "600");
    venue.trader(21, "100000");
    venue.fill(20, 21, "0.05", "49900.5");
    venue.mark("45000");
    JsonNode decisions = venue.get("/v1/events?decisions=true&account=20").json().get("events");
    assertThat(decisions).isNotEmpty();
    for (JsonNode event : decisions) {
      byte[] one = venue.get("/v1/events/" + event.get("number").asString()).response().body();
      assertThat(SCHEMAS.breaches("Event", one)).isEmpty();
      if (event.has("evidence")) {
        assertThat(
                SCHEMAS.breaches(
                    "Evidence", event.get("evidence").toString().getBytes(StandardCharsets.UTF_8)))
            .isEmpty();
      }
    }
    assertShape("GET", "/v1/accounts/{id}", venue.get("/v1/accounts/20"));
    venue.mark("49900.5");
  }

  @Test
  void shouldAnswerHeadLikeGetWithoutBody() {
    Got got =
        venue.send(
            HttpRequest.newBuilder(venue.at("/v1/assets")).method("HEAD", BodyPublishers.noBody()));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.response().body()).isEmpty();
    assertThat(got.response().headers().firstValueAsLong("Content-Length").orElse(0))
        .isGreaterThan(100);
  }

  @Test
  void shouldGoOnCountingAfterACollectionOfGarbage() {
    double before = counted("evenkeel_node_commands_total");
    System.gc();
    venue.command("{'type':'advanceTime'}");
    assertThat(counted("evenkeel_node_commands_total")).isEqualTo(before + 1);
  }

  private static double counted(String name) {
    return new String(venue.get("/metrics").response().body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void shouldTellPrometheusWhatHappened() {
    Got got = venue.get("/metrics");
    assertThat(got.status()).isEqualTo(200);
    String text = new String(got.response().body(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("evenkeel_commands_total{outcome=\"accepted\",type=\"deposit\"}")
        .contains("evenkeel_command_seconds_bucket{type=\"fill\"")
        .contains("evenkeel_request_seconds_bucket{method=\"GET\",route=\"/v1/accounts/{id}\"")
        .contains("evenkeel_accounts{zone=\"LIQUIDATION\"}")
        .contains("evenkeel_events_total{type=\"fillApplied\"}")
        .contains("evenkeel_calls_open")
        .contains("evenkeel_liquidations_total")
        .contains("evenkeel_reader_behind_seconds")
        .contains("evenkeel_reader_behind_bytes")
        .contains("evenkeel_node_log_position_bytes")
        .contains("evenkeel_node_free_disk_bytes")
        .contains("evenkeel_streams_open")
        .contains("evenkeel_streams_dropped_total")
        .contains("evenkeel_commands_pending")
        .contains("evenkeel_money_conserved 1");
    assertThat(text.lines().count()).isLessThan(2_000);
  }
}
