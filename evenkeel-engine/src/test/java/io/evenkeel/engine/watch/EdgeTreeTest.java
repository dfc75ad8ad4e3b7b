package io.evenkeel.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tree against a sorted map.
class EdgeTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {60, 1_000, 5_000, 20_000})
  void shouldGiveOutExactlyTheSlotsAboveTheThreshold(int slots) {
    SplittableRandom random = new SplittableRandom(slots);
    EdgeTree tree = new EdgeTree();
    TreeMap<Integer, Integer> sorted = new TreeMap<>();
    int reserved = 0;
    for (int step = 0; step < 20_000; step++) {
      int slot = random.nextInt(slots);
      if (random.nextInt(100) == 0) {
        int threshold = random.nextInt(-1_000, 1_000);
        List<Integer> given = new ArrayList<>();
        if (tree.reaches(threshold)) {
          tree.drain(threshold, given::add);
        }
        List<Integer> expected = new ArrayList<>();
        sorted.forEach((held, key) -> addIf(expected, held, key > threshold));
        assertThat(given).as("step %d of %d slots", step, slots).isEqualTo(expected);
        expected.forEach(sorted::remove);
        assertThat(tree.reaches(threshold)).isFalse();
      } else if (EdgeTree.isSlot(slot)) {
        reserved = Math.max(reserved, slot + 1);
        tree.reserve(reserved);
        int key = random.nextInt(20) == 0 ? EdgeTree.NONE : random.nextInt(-1_000, 1_000);
        tree.set(slot, key);
        sorted.put(slot, key);
        assertThat(tree.key(slot)).isEqualTo(key);
      }
    }
  }

  private static void addIf(List<Integer> list, int slot, boolean isAbove) {
    if (isAbove) {
      list.add(slot);
    }
  }
}
