package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.RefusalReason.ALREADY_DEFINED;
import static io.evenkeel.model.command.RefusalReason.INVALID_IDENTIFIER;
import static io.evenkeel.model.command.RefusalReason.LIMIT_REACHED;
import static io.evenkeel.model.command.RefusalReason.RULEBOOK_NAMES_UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.SYMBOL_TAKEN;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.VALUE_TOO_LARGE;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import java.util.List;

/// What definitions are refused for.
final class ReferenceRefusals {
  private static final int UNKNOWN = RefusalWorld.NOWHERE;

  private ReferenceRefusals() {}

  static List<Row> rows() {
    return List.of(
        Row.of(ALREADY_DEFINED, "id taken", asset(USD, "NEW")),
        Row.full(ALREADY_DEFINED, "id taken, before symbol and limit", asset(USD, "USD")),
        Row.of(SYMBOL_TAKEN, "symbol taken", asset(UNKNOWN, "USD")),
        Row.full(SYMBOL_TAKEN, "symbol taken, before limit", asset(UNKNOWN, "USD")),
        Row.full(LIMIT_REACHED, "one too many", asset(UNKNOWN, "NEW")),
        Row.of(ALREADY_DEFINED, "id taken", contract(PERP, "NEW", USD, 4, 1_000)),
        Row.full(
            ALREADY_DEFINED,
            "id taken, before symbol, limit and asset",
            contract(PERP, "PERP", UNKNOWN, 4, 1_000)),
        Row.of(SYMBOL_TAKEN, "symbol taken", contract(UNKNOWN, "PERP", USD, 4, 1_000)),
        Row.full(
            SYMBOL_TAKEN,
            "symbol taken, before limit and asset",
            contract(UNKNOWN, "PERP", UNKNOWN, 4, 1_000)),
        Row.full(
            LIMIT_REACHED,
            "one too many, before asset",
            contract(UNKNOWN, "NEW", UNKNOWN, 4, 1_000)),
        Row.of(
            UNKNOWN_ASSET,
            "settlement asset unknown, before size",
            contract(UNKNOWN, "NEW", UNKNOWN, 4, 10_000_000_000L)),
        Row.of(UNKNOWN_ASSET, "underlying of an average unknown, before size", averaged()),
        // 10^18 price-quantity units of 10 ticks each do not fit
        Row.of(
            VALUE_TOO_LARGE, "ticks do not fit", contract(UNKNOWN, "NEW", USD, 3, 10_000_000_000L)),
        // 10^18 ticks fit, but are worth 2 x 10^18 millionths at the dearest dollar
        Row.of(
            VALUE_TOO_LARGE, "worth too much", contract(UNKNOWN, "NEW", USD, 4, 10_000_000_000L)),
        Row.of(INVALID_IDENTIFIER, "negative", rulebook(-1, 2, "USD")),
        Row.full(INVALID_IDENTIFIER, "too large, before limit", rulebook(65_536, 2, "NONE")),
        Row.full(LIMIT_REACHED, "one too many, before names", rulebook(8, 1, "NONE")),
        Row.of(ALREADY_DEFINED, "version in force, before names", rulebook(RULES, 1, "NONE")),
        Row.full(ALREADY_DEFINED, "version in force at the limit", rulebook(RULES, 1, "USD")),
        Row.of(RULEBOOK_NAMES_UNKNOWN_ASSET, "new rulebook", rulebook(8, 1, "NONE")),
        Row.of(RULEBOOK_NAMES_UNKNOWN_ASSET, "new version", rulebook(RULES, 2, "NONE")));
  }

  private static Command asset(int id, String symbol) {
    return new Command.DefineAsset(new Asset(id, symbol, 6, 1, 6, 1, 1));
  }

  private static Command contract(
      int id, String symbol, int settlementAsset, int quantityScale, long mostUnits) {
    return new Command.DefineInstrument(
        new LinearContract(
            id,
            symbol,
            ContractKind.PERPETUAL,
            settlementAsset,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            2,
            quantityScale,
            1,
            100_000_000,
            mostUnits,
            mostUnits));
  }

  private static Command averaged() {
    return new Command.DefineInstrument(
        new LinearContract(
            UNKNOWN,
            "NEW",
            ContractKind.DATED_FUTURE,
            USD,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            2,
            4,
            1,
            100_000_000,
            10_000_000_000L,
            10_000_000_000L,
            new ContractTerms(
                UNKNOWN, Long.MAX_VALUE, false, null, new SettlementAverage(1, Decimal.ONE))));
  }

  private static Command rulebook(int id, int version, String thirdAsset) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = version;
    if (!thirdAsset.equals("USD")) {
      sketch.collateral.add(RulebookSketch.terms(thirdAsset, "1", "1", "1", 0, "0"));
    }
    return new Command.DefineRulebook(id, sketch.build(), 0);
  }
}
