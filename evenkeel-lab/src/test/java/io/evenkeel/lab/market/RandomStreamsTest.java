package io.evenkeel.lab.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Test
  void shouldGiveSameStreamForSameSeedAndName() {
    assertThat(RandomStreams.named(7, "prices").nextLong())
        .isEqualTo(RandomStreams.named(7, "prices").nextLong())
        .isNotEqualTo(RandomStreams.named(8, "prices").nextLong())
        .isNotEqualTo(RandomStreams.named(7, "accounts").nextLong());
    assertThat(RandomStreams.numbered(7, "account", 0).nextLong())
        .isEqualTo(RandomStreams.numbered(7, "account", 0).nextLong())
        .isNotEqualTo(RandomStreams.numbered(7, "account", 1).nextLong())
        .isNotEqualTo(RandomStreams.named(7, "account").nextLong());
  }

  @Test
  void shouldDrawStandardNormalDeviates() {
    SplittableRandom random = RandomStreams.named(1, "gaussian");
    int draws = 200_000;
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < draws; i++) {
      double deviate = RandomStreams.gaussian(random);
      sum += deviate;
      squares += deviate * deviate;
      beyondTwo += Math.abs(deviate) > 2 ? 1 : 0;
    }
    assertThat(sum / draws).isCloseTo(0, within(0.01));
    assertThat(squares / draws).isCloseTo(1, within(0.02));
    assertThat((double) beyondTwo / draws).isCloseTo(0.0455, within(0.003));
  }

  @Test
  void shouldSpreadLogarithmsEvenly() {
    SplittableRandom random = RandomStreams.named(2, "spread");
    int belowTen = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = RandomStreams.logUniform(random, 1, 100);
      assertThat(value).isBetween(1.0, 100.0);
      belowTen += value < 10 ? 1 : 0;
    }
    assertThat(belowTen / 100_000.0).isCloseTo(0.5, within(0.01));
  }
}
