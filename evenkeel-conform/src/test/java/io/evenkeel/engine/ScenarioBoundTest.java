package io.evenkeel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.RandomPortfolio.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bounds of scenario portfolios over boxes, and what models keep between weighings, on random
/// accounts under every shipped rulebook of the kind. It is in the engine's package because it asks
/// the models themselves.
class ScenarioBoundTest {
  private static final int ACCOUNTS = 60;
  private static final int ROUNDS = 160;
  private static final int SAMPLES = 40;
  private static final int POINTS = 15;
  private static final double NARROW = 0.005;
  private static final double[] WIDTHS = {0.001, NARROW, 0.05, 0.3};
  private static final Shape[] SHAPES = Shape.values();

  /// Most that a bound over a narrow box may lie below the least sample, as a share of what is at
  /// stake: equity without sign and requirement together; on average over the accounts.
  private static final double LOOSENESS = 0.01;

  /// At random points, and where a search for the worst point of the box ends: a bound that takes
  /// one wrong corner lies above that point, but seldom above a random one.
  @ParameterizedTest
  @ValueSource(strings = {"derive-pmrm", "derive-pmrm2", "deribit-pm", "okx-pm", "paradex-pm"})
  void shouldNeverLieAboveWhatHappens(String rulebook) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Shape shape = SHAPES[(int) (seed % SHAPES.length)];
      double width = WIDTHS[(int) (seed / SHAPES.length % WIDTHS.length)];
      RandomPortfolio portfolio = new RandomPortfolio(rulebook, seed, width, shape);
      String place = "%s, %s, seed %d".formatted(rulebook, shape, seed);
      long bound = portfolio.boundE6();
      assertThat(bound).as(place).isGreaterThan(Long.MIN_VALUE);
      assertThat(bound).as("%s, where it is", place).isLessThanOrEqualTo(portfolio.surplusE6());
      for (int sample = 0; sample < POINTS; sample++) {
        portfolio.move();
        assertThat(bound)
            .as("%s, sample %d", place, sample)
            .isLessThanOrEqualTo(portfolio.surplusE6());
      }
      assertThat(bound).as("%s, at its worst", place).isLessThanOrEqualTo(portfolio.descendE6());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"derive-pmrm", "derive-pmrm2", "deribit-pm", "okx-pm", "paradex-pm"})
  void shouldBeOfUse(String rulebook) {
    double looseness = 0;
    for (long seed = 0; seed < ACCOUNTS; seed++) {
      for (Shape shape : new Shape[] {Shape.ANY, Shape.INVERSE}) {
        RandomPortfolio point = new RandomPortfolio(rulebook, seed, 0, shape);
        assertThat((point.surplusE6() - point.boundE6()) / stake(point))
            .as("%s, %s, seed %s, at a point", rulebook, shape, seed)
            .isBetween(0.0, 1e-5);
      }
      RandomPortfolio portfolio = new RandomPortfolio(rulebook, seed, NARROW);
      double stake = stake(portfolio);
      long least = portfolio.surplusE6();
      for (int sample = 0; sample < SAMPLES; sample++) {
        portfolio.move();
        least = Math.min(least, portfolio.surplusE6());
      }
      looseness += (least - portfolio.boundE6()) / stake / ACCOUNTS;
    }
    assertThat(looseness).as("share of equity and requirement").isLessThan(LOOSENESS);
  }

  private static double stake(RandomPortfolio portfolio) {
    double equity = portfolio.equityE6();
    return Math.abs(equity) + (equity - portfolio.surplusE6());
  }

  /// What a model keeps of earlier weighings never shows.
  @ParameterizedTest
  @ValueSource(strings = {"derive-pmrm", "derive-pmrm2", "deribit-pm", "okx-pm", "paradex-pm"})
  void shouldWeighTheSameAsAModelThatKeepsNothing(String rulebook) {
    for (long seed = 0; seed < 20; seed++) {
      RandomPortfolio kept = new RandomPortfolio(rulebook, seed, 0.05);
      RandomPortfolio fresh = new RandomPortfolio(rulebook, seed, 0.05);
      for (int sample = 0; sample < 20; sample++) {
        kept.move();
        fresh.move();
        assertThat(kept.surplusE6())
            .as("%s, seed %s, sample %s", rulebook, seed, sample)
            .isEqualTo(fresh.freshSurplusE6());
      }
    }
  }
}
