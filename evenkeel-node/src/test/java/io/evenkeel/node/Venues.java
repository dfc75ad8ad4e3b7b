package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Small nodes for tests, and asking them things.
final class Venues {
  static final EngineLimits LIMITS = new EngineLimits(4, 4, 4, 1_000, 1_000, 4, 16, 64, 256);
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final int USD = 1;

  private Venues() {}

  /// Small files, so that a history of seconds has several.
  static LogSettings small() {
    return new LogSettings(
        1 << 20, 1 << 20, 1 << 20, new SteadyClock(), TimeUnit.SECONDS.toNanos(60));
  }

  /// No snapshots and no time steps but those asked for.
  static NodeConfig config(Path folder) {
    return new NodeConfig(folder, LIMITS, Duration.ZERO, Duration.ZERO, 1 << 20, true, false);
  }

  static Node start(NodeConfig config) {
    return Node.start(
        config,
        small(),
        fault -> {
          throw new AssertionError("the node stopped by itself", fault);
        });
  }

  static Asset usd() {
    return new Asset(USD, "USD", 6, 10_000_000_000_000_000L, 6, 1_000_000, 2_000_000);
  }

  /// What must be there before anybody can have money.
  static List<Command> opening() {
    return List.of(new Command.DefineAsset(usd()));
  }

  /// Submits and waits for the answer.
  static Answer ask(NodeConnection connection, long session, long number, Command command) {
    Reply reply = new Reply();
    assertThat(connection.submit(session, number, command, reply))
        .isEqualTo(NodeConnection.Admission.TAKEN);
    return reply.answer();
  }

  /// A listener to wait for.
  static final class Reply implements NodeConnection.Listener {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    @Override
    public void onAnswer(Answer given) {
      assertThat(answer.complete(given)).as("heard once").isTrue();
    }

    @Override
    public void onUncertain(String reason) {
      assertThat(answer.completeExceptionally(new IllegalStateException(reason)))
          .as("heard once")
          .isTrue();
    }

    Answer answer() {
      try {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("no answer", e);
      }
    }

    /// Why it is not known what became of the command.
    String uncertainty() {
      return answer
          .handle((given, failure) -> failure == null ? "" : String.valueOf(failure.getMessage()))
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }
}
