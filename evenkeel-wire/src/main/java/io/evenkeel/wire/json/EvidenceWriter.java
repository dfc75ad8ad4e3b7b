package io.evenkeel.wire.json;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.TreeText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes assessments and the lines they are sums of.
final class EvidenceWriter {
  private final FigureWriter write;

  EvidenceWriter(Catalogue catalogue) {
    this.write = new FigureWriter(catalogue);
  }

  /// Puts zone, equity and levels.
  static void assessment(ObjectNode json, Assessment assessment) {
    json.put("zone", assessment.zone().name());
    value(json, "equity", assessment.equityE6());
    value(json, "initialEquity", assessment.initialEquityE6());
    value(json, "maintenanceMargin", assessment.maintenanceMarginE6());
    value(json, "initialMargin", assessment.initialMarginE6());
    MarginLevels levels = assessment.levels();
    ObjectNode named = json.putObject("levels");
    value(named, "maintenance", levels.maintenanceE6());
    value(named, "search", levels.searchE6());
    value(named, "initial", levels.initialE6());
    if (levels.releaseE6() == MarginLevels.NO_RELEASE) {
      named.putNull("release");
    } else {
      value(named, "release", levels.releaseE6());
    }
  }

  private static void value(ObjectNode json, String name, long valueE6) {
    json.put(name, Figures.text(valueE6, Asset.NUMERAIRE_SCALE));
  }

  /// Puts everything a decision was computed from.
  void write(ObjectNode json, Evidence evidence) {
    json.put("trigger", evidence.trigger().name());
    json.put("rulebookId", evidence.rulebookId());
    json.put("rulebookVersion", evidence.rulebookVersion());
    assessment(json, evidence.assessment());
    ArrayNode collateral = json.putArray("collateral");
    evidence.collateral().forEach(line -> collateral(collateral.addObject(), line));
    ArrayNode positions = json.putArray("positions");
    evidence.positions().forEach(line -> position(positions.addObject(), line));
    if (!evidence.terms().isEmpty()) {
      json.set("terms", TreeText.json(evidence.terms()));
    }
  }

  private void collateral(ObjectNode json, Evidence.CollateralLine line) {
    int asset = line.assetId();
    write.asset(json, "asset", asset);
    write.money(json, "balance", asset, line.balanceMinor());
    write.assetPrice(json, "price", asset, line.priceUnits());
    json.put("maintenanceWeight", line.maintenanceWeight().toString());
    json.put("initialWeight", line.initialWeight().toString());
    value(json, "maintenanceValue", line.maintenanceValueE6());
    value(json, "initialValue", line.initialValueE6());
    write.money(json, "profit", asset, line.profitMinor());
    value(json, "profitValue", line.profitValueE6());
    value(json, "initialProfitValue", line.initialProfitValueE6());
  }

  private void position(ObjectNode json, Evidence.PositionLine line) {
    int instrument = line.instrumentId();
    write.instrument(json, "instrument", instrument);
    write.quantity(json, "quantity", instrument, line.quantityUnits());
    write.cost(json, instrument, line.quantityUnits(), line.costTicks());
    write.price(json, "mark", instrument, line.markUnits());
    write.quantity(json, "buy", instrument, line.buyUnits());
    write.quantity(json, "sell", instrument, line.sellUnits());
    write.settlementMoney(json, "profit", instrument, line.profitMinor());
    value(json, "maintenanceNotional", line.maintenanceNotionalE6());
    value(json, "initialNotional", line.initialNotionalE6());
    value(json, "maintenanceMargin", line.maintenanceMarginE6());
    value(json, "initialMargin", line.initialMarginE6());
    write.side(json, "side", line.side());
  }
}
