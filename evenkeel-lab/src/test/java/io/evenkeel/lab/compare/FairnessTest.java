package io.evenkeel.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FairnessTest {
  private static final double CLOSE = 1e-12;

  @Test
  void shouldBeZeroWhenAllBearTheSame() {
    assertThat(Fairness.gini(amounts("2.5", "2.5", "2.5"), 3)).isCloseTo(0, within(CLOSE));
  }

  @Test
  void shouldBeWhatIsReckonedByHand() {
    // 2 * (1*1 + 2*2 + 3*3 + 4*4) / (4 * 10) - 5/4
    assertThat(Fairness.gini(amounts("4", "1", "3", "2"), 4)).isCloseTo(0.25, within(CLOSE));
    // one of four bears all: 2 * 4*10 / (4 * 10) - 5/4
    assertThat(Fairness.gini(amounts("10"), 4)).isCloseTo(0.75, within(CLOSE));
    // the same four with one who bears nothing: 2 * (2+6+12+20) / (5 * 10) - 6/5
    assertThat(Fairness.gini(amounts("1", "2", "3", "4"), 5)).isCloseTo(0.4, within(CLOSE));
  }

  @Test
  void shouldTakeTheHundredthPartWithMost() {
    List<BigDecimal> amounts = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      amounts.add(BigDecimal.ONE);
    }
    amounts.set(7, BigDecimal.valueOf(60));
    amounts.set(99, BigDecimal.valueOf(42));
    // two of 150: (60 + 42) / (148 + 102)
    assertThat(Fairness.topShare(amounts)).isCloseTo(0.408, within(CLOSE));
    assertThat(Fairness.topShare(amounts("5"))).isEqualTo(1);
  }

  @Test
  void shouldBeNoNumberWhenNothingIsBorne() {
    assertThat(Fairness.gini(List.of(), 10)).isNaN();
    assertThat(Fairness.topShare(List.of())).isNaN();
    assertThat(Fairness.ratio(BigDecimal.ONE, BigDecimal.ZERO)).isNaN();
  }

  @Test
  void shouldRefuseMoreBearersThanThereAre() {
    assertThatThrownBy(() -> Fairness.gini(amounts("1", "2"), 1))
        .hasMessage("2 bear something out of 1 who could");
  }

  private static List<BigDecimal> amounts(String... values) {
    return Stream.of(values).map(BigDecimal::new).toList();
  }
}
