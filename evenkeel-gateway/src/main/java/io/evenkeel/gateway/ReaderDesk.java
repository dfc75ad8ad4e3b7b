package io.evenkeel.gateway;

import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.reader.EventFeed;
import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderBusy;
import io.evenkeel.reader.ReaderStatus;
import io.evenkeel.reader.ReaderStopped;
import io.evenkeel.reader.Venue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Asks the reader on behalf of requests: nobody waits for ever, and a reader that cannot answer is
/// said so.
final class ReaderDesk {
  /// How long a reading waits for its turn.
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  /// How long `atLeast` waits for the reader.
  private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(2);

  private final Reader reader;

  ReaderDesk(Reader reader) {
    this.reader = reader;
  }

  /// A question about the venue. Runs on the reader's thread, so it only picks what is asked for;
  /// writing it as JSON is for the thread of the request.
  interface Question<T> {
    T answer(Venue venue);
  }

  /// What was read, how current it is, and the names and scales to write it with.
  ///
  /// @param position log position applied
  /// @param timeNs engine time there
  /// @param lastEvent number of the last event there
  record Reading<T>(long position, long timeNs, long lastEvent, Catalogue catalogue, T value) {
    /// Begins the JSON of a reading with how current it is.
    ObjectNode begin() {
      ObjectNode json = Json.object();
      json.put("position", Json.number(position));
      json.put("time", Json.time(timeNs));
      json.put("lastEvent", Json.number(lastEvent));
      return json;
    }
  }

  /// Asks, after the reader has reached the position of the parameter `atLeast` if there is one.
  ///
  /// @throws RequestRefused when the reader has failed, is behind, or does not answer in time
  <T> Reading<T> read(Exchange exchange, Question<T> question) throws InterruptedException {
    long position = exchange.number("atLeast", 0, 0, Long.MAX_VALUE);
    if (position > 0 && !reached(position, CATCH_UP_PATIENCE)) {
      throw Problem.unavailable(
              "READER_BEHIND",
              "the reader is at position "
                  + reader.status().logPosition()
                  + " and has not reached "
                  + position
                  + "; ask again")
          .retryAfter(1)
          .refused();
    }
    return read(question, ANSWER_PATIENCE);
  }

  /// Asks.
  ///
  /// @throws RequestRefused when the reader has failed or does not answer in time
  <T> Reading<T> read(Question<T> question, Duration patience) throws InterruptedException {
    checkAlive();
    CompletableFuture<Reading<T>> answer =
        reader.ask(venue ->
            new Reading<>(
                venue.logPosition(),
                venue.engineTimeNs(),
                venue.lastEventNumber(),
                venue.catalogue(),
                question.answer(venue)));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw Problem.unavailable("READER_SLOW", "the reader did not answer in time; ask again")
          .retryAfter(1)
          .refused();
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    }
  }

  private RuntimeException refusal(@Nullable Throwable cause) {
    if (cause instanceof ReaderBusy busy) {
      return Problem.busy(busy.getMessage() + "; ask again").refused();
    }
    if (cause instanceof ReaderStopped) {
      checkAlive();
      return Problem.unavailable("READER_CLOSED", String.valueOf(cause.getMessage())).refused();
    }
    return new IllegalStateException("the reader failed on a question", cause);
  }

  private void checkAlive() {
    ReaderStatus status = reader.status();
    switch (status.state()) {
      case CATCHING_UP, FOLLOWING -> {}
      case FAILED ->
          throw Problem.unavailable("READER_FAILED", "the reader stopped: " + status.fault())
              .refused();
      case CLOSED -> throw Problem.unavailable("READER_CLOSED", "the reader is closed").refused();
    }
  }

  /// Waits until the reader has applied the log up to a position.
  ///
  /// @return false when it did not get there in time
  boolean reached(long position, Duration patience) throws InterruptedException {
    try {
      return reader
          .reached(position, patience)
          .get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /// Assets and instruments as of the last command the reader applied.
  Catalogue catalogue() {
    return reader.catalogue();
  }

  ReaderStatus status() {
    return reader.status();
  }

  /// The recorded events from a number on.
  EventFeed follow(long fromEventNumber) {
    return reader.follow(fromEventNumber);
  }
}
