package io.evenkeel.conform.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.model.account.Assessment;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The portfolio margins of `docs/DERIBIT-MARGIN.md`, computed there step by step; forward, index
/// and volatilities come from the chain.
class DeribitChainPortfolioTest {
  /// What the page rounds away: a unit of the tenth place of a coin is 0.000007 USD.
  private static final Offset<Long> ROUNDED_E6 = within(20L);

  private DeribitChain chain;

  @BeforeEach
  void readChain() throws IOException {
    chain = DeribitChain.read();
  }

  @Test
  void shouldMarginAShortStrangleByAFall() {
    Assessment assessment =
        chain.assess("deribit-pm", Map.of("BTC-27MAR26-70000-P", -1L, "BTC-27MAR26-75000-C", -1L));

    assertThat(assessment.equityE6()).isCloseTo(62_930_126_992L, ROUNDED_E6);
    assertThat(assessment.initialMarginE6()).isCloseTo(9_649_525_433L, ROUNDED_E6);
    assertThat(assessment.maintenanceMarginE6()).isCloseTo(7_719_620_347L, ROUNDED_E6);
    assertThat(chain.coins(assessment.initialMarginE6())).isEqualTo("0.13506898");
  }

  @Test
  void shouldMarginAButterflyByWhatItCanLose() {
    Assessment assessment =
        chain.assess(
            "deribit-pm",
            Map.of(
                "BTC-27MAR26-68000-C", 1L, "BTC-27MAR26-72000-C", -2L, "BTC-27MAR26-76000-C", 1L));

    assertThat(assessment.equityE6()).isCloseTo(71_977_619_796L, ROUNDED_E6);
    assertThat(assessment.initialMarginE6()).isCloseTo(239_734_732L, ROUNDED_E6);
    assertThat(assessment.maintenanceMarginE6()).isCloseTo(191_787_785L, ROUNDED_E6);
    assertThat(chain.coins(assessment.initialMarginE6())).isEqualTo("0.00335568");
  }

  @Test
  void shouldMarginACoveredCallLikeANakedOne() {
    Assessment assessment = chain.assess("deribit-pm", Map.of("BTC-27MAR26-80000-C", -1L));

    assertThat(assessment.equityE6()).isCloseTo(69_152_807_884L, ROUNDED_E6);
    assertThat(assessment.initialMarginE6()).isCloseTo(6_806_357_568L, ROUNDED_E6);
    assertThat(assessment.maintenanceMarginE6()).isCloseTo(5_445_086_054L, ROUNDED_E6);
    assertThat(chain.coins(assessment.initialMarginE6())).isEqualTo("0.09527182");
  }
}
