package io.evenkeel.lab.live;

import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import io.evenkeel.lab.population.CommandSink;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.json.CommandJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sends commands to a venue in batches, one batch on its way while the next is put together. Every
/// command has its number in one session, so that a batch whose answer was lost is sent again
/// without being done twice. What was refused is counted; nobody waits for a single answer.
public final class CommandFlow implements CommandSink {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MOST_ATTEMPTS = 50;

  private final VenueAccess venue;
  private final Catalogue catalogue;
  private final String rulebookYaml;
  private final long sessionId;
  private final int batchSize;
  private final Executor sender = task -> Thread.ofVirtual().name("demo-flow").start(task);
  private final Map<String, Long> refusals = new ConcurrentHashMap<>();
  private List<ObjectNode> waiting = new ArrayList<>();
  private long nextNumber;
  private @Nullable CompletableFuture<Void> onItsWay;
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean stopped;

  /// @param rulebookYaml what every rulebook command says: a rulebook travels as text
  /// @param firstNumber number of the first command; above those of earlier runs
  /// @param batchSize commands per request
  public CommandFlow(
      VenueAccess venue,
      Catalogue catalogue,
      String rulebookYaml,
      long sessionId,
      long firstNumber,
      int batchSize) {
    this.venue = venue;
    this.catalogue = catalogue;
    this.rulebookYaml = rulebookYaml;
    this.sessionId = sessionId;
    this.nextNumber = firstNumber;
    this.batchSize = batchSize;
  }

  /// Takes a command along. The answer is not known yet, so it says accepted; see [#refusals()].
  @Override
  public Outcome submit(long timeNs, Command command) {
    waiting.add(
        command instanceof Command.DefineRulebook rulebook
            ? rulebookJson(rulebook)
            : CommandJson.write(command, catalogue));
    if (waiting.size() >= batchSize) {
      send(false);
    }
    return Outcome.QUIET;
  }

  private ObjectNode rulebookJson(Command.DefineRulebook command) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "defineRulebook")
        .put("rulebookId", command.rulebookId())
        .put("yaml", rulebookYaml);
  }

  /// Sends what waits and waits for all answers.
  ///
  /// @param untilApplied whether to wait until readings show the last of it
  /// @throws FlowStopped after [#stop()]
  /// @throws GatewayRefusal when the venue does not understand a command
  public void flush(boolean untilApplied) {
    if (!waiting.isEmpty()) {
      send(untilApplied);
    }
    await();
  }

  private void send(boolean untilApplied) {
    await();
    List<ObjectNode> batch = waiting;
    long firstNumber = nextNumber;
    waiting = new ArrayList<>(batchSize);
    nextNumber += batch.size();
    onItsWay = CompletableFuture.runAsync(() -> deliver(firstNumber, batch, untilApplied), sender);
  }

  private void await() {
    CompletableFuture<Void> last = onItsWay;
    onItsWay = null;
    if (last != null) {
      try {
        last.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException reason) {
          throw reason;
        }
        throw e;
      }
    }
  }

  private void deliver(long firstNumber, List<ObjectNode> batch, boolean untilApplied) {
    int taken = 0;
    for (int attempt = 1; taken < batch.size(); attempt++) {
      if (stopped) {
        throw new FlowStopped();
      }
      try {
        JsonNode answer =
            venue.submit(
                sessionId, firstNumber + taken, batch.subList(taken, batch.size()), untilApplied);
        count(answer.path("answers"));
        taken = batch.size();
      } catch (GatewayRefusal refusal) {
        if (!mayPass(refusal) || attempt == MOST_ATTEMPTS) {
          throw refusal;
        }
        count(refusal.problem().path("answers"));
        taken += refusal.status() == 429 ? refusal.problem().path("taken").asInt(0) : 0;
        pause();
      } catch (GatewayUnreachable gone) {
        if (attempt == MOST_ATTEMPTS) {
          throw gone;
        }
        pause();
      }
    }
    answered.addAndGet(batch.size());
  }

  private static boolean mayPass(GatewayRefusal refusal) {
    return refusal.status() == 429 || refusal.status() == 503;
  }

  private void count(JsonNode answers) {
    for (JsonNode answer : answers) {
      if (!answer.path("accepted").asBoolean(false)) {
        refusals.merge(answer.path("reason").asString("?"), 1L, Long::sum);
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives up what is on its way: the venue stops. May be called from any thread.
  public void stop() {
    stopped = true;
  }

  /// Commands answered so far. May be called from any thread.
  public long answered() {
    return answered.get();
  }

  /// How many commands were refused for which reason, by the names of [RefusalReason].
  public Map<String, Long> refusals() {
    return Map.copyOf(refusals);
  }

  /// The flow was stopped while a batch was on its way; whether it was done is not known.
  public static final class FlowStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FlowStopped() {
      super("the demo stops");
    }
  }
}
