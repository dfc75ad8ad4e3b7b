package io.evenkeel.wire.words;

import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;

/// The prices at which contracts end, in words.
final class SettlementWords {
  private final Wording wording;

  SettlementWords(Wording wording) {
    this.wording = wording;
  }

  String stated(Event.SettlementPriceStated it) {
    return "contracts on %s that expire at %s will end at %s"
        .formatted(
            wording.target(Target.ASSET, it.underlyingAssetId()),
            Wording.time(it.expiryNs()),
            it.settlementPrice());
  }

  String averaged(Event.SettlementAveraged it) {
    String contracts =
        "contracts on %s that expired at %s"
            .formatted(
                wording.target(Target.ASSET, it.underlyingAssetId()), Wording.time(it.expiryNs()));
    String average =
        "its average over %s of the last %s, from %d pieces, is %s"
            .formatted(
                Wording.duration(it.coveredNs()),
                Wording.duration(it.windowNs()),
                it.observations(),
                wording.price(Target.ASSET, it.underlyingAssetId(), it.averagePriceUnits()));
    return switch (it.result()) {
      case SETTLED -> contracts + " end: " + average;
      case INDEX_DEGRADED ->
          contracts + " wait for a stated price, its price is degraded: " + average;
      case COVERAGE_TOO_SMALL ->
          contracts + " wait for a stated price, that is too little: " + average;
      case PRICE_OUT_OF_RANGE ->
          contracts + " wait for a stated price, one of them may not have this one: " + average;
    };
  }
}
