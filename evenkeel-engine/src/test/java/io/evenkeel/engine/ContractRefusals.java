package io.evenkeel.engine;

import static io.evenkeel.engine.RefusalWorld.DEGRADED;
import static io.evenkeel.engine.RefusalWorld.FROZEN;
import static io.evenkeel.engine.RefusalWorld.NOWHERE;
import static io.evenkeel.engine.RefusalWorld.SETTLED;
import static io.evenkeel.engine.RefusalWorld.UNMARKED;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.CASH;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.model.command.RefusalReason.BATCH_TOO_LARGE;
import static io.evenkeel.model.command.RefusalReason.DUPLICATE_MARK;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_FROZEN;
import static io.evenkeel.model.command.RefusalReason.INSTRUMENT_SETTLED;
import static io.evenkeel.model.command.RefusalReason.INVALID_PRICE;
import static io.evenkeel.model.command.RefusalReason.INVALID_RATE;
import static io.evenkeel.model.command.RefusalReason.MARKET_DATA_DEGRADED;
import static io.evenkeel.model.command.RefusalReason.NOT_A_PERPETUAL;
import static io.evenkeel.model.command.RefusalReason.NOT_EXPIRED;
import static io.evenkeel.model.command.RefusalReason.NO_MARK_PRICE;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_ASSET;
import static io.evenkeel.model.command.RefusalReason.UNKNOWN_INSTRUMENT;

import io.evenkeel.engine.RefusalTest.Row;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.SetPhase;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;

/// What is refused of marks, funding, settlement and phases.
final class ContractRefusals {
  private ContractRefusals() {}

  static List<Row> rows() {
    return List.of(
        Row.of(BATCH_TOO_LARGE, "before unknown", marks(NOWHERE, NOWHERE, NOWHERE, NOWHERE)),
        Row.of(UNKNOWN_INSTRUMENT, "before the duplicate that follows", marks(NOWHERE, PERP, PERP)),
        Row.of(DUPLICATE_MARK, "before the unknown that follows", marks(PERP, PERP, NOWHERE)),
        Row.of(UNKNOWN_ASSET, "of an asset", assetMarks(NOWHERE, USD, USD)),
        Row.of(DUPLICATE_MARK, "of an asset", assetMarks(USD, USD)),
        Row.of(UNKNOWN_INSTRUMENT, "before rate", funding(NOWHERE, "2")),
        Row.of(INSTRUMENT_FROZEN, "before rate", funding(FROZEN, "2")),
        Row.of(INSTRUMENT_SETTLED, "before rate", funding(SETTLED, "2")),
        Row.of(NOT_A_PERPETUAL, "before rate", funding(CASH, "2")),
        Row.of(INVALID_RATE, "above 1, before mark", funding(UNMARKED, "1.000000000000000001")),
        Row.of(INVALID_RATE, "below -1, before degraded", funding(DEGRADED, "-1.1")),
        Row.of(NO_MARK_PRICE, "never marked", funding(UNMARKED, "0.01")),
        Row.of(MARKET_DATA_DEGRADED, "the instrument", funding(DEGRADED, "0.01")),
        Row.of(UNKNOWN_INSTRUMENT, "before price", new SettleInstrument(NOWHERE, 0)),
        Row.of(INSTRUMENT_FROZEN, "before price", new SettleInstrument(FROZEN, 0)),
        Row.of(INSTRUMENT_SETTLED, "before price", new SettleInstrument(SETTLED, 0)),
        Row.of(INVALID_PRICE, "none", new SettleInstrument(PERP, 0)),
        Row.of(INVALID_PRICE, "negative", new SettleInstrument(PERP, -1)),
        Row.of(INVALID_PRICE, "beyond the maximum", new SettleInstrument(PERP, 10_000_001)),
        Row.of(UNKNOWN_ASSET, "before price", new SettleExpiry(NOWHERE, 0, Decimal.ZERO)),
        Row.of(UNKNOWN_INSTRUMENT, "before price", new SettleExpiry(BTC, 1, Decimal.ZERO)),
        Row.of(NOT_EXPIRED, "before price", new SettleExpiry(BTC, Long.MAX_VALUE, Decimal.ZERO)),
        Row.of(UNKNOWN_INSTRUMENT, "no such", new SetPhase(NOWHERE, TradingPhase.HALTED)),
        Row.of(INSTRUMENT_FROZEN, "frozen", new SetPhase(FROZEN, TradingPhase.HALTED)),
        Row.of(INSTRUMENT_SETTLED, "settled", new SetPhase(SETTLED, TradingPhase.HALTED)));
  }

  private static Command marks(int... instruments) {
    return batch(Target.INSTRUMENT, instruments);
  }

  private static Command assetMarks(int... assets) {
    return batch(Target.ASSET, assets);
  }

  private static Command batch(Target target, int... ids) {
    MarkBatch.Builder builder = MarkBatch.builder();
    for (int id : ids) {
      builder.add(target, id, 100_000, RulebookSketch.HOUR_NS);
    }
    return new Command.MarkPrices(builder.build());
  }

  private static Command funding(int instrument, String rate) {
    return new Command.ApplyFunding(instrument, RulebookSketch.decimal(rate));
  }
}
