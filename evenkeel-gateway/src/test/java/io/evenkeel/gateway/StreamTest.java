package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestVenue.Got;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class StreamTest {
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
    venue.trader(7, "1000");
    venue.trader(8, "100000");
    venue.fill(7, 8, "0.1", "50000");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static void deposit(int times) {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < times; i++) {
      batch
          .append(i % 100 == 0 ? "{\"commands\":[" : ",")
          .append("{\"type\":\"deposit\",\"party\":\"1\",\"asset\":\"USDT\",\"amount\":\"1\"}");
      if (i % 100 == 99 || i == times - 1) {
        Got got = venue.post("/v1/commands/batch", batch.append("]}").toString());
        assertThat(got.status()).isEqualTo(200);
        batch.setLength(0);
      }
    }
  }

  private static long last() {
    return venue.node.status().lastEventNumber();
  }

  private static List<Long> upTo(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void shouldStreamFromAnyNumberOnAndGoOn() {
    Heard heard = new Heard();
    WebSocket socket = venue.socket("/v1/stream?from=3", heard).join();
    long before = last();
    heard.await(h -> h.numbers().contains(before));
    deposit(5);
    heard.await(h -> h.numbers().contains(before + 5));
    assertThat(heard.numbers()).isEqualTo(upTo(3, before + 5));
    JsonNode event = heard.all().getFirst();
    assertThat(event.equals(venue.get("/v1/events/3").json())).as("%s", event).isTrue();
    assertThat(event.get("words").asString()).isNotBlank();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough").join();
    heard.await(h -> h.closeCode() != 0);
    assertThat(heard.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
  }

  @Test
  void shouldStartFromNowWhenNoNumberIsGiven() {
    Heard heard = new Heard();
    long before = last();
    WebSocket socket = venue.socket("/v1/stream", heard).join();
    heard.await(h -> !h.all().isEmpty());
    assertThat(heard.all().getFirst().get("heartbeat").asString()).isEqualTo(Long.toString(before));
    deposit(3);
    heard.await(h -> h.numbers().size() >= 3);
    assertThat(heard.numbers()).isEqualTo(upTo(before + 1, before + 3));
    socket.abort();
  }

  @Test
  void shouldResumeWithoutGapOrDuplicate() {
    deposit(300);
    long end = last();
    List<Long> all = new ArrayList<>();
    long from = 1;
    while (from <= end) {
      Heard heard = new Heard();
      WebSocket socket = venue.socket("/v1/stream?from=" + from, heard).join();
      heard.await(h -> h.numbers().size() >= 60 || h.numbers().contains(end));
      socket.abort(); // whatever was heard until here counts
      List<Long> heardNow = heard.numbers();
      all.addAll(heardNow);
      from = heardNow.getLast() + 1;
    }
    assertThat(all).startsWith(upTo(1, end).toArray(Long[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void shouldFilterAndSayHowFarItHasLooked() {
    Heard heard = new Heard();
    WebSocket socket =
        venue.socket("/v1/stream?from=1&type=fillApplied,accountOpened&account=7", heard).join();
    heard.await(h -> h.all().stream().anyMatch(message -> message.has("heartbeat")));
    List<String> types =
        heard.all().stream()
            .filter(message -> message.has("type"))
            .map(message -> message.get("type").asString())
            .toList();
    assertThat(types).containsExactly("accountOpened", "fillApplied");
    deposit(2);
    String now = Long.toString(last());
    heard.await(h -> h.all().getLast().path("heartbeat").asString("").equals(now));
    socket.abort();
  }

  @Test
  void shouldStreamDecisionsOnly() {
    Heard heard = new Heard();
    WebSocket socket = venue.socket("/v1/stream?from=1&decisions=true", heard).join();
    heard.await(h -> h.all().stream().anyMatch(message -> message.has("heartbeat")));
    assertThat(heard.numbers()).isNotEmpty();
    assertThat(heard.all())
        .filteredOn(message -> message.has("type"))
        .allSatisfy(event -> assertThat(event.get("decision").asBoolean()).isTrue());
    socket.abort();
  }

  @Test
  void shouldDropASlowConsumerAndNobodyElse() throws Exception {
    long before = last();
    Heard quick = new Heard();
    WebSocket quickSocket = venue.socket("/v1/stream", quick).join();
    quick.await(h -> !h.all().isEmpty());
    try (SlowClient slow = new SlowClient(venue.gateway.address(), "/v1/stream")) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (droppedStreams(venue.get("/metrics")) == 0) {
        deposit(500);
        assertThat(System.nanoTime()).as("the slow one is dropped").isLessThan(deadline);
      }
      List<Long> heard = new ArrayList<>();
      for (String message : slow.readToTheEnd()) {
        JsonNode event = TestVenue.MAPPER.readTree(message);
        if (event.has("number")) {
          heard.add(Long.parseLong(event.get("number").asString()));
        }
      }
      assertThat(slow.closeCode()).isEqualTo(1013);
      assertThat(slow.closeReason()).startsWith("resume from " + (heard.getLast() + 1) + ":");
      assertThat(heard).isEqualTo(upTo(before + 1, heard.getLast()));
    }
    long end = last();
    quick.await(h -> h.numbers().contains(end));
    assertThat(quick.numbers()).isEqualTo(upTo(before + 1, end));
    assertThat(quick.closeCode()).isZero();
    assertThat(droppedStreams(venue.get("/metrics"))).isEqualTo(1);
    quickSocket.abort();
  }

  private static long droppedStreams(Got metrics) {
    return new String(metrics.response().body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("evenkeel_streams_dropped_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void shouldRefuseBadStreamsBeforeTheyOpen() {
    assertThat(refusal("/v1/stream?from=0", null)).isEqualTo(400);
    assertThat(refusal("/v1/stream?type=bang", null)).isEqualTo(400);
    assertThat(refusal("/v1/stream?unknown=1", null)).isEqualTo(400);
    assertThat(refusal("/v1/stream", "http://elsewhere.example")).isEqualTo(403);
    assertThat(refusal("/v1/feed", "http://elsewhere.example")).isEqualTo(403);
    assertThat(refusal("/v1/feed?x=1", null)).isEqualTo(400);
    assertThat(refusal("/v1/nothing", null)).isEqualTo(404);
    String own = venue.gateway.address().toString().replaceFirst("/$", "");
    WebSocket socket = open("/v1/stream", own, new Heard());
    assertThat(socket.isInputClosed()).isFalse();
    socket.abort();
  }

  private static WebSocket open(String path, String origin, Heard heard) {
    var builder = venue.http.newWebSocketBuilder();
    if (origin != null) {
      builder.header("Origin", origin);
    }
    URI uri = URI.create(venue.at(path).toString().replaceFirst("^http", "ws"));
    return builder.buildAsync(uri, heard).join();
  }

  private static int refusal(String path, String origin) {
    try {
      open(path, origin, new Heard()).abort();
      return 101;
    } catch (java.util.concurrent.CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  @Test
  void shouldOpenNoMoreStreamsThanAllowed() throws InterruptedException {
    List<WebSocket> open = new ArrayList<>();
    int status = 101;
    for (int i = 0; i < 9 && status == 101; i++) {
      try {
        open.add(venue.socket("/v1/stream?from=999999999", new Heard()).join());
      } catch (java.util.concurrent.CompletionException e) {
        status = ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
      }
    }
    assertThat(status).isEqualTo(429);
    open.forEach(WebSocket::abort);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (venue.get("/v1/status").json().at("/gateway/streams").asInt() > 0) {
      assertThat(System.nanoTime()).as("streams of lost clients end").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  void shouldAnswerPings() {
    var pong = new java.util.concurrent.CompletableFuture<String>();
    WebSocket socket =
        venue
            .socket(
                "/v1/stream?from=999999999",
                new WebSocket.Listener() {
                  @Override
                  public java.util.concurrent.CompletionStage<?> onPong(
                      WebSocket from, ByteBuffer message) {
                    pong.complete(StandardCharsets.UTF_8.decode(message).toString());
                    return null;
                  }
                })
            .join();
    socket.sendPing(ByteBuffer.wrap(new byte[] {'h', 'i'})).join();
    assertThat(pong.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join()).isEqualTo("hi");
    socket.abort();
  }
}
