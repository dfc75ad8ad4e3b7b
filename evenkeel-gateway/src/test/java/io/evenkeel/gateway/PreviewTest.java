package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestVenue.Got;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a version of a rulebook would bring, asked over HTTP.
final class PreviewTest {
  private static final Schemas SCHEMAS = new Schemas();
  private static final String PATH = "/v1/rulebooks/{id}/preview";
  @TempDir private static Path folder;
  private static TestVenue venue;

  /// Release leaves each trader at initial: 1 % of 50,000; what is left of the deposit is in the
  /// wallet.
  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
    venue.trader(7, "20000");
    venue.trader(8, "600");
    venue.fill(7, 8, "1", "50000");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  /// The house rulebook, its first bracket for majors with other rates.
  private static String rates(String maintenance, String initial) {
    String text = ShippedRulebooks.text("perp-cross").replaceFirst("version: 1", "version: 2");
    String bracket = "{floor: 0, maintenanceRate: 0.5%, initialRate: 1%}";
    assertThat(text).contains(bracket);
    return text.replace(
        bracket,
        "{floor: 0, maintenanceRate: %s, initialRate: %s}".formatted(maintenance, initial));
  }

  private static Got send(HttpRequest.Builder request, String method) {
    Got got = venue.send(request);
    assertThat(SCHEMAS.breaches(method, PATH, got.status(), got.response().body()))
        .as("%s", got.json())
        .isEmpty();
    return got;
  }

  private static Got post(String path, String yaml) {
    return send(
        HttpRequest.newBuilder(venue.at(path))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(yaml)),
        "POST");
  }

  private static Got get(String path) {
    return send(HttpRequest.newBuilder(venue.at(path)).GET(), "GET");
  }

  @Test
  void shouldSayWhoWouldMoveAndRecordNothing() {
    String before = venue.get("/v1/venue").text("/lastEvent");

    Got got = post("/v1/rulebooks/1/preview", rates("0.9%", "2%"));

    assertThat(got.status()).as("%s", got.json()).isEqualTo(200);
    assertThat(got.text("/changed/0/account")).isEqualTo("7");
    assertThat(got.text("/changed/0/before/zone")).isEqualTo("HEALTHY");
    assertThat(got.text("/changed/0/after/zone")).as("500, search is 725").isEqualTo("CALL");
    assertThat(got.text("/changed/0/toppedUpValue")).as("to 1,000").isEqualTo("500.000000");
    assertThat(got.text("/changed/0/settledZone")).isEqualTo("HEALTHY");
    assertThat(got.text("/changed/1/account")).isEqualTo("8");
    assertThat(got.text("/changed/1/toppedUpValue")).as("all there is").isEqualTo("100.000000");
    assertThat(got.text("/changed/1/calledAmount")).as("1,000 - 600").isEqualTo("400.000000");
    assertThat(got.text("/changed/1/settledZone")).isEqualTo("CALL");
    assertThat(got.text("/before/maintenanceMargin")).isEqualTo("500.000000");
    assertThat(got.text("/after/maintenanceMargin")).isEqualTo("900.000000");
    assertThat(got.text("/effects/toppedUpValue")).isEqualTo("600.000000");
    assertThat(venue.get("/v1/venue").text("/lastEvent")).isEqualTo(before);
    assertThat(venue.get("/v1/accounts/7").text("/zone")).isEqualTo("HEALTHY");
    assertThat(venue.get("/v1/rulebooks/1").text("/version")).isEqualTo("1");
  }

  @Test
  void shouldLookAtTheVersionThatWaits() {
    assertThat(get("/v1/rulebooks/1/preview").status()).as("none waits").isEqualTo(404);
    Got announced =
        venue.send(
            HttpRequest.newBuilder(venue.at("/v1/rulebooks/1?effectiveTime=2200-01-01T00:00:00Z"))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(rates("1%", "2%"))));
    assertThat(announced.status()).as("%s", announced.json()).isEqualTo(200);

    Got got = get("/v1/rulebooks/1/preview?limit=1");

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.text("/moves/0/after")).isEqualTo("CALL");
    assertThat(got.json().at("/changed")).hasSize(1);
    assertThat(got.json().at("/changedCount").asInt(0)).isEqualTo(2);
    assertThat(venue.get("/v1/rulebooks/1").text("/announced/version")).isEqualTo("2");
  }

  @Test
  void shouldRefuseWhatCannotBePreviewed() {
    assertThat(post("/v1/rulebooks/9/preview", rates("1%", "2%")).text("/reason"))
        .isEqualTo("UNKNOWN_RULEBOOK");
    assertThat(post("/v1/rulebooks/70000/preview", rates("1%", "2%")).status()).isEqualTo(404);
    Got crossed = post("/v1/rulebooks/1/preview", rates("3%", "2%"));
    assertThat(crossed.status()).isEqualTo(400);
    assertThat(crossed.text("/reason")).isEqualTo("INVALID_RULEBOOK");
    assertThat(crossed.text("/detail")).contains("initialRate");
  }
}
