package io.evenkeel.wire.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {
  private static final int SMALL = 4 << 10;

  @TempDir private Path folder;

  private long[] tell(JournalStory story) {
    long[] positions = new long[story.chapters.size() + 1];
    try (JournalWriter writer = JournalWriter.open(folder, 0, 1, SMALL, FileChannel::write)) {
      for (int i = 0; i < story.chapters.size(); i++) {
        story.write(writer, i, i + 1);
        positions[i + 1] = writer.position();
      }
    }
    return positions;
  }

  private List<JournalEntry> readAll() {
    List<JournalEntry> entries = new ArrayList<>();
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void shouldNameTheFileAndByteOfDamage() throws IOException {
    long seed = 51;
    JournalStory story = new JournalStory(seed, 100);
    tell(story);
    List<JournalEntry> all = story.entries();
    SplittableRandom random = new SplittableRandom(seed);
    long[] bases = SegmentFile.list(folder);
    for (int round = 0; round < 200; round++) {
      Path file = SegmentFile.path(folder, bases[random.nextInt(bases.length - 1)]);
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      // padding means nothing, so damage there does not either
      try {
        assertThat(readAll()).as("byte %d of %s, round %d", at, file, round).isEqualTo(all);
        assertThat(whole[at]).as("byte %d of %s must be checked", at, file).isZero();
      } catch (JournalException e) {
        assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("byte");
      }
      Files.write(file, whole);
    }
    assertThat(readAll()).isEqualTo(all);
  }

  @Test
  void shouldTakeADamagedLastEntryForUnfinished() throws IOException {
    JournalStory story = new JournalStory(52, 40);
    tell(story);
    long[] bases = SegmentFile.list(folder);
    Path file = SegmentFile.path(folder, bases[bases.length - 1]);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 12] ^= 1;
    Files.write(file, bytes);
    assertThat(readAll()).hasSize(story.entries().size() - 1);
  }

  @Test
  void shouldRefuseAnotherVersionAndOtherFiles() throws IOException {
    tell(new JournalStory(53, 5));
    Path file = SegmentFile.path(folder, 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8]++;
    Files.write(file, bytes);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(this::readAll)
        .withMessageContaining("version 2");
    bytes[0]++;
    Files.write(file, bytes);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(this::readAll)
        .withMessageContaining("not a journal file");
  }

  @Test
  void shouldRefuseAJournalThatBeginsTooLate() throws IOException {
    tell(new JournalStory(54, 100));
    Files.delete(SegmentFile.path(folder, 0));
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(this::readAll)
        .withMessageContaining("begins at position");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> JournalCursor.atEvent(folder, 1))
        .withMessageContaining("begins with event");
  }

  @Test
  void shouldRefuseAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> JournalWriter.open(file, 0, 1))
        .withMessageContaining(file.toString());
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> JournalCursor.at(file, 0).next())
        .withMessageContaining("not a folder");
  }

  /// A disk with so many bytes left.
  private static final class SmallDisk implements SegmentOutput.Disk {
    private int left;

    SmallDisk(int left) {
      this.left = left;
    }

    @Override
    public int write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
      if (left == 0) {
        throw new IOException("No space left on device");
      }
      ByteBuffer some = bytes.slice(bytes.position(), Math.min(left, bytes.remaining()));
      int written = channel.write(some, offset);
      bytes.position(bytes.position() + written);
      left -= written;
      return written;
    }
  }

  @Test
  void shouldSayThatTheDiskIsFullAndGoOnFromASnapshotLater() {
    JournalStory story = new JournalStory(55, 80);
    SmallDisk disk = new SmallDisk(Integer.MAX_VALUE);
    JournalWriter writer = JournalWriter.open(folder, 0, 1, SMALL, disk);
    story.write(writer, 0, 10);
    writer.sync();
    disk.left = 6_001;
    long position = writer.position();
    story.write(writer, 10, 80);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(writer::flush)
        .withMessageContaining("No space left on device")
        .withMessageContaining(folder.toString())
        .withMessageContaining("free space");
    assertThatExceptionOfType(JournalException.class).isThrownBy(writer::flush);
    assertThatExceptionOfType(JournalException.class).isThrownBy(writer::sync);
    assertThatCode(writer::close).doesNotThrowAnyException();
    List<JournalEntry> all = story.entries();
    List<JournalEntry> kept = readAll();
    assertThat(all.subList(0, kept.size())).isEqualTo(kept);
    try (JournalWriter again =
        JournalWriter.open(
            folder, position, story.nextEventBefore(10), SMALL, FileChannel::write)) {
      story.write(again, 10, 80);
    }
    assertThat(readAll()).isEqualTo(all);
  }

  @Test
  void shouldLetCursorsFollowAWriterThatRestarts() throws Exception {
    long seed = 61;
    JournalStory story = new JournalStory(seed, 1_500);
    List<JournalEntry> all = story.entries();
    List<CompletableFuture<List<JournalEntry>>> followers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      followers.add(CompletableFuture.supplyAsync(() -> followUntil(all.size())));
    }
    SplittableRandom random = new SplittableRandom(seed);
    long position = 0;
    int chapter = 0;
    int at = 0;
    JournalWriter writer = JournalWriter.open(folder, 0, 1, SMALL, FileChannel::write);
    while (at < 1_500) {
      int next = Math.min(1_500, at + random.nextInt(1, 40));
      story.write(writer, at, next);
      at = next;
      writer.flush();
      if (random.nextInt(20) == 0) {
        position = writer.position();
        chapter = at;
      } else if (random.nextInt(40) == 0) {
        writer.close();
        writer =
            JournalWriter.open(
                folder, position, story.nextEventBefore(chapter), SMALL, FileChannel::write);
        at = chapter;
      }
    }
    writer.close();
    for (CompletableFuture<List<JournalEntry>> follower : followers) {
      assertThat(follower.get(60, TimeUnit.SECONDS)).as("seed %d", seed).isEqualTo(all);
    }
  }

  private List<JournalEntry> followUntil(int count) {
    List<JournalEntry> entries = new ArrayList<>();
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      while (entries.size() < count) {
        JournalEntry entry = cursor.next();
        if (entry == null) {
          LockSupport.parkNanos(100_000);
        } else {
          entries.add(entry);
        }
      }
    }
    return entries;
  }
}
