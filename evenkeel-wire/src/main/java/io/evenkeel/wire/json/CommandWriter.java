package io.evenkeel.wire.json;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.SettlementAverage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes commands as `CommandReader` reads them.
final class CommandWriter {
  private static final int UNCERTAINTY_SCALE = 6;
  private static final int LEVERAGE_SCALE = 2;
  private static final long NO_PARTY = -1;
  private static final int NO_INSTRUMENT = -1;

  private final FigureWriter write;

  CommandWriter(Catalogue catalogue) {
    this.write = new FigureWriter(catalogue);
  }

  ObjectNode write(Command command) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (command) {
      case Command.DefineAsset it -> defineAsset(json, it.asset());
      case Command.DefineInstrument it -> defineInstrument(json, it);
      case Command.DefineRulebook it -> defineRulebook(json, it);
      case Command.OpenAccount it -> openAccount(json, it);
      case Command.CloseAccount it ->
          write.identifier(json.put("type", "closeAccount"), "account", it.accountId());
      case Command.SetPartyPolicy it ->
          write
              .identifier(json.put("type", "setPartyPolicy"), "party", it.partyId())
              .put("siblingTopUp", it.siblingTopUp());
      case Command.Deposit it -> {
        write.identifier(json.put("type", "deposit"), "party", it.partyId());
        amount(json, it.assetId(), it.amountMinor());
      }
      case Command.Withdraw it -> {
        write.identifier(json.put("type", "withdraw"), "party", it.partyId());
        amount(json, it.assetId(), it.amountMinor());
      }
      case Command.ContributeInsurance it ->
          amount(json.put("type", "contributeInsurance"), it.assetId(), it.amountMinor());
      case Command.Transfer it -> {
        write.identifier(json.put("type", "transfer"), "account", it.accountId());
        amount(json, it.assetId(), it.amountMinor());
        json.put("direction", it.direction().name());
      }
      case Command.SetLeverage it ->
          write
              .identifier(json.put("type", "setLeverage"), "account", it.accountId())
              .put("leverage", new Decimal(it.leverageE2(), LEVERAGE_SCALE).toString());
      case Command.SetOrderExposure it -> setOrderExposure(json, it);
      case Command.Fill it -> fill(json, it);
      case Command.MarkPrices it -> marks(json.put("type", "markPrices"), it.batch());
      case Command.ApplyFunding it ->
          write
              .instrument(json.put("type", "applyFunding"), "instrument", it.instrumentId())
              .put("rate", it.rate().toString());
      case Command.SettleInstrument it -> {
        write.instrument(json.put("type", "settleInstrument"), "instrument", it.instrumentId());
        write.price(json, "price", it.instrumentId(), it.settlementPriceUnits());
      }
      case Command.SettleExpiry it ->
          write
              .asset(json.put("type", "settleExpiry"), "underlying", it.underlyingAssetId())
              .put("expiry", Figures.time(it.expiryNs()))
              .put("price", it.settlementPrice().toString());
      case Command.SetPhase it ->
          write
              .instrument(json.put("type", "setPhase"), "instrument", it.instrumentId())
              .put("phase", it.phase().name());
      case Command.PublishFactors it -> factors(json, it);
      case Command.Reassess it -> reassess(json, it);
      case Command.AdvanceTime _ -> json.put("type", "advanceTime");
      default -> writeAccounting(json, command);
    }
    return json;
  }

  /// Charges, funds of instruments, lending and imports.
  private void writeAccounting(ObjectNode json, Command command) {
    switch (command) {
      case Command.SecureMargin it -> {
        write.identifier(json.put("type", "secureMargin"), "account", it.accountId());
        write.instrument(json, "instrument", it.instrumentId());
        write.price(json, "price", it.instrumentId(), it.priceUnits());
      }
      case Command.ChargeFee it -> chargeFee(json, it);
      case Command.ContributeInstrumentFund it -> {
        write.instrument(
            json.put("type", "contributeInstrumentFund"), "instrument", it.instrumentId());
        write.settlementMoney(json, "amount", it.instrumentId(), it.amountMinor());
      }
      case Command.CloseInstrumentFund it ->
          write.instrument(
              json.put("type", "closeInstrumentFund"), "instrument", it.instrumentId());
      case Command.Borrow it -> {
        write.identifier(json.put("type", "borrow"), "account", it.accountId());
        amount(json, it.assetId(), it.amountMinor());
      }
      case Command.BidInAuction it -> {
        write.identifier(json.put("type", "bidInAuction"), "account", it.accountId());
        write.identifier(json, "bidder", it.bidderAccountId());
        json.put("share", it.share().toString());
        write.asset(json, "asset", it.assetId());
        write.money(json, "maximumPayment", it.assetId(), it.maximumPaymentMinor());
      }
      case Command.AccrueInterest it ->
          write.asset(json.put("type", "accrueInterest"), "asset", it.assetId());
      case Command.ImportBalance it -> {
        write.identifier(json.put("type", "importBalance"), "account", it.accountId());
        amount(json, it.assetId(), it.amountMinor());
      }
      case Command.ImportPosition it -> importPosition(json, it);
      case Command.TransferPosition it -> transferPosition(json, it);
      case Command.BustTrade it -> bustTrade(json, it);
      case Command.CorrectTrade it -> correctTrade(json, it);
      case Command.SetAccountMode it -> setAccountMode(json, it);
      case Command.SetPositionMode it -> {
        write.identifier(json.put("type", "setPositionMode"), "account", it.accountId());
        json.put("mode", it.mode().name());
      }
      default -> throw new IllegalArgumentException(command + " is written elsewhere");
    }
  }

  private void amount(ObjectNode json, int assetId, long amountMinor) {
    write.asset(json, "asset", assetId);
    write.money(json, "amount", assetId, amountMinor);
  }

  private static void defineAsset(ObjectNode json, Asset asset) {
    json.put("type", "defineAsset");
    json.put("assetId", asset.assetId());
    json.put("symbol", asset.symbol());
    json.put("scale", asset.scale());
    json.put("maximumSupply", Figures.text(asset.maximumSupplyMinor(), asset.scale()));
    json.put("priceScale", asset.priceScale());
    json.put("initialPrice", Figures.text(asset.initialPriceUnits(), asset.priceScale()));
    json.put("maximumPrice", Figures.text(asset.maximumPriceUnits(), asset.priceScale()));
  }

  private void defineInstrument(ObjectNode json, Command.DefineInstrument it) {
    LinearContract contract =
        switch (it.instrument()) {
          case LinearContract linear -> linear;
        };
    json.put("type", "defineInstrument");
    json.put("instrumentId", contract.instrumentId());
    json.put("symbol", contract.symbol());
    json.put("kind", contract.kind().name());
    write.asset(json, "settlementAsset", contract.settlementAssetId());
    json.put("variation", contract.variation().name());
    json.put("contractSize", Long.toString(contract.contractSize()));
    json.put("priceScale", contract.priceScale());
    int quantityScale = contract.quantityScale();
    json.put("quantityScale", quantityScale);
    json.put("lotSize", Figures.text(contract.lotSize(), quantityScale));
    if (!contract.equals(contract.withUsualPrices())) {
      json.put("minimumPrice", Figures.text(contract.minimumPriceUnits(), contract.priceScale()));
    }
    json.put("maximumPrice", Figures.text(contract.maximumPriceUnits(), contract.priceScale()));
    json.put("maximumPosition", Figures.text(contract.maximumPositionUnits(), quantityScale));
    json.put(
        "maximumOpenInterest", Figures.text(contract.maximumOpenInterestUnits(), quantityScale));
    terms(json, contract.terms());
  }

  private void terms(ObjectNode json, ContractTerms terms) {
    if (terms.underlyingAssetId() != ContractTerms.NO_UNDERLYING) {
      write.asset(json, "underlying", terms.underlyingAssetId());
    }
    if (terms.expiryNs() != 0) {
      json.put("expiry", Figures.time(terms.expiryNs()));
    }
    if (terms.inverse()) {
      json.put("inverse", true);
    }
    OptionTerms option = terms.option();
    if (option != null) {
      json.put("right", option.right().name());
      json.put("strike", option.strike().toString());
    }
    SettlementAverage average = terms.average();
    if (average != null) {
      json.put("settlementWindowSeconds", Figures.seconds(average.windowNs()));
      json.put("leastCoverage", average.leastCoverage().toString());
    }
  }

  private void factors(ObjectNode json, Command.PublishFactors it) {
    json.put("type", "publishFactors");
    ArrayNode factors = json.putArray("factors");
    for (FactorValue factor : it.factors()) {
      ObjectNode each = factors.addObject();
      each.put("kind", factor.kind().name());
      if (factor.kind().subject() == FactorKind.Subject.ASSET) {
        write.asset(each, "asset", factor.subjectId());
      } else {
        write.instrument(each, "instrument", factor.subjectId());
      }
      if (factor.expiryNs() != 0) {
        each.put("expiry", Figures.time(factor.expiryNs()));
      }
      each.put("value", factor.value().toString());
    }
  }

  private void chargeFee(ObjectNode json, Command.ChargeFee it) {
    write.identifier(json.put("type", "chargeFee"), "account", it.accountId());
    amount(json, it.assetId(), it.amountMinor());
    if (it.receivingPartyId() != NO_PARTY) {
      write.identifier(json, "receivingParty", it.receivingPartyId());
    }
    if (it.instrumentId() != NO_INSTRUMENT) {
      write.instrument(json, "instrument", it.instrumentId());
    }
  }

  private void importPosition(ObjectNode json, Command.ImportPosition it) {
    write.instrument(json.put("type", "importPosition"), "instrument", it.instrumentId());
    write.identifier(json, "long", it.longAccountId());
    write.identifier(json, "short", it.shortAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.ticks(json, "longCost", it.instrumentId(), it.longCostTicks());
  }

  private void transferPosition(ObjectNode json, Command.TransferPosition it) {
    write.instrument(json.put("type", "transferPosition"), "instrument", it.instrumentId());
    write.identifier(json, "from", it.fromAccountId());
    write.identifier(json, "to", it.toAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    json.put("basis", it.basis().name());
    if (it.priceUnits() != 0) {
      write.price(json, "price", it.instrumentId(), it.priceUnits());
    }
    write.side(json, "fromSide", it.fromSide());
  }

  private void bustTrade(ObjectNode json, Command.BustTrade it) {
    write.instrument(json.put("type", "bustTrade"), "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "buyerFee", it.instrumentId(), it.buyerFeeMinor());
    write.settlementMoney(json, "sellerFee", it.instrumentId(), it.sellerFeeMinor());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void correctTrade(ObjectNode json, Command.CorrectTrade it) {
    write.instrument(json.put("type", "correctTrade"), "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.price(json, "correctedPrice", it.instrumentId(), it.correctedPriceUnits());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void setAccountMode(ObjectNode json, Command.SetAccountMode it) {
    write.identifier(json.put("type", "setAccountMode"), "account", it.accountId());
    json.put("rulebookId", it.rulebookId());
    json.put("mode", it.mode().name());
    if (it.isolatedInstrumentId() >= 0) {
      write.instrument(json, "instrument", it.isolatedInstrumentId());
    }
  }

  private static void defineRulebook(ObjectNode json, Command.DefineRulebook it) {
    json.put("type", "defineRulebook");
    json.put("rulebookId", it.rulebookId());
    json.put("name", it.rulebook().name());
    json.put("version", it.rulebook().version());
    json.put("effectiveTime", Figures.time(it.effectiveTimeNs()));
  }

  private void openAccount(ObjectNode json, Command.OpenAccount it) {
    json.put("type", "openAccount");
    write.identifier(json, "account", it.accountId());
    write.identifier(json, "party", it.partyId());
    json.put("rulebookId", it.rulebookId());
    json.put("mode", it.mode().name());
    if (it.isolatedInstrumentId() >= 0) {
      write.instrument(json, "instrument", it.isolatedInstrumentId());
    }
    json.put("role", it.role().name());
  }

  private void setOrderExposure(ObjectNode json, Command.SetOrderExposure it) {
    json.put("type", "setOrderExposure");
    write.identifier(json, "account", it.accountId());
    write.instrument(json, "instrument", it.instrumentId());
    write.quantity(json, "buyQuantity", it.instrumentId(), it.buyUnits());
    write.quantity(json, "sellQuantity", it.instrumentId(), it.sellUnits());
    write.notional(json, "buyNotional", it.instrumentId(), it.buyNotional());
    write.notional(json, "sellNotional", it.instrumentId(), it.sellNotional());
    write.side(json, "side", it.side());
  }

  private void fill(ObjectNode json, Command.Fill it) {
    json.put("type", "fill");
    write.instrument(json, "instrument", it.instrumentId());
    write.identifier(json, "buyer", it.buyerAccountId());
    write.identifier(json, "seller", it.sellerAccountId());
    write.quantity(json, "quantity", it.instrumentId(), it.quantityUnits());
    write.price(json, "price", it.instrumentId(), it.priceUnits());
    write.settlementMoney(json, "buyerFee", it.instrumentId(), it.buyerFeeMinor());
    write.settlementMoney(json, "sellerFee", it.instrumentId(), it.sellerFeeMinor());
    json.put("buyerOrder", it.buyerOrder());
    json.put("sellerOrder", it.sellerOrder());
    write.side(json, "buyerSide", it.buyerSide());
    write.side(json, "sellerSide", it.sellerSide());
  }

  private void marks(ObjectNode json, MarkBatch batch) {
    ArrayNode marks = json.putArray("marks");
    for (int i = 0; i < batch.size(); i++) {
      ObjectNode mark = marks.addObject();
      write.target(mark, batch.target(i), batch.id(i));
      write.price(mark, "price", batch.target(i), batch.id(i), batch.priceUnits(i));
      mark.put("time", Figures.time(batch.timeNs(i)));
      if (batch.uncertaintyE6(i) != 0) {
        mark.put("uncertainty", Figures.text(batch.uncertaintyE6(i), UNCERTAINTY_SCALE));
      }
    }
  }

  private static void reassess(ObjectNode json, Command.Reassess it) {
    json.put("type", "reassess");
    if (!it.accountIds().isEmpty()) {
      ArrayNode accounts = json.putArray("accounts");
      it.accountIds().forEach(accountId -> accounts.add(Long.toString(accountId)));
    }
    json.put("mayClose", it.mayClose());
  }
}
