package io.evenkeel.lab.replay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.tape.Tape;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardAllowanceTest {
  private static final long MINUTE_MS = 60_000;
  private static final long MINUTE_NS = 60_000_000_000L;

  @TempDir private Path folder;
  private final Rulebook rulebook = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);

  @Test
  void shouldLeaveTheGuardOfAFineTape() throws IOException {
    Tape tape = CrashTape.write(folder, 30, 5 * MINUTE_MS, "5m");
    assertThat(GuardAllowance.of(tape, rulebook, 0)).isNull();
  }

  @Test
  void shouldRaiseTheGuardOfACoarseTapeToTwiceTheLargestGap() throws IOException {
    Tape tape = CrashTape.write(folder, 30, 60 * MINUTE_MS, "1h");
    GuardAllowance allowance = requireNonNull(GuardAllowance.of(tape, rulebook, 0));
    assertThat(allowance)
        .isEqualTo(new GuardAllowance(15 * MINUTE_NS, 15 * MINUTE_NS, 30 * MINUTE_NS));
    Rulebook raised = allowance.raise(rulebook);
    assertThat(raised.venue().markGuard().maximumAgeNs()).isEqualTo(30 * MINUTE_NS);
    assertThat(raised.venue().assetGuard().maximumAgeNs()).isEqualTo(30 * MINUTE_NS);
    assertThat(raised.venue().markGuard().maximumDeviation())
        .isEqualTo(rulebook.venue().markGuard().maximumDeviation());
    assertThat(raised.liquidation()).isEqualTo(rulebook.liquidation());
  }

  @Test
  void shouldLookAtNoMoreTicksThanAreReplayed() throws IOException {
    Tape tape = CrashTape.write(folder, 30, 60 * MINUTE_MS, "1h");
    assertThat(GuardAllowance.of(tape, rulebook, 1)).as("one tick has no distance").isNull();
  }

  @Test
  void shouldKeepPricesOfACoarseTapeFresh() throws IOException {
    Tape tape = CrashTape.write(folder, 30, 60 * MINUTE_MS, "1h");
    ReplayReport report =
        new Replay(ReplayPlan.of(tape, rulebook, 20, 1), ReplayObserver.NOBODY).run();
    assertThat(report.guardAllowance()).isNotNull();
    assertThat(report.tally().degradedMarks()).isZero();
  }
}
