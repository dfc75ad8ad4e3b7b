package io.evenkeel.engine.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Taking one by one gives what sorting all would.
class HolderQueueTest {
  /// One that is waiting.
  private record Waiting(int account, long score) {}

  @Test
  void shouldGiveWhatSortingGives() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      HolderQueue queue = new HolderQueue();
      List<Waiting> all = new ArrayList<>();
      int count = random.nextInt(300);
      for (int account = 0; account < count; account++) {
        all.add(new Waiting(account, random.nextInt(40) - 20));
        queue.add(account, all.getLast().score());
      }
      queue.order();
      all.sort(
          Comparator.comparingLong(Waiting::score).reversed().thenComparingInt(Waiting::account));

      for (Waiting next : all) {
        assertThat(queue.take()).as("seed " + seed).isEqualTo(next.account());
      }
      assertThat(queue.take()).isEqualTo(-1);
    }
  }
}
