package io.evenkeel.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.lab.replay.ImpactTerms.Shape;
import org.junit.jupiter.api.Test;

class ImpactTermsTest {
  private static final double DEPTH = 2e12;
  private static final double CLOSE = 1e-15;

  @Test
  void shouldMoveByOnePercentForEachDepthWhenLinear() {
    ImpactTerms linear = ImpactTerms.standard(Shape.LINEAR);
    assertThat(linear.displacement(DEPTH, DEPTH)).isCloseTo(0.01, within(CLOSE));
    assertThat(linear.displacement(-3 * DEPTH, DEPTH)).isCloseTo(-0.03, within(CLOSE));
  }

  @Test
  void shouldMoveWithTheRootWhenSquareRoot() {
    ImpactTerms root = ImpactTerms.standard(Shape.SQRT);
    assertThat(root.displacement(DEPTH, DEPTH)).isCloseTo(0.01, within(CLOSE));
    assertThat(root.displacement(-4 * DEPTH, DEPTH)).isCloseTo(-0.02, within(CLOSE));
  }

  @Test
  void shouldForgetHalfInAHalfLife() {
    ImpactTerms terms = new ImpactTerms(Shape.LINEAR, 0.02, 600);
    assertThat(terms.decayed(8, 600)).isEqualTo(4);
    assertThat(terms.decayed(8, 1_800)).isEqualTo(1);
    assertThat(new ImpactTerms(Shape.LINEAR, 0.02, 0).decayed(8, 1_800)).isEqualTo(8);
  }

  @Test
  void shouldMoveNothingWithoutFlowOrDepth() {
    ImpactTerms linear = ImpactTerms.standard(Shape.LINEAR);
    assertThat(linear.displacement(0, DEPTH)).isZero();
    assertThat(linear.displacement(DEPTH, 0)).isZero();
    assertThat(ImpactTerms.NONE.isNone()).isTrue();
  }

  @Test
  void shouldRefuseADepthOrHalfLifeThatIsNone() {
    assertThatThrownBy(() -> new ImpactTerms(Shape.LINEAR, 0, 1))
        .hasMessageContaining("above 0 and up to 1");
    assertThatThrownBy(() -> new ImpactTerms(Shape.LINEAR, Double.NaN, 1))
        .hasMessageContaining("above 0 and up to 1");
    assertThatThrownBy(() -> new ImpactTerms(Shape.LINEAR, 0.1, -1))
        .hasMessageContaining("must not be negative");
  }
}
