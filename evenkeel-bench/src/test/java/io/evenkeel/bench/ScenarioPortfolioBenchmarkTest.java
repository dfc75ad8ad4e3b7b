package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScenarioPortfolioBenchmarkTest {
  private final ScenarioPortfolioBenchmark kept = new ScenarioPortfolioBenchmark();

  /// Weighed again and again, each time after another kind of change, the account has the very
  /// figures that it has when it is weighed for the first time.
  @Test
  void shouldWeighTheSameWhateverIsKept() {
    long first = kept.again();
    assertThat(first).isPositive();
    long moved = kept.full();
    assertThat(moved).isNotEqualTo(first);
    assertThat(new ScenarioPortfolioBenchmark().full()).isEqualTo(moved);
    assertThat(kept.full()).as("back").isEqualTo(first);
    long changed = kept.oneLegChanged();
    assertThat(changed).isNotEqualTo(first);
    assertThat(new ScenarioPortfolioBenchmark().oneLegChanged()).isEqualTo(changed);
    assertThat(kept.oneLegChanged()).as("back").isEqualTo(first);
    long expiry = kept.oneExpiryMoved();
    assertThat(expiry).isNotIn(first, moved);
    assertThat(new ScenarioPortfolioBenchmark().oneExpiryMoved()).isEqualTo(expiry);
  }
}
