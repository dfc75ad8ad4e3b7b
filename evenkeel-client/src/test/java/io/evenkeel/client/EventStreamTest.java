package io.evenkeel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class EventStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private StreamingServer server;
  private GatewayClient client;

  @BeforeEach
  void start() throws IOException {
    server = new StreamingServer(0);
    client = GatewayClient.of(server.address());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void shouldGiveEventsInOrderWithTheFilter() throws Exception {
    server.next(peer -> {
      peer.event(5);
      peer.sayInParts("{\"number\": ", "\"9\"}");
      peer.listen();
    });
    try (EventStream stream = client.stream(5, "decisions=true&account=7")) {
      assertThat(numbers(stream, 2)).containsExactly(5L, 9L);
      assertThat(stream.lastNumber()).isEqualTo(9);
      assertThat(stream.isConnected()).isTrue();
      assertThat(stream.trouble()).isEmpty();
      assertThat(stream.next(Duration.ofMillis(10))).isNull();
    }
    assertThat(server.asked()).containsExactly("/v1/stream?from=5&decisions=true&account=7");
  }

  /// A cut line may lose what was sent and not yet read, so the server waits with it.
  @Test
  void shouldResumeAfterTheLastEventWhenTheLineIsCut() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    server.next(peer -> {
      peer.event(1);
      peer.event(2);
      heard.await();
      peer.cut();
    });
    server.next(peer -> {
      peer.event(2);
      peer.event(3);
      peer.close(1013, "resume from 4");
      peer.listen();
    });
    server.next(peer -> {
      peer.event(4);
      peer.listen();
    });
    try (EventStream stream = client.stream(1, "")) {
      assertThat(numbers(stream, 2)).containsExactly(1L, 2L);
      heard.countDown();
      assertThat(numbers(stream, 2)).as("no gap, no duplicate").containsExactly(3L, 4L);
    }
    assertThat(server.asked())
        .containsExactly("/v1/stream?from=1", "/v1/stream?from=3", "/v1/stream?from=4");
  }

  @Test
  void shouldResumeAfterTheLastHeartbeat() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    server.next(peer -> {
      peer.heartbeat(41);
      heard.await();
      peer.cut();
    });
    server.next(peer -> {
      peer.event(42);
      peer.listen();
    });
    try (EventStream stream = client.stream(1, "type=alarmRaised")) {
      while (stream.lastNumber() < 41) {
        assertThat(stream.next(Duration.ofMillis(50))).isNull();
      }
      heard.countDown();
      assertThat(numbers(stream, 1)).containsExactly(42L);
    }
    assertThat(server.asked())
        .containsExactly(
            "/v1/stream?from=1&type=alarmRaised", "/v1/stream?from=42&type=alarmRaised");
  }

  @Test
  void shouldBeginAfterTheNewestEventWhenAskedForNow() throws Exception {
    server.document("200 OK", "application/json", "{\"node\": {\"lastEvent\": \"17\"}}");
    server.next(peer -> {
      peer.event(18);
      peer.listen();
    });
    try (EventStream stream = client.stream(0, "")) {
      assertThat(numbers(stream, 1)).containsExactly(18L);
    }
    assertThat(server.asked()).containsExactly("/v1/status", "/v1/stream?from=18");
  }

  @Test
  void shouldWaitForAServerThatIsAway() throws Exception {
    int port = server.address().getPort();
    server.close();
    try (EventStream stream = client.stream(7, "")) {
      while (!stream.trouble().startsWith("nothing listens at http://127.0.0.1:" + port)) {
        assertThat(stream.next(Duration.ofMillis(50))).isNull();
      }
      assertThat(stream.isConnected()).isFalse();
      server = new StreamingServer(port);
      server.next(peer -> {
        peer.event(7);
        peer.listen();
      });
      assertThat(numbers(stream, 1)).containsExactly(7L);
    }
  }

  @Test
  void shouldReadNoFurtherThanItsBacklogWhileNobodyAsks() throws Exception {
    AtomicLong said = new AtomicLong();
    int last = 400_000;
    server.next(peer -> {
      for (int number = 1; number <= last; number++) {
        peer.event(number);
        said.set(number);
      }
      peer.listen();
    });
    try (EventStream stream = client.stream(1, "")) {
      assertThat(numbers(stream, 1)).containsExactly(1L);
      long before = -1;
      while (said.get() != before) {
        before = said.get();
        TimeUnit.MILLISECONDS.sleep(300);
      }
      assertThat(said.get()).as("the rest waits in the server").isLessThan(last);
      assertThat(numbers(stream, 5_000)).startsWith(2L).endsWith(5_001L);
    }
  }

  @Test
  void shouldTellWhyAStreamIsRefusedForGood() {
    server.refuse("400 Bad Request");
    server.document(
        "400 Bad Request",
        "application/problem+json",
        "{\"reason\": \"INVALID_QUERY\", \"detail\": \"there is no type 'x'\"}");
    try (EventStream stream = client.stream(1, "type=x")) {
      assertThatThrownBy(() -> stream.next(PATIENCE))
          .isInstanceOf(GatewayRefusal.class)
          .hasMessage("there is no type 'x'");
    }
    assertThat(server.asked()).contains("/v1/events?limit=1&type=x");
  }

  @Test
  void shouldTellWhyAStreamWasClosedForGood() {
    server.document("200 OK", "application/json", "{}");
    server.next(peer -> {
      peer.close(1008, "not from here");
      peer.listen();
    });
    try (EventStream stream = client.stream(1, "")) {
      assertThatThrownBy(() -> stream.next(PATIENCE))
          .isInstanceOf(GatewayRefusal.class)
          .hasMessage("the gateway closed the stream (1008): not from here");
    }
  }

  @Test
  void shouldGiveNothingMoreOnceClosed() throws Exception {
    server.next(StreamingServer.Peer::listen);
    EventStream stream = client.stream(1, "");
    stream.close();
    assertThat(stream.next(PATIENCE)).isNull();
    assertThat(stream.isConnected()).isFalse();
    assertThat(stream.trouble()).isEqualTo("closed");
  }

  private static List<Long> numbers(EventStream stream, int count) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    while (numbers.size() < count) {
      JsonNode event = stream.next(PATIENCE);
      assertThat(event).as("an event in time; %s", stream.trouble()).isNotNull();
      numbers.add(event.get("number").asLong());
    }
    return numbers;
  }
}
