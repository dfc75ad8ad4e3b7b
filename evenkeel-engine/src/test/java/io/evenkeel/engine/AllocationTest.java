package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int ACCOUNTS = 1_000;
  private static final int INSTRUMENTS = 8;
  private static final int FIRST_INSTRUMENT = 50;
  private static final EngineLimits LIMITS = new EngineLimits(8, 16, 4, 2_000, 2_000, 16, 16, 8, 4);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateNothingForABatchOfMarksThatActsOnNobody() {
    TestVenue venue = busyVenue();
    Command[] quiet = {marks(venue, 100_100), marks(venue, 100_000), marks(venue, 99_900)};
    Engine engine = venue.engine;
    long now = venue.nowNs;
    venue.events.clear();
    for (int i = 0; i < 6_000; i++) {
      engine.apply(now, 0, 0, quiet[i % quiet.length]);
    }
    assertThat(venue.events).isEmpty();
    long valuationsBefore = engine.valuations();
    // the smallest of several rounds: the compiler and the test framework may allocate in between
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 99; i++) {
        engine.apply(now, 0, 0, quiet[i % quiet.length]);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // every account was valued by every batch, so there was something to allocate for
    assertThat(engine.valuations() - valuationsBefore).isGreaterThanOrEqualTo(495L * ACCOUNTS);
    assertThat(least).as("bytes allocated by 99 quiet batches").isZero();

    // the same measurement sees a batch that does act
    Command calling = marks(venue, 95_500);
    long before = threads.getCurrentThreadAllocatedBytes();
    engine.apply(now, 0, 0, calling);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isGreaterThan(1_000);
    assertThat(venue.events).isNotEmpty();
  }

  /// A thousand accounts, each long one contract of one of eight instruments, a little above
  /// initial.
  private static TestVenue busyVenue() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    for (int i = 0; i < INSTRUMENTS; i++) {
      venue.accepted(
          new Command.DefineInstrument(TestVenue.perpetual(FIRST_INSTRUMENT + i, "X" + i)));
      venue.mark(FIRST_INSTRUMENT + i, 100_000);
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      long account = 100 + i;
      venue.open(account, 100 + i);
      venue.fund(account, USD, 105 * ONE_USD);
      venue.trade(FIRST_INSTRUMENT + i % INSTRUMENTS, account, MAKER, 1_000, 100_000);
    }
    return venue;
  }

  private static Command marks(TestVenue venue, long price) {
    MarkBatch.Builder builder = MarkBatch.builder();
    for (int i = 0; i < INSTRUMENTS; i++) {
      builder.add(Target.INSTRUMENT, FIRST_INSTRUMENT + i, price, venue.nowNs);
    }
    return new Command.MarkPrices(builder.build());
  }
}
