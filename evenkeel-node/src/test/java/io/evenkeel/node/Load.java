package io.evenkeel.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.Answer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// What a child puts its node under: several sessions, each with rising numbers, many commands in
/// flight. Which command a session and number stand for can be told without having seen it, so that
/// it can be asked again after the child is dead.
final class Load {
  static final int SESSIONS = 3;
  static final int IN_FLIGHT = 300;

  /// The most commands that a filling child has in flight.
  static final int MOST_UNCERTAIN = 2_000;

  private Load() {}

  /// The command of a session and number. Some are refused.
  static Command command(long session, long number) {
    long amount = number % 7 == 0 ? 0 : session * 1_000_000 + number;
    return number == 1
        ? new Command.DefineAsset(Venues.usd())
        : new Command.ContributeInsurance(Venues.USD, amount);
  }

  /// Goes on until killed, or until a line arrives on the standard input.
  ///
  /// @param arguments after mode and folder the first number to use
  static void run(Path folder, String[] arguments, PrintStream out) throws Exception {
    NodeConfig config =
        new NodeConfig(
            folder, Venues.LIMITS, Duration.ofMillis(300), Duration.ofMillis(50), 0, true, true);
    long number = Long.parseLong(arguments[2]);
    Thread main = Thread.currentThread();
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      out.println("READY");
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              if (System.in.read() >= 0) {
                main.interrupt();
              }
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      Semaphore window = new Semaphore(IN_FLIGHT);
      try {
        while (true) {
          for (long session = 1; session <= SESSIONS; session++) {
            window.acquire();
            submit(connection, session, number, window, out);
          }
          number++;
        }
      } catch (InterruptedException e) {
        window.acquire(IN_FLIGHT);
      }
    }
    out.println("DONE");
  }

  private static void submit(
      NodeConnection connection, long session, long number, Semaphore window, PrintStream out) {
    NodeConnection.Admission admission =
        connection.submit(
            session,
            number,
            command(session, number),
            new NodeConnection.Listener() {
              @Override
              public void onAnswer(Answer answer) {
                out.println(line(session, number, answer));
                window.release();
              }

              @Override
              public void onUncertain(String reason) {
                window.release();
              }
            });
    if (admission != NodeConnection.Admission.TAKEN) {
      throw new IllegalStateException(admission.toString());
    }
  }

  /// How an acknowledgement is told.
  static String line(long session, long number, Answer answer) {
    Outcome outcome = Objects.requireNonNull(answer.outcome());
    return line(session, number, outcome, answer.logPosition());
  }

  static String line(long session, long number, Outcome outcome, long logPosition) {
    return "ACK "
        + session
        + " "
        + number
        + " "
        + outcome.reason()
        + " "
        + outcome.firstEventNumber()
        + " "
        + outcome.eventCount()
        + " "
        + logPosition;
  }

  /// Goes on until the node takes no more.
  ///
  /// @param arguments after mode and folder the first number to use and the free bytes to keep
  static void fill(Path folder, String[] arguments, PrintStream out) throws Exception {
    NodeConfig config =
        new NodeConfig(
            folder,
            Venues.LIMITS,
            Duration.ZERO,
            Duration.ofMillis(50),
            Long.parseLong(arguments[3]),
            true,
            true);
    AtomicReference<NodeException> fault = new AtomicReference<>();
    AtomicInteger faults = new AtomicInteger();
    Node node =
        Node.start(
            config,
            Venues.small(),
            reason -> {
              fault.set(reason);
              faults.incrementAndGet();
            });
    NodeConnection.Admission admission =
        new Filling(node.connect(), Long.parseLong(arguments[2]), out).run();
    if (admission == NodeConnection.Admission.STOPPED) {
      while (faults.get() == 0) {
        Thread.sleep(1);
      }
      out.println("FAULT " + Objects.requireNonNull(fault.get()).getMessage());
      out.println("STATUS " + node.status().fault());
    }
    node.close();
    out.println("FAULTS " + faults.get());
    out.println("CLOSED");
  }

  /// Submits until no more is taken, and counts who heard.
  private static final class Filling {
    private final NodeConnection connection;
    private final PrintStream out;
    private final AtomicInteger heard = new AtomicInteger();
    private long number;
    private int taken;

    Filling(NodeConnection connection, long firstNumber, PrintStream out) {
      this.connection = connection;
      this.out = out;
      number = firstNumber;
    }

    /// @return why it ended
    NodeConnection.Admission run() throws InterruptedException {
      NodeConnection.Admission admission = submit();
      while (admission == NodeConnection.Admission.TAKEN
          || admission == NodeConnection.Admission.BUSY) {
        admission = submit();
      }
      out.println("ADMISSION " + admission);
      while (connection.pending() > 0) {
        Thread.sleep(1);
      }
      out.println("HEARD " + (taken - heard.get()));
      return admission;
    }

    private NodeConnection.Admission submit() throws InterruptedException {
      NodeConnection.Admission admission =
          connection.submit(1, number, command(1, number), listener(number));
      if (admission == NodeConnection.Admission.TAKEN) {
        number++;
        taken++;
      } else {
        Thread.sleep(1);
      }
      while (connection.pending() >= MOST_UNCERTAIN) {
        Thread.sleep(1);
      }
      return admission;
    }

    private NodeConnection.Listener listener(long asked) {
      return new NodeConnection.Listener() {
        @Override
        public void onAnswer(Answer answer) {
          out.println(line(1, asked, answer));
          heard.incrementAndGet();
        }

        @Override
        public void onUncertain(String reason) {
          heard.incrementAndGet();
        }
      };
    }
  }
}
