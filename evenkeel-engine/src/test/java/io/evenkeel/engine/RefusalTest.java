package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.FULL;
import static io.evenkeel.engine.RefusalWorld.WIDE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command with every reason it can be refused for, in the order of the page. Rows that say
/// "before" hold for several reasons at once: the first in order is the answer.
class RefusalTest {
  /// Reasons that no command of the table gives, and where they are tested.
  private static final Map<RefusalReason, String> ELSEWHERE =
      Map.ofEntries(
          entry(RefusalReason.INTERNAL_INVARIANT, "FaultTest: needs a broken invariant"),
          entry(
              RefusalReason.INVERSE_NOT_MARGINED, "InverseFutureTest: needs a model without them"),
          entry(RefusalReason.NUMBER_TOO_OLD, "SessionTest: needs a session"),
          entry(RefusalReason.SIDE_EXCEEDED, "HedgeModeTest: needs hedge mode"),
          entry(RefusalReason.SESSION_LIMIT, "SessionTest: needs a session"),
          entry(RefusalReason.NO_BACKSTOP, "below: needs a venue without one"),
          entry(RefusalReason.ACCOUNT_IN_AUCTION, "AuctionTest: needs an auction"),
          entry(RefusalReason.BIDDER_NOT_ELIGIBLE, "AuctionTest: needs an auction"),
          entry(RefusalReason.PRICE_LIMIT_EXCEEDED, "AuctionTest: needs an auction"),
          entry(RefusalReason.WITHDRAWALS_HALTED, "AuctionTest: needs an auction"));

  record Row(String name, EngineLimits limits, RefusalReason reason, Command command) {
    static Row of(RefusalReason reason, String name, Command command) {
      return new Row(name, WIDE, reason, command);
    }

    static Row full(RefusalReason reason, String name, Command command) {
      return new Row(name, FULL, reason, command);
    }

    @Override
    public String toString() {
      return command.getClass().getSimpleName() + ": " + name + " -> " + reason;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
            ReferenceRefusals.rows(),
            AccountRefusals.rows(),
            MoneyRefusals.rows(),
            OrderRefusals.rows(),
            FillRefusals.rows(),
            ContractRefusals.rows(),
            LendingRefusals.rows(),
            ImportRefusals.rows(),
            FundRefusals.rows(),
            OperationRefusals.rows())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void shouldRefuseByNameAndChangeNothing(Row row) {
    RefusalWorld.create(row.limits()).refused(row.reason(), row.command());
  }

  @Test
  void shouldKnowARowForEveryReason() {
    Set<RefusalReason> missing = EnumSet.allOf(RefusalReason.class);
    missing.remove(RefusalReason.NONE);
    missing.removeAll(ELSEWHERE.keySet());
    rows().forEach(row -> missing.remove(row.reason()));
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldKnowARowForEveryCommandThatCanBeRefused() {
    Set<String> commands = new TreeSet<>();
    for (Class<?> command : Command.class.getPermittedSubclasses()) {
      commands.add(command.getSimpleName());
    }
    rows().forEach(row -> commands.remove(row.command().getClass().getSimpleName()));
    assertThat(commands).containsExactly("AdvanceTime");
  }

  @Test
  void shouldRefuseTradersBeforeThereIsABackstop() {
    TestVenue venue = new TestVenue(WIDE);
    venue.defineMarket();
    venue.define(TestVenue.RULES, new RulebookSketch().build());
    venue.refused(
        RefusalReason.NO_BACKSTOP,
        new Command.OpenAccount(1, 1, TestVenue.RULES, AccountMode.CROSS, -1, AccountRole.TRADER));
    venue.refused(
        RefusalReason.NO_BACKSTOP,
        new Command.OpenAccount(
            1, 1, TestVenue.RULES, AccountMode.ISOLATED, TestVenue.PERP, AccountRole.TRADER));
  }
}
