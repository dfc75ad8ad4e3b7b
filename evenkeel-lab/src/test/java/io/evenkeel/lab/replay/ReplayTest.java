package io.evenkeel.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.lab.population.PopulationFile;
import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final int ACCOUNTS = 200;
  private static final long MINUTE_MS = 60_000;

  @TempDir private Path folder;
  private final Rulebook rulebook = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
  private Tape tape;

  @BeforeEach
  void writeTape() throws IOException {
    tape = CrashTape.write(folder, 60, MINUTE_MS, "1m");
  }

  @Test
  void shouldTellTheWholeStoryOfACrash() {
    ReplayReport report = run(plan(1));
    ReplayTally tally = report.tally();
    assertThat(report.ticks()).isEqualTo(240);
    assertThat(report.marks()).as("three contracts and two coins").isEqualTo(240 * 5);
    assertThat(tally.topUps()).isPositive();
    assertThat(tally.releases()).isPositive();
    assertThat(tally.callsIssued()).isPositive();
    assertThat(tally.liquidationsPartial() + tally.liquidationsAccountWide()).isPositive();
    assertThat(tally.liquidatedNotional()).isPositive();
    assertThat(report.setUp().refused()).isZero();
    assertThat(report.zoneCounts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(ACCOUNTS);
    assertThat(tally.callsMet() + tally.callsSuperseded() + tally.callsCancelled())
        .isLessThanOrEqualTo(tally.callsIssued());
    assertThat(tally.liquidationsStarted())
        .isEqualTo(
            tally.liquidationsPartial()
                + tally.liquidationsAccountWide()
                + tally.liquidationsRescued());
  }

  @Test
  void shouldConserveMoneyAfterEveryTick() {
    ReplayReport report = run(plan(2));
    assertThat(report.conservationBreach()).isNull();
    assertThat(report.conservationChecks()).as("each tick, set-up and the end").isEqualTo(242);
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void shouldEndInTheSameStateForTheSameSeed() {
    assertThat(run(plan(3)).stateHash()).isEqualTo(run(plan(3)).stateHash());
  }

  @Test
  void shouldEndInAnotherStateForAnotherSeed() {
    assertThat(run(plan(3)).stateHash()).isNotEqualTo(run(plan(4)).stateHash());
  }

  @Test
  void shouldEndInTheSameStateHoweverItIsWatched() {
    List<String> lines = new ArrayList<>();
    Replay watched = new Replay(plan(3), new AccountStory(1_001, lines::add));
    assertThat(watched.run().stateHash()).isEqualTo(run(plan(3)).stateHash());
    assertThat(lines).isNotEmpty();
  }

  @Test
  void shouldAgreeWithTheTwinOnEveryCommand() {
    ReplayReport report = run(plan(5).withTickLimit(140).withAudit(true));
    assertThat(report.auditDifference()).isNull();
    assertThat(report.auditedCommands()).isEqualTo(report.setUp().commands() + report.commands());
    assertThat(report.tally().liquidationsStarted()).as("something worth auditing").isPositive();
  }

  @Test
  void shouldStopAtTheTickLimit() {
    ReplayReport report = run(plan(6).withTickLimit(7));
    assertThat(report.ticks()).isEqualTo(7);
    assertThat(report.stopped()).isFalse();
  }

  @Test
  void shouldStopAfterTheTickAtHandWhenAsked() {
    ReplayReport report =
        new Replay(
                plan(6),
                new ReplayObserver() {
                  @Override
                  public void onTick(Replay replay) {
                    if (replay.ticks() == 5) {
                      replay.stop();
                    }
                  }
                })
            .run();
    assertThat(report.ticks()).isEqualTo(5);
    assertThat(report.stopped()).isTrue();
    assertThat(report.ledgerConserved()).isTrue();
  }

  @Test
  void shouldReplayAPopulationReadFromAFile() {
    Path file = folder.resolve("people.csv");
    new Replay(
            plan(8).withTickLimit(1),
            new ReplayObserver() {
              @Override
              public void onReady(Replay replay, SetUpReport report) {
                PopulationFile.write(file, replay.population(), replay.accountView());
              }
            })
        .run();
    ReplayReport report = run(plan(8).withPopulation(file));
    assertThat(report.accounts()).isEqualTo(ACCOUNTS);
    assertThat(report.setUp().refusals()).isEmpty();
    assertThat(report.tally().liquidationsStarted()).isPositive();
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void shouldMoveFundingOnlyWhenAskedFor() throws IOException {
    Tape days = CrashTape.write(folder, 40, 15 * MINUTE_MS, "15m");
    ReplayPlan plan = ReplayPlan.of(days, rulebook, 50, 1);
    assertThat(run(plan).tally().fundingMoved()).isZero();
    ReplayReport funded = run(plan.withFundingRate(Decimal.parse("0.001")));
    assertThat(funded.tally().fundingMoved()).isPositive();
    assertThat(funded.ledgerConserved()).isTrue();
  }

  @Test
  void shouldTellTheStoryOfAnAccountThatIsTakenOver() {
    long[] taken = {-1};
    new Replay(
            plan(1),
            new ReplayObserver() {
              @Override
              public void onEvent(long timeNs, Event event) {
                if (event instanceof Event.AccountTakenOver it && taken[0] < 0) {
                  taken[0] = it.accountId();
                }
              }
            })
        .run();
    assertThat(taken[0]).as("somebody is taken over").isPositive();
    List<String> lines = new ArrayList<>();
    new Replay(plan(1), new AccountStory(taken[0], lines::add)).run();
    assertThat(lines.getFirst()).contains("following account " + taken[0]);
    assertThat(lines.get(1)).contains("begins with", "USDT");
    assertThat(lines)
        .anyMatch(line -> line.contains("in liquidation: equity fell below maintenance"))
        .anyMatch(line -> line.contains("taken over as a whole by the backstop"));
    assertThat(lines.subList(1, lines.size()))
        .allMatch(
            line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  [A-Z]+ +.*\\[.*"));
  }

  @Test
  void shouldNameTheAccountsThereAreWhenAnUnknownOneIsFollowed() {
    Replay replay = new Replay(plan(1), new AccountStory(999_999, _ -> {}));
    assertThatThrownBy(replay::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no account 999999 to follow; traders' accounts are 1001 to 1200");
  }

  @Test
  void shouldRefuseAFundingRateThatTheEngineWouldRefuse() {
    assertThatThrownBy(() -> plan(1).withFundingRate(Decimal.parse("1.01")))
        .hasMessageContaining("a funding rate is -1 to 1");
  }

  private ReplayPlan plan(long seed) {
    return ReplayPlan.of(tape, rulebook, ACCOUNTS, seed);
  }

  private static ReplayReport run(ReplayPlan plan) {
    return new Replay(plan, ReplayObserver.NOBODY).run();
  }
}
