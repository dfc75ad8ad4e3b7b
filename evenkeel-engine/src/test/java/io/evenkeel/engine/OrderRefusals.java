package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.LONG;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.BACKSTOP_REFUSED;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_MARGIN;
import static io.evenkeel.model.command.RefusalReason.INVALID_PRICE;
import static io.evenkeel.model.command.RefusalReason.INVALID_QUANTITY;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.NO_MARK_PRICE;
import static io.evenkeel.model.command.RefusalReason.PHASE_FORBIDS;
import static io.evenkeel.model.command.RefusalReason.POSITION_LIMIT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import java.util.List;

/// What open-order exposure is refused for.
final class OrderRefusals {
  private OrderRefusals() {}

  static List<Row> rows() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before instrument", buys(RefusalWorld.NOBODY, 98, -1)),
        Row.of(UNKNOWN_ACCOUNT, "closed", buys(RefusalWorld.CLOSED, PERP, 1)),
        Row.of(UNKNOWN_INSTRUMENT, "before frozen", buys(RefusalWorld.FROZEN_LONG, 98, 1)),
        Row.of(
            ACCOUNT_FROZEN,
            "before frozen instrument",
            buys(RefusalWorld.FROZEN_LONG, RefusalWorld.FROZEN, 1)),
        Row.of(INSTRUMENT_FROZEN, "before backstop", buys(BACKSTOP, RefusalWorld.FROZEN, 1)),
        Row.of(INSTRUMENT_SETTLED, "before backstop", buys(BACKSTOP, RefusalWorld.SETTLED, 1)),
        Row.of(BACKSTOP_REFUSED, "before quantity", buys(BACKSTOP, PERP, -1)),
        Row.of(
            NOT_THE_ISOLATED_INSTRUMENT, "before quantity", buys(RefusalWorld.ISOLATED, OTHER, -1)),
        Row.of(INVALID_QUANTITY, "negative buys", set(-1, 0, -100_000, 0)),
        Row.of(INVALID_QUANTITY, "negative sells", set(0, -1, 0, -100_000)),
        Row.of(INVALID_QUANTITY, "negative notional", set(1, 0, -1, 0)),
        Row.of(INVALID_QUANTITY, "negative sell notional", set(0, 1, 0, -1)),
        Row.of(INVALID_QUANTITY, "buys for nothing", set(1, 0, 0, 0)),
        Row.of(INVALID_QUANTITY, "nothing for money", set(0, 0, 1, 0)),
        Row.of(INVALID_QUANTITY, "sells for nothing", set(0, 1, 0, 0)),
        Row.of(INVALID_QUANTITY, "no sells for money", set(0, 0, 0, 1)),
        Row.of(INVALID_QUANTITY, "dearer than the maximum", set(3, 0, 30_000_001, 0)),
        Row.of(INVALID_QUANTITY, "no lot, before mark", buys(LONG, RefusalWorld.UNMARKED, 5)),
        Row.of(NO_MARK_PRICE, "before limit", buys(LONG, RefusalWorld.UNMARKED, 1_000_010)),
        Row.of(POSITION_LIMIT, "long 1,000 already", set(999_001, 0, 999_001, 0)),
        Row.of(POSITION_LIMIT, "sells from long 1,000", set(0, 1_001_001, 0, 1_001_001)),
        Row.full(LIMIT_REACHED, "a row too many, before margin", buys(MAKER, OTHER, 1_000_000)),
        Row.of(
            PHASE_FORBIDS,
            "halted, before degraded",
            buys(RefusalWorld.DEGRADED_LONG, RefusalWorld.HALTED, 1)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "the instrument, before margin",
            buys(RefusalWorld.FLAT, RefusalWorld.DEGRADED, 100_000)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "the account elsewhere",
            buys(RefusalWorld.DEGRADED_LONG, OTHER, 1)),
        Row.of(INSUFFICIENT_MARGIN, "cross", buys(RefusalWorld.FLAT, OTHER, 5_001)),
        Row.of(INSUFFICIENT_MARGIN, "isolated", buys(RefusalWorld.ISOLATED, PERP, 5_001)),
        Row.of(UNKNOWN_ACCOUNT, "before instrument", asks(RefusalWorld.NOBODY, 98, 0)),
        Row.of(UNKNOWN_INSTRUMENT, "before frozen", asks(RefusalWorld.FROZEN_LONG, 98, 0)),
        Row.of(ACCOUNT_FROZEN, "before price", asks(RefusalWorld.FROZEN_LONG, PERP, 0)),
        Row.of(INSTRUMENT_FROZEN, "before price", asks(LONG, RefusalWorld.FROZEN, 0)),
        Row.of(INSTRUMENT_SETTLED, "before price", asks(LONG, RefusalWorld.SETTLED, 0)),
        Row.of(BACKSTOP_REFUSED, "before price", asks(BACKSTOP, PERP, 0)),
        Row.of(NOT_THE_ISOLATED_INSTRUMENT, "before price", asks(RefusalWorld.ISOLATED, OTHER, 0)),
        Row.of(INVALID_PRICE, "nothing, before phase", asks(LONG, RefusalWorld.HALTED, 0)),
        Row.of(INVALID_PRICE, "dearer than the maximum", asks(LONG, PERP, 10_000_001)),
        Row.of(
            PHASE_FORBIDS,
            "halted, before degraded",
            asks(RefusalWorld.DEGRADED_LONG, RefusalWorld.HALTED, 1)),
        Row.of(MARKET_DATA_DEGRADED, "the account", asks(RefusalWorld.DEGRADED_LONG, OTHER, 1)),
        Row.of(INSUFFICIENT_MARGIN, "no wallet", asks(RefusalWorld.BELOW_INITIAL, PERP, 1)));
  }

  private static Command asks(long account, int instrument, long price) {
    return new Command.SecureMargin(account, instrument, price);
  }

  private static Command buys(long account, int instrument, long units) {
    return new Command.SetOrderExposure(account, instrument, units, 0, units * 100_000, 0);
  }

  private static Command set(long buys, long sells, long buyNotional, long sellNotional) {
    return new Command.SetOrderExposure(LONG, PERP, buys, sells, buyNotional, sellNotional);
  }
}
