package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.logbuffer.FrameDescriptor;
import io.evenkeel.model.command.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogTailTest {
  @TempDir Path folder;

  private long end;

  /// A node that was stopped after some commands, the last one long.
  private List<Long> history(int commands) {
    List<Long> accounts = LongStream.range(0, 1_000).boxed().toList();
    try (Node node = start();
        NodeConnection connection = node.connect()) {
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < commands; i++) {
        Command command = new Command.Reassess(accounts, true);
        positions.add(Venues.ask(connection, 0, 0, command).logPosition());
      }
      end = positions.getLast();
      return positions;
    }
  }

  private Node start() {
    LogSettings small = Venues.small();
    LogSettings large =
        new LogSettings(4 << 20, 4 << 20, 1 << 20, small.clock(), small.sessionTimeoutNs());
    return Node.start(Venues.config(folder), large, fault -> {});
  }

  /// The log goes on a little behind the last command: with the end of its session.
  private long endOfContent() throws IOException {
    byte[] content =
        Files.readAllBytes(folder.resolve("archive").resolve(LogTail.segmentName(0, 0)));
    UnsafeBuffer frames = new UnsafeBuffer(content);
    int end = 0;
    while (frames.getInt(end) > 0) {
      end += BitUtil.align(frames.getInt(end), FrameDescriptor.FRAME_ALIGNMENT);
    }
    return end;
  }

  private void overwrite(long from, byte[] bytes) throws IOException {
    Path segment = folder.resolve("archive").resolve(LogTail.segmentName(0, 0));
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), from);
    }
  }

  @Test
  void shouldCutWhatIsNotWholeAndKeepTheRest() throws Exception {
    history(5);
    byte[] garbage = new byte[5_000];
    new SplittableRandom(1).nextBytes(garbage);
    overwrite(endOfContent(), garbage);
    try (Node node = start();
        NodeConnection connection = node.connect()) {
      assertThat(node.status().commands()).isEqualTo(5);
      assertThat(Venues.ask(connection, 0, 0, new Command.AdvanceTime()).logPosition())
          .isGreaterThan(end);
    }
    try (Node node = start()) {
      assertThat(node.status().commands()).isEqualTo(6);
    }
  }

  @Test
  void shouldRefuseALogThatIsShorterThanItWasWhenItWasClosed() throws Exception {
    List<Long> positions = history(5);
    overwrite(positions.get(3) + 2_000, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThatThrownBy(this::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void shouldRefuseALogThatIsDamagedBeforeItsLastBlock() throws Exception {
    List<Long> positions = history(300);
    assertThat(end).isGreaterThan(2 * LogTail.BLOCK_BYTES);
    overwrite(positions.get(2) + 100, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThatThrownBy(this::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining(LogTail.segmentName(0, 0))
        .hasMessageContaining("backup");
  }

  @Test
  void shouldSeeEveryChangedBit() {
    FrameChecksum checksum = new FrameChecksum();
    ByteBuffer bytes = ByteBuffer.allocateDirect(96);
    long address = BufferUtil.address(bytes);
    int sound = checksum.compute(address, 3, 77);
    for (int bit = 3 * 8; bit < 80 * 8; bit++) {
      bytes.put(bit / 8, (byte) (1 << (bit % 8)));
      assertThat(checksum.compute(address, 3, 77)).as("bit %s", bit).isNotEqualTo(sound);
      bytes.put(bit / 8, (byte) 0);
    }
    assertThat(checksum.compute(address, 3, 77)).isEqualTo(sound);
    assertThat(checksum.compute(address, 3, 76)).isNotEqualTo(sound);
  }
}
