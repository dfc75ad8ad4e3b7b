package io.evenkeel.wire.json;

import io.evenkeel.model.event.Event;
import tools.jackson.databind.node.ObjectNode;

/// The events of auctions.
final class AuctionWriter {
  private final ObjectNode json;
  private final FigureWriter write;

  AuctionWriter(ObjectNode json, FigureWriter write) {
    this.json = json;
    this.write = write;
  }

  void write(Event event) {
    switch (event) {
      case Event.AuctionStarted it -> started(it);
      case Event.AuctionBidTaken it -> bidTaken(it);
      case Event.AuctionEnded it -> ended(it);
      default -> throw new IllegalArgumentException(event + " is written elsewhere");
    }
  }

  private void started(Event.AuctionStarted it) {
    name(it.accountId(), it.auctionId());
    json.put("insolvent", it.insolvent());
    write.value(json, "worth", it.worthE6());
    write.asset(json, "cashAsset", it.cashAssetId());
    write.money(json, "fee", it.cashAssetId(), it.feeMinor());
    if (it.insolvent()) {
      json.putNull("end");
    } else {
      json.put("end", Figures.time(it.endNs()));
    }
    EvidenceWriter.assessment(json.putObject("assessment"), it.assessment());
  }

  private void bidTaken(Event.AuctionBidTaken it) {
    name(it.accountId(), it.auctionId());
    write.identifier(json, "bidder", it.bidderAccountId());
    json.put("share", it.share().toString());
    write.value(json, "worth", it.worthE6());
    write.asset(json, "cashAsset", it.cashAssetId());
    write.money(json, "payment", it.cashAssetId(), it.paymentMinor());
    write.money(json, "reserved", it.cashAssetId(), it.reservedMinor());
    EvidenceWriter.assessment(json.putObject("assessment"), it.assessment());
  }

  private void ended(Event.AuctionEnded it) {
    name(it.accountId(), it.auctionId());
    json.put("end", it.end().name());
    EvidenceWriter.assessment(json.putObject("assessment"), it.assessment());
  }

  private void name(long accountId, long auctionId) {
    write.identifier(json, "account", accountId);
    write.identifier(json, "auction", auctionId);
  }
}
