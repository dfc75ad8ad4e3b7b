package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.model.account.AccountMode.CROSS;
import static io.evenkeel.model.account.AccountMode.ISOLATED;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_NOT_FLAT;
import static io.evenkeel.model.command.RefusalReason.ALREADY_DEFINED;
import static io.evenkeel.model.command.RefusalReason.BACKSTOP_EXISTS;
import static io.evenkeel.model.command.RefusalReason.BACKSTOP_REFUSED;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_MARGIN;
import static io.evenkeel.model.command.RefusalReason.INVALID_IDENTIFIER;
import static io.evenkeel.model.command.RefusalReason.INVALID_LEVERAGE;
import static io.evenkeel.model.command.RefusalReason.INVALID_MODE;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_PARTY;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_RULEBOOK;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import java.util.ArrayList;
import java.util.List;

/// What is refused of opening, closing and steering accounts.
final class AccountRefusals {
  private static final long NEW = 500;
  private static final long PARTY = 1;
  private static final int NO_RULES = 8;

  private AccountRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(openings());
    rows.addAll(others());
    return rows;
  }

  private static List<Row> openings() {
    return List.of(
        Row.of(INVALID_IDENTIFIER, "negative account", open(-1, PARTY, RULES, CROSS, -1)),
        Row.full(
            INVALID_IDENTIFIER, "negative party, before limit", open(NEW, -1, RULES, CROSS, -1)),
        Row.full(
            ALREADY_DEFINED,
            "taken, before limit and rulebook",
            open(RefusalWorld.LONG, PARTY, NO_RULES, CROSS, -1)),
        Row.of(ALREADY_DEFINED, "closed", open(RefusalWorld.CLOSED, PARTY, RULES, CROSS, -1)),
        Row.full(LIMIT_REACHED, "accounts, before rulebook", open(NEW, PARTY, NO_RULES, CROSS, -1)),
        new Row(
            "parties, before rulebook",
            RefusalWorld.FULL_OF_PARTIES,
            LIMIT_REACHED,
            open(NEW, NEW, NO_RULES, CROSS, -1)),
        Row.of(UNKNOWN_RULEBOOK, "before mode", open(NEW, PARTY, NO_RULES, CROSS, PERP)),
        Row.of(INVALID_MODE, "cross with an instrument", open(NEW, PARTY, RULES, CROSS, PERP)),
        Row.of(INVALID_MODE, "cross with -2", open(NEW, PARTY, RULES, CROSS, -2)),
        Row.of(
            INVALID_MODE,
            "isolated backstop, before instrument",
            openBackstop(ISOLATED, RefusalWorld.NOWHERE)),
        Row.of(UNKNOWN_INSTRUMENT, "isolated to none", open(NEW, PARTY, RULES, ISOLATED, -1)),
        Row.of(
            INSTRUMENT_FROZEN,
            "isolated to it",
            open(NEW, PARTY, RULES, ISOLATED, RefusalWorld.FROZEN)),
        Row.of(
            INSTRUMENT_SETTLED,
            "isolated to it",
            open(NEW, PARTY, RULES, ISOLATED, RefusalWorld.SETTLED)),
        Row.of(BACKSTOP_EXISTS, "a second one", openBackstop(CROSS, -1)));
  }

  private static List<Row> others() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "never opened", new CloseAccount(RefusalWorld.NOBODY)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new CloseAccount(RefusalWorld.CLOSED)),
        Row.of(ACCOUNT_FROZEN, "before not flat", new CloseAccount(RefusalWorld.FROZEN_LONG)),
        Row.of(BACKSTOP_REFUSED, "before not flat", new CloseAccount(BACKSTOP)),
        Row.of(ACCOUNT_NOT_FLAT, "has a position", new CloseAccount(RefusalWorld.LONG)),
        Row.of(UNKNOWN_PARTY, "no such party", new SetPartyPolicy(RefusalWorld.NOBODY, true)),
        Row.of(UNKNOWN_ACCOUNT, "before figure", new SetLeverage(RefusalWorld.NOBODY, 1)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new SetLeverage(RefusalWorld.CLOSED, 300)),
        Row.of(ACCOUNT_FROZEN, "before figure", new SetLeverage(RefusalWorld.FROZEN_LONG, 1)),
        Row.of(INVALID_LEVERAGE, "negative", new SetLeverage(RefusalWorld.LONG, -100)),
        Row.of(INVALID_LEVERAGE, "below 1x, before margin", new SetLeverage(RefusalWorld.LONG, 99)),
        Row.of(INVALID_LEVERAGE, "above 1000x", new SetLeverage(RefusalWorld.LONG, 100_001)),
        Row.of(INSUFFICIENT_MARGIN, "1x with half posted", new SetLeverage(RefusalWorld.LONG, 100)),
        Row.of(
            UNKNOWN_ACCOUNT,
            "before the frozen one listed first",
            new Reassess(List.of(RefusalWorld.FROZEN_LONG, RefusalWorld.NOBODY), true)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new Reassess(List.of(RefusalWorld.CLOSED), true)),
        Row.of(
            ACCOUNT_FROZEN,
            "one of the list",
            new Reassess(List.of(RefusalWorld.LONG, RefusalWorld.FROZEN_LONG), false)));
  }

  private static Command open(
      long account, long party, int rulebook, AccountMode mode, int instrument) {
    return new Command.OpenAccount(account, party, rulebook, mode, instrument, AccountRole.TRADER);
  }

  private static Command openBackstop(AccountMode mode, int instrument) {
    return new Command.OpenAccount(NEW, PARTY, RULES, mode, instrument, AccountRole.BACKSTOP);
  }
}
