package io.evenkeel.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ClosingWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a record of slices remembers, forgets and takes back.
class ClosedSlicesTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private static ClosingWindow seconds(long seconds) {
    return new ClosingWindow(seconds, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO);
  }

  private static long most(ClosedSlices closed, long now) {
    return closed.most(3, HUNDRED, HUNDRED, seconds(10), now).longValueExact();
  }

  private static List<String> all(ClosedSlices closed, int instrument) {
    List<String> all = new ArrayList<>();
    closed.forEach(instrument, (time, units) -> all.add(time + ":" + units));
    assertThat(closed.count(instrument)).isEqualTo(all.size());
    return all;
  }

  @Test
  void shouldCountWhatIsYoungerThanTheWindow() {
    ClosedSlices closed = new ClosedSlices(new UndoLog());
    closed.add(3, 0, 40);
    closed.add(3, 0, 20);
    closed.add(5, 1, 1_000);

    assertThat(most(closed, 0)).isEqualTo(40);
    assertThat(most(closed, 10 * SECOND_NS - 1)).isEqualTo(40);
    assertThat(most(closed, 10 * SECOND_NS)).isEqualTo(100);
    closed.add(3, SECOND_NS, 70);
    assertThat(most(closed, SECOND_NS)).as("more is closed than fits").isZero();
  }

  @Test
  void shouldTakeBackAndForgetAsAPlainListDoes() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    UndoLog undo = new UndoLog();
    ClosedSlices closed = new ClosedSlices(undo);
    List<String> kept = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      int savepoint = undo.savepoint();
      List<String> before = all(closed, 1);
      now += random.nextLong(120) * SECOND_NS;
      long units = 1 + random.nextLong(9);
      closed.add(1, now, units);
      closed.add(2, now, units);
      if (random.nextInt(3) == 0) {
        undo.rollbackTo(savepoint);
        assertThat(all(closed, 1)).as("seed %d", seed).isEqualTo(before);
        continue;
      }
      undo.commit();
      long forgotten = now - ClosingWindow.LONGEST_SECONDS * SECOND_NS;
      kept.removeIf(line -> Long.parseLong(line.substring(0, line.indexOf(':'))) <= forgotten);
      String last = kept.isEmpty() ? "" : kept.getLast();
      if (last.startsWith(now + ":")) {
        long sum = Long.parseLong(last.substring(last.indexOf(':') + 1)) + units;
        kept.set(kept.size() - 1, now + ":" + sum);
      } else {
        kept.add(now + ":" + units);
      }
      assertThat(all(closed, 1)).as("seed %d", seed).isEqualTo(kept);
    }
    assertThat(all(closed, 2)).isEqualTo(kept);
  }
}
