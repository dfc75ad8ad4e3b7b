package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.NOBODY;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.DEBT_CEILING;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_LIQUIDITY;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_MARGIN;
import static io.evenkeel.model.command.RefusalReason.INVALID_AMOUNT;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_LENT;
import static io.evenkeel.model.command.RefusalReason.OPEN_MARGIN_CALL;
import static io.evenkeel.model.command.RefusalReason.PHASE_FORBIDS;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command.AccrueInterest;
import io.evenkeel.model.command.Command.Borrow;
import java.util.List;

/// What is refused of borrowing and accruing.
final class LendingRefusals {
  private static final long LONG = RefusalWorld.LONG;
  private static final long FROZEN = RefusalWorld.FROZEN_LONG;
  private static final long MOST = Long.MAX_VALUE;

  private LendingRefusals() {}

  static List<Row> rows() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before asset", new Borrow(NOBODY, NOWHERE, 0)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new Borrow(RefusalWorld.CLOSED, USD, 1)),
        Row.of(UNKNOWN_ASSET, "before amount", new Borrow(LONG, NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "before frozen", new Borrow(FROZEN, USD, 0)),
        Row.of(ACCOUNT_FROZEN, "before not lent", new Borrow(FROZEN, BTC, 1)),
        Row.of(NOT_LENT, "before call", new Borrow(RefusalWorld.WITH_CALL, BTC, 1)),
        Row.of(OPEN_MARGIN_CALL, "before liquidity", new Borrow(RefusalWorld.WITH_CALL, USD, MOST)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "before liquidity",
            new Borrow(RefusalWorld.DEGRADED_LONG, USD, MOST)),
        Row.of(PHASE_FORBIDS, "before liquidity", new Borrow(RefusalWorld.HALTED_LONG, USD, MOST)),
        Row.of(INSUFFICIENT_LIQUIDITY, "before margin", new Borrow(LONG, USD, MOST)),
        Row.of(DEBT_CEILING, "before margin", new Borrow(LONG, USD, 5_000 * ONE_USD)),
        Row.of(INSUFFICIENT_MARGIN, "too much", new Borrow(LONG, USD, 1_000 * ONE_USD)),
        Row.of(UNKNOWN_ASSET, "nowhere", new AccrueInterest(NOWHERE)),
        Row.of(NOT_LENT, "not lent", new AccrueInterest(BTC)));
  }
}
