package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.Evidence.CollateralLine;
import io.evenkeel.model.event.Evidence.PositionLine;
import io.evenkeel.wire.sbe.LiquidationStartedDecoder;
import io.evenkeel.wire.sbe.LiquidationStartedEncoder;
import io.evenkeel.wire.sbe.MarginCallEndedDecoder;
import io.evenkeel.wire.sbe.MarginCallEndedEncoder;
import io.evenkeel.wire.sbe.MarginCallIssuedDecoder;
import io.evenkeel.wire.sbe.MarginCallIssuedEncoder;
import io.evenkeel.wire.sbe.MarginCallUpdatedDecoder;
import io.evenkeel.wire.sbe.MarginCallUpdatedEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.OrderMarginSecuredDecoder;
import io.evenkeel.wire.sbe.OrderMarginSecuredEncoder;
import io.evenkeel.wire.sbe.ReleasedDecoder;
import io.evenkeel.wire.sbe.ReleasedEncoder;
import io.evenkeel.wire.sbe.ToppedUpDecoder;
import io.evenkeel.wire.sbe.ToppedUpEncoder;
import io.evenkeel.wire.sbe.ZoneChangedDecoder;
import io.evenkeel.wire.sbe.ZoneChangedEncoder;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// Events of the cycle, up to liquidation.
final class DecisionEvents {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ZoneChangedEncoder zoneChangedEncoder = new ZoneChangedEncoder();
  private final ZoneChangedDecoder zoneChangedDecoder = new ZoneChangedDecoder();
  private final ToppedUpEncoder toppedUpEncoder = new ToppedUpEncoder();
  private final ToppedUpDecoder toppedUpDecoder = new ToppedUpDecoder();
  private final OrderMarginSecuredEncoder orderMarginSecuredEncoder =
      new OrderMarginSecuredEncoder();
  private final OrderMarginSecuredDecoder orderMarginSecuredDecoder =
      new OrderMarginSecuredDecoder();
  private final ReleasedEncoder releasedEncoder = new ReleasedEncoder();
  private final ReleasedDecoder releasedDecoder = new ReleasedDecoder();
  private final MarginCallIssuedEncoder marginCallIssuedEncoder = new MarginCallIssuedEncoder();
  private final MarginCallIssuedDecoder marginCallIssuedDecoder = new MarginCallIssuedDecoder();
  private final MarginCallUpdatedEncoder marginCallUpdatedEncoder = new MarginCallUpdatedEncoder();
  private final MarginCallUpdatedDecoder marginCallUpdatedDecoder = new MarginCallUpdatedDecoder();
  private final MarginCallEndedEncoder marginCallEndedEncoder = new MarginCallEndedEncoder();
  private final MarginCallEndedDecoder marginCallEndedDecoder = new MarginCallEndedDecoder();
  private final LiquidationStartedEncoder liquidationStartedEncoder =
      new LiquidationStartedEncoder();
  private final LiquidationStartedDecoder liquidationStartedDecoder =
      new LiquidationStartedDecoder();

  int encode(Event.ZoneChanged it, MutableDirectBuffer buffer, int offset) {
    ZoneChangedEncoder to =
        zoneChangedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .before(WireEnums.ZONE.code(it.before()))
            .after(WireEnums.ZONE.code(it.after()));
    EvidenceBody.put(it.assessment(), to.assessment());
    return Frame.length(to);
  }

  Event.ZoneChanged zoneChanged(Frame frame) {
    ZoneChangedDecoder from = frame.body(zoneChangedDecoder);
    return new Event.ZoneChanged(
        from.accountId(),
        WireEnums.ZONE.constant(from.beforeRaw(), "before"),
        WireEnums.ZONE.constant(from.afterRaw(), "after"),
        EvidenceBody.assessment(from.assessment()));
  }

  int encode(Event.ToppedUp it, MutableDirectBuffer buffer, int offset) {
    ToppedUpEncoder to =
        toppedUpEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .shortfallE6(it.shortfallE6());
    EvidenceBody.putBasis(it.evidence(), to.basis());
    ToppedUpEncoder.AmountsEncoder amounts = to.amountsCount(it.amounts().size());
    for (Event.SourcedAmount amount : it.amounts()) {
      EvidenceBody.put(amount, amounts.next().amount());
    }
    ToppedUpEncoder.CollateralEncoder collateral =
        to.collateralCount(it.evidence().collateral().size());
    for (CollateralLine line : it.evidence().collateral()) {
      EvidenceBody.put(line, collateral.next().line());
    }
    ToppedUpEncoder.PositionsEncoder positions =
        to.positionsCount(it.evidence().positions().size());
    for (PositionLine line : it.evidence().positions()) {
      EvidenceBody.put(line, positions.next().line());
      positions.side(WireEnums.POSITION_SIDE.code(line.side()));
    }
    byte[] terms = EvidenceBody.terms(it.evidence());
    to.putTerms(terms, 0, terms.length);
    return Frame.length(to);
  }

  Event.ToppedUp toppedUp(Frame frame) {
    ToppedUpDecoder from = frame.body(toppedUpDecoder);
    ToppedUpDecoder.AmountsDecoder entries = from.amounts();
    List<Event.SourcedAmount> amounts =
        frame.list(
            "amounts",
            entries.count(),
            entries.actingBlockLength(),
            ToppedUpDecoder.AmountsDecoder.sbeBlockLength(),
            entries,
            entry -> EvidenceBody.sourcedAmount(entry.amount()));
    return new Event.ToppedUp(from.accountId(), from.shortfallE6(), amounts, evidence(from, frame));
  }

  private Evidence evidence(ToppedUpDecoder from, Frame frame) {
    ToppedUpDecoder.CollateralDecoder assets = from.collateral();
    List<CollateralLine> collateral =
        frame.list(
            "collateral",
            assets.count(),
            assets.actingBlockLength(),
            ToppedUpDecoder.CollateralDecoder.sbeBlockLength(),
            assets,
            entry -> EvidenceBody.collateralLine(entry.line()));
    ToppedUpDecoder.PositionsDecoder contracts = from.positions();
    List<PositionLine> positions =
        frame.list(
            "positions",
            contracts.count(),
            contracts.actingBlockLength(),
            ToppedUpDecoder.PositionsDecoder.sbeBlockLength(),
            contracts,
            entry ->
                EvidenceBody.positionLine(
                    entry.line(), ValueBody.side(from.actingVersion(), entry.sideRaw(), "side")));
    String terms = frame.text("terms", from.termsLength(), from::getTerms);
    return EvidenceBody.evidence(from.basis(), collateral, positions, terms);
  }

  int encode(Event.OrderMarginSecured it, MutableDirectBuffer buffer, int offset) {
    OrderMarginSecuredEncoder to =
        orderMarginSecuredEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .shortfallE6(it.shortfallE6());
    OrderMarginSecuredEncoder.AmountsEncoder amounts = to.amountsCount(it.amounts().size());
    for (Event.SourcedAmount amount : it.amounts()) {
      EvidenceBody.put(amount, amounts.next().amount());
    }
    return Frame.length(to);
  }

  Event.OrderMarginSecured orderMarginSecured(Frame frame) {
    OrderMarginSecuredDecoder from = frame.body(orderMarginSecuredDecoder);
    OrderMarginSecuredDecoder.AmountsDecoder entries = from.amounts();
    List<Event.SourcedAmount> amounts =
        frame.list(
            "amounts",
            entries.count(),
            entries.actingBlockLength(),
            OrderMarginSecuredDecoder.AmountsDecoder.sbeBlockLength(),
            entries,
            entry -> EvidenceBody.sourcedAmount(entry.amount()));
    return new Event.OrderMarginSecured(from.accountId(), from.shortfallE6(), amounts);
  }

  int encode(Event.Released it, MutableDirectBuffer buffer, int offset) {
    ReleasedEncoder to =
        releasedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .excessE6(it.excessE6());
    EvidenceBody.putBasis(it.evidence(), to.basis());
    ReleasedEncoder.AmountsEncoder amounts = to.amountsCount(it.amounts().size());
    for (Event.SourcedAmount amount : it.amounts()) {
      EvidenceBody.put(amount, amounts.next().amount());
    }
    ReleasedEncoder.CollateralEncoder collateral =
        to.collateralCount(it.evidence().collateral().size());
    for (CollateralLine line : it.evidence().collateral()) {
      EvidenceBody.put(line, collateral.next().line());
    }
    ReleasedEncoder.PositionsEncoder positions =
        to.positionsCount(it.evidence().positions().size());
    for (PositionLine line : it.evidence().positions()) {
      EvidenceBody.put(line, positions.next().line());
      positions.side(WireEnums.POSITION_SIDE.code(line.side()));
    }
    byte[] terms = EvidenceBody.terms(it.evidence());
    to.putTerms(terms, 0, terms.length);
    return Frame.length(to);
  }

  Event.Released released(Frame frame) {
    ReleasedDecoder from = frame.body(releasedDecoder);
    ReleasedDecoder.AmountsDecoder entries = from.amounts();
    List<Event.SourcedAmount> amounts =
        frame.list(
            "amounts",
            entries.count(),
            entries.actingBlockLength(),
            ReleasedDecoder.AmountsDecoder.sbeBlockLength(),
            entries,
            entry -> EvidenceBody.sourcedAmount(entry.amount()));
    return new Event.Released(from.accountId(), from.excessE6(), amounts, evidence(from, frame));
  }

  private Evidence evidence(ReleasedDecoder from, Frame frame) {
    ReleasedDecoder.CollateralDecoder assets = from.collateral();
    List<CollateralLine> collateral =
        frame.list(
            "collateral",
            assets.count(),
            assets.actingBlockLength(),
            ReleasedDecoder.CollateralDecoder.sbeBlockLength(),
            assets,
            entry -> EvidenceBody.collateralLine(entry.line()));
    ReleasedDecoder.PositionsDecoder contracts = from.positions();
    List<PositionLine> positions =
        frame.list(
            "positions",
            contracts.count(),
            contracts.actingBlockLength(),
            ReleasedDecoder.PositionsDecoder.sbeBlockLength(),
            contracts,
            entry ->
                EvidenceBody.positionLine(
                    entry.line(), ValueBody.side(from.actingVersion(), entry.sideRaw(), "side")));
    String terms = frame.text("terms", from.termsLength(), from::getTerms);
    return EvidenceBody.evidence(from.basis(), collateral, positions, terms);
  }

  int encode(Event.MarginCallIssued it, MutableDirectBuffer buffer, int offset) {
    MarginCallIssuedEncoder to =
        marginCallIssuedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .callId(it.callId())
            .amountE6(it.amountE6())
            .deadlineNs(it.deadlineNs())
            .timeToLiquidationNs(it.timeToLiquidationNs());
    EvidenceBody.putBasis(it.evidence(), to.basis());
    MarginCallIssuedEncoder.CollateralEncoder collateral =
        to.collateralCount(it.evidence().collateral().size());
    for (CollateralLine line : it.evidence().collateral()) {
      EvidenceBody.put(line, collateral.next().line());
    }
    MarginCallIssuedEncoder.PositionsEncoder positions =
        to.positionsCount(it.evidence().positions().size());
    for (PositionLine line : it.evidence().positions()) {
      EvidenceBody.put(line, positions.next().line());
      positions.side(WireEnums.POSITION_SIDE.code(line.side()));
    }
    byte[] terms = EvidenceBody.terms(it.evidence());
    to.putTerms(terms, 0, terms.length);
    return Frame.length(to);
  }

  Event.MarginCallIssued marginCallIssued(Frame frame) {
    MarginCallIssuedDecoder from = frame.body(marginCallIssuedDecoder);
    return new Event.MarginCallIssued(
        from.accountId(),
        from.callId(),
        from.amountE6(),
        from.deadlineNs(),
        from.timeToLiquidationNs(),
        evidence(from, frame));
  }

  private Evidence evidence(MarginCallIssuedDecoder from, Frame frame) {
    MarginCallIssuedDecoder.CollateralDecoder assets = from.collateral();
    List<CollateralLine> collateral =
        frame.list(
            "collateral",
            assets.count(),
            assets.actingBlockLength(),
            MarginCallIssuedDecoder.CollateralDecoder.sbeBlockLength(),
            assets,
            entry -> EvidenceBody.collateralLine(entry.line()));
    MarginCallIssuedDecoder.PositionsDecoder contracts = from.positions();
    List<PositionLine> positions =
        frame.list(
            "positions",
            contracts.count(),
            contracts.actingBlockLength(),
            MarginCallIssuedDecoder.PositionsDecoder.sbeBlockLength(),
            contracts,
            entry ->
                EvidenceBody.positionLine(
                    entry.line(), ValueBody.side(from.actingVersion(), entry.sideRaw(), "side")));
    String terms = frame.text("terms", from.termsLength(), from::getTerms);
    return EvidenceBody.evidence(from.basis(), collateral, positions, terms);
  }

  int encode(Event.MarginCallUpdated it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        marginCallUpdatedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .callId(it.callId())
            .previousAmountE6(it.previousAmountE6())
            .amountE6(it.amountE6())
            .timeToLiquidationNs(it.timeToLiquidationNs()));
  }

  Event.MarginCallUpdated marginCallUpdated(Frame frame) {
    MarginCallUpdatedDecoder from = frame.body(marginCallUpdatedDecoder);
    return new Event.MarginCallUpdated(
        from.accountId(),
        from.callId(),
        from.previousAmountE6(),
        from.amountE6(),
        from.timeToLiquidationNs());
  }

  int encode(Event.MarginCallEnded it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        marginCallEndedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .callId(it.callId())
            .end(WireEnums.CALL_END.code(it.end()))
            .equityE6(it.equityE6())
            .initialE6(it.initialE6()));
  }

  Event.MarginCallEnded marginCallEnded(Frame frame) {
    MarginCallEndedDecoder from = frame.body(marginCallEndedDecoder);
    return new Event.MarginCallEnded(
        from.accountId(),
        from.callId(),
        WireEnums.CALL_END.constant(from.endRaw(), "end"),
        from.equityE6(),
        from.initialE6());
  }

  int encode(Event.LiquidationStarted it, MutableDirectBuffer buffer, int offset) {
    LiquidationStartedEncoder to =
        liquidationStartedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .cause(WireEnums.LIQUIDATION_CAUSE.code(it.cause()));
    EvidenceBody.putBasis(it.evidence(), to.basis());
    LiquidationStartedEncoder.CollateralEncoder collateral =
        to.collateralCount(it.evidence().collateral().size());
    for (CollateralLine line : it.evidence().collateral()) {
      EvidenceBody.put(line, collateral.next().line());
    }
    LiquidationStartedEncoder.PositionsEncoder positions =
        to.positionsCount(it.evidence().positions().size());
    for (PositionLine line : it.evidence().positions()) {
      EvidenceBody.put(line, positions.next().line());
      positions.side(WireEnums.POSITION_SIDE.code(line.side()));
    }
    byte[] terms = EvidenceBody.terms(it.evidence());
    to.putTerms(terms, 0, terms.length);
    return Frame.length(to);
  }

  Event.LiquidationStarted liquidationStarted(Frame frame) {
    LiquidationStartedDecoder from = frame.body(liquidationStartedDecoder);
    return new Event.LiquidationStarted(
        from.accountId(),
        WireEnums.LIQUIDATION_CAUSE.constant(from.causeRaw(), "cause"),
        evidence(from, frame));
  }

  private Evidence evidence(LiquidationStartedDecoder from, Frame frame) {
    LiquidationStartedDecoder.CollateralDecoder assets = from.collateral();
    List<CollateralLine> collateral =
        frame.list(
            "collateral",
            assets.count(),
            assets.actingBlockLength(),
            LiquidationStartedDecoder.CollateralDecoder.sbeBlockLength(),
            assets,
            entry -> EvidenceBody.collateralLine(entry.line()));
    LiquidationStartedDecoder.PositionsDecoder contracts = from.positions();
    List<PositionLine> positions =
        frame.list(
            "positions",
            contracts.count(),
            contracts.actingBlockLength(),
            LiquidationStartedDecoder.PositionsDecoder.sbeBlockLength(),
            contracts,
            entry ->
                EvidenceBody.positionLine(
                    entry.line(), ValueBody.side(from.actingVersion(), entry.sideRaw(), "side")));
    String terms = frame.text("terms", from.termsLength(), from::getTerms);
    return EvidenceBody.evidence(from.basis(), collateral, positions, terms);
  }
}
