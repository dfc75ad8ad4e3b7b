package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.BELOW_INITIAL;
import static io.evenkeel.engine.RefusalWorld.CLOSED;
import static io.evenkeel.engine.RefusalWorld.DEGRADED;
import static io.evenkeel.engine.RefusalWorld.DEGRADED_LONG;
import static io.evenkeel.engine.RefusalWorld.FLAT;
import static io.evenkeel.engine.RefusalWorld.FROZEN;
import static io.evenkeel.engine.RefusalWorld.FROZEN_LONG;
import static io.evenkeel.engine.RefusalWorld.HALTED;
import static io.evenkeel.engine.RefusalWorld.HALTED_LONG;
import static io.evenkeel.engine.RefusalWorld.ISOLATED;
import static io.evenkeel.engine.RefusalWorld.LONG;
import static io.evenkeel.engine.RefusalWorld.LOW;
import static io.evenkeel.engine.RefusalWorld.NOBODY;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.RefusalWorld.SETTLED;
import static io.evenkeel.engine.RefusalWorld.SMALL;
import static io.evenkeel.engine.RefusalWorld.STRICT;
import static io.evenkeel.engine.RefusalWorld.UNMARKED;
import static io.evenkeel.engine.RefusalWorld.WITH_CALL;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_NOT_FLAT;
import static io.evenkeel.model.command.RefusalReason.BACKSTOP_REFUSED;
import static io.evenkeel.model.command.RefusalReason.HEDGE_MODE_REFUSED;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_BALANCE;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_MARGIN;
import static io.evenkeel.model.command.RefusalReason.INVALID_COST;
import static io.evenkeel.model.command.RefusalReason.INVALID_FEE;
import static io.evenkeel.model.command.RefusalReason.INVALID_MODE;
import static io.evenkeel.model.command.RefusalReason.INVALID_PRICE;
import static io.evenkeel.model.command.RefusalReason.INVALID_QUANTITY;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.NO_AUCTION;
import static io.evenkeel.model.command.RefusalReason.OPEN_INTEREST_LIMIT;
import static io.evenkeel.model.command.RefusalReason.OPEN_MARGIN_CALL;
import static io.evenkeel.model.command.RefusalReason.PHASE_FORBIDS;
import static io.evenkeel.model.command.RefusalReason.PRICE_OUTSIDE_COLLAR;
import static io.evenkeel.model.command.RefusalReason.SELF_TRADE;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_RULEBOOK;
import static io.evenkeel.model.command.RefusalReason.WRONG_POSITION_SIDE;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.List;

/// What is refused of a venue's operations on accounts.
final class OperationRefusals {
  private OperationRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(standing());
    rows.addAll(terms());
    rows.addAll(modes());
    rows.addAll(sides());
    rows.addAll(busts());
    rows.addAll(corrections());
    rows.addAll(bids());
    return rows;
  }

  private static List<Row> bids() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "account unknown", bid(NOBODY, FLAT, USD)),
        Row.of(UNKNOWN_ACCOUNT, "bidder unknown", bid(LONG, NOBODY, USD)),
        Row.of(UNKNOWN_ACCOUNT, "bidder closed", bid(LONG, CLOSED, USD)),
        Row.of(UNKNOWN_ASSET, "asset unknown", bid(LONG, FLAT, NOWHERE)),
        Row.of(SELF_TRADE, "for itself", bid(LONG, LONG, USD)),
        Row.of(ACCOUNT_FROZEN, "account frozen", bid(FROZEN_LONG, FLAT, USD)),
        Row.of(ACCOUNT_FROZEN, "bidder frozen", bid(LONG, FROZEN_LONG, USD)),
        Row.of(NO_AUCTION, "none", bid(LONG, FLAT, USD)));
  }

  private static Command bid(long account, long bidder, int asset) {
    return new Command.BidInAuction(account, bidder, Decimal.ONE, asset, Long.MAX_VALUE);
  }

  private static List<Row> standing() {
    return List.of(
        Row.of(UNKNOWN_INSTRUMENT, "before accounts", atMark(NOWHERE, NOBODY, NOBODY, 0)),
        Row.of(UNKNOWN_ACCOUNT, "both, before self", atMark(PERP, NOBODY, NOBODY, 0)),
        Row.of(UNKNOWN_ACCOUNT, "giver closed", atMark(PERP, CLOSED, FLAT, 0)),
        Row.of(UNKNOWN_ACCOUNT, "taker", atMark(FROZEN, LONG, NOBODY, 0)),
        Row.of(SELF_TRADE, "before frozen", atMark(FROZEN, FROZEN_LONG, FROZEN_LONG, 0)),
        Row.of(INSTRUMENT_FROZEN, "before account", atMark(FROZEN, FROZEN_LONG, LONG, 0)),
        Row.of(INSTRUMENT_SETTLED, "before account", atMark(SETTLED, FROZEN_LONG, LONG, 0)),
        Row.of(ACCOUNT_FROZEN, "giver, before isolated", atMark(LOW, FROZEN_LONG, ISOLATED, 0)),
        Row.of(ACCOUNT_FROZEN, "taker", atMark(LOW, BELOW_INITIAL, FROZEN_LONG, 0)),
        Row.of(
            NOT_THE_ISOLATED_INSTRUMENT,
            "taker, before quantity",
            atMark(LOW, BELOW_INITIAL, ISOLATED, 0)));
  }

  private static List<Row> terms() {
    TransferBasis stated = TransferBasis.PRICE;
    return List.of(
        Row.of(INVALID_QUANTITY, "none", atMark(PERP, LONG, FLAT, 0)),
        Row.of(INVALID_QUANTITY, "negative", atMark(PERP, LONG, FLAT, -1)),
        Row.of(INSUFFICIENT_BALANCE, "one too many", atMark(PERP, LONG, FLAT, 1_001)),
        Row.of(
            INSUFFICIENT_BALANCE,
            "nothing held, before price",
            transfer(PERP, FLAT, LONG, 1, stated, 0)),
        Row.of(INVALID_PRICE, "none stated", transfer(PERP, LONG, FLAT, 1, stated, 0)),
        Row.of(INVALID_PRICE, "too high", transfer(PERP, LONG, FLAT, 1, stated, 10_000_001)),
        Row.of(
            INVALID_PRICE, "beside a mark", transfer(PERP, LONG, FLAT, 1, TransferBasis.MARK, 1)),
        Row.of(
            INVALID_PRICE, "beside a cost", transfer(PERP, LONG, FLAT, 1, TransferBasis.COST, 1)),
        Row.of(
            PRICE_OUTSIDE_COLLAR,
            "a fifth and a bit above",
            transfer(PERP, LONG, FLAT, 1, stated, 120_001)),
        Row.of(PHASE_FORBIDS, "halted", atMark(HALTED, HALTED_LONG, FLAT, 1)),
        Row.of(MARKET_DATA_DEGRADED, "giver", atMark(DEGRADED, DEGRADED_LONG, FLAT, 1)),
        Row.of(MARKET_DATA_DEGRADED, "taker", atMark(PERP, LONG, DEGRADED_LONG, 1)),
        Row.of(INSUFFICIENT_MARGIN, "more than the taker backs", atMark(LOW, MAKER, LONG, 5_000)),
        Row.of(
            INSUFFICIENT_MARGIN,
            "a taker below initial as it is",
            atMark(PERP, LONG, BELOW_INITIAL, 1)));
  }

  private static List<Row> busts() {
    return List.of(
        Row.of(UNKNOWN_INSTRUMENT, "before accounts", bust(NOWHERE, NOBODY, NOBODY, 0, 0, 0)),
        Row.of(UNKNOWN_ACCOUNT, "seller closed", bust(FROZEN, LONG, CLOSED, 0, 0, 0)),
        Row.of(SELF_TRADE, "before frozen", bust(FROZEN, LONG, LONG, 0, 0, 0)),
        Row.of(INSTRUMENT_FROZEN, "before account", bust(FROZEN, FROZEN_LONG, LONG, 0, 0, 0)),
        Row.of(INSTRUMENT_SETTLED, "before account", bust(SETTLED, FROZEN_LONG, LONG, 0, 0, 0)),
        Row.of(ACCOUNT_FROZEN, "seller", bust(LOW, ISOLATED, FROZEN_LONG, 0, 0, 0)),
        Row.of(NOT_THE_ISOLATED_INSTRUMENT, "buyer", bust(LOW, ISOLATED, MAKER, 0, 0, 0)),
        Row.of(INVALID_QUANTITY, "none, before price", bust(PERP, LONG, MAKER, 0, 0, 0)),
        Row.of(INVALID_PRICE, "none, before fee", bust(PERP, LONG, MAKER, 1, 0, -1)),
        Row.of(INVALID_PRICE, "too high", bust(PERP, LONG, MAKER, 1, 10_000_001, 0)),
        Row.of(INVALID_FEE, "negative together", bust(PERP, LONG, MAKER, 1, 100_000, -1)),
        Row.of(INVALID_FEE, "above a tenth", bust(PERP, LONG, MAKER, 1, 100_000, 100_001)),
        Row.of(INSUFFICIENT_BALANCE, "never charged", bust(PERP, LONG, MAKER, 1, 100_000, 1)),
        Row.full(LIMIT_REACHED, "a row too many", bust(UNMARKED, FLAT, MAKER, 10, 1, 0)),
        Row.of(OPEN_INTEREST_LIMIT, "too much in all", bust(SMALL, LONG, FLAT, 500, 100_000, 0)));
  }

  private static List<Row> corrections() {
    return List.of(
        Row.of(UNKNOWN_INSTRUMENT, "before accounts", correct(NOWHERE, NOBODY, NOBODY, 0, 0, 0)),
        Row.of(UNKNOWN_ACCOUNT, "buyer", correct(FROZEN, NOBODY, LONG, 0, 0, 0)),
        Row.of(SELF_TRADE, "before frozen", correct(FROZEN, LONG, LONG, 0, 0, 0)),
        Row.of(INSTRUMENT_FROZEN, "before account", correct(FROZEN, FROZEN_LONG, LONG, 0, 0, 0)),
        Row.of(INSTRUMENT_SETTLED, "before quantity", correct(SETTLED, LONG, MAKER, 0, 0, 0)),
        Row.of(ACCOUNT_FROZEN, "buyer", correct(LOW, FROZEN_LONG, ISOLATED, 0, 0, 0)),
        Row.of(NOT_THE_ISOLATED_INSTRUMENT, "seller", correct(LOW, MAKER, ISOLATED, 0, 0, 0)),
        Row.of(INVALID_QUANTITY, "negative, before price", correct(PERP, LONG, MAKER, -1, 0, 0)),
        Row.of(INVALID_PRICE, "as it was", correct(PERP, LONG, MAKER, 1, 0, 1)),
        Row.of(INVALID_PRICE, "as it should be", correct(PERP, LONG, MAKER, 1, 1, 10_000_001)),
        Row.of(
            INVALID_COST,
            "dearer than trades can be",
            correct(SMALL, MAKER, BACKSTOP, 1_000, 1, 10_000_000)));
  }

  private static Command bust(
      int instrument, long buyer, long seller, long units, long price, long fee) {
    return new Command.BustTrade(instrument, buyer, seller, units, price, fee, 0);
  }

  private static Command correct(
      int instrument, long buyer, long seller, long units, long price, long corrected) {
    return new Command.CorrectTrade(instrument, buyer, seller, units, price, corrected);
  }

  private static List<Row> modes() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before rulebook", cross(CLOSED, NOWHERE)),
        Row.of(UNKNOWN_RULEBOOK, "before frozen", cross(FROZEN_LONG, NOWHERE)),
        Row.of(ACCOUNT_FROZEN, "before mode", mode(FROZEN_LONG, AccountMode.CROSS, PERP)),
        Row.of(BACKSTOP_REFUSED, "before mode", mode(BACKSTOP, AccountMode.CROSS, PERP)),
        Row.of(INVALID_MODE, "cross in one", mode(LONG, AccountMode.CROSS, PERP)),
        Row.of(UNKNOWN_INSTRUMENT, "isolated", mode(LONG, AccountMode.ISOLATED, NOWHERE)),
        Row.of(INSTRUMENT_FROZEN, "isolated", mode(LONG, AccountMode.ISOLATED, FROZEN)),
        Row.of(INSTRUMENT_SETTLED, "isolated", mode(LONG, AccountMode.ISOLATED, SETTLED)),
        Row.of(OPEN_MARGIN_CALL, "before rows", mode(WITH_CALL, AccountMode.ISOLATED, PERP)),
        Row.of(
            MARKET_DATA_DEGRADED, "before rows", mode(DEGRADED_LONG, AccountMode.ISOLATED, PERP)),
        Row.of(
            NOT_THE_ISOLATED_INSTRUMENT,
            "before margin",
            mode(BELOW_INITIAL, AccountMode.ISOLATED, PERP)),
        Row.of(INSUFFICIENT_MARGIN, "below initial, worse", cross(BELOW_INITIAL, STRICT)),
        Row.of(INSUFFICIENT_MARGIN, "not below initial yet", cross(LONG, STRICT)));
  }

  private static List<Row> sides() {
    PositionMode hedge = PositionMode.HEDGE;
    PositionSide side = PositionSide.LONG;
    PositionSide net = PositionSide.NET;
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "closed", new Command.SetPositionMode(CLOSED, hedge)),
        Row.of(ACCOUNT_FROZEN, "frozen", new Command.SetPositionMode(FROZEN_LONG, hedge)),
        Row.of(BACKSTOP_REFUSED, "before venue", new Command.SetPositionMode(BACKSTOP, hedge)),
        Row.of(HEDGE_MODE_REFUSED, "before rows", new Command.SetPositionMode(LONG, hedge)),
        Row.of(ACCOUNT_NOT_FLAT, "rows", new Command.SetPositionMode(LONG, PositionMode.ONE_WAY)),
        Row.of(
            WRONG_POSITION_SIDE,
            "seller, before quantity",
            new Command.Fill(PERP, LONG, MAKER, 0, 100_000, 0, 0, false, false, net, side)),
        Row.of(
            WRONG_POSITION_SIDE,
            "before quantity",
            new Command.SetOrderExposure(LONG, PERP, -1, 0, 0, 0, side)),
        Row.of(
            WRONG_POSITION_SIDE,
            "giver, before quantity",
            new Command.TransferPosition(PERP, LONG, FLAT, 0, TransferBasis.MARK, 0, side)),
        Row.of(
            WRONG_POSITION_SIDE,
            "buyer, before quantity",
            new Command.BustTrade(PERP, LONG, MAKER, 0, 100_000, 0, 0, side, net)),
        Row.of(
            WRONG_POSITION_SIDE,
            "seller, before quantity",
            new Command.CorrectTrade(PERP, LONG, MAKER, 0, 1, 2, net, side)));
  }

  private static Command cross(long account, int rulebook) {
    return new Command.SetAccountMode(account, rulebook, AccountMode.CROSS, -1);
  }

  private static Command mode(long account, AccountMode mode, int instrument) {
    return new Command.SetAccountMode(account, TestVenue.RULES, mode, instrument);
  }

  private static Command atMark(int instrument, long giver, long taker, long units) {
    return transfer(instrument, giver, taker, units, TransferBasis.MARK, 0);
  }

  private static Command transfer(
      int instrument, long giver, long taker, long units, TransferBasis basis, long price) {
    return new Command.TransferPosition(instrument, giver, taker, units, basis, price);
  }
}
