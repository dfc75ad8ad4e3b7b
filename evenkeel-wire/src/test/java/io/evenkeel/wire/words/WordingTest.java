package io.evenkeel.wire.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.wire.json.SampleVenue;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  private final Wording wording = new Wording(SampleVenue.CATALOGUE);

  @Test
  void shouldWriteStableCoinsWithTwoDecimalsAndCoinsWithAll() {
    assertThat(wording.money(0, 1_234_567_890)).isEqualTo("1,234.57 USDT");
    assertThat(wording.money(1, -1_234)).isEqualTo("-0.00001234 BTC");
  }

  @Test
  void shouldWritePricesWithTheirOwnDecimals() {
    assertThat(wording.price(0, 1_124_000)).isEqualTo("112,400.0");
    assertThat(wording.price(2, 1_234)).isEqualTo("0.00001234");
  }

  @Test
  void shouldWriteQuantitiesInContracts() {
    assertThat(wording.quantity(0, 125)).isEqualTo("0.125 BTCUSDT");
    assertThat(wording.quantity(2, 20)).isEqualTo("20,000 SHIBUSDT");
  }

  @Test
  void shouldNamePlaces() {
    assertThat(
            wording.amounts(
                List.of(
                    new SourcedAmount(new LedgerAccount.Wallet(3), 0, 200_000_000),
                    new SourcedAmount(new LedgerAccount.Margin(7), 1, 1)),
                true))
        .isEqualTo("200.00 USDT from the wallet of party 3, 0.00000001 BTC from account 7");
    assertThat(wording.place(new LedgerAccount.Clearing(0))).isEqualTo("clearing of BTCUSDT");
    assertThat(wording.place(new LedgerAccount.House(HouseAccount.INSURANCE_FUND)))
        .isEqualTo("the insurance fund");
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

  @Test
  void shouldSayWhatTheCatalogueDoesNotList() {
    assertThatThrownBy(() -> wording.money(9, 1))
        .isInstanceOf(UnknownReference.class)
        .hasMessageStartingWith("asset 9 is not in the catalogue");
  }
}
