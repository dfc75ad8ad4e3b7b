package io.evenkeel.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.lab.replay.CrashTape;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final int ACCOUNTS = 400;
  private static final BigDecimal MILLIONTHS = BigDecimal.valueOf(1, 3);

  @TempDir private Path folder;
  private Tape tape;

  @BeforeEach
  void writeTape() throws IOException {
    tape = CrashTape.write(folder, 60, 60_000, "1m");
  }

  @Test
  void shouldEndEachDesignInTheStateOfAPlainReplay() {
    ComparisonReport report = compare(plan(), Designs.partial(), Designs.full());
    assertThat(report.isSound()).isTrue();
    assertThat(report.designs()).hasSize(2);
    assertThat(report.designs().get(0).replay().stateHash()).isEqualTo(plain(plan()).stateHash());
    ReplayPlan full = ReplayPlan.of(tape, Designs.full(), ACCOUNTS, 1);
    assertThat(report.designs().get(1).replay().stateHash())
        .as("designs that size accounts alike need nothing else")
        .isEqualTo(plain(full).stateHash())
        .isNotEqualTo(report.designs().get(0).replay().stateHash());
  }

  @Test
  void shouldSizeAccountsByTheFirstDesign() {
    Rulebook strict = ShippedRulebooks.load("binance-usdm");
    ComparisonReport report = compare(plan(), Designs.partial(), strict);
    assertThat(report.sizedBy()).isEqualTo("perp-cross 1");
    assertThat(report.designs().get(1).replay().stateHash())
        .isEqualTo(
            plain(ReplayPlan.of(tape, strict, ACCOUNTS, 1).withSizing(Designs.partial()))
                .stateHash())
        .isNotEqualTo(plain(ReplayPlan.of(tape, strict, ACCOUNTS, 1)).stateHash());
  }

  @Test
  void shouldCountWhatThePlainReportCounts() {
    for (DesignReport design : compare(plan(), Designs.partial(), Designs.full()).designs()) {
      ReplayTally tally = design.replay().tally();
      LiquidationFigures closed = design.liquidations();
      assertThat(closed.notional()).isEqualByComparingTo(tally.liquidatedNotional());
      assertThat(closed.penalties()).isEqualByComparingTo(tally.penalties());
      assertThat(closed.episodes() + closed.spared()).isEqualTo(tally.liquidationsStarted());
      assertThat(closed.spared())
          .isEqualTo(tally.liquidationsRescued() + tally.liquidationsLeftOpen());
      assertThat(closed.accounts()).hasSizeBetween(1, (int) closed.episodes());
      assertThat(closed.maintenanceFreed()).isPositive();
      assertThat(closed.slippage().signum()).isEqualTo(tally.positionsReduced() > 0 ? 1 : 0);
      assertThat(design.recoveries().followed()).isEqualTo(closed.episodes());
      assertThat(design.recoveries().unlike()).isZero();
      assertThat(design.cascade().steps().stream().mapToDouble(CascadeFigures.Step::closedE6).sum())
          .as("flow by price adds up to what was closed, but for rounding")
          .isCloseTo(
              tally.liquidatedNotional().doubleValue() * 1e6, Percentage.withPercentage(0.0001));
    }
  }

  @Test
  void shouldTellWhoWasClosedUnderWhichDesign() {
    ComparisonReport report = compare(plan(), Designs.partial(), Designs.full());
    long first = report.designs().get(0).liquidations().accounts().size();
    long second = report.designs().get(1).liquidations().accounts().size();
    assertThat(report.inBoth(0, 1)).isPositive().isEqualTo(report.inBoth(1, 0));
    assertThat(report.inBoth(0, 1)).isEqualTo(report.inAll());
    assertThat(report.onlyIn(0)).isEqualTo(first - report.inAll());
    assertThat(report.onlyIn(1)).isEqualTo(second - report.inAll());
  }

  @Test
  void shouldShowThatSharingByProfitSpreadsWhatRankConcentrates() throws IOException {
    Tape cliff = CliffTape.write(folder.resolve("cliff"));
    ReplayPlan plan =
        ReplayPlan.of(
            cliff, Designs.deleveraging("ranked", Ranking.PROFIT_AND_LEVERAGE), ACCOUNTS, 1);
    ComparisonReport report =
        compare(plan, plan.rulebook(), Designs.deleveraging("shared", Ranking.PROFIT_SHARE));
    BurdenFigures ranked = report.designs().get(0).burden();
    BurdenFigures shared = report.designs().get(1).burden();
    assertThat(ranked.bearers()).isPositive();
    assertThat(shared.bearers()).isGreaterThan(ranked.bearers());
    assertThat(shared.giniOfAll()).isLessThan(ranked.giniOfAll());
    for (DesignReport design : report.designs()) {
      assertThat(design.deleveraging().closings())
          .isEqualTo(design.replay().tally().deleveragings());
      assertThat(design.deleveraging().overshoot())
          .as("what is forgone is the deficit, but for a unit per closing")
          .isBetween(
              BigDecimal.ZERO,
              MILLIONTHS.multiply(BigDecimal.valueOf(design.deleveraging().closings())));
      assertThat(design.burden().total()).isGreaterThanOrEqualTo(design.deleveraging().forgone());
      assertThat(design.recoveries().unlike()).isZero();
    }
  }

  @Test
  void shouldLetClosingMoveTheMarksWhenAsked() {
    ReplayPlan pushed = plan().withImpact(ImpactTerms.standard(ImpactTerms.Shape.LINEAR));
    ComparisonReport report = compare(pushed, Designs.partial(), Designs.full());
    ComparisonReport again = compare(pushed, Designs.partial(), Designs.full());
    ComparisonReport still = compare(plan(), Designs.partial(), Designs.full());
    for (int i = 0; i < 2; i++) {
      DesignReport design = report.designs().get(i);
      assertThat(design.largestDisplacement()).isPositive();
      assertThat(design.replay().isSound()).isTrue();
      assertThat(design.replay().stateHash())
          .isEqualTo(again.designs().get(i).replay().stateHash())
          .isNotEqualTo(still.designs().get(i).replay().stateHash());
      assertThat(still.designs().get(i).largestDisplacement()).isZero();
    }
  }

  @Test
  void shouldRefuseWhatIsNoComparison() {
    assertThatThrownBy(() -> new Comparison(plan(), List.of(Designs.full())))
        .hasMessage("a comparison takes at least two rulebooks");
    assertThatThrownBy(() -> new Comparison(plan(), List.of(Designs.full(), Designs.full())))
        .hasMessageContaining("two rulebooks are both called full 1");
  }

  private ReplayPlan plan() {
    return ReplayPlan.of(tape, Designs.partial(), ACCOUNTS, 1);
  }

  private static ComparisonReport compare(ReplayPlan plan, Rulebook... designs) {
    return new Comparison(plan, List.of(designs)).run(_ -> ReplayObserver.NOBODY);
  }

  private static ReplayReport plain(ReplayPlan plan) {
    return new Replay(plan, ReplayObserver.NOBODY).run();
  }
}
