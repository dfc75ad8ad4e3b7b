package io.evenkeel.gateway;

import io.evenkeel.gateway.ReaderDesk.Reading;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.reader.AverageReading;
import io.evenkeel.reader.PriceReading;
import io.evenkeel.reader.Venue;
import io.evenkeel.reader.VenueTotals;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.words.UnknownReference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The venue as a whole, and its prices.
final class VenueReadings {
  private final ReaderDesk desk;

  VenueReadings(ReaderDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/venue", this::venue, "atLeast"),
        Route.get("/v1/prices", this::prices, "atLeast"));
  }

  private Reply venue(Exchange exchange) throws InterruptedException {
    Reading<VenueTotals> reading = desk.read(exchange, Venue::totals);
    ObjectNode json = reading.begin();
    return Reply.json(json.setAll(totals(reading.value(), reading.catalogue())));
  }

  private static ObjectNode totals(VenueTotals totals, Catalogue catalogue) {
    ObjectNode json = Json.object();
    json.put("parties", totals.parties());
    json.put("accounts", totals.accounts());
    ObjectNode zones = json.putObject("zones");
    for (Zone zone : Zone.values()) {
      zones.put(zone.name(), totals.zoneCounts()[zone.ordinal()]);
    }
    json.put("openCalls", totals.openCalls());
    json.set("insuranceFund", amounts(totals.insuranceMinor(), catalogue));
    json.set("fees", amounts(totals.feesMinor(), catalogue));
    json.set("badDebt", amounts(totals.badDebtMinor(), catalogue));
    json.set("deposits", amounts(totals.depositedMinor(), catalogue));
    Assessment backstop = totals.backstop();
    if (backstop == null) {
      json.putNull("backstop");
    } else {
      ObjectNode stated = json.putObject("backstop");
      stated.put("account", Json.number(totals.backstopAccountId()));
      stated.setAll(EventJson.write(backstop));
    }
    json.set("conservation", conservation(totals.conservation()));
    return json;
  }

  /// What the last check that money is conserved found.
  static ObjectNode conservation(VenueTotals.Conservation conservation) {
    ObjectNode json = Json.object();
    json.put("conserved", conservation.breaches().isEmpty());
    json.put("checkedEvent", Json.number(conservation.checkedEventNumber()));
    long checkedNs = conservation.checkedTimeNs();
    Json.putOrNull(json, "checkedTime", checkedNs != 0, Json.time(checkedNs));
    ArrayNode breaches = json.putArray("breaches");
    conservation.breaches().forEach(breaches::add);
    return json;
  }

  /// Amounts by asset, in whole units by symbol.
  static ObjectNode amounts(Map<Integer, Long> amountsMinor, Catalogue catalogue) {
    ObjectNode json = Json.object();
    new TreeMap<>(amountsMinor)
        .forEach((assetId, amountMinor) -> {
          Asset asset = UnknownReference.asset(catalogue, assetId);
          json.put(asset.symbol(), Json.decimal(amountMinor, asset.scale()));
        });
    return json;
  }

  private Reply prices(Exchange exchange) throws InterruptedException {
    Reading<List<PriceReading>> reading = desk.read(exchange, Venue::prices);
    ObjectNode json = reading.begin();
    ArrayNode prices = json.putArray("prices");
    reading.value().forEach(price -> prices.add(price(price, reading.catalogue())));
    return Reply.json(json);
  }

  private static ObjectNode price(PriceReading price, Catalogue catalogue) {
    ObjectNode json = Json.object();
    boolean isKnown = price.priceUnits() != 0;
    if (price.target() == Target.ASSET) {
      Asset asset = UnknownReference.asset(catalogue, price.id());
      json.put("asset", asset.symbol());
      Json.putOrNull(json, "price", isKnown, Json.decimal(price.priceUnits(), asset.priceScale()));
    } else {
      LinearContract contract = contract(UnknownReference.instrument(catalogue, price.id()));
      json.put("instrument", contract.symbol());
      Json.putOrNull(
          json, "price", isKnown, Json.decimal(price.priceUnits(), contract.priceScale()));
      json.put("openInterest", Json.decimal(price.openInterestUnits(), contract.quantityScale()));
      json.put("phase", price.phase().name());
      if (price.average() != null) {
        json.set("settlementAverage", average(price.average(), contract, catalogue));
      }
    }
    Json.putOrNull(json, "time", price.timeNs() != 0, Json.time(price.timeNs()));
    json.put("degraded", price.isDegraded());
    json.put("lost", price.isLost());
    json.put("frozen", price.isFrozen());
    json.put("settled", price.isSettled());
    return json;
  }

  private static ObjectNode average(
      AverageReading average, LinearContract contract, Catalogue catalogue) {
    ContractTerms terms = contract.terms();
    Asset underlying = UnknownReference.asset(catalogue, terms.underlyingAssetId());
    ObjectNode json = Json.object();
    Json.putOrNull(
        json,
        "average",
        average.coveredNs() > 0,
        Json.decimal(average.averagePriceUnits(), underlying.priceScale()));
    json.put("coveredSeconds", Json.seconds(average.coveredNs()));
    json.put("observations", Long.toString(average.observations()));
    if (average.stated() != null) {
      json.put("stated", average.stated().toString());
    }
    json.put("over", average.isOver());
    return json;
  }

  private static LinearContract contract(Instrument instrument) {
    return switch (instrument) {
      case LinearContract contract -> contract;
    };
  }
}
