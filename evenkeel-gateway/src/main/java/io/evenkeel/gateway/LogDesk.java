package io.evenkeel.gateway;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts commands into the log on behalf of requests, counts what becomes of them, and waits for
/// answers, but not for ever.
final class LogDesk {
  /// How long a command may wait for its answer before it is told to be uncertain.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CommandPort port;
  private final GatewayMetrics metrics;
  private final Duration patience;

  LogDesk(CommandPort port, GatewayMetrics metrics, Duration patience) {
    this.port = port;
    this.metrics = metrics;
    this.patience = patience;
  }

  /// What became of a command that was taken.
  sealed interface Fate {}

  /// It is in the log, and the engine has answered.
  record Answered(Answer answer) implements Fate {}

  /// It is not known whether it is in the log.
  record Uncertain(String reason) implements Fate {}

  /// A command on its way.
  static final class Pending implements CommandPort.Listener {
    private final CompletableFuture<Fate> fate = new CompletableFuture<>();
    private final GatewayMetrics metrics;
    private final String type;
    private final long startNs = System.nanoTime();

    private Pending(GatewayMetrics metrics, String type) {
      this.metrics = metrics;
      this.type = type;
    }

    @Override
    public void onAnswer(Answer answer) {
      metrics.answered(type, answer, System.nanoTime() - startNs);
      fate.complete(new Answered(answer));
    }

    @Override
    public void onUncertain(String reason) {
      metrics.uncertain(type);
      fate.complete(new Uncertain(reason));
    }
  }

  /// Submits a command.
  ///
  /// @param whenDone hears what became of it, on the port's thread: must be quick
  /// @return null when it was not taken because too many wait for the log
  /// @throws RequestRefused when the log takes nothing at all, or not this command
  @Nullable Pending submit(long session, long number, Command command, Consumer<Fate> whenDone) {
    String type = GatewayMetrics.typeOf(command);
    Pending pending = new Pending(metrics, type);
    var _ = pending.fate.thenAccept(whenDone);
    CommandPort.Admission admission;
    try {
      admission = port.submit(session, number, command, pending);
    } catch (IllegalArgumentException e) {
      throw Problem.of(
              413, "COMMAND_TOO_LONG", "The command is too long", String.valueOf(e.getMessage()))
          .refused();
    }
    return switch (admission) {
      case TAKEN -> pending;
      case BUSY -> {
        metrics.notTaken(type, admission);
        yield null;
      }
      case DISK_NEARLY_FULL, STOPPED -> {
        metrics.notTaken(type, admission);
        throw closed(admission);
      }
    };
  }

  @Nullable Pending submit(long session, long number, Command command) {
    return submit(session, number, command, _ -> {});
  }

  private static RequestRefused closed(CommandPort.Admission admission) {
    return admission == CommandPort.Admission.STOPPED
        ? Problem.unavailable(
                "NODE_STOPPED", "the node has stopped and takes no commands; nothing was submitted")
            .refused()
        : Problem.unavailable(
                "DISK_NEARLY_FULL",
                "the node's disk is nearly full; nothing was submitted; make room, then it goes on"
                    + " by itself")
            .retryAfter(30)
            .refused();
  }

  /// The log cannot keep up.
  Problem busy() {
    return Problem.busy(
        port.pending() + " commands wait for the log; this was not submitted, send it again");
  }

  /// Waits for what became of a command.
  Fate await(Pending pending) throws InterruptedException {
    try {
      long leftNs = patience.toNanos() - (System.nanoTime() - pending.startNs);
      return pending.fate.get(Math.max(leftNs, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Uncertain("the log did not answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
