package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.AccountClosedDecoder;
import io.evenkeel.wire.sbe.AccountClosedEncoder;
import io.evenkeel.wire.sbe.AccountFrozenDecoder;
import io.evenkeel.wire.sbe.AccountFrozenEncoder;
import io.evenkeel.wire.sbe.AccountOpenedDecoder;
import io.evenkeel.wire.sbe.AccountOpenedEncoder;
import io.evenkeel.wire.sbe.AlarmRaisedDecoder;
import io.evenkeel.wire.sbe.AlarmRaisedEncoder;
import io.evenkeel.wire.sbe.AssetDefinedDecoder;
import io.evenkeel.wire.sbe.AssetDefinedEncoder;
import io.evenkeel.wire.sbe.InstrumentDefinedDecoder;
import io.evenkeel.wire.sbe.InstrumentDefinedEncoder;
import io.evenkeel.wire.sbe.InstrumentFrozenDecoder;
import io.evenkeel.wire.sbe.InstrumentFrozenEncoder;
import io.evenkeel.wire.sbe.InstrumentSettledDecoder;
import io.evenkeel.wire.sbe.InstrumentSettledEncoder;
import io.evenkeel.wire.sbe.LeverageSetDecoder;
import io.evenkeel.wire.sbe.LeverageSetEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.PartyPolicySetDecoder;
import io.evenkeel.wire.sbe.PartyPolicySetEncoder;
import io.evenkeel.wire.sbe.PhaseSetDecoder;
import io.evenkeel.wire.sbe.PhaseSetEncoder;
import io.evenkeel.wire.sbe.RulebookAnnouncedDecoder;
import io.evenkeel.wire.sbe.RulebookAnnouncedEncoder;
import io.evenkeel.wire.sbe.RulebookInForceDecoder;
import io.evenkeel.wire.sbe.RulebookInForceEncoder;
import org.agrona.MutableDirectBuffer;

/// Events about what is defined, opened and frozen.
final class ReferenceEvents {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final AssetDefinedEncoder assetDefinedEncoder = new AssetDefinedEncoder();
  private final AssetDefinedDecoder assetDefinedDecoder = new AssetDefinedDecoder();
  private final InstrumentDefinedEncoder instrumentDefinedEncoder = new InstrumentDefinedEncoder();
  private final InstrumentDefinedDecoder instrumentDefinedDecoder = new InstrumentDefinedDecoder();
  private final RulebookAnnouncedEncoder rulebookAnnouncedEncoder = new RulebookAnnouncedEncoder();
  private final RulebookAnnouncedDecoder rulebookAnnouncedDecoder = new RulebookAnnouncedDecoder();
  private final RulebookInForceEncoder rulebookInForceEncoder = new RulebookInForceEncoder();
  private final RulebookInForceDecoder rulebookInForceDecoder = new RulebookInForceDecoder();
  private final AccountOpenedEncoder accountOpenedEncoder = new AccountOpenedEncoder();
  private final AccountOpenedDecoder accountOpenedDecoder = new AccountOpenedDecoder();
  private final AccountClosedEncoder accountClosedEncoder = new AccountClosedEncoder();
  private final AccountClosedDecoder accountClosedDecoder = new AccountClosedDecoder();
  private final PartyPolicySetEncoder partyPolicySetEncoder = new PartyPolicySetEncoder();
  private final PartyPolicySetDecoder partyPolicySetDecoder = new PartyPolicySetDecoder();
  private final LeverageSetEncoder leverageSetEncoder = new LeverageSetEncoder();
  private final LeverageSetDecoder leverageSetDecoder = new LeverageSetDecoder();
  private final PhaseSetEncoder phaseSetEncoder = new PhaseSetEncoder();
  private final PhaseSetDecoder phaseSetDecoder = new PhaseSetDecoder();
  private final InstrumentSettledEncoder instrumentSettledEncoder = new InstrumentSettledEncoder();
  private final InstrumentSettledDecoder instrumentSettledDecoder = new InstrumentSettledDecoder();
  private final AccountFrozenEncoder accountFrozenEncoder = new AccountFrozenEncoder();
  private final AccountFrozenDecoder accountFrozenDecoder = new AccountFrozenDecoder();
  private final InstrumentFrozenEncoder instrumentFrozenEncoder = new InstrumentFrozenEncoder();
  private final InstrumentFrozenDecoder instrumentFrozenDecoder = new InstrumentFrozenDecoder();
  private final AlarmRaisedEncoder alarmRaisedEncoder = new AlarmRaisedEncoder();
  private final AlarmRaisedDecoder alarmRaisedDecoder = new AlarmRaisedDecoder();

  int encode(Event.AssetDefined it, MutableDirectBuffer buffer, int offset) {
    AssetDefinedEncoder to =
        assetDefinedEncoder.wrapAndApplyHeader(buffer, offset, header).assetId(it.assetId());
    byte[] symbol = ValueBody.name(it.symbol(), "symbol");
    to.putSymbol(symbol, 0, symbol.length);
    return Frame.length(to);
  }

  Event.AssetDefined assetDefined(Frame frame) {
    AssetDefinedDecoder from = frame.body(assetDefinedDecoder);
    return new Event.AssetDefined(
        from.assetId(), frame.text("symbol", from.symbolLength(), from::getSymbol));
  }

  int encode(Event.InstrumentDefined it, MutableDirectBuffer buffer, int offset) {
    InstrumentDefinedEncoder to =
        instrumentDefinedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId());
    byte[] symbol = ValueBody.name(it.symbol(), "symbol");
    to.putSymbol(symbol, 0, symbol.length);
    return Frame.length(to);
  }

  Event.InstrumentDefined instrumentDefined(Frame frame) {
    InstrumentDefinedDecoder from = frame.body(instrumentDefinedDecoder);
    return new Event.InstrumentDefined(
        from.instrumentId(), frame.text("symbol", from.symbolLength(), from::getSymbol));
  }

  int encode(Event.RulebookAnnounced it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        rulebookAnnouncedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .rulebookId(it.rulebookId())
            .version(it.version())
            .effectiveTimeNs(it.effectiveTimeNs()));
  }

  Event.RulebookAnnounced rulebookAnnounced(Frame frame) {
    RulebookAnnouncedDecoder from = frame.body(rulebookAnnouncedDecoder);
    return new Event.RulebookAnnounced(from.rulebookId(), from.version(), from.effectiveTimeNs());
  }

  int encode(Event.RulebookInForce it, MutableDirectBuffer buffer, int offset) {
    RulebookInForceEncoder to =
        rulebookInForceEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .rulebookId(it.rulebookId())
            .version(it.version());
    byte[] name = ValueBody.name(it.name(), "name");
    to.putName(name, 0, name.length);
    return Frame.length(to);
  }

  Event.RulebookInForce rulebookInForce(Frame frame) {
    RulebookInForceDecoder from = frame.body(rulebookInForceDecoder);
    return new Event.RulebookInForce(
        from.rulebookId(), frame.text("name", from.nameLength(), from::getName), from.version());
  }

  int encode(Event.AccountOpened it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accountOpenedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .partyId(it.partyId())
            .rulebookId(it.rulebookId())
            .mode(WireEnums.ACCOUNT_MODE.code(it.mode()))
            .role(WireEnums.ACCOUNT_ROLE.code(it.role())));
  }

  Event.AccountOpened accountOpened(Frame frame) {
    AccountOpenedDecoder from = frame.body(accountOpenedDecoder);
    return new Event.AccountOpened(
        from.accountId(),
        from.partyId(),
        from.rulebookId(),
        WireEnums.ACCOUNT_MODE.constant(from.modeRaw(), "mode"),
        WireEnums.ACCOUNT_ROLE.constant(from.roleRaw(), "role"));
  }

  int encode(Event.AccountClosed it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accountClosedEncoder.wrapAndApplyHeader(buffer, offset, header).accountId(it.accountId()));
  }

  Event.AccountClosed accountClosed(Frame frame) {
    AccountClosedDecoder from = frame.body(accountClosedDecoder);
    return new Event.AccountClosed(from.accountId());
  }

  int encode(Event.PartyPolicySet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        partyPolicySetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .partyId(it.partyId())
            .siblingTopUp(ValueBody.flag(it.siblingTopUp())));
  }

  Event.PartyPolicySet partyPolicySet(Frame frame) {
    PartyPolicySetDecoder from = frame.body(partyPolicySetDecoder);
    return new Event.PartyPolicySet(
        from.partyId(), ValueBody.flag(from.siblingTopUpRaw(), "siblingTopUp"));
  }

  int encode(Event.LeverageSet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        leverageSetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .leverageE2(it.leverageE2()));
  }

  Event.LeverageSet leverageSet(Frame frame) {
    LeverageSetDecoder from = frame.body(leverageSetDecoder);
    return new Event.LeverageSet(from.accountId(), from.leverageE2());
  }

  int encode(Event.PhaseSet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        phaseSetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .phase(WireEnums.TRADING_PHASE.code(it.phase())));
  }

  Event.PhaseSet phaseSet(Frame frame) {
    PhaseSetDecoder from = frame.body(phaseSetDecoder);
    return new Event.PhaseSet(
        from.instrumentId(), WireEnums.TRADING_PHASE.constant(from.phaseRaw(), "phase"));
  }

  int encode(Event.InstrumentSettled it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        instrumentSettledEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .settlementPriceUnits(it.settlementPriceUnits()));
  }

  Event.InstrumentSettled instrumentSettled(Frame frame) {
    InstrumentSettledDecoder from = frame.body(instrumentSettledDecoder);
    return new Event.InstrumentSettled(from.instrumentId(), from.settlementPriceUnits());
  }

  int encode(Event.AccountFrozen it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accountFrozenEncoder.wrapAndApplyHeader(buffer, offset, header).accountId(it.accountId()));
  }

  Event.AccountFrozen accountFrozen(Frame frame) {
    AccountFrozenDecoder from = frame.body(accountFrozenDecoder);
    return new Event.AccountFrozen(from.accountId());
  }

  int encode(Event.InstrumentFrozen it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        instrumentFrozenEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId()));
  }

  Event.InstrumentFrozen instrumentFrozen(Frame frame) {
    InstrumentFrozenDecoder from = frame.body(instrumentFrozenDecoder);
    return new Event.InstrumentFrozen(from.instrumentId());
  }

  int encode(Event.AlarmRaised it, MutableDirectBuffer buffer, int offset) {
    AlarmRaisedEncoder to = alarmRaisedEncoder.wrapAndApplyHeader(buffer, offset, header);
    byte[] rule = ValueBody.sentence(it.rule());
    to.putRule(rule, 0, rule.length);
    return Frame.length(to);
  }

  Event.AlarmRaised alarmRaised(Frame frame) {
    AlarmRaisedDecoder from = frame.body(alarmRaisedDecoder);
    return new Event.AlarmRaised(frame.text("rule", from.ruleLength(), from::getRule));
  }
}
