package io.evenkeel.wire.json;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.List;

/// Two assets and three contracts of different scales and sizes.
public final class SampleVenue {
  static final Asset USDT =
      new Asset(0, "USDT", 6, 10_000_000_000_000_000L, 6, 1_000_000, 1_250_000);
  static final Asset BTC = new Asset(1, "BTC", 8, 10_000_000_000_000L, 2, 11_240_000, 50_000_000);

  /// One bitcoin per contract, priced to the tenth, counted in thousandths.
  static final LinearContract BTC_PERPETUAL =
      new LinearContract(
          0,
          "BTCUSDT",
          ContractKind.PERPETUAL,
          0,
          Variation.UNREALISED_UNTIL_CLOSED,
          1,
          1,
          3,
          1,
          5_000_000,
          1_000_000,
          10_000_000);

  /// A thousand barrels per contract.
  static final LinearContract OIL_FUTURE =
      new LinearContract(
          1,
          "OIL-DEC26",
          ContractKind.DATED_FUTURE,
          0,
          Variation.CASH_AT_EACH_MARK,
          1_000,
          2,
          0,
          1,
          100_000,
          10_000,
          100_000);

  /// Counted in thousands of contracts.
  static final LinearContract SHIB_PERPETUAL =
      new LinearContract(
          2,
          "SHIBUSDT",
          ContractKind.PERPETUAL,
          0,
          Variation.UNREALISED_UNTIL_CLOSED,
          1,
          8,
          -3,
          10,
          100_000,
          1_000_000,
          10_000_000);

  public static final Catalogue CATALOGUE =
      new Catalogue(List.of(USDT, BTC), List.of(BTC_PERPETUAL, OIL_FUTURE, SHIB_PERPETUAL));

  static final Decimal HALF = Decimal.parse("0.5");

  /// Knows no rulebook.
  static final RulebookSource NO_RULEBOOKS =
      new RulebookSource() {
        @Override
        public Rulebook shipped(String name, Catalogue catalogue) {
          throw new InvalidJson("", "there is no shipped rulebook " + name);
        }

        @Override
        public Rulebook yaml(String text, Catalogue catalogue) {
          throw new InvalidJson("", "line 1, column 1: not a rulebook");
        }
      };

  private SampleVenue() {}
}
