package io.evenkeel.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.model.account.LedgerAccount.House;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What must be noticed when it goes wrong is made to go wrong.
class ReplayChecksTest {
  private static final int USDT = 0;
  private static final int BTC = 2;
  private static final long ONE_USDT = 1_000_000;

  private final Listing listing =
      Listing.of(
          List.of(new QuotedSymbol("BTCUSDT", 1, 600_000, 500_000, 700_000)),
          ShippedRulebooks.load(ShippedRulebooks.DEFAULT));
  private final List<Event> events = new ArrayList<>();
  private final Engine engine =
      new Engine(EngineLimits.STANDARD, (_, _, event) -> events.add(event));

  private void defineAssets() {
    listing.assets().forEach(asset -> engine.apply(1, 0, 0, new Command.DefineAsset(asset)));
  }

  @Test
  void shouldNoticeMoneyThatNoCommandBrought() {
    defineAssets();
    ConservationWatch watch = new ConservationWatch(listing, engine.view());
    Command told = new Command.ContributeInsurance(USDT, 5 * ONE_USDT);
    engine.apply(1, 0, 0, told);
    watch.accepted(told);
    watch.check(1);
    assertThat(watch.firstBreach()).isNull();
    engine.apply(1, 0, 0, new Command.ContributeInsurance(USDT, 2 * ONE_USDT));
    watch.check(2);
    watch.check(3);
    assertThat(watch.firstBreach())
        .isEqualTo(
            "after tick 2: USDT: the outside world's balance is -7000000, the commands add up to -5000000");
  }

  @Test
  void shouldNoticeAnEventThatTheTwinDoesNotTell() {
    TwinCheck check = new TwinCheck(EngineLimits.STANDARD);
    Command define = new Command.DefineAsset(listing.asset(USDT));
    Outcome outcome = engine.apply(1, 0, 0, define);
    check.compare(1, define, outcome, List.copyOf(events), List.of(1L));
    assertThat(check.difference()).isNull();
    assertThat(check.equalCommands()).isEqualTo(1);
    Command second = new Command.DefineAsset(listing.asset(BTC));
    Outcome answer = engine.apply(1, 0, 0, second);
    Event doctored = new Event.AssetDefined(BTC, "BTX");
    check.compare(1, second, answer, List.of(doctored), List.of(1L));
    assertThat(check.difference()).contains("command 2", "BTX", "the twin", "BTC");
    assertThat(check.equalCommands()).isEqualTo(1);
  }

  @Test
  void shouldNoticeAnAnswerThatTheTwinDoesNotGive() {
    TwinCheck check = new TwinCheck(EngineLimits.STANDARD);
    Command define = new Command.DefineAsset(listing.asset(USDT));
    engine.apply(1, 0, 0, define);
    check.compare(1, define, Outcome.QUIET, List.copyOf(events), List.of(1L));
    assertThat(check.difference()).contains("engine answers", "the twin");
  }

  @Test
  void shouldCountMoneyAtThePriceOfItsMomentExactly() {
    defineAssets();
    ReplayTally tally = new ReplayTally(new Numeraire(listing, engine.view()));
    tally.count(new Event.BadDebtRecorded(7, BTC, 12_345_678));
    tally.count(new Event.BadDebtRecorded(7, USDT, 1));
    assertThat(tally.badDebt())
        .as("0.12345678 BTC at 60,000.0 and a millionth")
        .isEqualByComparingTo(new BigDecimal("7407.406801"));
  }

  @Test
  void shouldCountWhateverLeavesTheInsuranceFund() {
    defineAssets();
    ReplayTally tally = new ReplayTally(new Numeraire(listing, engine.view()));
    House fund = new House(HouseAccount.INSURANCE_FUND);
    tally.count(
        new Event.MoneyMoved(USDT, fund, new Margin(1), 3 * ONE_USDT, MoneyReason.INSURANCE));
    tally.count(new Event.MoneyMoved(USDT, new Margin(1), fund, 9 * ONE_USDT, MoneyReason.PENALTY));
    tally.count(new Event.InsuranceDrawn(7, USDT, 4 * ONE_USDT, 3 * ONE_USDT));
    assertThat(tally.insuranceUsed()).isEqualByComparingTo("3");
  }

  @Test
  void shouldCountPartialAndAccountWideLiquidationsTogether() {
    defineAssets();
    ReplayTally tally = new ReplayTally(new Numeraire(listing, engine.view()));
    tally.count(
        new Event.PositionReduced(
            7, 0, 10, 600_000, 599_000, 0, ONE_USDT, 50_500_000, PositionSide.NET));
    tally.count(new Event.AccountTakenOver(8, 1, 0, 1_000_000_250_000L, USDT, 2 * ONE_USDT));
    assertThat(tally.liquidatedNotional()).isEqualByComparingTo("1000050.75");
    assertThat(tally.penalties()).isEqualByComparingTo("3");
  }
}
