package io.evenkeel.reader;

import static io.evenkeel.reader.WrittenVenue.ONE_USD;
import static io.evenkeel.reader.WrittenVenue.PERP;
import static io.evenkeel.reader.WrittenVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.event.Event;
import io.evenkeel.reader.ReaderStatus.State;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.json.EventJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  @TempDir private Path folder;

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private List<Path> snapshotFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve("reader"), "*.eks")) {
      all.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldBeWhatTheEngineIs(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(30);
      for (int i = 0; i < 2_000; i++) {
        venue.random(random, 30);
        if (random.nextInt(50) == 0) {
          venue.flush();
        }
        if (random.nextInt(400) == 0) {
          venue.takeSnapshot();
        }
      }
      assertThat(venue.ask(reader, Venue::stateHash)).as("seed %d", seed).isEqualTo(venue.hash());
      ReaderStatus status = reader.status();
      assertThat(status.state()).isEqualTo(State.FOLLOWING);
      assertThat(status.fault()).isEmpty();
      assertThat(status.lastEventNumber()).isEqualTo(venue.events.size());
      assertThat(status.engineTimeNs()).isEqualTo(venue.engine.view().nowNs());
      assertThat(status.behindBytes()).isZero();
      assertThat(status.behindNs()).isZero();
      Map<String, Long> counts = new TreeMap<>();
      venue.events.forEach(event -> counts.merge(EventJson.typeOf(event.event()), 1L, Long::sum));
      assertThat(status.eventCounts()).isEqualTo(counts);
    }
  }

  @Test
  void shouldStartFromItsSnapshot() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    WrittenVenue venue = WrittenVenue.withMarket(folder);
    venue.openMany(20);
    List<List<RecordedEvent>> decisions;
    try (Reader reader = Reader.start(venue.readerConfig())) {
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 200; i++) {
          venue.random(random, 20);
        }
        snapshotIntoFile(venue);
      }
      decisions = venue.ask(reader, asked -> decisions(asked, 20));
    }
    assertThat(snapshotFiles()).hasSize(SnapshotStore.KEPT);
    for (int i = 0; i < 50; i++) {
      venue.random(random, 20);
    }
    try (Reader reader = Reader.start(venue.readerConfig())) {
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
      assertThat(reader.status().eventCounts().values().stream().mapToLong(n -> n).sum())
          .as("events since the snapshot only")
          .isLessThan(500);
      assertThat(reader.status().note()).isEmpty();
      // what was decided before the snapshot is still known
      assertThat(decisions).anyMatch(list -> !list.isEmpty());
      List<List<RecordedEvent>> now = venue.ask(reader, asked -> decisions(asked, 20));
      assertThat(now).isEqualTo(expectedDecisions(venue, 20));
    }
    venue.close();
  }

  /// Has the node take snapshots until the reader has written a new file: it leaves one out while
  /// the one before is still on its way to the disk.
  private void snapshotIntoFile(WrittenVenue venue) throws Exception {
    String before = newestFile();
    while (newestFile().equals(before)) {
      venue.takeSnapshot();
      long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (newestFile().equals(before) && System.nanoTime() < deadline) {
        Thread.sleep(2);
      }
    }
  }

  private String newestFile() throws IOException {
    List<Path> files = snapshotFiles();
    return files.isEmpty() ? "" : files.getLast().getFileName().toString();
  }

  private boolean hasFiles(int count) {
    try {
      return snapshotFiles().size() == count;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<RecordedEvent>> decisions(Venue venue, int accounts) {
    List<List<RecordedEvent>> all = new ArrayList<>();
    for (long account = 100; account < 100 + accounts; account++) {
      all.add(venue.account(account).orElseThrow().recentDecisions());
    }
    return all;
  }

  /// The last events about each account by the rule as it is told: eight, at most four of them
  /// trades when others want the room.
  private static List<List<RecordedEvent>> expectedDecisions(WrittenVenue venue, int accounts) {
    List<List<RecordedEvent>> all = new ArrayList<>();
    for (long account = 100; account < 100 + accounts; account++) {
      long id = account;
      List<RecordedEvent> kept = new ArrayList<>();
      for (RecordedEvent event : venue.events) {
        boolean[] trade = {false};
        boolean[] decision = {false};
        DecisionEvents.tell(
            event.event(),
            new DecisionEvents.Hearer() {
              @Override
              public void decided(long accountId) {
                decision[0] |= accountId == id;
              }

              @Override
              public void traded(long accountId) {
                trade[0] |= accountId == id;
              }
            });
        if (trade[0]) {
          List<RecordedEvent> trades =
              kept.stream().filter(e -> e.event() instanceof Event.FillApplied).toList();
          if (trades.size() == 4) {
            kept.remove(trades.getLast());
          }
        }
        if (trade[0] || decision[0]) {
          kept.addFirst(event);
        }
        if (kept.size() > 8) {
          kept.removeLast();
        }
      }
      all.add(kept);
    }
    return all;
  }

  @Test
  void shouldUseAnOlderSnapshotWhenTheNewestIsDamaged() throws Exception {
    WrittenVenue venue = WrittenVenue.withMarket(folder);
    venue.openMany(5);
    try (Reader reader = Reader.start(venue.readerConfig())) {
      for (int round = 1; round <= 2; round++) {
        venue.fund(100, 100, ONE_USD);
        snapshotIntoFile(venue);
        assertThat(reader.status().note()).isEmpty();
      }
    }
    Path newest = snapshotFiles().getLast();
    byte[] bytes = Files.readAllBytes(newest);
    for (int at : new int[] {2, 10, 60, bytes.length / 2, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(newest, damaged);
      try (Reader reader = Reader.start(venue.readerConfig())) {
        assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
        assertThat(reader.status().note()).as("byte %d", at).contains(newest.toString());
        assertThat(reader.status().eventCounts()).doesNotContainKey("accountOpened");
      }
    }
    for (Path file : snapshotFiles()) {
      Files.write(file, new byte[] {1, 2, 3});
    }
    try (Reader reader = Reader.start(venue.readerConfig())) {
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
      assertThat(reader.status().note()).endsWith("is cut short");
      assertThat(reader.status().eventCounts()).containsEntry("accountOpened", 6L);
    }
    venue.close();
  }

  @Test
  void shouldNotUseASnapshotTheJournalDoesNotReach() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    try (WrittenVenue other = WrittenVenue.withMarket(elsewhere)) {
      other.openMany(50);
      try (Reader reader = Reader.start(other.readerConfig())) {
        other.takeSnapshot();
        await("the snapshot is read", () -> reader.status().behindBytes() == 0);
        assertThat(other.ask(reader, Venue::stateHash)).isEqualTo(other.hash());
      }
    }
    Files.move(elsewhere.resolve("reader"), folder.resolve("reader"));
    assertThat(snapshotFiles()).hasSize(1);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
      assertThat(reader.status().note()).contains("was not used");
    }
  }

  @Test
  void shouldFailWhenTheNodeHasAnotherState() throws Exception {
    String wrong = "0".repeat(64);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.claimSnapshot(wrong);
      await("it has failed", () -> reader.status().state() == State.FAILED);
      assertThat(reader.status().fault())
          .contains(wrong)
          .contains(venue.hash())
          .contains("log position " + venue.logPosition);
      assertThatThrownBy(() -> reader.ask(Venue::totals).get())
          .hasCauseInstanceOf(ReaderStopped.class)
          .hasMessageContaining(wrong);
      assertThat(reader.reached(Long.MAX_VALUE, Duration.ofSeconds(60)).get()).isFalse();
      assertThat(hasFiles(0)).isTrue();
    }
  }

  @Test
  void shouldFailWhenTheJournalIsDamaged() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder)) {
      venue.flush();
      Path file = venue.journal().resolve("journal-0000000000000000.ekj");
      byte[] bytes = Files.readAllBytes(file);
      bytes[300] ^= 1;
      Files.write(file, bytes);
      try (Reader reader = Reader.start(venue.readerConfig())) {
        await("it has failed", () -> reader.status().state() == State.FAILED);
        assertThat(reader.status().fault()).contains(file.toString()).contains("damaged");
      }
    }
  }

  @Test
  void shouldGoOnOverARestartOfTheNode() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig());
        EventFeed feed = reader.follow(1)) {
      venue.openMany(10);
      for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 100; i++) {
          venue.random(random, 10);
        }
        if (round % 2 == 0) {
          venue.takeSnapshot();
        }
        long before = venue.logPosition;
        String hash = venue.hash();
        assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(hash);
        venue.restart(() -> assertThat(reader.status().logPosition()).isEqualTo(before));
        assertThat(venue.hash()).isEqualTo(hash);
        assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(hash);
      }
      List<RecordedEvent> seen = new ArrayList<>();
      while (seen.size() < venue.events.size()) {
        RecordedEvent event = feed.next(Duration.ofSeconds(30));
        assertThat(event).isNotNull();
        seen.add(event);
      }
      assertThat(seen).isEqualTo(venue.events);
      assertThat(feed.next(Duration.ZERO)).isNull();
    }
  }

  @Test
  void shouldFeedEventsFromAnyNumberAsTheyCome() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(5);
      venue.flush();
      int from = 7;
      try (EventFeed feed = reader.follow(from);
          EventFeed later = reader.follow(venue.events.size() + 3)) {
        assertThat(feed.next(Duration.ofSeconds(30))).isEqualTo(venue.events.get(from - 1));
        assertThat(later.next(Duration.ofMillis(5))).isNull();
        CompletableFuture<RecordedEvent> waiting =
            CompletableFuture.supplyAsync(() -> {
              try {
                return later.next(Duration.ofSeconds(60));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
        int before = venue.events.size();
        venue.openMore(200, 5);
        venue.flush();
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(venue.events.get(before + 2));
        for (int i = from; i < venue.events.size(); i++) {
          assertThat(feed.next(Duration.ofSeconds(30))).isEqualTo(venue.events.get(i));
        }
      }
    }
  }

  @Test
  void shouldLetAFeedBeInterrupted() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.flush();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread consumer =
          Thread.ofVirtual()
              .start(() -> {
                try (EventFeed feed = reader.follow(1)) {
                  while (true) {
                    feed.next(Duration.ofSeconds(60));
                  }
                } catch (InterruptedException | RuntimeException e) {
                  thrown.complete(e);
                }
              });
      await("it has read", () -> consumer.getState() == Thread.State.TIMED_WAITING);
      consumer.interrupt();
      assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void shouldRefuseQuestionsBeyondItsQueue() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader =
            Reader.start(
                new ReaderConfig(
                    venue.journal(), folder.resolve("reader"), WrittenVenue.LIMITS, 2))) {
      CountDownLatch isAsked = new CountDownLatch(1);
      CountDownLatch mayAnswer = new CountDownLatch(1);
      CompletableFuture<Boolean> slow =
          reader.ask(asked -> {
            isAsked.countDown();
            try {
              return mayAnswer.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(isAsked.await(60, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Long> first = reader.ask(Venue::engineTimeNs);
      CompletableFuture<Long> second = reader.ask(Venue::engineTimeNs);
      CompletableFuture<Long> third = reader.ask(Venue::engineTimeNs);
      assertThatThrownBy(third::get).hasCauseInstanceOf(ReaderBusy.class).hasMessageContaining("2");
      mayAnswer.countDown();
      assertThat(slow.get(60, TimeUnit.SECONDS)).isTrue();
      first.get(60, TimeUnit.SECONDS);
      second.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldPassOnWhatAQuestionThrows() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      CompletableFuture<Object> answer =
          reader.ask(asked -> {
            throw new IllegalArgumentException("no such thing");
          });
      assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
    }
  }

  @Test
  void shouldSayWhenAPositionIsReached() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.flush();
      long next = venue.logPosition + 64;
      CompletableFuture<Boolean> waiting = reader.reached(next, Duration.ofSeconds(60));
      assertThat(reader.reached(venue.logPosition, Duration.ofSeconds(60)).get()).isTrue();
      assertThat(reader.reached(next, Duration.ofMillis(20)).get()).isFalse();
      assertThat(waiting).isNotDone();
      venue.mark(PERP, 90_000);
      venue.flush();
      assertThat(waiting.get()).isTrue();
      assertThat(reader.status().logPosition()).isEqualTo(next);
    }
  }

  @Test
  void shouldAnswerUnderLoadAndFollow() throws Exception {
    SplittableRandom random = new SplittableRandom(17);
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      venue.openMany(50);
      CompletableFuture<Integer> asking =
          CompletableFuture.supplyAsync(() -> {
            int answered = 0;
            for (int i = 0; i < 2_000; i++) {
              long account = 100 + i % 50;
              var reading = reader.ask(asked -> asked.account(account)).join();
              answered += reading.isPresent() ? 1 : 0;
            }
            return answered;
          });
      for (int i = 0; i < 5_000; i++) {
        venue.random(random, 50);
        venue.flush();
      }
      assertThat(asking.get(60, TimeUnit.SECONDS)).isPositive();
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
      assertThat(reader.status().questions()).isGreaterThan(2_000);
    }
  }

  @Test
  void shouldRefuseWhatWaitsWhenClosed() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder)) {
      venue.flush();
      Reader reader = Reader.start(venue.readerConfig());
      EventFeed feed = reader.follow(1);
      CompletableFuture<Boolean> waiting = reader.reached(1L << 40, Duration.ofHours(1));
      reader.close();
      assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
      assertThat(reader.status().state()).isEqualTo(State.CLOSED);
      assertThatThrownBy(() -> reader.ask(Venue::totals).get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ReaderStopped.class);
      assertThatThrownBy(() -> feed.next(Duration.ofSeconds(60))).isInstanceOf(ReaderStopped.class);
      feed.close();
    }
  }

  @Test
  void shouldWaitForAJournalThatIsNotThereYet() throws Exception {
    ReaderConfig config =
        new ReaderConfig(
            folder.resolve("journal"), folder.resolve("reader"), WrittenVenue.LIMITS, 4);
    try (Reader reader = Reader.start(config)) {
      assertThat(reader.ask(Venue::totals).get(60, TimeUnit.SECONDS).accounts()).isZero();
      try (WrittenVenue venue = WrittenVenue.withMarket(folder)) {
        assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
        assertThat(reader.catalogue().asset("USD").assetId()).isEqualTo(USD);
        assertThat(reader.catalogue().instrument("PERP").instrumentId()).isEqualTo(PERP);
      }
    }
  }
}
