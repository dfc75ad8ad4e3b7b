package io.evenkeel.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  private final Wording wording =
      new Wording(
          Listing.of(
              List.of(
                  new QuotedSymbol("BTCUSDT", 1, 1_124_000, 500_000, 1_300_000),
                  new QuotedSymbol("DOGEUSDT", 5, 25_557, 8_000, 26_000)),
              ShippedRulebooks.load(ShippedRulebooks.DEFAULT)));

  @Test
  void shouldWriteStableCoinsWithTwoDecimalsAndCoinsWithAll() {
    assertThat(wording.money(0, 1_234_567_890)).isEqualTo("1,234.57 USDT");
    assertThat(wording.money(2, -1_234)).isEqualTo("-0.00001234 BTC");
  }

  @Test
  void shouldWritePricesWithTheirOwnDecimals() {
    assertThat(wording.price(0, 1_124_000)).isEqualTo("112,400.0");
    assertThat(wording.price(1, 25_557)).isEqualTo("0.25557");
  }

  @Test
  void shouldWriteDurationsInTheirTwoLargestUnits() {
    assertThat(Wording.duration(59_000_000_000L)).isEqualTo("59 s");
    assertThat(Wording.duration(75_000_000_000L)).isEqualTo("1 min 15 s");
    assertThat(Wording.duration(3_660_000_000_000L)).isEqualTo("1 h 1 min");
    assertThat(Wording.duration(90_000_000_000_000L)).isEqualTo("1 d 1 h");
  }

  @Test
  void shouldWriteInstantsInUtc() {
    assertThat(Wording.time(1_767_225_600_999_999_999L)).isEqualTo("2026-01-01 00:00:00");
  }
}
