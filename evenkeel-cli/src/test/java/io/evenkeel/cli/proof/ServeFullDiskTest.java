package io.evenkeel.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `serve` on a disk that fills up, as clients over HTTP see it.
@Timeout(300)
class ServeFullDiskTest {
  private static final long SESSION = 5;

  /// Refused by the engine, and large in log and journal all the same.
  private static final JsonNode BALLAST =
      Deposits.json(
          "{'type': 'reassess', 'accounts': [%s]}"
              .formatted(
                  LongStream.rangeClosed(1, 20_000)
                      .mapToObj(account -> "'" + account + "'")
                      .collect(Collectors.joining(","))));

  @TempDir private Path folder;

  private final TreeMap<Long, StubbornClient.Told> acknowledged = new TreeMap<>();
  private @Nullable SmallDisk mounted;

  @BeforeEach
  void mountDisk() {
    try {
      mounted = SmallDisk.mount(folder.resolve("disk"), 40);
    } catch (IOException e) {
      assumeTrue(false, "no small disk can be made here: " + e.getMessage());
    }
  }

  @AfterEach
  void unmountDisk() throws IOException {
    if (mounted != null) {
      mounted.close();
    }
  }

  private SmallDisk disk() {
    return java.util.Objects.requireNonNull(mounted);
  }

  private ServeProcess begin(String minimumFree) throws IOException {
    Path config =
        ServeProcess.configure(
            folder.resolve("serve.yaml"), folder.resolve("disk").resolve("data"), 0, minimumFree);
    return ServeProcess.begin(
        disk().seen(ServeProcess.commandLine(config)), folder.resolve("errors.txt"));
  }

  private ServeProcess start(String minimumFree) throws IOException {
    ServeProcess serve = begin(minimumFree);
    assertThat(serve.awaitAddress()).as(serve.errors()).isTrue();
    return serve;
  }

  /// Fills the disk and acknowledges deposits meanwhile, until something is not taken any more.
  private RuntimeException fill(GatewayClient client) {
    client.submitBatch(0, 0, Deposits.opening(), true);
    for (long number = 1; ; number++) {
      try {
        if (!Deposits.isRefused(number)) {
          JsonNode answer = client.submit(Deposits.numbered(SESSION, number), false);
          acknowledged.put(number, StubbornClient.Told.of(answer));
        }
        assertThatThrownBy(() -> client.submit(BALLAST, false))
            .isInstanceOfSatisfying(
                GatewayRefusal.class,
                refusal -> {
                  if (refusal.status() != 409) {
                    throw refusal;
                  }
                });
      } catch (GatewayRefusal | GatewayUnreachable e) {
        return e;
      }
    }
  }

  private void checkAcknowledged(GatewayClient client) {
    assertThat(acknowledged).hasSizeGreaterThan(20);
    acknowledged.descendingMap().entrySet().stream()
        .limit(20)
        .forEach(entry ->
            assertThat(
                    StubbornClient.Told.of(
                        client.submit(Deposits.numbered(SESSION, entry.getKey()), false)))
                .as("number %s", entry.getKey())
                .isEqualTo(entry.getValue()));
    TreeMap<String, Long> recorded = new TreeMap<>();
    for (JsonNode event : Deposits.recorded(client)) {
      if (event.path("type").asString().equals("moneyMoved")) {
        assertThat(recorded.put(event.path("amount").asString(), event.path("number").asLong()))
            .as("done twice: %s", event)
            .isNull();
      }
    }
    acknowledged.forEach((number, told) ->
        assertThat(recorded.get(Deposits.amount(SESSION, number)))
            .as("number %s", number)
            .isEqualTo(told.firstEvent()));
    assertThat(client.venue().at("/conservation/conserved").asBoolean()).isTrue();
  }

  @Test
  void shouldRefuseWhileTheDiskIsNearlyFullAndGoOnByItself() throws Exception {
    try (ServeProcess serve = start("16 MiB");
        GatewayClient client = GatewayClient.of(serve.address())) {
      assertThat(fill(client))
          .isInstanceOfSatisfying(
              GatewayRefusal.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.reason()).isEqualTo("DISK_NEARLY_FULL");
                assertThat(refusal.retryAfter()).isNotNull();
                assertThat(refusal.isUncertain()).isFalse();
              });
      assertThat(client.status().at("/node/state").asString()).isEqualTo("RUNNING");
      assertThat(client.events(1, 10).path("events")).isNotEmpty();

      disk().resize(160);
      long deadlineNs = System.nanoTime() + 30_000_000_000L;
      while (!isTaken(client)) {
        assertThat(System.nanoTime() - deadlineNs).isNegative();
        Thread.sleep(100);
      }
      checkAcknowledged(client);
      assertThat(serve.stop()).as(serve.errors()).isEqualTo(143);
    }
  }

  private static boolean isTaken(GatewayClient client) {
    try {
      client.post("/v1/commands", Deposits.json("{'type': 'advanceTime'}"));
      return true;
    } catch (GatewayRefusal e) {
      assertThat(e.reason()).isEqualTo("DISK_NEARLY_FULL");
      return false;
    }
  }

  @Test
  void shouldStopWithAWordWhenTheDiskIsFullAndLoseNothing() throws Exception {
    try (ServeProcess serve = start("0 MiB");
        GatewayClient client = GatewayClient.of(serve.address(), Duration.ofSeconds(60))) {
      RuntimeException end = fill(client);
      if (end instanceof GatewayRefusal refusal) {
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.isUncertain() || refusal.reason().equals("NODE_STOPPED"))
            .as("%s", refusal.problem())
            .isTrue();
      }
      assertThat(serve.awaitEnd()).isEqualTo(1);
      assertThat(serve.errors())
          .contains("the node stopped: the disk that holds ")
          .contains("is full", "free space there and start again")
          .doesNotContain("\tat ");
    }
    try (ServeProcess again = begin("0 MiB")) {
      assertThat(again.awaitAddress()).as("on a disk that is still full").isFalse();
      assertThat(again.awaitEnd()).isEqualTo(1);
      assertThat(again.errors()).contains("is full", "free space").doesNotContain("\tat ");
    }
    disk().resize(160);
    try (ServeProcess again = start("0 MiB");
        GatewayClient client = GatewayClient.of(again.address())) {
      checkAcknowledged(client);
      assertThat(again.stop()).as(again.errors()).isEqualTo(143);
    }
  }
}
