package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestVenue.Got;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route, when the request is not what it should be: the status, the name of the problem, the
/// field, and that nothing was submitted.
final class RefusalsTest {
  private static final Schemas SCHEMAS = new Schemas();
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static void assertProblem(Got got, int status, String reason, String field) {
    assertThat(got.json().path("reason").asString("")).as("%s", got.json()).isEqualTo(reason);
    assertThat(got.status()).isEqualTo(status);
    assertThat(got.json().get("status").asInt()).isEqualTo(status);
    assertThat(got.json().path("field").asString("")).isEqualTo(field);
    assertThat(got.text("/detail")).isNotBlank();
    assertThat(got.response().headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(SCHEMAS.breaches("Problem", got.response().body())).isEmpty();
  }

  private static Got send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(venue.at(path)).method(method, BodyPublishers.ofString(body));
    return venue.send(type.isEmpty() ? request : request.header("Content-Type", type));
  }

  /// Path, body, reason, field.
  static Stream<List<String>> badBodies() {
    String deep = "[".repeat(5_000);
    String digits = "9".repeat(5_000);
    return Stream.of(
            "/v1/commands | | INVALID_DOCUMENT |",
            "/v1/commands | {'type':'deposit', | INVALID_DOCUMENT |",
            "/v1/commands | {'type':'advanceTime'} x | INVALID_DOCUMENT |",
            "/v1/commands | [] | INVALID_DOCUMENT |",
            "/v1/commands | 7 | INVALID_DOCUMENT |",
            "/v1/commands | " + deep + " | INVALID_DOCUMENT |",
            "/v1/commands | {} | INVALID_FIELD | /type",
            "/v1/commands | {'type':null} | INVALID_FIELD | /type",
            "/v1/commands | {'type':'print'} | INVALID_FIELD | /type",
            "/v1/commands | {'type':'advanceTime','type':'advanceTime'} | INVALID_FIELD | /type",
            "/v1/commands | {'type':'advanceTime','x':1} | INVALID_FIELD | /x",
            "/v1/commands | {'type':'advanceTime','session':'1'} | INVALID_FIELD | /number",
            "/v1/commands | {'type':'advanceTime','number':'1'} | INVALID_FIELD | /session",
            "/v1/commands | {'type':'closeAccount','account':true} | INVALID_FIELD | /account",
            "/v1/commands | {'type':'closeAccount','account':" + digits + "} | INVALID_DOCUMENT |",
            "/v1/commands | {'type':'closeAccount','account':99999999999999999999} | INVALID_FIELD | /account",
            "/v1/commands | {'type':'closeAccount','account':'1e3'} | INVALID_FIELD | /account",
            "/v1/commands | {'type':'closeAccount','account':1e3} | INVALID_FIELD | /account",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT'} | INVALID_FIELD | /amount",
            "/v1/commands | {'type':'deposit','party':1,'asset':'GOLD','amount':'1'} | INVALID_FIELD | /asset",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT','amount':'1.1234567'} | INVALID_FIELD | /amount",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT','amount':'99999999999999'} | INVALID_FIELD | /amount",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT','amount':'NaN'} | INVALID_FIELD | /amount",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT','amount':[]} | INVALID_FIELD | /amount",
            "/v1/commands | {'type':'deposit','party':1,'asset':'USDT','amount':NaN} | INVALID_DOCUMENT |",
            "/v1/commands | {'type':'defineRulebook','rulebookId':2,'shipped':'../etc'} | INVALID_FIELD | /shipped",
            "/v1/commands | {'type':'defineRulebook','rulebookId':2,'yaml':'name: x'} | INVALID_FIELD | /yaml",
            "/v1/commands/batch | {} | INVALID_FIELD | /commands",
            "/v1/commands/batch | {'commands':[]} | INVALID_FIELD | /commands",
            "/v1/commands/batch | {'commands':{}} | INVALID_FIELD | /commands",
            "/v1/commands/batch | {'commands':[{'type':'advanceTime'}],'x':1} | INVALID_FIELD | /x",
            "/v1/commands/batch | {'commands':[{'type':'advanceTime'}],'session':1} | INVALID_FIELD | /firstNumber",
            "/v1/commands/batch | {'commands':[{'type':'advanceTime'},{'type':'no'}]} | INVALID_FIELD | /commands/1/type",
            "/v1/commands/batch | {'commands':[{'type':'advanceTime','session':1,'number':1}]} | INVALID_FIELD | /commands/0/session",
            "/v1/commands/batch | {'commands':["
                + "{'type':'advanceTime'},".repeat(100)
                + "{'type':'advanceTime'}]} | INVALID_FIELD | /commands",
            "/v1/marks | {'marks':[{'instrument':'BTCUSDT','price':'1.23'}]} | INVALID_FIELD | /marks/0/price",
            "/v1/marks | {'marks':[{'instrument':'X','price':'1'}]} | INVALID_FIELD | /marks/0/instrument",
            "/v1/marks | {'marks':[{'price':'1'}]} | INVALID_FIELD | /marks/0/instrument",
            "/v1/marks | {'marks':7} | INVALID_FIELD | /marks",
            "/v1/marks | {'marks':[],'type':'markPrices'} | INVALID_FIELD | /type",
            "/v1/accounts/read | {} | INVALID_FIELD | /accounts",
            "/v1/accounts/read | {'accounts':['x']} | INVALID_FIELD | /accounts/0",
            "/v1/accounts/read | {'accounts':[1],'y':2} | INVALID_FIELD | /y",
            "/v1/accounts/read | {'accounts':["
                + "1,".repeat(1_000)
                + "1]} | INVALID_FIELD | /accounts")
        .map(row -> Stream.of(row.split("\\|", -1)).map(String::strip).toList());
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void shouldNameTheFieldOfABadBody(List<String> row) {
    long before = venue.node.status().commands();
    Got got = venue.post(row.get(0), row.get(1).replace('\'', '"'));
    assertProblem(got, 400, row.get(2), row.get(3));
    if (!row.get(3).isEmpty()) {
      assertThat(got.text("/errors/0/field")).isEqualTo(row.get(3));
    }
    assertThat(venue.node.status().commands()).isEqualTo(before);
  }

  @Test
  void shouldSayWhereJsonBreaksOff() {
    Got got = venue.post("/v1/commands", "{\"type\":\n\"deposit\",\n\"amount\" 7}");
    assertThat(got.text("/detail")).contains("line 3, column 10");
  }

  @Test
  void shouldRefuseWhatIsNotUtf8() {
    byte[] body = "{\"type\":\"advanceTimé\"}".getBytes(StandardCharsets.ISO_8859_1);
    HttpRequest.Builder json =
        HttpRequest.newBuilder(venue.at("/v1/commands"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    assertProblem(venue.send(json), 400, "INVALID_DOCUMENT", "");
    HttpRequest.Builder yaml =
        HttpRequest.newBuilder(venue.at("/v1/rulebooks/3"))
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofByteArray(body));
    assertProblem(venue.send(yaml), 400, "NOT_UTF_8", "");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /v1/nothing,                       404, UNKNOWN_ROUTE",
    "GET,    /v1/venue/,                        404, UNKNOWN_ROUTE",
    "GET,    /page/index.html,                  404, UNKNOWN_ROUTE",
    "GET,    /package-info.class,               404, UNKNOWN_ROUTE",
    "GET,    /..%2fopenapi.json,                404, UNKNOWN_ROUTE",
    "GET,    /%2e%2e/Gateway.class,             404, UNKNOWN_ROUTE",
    "GET,    /v1/accounts/99,                   404, UNKNOWN_ACCOUNT",
    "GET,    /v1/accounts/-1,                   404, UNKNOWN_NUMBER",
    "GET,    /v1/accounts/x,                    404, UNKNOWN_NUMBER",
    "GET,    /v1/accounts/99999999999999999999, 404, UNKNOWN_NUMBER",
    "GET,    /v1/parties/99,                    404, UNKNOWN_PARTY",
    "GET,    /v1/rulebooks/99,                  404, UNKNOWN_RULEBOOK",
    "GET,    /v1/events/999999,                 404, UNKNOWN_EVENT",
    "GET,    /v1/events/0,                      404, UNKNOWN_EVENT",
    "DELETE, /v1/accounts/1,                    405, METHOD_NOT_ALLOWED",
    "GET,    /v1/commands,                      405, METHOD_NOT_ALLOWED",
    "PUT,    /v1/marks,                         405, METHOD_NOT_ALLOWED",
    "PATCH,  /v1/rulebooks/1,                   405, METHOD_NOT_ALLOWED",
    "OPTIONS,/v1/venue,                         405, METHOD_NOT_ALLOWED",
    "GET,    /v1/stream,                        426, UPGRADE_REQUIRED",
    "GET,    /v1/feed,                          426, UPGRADE_REQUIRED",
    "GET,    /v1/stream?from=0,                 400, INVALID_PARAMETER",
    "GET,    /v1/stream?from=x,                 400, INVALID_PARAMETER",
    "GET,    /v1/stream?type=bang,              400, INVALID_PARAMETER",
    "GET,    /v1/stream?acount=1,               400, UNKNOWN_PARAMETER",
    "GET,    /v1/venue?verbose=true,            400, UNKNOWN_PARAMETER",
    "GET,    /v1/assets?atLeast=1&atLeast=2,    400, INVALID_PARAMETER",
    "GET,    /v1/assets?atLeast=-1,             400, INVALID_PARAMETER",
    "GET,    /v1/accounts?limit=0,              400, INVALID_PARAMETER",
    "GET,    /v1/accounts?limit=1001,           400, INVALID_PARAMETER",
    "GET,    /v1/accounts?limit=99999999999999999999, 400, INVALID_PARAMETER",
    "GET,    /v1/accounts?zone=SAFE,            400, INVALID_PARAMETER",
    "GET,    /v1/accounts?order=closest&from=1, 400, INVALID_PARAMETER",
    "GET,    /v1/accounts?order=closest&limit=101, 400, INVALID_PARAMETER",
    "GET,    /v1/accounts?order=oldest,         400, INVALID_PARAMETER",
    "GET,    /v1/events?from=0,                 400, INVALID_PARAMETER",
    "GET,    /v1/events?limit=1001,             400, INVALID_PARAMETER",
    "GET,    /v1/events?type=,                  400, INVALID_PARAMETER",
    "GET,    /v1/events?account=1;2,            400, INVALID_PARAMETER",
    "GET,    /v1/events?decisions=yes,          400, INVALID_PARAMETER",
    "GET,    /v1/status?atLeast=1,              400, UNKNOWN_PARAMETER"
  })
  void shouldRefuseBadAddresses(String method, String path, int status, String reason) {
    Got got =
        venue.send(HttpRequest.newBuilder(venue.at(path)).method(method, BodyPublishers.noBody()));
    assertProblem(got, status, reason, "");
    if (status == 405) {
      assertThat(got.response().headers().firstValue("Allow")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/commands,       '',                               415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/commands,       text/plain,                       415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/commands,       application/x-www-form-urlencoded,415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/commands,       application/json; charset=latin1, 415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/commands,       application/x-ndjson,             415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/commands/batch, multipart/form-data,              415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/marks,          text/csv,                         415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/accounts/read,  text/plain,                       415, UNSUPPORTED_MEDIA_TYPE",
    "PUT,  /v1/rulebooks/2,    application/json,                 415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/snapshot,       text/plain,                       415, UNSUPPORTED_MEDIA_TYPE",
    "POST, /v1/snapshot,       application/json,                 400, UNEXPECTED_BODY",
    "PUT,  /v1/rulebooks/70000,application/yaml,                 400, INVALID_PARAMETER",
    "PUT,  /v1/rulebooks/x,    application/yaml,                 404, UNKNOWN_NUMBER",
    "PUT,  /v1/rulebooks/2,    application/yaml,                 400, INVALID_RULEBOOK",
    "POST, /v1/commands?wait=now,     application/json,          400, INVALID_PARAMETER",
    "POST, /v1/commands?wait=applied, application/json; charset=UTF-8, 200, ''"
  })
  void shouldRefuseBadBodiesByKind(
      String method, String path, String type, int status, String reason) {
    Got got = send(method, path, type, "{\"type\":\"advanceTime\"}");
    if (status == 200) {
      assertThat(got.status()).isEqualTo(200);
    } else {
      assertProblem(got, status, reason, "");
    }
  }

  @Test
  void shouldNameTheLinesOfABadRulebook() {
    Got got = send("PUT", "/v1/rulebooks/2", "application/yaml", "name: x\nversion: high\n");
    assertProblem(got, 400, "INVALID_RULEBOOK", "");
    assertThat(got.text("/detail")).contains("rulebook.yaml:2:").contains("version");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/venue,   application/xml,                   406",
    "/v1/venue,   text/html;q=0.9,                   406",
    "/v1/venue,   'text/html, application/json',     200",
    "/v1/venue,   application/*,                     200",
    "/v1/venue,   '*/*;q=0.1',                       200",
    "/,           text/html,                         200",
    "/, 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', 200",
    "/v1/venue, 'text/html,application/xhtml+xml,image/webp;q=0.9', 406",
    "/,           image/png,                         406",
    "/metrics,    'application/openmetrics-text, */*', 200"
  })
  void shouldHeedAccept(String path, String accept, int status) {
    Got got = venue.send(HttpRequest.newBuilder(venue.at(path)).header("Accept", accept));
    assertThat(got.status()).isEqualTo(status);
  }

  /// Bodies whose length is stated and too long are refused unread; others as soon as they are.
  static final List<Integer> BODY_LENGTHS = List.of((1 << 20) + 1, 3 << 20, 20 << 20);

  @ParameterizedTest
  @FieldSource("BODY_LENGTHS")
  void shouldRefuseHugeBodies(int length) {
    byte[] body = new byte[length];
    for (String path : List.of("/v1/commands", "/v1/accounts/read", "/v1/marks")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(venue.at(path)).header("Content-Type", "application/json");
      assertProblem(
          venue.send(request.copy().POST(BodyPublishers.ofByteArray(body))),
          413,
          "BODY_TOO_LONG",
          "");
      assertProblem(
          venue.send(
              request.POST(
                  BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))),
          413,
          "BODY_TOO_LONG",
          "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'withdraw','party':'9','asset':'USDT','amount':'1'}  | UNKNOWN_PARTY",
        "{'type':'closeAccount','account':'9'}                        | UNKNOWN_ACCOUNT",
        "{'type':'deposit','party':'1','asset':'USDT','amount':'0'}   | INVALID_AMOUNT",
        "{'type':'openAccount','account':'5','party':'5','rulebookId':9} | UNKNOWN_RULEBOOK",
        "{'type':'applyFunding','instrument':'BTCUSDT','rate':'2'}    | INVALID_RATE",
        "{'type':'setLeverage','account':'1','leverage':'0.5'}        | INVALID_LEVERAGE"
      })
  void shouldTellWhatTheEngineRefuses(String command, String reason) {
    Got got = venue.post("/v1/commands", command.replace('\'', '"'));
    assertProblem(got, 409, reason, "");
    assertThat(Long.parseLong(got.text("/position"))).isPositive();
  }
}
