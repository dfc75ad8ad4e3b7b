package io.evenkeel.lab.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.lab.population.TestRulebook;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
  private static final Rulebook RULEBOOK = TestRulebook.crossMargin(1);

  @Test
  void shouldListCollateralOfTheRulebookBesideTheStandardCoins() {
    Rulebook rulebook =
        TestRulebook.crossMargin(
            1,
            List.of(
                TestRulebook.terms("USDT", "1", "1", 1_000),
                TestRulebook.terms("SOL", "0.8", "0.9", 1_000)));
    Listing listing =
        Listing.of(
            List.of(quoted("BTCUSDT", 1, 1_124_000), quoted("SOLUSDT", 2, 21_275)), rulebook);
    assertThat(listing.assets())
        .extracting(Asset::symbol)
        .containsExactly("USDT", "USDC", "BTC", "ETH", "SOL");
    assertThat(listing.assets()).extracting(Asset::scale).containsExactly(6, 6, 8, 8, 8);
    assertThat(price(listing.asset(0))).isEqualByComparingTo("1");
    assertThat(price(listing.asset(2))).isEqualByComparingTo("112400");
    assertThat(price(listing.asset(3))).as("not quoted, so usual").isEqualByComparingTo("3000");
    assertThat(price(listing.asset(4))).isEqualByComparingTo("212.75");
  }

  @Test
  void shouldListOnePerpetualPerSymbol() {
    Listing listing =
        Listing.of(
            List.of(quoted("BTCUSDT", 1, 1_124_000), quoted("ETHUSDT", 2, 412_350)), RULEBOOK);
    LinearContract eth = listing.contract(1);
    assertThat(eth.symbol()).isEqualTo("ETHUSDT");
    assertThat(eth.instrumentId()).isEqualTo(1);
    assertThat(eth.kind()).isEqualTo(ContractKind.PERPETUAL);
    assertThat(eth.variation()).isEqualTo(Variation.UNREALISED_UNTIL_CLOSED);
    assertThat(listing.asset(eth.settlementAssetId()).symbol()).isEqualTo("USDT");
    assertThat(eth.maximumPriceUnits()).isEqualTo(50 * 412_350L * 2);
    assertThat(listing.instrumentId("ETHUSDT")).isEqualTo(1);
    assertThat(listing.instrumentId("XYZ")).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT, 1, 1232374",
    "BTCUSDT, 2, 10474686",
    "DOGEUSDT, 5, 25557",
    "SUIUSDT, 4, 35339",
    "HYPEUSDT, 3, 46645",
    "SHIBUSDT, 8, 1234",
    "PEPEUSDT, 8, 1",
    "ODDUSDT, 0, 1",
    "XAUUSDT, 0, 900000000"
  })
  void shouldChooseQuantitiesThatFit(String symbol, int priceScale, long firstUnits) {
    Listing listing = Listing.of(List.of(quoted(symbol, priceScale, firstUnits)), RULEBOOK);
    LinearContract contract = listing.contract(0);
    BigDecimal lot =
        BigDecimal.valueOf(firstUnits, priceScale)
            .multiply(BigDecimal.ONE.scaleByPowerOfTen(-contract.quantityScale()));
    assertThat(lot).isBetween(new BigDecimal("0.1"), BigDecimal.TEN);
    TickScale ticks = contract.tickScale(6);
    BigInteger openInterest =
        BigInteger.valueOf(contract.maximumOpenInterestUnits())
            .multiply(BigInteger.valueOf(contract.maximumPriceUnits()))
            .multiply(BigInteger.valueOf(ticks.ticksPerUnit()));
    assertThat(openInterest).isLessThan(BigInteger.TWO.pow(60));
    BigInteger minor = ceil(openInterest, BigInteger.valueOf(ticks.ticksPerMinor()));
    Asset cash = listing.asset(0);
    BigInteger valueE6 =
        ceil(
            minor.multiply(BigInteger.valueOf(cash.maximumPriceUnits())),
            BigInteger.valueOf(cash.valueDivisor()));
    assertThat(valueE6)
        .as("what DefineInstrument refuses")
        .isLessThanOrEqualTo(BigInteger.TWO.pow(56));
  }

  @Test
  void shouldConvertValueAndQuantity() {
    Listing listing =
        Listing.of(
            List.of(quoted("BTCUSDT", 1, 1_000_000), quoted("PEPEUSDT", 8, 1_234)), RULEBOOK);
    // five decimals of a bitcoin
    assertThat(listing.notionalE6(0, 12_345, 1_000_000)).isEqualTo(12_345_000_000L);
    assertThat(listing.unitsFor(0, 12_345_999_999L, 1_000_000)).isEqualTo(12_345);
    // lots of a hundred thousand coins, 1.234 each
    assertThat(listing.contract(1).quantityScale()).isEqualTo(-5);
    assertThat(listing.notionalE6(1, 10, 1_234)).isEqualTo(12_340_000);
    assertThat(listing.unitsFor(1, 12_400_000, 1_234)).isEqualTo(10);
  }

  @Test
  void shouldMarkTheCoinWithItsContract() {
    Listing listing =
        Listing.of(
            List.of(
                quoted("BTCUSDT", 1, 1_124_000),
                quoted("DOGEUSDT", 5, 24_870),
                quoted("ETHUSDT", 2, 412_350)),
            RULEBOOK);
    Tick tick = new Tick();
    tick.start(77);
    tick.add(1, 24_871);
    tick.add(2, 412_351);
    MarkBatch batch = listing.marks(tick);
    assertThat(batch)
        .isEqualTo(
            MarkBatch.builder()
                .add(MarkBatch.Target.INSTRUMENT, 1, 24_871, 77)
                .add(MarkBatch.Target.INSTRUMENT, 2, 412_351, 77)
                .add(MarkBatch.Target.ASSET, listing.assetId("ETH"), 412_351, 77)
                .build());
    assertThat(listing.firstMarks(5).size()).isEqualTo(5);
    assertThat(listing.firstMarks(5).priceUnits(0)).isEqualTo(1_124_000);
  }

  @Test
  void shouldNameCollateralThatNobodyPrices() {
    Rulebook rulebook =
        TestRulebook.crossMargin(
            1,
            List.of(
                TestRulebook.terms("USDT", "1", "1", 1_000),
                TestRulebook.terms("SOL", "0.8", "0.9", 1_000)));
    assertThatThrownBy(() -> Listing.of(List.of(quoted("BTCUSDT", 1, 1_124_000)), rulebook))
        .hasMessageContaining("add a candle file for SOLUSDT");
  }

  @Test
  void shouldNameSymbolWithTooManyDecimals() {
    assertThatThrownBy(
            () -> Listing.of(List.of(quoted("BTCUSDT", 8, 11_240_012_345_678L)), RULEBOOK))
        .hasMessageContaining("BTCUSDT: prices with 8 decimals near 112400")
        .hasMessageContaining("round");
  }

  private static BigInteger ceil(BigInteger value, BigInteger divisor) {
    return value.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }

  private static BigDecimal price(Asset asset) {
    return BigDecimal.valueOf(asset.initialPriceUnits(), asset.priceScale());
  }

  private static QuotedSymbol quoted(String symbol, int priceScale, long firstUnits) {
    return new QuotedSymbol(
        symbol, priceScale, firstUnits, Math.max(1, firstUnits / 2), firstUnits * 2);
  }
}
