package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.guard;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A venue in which something is wrong with almost everything, for asking it what it refuses.
final class RefusalWorld {
  /// Listed by no rulebook; every party has a wallet full of it.
  static final int NOT_COLLATERAL = 3;

  static final int UNMARKED = 14;
  static final int SETTLED = 15;
  static final int FROZEN = 16;
  static final int HALTED = 17;
  static final int CALLED = 18;
  static final int LOW = 19;
  static final int DEGRADED = 20;
  static final int SMALL = 21;
  static final int OPTION = 22;
  static final int NOWHERE = 99;

  /// A rulebook that asks for sixty percent, where there may be a second one.
  static final int STRICT = 6;

  /// Long a contract with half its value posted.
  static final long LONG = 100;

  static final long FROZEN_LONG = 101;
  static final long ISOLATED = 102;
  static final long CLOSED = 103;
  static final long FLAT = 104;
  static final long WITH_CALL = 105;
  static final long BELOW_INITIAL = 106;
  static final long DEGRADED_LONG = 107;
  static final long SECOND_MAKER = 108;
  static final long HALTED_LONG = 109;
  static final long NOBODY = 999;

  static final EngineLimits WIDE = new EngineLimits(8, 16, 4, 64, 64, 8, 3, 8, 4);
  static final EngineLimits FULL = new EngineLimits(3, 13, 1, 12, 12, 5, 3, 8, 4);
  static final EngineLimits FULL_OF_PARTIES = new EngineLimits(8, 16, 4, 12, 64, 8, 3, 8, 4);

  private RefusalWorld() {}

  /// Owner of an account.
  static long partyOf(long account) {
    return account - 99;
  }

  static TestVenue create(EngineLimits limits) {
    TestVenue venue = new TestVenue(limits);
    venue.defineMarket();
    venue.accepted(
        new Command.DefineAsset(
            new Asset(NOT_COLLATERAL, "NOT", 6, 10_000_000_000_000_000L, 6, 1_000_000, 2_000_000)));
    defineContracts(venue);
    RulebookSketch sketch = new RulebookSketch();
    sketch.priceCollar = "0.2";
    sketch.markGuard = guard(0, "0.5", "0", HOUR_NS);
    sketch.suspended = Map.of(TradingPhase.HALTED, Set.of(CycleStep.RELEASE));
    sketch.lending =
        List.of(
            new LendingTerms(
                "USD",
                Decimal.ZERO,
                Decimal.ZERO,
                Decimal.ONE,
                Decimal.ZERO,
                LendingTerms.Compounding.LINEAR,
                LendingTerms.Deposits.SHARE,
                Decimal.ZERO,
                LendingTerms.Payee.INSURANCE_FUND,
                false,
                2_000 * ONE_USD,
                HOUR_NS));
    venue.define(RULES, sketch.build());
    if (limits.rulebooks() > 1) {
      venue.define(STRICT, strict());
    }
    venue.accepted(
        new Command.OpenAccount(
            BACKSTOP, TestVenue.HOUSE_PARTY, RULES, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    venue.open(MAKER, TestVenue.MAKER_PARTY);
    venue.fund(BACKSTOP, USD, 1_000_000 * ONE_USD);
    venue.fund(MAKER, USD, 10_000_000 * ONE_USD);
    for (long account = LONG; account <= HALTED_LONG; account++) {
      if (account == ISOLATED) {
        venue.openIsolated(account, partyOf(account), PERP);
      } else {
        venue.open(account, partyOf(account));
      }
      venue.deposit(partyOf(account), NOT_COLLATERAL, 1_000 * ONE_USD);
    }
    takePositions(venue);
    spoil(venue);
    return venue;
  }

  private static Rulebook strict() {
    RulebookSketch sketch = new RulebookSketch();
    sketch.name = "strict";
    sketch.brackets.clear();
    sketch.brackets.add(
        new Bracket(0, RulebookSketch.decimal("0.4"), RulebookSketch.decimal("0.6")));
    return sketch.build();
  }

  private static void defineContracts(TestVenue venue) {
    for (int id : new int[] {SETTLED, FROZEN, HALTED, CALLED, LOW, DEGRADED}) {
      venue.accepted(new Command.DefineInstrument(TestVenue.perpetual(id, "I" + id)));
      venue.mark(id, 100_000);
    }
    venue.accepted(
        new Command.DefineInstrument(
            TestVenue.contract(
                UNMARKED,
                "UNMARKED",
                ContractKind.PERPETUAL,
                Variation.UNREALISED_UNTIL_CLOSED,
                2,
                3,
                10)));
    venue.accepted(
        new Command.DefineInstrument(
            new LinearContract(
                SMALL,
                "SMALL",
                ContractKind.PERPETUAL,
                USD,
                Variation.UNREALISED_UNTIL_CLOSED,
                1,
                2,
                3,
                1,
                10_000_000,
                1_000,
                1_000)));
    venue.mark(SMALL, 100_000);
    venue.accepted(
        new Command.DefineInstrument(
            new LinearContract(
                OPTION,
                "OPTION",
                ContractKind.OPTION,
                USD,
                Variation.UNREALISED_UNTIL_CLOSED,
                1,
                2,
                3,
                1,
                10_000_000,
                1_000,
                1_000,
                new ContractTerms(
                    TestVenue.BTC,
                    Long.MAX_VALUE,
                    false,
                    new OptionTerms(OptionTerms.Right.CALL, Decimal.ONE)))));
  }

  private static void takePositions(TestVenue venue) {
    long[] funded = {
      LONG, FROZEN_LONG, ISOLATED, FLAT, WITH_CALL, BELOW_INITIAL, DEGRADED_LONG, HALTED_LONG
    };
    for (long account : funded) {
      venue.fund(account, USD, 500 * ONE_USD);
    }
    venue.fund(SECOND_MAKER, USD, 1_000_000 * ONE_USD);
    venue.trade(PERP, LONG, MAKER, 1_000, 100_000);
    venue.trade(DEGRADED, FROZEN_LONG, SECOND_MAKER, 1_000, 100_000);
    venue.trade(DEGRADED, DEGRADED_LONG, SECOND_MAKER, 1_000, 100_000);
    venue.trade(HALTED, HALTED_LONG, MAKER, 1_000, 100_000);
    venue.trade(CALLED, WITH_CALL, MAKER, 5_000, 100_000);
    venue.trade(LOW, BELOW_INITIAL, MAKER, 5_000, 100_000);
    venue.trade(SMALL, MAKER, BACKSTOP, 600, 100_000);
  }

  private static void spoil(TestVenue venue) {
    venue.accepted(new Command.CloseAccount(CLOSED));
    venue.accepted(new Command.SettleInstrument(SETTLED, 100_000));
    venue.accepted(new Command.SetPhase(HALTED, TradingPhase.HALTED));
    venue.mark(CALLED, 96_000);
    venue.mark(LOW, 97_500);
    venue.mark(DEGRADED, 1);
    fault(venue, new Command.SetLeverage(FROZEN_LONG, 0));
    fault(venue, new Command.SetPhase(FROZEN, TradingPhase.CONTINUOUS));
    EngineView view = venue.view();
    assertThat(view.isFrozen(FROZEN_LONG)).isTrue();
    assertThat(view.isInstrumentFrozen(FROZEN)).isTrue();
    assertThat(view.isInstrumentDegraded(DEGRADED)).isTrue();
    assertThat(view.call(WITH_CALL)).isPresent();
    assertThat(view.call(BELOW_INITIAL)).isEmpty();
    assertThat(view.statedZone(BELOW_INITIAL)).isEqualTo(Zone.RESTRICTED);
  }

  private static void fault(TestVenue venue, Command command) {
    venue.engine.runBeforeNextPublish(() -> {
      throw new InvariantViolation("broken on purpose");
    });
    assertThat(venue.apply(command).reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
  }
}
