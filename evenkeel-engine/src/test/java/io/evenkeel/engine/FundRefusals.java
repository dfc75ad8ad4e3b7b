package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.CLOSED;
import static io.evenkeel.engine.RefusalWorld.DEGRADED;
import static io.evenkeel.engine.RefusalWorld.DEGRADED_LONG;
import static io.evenkeel.engine.RefusalWorld.FLAT;
import static io.evenkeel.engine.RefusalWorld.FROZEN;
import static io.evenkeel.engine.RefusalWorld.FROZEN_LONG;
import static io.evenkeel.engine.RefusalWorld.HALTED;
import static io.evenkeel.engine.RefusalWorld.ISOLATED;
import static io.evenkeel.engine.RefusalWorld.LOW;
import static io.evenkeel.engine.RefusalWorld.NOBODY;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.RefusalWorld.OPTION;
import static io.evenkeel.engine.RefusalWorld.SETTLED;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.ChargeFee;
import io.evenkeel.model.command.Command.CloseInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInstrumentFund;
import io.evenkeel.model.command.Command.SecureMargin;
import io.evenkeel.model.command.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/// What is refused of charges, of margin checks at a price, of the funds of instruments, and of
/// options where they are not margined.
final class FundRefusals {
  private static final long MOST = TestVenue.usd().maximumSupplyMinor();

  private FundRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(checks());
    rows.addAll(charges());
    return rows;
  }

  private static List<Row> checks() {
    return List.of(
        Row.of(RefusalReason.UNKNOWN_ACCOUNT, "first", new SecureMargin(NOBODY, NOWHERE, 0)),
        Row.of(RefusalReason.UNKNOWN_INSTRUMENT, "second", new SecureMargin(FLAT, NOWHERE, 0)),
        Row.of(
            RefusalReason.ACCOUNT_FROZEN, "before price", new SecureMargin(FROZEN_LONG, PERP, 0)),
        Row.of(RefusalReason.INSTRUMENT_FROZEN, "before price", new SecureMargin(FLAT, FROZEN, 0)),
        Row.of(
            RefusalReason.INSTRUMENT_SETTLED, "before price", new SecureMargin(FLAT, SETTLED, 0)),
        Row.of(RefusalReason.BACKSTOP_REFUSED, "before price", new SecureMargin(BACKSTOP, PERP, 0)),
        Row.of(
            RefusalReason.NOT_THE_ISOLATED_INSTRUMENT,
            "before price",
            new SecureMargin(ISOLATED, LOW, 0)),
        Row.of(
            RefusalReason.OPTION_NOT_MARGINED, "before price", new SecureMargin(FLAT, OPTION, 0)),
        Row.of(
            RefusalReason.OPTION_NOT_MARGINED,
            "a fill, before its quantity",
            TestVenue.fill(OPTION, FLAT, MAKER, 0, 100)),
        Row.of(
            RefusalReason.OPTION_NOT_MARGINED,
            "an order, before its quantity",
            new Command.SetOrderExposure(FLAT, OPTION, -1, 0, 0, 0)),
        Row.of(
            RefusalReason.OPTION_NOT_MARGINED,
            "an import, before its quantity",
            new Command.ImportPosition(OPTION, FLAT, MAKER, 0, 0)),
        Row.of(RefusalReason.INVALID_PRICE, "none", new SecureMargin(FLAT, HALTED, 0)),
        Row.of(RefusalReason.INVALID_PRICE, "too high", new SecureMargin(FLAT, PERP, 10_000_001)),
        Row.of(RefusalReason.PHASE_FORBIDS, "halted", new SecureMargin(FLAT, HALTED, 1)),
        Row.of(
            RefusalReason.MARKET_DATA_DEGRADED,
            "the instrument",
            new SecureMargin(DEGRADED_LONG, DEGRADED, 1)),
        Row.of(
            RefusalReason.INSUFFICIENT_MARGIN,
            "below initial",
            new SecureMargin(RefusalWorld.BELOW_INITIAL, LOW, 97_500)));
  }

  private static List<Row> charges() {
    return List.of(
        Row.of(RefusalReason.UNKNOWN_ACCOUNT, "closed", new ChargeFee(CLOSED, NOWHERE, 0, NOBODY)),
        Row.of(
            RefusalReason.UNKNOWN_ASSET, "before amount", new ChargeFee(FLAT, NOWHERE, 0, NOBODY)),
        Row.of(
            RefusalReason.INVALID_AMOUNT, "before receiver", new ChargeFee(FLAT, USD, 0, NOBODY)),
        Row.of(
            RefusalReason.UNKNOWN_PARTY,
            "before frozen",
            new ChargeFee(FROZEN_LONG, USD, 1, NOBODY)),
        Row.of(
            RefusalReason.UNKNOWN_INSTRUMENT,
            "of a fee, before frozen",
            new ChargeFee(FROZEN_LONG, USD, 1, -1, NOWHERE)),
        Row.of(RefusalReason.ACCOUNT_FROZEN, "frozen", new ChargeFee(FROZEN_LONG, USD, MOST, -1)),
        Row.of(RefusalReason.INSUFFICIENT_BALANCE, "too much", new ChargeFee(FLAT, USD, MOST, -1)),
        Row.of(
            RefusalReason.UNKNOWN_INSTRUMENT,
            "before amount",
            new ContributeInstrumentFund(NOWHERE, 0)),
        Row.of(RefusalReason.INVALID_AMOUNT, "none", new ContributeInstrumentFund(PERP, 0)),
        Row.of(RefusalReason.SUPPLY_EXCEEDED, "too much", new ContributeInstrumentFund(PERP, MOST)),
        Row.of(RefusalReason.UNKNOWN_INSTRUMENT, "no such", new CloseInstrumentFund(NOWHERE)));
  }
}
