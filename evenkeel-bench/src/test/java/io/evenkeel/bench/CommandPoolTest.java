package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandPoolTest {
  private static final int ACCOUNTS = 4_000;

  private final QuietVenue venue = new QuietVenue(ACCOUNTS, QuietVenue.Witness.NOBODY);
  private final CommandPool pool = new CommandPool(venue);

  @Test
  void shouldHaveEveryFillAcceptedAgainAndAgain() {
    assertThat(refusals(pool.fills())).isEmpty();
  }

  @Test
  void shouldHaveEveryOrderAcceptedAgainAndAgain() {
    assertThat(refusals(pool.orders())).isEmpty();
  }

  @Test
  void shouldHaveEveryDepositAndWithdrawalAcceptedAgainAndAgain() {
    assertThat(refusals(pool.deposits())).isEmpty();
    assertThat(refusals(pool.withdrawals())).isEmpty();
  }

  private Map<RefusalReason, Integer> refusals(Command[] commands) {
    assertThat(commands).hasSize(CommandPool.SIZE);
    assertThat(Integer.bitCount(commands.length)).isOne();
    Map<RefusalReason, Integer> refusals = new EnumMap<>(RefusalReason.class);
    for (int round = 0; round < 2; round++) {
      for (Command command : commands) {
        RefusalReason reason = venue.apply(command).reason();
        if (reason != RefusalReason.NONE) {
          refusals.merge(reason, 1, Integer::sum);
        }
      }
    }
    return refusals;
  }
}
