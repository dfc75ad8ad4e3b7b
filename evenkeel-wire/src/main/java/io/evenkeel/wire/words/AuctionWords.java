package io.evenkeel.wire.words;

import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Auctions of accounts in words.
final class AuctionWords {
  private static final int PLACES_OF_PERCENT = 4;

  private final Wording wording;

  AuctionWords(Wording wording) {
    this.wording = wording;
  }

  String auctionStarted(Event.AuctionStarted it) {
    return it.insolvent()
        ? "shares of account %s are auctioned to whoever is paid least to take them: it is worth %s"
            .formatted(it.accountId(), Wording.value(it.worthE6()))
        : "shares of account %s are auctioned: it is worth %s, fee %s"
            .formatted(
                it.accountId(),
                Wording.value(it.worthE6()),
                wording.money(it.cashAssetId(), it.feeMinor()));
  }

  String auctionBidTaken(Event.AuctionBidTaken it) {
    BigDecimal percent =
        new BigDecimal(it.share().toString())
            .movePointRight(2)
            .setScale(PLACES_OF_PERCENT, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    boolean paid = it.paymentMinor() < 0;
    return "account %s took %s%% of account %s in an auction and %s %s"
        .formatted(
            it.bidderAccountId(),
            percent.toPlainString(),
            it.accountId(),
            paid ? "was paid" : "paid",
            wording.money(it.cashAssetId(), Math.abs(it.paymentMinor())));
  }

  String auctionEnded(Event.AuctionEnded it) {
    return "the auction of account %s ended: %s".formatted(it.accountId(), ended(it.end()));
  }

  private static String ended(AuctionEnd end) {
    return switch (end) {
      case RESTORED -> "it is out of need again";
      case SOLD -> "all that had to be sold of it is sold";
      case INSOLVENT -> "it is worth nothing to bidders, who will be paid from now on";
      case WITHDRAWN -> "its rulebook has no auctions any more";
    };
  }
}
