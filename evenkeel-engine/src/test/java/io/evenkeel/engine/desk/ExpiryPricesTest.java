package io.evenkeel.engine.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What options are worth at expiry, reckoned by hand.
class ExpiryPricesTest {
  /// 10,000 / 60,000 of a coin is 0.16666..; 30,000 / 20,000 of a coin is 1.5.
  @ParameterizedTest
  @CsvSource({
    "CALL, false, 50000, 51234.565, 2, 123457",
    "CALL, false, 50000, 50000, 2, 0",
    "PUT, false, 50000.5, 48000.25, 2, 200025",
    "PUT, false, 50000, 60000, 2, 0",
    "CALL, true, 50000, 60000, 6, 166667",
    "PUT, true, 50000, 20000, 6, 1500000",
    "CALL, true, 0, 0.000000000000000001, 4, 10000",
    "CALL, false, 0, 200000.005, 2, -1",
  })
  void shouldPriceOptionsByTheirExercise(
      Right right, boolean inverse, String strike, String price, int scale, long units) {
    ContractTerms terms =
        new ContractTerms(2, 1, inverse, new OptionTerms(right, Decimal.parse(strike)));
    LinearContract option =
        new LinearContract(
            40,
            "OPTION",
            ContractKind.OPTION,
            1,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            scale,
            3,
            1,
            20_000_000,
            1_000_000,
            2_000_000,
            terms);

    assertThat(ExpiryPrices.priceUnits(option, Decimal.parse(price))).isEqualTo(units);
  }
}
