package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintMeasurementTest {
  @Test
  void shouldCountWhatAReplayHoldsAndWhatTheEngineHolds() {
    FootprintMeasurement.measure(500);

    FootprintMeasurement.Footprint footprint = FootprintMeasurement.measure(5_000);

    // a row is 64 bytes, and an account has more than one row. How much more a replay holds than
    // the
    // engine alone is not compared: at this size it is less than what the test's own classes move.
    assertThat(footprint.rows()).isGreaterThan(5_000);
    assertThat(footprint.engineBytes()).isGreaterThan(64 * footprint.rows());
    assertThat(footprint.replayBytes()).isGreaterThan(64 * footprint.rows());
  }
}
