package io.evenkeel.wire.json;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.wire.words.UnknownReference;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/// Puts figures into objects: symbols for ids, whole units for scaled integers. Nothing is rounded.
final class FigureWriter {
  private final Catalogue catalogue;

  FigureWriter(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// A number that may pass 2^53.
  ObjectNode identifier(ObjectNode json, String name, long identifier) {
    return json.put(name, Long.toString(identifier));
  }

  ObjectNode asset(ObjectNode json, String name, int assetId) {
    return json.put(name, asset(assetId).symbol());
  }

  /// A side, where an account has sides.
  void side(ObjectNode json, String name, PositionSide side) {
    if (side != PositionSide.NET) {
      json.put(name, side.name());
    }
  }

  ObjectNode instrument(ObjectNode json, String name, int instrumentId) {
    return json.put(name, contract(instrumentId).symbol());
  }

  /// An instrument or asset under the name of what it is.
  ObjectNode target(ObjectNode json, Target target, int id) {
    return switch (target) {
      case INSTRUMENT -> instrument(json, "instrument", id);
      case ASSET -> asset(json, "asset", id);
    };
  }

  ObjectNode money(ObjectNode json, String name, int assetId, long amountMinor) {
    return json.put(name, Figures.text(amountMinor, asset(assetId).scale()));
  }

  ObjectNode settlementMoney(ObjectNode json, String name, int instrumentId, long amountMinor) {
    return money(json, name, contract(instrumentId).settlementAssetId(), amountMinor);
  }

  ObjectNode quantity(ObjectNode json, String name, int instrumentId, long units) {
    return json.put(name, Figures.text(units, contract(instrumentId).quantityScale()));
  }

  ObjectNode price(ObjectNode json, String name, int instrumentId, long priceUnits) {
    return price(json, name, Target.INSTRUMENT, instrumentId, priceUnits);
  }

  ObjectNode price(ObjectNode json, String name, Target target, int id, long priceUnits) {
    int scale =
        switch (target) {
          case INSTRUMENT -> contract(id).priceScale();
          case ASSET -> asset(id).priceScale();
        };
    return json.put(name, Figures.text(priceUnits, scale));
  }

  ObjectNode assetPrice(ObjectNode json, String name, int assetId, long priceUnits) {
    return price(json, name, Target.ASSET, assetId, priceUnits);
  }

  /// A value in the numeraire.
  ObjectNode value(ObjectNode json, String name, long valueE6) {
    return json.put(name, Figures.text(valueE6, Asset.NUMERAIRE_SCALE));
  }

  ObjectNode time(ObjectNode json, String name, long timeNs) {
    return json.put(name, Figures.time(timeNs));
  }

  /// A count of price units times quantity units in the settlement currency, contract size
  /// included; of an inverse future a count of ticks.
  ObjectNode notional(ObjectNode json, String name, int instrumentId, long notionalUnits) {
    LinearContract contract = contract(instrumentId);
    if (contract.isInverseFuture()) {
      return ticks(json, name, instrumentId, notionalUnits);
    }
    BigDecimal notional =
        BigDecimal.valueOf(notionalUnits, contract.priceScale() + contract.quantityScale())
            .multiply(BigDecimal.valueOf(contract.contractSize()));
    return json.put(name, notional.toPlainString());
  }

  /// Cost and entry price of a position.
  ///
  /// @param costTicks in ticks of the instrument, with the sign of the quantity
  void cost(ObjectNode json, int instrumentId, long quantityUnits, long costTicks) {
    LinearContract contract = contract(instrumentId);
    BigDecimal cost = ticks(contract, costTicks);
    json.put("cost", cost.toPlainString());
    json.put(
        "entryPrice",
        Figures.entryPrice(
            contract, cost, BigDecimal.valueOf(quantityUnits, contract.quantityScale())));
  }

  /// Ticks of an instrument as money of its settlement asset, exactly.
  ObjectNode ticks(ObjectNode json, String name, int instrumentId, long ticks) {
    return json.put(name, ticks(contract(instrumentId), ticks).toPlainString());
  }

  private BigDecimal ticks(LinearContract contract, long ticks) {
    int moneyScale = asset(contract.settlementAssetId()).scale();
    return BigDecimal.valueOf(ticks, contract.tickScale(moneyScale).decimalPlaces(moneyScale));
  }

  /// A ledger account as an object with one field that says what kind it is.
  void place(ObjectNode json, String name, LedgerAccount account) {
    ObjectNode place = json.putObject(name);
    switch (account) {
      case LedgerAccount.Wallet it -> identifier(place, "wallet", it.partyId());
      case LedgerAccount.Margin it -> identifier(place, "margin", it.accountId());
      case LedgerAccount.InstrumentFund it ->
          instrument(place, "instrumentFund", it.instrumentId());
      case LedgerAccount.Clearing it -> instrument(place, "clearing", it.instrumentId());
      case LedgerAccount.House it -> place.put("house", it.account().name());
    }
  }

  private Asset asset(int assetId) {
    return UnknownReference.asset(catalogue, assetId);
  }

  private LinearContract contract(int instrumentId) {
    return switch (UnknownReference.instrument(catalogue, instrumentId)) {
      case LinearContract contract -> contract;
    };
  }
}
