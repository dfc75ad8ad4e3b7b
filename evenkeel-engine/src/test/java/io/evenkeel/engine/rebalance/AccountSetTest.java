package io.evenkeel.engine.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountSetTest {
  private static final int[] SPANS = {1, 63, 64, 65, 4_095, 4_096, 4_097, 300_000};

  @Test
  void shouldListMembersOnceAndAscendingHoweverItWasFilled() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    AccountSet set = new AccountSet();
    for (int round = 0; round < 2_000; round++) {
      TreeSet<Integer> expected = new TreeSet<>();
      int span = SPANS[random.nextInt(SPANS.length)];
      int adds = random.nextInt(300);
      for (int i = 0; i < adds; i++) {
        int account = random.nextInt(span);
        set.add(account);
        expected.add(account);
      }
      if (random.nextInt(4) == 0) {
        set.clear();
        expected.clear();
      }
      int count = set.drain();
      int[] listed = Arrays.copyOf(set.members(), count);
      assertThat(listed)
          .as("seed %d, round %d", seed, round)
          .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
      assertThat(set.drain()).as("seed %d, round %d", seed, round).isZero();
    }
  }

  @Test
  void shouldListEverybody() {
    AccountSet set = new AccountSet();
    for (int account = 99_999; account >= 0; account--) {
      set.add(account);
    }
    int count = set.drain();
    assertThat(count).isEqualTo(100_000);
    assertThat(Arrays.copyOf(set.members(), count))
        .containsExactly(IntStream.range(0, 100_000).toArray());
  }
}
