package io.evenkeel.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.client.GatewayClient;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A whole `serve` process killed in mid-flight, again and again, under clients with sessions and
/// followers of the stream. `-Devenkeel.rounds=100` kills more often than the default run does.
@Timeout(3_600)
class ServeKilledTest {
  private static final int ROUNDS = Integer.getInteger("evenkeel.rounds", 3);
  private static final long PATIENCE_NS = 120_000_000_000L;

  @TempDir private Path folder;

  private final AtomicLong answered = new AtomicLong();
  private final List<StubbornClient> clients = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void shouldLoseNothingAcknowledgedAndTellItAllOnce() throws Exception {
    long seed = Long.getLong("evenkeel.seed", System.nanoTime());
    System.out.println("ServeKilledTest seed " + seed);
    SplittableRandom dice = new SplittableRandom(seed);
    Path data = folder.resolve("data");
    Path config = ServeProcess.configure(folder.resolve("serve.yaml"), data, 0, "1 MiB");
    ServeProcess serve = ServeProcess.start(config);
    try {
      URI address = serve.address();
      ServeProcess.configure(config, data, address.getPort(), "1 MiB");
      begin(address, seed);
      for (int round = 1; round <= ROUNDS; round++) {
        long until = answered.get() + 50 + dice.nextInt(1_500);
        await(() -> answered.get() >= until || failed());
        serve.kill();
        serve = ServeProcess.start(config);
      }
      long until = answered.get() + 200;
      await(() -> answered.get() >= until || failed());
      clients.forEach(StubbornClient::leave);
      List<JsonNode> recorded = joinAndRead(address);
      check(recorded);
      JsonNode venue = checkTotals(address);
      assertThat(serve.stop()).as(serve.errors()).isEqualTo(143);
      serve = ServeProcess.start(config);
      checkFullReplay(serve, venue, data, config);
    } finally {
      serve.close();
      threads.forEach(Thread::interrupt);
    }
  }

  private void begin(URI address, long seed) {
    try (GatewayClient client = GatewayClient.of(address)) {
      client.submitBatch(0, 0, Deposits.opening(), true);
    }
    for (int session = 1; session <= 3; session++) {
      clients.add(new StubbornClient(session, address, session == 3, answered));
    }
    followers.add(new Follower(address, "", seed));
    followers.add(new Follower(address, "type=moneyMoved", seed + 1));
    clients.forEach(client -> threads.add(Thread.ofPlatform().start(client)));
    followers.forEach(follower -> threads.add(Thread.ofPlatform().start(follower)));
  }

  private boolean failed() {
    return clients.stream().anyMatch(client -> client.failure() != null)
        || followers.stream().anyMatch(follower -> follower.failure() != null);
  }

  private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadlineNs).as("answered %s", answered).isNegative();
      Thread.sleep(5);
    }
    clients.forEach(client -> assertThat(client.failure()).isNull());
    followers.forEach(follower -> assertThat(follower.failure()).isNull());
  }

  private List<JsonNode> joinAndRead(URI address) throws InterruptedException {
    for (Thread thread : threads.subList(0, clients.size())) {
      thread.join();
    }
    try (GatewayClient client = GatewayClient.of(address)) {
      List<JsonNode> recorded = Deposits.recorded(client);
      await(() -> followers.stream().allMatch(follower -> follower.seen() >= recorded.size()));
      followers.forEach(Follower::leave);
      for (Thread thread : threads) {
        thread.join();
      }
      return recorded;
    }
  }

  private void check(List<JsonNode> recorded) {
    assertThat(recorded.stream().map(event -> event.path("number").asLong()))
        .isEqualTo(LongStream.rangeClosed(1, recorded.size()).boxed().toList());
    checkHeard(followers.getFirst(), recorded);
    checkHeard(
        followers.getLast(),
        recorded.stream().filter(e -> e.path("type").asString().equals("moneyMoved")).toList());
    Map<String, List<Long>> byAmount = new HashMap<>();
    for (JsonNode event : recorded) {
      if (event.path("type").asString().equals("moneyMoved")) {
        byAmount
            .computeIfAbsent(event.path("amount").asString(), _ -> new ArrayList<>())
            .add(event.path("number").asLong());
      }
    }
    int commands = 0;
    for (StubbornClient client : clients) {
      assertThat(client.failure()).isNull();
      assertThat(client.differences()).isEmpty();
      assertThat(client.repetitions()).isPositive();
      for (var entry : client.told().entrySet()) {
        long number = entry.getKey();
        StubbornClient.Told told = entry.getValue();
        if (Deposits.isRefused(number)) {
          assertThat(told.reason()).isEqualTo("UNKNOWN_ACCOUNT");
        } else {
          commands++;
          assertThat(byAmount.get(Deposits.amount(client.session(), number)))
              .as("session %s number %s", client.session(), number)
              .isEqualTo(List.of(told.firstEvent()));
        }
      }
    }
    assertThat(byAmount).as("nothing that nobody was told of").hasSize(commands);
    System.out.printf(
        "%d commands, %d events, %d and %d streams%n",
        commands, recorded.size(), followers.getFirst().streams(), followers.getLast().streams());
  }

  private static void checkHeard(Follower follower, List<JsonNode> expected) {
    List<JsonNode> heard = follower.heard();
    int common = Math.min(heard.size(), expected.size());
    for (int i = 0; i < common; i++) {
      // as text, because a difference of trees is shown as nothing but a difference
      assertThat(heard.get(i).toString()).isEqualTo(expected.get(i).toString());
    }
    assertThat(heard).hasSize(expected.size());
  }

  private JsonNode checkTotals(URI address) {
    BigDecimal sum =
        clients.stream()
            .flatMap(client ->
                client.told().keySet().stream()
                    .filter(number -> !Deposits.isRefused(number))
                    .map(number -> new BigDecimal(Deposits.amount(client.session(), number))))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    try (GatewayClient client = GatewayClient.of(address)) {
      JsonNode venue = client.venue();
      assertThat(new BigDecimal(venue.at("/insuranceFund/USDT").asString()))
          .isEqualByComparingTo(sum);
      assertThat(venue.at("/conservation/conserved").asBoolean()).as("%s", venue).isTrue();
      return lasting(venue);
    }
  }

  /// What only commands change.
  private static JsonNode lasting(JsonNode venue) {
    return ((ObjectNode) venue.deepCopy())
        .remove(List.of("position", "time", "lastEvent", "conservation"));
  }

  /// A reader without its own snapshots does everything again from the first command on, and
  /// compares its state with the node's at each snapshot that the node took.
  private static void checkFullReplay(ServeProcess serve, JsonNode venue, Path data, Path config)
      throws Exception {
    assertThat(serve.stop()).isEqualTo(143);
    deleteAll(data.resolve("reader"));
    try (ServeProcess again = ServeProcess.start(config);
        GatewayClient client = GatewayClient.of(again.address())) {
      String position = client.status().path("node").path("position").asString();
      JsonNode now = client.get("/v1/venue?atLeast=" + position);
      assertThat(lasting(now).toString()).isEqualTo(venue.toString());
      assertThat(client.status().at("/reader/state").asString()).isEqualTo("FOLLOWING");
      again.stop();
    }
  }

  private static void deleteAll(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
