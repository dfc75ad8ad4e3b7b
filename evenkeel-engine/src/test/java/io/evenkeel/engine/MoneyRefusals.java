package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.NOT_COLLATERAL;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.RefusalWorld.partyOf;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.Command.Direction.TO_MARGIN;
import static io.evenkeel.model.command.Command.Direction.TO_WALLET;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.BELOW_INITIAL;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_BALANCE;
import static io.evenkeel.model.command.RefusalReason.INVALID_AMOUNT;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_RELEASABLE;
import static io.evenkeel.model.command.RefusalReason.OPEN_MARGIN_CALL;
import static io.evenkeel.model.command.RefusalReason.PHASE_FORBIDS;
import static io.evenkeel.model.command.RefusalReason.SUPPLY_EXCEEDED;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_PARTY;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command.ChargeFee;
import io.evenkeel.model.command.Command.CloseInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/// What is refused of moving money.
final class MoneyRefusals {
  private static final long NOBODY = RefusalWorld.NOBODY;
  private static final long LONG = RefusalWorld.LONG;
  private static final long FROZEN = RefusalWorld.FROZEN_LONG;
  private static final long MOST = Long.MAX_VALUE;
  private static final long MORE_THAN_POSTED = 500 * ONE_USD + 1;

  private MoneyRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(external());
    rows.addAll(transfers());
    rows.addAll(fees());
    return rows;
  }

  private static List<Row> external() {
    return List.of(
        Row.of(UNKNOWN_PARTY, "before asset", new Deposit(NOBODY, NOWHERE, 0)),
        Row.of(UNKNOWN_ASSET, "before amount", new Deposit(1, NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "nothing", new Deposit(1, USD, 0)),
        Row.of(INVALID_AMOUNT, "negative", new Deposit(1, USD, Long.MIN_VALUE)),
        Row.of(SUPPLY_EXCEEDED, "more than there can be", new Deposit(1, USD, MOST)),
        Row.of(UNKNOWN_ASSET, "before amount", new ContributeInsurance(NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "negative", new ContributeInsurance(USD, -1)),
        Row.of(SUPPLY_EXCEEDED, "more than there can be", new ContributeInsurance(USD, MOST)),
        Row.of(UNKNOWN_PARTY, "before asset", new Withdraw(NOBODY, NOWHERE, 0)),
        Row.of(UNKNOWN_ASSET, "before amount", new Withdraw(1, NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "nothing, before frozen", withdraw(FROZEN, 0)),
        Row.of(INSUFFICIENT_BALANCE, "too much, before frozen", withdraw(FROZEN, MOST)),
        Row.of(ACCOUNT_FROZEN, "before degraded", withdraw(FROZEN, 1)),
        Row.of(OPEN_MARGIN_CALL, "before below initial", withdraw(RefusalWorld.WITH_CALL, 1)),
        Row.of(MARKET_DATA_DEGRADED, "exposed", withdraw(RefusalWorld.DEGRADED_LONG, 1)),
        Row.of(BELOW_INITIAL, "no call yet", withdraw(RefusalWorld.BELOW_INITIAL, 1)));
  }

  private static List<Row> fees() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before asset", new ChargeFee(NOBODY, NOWHERE, 0, NOBODY)),
        Row.of(UNKNOWN_ASSET, "before amount", new ChargeFee(FROZEN, NOWHERE, 0, NOBODY)),
        Row.of(INVALID_AMOUNT, "before receiver", new ChargeFee(FROZEN, USD, 0, NOBODY)),
        Row.of(UNKNOWN_PARTY, "before frozen", new ChargeFee(FROZEN, USD, 1, NOBODY)),
        Row.of(ACCOUNT_FROZEN, "before balance", new ChargeFee(FROZEN, USD, MOST, -1)),
        Row.of(INSUFFICIENT_BALANCE, "margin alone", new ChargeFee(LONG, USD, MORE_THAN_POSTED, 1)),
        Row.of(UNKNOWN_INSTRUMENT, "before amount", new ContributeInstrumentFund(NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "negative", new ContributeInstrumentFund(TestVenue.PERP, -1)),
        Row.of(
            SUPPLY_EXCEEDED,
            "more than there can be",
            new ContributeInstrumentFund(TestVenue.PERP, MOST)),
        Row.of(UNKNOWN_INSTRUMENT, "no such", new CloseInstrumentFund(NOWHERE)));
  }

  private static Withdraw withdraw(long account, long amount) {
    return new Withdraw(partyOf(account), NOT_COLLATERAL, amount);
  }

  private static List<Row> transfers() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before asset", new Transfer(NOBODY, NOWHERE, 0, TO_MARGIN)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new Transfer(RefusalWorld.CLOSED, USD, 1, TO_MARGIN)),
        Row.of(UNKNOWN_ASSET, "before amount", new Transfer(LONG, NOWHERE, 0, TO_MARGIN)),
        Row.of(INVALID_AMOUNT, "before frozen", new Transfer(FROZEN, USD, 0, TO_MARGIN)),
        Row.of(
            ACCOUNT_FROZEN,
            "before not collateral",
            new Transfer(FROZEN, NOT_COLLATERAL, 1, TO_MARGIN)),
        Row.of(
            RefusalReason.NOT_COLLATERAL,
            "before balance",
            new Transfer(LONG, NOT_COLLATERAL, MOST, TO_MARGIN)),
        Row.of(INSUFFICIENT_BALANCE, "wallet", new Transfer(LONG, USD, 1, TO_MARGIN)),
        Row.of(UNKNOWN_ACCOUNT, "before asset", new Transfer(NOBODY, NOWHERE, 0, TO_WALLET)),
        Row.of(UNKNOWN_ASSET, "before amount", new Transfer(LONG, NOWHERE, 0, TO_WALLET)),
        Row.of(INVALID_AMOUNT, "before frozen", new Transfer(FROZEN, USD, -1, TO_WALLET)),
        Row.of(ACCOUNT_FROZEN, "before balance", new Transfer(FROZEN, USD, MOST, TO_WALLET)),
        Row.of(
            INSUFFICIENT_BALANCE,
            "before the open call",
            toWallet(RefusalWorld.WITH_CALL, MORE_THAN_POSTED)),
        Row.of(
            INSUFFICIENT_BALANCE, "also when flat", toWallet(RefusalWorld.FLAT, MORE_THAN_POSTED)),
        Row.of(OPEN_MARGIN_CALL, "before releasable", toWallet(RefusalWorld.WITH_CALL, 1)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "before releasable",
            toWallet(RefusalWorld.DEGRADED_LONG, MORE_THAN_POSTED - 1)),
        Row.of(
            PHASE_FORBIDS,
            "before releasable",
            toWallet(RefusalWorld.HALTED_LONG, MORE_THAN_POSTED - 1)),
        // 500 posted, 100 needed
        Row.of(NOT_RELEASABLE, "a unit too much", toWallet(LONG, 400 * ONE_USD + 1)),
        Row.of(NOT_RELEASABLE, "below initial", toWallet(RefusalWorld.BELOW_INITIAL, 1)));
  }

  private static Transfer toWallet(long account, long amount) {
    return new Transfer(account, USD, amount, TO_WALLET);
  }
}
