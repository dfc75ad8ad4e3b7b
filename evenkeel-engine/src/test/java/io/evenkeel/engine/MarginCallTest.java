package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.event.Event.MarginCallEnded;
import io.evenkeel.model.event.Event.MarginCallIssued;
import io.evenkeel.model.event.Event.MarginCallUpdated;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.CallPolicy.OnExpiry;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MarginCallTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  private static TestVenue longTen(Consumer<RulebookSketch> change) {
    TestVenue venue = TestVenue.with(change);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  @Test
  void shouldIssueACallWithAmountDeadlineAndProjectedTime() {
    TestVenue venue = longTen(_ -> {});
    // 960.00: equity 600, MM 480, search 720, initial 960
    MarginCallIssued call = one(venue.mark(PERP, 96_000), MarginCallIssued.class);
    assertThat(call.accountId()).isEqualTo(ACCOUNT);
    assertThat(call.callId()).isEqualTo(1);
    assertThat(call.amountE6()).isEqualTo(360 * ONE_USD);
    assertThat(call.deadlineNs()).isEqualTo(venue.nowNs + HOUR_NS);
    // a one-sigma day takes 4 % of 9,600 = 384; 120 are left: (120 / 384)^2 = 0.09765625 days
    assertThat(call.timeToLiquidationNs()).isEqualTo(8_437_500_000_000L);
    assertThat(call.evidence().assessment().equityE6()).isEqualTo(600 * ONE_USD);
    assertThat(venue.view().call(ACCOUNT))
        .contains(new EngineView.Call(1, 360 * ONE_USD, venue.nowNs + HOUR_NS, false));
  }

  @Test
  void shouldTellNoTimeLongerThanNineDays() {
    // 0.0001 a day: 120 over 0.96 is far beyond three sigma
    TestVenue venue = longTen(rules -> rules.dailyMove = "0.0001");
    MarginCallIssued call = one(venue.mark(PERP, 96_000), MarginCallIssued.class);
    assertThat(call.timeToLiquidationNs()).isEqualTo(9 * 24 * HOUR_NS);
  }

  @Test
  void shouldRestateACallOnlyByStepsOfTheConfiguredSize() {
    TestVenue venue = longTen(rules -> rules.callUpdateStepE6 = 11 * ONE_USD);
    venue.mark(PERP, 96_000);
    // a cent down: equity -0.1, initial -0.01: 0.09 more missing for each cent
    // 959.00: equity 590, initial 959: 369 missing, 9 more than stated
    assertThat(only(venue.mark(PERP, 95_900), MarginCallUpdated.class)).isEmpty();
    // 958.77: 371.07; 958.78: 370.98 is 10.98 more
    assertThat(only(venue.mark(PERP, 95_878), MarginCallUpdated.class)).isEmpty();
    MarginCallUpdated update = one(venue.mark(PERP, 95_877), MarginCallUpdated.class);
    assertThat(update.previousAmountE6()).isEqualTo(360 * ONE_USD);
    assertThat(update.amountE6()).isEqualTo(371_070_000);
    assertThat(update.callId()).isEqualTo(1);
    // the deadline stays
    assertThat(venue.view().call(ACCOUNT).orElseThrow().deadlineNs())
        .isEqualTo(venue.nowNs + HOUR_NS);
    // and it is restated downwards too, also above search
    update = one(venue.mark(PERP, 97_500), MarginCallUpdated.class);
    assertThat(update.amountE6()).isEqualTo(225 * ONE_USD);
  }

  @Test
  void shouldRestateACallThatMovedByExactlyTheStep() {
    TestVenue venue = longTen(rules -> rules.callUpdateStepE6 = 9 * ONE_USD);
    venue.mark(PERP, 96_000);
    assertThat(one(venue.mark(PERP, 95_900), MarginCallUpdated.class).amountE6())
        .isEqualTo(369 * ONE_USD);
  }

  @Test
  void shouldBeMetAtInitialAndNotOneUnitBelow() {
    TestVenue venue = longTen(_ -> {});
    venue.mark(PERP, 96_000);
    // 975.00: equity 750 = search, initial 975: above search nothing is pulled by the engine
    venue.mark(PERP, 97_500);
    venue.deposit(PARTY, USD, 225 * ONE_USD);
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(225 * ONE_USD);
    venue.refused(RefusalReason.OPEN_MARGIN_CALL, new Command.Withdraw(PARTY, USD, 1));
    assertThat(only(venue.post(ACCOUNT, USD, 225 * ONE_USD - 1), MarginCallEnded.class)).isEmpty();
    MarginCallEnded end = one(venue.post(ACCOUNT, USD, 1), MarginCallEnded.class);
    assertThat(end)
        .isEqualTo(new MarginCallEnded(ACCOUNT, 1, CallEnd.MET, 975 * ONE_USD, 975 * ONE_USD));
    assertThat(venue.view().call(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldExpireExactlyAtItsDeadlineAndStayUntilMet() {
    TestVenue venue = longTen(_ -> {});
    venue.mark(PERP, 96_000);
    assertThat(only(venue.advance(HOUR_NS - 1), MarginCallEnded.class)).isEmpty();
    MarginCallEnded end = one(venue.advance(1), MarginCallEnded.class);
    assertThat(end)
        .isEqualTo(new MarginCallEnded(ACCOUNT, 1, CallEnd.EXPIRED, 600 * ONE_USD, 960 * ONE_USD));
    assertThat(venue.view().call(ACCOUNT).orElseThrow().expired()).isTrue();
    // not issued again, not restated, nothing liquidated
    List<Event> events = venue.mark(PERP, 95_500);
    assertThat(only(events, MarginCallUpdated.class)).isEmpty();
    assertThat(only(events, MarginCallIssued.class)).isEmpty();
    assertThat(only(events, LiquidationStarted.class)).isEmpty();
    assertThat(one(venue.mark(PERP, 100_000), MarginCallEnded.class).end()).isEqualTo(CallEnd.MET);
    // the next one has the next number
    assertThat(one(venue.mark(PERP, 96_000), MarginCallIssued.class).callId()).isEqualTo(2);
  }

  @Test
  void shouldCloseDownToInitialWhenACallExpires() {
    TestVenue venue = longTen(rules -> rules.onExpiry = OnExpiry.CLOSE);
    venue.mark(PERP, 96_000);
    List<Event> events = venue.advance(HOUR_NS);
    assertThat(only(events, MarginCallEnded.class))
        .extracting(MarginCallEnded::end)
        .containsExactly(CallEnd.EXPIRED, CallEnd.SUPERSEDED);
    assertThat(one(events, LiquidationStarted.class).cause())
        .isEqualTo(LiquidationCause.CALL_EXPIRED);
    assertThat(one(events, LiquidationEnded.class).result()).isEqualTo(LiquidationResult.REDUCED);
    // equity 600 backs a notional of 6,000 at 10 %: 6.25 contracts of 960.00 stay
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(6_250);
    assertThat(venue.view().call(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldNotCloseOnExpiryWhenEquityIsBackAtInitial() {
    TestVenue venue = longTen(rules -> rules.onExpiry = OnExpiry.CLOSE);
    venue.mark(PERP, 96_000);
    venue.deposit(PARTY, USD, 360 * ONE_USD);
    List<Event> events = venue.advance(HOUR_NS);
    assertThat(only(events, LiquidationStarted.class)).isEmpty();
    assertThat(venue.view().call(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldBeSupersededByLiquidation() {
    TestVenue venue = longTen(_ -> {});
    venue.mark(PERP, 96_000);
    List<Event> events = venue.mark(PERP, 94_000);
    // 940.00: equity 400 below MM 470
    assertThat(one(events, MarginCallEnded.class))
        .isEqualTo(
            new MarginCallEnded(ACCOUNT, 1, CallEnd.SUPERSEDED, 400 * ONE_USD, 940 * ONE_USD));
    int started = events.indexOf(one(events, LiquidationStarted.class));
    assertThat(events.get(started + 1)).isInstanceOf(MarginCallEnded.class);
    assertThat(one(events, LiquidationStarted.class).cause())
        .isEqualTo(LiquidationCause.BELOW_MAINTENANCE);
  }

  @Test
  void shouldBeCancelledWhenCallsAreSwitchedOff() {
    TestVenue venue = longTen(_ -> {});
    venue.mark(PERP, 96_000);
    RulebookSketch quiet = new RulebookSketch();
    quiet.version = 2;
    quiet.callsEnabled = false;
    List<Event> events = venue.accepted(new Command.DefineRulebook(RULES, quiet.build(), 0));
    assertThat(one(events, MarginCallEnded.class).end()).isEqualTo(CallEnd.CANCELLED);
    assertThat(only(venue.mark(PERP, 95_900), MarginCallIssued.class)).isEmpty();
  }

  @Test
  void shouldBeCancelledWhenTheAccountIsClosed() {
    TestVenue venue =
        longTen(rules -> {
          // a fill runs nothing, so that the call outlives the position
          rules.runs(Trigger.FILL, false);
        });
    venue.mark(PERP, 96_000);
    venue.trade(PERP, MAKER, ACCOUNT, 10_000, 96_000);
    List<Event> events = venue.accepted(new Command.CloseAccount(ACCOUNT));
    assertThat(events.getFirst())
        .isEqualTo(new MarginCallEnded(ACCOUNT, 1, CallEnd.CANCELLED, 600 * ONE_USD, 0));
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(600 * ONE_USD);
    assertThat(events.getLast()).isEqualTo(new Event.AccountClosed(ACCOUNT));
    // its deadline passes in silence
    assertThat(venue.advance(2 * HOUR_NS)).isEmpty();
  }
}
