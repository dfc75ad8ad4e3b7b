package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final long SESSION = 77;
  private static final long PARTY = TestVenue.MAKER_PARTY;

  private static Command deposit(long dollars) {
    return new Command.Deposit(PARTY, USD, dollars * ONE_USD);
  }

  private static Outcome refusal(RefusalReason reason) {
    return new Outcome(reason, 0, 0);
  }

  @Test
  void shouldAnswerARepeatedNumberWithTheFirstOutcome() {
    TestVenue venue = TestVenue.standard();
    Outcome first = venue.apply(SESSION, 1, deposit(5));
    assertThat(first.eventCount()).isEqualTo(1);
    Outcome refused = venue.apply(SESSION, 2, deposit(-5));
    assertThat(refused).isEqualTo(refusal(RefusalReason.INVALID_AMOUNT));
    String before = venue.hash();
    venue.events.clear();
    // the same, and even another command under the number, is answered as before and does nothing
    assertThat(venue.apply(SESSION, 1, deposit(5))).isEqualTo(first);
    assertThat(venue.apply(SESSION, 1, deposit(6))).isEqualTo(first);
    assertThat(venue.apply(SESSION, 2, deposit(5))).isEqualTo(refused);
    assertThat(venue.events).isEmpty();
    assertThat(venue.hash()).isEqualTo(before);
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(5 * ONE_USD);
  }

  @Test
  void shouldKeepTheLastOutcomesAndCallOlderNumbersTooOld() {
    TestVenue venue = TestVenue.standard();
    int kept = TestVenue.LIMITS.outcomesPerSession();
    Outcome[] outcomes = new Outcome[30];
    for (int number = 1; number < outcomes.length; number++) {
      outcomes[number] = venue.apply(SESSION, number, deposit(number));
      String before = venue.hash();
      for (int earlier = 1; earlier <= number; earlier++) {
        Outcome expected =
            earlier > number - kept ? outcomes[earlier] : refusal(RefusalReason.NUMBER_TOO_OLD);
        assertThat(venue.apply(SESSION, earlier, deposit(1)))
            .as("%d after %d", earlier, number)
            .isEqualTo(expected);
      }
      assertThat(venue.hash()).isEqualTo(before);
    }
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(29 * 30 / 2 * ONE_USD);
  }

  @Test
  void shouldLetNumbersLeaveGapsButNotGoBack() {
    TestVenue venue = TestVenue.standard();
    assertThat(venue.apply(SESSION, -5, deposit(1)).isAccepted()).isTrue();
    assertThat(venue.apply(SESSION, 100, deposit(1)).isAccepted()).isTrue();
    assertThat(venue.apply(SESSION, 99, deposit(1)))
        .isEqualTo(refusal(RefusalReason.NUMBER_TOO_OLD));
    // a refusal of the number itself is not kept: 101 is free
    assertThat(venue.apply(SESSION, 101, deposit(1)).isAccepted()).isTrue();
  }

  @Test
  void shouldKeepSessionsApartAndLimitThem() {
    TestVenue venue = TestVenue.standard();
    for (int session = 1; session <= TestVenue.LIMITS.sessions(); session++) {
      assertThat(venue.apply(session, 1, deposit(1)).isAccepted()).isTrue();
    }
    String before = venue.hash();
    assertThat(venue.apply(SESSION, 1, deposit(1))).isEqualTo(refusal(RefusalReason.SESSION_LIMIT));
    assertThat(venue.hash()).isEqualTo(before);
    assertThat(venue.apply(1, 2, deposit(1)).isAccepted()).isTrue();
    // without a session there is no limit and no memory
    assertThat(venue.apply(0, 1, deposit(1)).isAccepted()).isTrue();
    assertThat(venue.apply(0, 1, deposit(1)).isAccepted()).isTrue();
  }

  @Test
  void shouldLetTimePassWithARepeatedNumber() {
    TestVenue venue = TestVenue.standard();
    venue.apply(SESSION, 1, deposit(1));
    venue.nowNs += 5;
    venue.apply(SESSION, 1, deposit(1));
    assertThat(venue.view().nowNs()).isEqualTo(venue.nowNs);
  }
}
