package io.evenkeel.wire.words;

import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;

/// Positions that came, went, were closed or were put right, in words.
final class TradeWords {
  private final Wording wording;

  TradeWords(Wording wording) {
    this.wording = wording;
  }

  String fillApplied(Event.FillApplied it) {
    return "account %s bought %s from account %s at %s"
        .formatted(
            it.buyerAccountId(),
            wording.quantity(it.instrumentId(), it.quantityUnits()),
            it.sellerAccountId(),
            wording.price(it.instrumentId(), it.priceUnits()));
  }

  String positionImported(Event.PositionImported it) {
    return "account %s took on %s against account %s"
        .formatted(
            it.longAccountId(),
            wording.quantity(it.instrumentId(), it.quantityUnits()),
            it.shortAccountId());
  }

  String positionTransferred(Event.PositionTransferred it) {
    if (it.quantityUnits() == 0) {
      return "account %s gave an unsettled result in %s to account %s"
          .formatted(it.fromAccountId(), wording.symbol(it.instrumentId()), it.toAccountId());
    }
    return "account %s gave %s of its position to account %s"
        .formatted(
            it.fromAccountId(),
            wording.quantity(it.instrumentId(), Math.abs(it.quantityUnits())),
            it.toAccountId());
  }

  String tradeBusted(Event.TradeBusted it) {
    return "account %s's purchase of %s from account %s at %s was taken back"
        .formatted(
            it.buyerAccountId(),
            wording.quantity(it.instrumentId(), it.quantityUnits()),
            it.sellerAccountId(),
            wording.price(it.instrumentId(), it.priceUnits()));
  }

  String tradeCorrected(Event.TradeCorrected it) {
    return "account %s's purchase of %s from account %s at %s was corrected to %s"
        .formatted(
            it.buyerAccountId(),
            wording.quantity(it.instrumentId(), it.quantityUnits()),
            it.sellerAccountId(),
            wording.price(it.instrumentId(), it.priceUnits()),
            wording.price(it.instrumentId(), it.correctedPriceUnits()));
  }

  String positionReduced(Event.PositionReduced it) {
    return "account %s%s reduced by %s at %s (mark %s): realised %s, penalty %s"
        .formatted(
            it.accountId(),
            side(it.side()),
            wording.quantity(it.instrumentId(), it.closedUnits()),
            wording.price(it.instrumentId(), it.priceUnits()),
            wording.price(it.instrumentId(), it.markUnits()),
            wording.settlementMoney(it.instrumentId(), it.realisedMinor()),
            wording.settlementMoney(it.instrumentId(), it.penaltyMinor()));
  }

  String deleveraged(Event.Deleveraged it) {
    return "account %s%s deleveraged by %s against account %s%s (mark %s): realised %s, which cost the counterparty %s against the mark"
        .formatted(
            it.accountId(),
            side(it.side()),
            wording.quantity(it.instrumentId(), it.closedUnits()),
            it.counterpartyAccountId(),
            side(it.counterpartySide()),
            wording.price(it.instrumentId(), it.markUnits()),
            wording.settlementMoney(it.instrumentId(), it.realisedMinor()),
            wording.settlementMoney(it.instrumentId(), it.forgoneMinor()));
  }

  String profitReduced(Event.ProfitReduced it) {
    return "account %s's profit in %s%s reduced by %s to bear another account's loss"
        .formatted(
            it.accountId(),
            wording.symbol(it.instrumentId()),
            side(it.side()),
            wording.settlementMoney(it.instrumentId(), it.reductionMinor()));
  }

  String positionModeSet(Event.PositionModeSet it) {
    return it.mode() == PositionMode.HEDGE
        ? "account %s may hold a long and a short side by side".formatted(it.accountId())
        : "account %s holds one position an instrument".formatted(it.accountId());
  }

  /// Which of two positions, where an account has two.
  private static String side(PositionSide side) {
    return switch (side) {
      case NET -> "";
      case LONG -> " (long side)";
      case SHORT -> " (short side)";
    };
  }
}
