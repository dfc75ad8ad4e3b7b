package io.evenkeel.wire.words;

import io.evenkeel.model.event.Event;

/// Positions that came, went or were put right, in words.
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
}
