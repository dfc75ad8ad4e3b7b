package io.evenkeel.reader;

import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.reader.ReaderStatus.State;
import io.evenkeel.wire.journal.JournalEnd;
import io.evenkeel.wire.journal.JournalException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The reader's thread: follows, answers, and in what time is left ranks and checks.
final class ReaderLoop implements Runnable {
  /// Following and answering take turns of this length, so that neither starves.
  private static final long TURN_NS = 2_000_000;

  private static final long IDLE_NS = 1_000_000;

  /// How far it is, for any thread.
  private record Progress(
      State state,
      long logPosition,
      long engineTimeNs,
      long lastEventNumber,
      long position,
      long oldestNs,
      long saidNs,
      String fault) {}

  private final ReaderConfig config;
  private final SnapshotStore snapshots;
  private final Questions questions;
  private final Arrivals arrivals;
  private final EventTally tally = new EventTally();
  private final WaitingSince waitingSince = new WaitingSince();
  private final JournalEnd journalEnd;
  private final JournalEnd statusEnd;
  private final AtomicReference<Progress> progress =
      new AtomicReference<>(
          new Progress(State.CATCHING_UP, -1, 0, 0, 0, Long.MIN_VALUE, System.nanoTime(), ""));
  private volatile Catalogue catalogue = Catalogue.EMPTY;
  private volatile boolean isClosed;
  private volatile boolean isIdle;

  ReaderLoop(ReaderConfig config, SnapshotStore snapshots, Questions questions, Arrivals arrivals) {
    this.config = config;
    this.snapshots = snapshots;
    this.questions = questions;
    this.arrivals = arrivals;
    journalEnd = new JournalEnd(config.journalFolder());
    statusEnd = new JournalEnd(config.journalFolder());
  }

  @Override
  public void run() {
    String fault = "";
    try (Follower follower =
        Follower.start(config.journalFolder(), snapshots, config.limits(), tally, () -> isClosed)) {
      follow(follower);
    } catch (Follower.Diverged | JournalException e) {
      fault = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      fault = "the reader stopped by a fault of its own: " + e;
    }
    State end = fault.isEmpty() ? State.CLOSED : State.FAILED;
    Progress last = progress.get();
    progress.set(
        new Progress(
            end,
            last.logPosition,
            last.engineTimeNs,
            last.lastEventNumber,
            last.position,
            last.oldestNs,
            last.saidNs,
            fault));
    questions.stop(
        new ReaderStopped(
            fault.isEmpty() ? "the reader was closed" : "the reader failed: " + fault));
    arrivals.stop();
    snapshots.close();
  }

  private void follow(Follower follower) {
    VenueState state = follower.state();
    ClosestRanking ranking = new ClosestRanking(state.view());
    ConservationWatch conservation = new ConservationWatch(state);
    Venue venue = new Venue(state, ranking, conservation);
    State doing = State.CATCHING_UP;
    while (!isClosed) {
      long now = System.nanoTime();
      long end = journalEnd.position();
      waitingSince.seen(end, now);
      boolean more = follower.follow(now + TURN_NS, end);
      waitingSince.applied(follower.position());
      doing = more && doing == State.CATCHING_UP ? doing : State.FOLLOWING;
      publish(doing, follower);
      boolean busy = questions.answer(venue, System.nanoTime() + TURN_NS);
      now = System.nanoTime();
      busy |= ranking.work(now);
      if (doing == State.FOLLOWING) {
        conservation.work(now);
      }
      if (!more && !busy) {
        isIdle = true;
        if (questions.isEmpty()) {
          LockSupport.parkNanos(IDLE_NS);
        }
        isIdle = false;
      }
    }
  }

  private void publish(State doing, Follower follower) {
    VenueState state = follower.state();
    catalogue = state.catalogue();
    progress.set(
        new Progress(
            doing,
            state.logPosition(),
            state.view().nowNs(),
            state.engine().lastEventNumber(),
            follower.position(),
            waitingSince.oldestNs(),
            System.nanoTime(),
            ""));
    arrivals.reached(state.logPosition());
  }

  /// Has the thread look at once if it sleeps.
  void wake(Thread thread) {
    if (isIdle) {
      LockSupport.unpark(thread);
    }
  }

  void stop() {
    isClosed = true;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  ReaderStatus status() {
    Progress now = progress.get();
    long behindBytes = Math.max(0, end(now) - now.position);
    // while one command takes long, what came since it began was not seen yet: it counts from then
    long oldestNs = now.oldestNs == Long.MIN_VALUE ? now.saidNs : now.oldestNs;
    long behindNs = behindBytes == 0 ? 0 : Math.max(0, System.nanoTime() - oldestNs);
    return new ReaderStatus(
        now.state,
        now.logPosition,
        now.engineTimeNs,
        now.lastEventNumber,
        behindBytes,
        behindNs,
        questions.answered(),
        tally.byName(),
        now.fault,
        snapshots.note());
  }

  private long end(Progress now) {
    synchronized (statusEnd) {
      try {
        return statusEnd.position();
      } catch (JournalException _) {
        return now.position; // the reader meets it too, and says so
      }
    }
  }
}
