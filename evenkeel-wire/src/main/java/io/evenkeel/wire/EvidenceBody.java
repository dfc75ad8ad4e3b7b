package io.evenkeel.wire;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.Evidence.CollateralLine;
import io.evenkeel.model.event.Evidence.PositionLine;
import io.evenkeel.wire.sbe.AssessmentDecoder;
import io.evenkeel.wire.sbe.AssessmentEncoder;
import io.evenkeel.wire.sbe.CollateralLineDecoder;
import io.evenkeel.wire.sbe.CollateralLineEncoder;
import io.evenkeel.wire.sbe.DecisionBasisDecoder;
import io.evenkeel.wire.sbe.DecisionBasisEncoder;
import io.evenkeel.wire.sbe.MarginLevelsDecoder;
import io.evenkeel.wire.sbe.PositionLineDecoder;
import io.evenkeel.wire.sbe.PositionLineEncoder;
import io.evenkeel.wire.sbe.SourcedAmountDecoder;
import io.evenkeel.wire.sbe.SourcedAmountEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What decisions were computed from. The lines are repeating groups of each message, so the loops
/// over them are there and the lines are here.
final class EvidenceBody {
  private EvidenceBody() {}

  static void put(Assessment it, AssessmentEncoder to) {
    to.zone(WireEnums.ZONE.code(it.zone()))
        .equityE6(it.equityE6())
        .initialEquityE6(it.initialEquityE6())
        .maintenanceMarginE6(it.maintenanceMarginE6())
        .initialMarginE6(it.initialMarginE6());
    to.levels()
        .maintenanceE6(it.levels().maintenanceE6())
        .searchE6(it.levels().searchE6())
        .initialE6(it.levels().initialE6())
        .releaseE6(it.levels().releaseE6());
  }

  static Assessment assessment(AssessmentDecoder from) {
    MarginLevelsDecoder levels = from.levels();
    return new Assessment(
        WireEnums.ZONE.constant(from.zoneRaw(), "zone"),
        from.equityE6(),
        from.initialEquityE6(),
        from.maintenanceMarginE6(),
        from.initialMarginE6(),
        new MarginLevels(
            levels.maintenanceE6(), levels.searchE6(), levels.initialE6(), levels.releaseE6()));
  }

  static void putBasis(Evidence it, DecisionBasisEncoder to) {
    to.trigger(WireEnums.TRIGGER.code(it.trigger()))
        .rulebookId(it.rulebookId())
        .rulebookVersion(it.rulebookVersion());
    put(it.assessment(), to.assessment());
  }

  static byte[] terms(Evidence it) {
    return TreeText.of(it.terms()).getBytes(StandardCharsets.UTF_8);
  }

  static Evidence evidence(
      DecisionBasisDecoder basis,
      List<CollateralLine> collateral,
      List<PositionLine> positions,
      String terms) {
    return new Evidence(
        WireEnums.TRIGGER.constant(basis.triggerRaw(), "trigger"),
        basis.rulebookId(),
        basis.rulebookVersion(),
        assessment(basis.assessment()),
        collateral,
        positions,
        TreeText.terms(terms, "terms"));
  }

  static void put(CollateralLine it, CollateralLineEncoder to) {
    to.assetId(it.assetId()).balanceMinor(it.balanceMinor()).priceUnits(it.priceUnits());
    ValueBody.put(it.maintenanceWeight(), to.maintenanceWeight());
    ValueBody.put(it.initialWeight(), to.initialWeight());
    to.maintenanceValueE6(it.maintenanceValueE6())
        .initialValueE6(it.initialValueE6())
        .profitMinor(it.profitMinor())
        .profitValueE6(it.profitValueE6())
        .initialProfitValueE6(it.initialProfitValueE6());
  }

  static CollateralLine collateralLine(CollateralLineDecoder from) {
    return new CollateralLine(
        from.assetId(),
        from.balanceMinor(),
        from.priceUnits(),
        ValueBody.decimal(from.maintenanceWeight(), "maintenanceWeight"),
        ValueBody.decimal(from.initialWeight(), "initialWeight"),
        from.maintenanceValueE6(),
        from.initialValueE6(),
        from.profitMinor(),
        from.profitValueE6(),
        from.initialProfitValueE6());
  }

  static void put(PositionLine it, PositionLineEncoder to) {
    to.instrumentId(it.instrumentId())
        .quantityUnits(it.quantityUnits())
        .costTicks(it.costTicks())
        .markUnits(it.markUnits())
        .buyUnits(it.buyUnits())
        .sellUnits(it.sellUnits())
        .profitMinor(it.profitMinor())
        .maintenanceNotionalE6(it.maintenanceNotionalE6())
        .initialNotionalE6(it.initialNotionalE6())
        .maintenanceMarginE6(it.maintenanceMarginE6())
        .initialMarginE6(it.initialMarginE6());
  }

  static PositionLine positionLine(PositionLineDecoder from, PositionSide side) {
    return new PositionLine(
        from.instrumentId(),
        from.quantityUnits(),
        from.costTicks(),
        from.markUnits(),
        from.buyUnits(),
        from.sellUnits(),
        from.profitMinor(),
        from.maintenanceNotionalE6(),
        from.initialNotionalE6(),
        from.maintenanceMarginE6(),
        from.initialMarginE6(),
        side);
  }

  static void put(SourcedAmount it, SourcedAmountEncoder to) {
    ValueBody.put(it.source(), to.source());
    to.assetId(it.assetId()).amountMinor(it.amountMinor());
  }

  static SourcedAmount sourcedAmount(SourcedAmountDecoder from) {
    return new SourcedAmount(
        ValueBody.ledgerAccount(from.source(), "source"), from.assetId(), from.amountMinor());
  }
}
