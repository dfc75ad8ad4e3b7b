package io.evenkeel.wire.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.wire.json.RandomRecords;
import io.evenkeel.wire.json.SampleVenue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventWordsTest {
  private static final long TIME_NS = 1_767_225_600_000_000_000L;
  private static final LedgerAccount WALLET = new LedgerAccount.Wallet(3);
  private static final Assessment ASSESSMENT =
      new Assessment(Zone.CALL, 1, 1, 1, 1, new MarginLevels(1, 2, 3, 4));
  private static final Evidence EVIDENCE =
      new Evidence(Trigger.MARKS, 1, 1, ASSESSMENT, List.of(), List.of());

  private final EventWords words = new EventWords(new Wording(SampleVenue.CATALOGUE));

  @Test
  void shouldTellMarginDecisions() {
    List<SourcedAmount> amounts = List.of(new SourcedAmount(WALLET, 0, 200_000_000));
    tells(
        new Event.ToppedUp(7, 120_000_000, amounts, EVIDENCE),
        "account 7 topped up by 200.00 USDT from the wallet of party 3: equity was 120.00 short of initial, as prices moved");
    tells(
        new Event.Released(7, 120_000_000, amounts, EVIDENCE),
        "account 7 released 200.00 USDT to the wallet: excess was 120.00, as prices moved");
    tells(
        new Event.MarginCallIssued(7, 4, 120_000_000, TIME_NS, 3_660_000_000_000L, EVIDENCE),
        "account 7 called for 120.00 until 2026-01-01 00:00:00 UTC: a one-sigma move reaches maintenance in 1 h 1 min");
    tells(
        new Event.MarginCallIssued(7, 4, 120_000_000, TIME_NS, Long.MAX_VALUE, EVIDENCE),
        "account 7 called for 120.00 until 2026-01-01 00:00:00 UTC");
    tells(
        new Event.MarginCallEnded(7, 4, CallEnd.MET, 1, 1),
        "account 7's call 4 is met: equity is back at initial");
    tells(
        new Event.ZoneChanged(7, Zone.HEALTHY, Zone.CALL, ASSESSMENT),
        "account 7 now CALL, was HEALTHY");
  }

  @Test
  void shouldTellLiquidations() {
    tells(
        new Event.LiquidationStarted(7, LiquidationCause.BELOW_MAINTENANCE, EVIDENCE),
        "account 7 in liquidation: equity fell below maintenance, as prices moved");
    tells(new Event.OrdersCancelled(7, 1), "account 7's open orders in 1 contract cancelled");
    tells(new Event.OrdersCancelled(7, 2), "account 7's open orders in 2 contracts cancelled");
    tells(
        new Event.PositionReduced(
            7, 0, 125, 1_124_000, 1_120_000, -50_000_000, 3_000_000, 1, PositionSide.NET),
        "account 7 reduced by 0.125 BTCUSDT at 112,000.0 (mark 112,400.0): realised -50.00 USDT, penalty 3.00 USDT");
    tells(
        new Event.AccountTakenOver(7, 1, -5_000_000, 900_000_000, 0, 0),
        "account 7 taken over as a whole by the backstop: worth -5.00, notional 900.00, penalty 0.00 USDT");
    tells(
        new Event.LossShared(0, 1, 5, 5, 5_000_000, 2),
        "2 winners in BTCUSDT bore 5.00 USDT of the losses of 1 account");
    tells(
        new Event.BadDebtRecorded(-1, 0, 5_000_000),
        "bad debt of 5.00 USDT recorded, after a cash settlement");
    tells(
        new Event.BadDebtRecorded(7, 0, 5_000_000),
        "bad debt of 5.00 USDT recorded, left by account 7");
  }

  @Test
  void shouldTellBookingsAndDefinitions() {
    tells(
        new Event.FillApplied(0, 7, 8, 125, 1_124_000, 0, 0, PositionSide.NET, PositionSide.NET),
        "account 7 bought 0.125 BTCUSDT from account 8 at 112,400.0");
    tells(
        new Event.MoneyMoved(
            0,
            new LedgerAccount.House(LedgerAccount.HouseAccount.OUTSIDE_WORLD),
            WALLET,
            200_000_000,
            MoneyReason.DEPOSIT),
        "deposit: 200.00 USDT from the outside world to the wallet of party 3");
    tells(
        new Event.AccountOpened(7, 3, 1, AccountMode.ISOLATED, AccountRole.TRADER),
        "isolated account 7 of party 3 opened under rulebook 1");
    tells(
        new Event.AccountOpened(1, 1, 1, AccountMode.CROSS, AccountRole.BACKSTOP),
        "the backstop's account 1 of party 1 opened under rulebook 1");
    tells(
        new Event.AccountModeSet(7, 2, AccountMode.ISOLATED, 0),
        "account 7 is isolated in BTCUSDT under rulebook 2");
    tells(
        new Event.AccountModeSet(7, 2, AccountMode.CROSS, -1),
        "account 7 is cross under rulebook 2");
    tells(
        new Event.PositionModeSet(7, PositionMode.HEDGE),
        "account 7 may hold a long and a short side by side");
    tells(
        new Event.PositionModeSet(7, PositionMode.ONE_WAY),
        "account 7 holds one position an instrument");
    tells(
        new Event.ProfitReduced(7, 0, 3, 5_000_000, PositionSide.SHORT),
        "account 7's profit in BTCUSDT (short side) reduced by 5.00 USDT to bear another account's loss");
    tells(new Event.LeverageSet(7, 1_050), "account 7 chose leverage 10.5");
    tells(new Event.LeverageSet(7, 0), "account 7 chose no leverage");
    tells(
        new Event.RulebookInForce(1, "perp-cross", 2),
        "version 2 of rulebook 1 (perp-cross) in force");
    tells(
        new Event.CashSettled(Event.CashKind.FUNDING, 0, 1_124_000, 5_000_000, 5_000_000, 4, 4, 0),
        "funding of BTCUSDT settled in cash at 112,400.0: 5.00 USDT owed, 5.00 USDT collected; 0.00 USDT due, 0.00 USDT paid");
  }

  @Test
  void shouldTellOfPrices() {
    tells(
        new Event.MarkRejected(Target.INSTRUMENT, 0, 5, 1_124_000, MarkFault.DEVIATION),
        "price 0.5 of BTCUSDT not believed: deviation, last good 112,400.0");
    tells(
        new Event.MarkRejected(Target.ASSET, 1, 5, 0, MarkFault.OUT_OF_ORDER),
        "price 0.05 of BTC not believed: out of order");
    tells(
        new Event.MarketDataRestored(Target.ASSET, 1, 11_240_000),
        "price of BTC restored: 112,400.00");
    tells(new Event.AlarmRaised("money is missing"), "ALARM: money is missing");
  }

  /// Without this a new type of event could be worded like another one.
  @Test
  void shouldTellEachTypeOfEventDifferently() {
    RandomRecords records = new RandomRecords(new SplittableRandom(5));
    Map<String, Class<?>> typeOfSentence = new HashMap<>();
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      String sentence = words.tell((Event) records.record(type)).replaceAll("[-\\d.,:]+", "#");
      assertThat(typeOfSentence.put(sentence, type)).as(sentence).isNull();
    }
  }

  @Test
  void shouldTakeDecisionsApartFromBookings() {
    assertThat(EventWords.isDecision(new Event.OrdersCancelled(7, 1))).isTrue();
    assertThat(
            EventWords.isDecision(
                new Event.FillApplied(0, 7, 8, 1, 1, 0, 0, PositionSide.NET, PositionSide.NET)))
        .isFalse();
  }

  @Test
  void shouldTellTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      shouldTellMarginDecisions();
      shouldTellLiquidations();
      shouldTellBookingsAndDefinitions();
    } finally {
      Locale.setDefault(before);
    }
  }

  private void tells(Event event, String sentence) {
    assertThat(words.tell(event)).isEqualTo(sentence);
  }
}
