package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.AuctionBidTakenDecoder;
import io.evenkeel.wire.sbe.AuctionBidTakenEncoder;
import io.evenkeel.wire.sbe.AuctionEndedDecoder;
import io.evenkeel.wire.sbe.AuctionEndedEncoder;
import io.evenkeel.wire.sbe.AuctionStartedDecoder;
import io.evenkeel.wire.sbe.AuctionStartedEncoder;
import io.evenkeel.wire.sbe.BidInAuctionDecoder;
import io.evenkeel.wire.sbe.BidInAuctionEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/// Auctions of accounts: bids, and what comes of them.
final class AuctionMessages {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final BidInAuctionEncoder bidInAuctionEncoder = new BidInAuctionEncoder();
  private final BidInAuctionDecoder bidInAuctionDecoder = new BidInAuctionDecoder();
  private final AuctionStartedEncoder auctionStartedEncoder = new AuctionStartedEncoder();
  private final AuctionStartedDecoder auctionStartedDecoder = new AuctionStartedDecoder();
  private final AuctionBidTakenEncoder auctionBidTakenEncoder = new AuctionBidTakenEncoder();
  private final AuctionBidTakenDecoder auctionBidTakenDecoder = new AuctionBidTakenDecoder();
  private final AuctionEndedEncoder auctionEndedEncoder = new AuctionEndedEncoder();
  private final AuctionEndedDecoder auctionEndedDecoder = new AuctionEndedDecoder();

  int encode(Command.BidInAuction it, MutableDirectBuffer buffer, int offset) {
    BidInAuctionEncoder to =
        bidInAuctionEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .bidderAccountId(it.bidderAccountId())
            .assetId(it.assetId())
            .maximumPaymentMinor(it.maximumPaymentMinor());
    ValueBody.put(it.share(), to.share());
    return Frame.length(to);
  }

  Command.BidInAuction bidInAuction(Frame frame) {
    BidInAuctionDecoder from = frame.body(bidInAuctionDecoder);
    return new Command.BidInAuction(
        from.accountId(),
        from.bidderAccountId(),
        ValueBody.decimal(from.share(), "share"),
        from.assetId(),
        from.maximumPaymentMinor());
  }

  int encode(Event.AuctionStarted it, MutableDirectBuffer buffer, int offset) {
    AuctionStartedEncoder to =
        auctionStartedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .auctionId(it.auctionId())
            .insolvent(ValueBody.flag(it.insolvent()))
            .worthE6(it.worthE6())
            .cashAssetId(it.cashAssetId())
            .feeMinor(it.feeMinor())
            .endNs(it.endNs());
    EvidenceBody.put(it.assessment(), to.assessment());
    return Frame.length(to);
  }

  Event.AuctionStarted auctionStarted(Frame frame) {
    AuctionStartedDecoder from = frame.body(auctionStartedDecoder);
    return new Event.AuctionStarted(
        from.accountId(),
        from.auctionId(),
        ValueBody.flag(from.insolventRaw(), "insolvent"),
        from.worthE6(),
        from.cashAssetId(),
        from.feeMinor(),
        from.endNs(),
        EvidenceBody.assessment(from.assessment()));
  }

  int encode(Event.AuctionBidTaken it, MutableDirectBuffer buffer, int offset) {
    AuctionBidTakenEncoder to =
        auctionBidTakenEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .auctionId(it.auctionId())
            .bidderAccountId(it.bidderAccountId())
            .worthE6(it.worthE6())
            .cashAssetId(it.cashAssetId())
            .paymentMinor(it.paymentMinor())
            .reservedMinor(it.reservedMinor());
    ValueBody.put(it.share(), to.share());
    EvidenceBody.put(it.assessment(), to.assessment());
    return Frame.length(to);
  }

  Event.AuctionBidTaken auctionBidTaken(Frame frame) {
    AuctionBidTakenDecoder from = frame.body(auctionBidTakenDecoder);
    return new Event.AuctionBidTaken(
        from.accountId(),
        from.auctionId(),
        from.bidderAccountId(),
        ValueBody.decimal(from.share(), "share"),
        from.worthE6(),
        from.cashAssetId(),
        from.paymentMinor(),
        from.reservedMinor(),
        EvidenceBody.assessment(from.assessment()));
  }

  int encode(Event.AuctionEnded it, MutableDirectBuffer buffer, int offset) {
    AuctionEndedEncoder to =
        auctionEndedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .auctionId(it.auctionId())
            .end(WireEnums.AUCTION_END.code(it.end()));
    EvidenceBody.put(it.assessment(), to.assessment());
    return Frame.length(to);
  }

  Event.AuctionEnded auctionEnded(Frame frame) {
    AuctionEndedDecoder from = frame.body(auctionEndedDecoder);
    return new Event.AuctionEnded(
        from.accountId(),
        from.auctionId(),
        WireEnums.AUCTION_END.constant(from.endRaw(), "end"),
        EvidenceBody.assessment(from.assessment()));
  }
}
