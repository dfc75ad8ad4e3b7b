package io.evenkeel.wire.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalEntry.CommandLogged;
import io.evenkeel.wire.journal.JournalEntry.EventRecorded;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final int SMALL = 4 << 10;

  @TempDir private Path folder;

  private JournalWriter open(long position, long nextEvent, int segmentBytes) {
    return JournalWriter.open(folder, position, nextEvent, segmentBytes, FileChannel::write);
  }

  /// Writes a whole story and returns the positions before each chapter and at the end.
  private long[] tell(JournalStory story, int segmentBytes) {
    long[] positions = new long[story.chapters.size() + 1];
    try (JournalWriter writer = open(0, 1, segmentBytes)) {
      for (int i = 0; i < story.chapters.size(); i++) {
        story.write(writer, i, i + 1);
        positions[i + 1] = writer.position();
      }
    }
    return positions;
  }

  private static List<JournalEntry> readAll(JournalCursor cursor) {
    List<JournalEntry> entries = new ArrayList<>();
    for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
      entries.add(entry);
    }
    return entries;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldReadWhatWasWritten(long seed) {
    JournalStory story = new JournalStory(seed, 400);
    long[] positions = tell(story, SMALL);
    assertThat(SegmentFile.list(folder)).hasSizeGreaterThan(5);
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      assertThat(readAll(cursor)).as("seed %d", seed).isEqualTo(story.entries());
      assertThat(cursor.position()).isEqualTo(positions[400]);
    }
    for (int chapter : new int[] {1, 57, 200, 399, 400}) {
      try (JournalCursor cursor = JournalCursor.at(folder, positions[chapter])) {
        List<JournalEntry> rest = new ArrayList<>();
        story.chapters.subList(chapter, 400).forEach(told -> rest.addAll(told.entries()));
        assertThat(readAll(cursor)).isEqualTo(rest);
      }
    }
    assertThat(new JournalEnd(folder).position()).isEqualTo(positions[400]);
  }

  @Test
  void shouldShowWhatIsFlushed() {
    JournalStory story = new JournalStory(5, 3);
    JournalEnd end = new JournalEnd(folder);
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      assertThat(cursor.next()).isNull();
      assertThat(end.position()).isZero();
      try (JournalWriter writer = open(0, 1, SMALL)) {
        story.write(writer, 0, 2);
        assertThat(cursor.next()).isNull();
        writer.flush();
        assertThat(end.position()).isEqualTo(writer.position());
        assertThat(readAll(cursor)).hasSize(entries(story, 0, 2));
        writer.flush();
        story.write(writer, 2, 3);
        assertThat(cursor.next()).isNull();
        writer.sync();
        assertThat(readAll(cursor)).hasSize(entries(story, 2, 3));
      }
    }
  }

  private static int entries(JournalStory story, int from, int to) {
    return story.chapters.subList(from, to).stream()
        .mapToInt(chapter -> chapter.entries().size())
        .sum();
  }

  @Test
  void shouldTakeEveryCutEndForNothingMoreYet() throws IOException {
    JournalStory story = new JournalStory(7, 12);
    tell(story, SMALL << 4);
    Path file = SegmentFile.path(folder, 0);
    byte[] whole = Files.readAllBytes(file);
    List<JournalEntry> all = story.entries();
    for (int cut = whole.length - 600; cut < whole.length; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));
      try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
        List<JournalEntry> before = readAll(cursor);
        assertThat(all.subList(0, before.size())).as("cut at %d", cut).isEqualTo(before);
        assertThat(before.size()).isLessThan(all.size());
        Files.write(file, whole);
        assertThat(readAll(cursor)).isEqualTo(all.subList(before.size(), all.size()));
      }
      // zeros where data was to come: a machine that lost power leaves these
      byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, cut), whole.length);
      Files.write(file, zeroed);
      try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
        boolean onlyPaddingIsCut = Arrays.equals(zeroed, whole);
        assertThat(readAll(cursor).size() == all.size()).isEqualTo(onlyPaddingIsCut);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void shouldWriteTheSameAgainAfterARestart(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    JournalStory story = new JournalStory(seed, 300);
    long[] positions = tell(story, SMALL);
    List<String> before = files();
    try (JournalCursor ahead = JournalCursor.at(folder, 0)) {
      int read = random.nextInt(500);
      List<JournalEntry> seen = new ArrayList<>();
      for (int i = 0; i < read; i++) {
        seen.add(ahead.next());
      }
      int chapter = random.nextInt(300);
      try (JournalWriter writer = open(positions[chapter], story.nextEventBefore(chapter), SMALL)) {
        assertThat(writer.position()).isEqualTo(positions[chapter]);
        for (int i = chapter; i < 300; i++) {
          if (random.nextInt(3) == 0) {
            writer.flush();
            seen.addAll(readAll(ahead));
          }
          story.write(writer, i, i + 1);
        }
      }
      seen.addAll(readAll(ahead));
      assertThat(seen).as("seed %d", seed).isEqualTo(story.entries());
    }
    assertThat(files()).isEqualTo(before);
  }

  private List<String> files() throws IOException {
    List<String> contents = new ArrayList<>();
    for (long base : SegmentFile.list(folder)) {
      CRC32C crc = new CRC32C();
      crc.update(Files.readAllBytes(SegmentFile.path(folder, base)));
      contents.add(base + ": " + crc.getValue());
    }
    return contents;
  }

  @Test
  void shouldRefuseAnotherStoryAfterARestart() {
    JournalStory story = new JournalStory(21, 60);
    tell(story, SMALL);
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      readAll(cursor);
      JournalStory other = new JournalStory(22, 200);
      try (JournalWriter writer = open(0, 1, SMALL)) {
        assertThat(cursor.next()).isNull();
        other.write(writer, 0, 200);
      }
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> readAll(cursor))
          .withMessageContaining(folder.toString());
    }
  }

  @Test
  void shouldRefuseToGoOnWhereItCannot() {
    JournalStory story = new JournalStory(31, 100);
    long[] positions = tell(story, SMALL);
    long end = positions[100];
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> open(end + 8, story.nextEventBefore(100), SMALL))
        .withMessageContaining("ends at position " + end)
        .withMessageContaining("restore");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> open(positions[50] + 8, story.nextEventBefore(50), SMALL))
        .withMessageContaining("inside an entry");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> open(positions[50], story.nextEventBefore(50) + 1, SMALL))
        .withMessageContaining("of another journal");
    // nothing was dropped by being refused
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      assertThat(readAll(cursor)).isEqualTo(story.entries());
    }
  }

  @Test
  void shouldFindEveryEvent() {
    JournalStory story = new JournalStory(41, 3_000);
    tell(story, 512 << 10);
    assertThat(SegmentFile.list(folder)).hasSizeGreaterThan(1);
    long last = story.nextEventBefore(3_000) - 1;
    for (long number = 1; number <= last; number += number % 97 == 0 ? 1 : 13) {
      try (JournalCursor cursor = JournalCursor.atEvent(folder, number)) {
        JournalEntry first = cursor.next();
        assertThat(first).as("event %d", number).isInstanceOf(CommandLogged.class);
        RecordedEvent event = cursor.nextEvent(number);
        assertThat(event).as("event %d", number).isNotNull();
        assertThat(event.number()).isEqualTo(number);
        assertThat(event.logPosition()).isEqualTo(((CommandLogged) first).logPosition());
      }
    }
    try (JournalCursor cursor = JournalCursor.atEvent(folder, last + 1)) {
      assertThat(cursor.position()).isEqualTo(new JournalEnd(folder).position());
      assertThat(cursor.next()).isNull();
    }
  }

  @Test
  void shouldFindEventsOfCommandsThatSpanFiles() {
    try (JournalWriter writer = open(0, 1, 256)) {
      UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
      for (int command = 0; command < 20; command++) {
        writer.command(command, 0, 0, 0, none, 0, 0);
        for (int i = 0; i < 20; i++) {
          writer.event(20L * command + i + 1, 0, new Event.AccountClosed(i));
        }
        writer.outcome(Outcome.QUIET);
      }
    }
    long position = 0;
    for (long number = 1; number <= 400; number++) {
      try (JournalCursor cursor = JournalCursor.atEvent(folder, number)) {
        assertThat((number - 1) % 20 == 0)
            .as("event %d begins a command", number)
            .isEqualTo(cursor.position() > position || number == 1);
        position = cursor.position();
        assertThat(cursor.nextEvent(number).number()).isEqualTo(number);
      }
    }
  }

  @Test
  void shouldPassOverEventsAndSayWhereTheyLie() {
    JournalStory story = new JournalStory(43, 200);
    tell(story, SMALL);
    List<Long> numbers = new ArrayList<>();
    List<JournalEntry> others = new ArrayList<>();
    try (JournalCursor cursor = JournalCursor.at(folder, 0);
        JournalCursor single = JournalCursor.at(folder, 0)) {
      JournalCursor.EventPlaces places =
          (number, position) -> {
            numbers.add(number);
            single.seek(position);
            assertThat(single.nextEvent(0).number()).isEqualTo(number);
          };
      for (JournalEntry entry = cursor.nextCommand(places);
          entry != null;
          entry = cursor.nextCommand(places)) {
        others.add(entry);
      }
    }
    List<JournalEntry> expected = story.entries();
    assertThat(numbers).hasSize((int) story.nextEventBefore(200) - 1);
    expected.removeIf(EventRecorded.class::isInstance);
    assertThat(others).isEqualTo(expected);
  }

  @Test
  void shouldRefuseMisuse() {
    try (JournalWriter writer = open(0, 1, SMALL)) {
      UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
      Event event = new Event.AccountClosed(1);
      assertThatIllegalStateException().isThrownBy(() -> writer.event(1, 0, event));
      assertThatIllegalStateException().isThrownBy(() -> writer.outcome(Outcome.QUIET));
      writer.command(1, 0, 0, 0, none, 0, 0);
      assertThatIllegalStateException().isThrownBy(() -> writer.command(2, 0, 0, 0, none, 0, 0));
      assertThatIllegalStateException().isThrownBy(() -> writer.snapshotTaken(1, 0, "00"));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.event(2, 0, event));
      writer.event(1, 0, event);
      writer.outcome(new Outcome(RefusalReason.NONE, 1, 1));
    }
  }
}
