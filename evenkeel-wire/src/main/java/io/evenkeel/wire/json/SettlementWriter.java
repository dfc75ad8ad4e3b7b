package io.evenkeel.wire.json;

import io.evenkeel.model.event.Event;
import tools.jackson.databind.node.ObjectNode;

/// Events about the prices at which contracts end, as JSON.
final class SettlementWriter {
  private SettlementWriter() {}

  static void stated(FigureWriter write, ObjectNode json, Event.SettlementPriceStated it) {
    write.asset(json, "underlying", it.underlyingAssetId());
    write.time(json, "expiry", it.expiryNs());
    json.put("settlementPrice", it.settlementPrice().toString());
  }

  static void averaged(FigureWriter write, ObjectNode json, Event.SettlementAveraged it) {
    write.asset(json, "underlying", it.underlyingAssetId());
    write.time(json, "expiry", it.expiryNs());
    json.put("windowSeconds", Figures.seconds(it.windowNs()));
    write.assetPrice(json, "averagePrice", it.underlyingAssetId(), it.averagePriceUnits());
    json.put("coveredSeconds", Figures.seconds(it.coveredNs()));
    json.put("observations", Long.toString(it.observations()));
    json.put("result", it.result().name());
  }
}
