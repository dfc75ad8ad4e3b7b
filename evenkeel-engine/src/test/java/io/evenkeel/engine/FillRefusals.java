package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.FLAT;
import static io.evenkeel.engine.RefusalWorld.LONG;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.fill;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INSUFFICIENT_MARGIN;
import static io.evenkeel.model.command.RefusalReason.INVALID_FEE;
import static io.evenkeel.model.command.RefusalReason.INVALID_PRICE;
import static io.evenkeel.model.command.RefusalReason.INVALID_QUANTITY;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.NO_MARK_PRICE;
import static io.evenkeel.model.command.RefusalReason.NO_SUCH_ORDER;
import static io.evenkeel.model.command.RefusalReason.OPEN_INTEREST_LIMIT;
import static io.evenkeel.model.command.RefusalReason.PHASE_FORBIDS;
import static io.evenkeel.model.command.RefusalReason.POSITION_LIMIT;
import static io.evenkeel.model.command.RefusalReason.PRICE_OUTSIDE_COLLAR;
import static io.evenkeel.model.command.RefusalReason.SELF_TRADE;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import java.util.ArrayList;
import java.util.List;

/// What fills are refused for.
final class FillRefusals {
  private static final long NOBODY = RefusalWorld.NOBODY;
  private static final long FROZEN = RefusalWorld.FROZEN_LONG;
  private static final long ISOLATED = RefusalWorld.ISOLATED;
  private static final int UNMARKED = RefusalWorld.UNMARKED;
  private static final int HALTED = RefusalWorld.HALTED;
  private static final long FAIR = 100_000;

  private FillRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(standing());
    rows.addAll(terms());
    rows.addAll(sides());
    return rows;
  }

  private static List<Row> standing() {
    int frozen = RefusalWorld.FROZEN;
    return List.of(
        Row.of(UNKNOWN_INSTRUMENT, "before accounts", fill(98, NOBODY, NOBODY, 1, FAIR)),
        Row.of(UNKNOWN_ACCOUNT, "both, before self", fill(PERP, NOBODY, NOBODY, 1, FAIR)),
        Row.of(UNKNOWN_ACCOUNT, "buyer", fill(PERP, NOBODY, MAKER, 1, FAIR)),
        Row.of(UNKNOWN_ACCOUNT, "seller closed", fill(frozen, LONG, RefusalWorld.CLOSED, 1, FAIR)),
        Row.of(SELF_TRADE, "before frozen", fill(frozen, FROZEN, FROZEN, 1, FAIR)),
        Row.of(INSTRUMENT_FROZEN, "before account", fill(frozen, FROZEN, MAKER, 1, FAIR)),
        Row.of(
            INSTRUMENT_SETTLED,
            "before account",
            fill(RefusalWorld.SETTLED, FROZEN, MAKER, 1, FAIR)),
        Row.of(ACCOUNT_FROZEN, "buyer, before isolated", fill(OTHER, FROZEN, ISOLATED, 1, FAIR)),
        Row.of(ACCOUNT_FROZEN, "seller, before isolated", fill(OTHER, ISOLATED, FROZEN, 0, FAIR)),
        Row.of(
            NOT_THE_ISOLATED_INSTRUMENT,
            "buyer, before quantity",
            fill(OTHER, ISOLATED, MAKER, 0, FAIR)),
        Row.of(
            NOT_THE_ISOLATED_INSTRUMENT,
            "seller, before quantity",
            fill(OTHER, MAKER, ISOLATED, 0, FAIR)));
  }

  private static List<Row> terms() {
    long most = 10_000_000;
    return List.of(
        Row.of(INVALID_QUANTITY, "none, before price", fill(PERP, LONG, MAKER, 0, 0)),
        Row.of(INVALID_QUANTITY, "negative", fill(PERP, LONG, MAKER, -1, FAIR)),
        Row.of(INVALID_QUANTITY, "no lot", fill(UNMARKED, LONG, MAKER, 15, FAIR)),
        Row.of(INVALID_QUANTITY, "beyond all", fill(PERP, LONG, MAKER, 2_000_001, FAIR)),
        Row.of(INVALID_PRICE, "none, before mark", fill(UNMARKED, LONG, MAKER, 10, 0)),
        Row.of(INVALID_PRICE, "beyond the maximum", fill(PERP, LONG, MAKER, 1, most + 1)),
        Row.of(NO_MARK_PRICE, "before fee", fees(UNMARKED, 10, FAIR, ONE_USD * 1_000, 0)),
        Row.of(PRICE_OUTSIDE_COLLAR, "above", fill(PERP, LONG, MAKER, 1, 120_001)),
        Row.of(
            PRICE_OUTSIDE_COLLAR, "below, before fee", fees(PERP, 1, 79_999, ONE_USD * 1_000, 0)),
        // a tenth of 1.000010 is rounded up to 0.100001
        Row.of(INVALID_FEE, "buyer", fees(PERP, 1, 100_001, 100_002, 0)),
        Row.of(INVALID_FEE, "seller", fees(PERP, 1, 100_001, 0, 100_002)),
        Row.of(INVALID_FEE, "rebate", fees(PERP, 1, 100_001, 100_001, -100_002)),
        Row.of(INVALID_FEE, "together negative, before phase", fees(HALTED, 1, FAIR, 1, -2)),
        Row.of(INVALID_FEE, "far beyond", fees(PERP, 1, FAIR, Long.MIN_VALUE, Long.MIN_VALUE)),
        Row.of(PHASE_FORBIDS, "before order", orders(HALTED, LONG, MAKER, 1, true, true)));
  }

  private static List<Row> sides() {
    long most = 1_000_001;
    return List.of(
        Row.of(NO_SUCH_ORDER, "buyer, before limit", orders(PERP, FLAT, MAKER, most, true, false)),
        Row.of(NO_SUCH_ORDER, "seller", orders(PERP, FLAT, MAKER, 1, false, true)),
        Row.of(POSITION_LIMIT, "buyer", fill(PERP, FLAT, MAKER, most, FAIR)),
        Row.of(POSITION_LIMIT, "seller", fill(PERP, RefusalWorld.ISOLATED, LONG, 1_001_001, FAIR)),
        // MAKER is long 600 of the 1,000 there may be
        Row.of(
            POSITION_LIMIT,
            "before open interest",
            fill(RefusalWorld.SMALL, MAKER, FLAT, 401, FAIR)),
        Row.full(LIMIT_REACHED, "a row too many", fill(OTHER, FLAT, MAKER, 1_000_000, FAIR)),
        Row.of(
            OPEN_INTEREST_LIMIT,
            "one too many",
            fill(RefusalWorld.SMALL, FLAT, RefusalWorld.HALTED_LONG, 401, FAIR)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "buyer's account, before margin",
            fill(OTHER, RefusalWorld.DEGRADED_LONG, MAKER, 100_000, FAIR)),
        Row.of(
            MARKET_DATA_DEGRADED,
            "seller's account",
            fill(OTHER, FLAT, RefusalWorld.SECOND_MAKER, 100_000, FAIR)),
        Row.of(
            MARKET_DATA_DEGRADED, "instrument", fill(RefusalWorld.DEGRADED, FLAT, MAKER, 1, FAIR)),
        Row.of(INSUFFICIENT_MARGIN, "buyer", fill(OTHER, FLAT, MAKER, 5_001, FAIR)),
        Row.of(INSUFFICIENT_MARGIN, "seller", fill(OTHER, MAKER, FLAT, 5_001, FAIR)),
        Row.of(INSUFFICIENT_MARGIN, "by the fee", fees(OTHER, 5_000, FAIR, 1, 0)));
  }

  private static Command fees(
      int instrument, long units, long price, long buyerFee, long sellerFee) {
    return new Command.Fill(
        instrument, FLAT, MAKER, units, price, buyerFee, sellerFee, false, false);
  }

  private static Command orders(
      int instrument,
      long buyer,
      long seller,
      long units,
      boolean buyerOrder,
      boolean sellerOrder) {
    return new Command.Fill(instrument, buyer, seller, units, FAIR, 0, 0, buyerOrder, sellerOrder);
  }
}
