package io.evenkeel.audit;

import static io.evenkeel.audit.SmallVenue.BACKSTOP;
import static io.evenkeel.audit.SmallVenue.BTC;
import static io.evenkeel.audit.SmallVenue.HOUSE;
import static io.evenkeel.audit.SmallVenue.PERP;
import static io.evenkeel.audit.SmallVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.LedgerAccount.Wallet;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CycleStep;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Release, top-up and calls, worked out by hand.
class RebalancingTest {
  private final RulesOfTest rules = new RulesOfTest();

  private SmallVenue venue() {
    SmallVenue venue = new SmallVenue(rules);
    venue.post(BACKSTOP, HOUSE, USD, 1_000_000_000_000L);
    venue.mark(PERP, 100);
    return venue;
  }

  /// Ten bought at 100: notional 1,000, maintenance 50, search 75, initial 100, release 150.
  private SmallVenue longTen(long postedUsd) {
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.accept(new Deposit(1, USD, postedUsd * 1_000_000));
    venue.trade(PERP, 1, BACKSTOP, 10, 100);
    venue.accept(new Transfer(1, USD, (postedUsd - 100) * 1_000_000, Direction.TO_MARGIN));
    return venue;
  }

  @Test
  void shouldTopUpToInitialToTheUnit() {
    SmallVenue venue = longTen(120);
    venue.accept(new Deposit(1, USD, 500_000_000));

    venue.mark(PERP, 95);

    // Equity 120 - 50 = 70 of notional 950: maintenance 47.5, search 71.25, initial 95.
    Event.ToppedUp topUp = venue.only(Event.ToppedUp.class);
    assertThat(topUp.shortfallE6()).isEqualTo(25_000_000);
    assertThat(topUp.amounts()).containsExactly(new SourcedAmount(new Wallet(1), USD, 25_000_000));
    assertThat(venue.account(1).assessment().equityE6()).isEqualTo(95_000_000);
    assertThat(venue.account(1).assessment().zone()).isEqualTo(Zone.HEALTHY);
    assertThat(venue.walletMinor(1, USD)).isEqualTo(475_000_000);
  }

  @Test
  void shouldGrossUpATopUpAtTheInitialWeight() {
    rules.bitcoinInitial = RulesOfTest.decimal("0.3");
    SmallVenue venue = longTen(120);
    venue.accept(new Deposit(1, USD, 4_000_000));
    venue.accept(new Deposit(1, BTC, 100_000_000));

    venue.mark(PERP, 95);

    // 25 are missing. 4 USD first; 21 / 0.3 = 70 in BTC at 50,000: 0.0014. At maintenance it adds
    // 56,
    // and the difference of 35 raises initial.
    assertThat(venue.only(Event.ToppedUp.class).amounts())
        .containsExactly(
            new SourcedAmount(new Wallet(1), USD, 4_000_000),
            new SourcedAmount(new Wallet(1), BTC, 140_000));
    assertThat(venue.account(1).assessment().equityE6()).isEqualTo(130_000_000);
    assertThat(venue.account(1).assessment().levels().initialE6()).isEqualTo(130_000_000);
  }

  @Test
  void shouldShareAScarceWalletInRounds() {
    SmallVenue venue = venue();
    for (long account = 1; account <= 2; account++) {
      venue.open(account, 1);
      venue.post(account, 1, USD, 120_000_000);
      venue.trade(PERP, account, BACKSTOP, 10, 100);
    }
    venue.accept(new Deposit(1, USD, 12_000_000));

    venue.mark(PERP, 92);

    // Each: equity 40 of notional 920: maintenance 46, search 69. Six each to maintenance, and
    // nothing is left.
    List<Event.ToppedUp> topUps = venue.last(Event.ToppedUp.class);
    assertThat(topUps)
        .extracting(topUp -> topUp.amounts().getFirst().amountMinor())
        .containsExactly(6_000_000L, 6_000_000L);
    assertThat(venue.last(Event.LiquidationStarted.class)).isEmpty();
    assertThat(venue.last(Event.MarginCallIssued.class)).hasSize(2);
  }

  @Test
  void shouldLetSiblingsGiveOnlyWhatTheyHoldAboveInitial() {
    rules.siblings = true;
    SmallVenue venue = longTen(120);
    venue.open(2, 1);
    venue.post(2, 1, USD, 110_000_000);
    venue.trade(PERP, BACKSTOP, 2, 10, 100);
    venue.accept(new SetPartyPolicy(1, true));

    venue.mark(PERP, 95);

    // The short account: 110 + 50 = 160 against initial 95: 65 to spare, of which 25 are needed.
    assertThat(venue.only(Event.ToppedUp.class).amounts())
        .containsExactly(new SourcedAmount(new Margin(2), USD, 25_000_000));
    assertThat(venue.marginMinor(2, USD)).isEqualTo(85_000_000);
  }

  @Test
  void shouldReleaseDownToInitialAndNotAgainstUnrealisedProfit() {
    rules.automaticRelease = true;
    rules.profitAllowance = Decimal.ZERO;
    SmallVenue venue = longTen(140);

    venue.mark(PERP, 110);

    // Equity 240 of notional 1,100: initial 110, release 165. Of the 130 above initial 100 are
    // profit: 30 go.
    Event.Released released = venue.only(Event.Released.class);
    assertThat(released.excessE6()).isEqualTo(30_000_000);
    assertThat(venue.walletMinor(1, USD)).isEqualTo(30_000_000);
  }

  @Test
  void shouldReleaseTheAssetThatServesWorstFirst() {
    rules.automaticRelease = true;
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.accept(new Deposit(1, USD, 120_000_000));
    venue.accept(new Deposit(1, BTC, 200_000));
    // 0.002 BTC: 100, for initial 50. Fills are backed by USD first.
    venue.trade(PERP, 1, BACKSTOP, 10, 100);
    assertThat(venue.marginMinor(1, USD)).isEqualTo(100_000_000);
    venue.post(1, 1, BTC, 200_000);

    venue.mark(PERP, 106);

    // Equity 100 + 80 + 60 = 240; initial 106 + 30 = 136, release 204: 104 to spare at initial
    // weights.
    // All BTC goes first (50 at its weight), then 54 USD.
    assertThat(venue.only(Event.Released.class).amounts())
        .containsExactly(
            new SourcedAmount(new Margin(1), BTC, 200_000),
            new SourcedAmount(new Margin(1), USD, 54_000_000));
    assertThat(venue.account(1).assessment().equityE6()).isEqualTo(106_000_000);
  }

  @Test
  void shouldReleaseAgainOnlyAfterTheCoolDown() {
    rules.automaticRelease = true;
    rules.coolDownNs = 100 * RulesOfTest.SECOND;
    SmallVenue venue = longTen(140);
    venue.mark(PERP, 110);
    assertThat(venue.last(Event.Released.class)).hasSize(1);

    venue.nowNs += 50 * RulesOfTest.SECOND;
    venue.mark(PERP, 130);
    assertThat(venue.last(Event.Released.class)).isEmpty();
    assertThat(venue.account(1).statedZone()).isEqualTo(Zone.EXCESS);
    assertThat(venue.waitSeconds(49)).isEmpty();
    venue.waitSeconds(10);

    assertThat(venue.only(Event.Released.class).excessE6()).isEqualTo(180_000_000);
    assertThat(venue.account(1).lastReleaseNs()).isEqualTo(1_100 * RulesOfTest.SECOND);
  }

  @Test
  void shouldGiveACallItsWholeLife() {
    SmallVenue venue = longTen(120);

    venue.mark(PERP, 93);
    // Equity 50 of notional 930: maintenance 46.5, search 69.75, initial 93.
    Event.MarginCallIssued issued = venue.only(Event.MarginCallIssued.class);
    assertThat(issued.callId()).isEqualTo(1);
    assertThat(issued.amountE6()).isEqualTo(43_000_000);
    assertThat(issued.deadlineNs()).isEqualTo(1_060 * RulesOfTest.SECOND);
    // A day's move is 4 % of 930 = 37.2; 3.5 above maintenance are 0.094086021 of it; squared, in
    // days.
    assertThat(issued.timeToLiquidationNs())
        .isEqualTo(94_086_021L * 94_086_021L / 1_000 * 86_400 / 1_000_000);
    assertThat(venue.answer(new Withdraw(1, USD, 1))).isEqualTo(RefusalReason.INSUFFICIENT_BALANCE);

    // Initial of 940 is 94, equity 60: 34.
    venue.mark(PERP, 94);
    assertThat(venue.only(Event.MarginCallUpdated.class).amountE6()).isEqualTo(34_000_000);
    assertThat(venue.account(1).call().amountE6()).isEqualTo(34_000_000);

    venue.accept(new Deposit(1, USD, 34_000_000));
    assertThat(venue.only(Event.ToppedUp.class).shortfallE6()).isEqualTo(34_000_000);
    Event.MarginCallEnded ended = venue.only(Event.MarginCallEnded.class);
    assertThat(ended.end()).isEqualTo(CallEnd.MET);
    assertThat(ended.equityE6()).isEqualTo(94_000_000);
    assertThat(venue.account(1).call()).isNull();
  }

  @Test
  void shouldKeepAnExpiredCallUntilTheAccountIsBackAtInitial() {
    rules.onExpiry = CallPolicy.OnExpiry.NOTHING;
    SmallVenue venue = longTen(120);
    venue.mark(PERP, 93);

    venue.waitSeconds(61);
    assertThat(venue.only(Event.MarginCallEnded.class).end()).isEqualTo(CallEnd.EXPIRED);
    assertThat(venue.account(1).call().expired()).isTrue();
    assertThat(venue.last(Event.LiquidationStarted.class)).isEmpty();
    venue.accept(new Deposit(1, USD, 50_000_000));

    assertThat(venue.only(Event.MarginCallEnded.class).end()).isEqualTo(CallEnd.MET);
  }

  @Test
  void shouldReleaseEverythingFromAFlatAccount() {
    rules.automaticRelease = true;
    rules.cycle = EnumSet.of(CycleStep.RELEASE);
    SmallVenue venue = venue();

    venue.openWith(1, 120);

    assertThat(venue.marginMinor(1, USD)).isZero();
    assertThat(venue.only(Event.Released.class).excessE6()).isEqualTo(120_000_000);
  }
}
