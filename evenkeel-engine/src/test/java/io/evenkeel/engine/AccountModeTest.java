package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Accounts that become isolated, cross or another rulebook's (`docs/RULES.md`, section 3.6).
class AccountModeTest {
  private static final long ALICE = 501;
  private static final long ALICES_PARTY = 51;
  private static final int OTHER_RULES = 8;

  /// Alice is long 1,000.00 with 200 dollars.
  private final TestVenue venue = TestVenue.standard();

  private void openAlice() {
    venue.open(ALICE, ALICES_PARTY);
    venue.fund(ALICE, USD, 200 * ONE_USD);
    venue.trade(PERP, ALICE, MAKER, 1_000, 100_000);
  }

  private static RulebookSketch rates(String maintenance, String initial) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.name = "other";
    sketch.brackets.clear();
    sketch.brackets.add(new Bracket(0, decimal(maintenance), decimal(initial)));
    return sketch;
  }

  @Test
  void shouldIsolateAnAccountInWhatItHolds() {
    openAlice();

    List<Event> events = set(RULES, AccountMode.ISOLATED, PERP);

    assertThat(events.getFirst())
        .isEqualTo(new Event.AccountModeSet(ALICE, RULES, AccountMode.ISOLATED, PERP));
    assertThat(venue.view().modeOf(ALICE)).isEqualTo(AccountMode.ISOLATED);
    assertThat(venue.view().isolatedInstrumentOf(ALICE)).isEqualTo(PERP);
    venue.refused(
        RefusalReason.NOT_THE_ISOLATED_INSTRUMENT, TestVenue.fill(OTHER, ALICE, MAKER, 1, 100_000));
  }

  @Test
  void shouldOpenAnIsolatedAccountToEverythingAgain() {
    openAlice();
    set(RULES, AccountMode.ISOLATED, PERP);

    set(RULES, AccountMode.CROSS, -1);

    assertThat(venue.view().isolatedInstrumentOf(ALICE)).isEqualTo(-1);
    venue.trade(OTHER, ALICE, MAKER, 1, 100_000);
  }

  @Test
  void shouldKeepTheWalletAwayFromAnIsolatedAccountAndReachItAgainAfterwards() {
    openAlice();
    venue.deposit(ALICES_PARTY, USD, 500 * ONE_USD);
    set(RULES, AccountMode.ISOLATED, PERP);

    // Equity 60, maintenance 43: a cross account would be filled up from the wallet.
    assertThat(TestVenue.only(venue.mark(PERP, 86_000), Event.ToppedUp.class)).isEmpty();
    List<Event> again = set(RULES, AccountMode.CROSS, -1);

    assertThat(TestVenue.one(again, Event.ToppedUp.class).accountId()).isEqualTo(ALICE);
    assertThat(venue.assess(ALICE).zone()).isNotEqualTo(Zone.CALL);
  }

  @Test
  void shouldWeighByTheRulesOfAnotherRulebookAndLeaveNothingBehindWhenRefused() {
    openAlice();
    venue.define(OTHER_RULES, rates("0.4", "0.5").build());
    assertThat(venue.assess(ALICE).maintenanceMarginE6()).isEqualTo(50 * ONE_USD);
    venue.refused(RefusalReason.INSUFFICIENT_MARGIN, cross(OTHER_RULES));
    assertThat(venue.view().rulebookOf(ALICE)).isEqualTo(RULES);

    venue.fund(ALICE, USD, 400 * ONE_USD);
    set(OTHER_RULES, AccountMode.CROSS, -1);

    assertThat(venue.view().rulebookOf(ALICE)).isEqualTo(OTHER_RULES);
    assertThat(venue.assess(ALICE).maintenanceMarginE6()).isEqualTo(400 * ONE_USD);
  }

  @Test
  void shouldSendHomeAtOnceWhatTheNewRulesDoNotAskFor() {
    openAlice();
    RulebookSketch loose = rates("0.01", "0.02");
    loose.releaseAutomatic = true;
    venue.define(OTHER_RULES, loose.build());

    List<Event> events = set(OTHER_RULES, AccountMode.CROSS, -1);

    assertThat(TestVenue.one(events, Event.Released.class).accountId()).isEqualTo(ALICE);
    assertThat(venue.wallet(ALICES_PARTY, USD)).isEqualTo(180 * ONE_USD);
  }

  @Test
  void shouldLetAnAccountBelowInitialSwitchAsLongAsNothingGetsWorse() {
    openAlice();
    venue.define(OTHER_RULES, rates("0.04", "0.11").build());
    // Equity 85, initial 88.50, search 66.37.
    venue.mark(PERP, 88_500);
    assertThat(venue.assess(ALICE).zone()).isEqualTo(Zone.RESTRICTED);

    venue.refused(RefusalReason.INSUFFICIENT_MARGIN, cross(OTHER_RULES));
    set(RULES, AccountMode.ISOLATED, PERP);

    assertThat(venue.assess(ALICE).equityE6()).isLessThan(venue.assess(ALICE).levels().initialE6());
  }

  @Test
  void shouldRefuseWhatBringsAnAccountBelowInitialCloserToBeingClosed() {
    openAlice();
    venue.define(OTHER_RULES, rates("0.08", "0.1").build());
    venue.mark(PERP, 88_500);

    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN,
        new Command.SetAccountMode(ALICE, OTHER_RULES, AccountMode.ISOLATED, PERP));
  }

  @Test
  void shouldRefuseAnyOtherRulesToAnAccountThatIsToBeClosed() {
    TestVenue patient = TestVenue.with(RulebookSketch::runsNothing);
    patient.open(ALICE, ALICES_PARTY);
    patient.fund(ALICE, USD, 200 * ONE_USD);
    patient.trade(PERP, ALICE, MAKER, 1_000, 100_000);
    patient.define(OTHER_RULES, rates("0.0001", "0.0002").build());
    patient.mark(PERP, 81_000);
    assertThat(patient.assess(ALICE).zone()).isEqualTo(Zone.LIQUIDATION);

    patient.refused(RefusalReason.INSUFFICIENT_MARGIN, cross(OTHER_RULES));

    patient.mark(PERP, 86_000);
    patient.accepted(cross(OTHER_RULES));
  }

  @Test
  void shouldLookAtOrdersAsAtPositions() {
    openAlice();
    venue.accepted(new Command.SetOrderExposure(ALICE, OTHER, 1, 0, 100_000, 0));

    venue.refused(
        RefusalReason.NOT_THE_ISOLATED_INSTRUMENT,
        new Command.SetAccountMode(ALICE, RULES, AccountMode.ISOLATED, PERP));
  }

  @Test
  void shouldKeepAnAccountWithOptionsAmongRulesThatKnowThem() {
    OptionVenue options = OptionVenue.with(OptionVenue.standard());
    RulebookSketch linear = rates("0.05", "0.1");
    options
        .apply(new Command.DefineRulebook(OTHER_RULES, linear.build(), 0))
        .cash(100_000)
        .price(OptionVenue.BTC, 5_000_000)
        .volatility("0.6")
        .position(OptionVenue.call(50_000), 100)
        .mark(OptionVenue.PERPETUAL, 5_000_000);
    Command toLinear =
        new Command.SetAccountMode(OptionVenue.ACCOUNT, OTHER_RULES, AccountMode.CROSS, -1);
    assertThat(options.tryToApply(toLinear)).isEqualTo(RefusalReason.OPTION_NOT_MARGINED);

    options.position(OptionVenue.call(50_000), -100).position(OptionVenue.PERPETUAL, 100);
    options.apply(toLinear);

    assertThat(options.engine.view().rulebookOf(OptionVenue.ACCOUNT)).isEqualTo(OTHER_RULES);
    options.apply(new Command.SetAccountMode(OptionVenue.ACCOUNT, 1, AccountMode.CROSS, -1));
    options.position(OptionVenue.call(50_000), -100);
  }

  @Test
  void shouldComeBackFromASnapshotAsItWas() {
    openAlice();
    venue.define(OTHER_RULES, rates("0.05", "0.1").build());
    set(OTHER_RULES, AccountMode.ISOLATED, PERP);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());

    Engine restored =
        Snapshots.read(
            buffer -> in.read(buffer, 0, buffer.length), TestVenue.LIMITS, (_, _, _) -> {});

    assertThat(Snapshots.stateHash(restored)).isEqualTo(venue.hash());
    assertThat(restored.view().rulebookOf(ALICE)).isEqualTo(OTHER_RULES);
    assertThat(restored.view().isolatedInstrumentOf(ALICE)).isEqualTo(PERP);
  }

  private static Command cross(int rulebook) {
    return new Command.SetAccountMode(ALICE, rulebook, AccountMode.CROSS, -1);
  }

  private List<Event> set(int rulebook, AccountMode mode, int instrument) {
    return venue.accepted(new Command.SetAccountMode(ALICE, rulebook, mode, instrument));
  }
}
