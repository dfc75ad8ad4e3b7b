package io.evenkeel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Catalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class GatewayClientTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private record Said(int status, String contentType, String retryAfter, String body) {}

  private final Deque<Said> answers = new ArrayDeque<>();
  private final Deque<String> heard = new ArrayDeque<>();
  private HttpServer server;
  private GatewayClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    client = GatewayClient.of(address(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void shouldSendCommandsAndGiveTheAnswer() {
    says(200, "{\"accepted\": true, \"firstEvent\": \"9223372036854775807\"}");
    JsonNode answer = client.submit(new Command.AdvanceTime(), Catalogue.EMPTY, true);
    assertThat(answer.get("firstEvent").stringValue()).isEqualTo("9223372036854775807");
    assertThat(heard)
        .containsExactly(
            "POST /v1/commands?wait=applied application/json {\"type\":\"advanceTime\"}");
  }

  @Test
  void shouldSendBatchesWithSessionAndFirstNumber() {
    says(200, "{}");
    says(200, "{}");
    JsonNode command = MAPPER.createObjectNode().put("type", "advanceTime");
    client.submitBatch(12, 5, List.of(command, command), false);
    client.submitBatch(0, 5, List.of(command), true);
    assertThat(heard)
        .containsExactly(
            "POST /v1/commands/batch application/json {\"session\":\"12\",\"firstNumber\":\"5\","
                + "\"commands\":[{\"type\":\"advanceTime\"},{\"type\":\"advanceTime\"}]}",
            "POST /v1/commands/batch?wait=applied application/json"
                + " {\"commands\":[{\"type\":\"advanceTime\"}]}");
  }

  @Test
  void shouldAskForReadings() {
    for (int i = 0; i < 8; i++) {
      says(200, "{}");
    }
    ArrayNode marks = MAPPER.createArrayNode();
    marks.addObject().put("instrument", "BTCUSDT").put("price", "1.5");
    client.status();
    client.venue();
    client.prices();
    client.account(7);
    client.events(18, 100);
    client.readAccounts(List.of(7L, Long.MAX_VALUE));
    client.marks(marks);
    client.snapshot();
    assertThat(heard)
        .containsExactly(
            "GET /v1/status",
            "GET /v1/venue",
            "GET /v1/prices",
            "GET /v1/accounts/7",
            "GET /v1/events?from=18&limit=100",
            "POST /v1/accounts/read application/json"
                + " {\"accounts\":[\"7\",\"9223372036854775807\"]}",
            "POST /v1/marks application/json"
                + " {\"marks\":[{\"instrument\":\"BTCUSDT\",\"price\":\"1.5\"}]}",
            "POST /v1/snapshot");
  }

  @Test
  void shouldKeepAPathOfTheAddress() {
    says(200, "{}");
    URI deeper = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/venue/");
    try (GatewayClient behindProxy = GatewayClient.of(deeper)) {
      behindProxy.status();
    }
    assertThat(heard).containsExactly("GET /venue/v1/status");
  }

  @Test
  void shouldTellProblemsAsRefusals() {
    answers.add(
        new Said(
            409,
            "application/problem+json",
            "",
            "{\"status\": 409, \"reason\": \"UNKNOWN_ACCOUNT\", \"detail\": \"there is no account 9\", \"field\": \"/account\"}"));
    GatewayRefusal refusal = refusal();
    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.reason()).isEqualTo("UNKNOWN_ACCOUNT");
    assertThat(refusal.field()).isEqualTo("/account");
    assertThat(refusal).hasMessage("/account: there is no account 9");
    assertThat(refusal.retryAfter()).isNull();
    assertThat(refusal.isUncertain()).isFalse();
  }

  @Test
  void shouldSayWhenToComeAgainAndWhetherItIsUncertain() {
    answers.add(
        new Said(
            503,
            "application/problem+json",
            "2",
            "{\"title\": \"Not available now\", \"uncertain\": true, \"taken\": 3}"));
    GatewayRefusal refusal = refusal();
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(refusal.isUncertain()).isTrue();
    assertThat(refusal.problem().path("taken").asInt()).isEqualTo(3);
    assertThat(refusal).hasMessage("Not available now");
  }

  @Test
  void shouldSayThatSomethingElseListens() {
    answers.add(new Said(404, "text/html", "", "<h1>It works!</h1>"));
    assertThat(refusal())
        .hasMessageContaining("answered 404 without a document; is it the address of a gateway?");
    answers.add(new Said(200, "text/html", "", "<h1>It works!</h1>"));
    assertThat(refusal()).hasMessageContaining("answered 200 without a document");
  }

  @Test
  void shouldSayThatNothingListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (GatewayClient nobody = GatewayClient.of(address(free))) {
      assertThatThrownBy(nobody::status)
          .isInstanceOf(GatewayUnreachable.class)
          .hasMessage(
              "nothing listens at http://127.0.0.1:%d; start a node with 'evenkeel serve' or 'evenkeel demo', or give its address",
              free);
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchHost() {
    try (GatewayClient lost = GatewayClient.of(URI.create("http://no-such-host.invalid:8642"))) {
      assertThatThrownBy(lost::status)
          .isInstanceOf(GatewayUnreachable.class)
          .hasMessage("there is no host named no-such-host.invalid");
    }
  }

  @Test
  void shouldNotWaitForEver() {
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/v1/venue",
        exchange -> {
          try {
            never.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    URI address = address(server.getAddress().getPort());
    try (GatewayClient hurried = GatewayClient.of(address, Duration.ofMillis(200))) {
      assertThatThrownBy(hurried::venue)
          .isInstanceOf(GatewayUnreachable.class)
          .hasMessageContaining("within 200 ms; what was sent may have been done all the same");
    } finally {
      never.countDown();
    }
  }

  @Test
  void shouldSayThatTheConnectionBroke() {
    server.createContext("/v1/prices", HttpExchange::close);
    assertThatThrownBy(client::prices)
        .isInstanceOf(GatewayUnreachable.class)
        .hasMessageContaining("broke (")
        .hasMessageContaining("what was sent may have been done all the same");
  }

  @Test
  void shouldRefuseWhatIsNoAddress() {
    for (String wrong : List.of("ftp://x", "localhost:8642", "/v1", "http:///x", "http://x?y")) {
      assertThatThrownBy(() -> GatewayClient.of(URI.create(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "' is no address of a gateway");
    }
  }

  private GatewayRefusal refusal() {
    return catchThrowableOfType(GatewayRefusal.class, client::status);
  }

  private void says(int status, String body) {
    answers.add(new Said(status, "application/json", "", body));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    heard.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (body.isEmpty() ? "" : " " + type + " " + body));
    Said said = answers.remove();
    byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", said.contentType());
    if (!said.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", said.retryAfter());
    }
    exchange.sendResponseHeaders(said.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
