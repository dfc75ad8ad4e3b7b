package io.evenkeel.engine.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchRestTest {
  private final WatchRest rest = new WatchRest();

  @Test
  void shouldRestForLongerEachTimeThatItComesBackToTheSame() {
    assertThat(batchesUntilRest()).isEqualTo(5);
    assertThat(lengthOfRest()).isEqualTo(64);
    assertThat(batchesUntilRest()).isEqualTo(5);
    assertThat(lengthOfRest()).isEqualTo(128);
  }

  @Test
  void shouldNotRestWhereFewCertificatesBreak() {
    for (int i = 0; i < 1_000; i++) {
      batch(6);
      assertThat(rest.isOn()).isFalse();
    }
  }

  @Test
  void shouldForgetEarlierRestsAfterEnoughGoodBatches() {
    batchesUntilRest();
    lengthOfRest();
    for (int i = 0; i < 256; i++) {
      batch(0);
    }
    batchesUntilRest();
    assertThat(lengthOfRest()).isEqualTo(64);
  }

  @Test
  void shouldCountNobodyTwiceHoweverManyMarksMove() {
    for (int i = 0; i < 5; i++) {
      rest.expose(100);
      rest.expose(100);
      rest.work(7);
      rest.endBatch(100);
    }
    assertThat(rest.isOn()).isTrue();
  }

  /// A batch that 100 of 200 accounts are exposed to: a certificate is worth 16 looks.
  private void batch(int certificates) {
    rest.expose(100);
    rest.work(certificates);
    rest.endBatch(200);
  }

  private int batchesUntilRest() {
    int batches = 0;
    boolean isOn = false;
    while (!isOn) {
      batch(7);
      batches++;
      isOn = rest.isOn();
    }
    return batches;
  }

  /// The batch that found it resting is one of them.
  private int lengthOfRest() {
    int batches = 1;
    while (rest.isOn()) {
      batches++;
    }
    return batches;
  }
}
