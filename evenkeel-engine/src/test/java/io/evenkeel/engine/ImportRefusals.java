package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.CLOSED;
import static io.evenkeel.engine.RefusalWorld.FLAT;
import static io.evenkeel.engine.RefusalWorld.FROZEN;
import static io.evenkeel.engine.RefusalWorld.FROZEN_LONG;
import static io.evenkeel.engine.RefusalWorld.ISOLATED;
import static io.evenkeel.engine.RefusalWorld.LONG;
import static io.evenkeel.engine.RefusalWorld.LOW;
import static io.evenkeel.engine.RefusalWorld.NOBODY;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.RefusalWorld.SETTLED;
import static io.evenkeel.engine.RefusalWorld.SMALL;
import static io.evenkeel.engine.RefusalWorld.UNMARKED;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.RefusalReason.ACCOUNT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.BATCH_TOO_LARGE;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INVALID_AMOUNT;
import static io.evenkeel.model.command.RefusalReason.INVALID_COST;
import static io.evenkeel.model.command.RefusalReason.INVALID_FACTOR;
import static io.evenkeel.model.command.RefusalReason.INVALID_QUANTITY;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
import static io.evenkeel.model.command.RefusalReason.OPEN_INTEREST_LIMIT;
import static io.evenkeel.model.command.RefusalReason.POSITION_LIMIT;
import static io.evenkeel.model.command.RefusalReason.SELF_TRADE;
import static io.evenkeel.model.command.RefusalReason.SUPPLY_EXCEEDED;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ACCOUNT;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.ImportBalance;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What is refused of opening imports and of factors.
final class ImportRefusals {
  private static final long MOST = TestVenue.usd().maximumSupplyMinor();

  private ImportRefusals() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(balances());
    rows.addAll(standing());
    rows.addAll(sizes());
    rows.addAll(factors());
    return rows;
  }

  private static List<Row> balances() {
    return List.of(
        Row.of(UNKNOWN_ACCOUNT, "before asset", new ImportBalance(NOBODY, NOWHERE, 0)),
        Row.of(UNKNOWN_ACCOUNT, "closed", new ImportBalance(CLOSED, USD, 1)),
        Row.of(UNKNOWN_ASSET, "before amount", new ImportBalance(LONG, NOWHERE, 0)),
        Row.of(INVALID_AMOUNT, "none, before frozen", new ImportBalance(FROZEN_LONG, USD, 0)),
        Row.of(INVALID_AMOUNT, "too deep", new ImportBalance(LONG, USD, -MOST - 1)),
        Row.of(INVALID_AMOUNT, "no magnitude", new ImportBalance(LONG, USD, Long.MIN_VALUE)),
        Row.of(ACCOUNT_FROZEN, "before supply", new ImportBalance(FROZEN_LONG, USD, MOST)),
        Row.of(SUPPLY_EXCEEDED, "more than there can be", new ImportBalance(LONG, USD, MOST)),
        Row.of(SUPPLY_EXCEEDED, "no overflow", new ImportBalance(LONG, USD, Long.MAX_VALUE)));
  }

  private static List<Row> standing() {
    return List.of(
        Row.of(UNKNOWN_INSTRUMENT, "before accounts", position(NOWHERE, NOBODY, NOBODY, 0, 0)),
        Row.of(UNKNOWN_ACCOUNT, "long, before self", position(PERP, NOBODY, NOBODY, 0, 0)),
        Row.of(UNKNOWN_ACCOUNT, "short", position(PERP, LONG, CLOSED, 0, 0)),
        Row.of(SELF_TRADE, "before frozen", position(FROZEN, FROZEN_LONG, FROZEN_LONG, 0, 0)),
        Row.of(INSTRUMENT_FROZEN, "before account", position(FROZEN, FROZEN_LONG, LONG, 0, 0)),
        Row.of(INSTRUMENT_SETTLED, "before account", position(SETTLED, FROZEN_LONG, LONG, 0, 0)),
        Row.of(ACCOUNT_FROZEN, "long, before isolated", position(LOW, FROZEN_LONG, ISOLATED, 0, 0)),
        Row.of(
            ACCOUNT_FROZEN, "short, before isolated", position(LOW, ISOLATED, FROZEN_LONG, 0, 0)),
        Row.of(NOT_THE_ISOLATED_INSTRUMENT, "long", position(LOW, ISOLATED, MAKER, 0, 0)),
        Row.of(NOT_THE_ISOLATED_INSTRUMENT, "short", position(LOW, MAKER, ISOLATED, 0, 0)));
  }

  private static List<Row> sizes() {
    // ten ticks for each quantity unit times price unit
    long ticks = 1_000 * 10_000_000L * 10;
    return List.of(
        Row.of(INVALID_QUANTITY, "none, before cost", position(PERP, LONG, MAKER, 0, -1)),
        Row.of(INVALID_QUANTITY, "negative", position(PERP, LONG, MAKER, -1, 0)),
        Row.of(INVALID_QUANTITY, "part of a lot", position(UNMARKED, LONG, MAKER, 11, 0)),
        Row.of(INVALID_QUANTITY, "beyond open interest", position(PERP, LONG, MAKER, 2_000_001, 0)),
        Row.of(
            INVALID_COST,
            "above the maximum price, before limits",
            position(SMALL, LONG, MAKER, 1_000, ticks + 1)),
        Row.of(
            INVALID_COST,
            "below minus the maximum price",
            position(SMALL, LONG, MAKER, 1_000, -ticks - 1)),
        Row.of(INVALID_COST, "no magnitude", position(PERP, LONG, MAKER, 1_000, Long.MIN_VALUE)),
        Row.of(POSITION_LIMIT, "long", position(PERP, LONG, MAKER, 999_001, 0)),
        Row.of(POSITION_LIMIT, "short", position(PERP, BACKSTOP, LONG, 1_001_001, 0)),
        Row.full(LIMIT_REACHED, "a row too many", position(UNMARKED, FLAT, MAKER, 10, 0)),
        Row.of(OPEN_INTEREST_LIMIT, "too much in all", position(SMALL, LONG, FLAT, 500, 0)));
  }

  private static List<Row> factors() {
    FactorValue good = factor(FactorKind.SPOT, USD, 0, "1");
    return List.of(
        Row.of(
            BATCH_TOO_LARGE,
            "before unknown",
            new Command.PublishFactors(
                Collections.nCopies(4, factor(FactorKind.SPOT, NOWHERE, 0, "1")))),
        Row.of(UNKNOWN_ASSET, "before value", publish(factor(FactorKind.SPOT, NOWHERE, 0, "-1"))),
        Row.of(
            UNKNOWN_INSTRUMENT,
            "before value",
            publish(factor(FactorKind.SLOW_MARK, NOWHERE, 0, "-1"))),
        Row.of(
            INVALID_FACTOR,
            "before the unknown that follows",
            publish(
                good,
                factor(FactorKind.SPOT, USD, 0, "-0.1"),
                factor(FactorKind.SPOT, NOWHERE, 0, "1"))),
        Row.of(INVALID_FACTOR, "above one", confidence("1.000001")),
        Row.of(INVALID_FACTOR, "below zero", confidence("-0.000001")),
        Row.of(INVALID_FACTOR, "rho", publish(factor(FactorKind.SVI_RHO, USD, 7, "-1.01"))),
        Row.of(INVALID_FACTOR, "no years", publish(factor(FactorKind.SVI_YEARS, USD, 7, "0"))),
        Row.of(
            INVALID_FACTOR,
            "a volatility below zero",
            publish(factor(FactorKind.MARK_VOLATILITY, PERP, 0, "-0.5"))));
  }

  private static Command confidence(String value) {
    return publish(factor(FactorKind.SPOT_CONFIDENCE, USD, 0, value));
  }

  private static FactorValue factor(FactorKind kind, int subject, long expiryNs, String value) {
    return new FactorValue(kind, subject, expiryNs, RulebookSketch.decimal(value));
  }

  private static Command publish(FactorValue... factors) {
    return new Command.PublishFactors(List.of(factors));
  }

  private static Command position(
      int instrument, long buyer, long seller, long units, long costTicks) {
    return new Command.ImportPosition(instrument, buyer, seller, units, costTicks);
  }
}
