package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/// What a busy venue writes all day is written without garbage.
class AllocationTest {
  private static final int ROUNDS = 10_000;
  private static final int ATTEMPTS = 10;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldWriteCommandsWithoutAllocating() {
    CommandCodec codec = new CommandCodec();
    List<Command> commands =
        SampleCommands.all().stream()
            .map(sample -> (Command) sample.message())
            .filter(AllocationTest::hasNoTextAndNoList)
            .toList();
    assertThat(commands).hasSizeGreaterThan(10);

    for (Command command : commands) {
      codec.encode(command, buffer, 0);
      shouldAllocateNothing(command, () -> codec.encode(command, buffer, 0));
    }
  }

  @Test
  void shouldWriteEventsWithoutAllocating() {
    EventCodec codec = new EventCodec();
    List<Event> events =
        SampleEvents.all().stream()
            .map(sample -> (Event) sample.message())
            .filter(AllocationTest::hasNoTextAndNoList)
            .toList();
    assertThat(events).hasSizeGreaterThan(25);

    for (Event event : events) {
      codec.encode(event, buffer, 0);
      shouldAllocateNothing(event, () -> codec.encode(event, buffer, 0));
    }
  }

  /// Names become UTF-8 through an array, and lists are walked by iterators that only a compiled
  /// method is rid of.
  private static boolean hasNoTextAndNoList(Object message) {
    for (var component : message.getClass().getRecordComponents()) {
      Class<?> type = component.getType();
      boolean isFlat =
          type.isPrimitive()
              || type.isEnum()
              || List.of("MarkBatch", "Decimal", "LedgerAccount", "Assessment")
                  .contains(type.getSimpleName());
      if (!isFlat) {
        return false;
      }
    }
    return true;
  }

  /// The JVM itself may allocate on the thread now and then, so the best of a few attempts counts.
  private void shouldAllocateNothing(Object message, Runnable encode) {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least >= ROUNDS; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS; round++) {
        encode.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    // less than one byte a round: measuring itself takes a few
    assertThat(least).as("%s", message).isLessThan(ROUNDS);
  }
}
