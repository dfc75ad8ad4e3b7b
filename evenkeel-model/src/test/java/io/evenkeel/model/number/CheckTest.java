package io.evenkeel.model.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void shouldNameParameterAndRemedy() {
    InvalidParameter refusal =
        catchThrowableOfType(
            InvalidParameter.class, () -> Check.parameter(false, "levels.search", "must be 1"));
    assertThat(refusal.parameter()).isEqualTo("levels.search");
    assertThat(refusal.remedy()).isEqualTo("must be 1");
    assertThat(refusal).hasMessage("levels.search: must be 1");
  }

  @Test
  void shouldNameTheBrokenRule() {
    assertThatThrownBy(() -> Check.invariant(false, "a wallet is never negative"))
        .isInstanceOf(InvariantViolation.class)
        .hasMessage("a wallet is never negative");
  }

  @Test
  void shouldLetWhatHoldsPass() {
    Check.parameter(true, "levels.search", "must be 1");
    Check.invariant(true, "a wallet is never negative");
  }
}
