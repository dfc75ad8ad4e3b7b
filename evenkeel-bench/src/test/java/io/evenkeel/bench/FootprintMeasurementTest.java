package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintMeasurementTest {
  @Test
  void shouldCountWhatAReplayHoldsAndWhatTheEngineHolds() {
    FootprintMeasurement.measure(500);

    FootprintMeasurement.Footprint footprint = FootprintMeasurement.measure(5_000);

    // a row is a cache line, and an account has more than one row
    assertThat(footprint.rows()).isGreaterThan(5_000);
    assertThat(footprint.engineBytes()).isGreaterThan(64 * footprint.rows());
    assertThat(footprint.replayBytes()).isGreaterThan(footprint.engineBytes());
  }
}
