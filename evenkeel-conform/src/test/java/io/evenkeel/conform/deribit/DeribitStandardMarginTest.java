package io.evenkeel.conform.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.Assessment;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The numbers of `docs/DERIBIT-MARGIN.md`: every figure expected here was computed by hand there;
/// marks, forward and index come from the chain.
class DeribitStandardMarginTest {
  private DeribitChain chain;

  @BeforeEach
  void readChain() throws IOException {
    chain = DeribitChain.read();
  }

  @Test
  void shouldMarginAShortStrangle() {
    Assessment assessment =
        chain.assess("deribit-sm", Map.of("BTC-27MAR26-70000-P", -1L, "BTC-27MAR26-75000-C", -1L));

    assertThat(assessment.equityE6()).isEqualTo(62_929_129_312L);
    assertThat(assessment.equityE6() - assessment.maintenanceMarginE6()).isEqualTo(52_212_910_312L);
    assertThat(assessment.initialEquityE6() - assessment.initialMarginE6())
        .isEqualTo(46_466_728_389L);
    assertThat(chain.coins(assessment.maintenanceMarginE6())).isEqualTo("0.15000000");
    assertThat(chain.coins(assessment.initialMarginE6())).isEqualTo("0.23043203");
  }

  @Test
  void shouldMarginAButterflyWithoutRelief() {
    Assessment assessment =
        chain.assess(
            "deribit-sm",
            Map.of(
                "BTC-27MAR26-68000-C", 1L, "BTC-27MAR26-72000-C", -2L, "BTC-27MAR26-76000-C", 1L));

    assertThat(assessment.equityE6()).isEqualTo(71_976_168_608L);
    assertThat(assessment.equityE6() - assessment.maintenanceMarginE6()).isEqualTo(50_055_154_608L);
    assertThat(assessment.initialEquityE6() - assessment.initialMarginE6())
        .isEqualTo(39_593_083_424L);
    assertThat(chain.coins(assessment.maintenanceMarginE6())).isEqualTo("0.30683883");
  }

  @Test
  void shouldMarginACoveredCallLikeANakedOne() {
    Assessment assessment = chain.assess("deribit-sm", Map.of("BTC-27MAR26-80000-C", -1L));

    assertThat(assessment.equityE6()).isEqualTo(69_153_943_029L);
    assertThat(assessment.equityE6() - assessment.maintenanceMarginE6()).isEqualTo(63_795_833_529L);
    assertThat(assessment.initialEquityE6() - assessment.initialMarginE6())
        .isEqualTo(62_009_797_029L);
    assertThat(chain.coins(assessment.initialMarginE6())).isEqualTo("0.10000000");
  }
}
