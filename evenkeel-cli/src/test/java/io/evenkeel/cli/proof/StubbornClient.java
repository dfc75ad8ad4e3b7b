package io.evenkeel.cli.proof;

import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client as it should be: it has a session, and repeats a command under the same number until it
/// is answered, whatever happens to the server. After each break it also asks again what was
/// answered before, and must hear the same.
final class StubbornClient implements Runnable {
  private static final int ASKED_AGAIN = 10;
  private static final int BATCH = 8;
  private static final long PAUSE_MS = 50;

  /// What was told of a command.
  ///
  /// @param reason empty when it was accepted
  /// @param firstEvent 0 when it caused none
  record Told(String reason, long firstEvent, int events) {
    static Told of(JsonNode answer) {
      return new Told(
          answer.path("reason").asString(""),
          answer.path("firstEvent").asLong(0),
          answer.path("events").asInt(0));
    }
  }

  private final long session;
  private final URI address;
  private final boolean inBatches;
  private final AtomicLong answered;
  private final TreeMap<Long, Told> told = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private volatile boolean isAsked = true;
  private volatile @Nullable Throwable failure;
  private int breaks;
  private int repetitions;

  /// @param answered counts the answers of all clients
  StubbornClient(long session, URI address, boolean inBatches, AtomicLong answered) {
    this.session = session;
    this.address = address;
    this.inBatches = inBatches;
    this.answered = answered;
  }

  @Override
  public void run() {
    long number = 1;
    try (GatewayClient client = GatewayClient.of(address, Duration.ofSeconds(20))) {
      while (isAsked) {
        int count = inBatches ? BATCH : 1;
        int breaksBefore = breaks;
        told.putAll(ask(client, number, count));
        number += count;
        answered.addAndGet(count);
        if (breaks > breaksBefore) {
          askAgain(client);
        }
      }
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  /// Asks until there is an answer.
  private Map<Long, Told> ask(GatewayClient client, long number, int count)
      throws InterruptedException {
    while (true) {
      try {
        return inBatches ? batch(client, number, count) : Map.of(number, single(client, number));
      } catch (GatewayUnreachable e) {
        breaks++;
        Thread.sleep(PAUSE_MS);
      } catch (GatewayRefusal e) {
        boolean comesAgain = e.status() == 503 || e.status() == 429;
        if (!comesAgain) {
          throw e;
        }
        breaks += e.isUncertain() ? 1 : 0;
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  private Told single(GatewayClient client, long number) {
    try {
      return Told.of(client.submit(Deposits.numbered(session, number), false));
    } catch (GatewayRefusal e) {
      if (e.status() == 409) {
        return new Told(e.reason(), 0, 0);
      }
      throw e;
    }
  }

  private Map<Long, Told> batch(GatewayClient client, long first, int count) {
    List<JsonNode> commands = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      commands.add(Deposits.command(session, number));
    }
    JsonNode answers = client.submitBatch(session, first, commands, false).path("answers");
    Map<Long, Told> heard = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      heard.put(first + i, Told.of(answers.path(i)));
    }
    return heard;
  }

  private void askAgain(GatewayClient client) throws InterruptedException {
    List<Long> recent = told.descendingKeySet().stream().limit(ASKED_AGAIN).toList();
    long first = recent.getLast();
    int count = recent.size();
    Map<Long, Told> again = new TreeMap<>();
    if (inBatches) {
      again.putAll(ask(client, first, count));
    } else {
      for (long number : recent) {
        again.putAll(ask(client, number, 1));
      }
    }
    again.forEach((number, now) -> {
      repetitions++;
      if (!now.equals(told.get(number))) {
        differences.add(
            "session %d number %d was told %s and then %s"
                .formatted(session, number, told.get(number), now));
      }
    });
  }

  /// Lets it finish what it has begun.
  void leave() {
    isAsked = false;
  }

  long session() {
    return session;
  }

  /// What it was told, by number; every number from 1 on once it has left.
  TreeMap<Long, Told> told() {
    return told;
  }

  /// Answers that were not those given first.
  List<String> differences() {
    return differences;
  }

  /// How many answers were asked for twice.
  int repetitions() {
    return repetitions;
  }

  /// Why it gave up; null when it did not.
  @Nullable Throwable failure() {
    return failure;
  }
}
