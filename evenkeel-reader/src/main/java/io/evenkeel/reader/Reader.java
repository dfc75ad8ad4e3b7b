package io.evenkeel.reader;

import io.evenkeel.model.reference.Catalogue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Follows the journal on a thread of its own and answers questions between two commands.
/// Thread-safe.
public final class Reader implements AutoCloseable {
  private final ReaderConfig config;
  private final Questions questions;
  private final Arrivals arrivals = new Arrivals();
  private final JournalWatch watch;
  private final ReaderLoop loop;
  private final Thread thread;

  private Reader(ReaderConfig config, SnapshotStore snapshots) {
    this.config = config;
    questions = new Questions(config.questionQueue());
    watch = new JournalWatch(config.journalFolder());
    loop = new ReaderLoop(config, snapshots, questions, arrivals);
    thread = Thread.ofPlatform().daemon(true).name("evenkeel-reader").start(loop);
  }

  /// Starts following: from the newest of its own snapshots that the journal still reaches, or from
  /// the beginning. Returns at once; see [#status()].
  ///
  /// @throws io.evenkeel.wire.journal.JournalException when a folder cannot be used
  public static Reader start(ReaderConfig config) {
    return new Reader(config, new SnapshotStore(config.snapshotFolder()));
  }

  /// Asks something. The question runs on the reader's thread, so it must be quick and must keep
  /// nothing of the venue; what is chained to the answer without an executor may run there too.
  ///
  /// @return the answer; completes with [ReaderBusy] when too many questions wait, with
  ///   [ReaderStopped] when the reader was closed or has failed, and with what the question itself
  ///   threw
  public <T> CompletableFuture<T> ask(Function<Venue, T> question) {
    CompletableFuture<T> answer = questions.ask(question);
    loop.wake(thread);
    return answer;
  }

  /// Waits until the reader has applied the log up to a position.
  ///
  /// @return completes with true then, or with false when patience ran out or the reader stopped
  public CompletableFuture<Boolean> reached(long logPosition, Duration patience) {
    return arrivals.await(logPosition, patience);
  }

  /// Assets and instruments as of the last command applied; safe from any thread.
  public Catalogue catalogue() {
    return loop.catalogue();
  }

  /// How the reader is doing; safe from any thread.
  public ReaderStatus status() {
    return loop.status();
  }

  /// The recorded events from a number on, for one consumer with a thread of its own. Comes
  /// straight from the journal, so it does not wait for the reader's engine.
  ///
  /// @param fromEventNumber from 1; 0 and less count as 1
  public EventFeed follow(long fromEventNumber) {
    return new EventFeed(config.journalFolder(), watch, Math.max(1, fromEventNumber));
  }

  /// Stops the thread and refuses what waits. A snapshot on its way to the disk is finished.
  @Override
  public void close() {
    loop.stop();
    loop.wake(thread);
    watch.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
