package io.evenkeel.reader;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Questions that wait for the reader's thread: as many as were allowed, no more.
final class Questions {
  private final ArrayBlockingQueue<Question<?>> waiting;
  private final int capacity;
  private final LongAdder answered = new LongAdder();
  private volatile @Nullable ReaderStopped stopped;

  private record Question<T>(Function<Venue, T> function, CompletableFuture<T> answer) {
    /// Counts before it tells: whoever has an answer finds it counted.
    void answer(Venue venue, LongAdder answered) {
      if (answer.isDone()) {
        return;
      }
      try {
        T told = function.apply(venue);
        answered.increment();
        answer.complete(told);
      } catch (Throwable thrown) { // whoever asked is told, whatever it is
        answered.increment();
        answer.completeExceptionally(thrown);
        if (thrown instanceof VirtualMachineError error) {
          throw error;
        }
      }
    }
  }

  Questions(int capacity) {
    this.capacity = capacity;
    waiting = new ArrayBlockingQueue<>(capacity);
  }

  <T> CompletableFuture<T> ask(Function<Venue, T> function) {
    Question<T> question = new Question<>(function, new CompletableFuture<>());
    if (!waiting.offer(question)) {
      question.answer.completeExceptionally(
          new ReaderBusy(capacity + " questions wait for the reader; ask again later"));
    }
    ReaderStopped reason = stopped;
    if (reason != null) {
      refuseAll(reason);
    }
    return question.answer;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Answers what waits, until a time; one question at least.
  ///
  /// @return whether there was any
  boolean answer(Venue venue, long untilNs) {
    Question<?> question = waiting.poll();
    if (question == null) {
      return false;
    }
    while (question != null) {
      question.answer(venue, answered);
      question = System.nanoTime() - untilNs < 0 ? waiting.poll() : null;
    }
    return true;
  }

  /// Refuses what waits and what comes.
  void stop(ReaderStopped reason) {
    stopped = reason;
    refuseAll(reason);
  }

  private void refuseAll(ReaderStopped reason) {
    for (Question<?> question = waiting.poll(); question != null; question = waiting.poll()) {
      question.answer.completeExceptionally(reason);
    }
  }

  long answered() {
    return answered.sum();
  }
}
