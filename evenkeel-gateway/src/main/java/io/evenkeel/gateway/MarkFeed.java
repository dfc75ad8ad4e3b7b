package io.evenkeel.gateway;

import io.evenkeel.gateway.LogDesk.Fate;
import io.evenkeel.gateway.LogDesk.Pending;
import io.evenkeel.gateway.LogDesk.Uncertain;
import io.evenkeel.model.command.Command;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.InvalidJson;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Marks at a high rate: one batch a request, or one a line for as long as the client likes. A feed
/// is read no faster than the log takes its batches: at most a window of them is on its way, and
/// while the log takes none, none is read.
final class MarkFeed {
  static final String PATH = "/v1/marks";

  /// Batches of one feed that may be on their way.
  static final int WINDOW = 64;

  private static final int LONGEST_LINE = 1 << 20;
  private static final int ERRORS_TOLD = 10;
  private static final long LONGEST_PAUSE_MS = 50;

  private final LogDesk log;
  private final ReaderDesk desk;

  MarkFeed(LogDesk log, ReaderDesk desk) {
    this.log = log;
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(Route.post(PATH, this::answer).consuming(Json.MEDIA_TYPE, MediaTypes.LINES));
  }

  private Reply answer(Exchange exchange) throws InterruptedException {
    return exchange.mediaType().equals(MediaTypes.LINES)
        ? new Lines(exchange.stream()).answer()
        : single(exchange);
  }

  private Reply single(Exchange exchange) throws InterruptedException {
    Pending pending = log.submit(0, 0, read(exchange.body()));
    if (pending == null) {
      throw log.busy().refused();
    }
    Fate fate = log.await(pending);
    if (!Outcomes.isAccepted(fate)) {
      throw Outcomes.problem(fate, 0, 0).refused();
    }
    return Reply.json(Outcomes.json(fate));
  }

  /// One batch.
  ///
  /// @throws InvalidJson when it is none
  Command read(byte[] json) {
    return new Command.MarkPrices(
        CommandJson.readMarks(CommandJson.parse(json), desk.catalogue(), Clock.nowNs()));
  }

  /// Submits a batch, and waits while the log cannot keep up.
  ///
  /// @throws RequestRefused when it could not for long, or takes nothing at all
  Pending submitPatiently(Command command, Consumer<Fate> whenDone) throws InterruptedException {
    long startNs = System.nanoTime();
    for (long pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      Pending pending = log.submit(0, 0, command, whenDone);
      if (pending != null) {
        return pending;
      }
      if (System.nanoTime() - startNs > LogDesk.PATIENCE.toNanos()) {
        throw log.busy().refused();
      }
      Thread.sleep(pauseMs);
    }
  }

  /// One request with a batch a line.
  private final class Lines {
    private final InputStream in;
    private final byte[] step = new byte[1 << 14];
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong position = new AtomicLong();
    private final AtomicReference<@Nullable Uncertain> uncertain = new AtomicReference<>();
    private final ArrayNode errors = Json.object().putArray("errors");
    private byte[] line = new byte[1 << 12];
    private int lineLength;
    private long lineNumber;
    private long batches;
    private long malformed;

    Lines(InputStream in) {
      this.in = in;
    }

    Reply answer() throws InterruptedException {
      Problem problem = readAll();
      boolean isSettled =
          window.tryAcquire(WINDOW, LogDesk.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      Uncertain lost =
          isSettled ? uncertain.get() : new Uncertain("the log did not answer for all batches");
      if (problem == null && lost == null) {
        return Reply.json(totals(Json.object()));
      }
      Problem told = problem != null ? problem : Outcomes.uncertain(String.valueOf(lost), false);
      throw told.with(this::totals).closing().refused();
    }

    private ObjectNode totals(ObjectNode json) {
      json.put("batches", batches).put("refused", refused.get()).put("malformed", malformed);
      json.put("position", Json.number(position.get()));
      if (!errors.isEmpty()) {
        json.set("errors", errors);
      }
      return json;
    }

    /// Why the feed ended early; null when it ended well.
    private @Nullable Problem readAll() throws InterruptedException {
      try {
        for (int n = in.read(step); n >= 0; n = in.read(step)) {
          for (int i = 0; i < n; i++) {
            if (step[i] == '\n') {
              endLine();
            } else {
              append(step[i]);
            }
          }
        }
        endLine();
        return null;
      } catch (RequestRefused e) {
        return e.problem();
      } catch (IOException | DataReader.InsufficientDataAvailableException e) {
        return Bodies.cutShort(lineNumber, -1).problem();
      } catch (NumberFormatException e) { // what the library makes of a bad chunk
        return Bodies.badChunk().problem();
      }
    }

    private void append(byte b) {
      if (lineLength == LONGEST_LINE) {
        throw Problem.of(
                413,
                "LINE_TOO_LONG",
                "A line is too long",
                "line " + (lineNumber + 1) + " has more than " + LONGEST_LINE + " bytes")
            .refused();
      }
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, 2 * lineLength);
      }
      line[lineLength++] = b;
    }

    private void endLine() throws InterruptedException {
      lineNumber++;
      String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
      byte[] json = Arrays.copyOf(line, lineLength);
      lineLength = 0;
      if (text.isBlank()) {
        return;
      }
      Command command;
      try {
        command = read(json);
      } catch (InvalidJson e) {
        malformed++;
        if (errors.size() < ERRORS_TOLD) {
          errors
              .addObject()
              .put("line", lineNumber)
              .put("field", e.field())
              .put("reason", e.reason());
        }
        return;
      }
      window.acquire();
      boolean isTaken = false;
      try {
        submitPatiently(command, this::settle);
        isTaken = true;
        batches++;
      } finally {
        if (!isTaken) {
          window.release();
        }
      }
    }

    private void settle(Fate fate) {
      position.accumulateAndGet(Outcomes.position(fate), Math::max);
      if (fate instanceof Uncertain lost) {
        uncertain.set(lost);
      } else if (!Outcomes.isAccepted(fate)) {
        refused.incrementAndGet();
      }
      window.release();
    }
  }
}
