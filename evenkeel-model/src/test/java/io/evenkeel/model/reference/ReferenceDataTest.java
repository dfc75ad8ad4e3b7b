package io.evenkeel.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceDataTest {
  static Stream<Arguments> badAssets() {
    return Stream.of(
        asset("assetId", () -> new Asset(-1, "USD", 6, 1, 6, 1, 1)),
        asset("assetId", () -> new Asset(65_536, "USD", 6, 1, 6, 1, 1)),
        asset("symbol", () -> new Asset(1, " ", 6, 1, 6, 1, 1)),
        asset("symbol", () -> new Asset(1, "U".repeat(33), 6, 1, 6, 1, 1)),
        asset("scale", () -> new Asset(1, "USD", -1, 1, 12, 1, 1)),
        asset("scale", () -> new Asset(1, "USD", 19, 1, 6, 1, 1)),
        asset("priceScale", () -> new Asset(1, "USD", 6, 1, 13, 1, 1)),
        asset("priceScale", () -> new Asset(1, "USD", 6, 1, -1, 1, 1)),
        asset("priceScale", () -> new Asset(1, "USD", 2, 1, 3, 1, 1)),
        asset("priceScale", () -> new Asset(1, "USD", 18, 1, 7, 1, 1)),
        asset("maximumSupplyMinor", () -> new Asset(1, "USD", 6, 0, 6, 1, 1)),
        asset("maximumSupplyMinor", () -> new Asset(1, "USD", 18, (1L << 62) + 1, 6, 1, 1)),
        asset("maximumSupplyMinor", () -> new Asset(1, "USD", 6, (1L << 56) + 1, 0, 1, 1)),
        asset(
            "maximumSupplyMinor", () -> new Asset(1, "USD", 6, 1L << 62, 0, 1, 1_000_000_000_000L)),
        asset("initialPriceUnits", () -> new Asset(1, "USD", 6, 1, 6, 0, 1)),
        asset("initialPriceUnits", () -> new Asset(1, "USD", 6, 1, 6, 2, 1)));
  }

  private static Arguments asset(String parameter, Supplier<Asset> construction) {
    return Arguments.of(parameter, construction);
  }

  @ParameterizedTest
  @MethodSource("badAssets")
  void shouldNameTheBadParameterOfAnAsset(String parameter, Supplier<Asset> construction) {
    assertThat(catchThrowableOfType(InvalidParameter.class, construction::get).parameter())
        .isEqualTo(parameter);
  }

  @Test
  void shouldAcceptTheLargestSupplyThatFits() {
    assertThat(new Asset(65_535, "U".repeat(32), 6, 1L << 56, 0, 1, 1).valueDivisor()).isOne();
    // a product beyond 64 bits, still worth less than 2^56
    assertThat(new Asset(0, "COIN", 18, 1L << 62, 6, 1, 15_000_000).valueDivisor())
        .isEqualTo(1_000_000_000_000_000_000L);
  }

  static Stream<Arguments> badContracts() {
    return Stream.of(
        contract("instrumentId", () -> contract(-1, "X", 1, 2, 3, 1, 1, 1, 1)),
        contract("instrumentId", () -> contract(65_536, "X", 1, 2, 3, 1, 1, 1, 1)),
        contract("symbol", () -> contract(1, "", 1, 2, 3, 1, 1, 1, 1)),
        contract("symbol", () -> contract(1, "X".repeat(33), 1, 2, 3, 1, 1, 1, 1)),
        contract("contractSize", () -> contract(1, "X", 0, 2, 3, 1, 1, 1, 1)),
        contract("contractSize", () -> contract(1, "X", 1_000_000_001, 2, 3, 1, 1, 1, 1)),
        contract("priceScale", () -> contract(1, "X", 1, -1, 3, 1, 1, 1, 1)),
        contract("priceScale", () -> contract(1, "X", 1, 13, 3, 1, 1, 1, 1)),
        contract("quantityScale", () -> contract(1, "X", 1, 2, -10, 1, 1, 1, 1)),
        contract("quantityScale", () -> contract(1, "X", 1, 2, 13, 1, 1, 1, 1)),
        contract("lotSize", () -> contract(1, "X", 1, 2, 3, 0, 1, 1, 1)),
        contract("maximumPriceUnits", () -> contract(1, "X", 1, 2, 3, 1, 0, 1, 1)),
        contract("maximumPositionUnits", () -> contract(1, "X", 1, 2, 3, 5, 1, 4, 10)),
        contract("maximumPositionUnits", () -> contract(1, "X", 1, 2, 3, 1, 1, 11, 10)),
        contract(
            "maximumOpenInterestUnits", () -> contract(1, "X", 1, 2, 3, 1, 1L << 30, 1, 1L << 30)));
  }

  private static Arguments contract(String parameter, Supplier<LinearContract> construction) {
    return Arguments.of(parameter, construction);
  }

  private static LinearContract contract(
      int id,
      String symbol,
      long size,
      int priceScale,
      int quantityScale,
      long lot,
      long maximumPrice,
      long maximumPosition,
      long maximumOpenInterest) {
    return new LinearContract(
        id,
        symbol,
        ContractKind.PERPETUAL,
        1,
        Variation.UNREALISED_UNTIL_CLOSED,
        size,
        priceScale,
        quantityScale,
        lot,
        maximumPrice,
        maximumPosition,
        maximumOpenInterest);
  }

  @ParameterizedTest
  @MethodSource("badContracts")
  void shouldNameTheBadParameterOfAContract(
      String parameter, Supplier<LinearContract> construction) {
    assertThat(catchThrowableOfType(InvalidParameter.class, construction::get).parameter())
        .isEqualTo(parameter);
  }

  @Test
  void shouldScaleTicksSoThatNothingRounds() {
    // price in cents, quantity in thousandths: one unit x one cent = 10^-5; money in millionths
    assertThat(contract(1, "X", 1, 2, 3, 1, 1, 1, 1).tickScale(6))
        .isEqualTo(new TickScale(10, 1, false));
    // ten coins a contract
    assertThat(contract(1, "X", 10, 2, 3, 1, 1, 1, 1).tickScale(6))
        .isEqualTo(new TickScale(100, 1, false));
    // price in millionths: one unit x one millionth = 10^-9, a thousandth of a minor unit
    assertThat(contract(1, "X", 7, 6, 3, 1, 1, 1, 1).tickScale(6))
        .isEqualTo(new TickScale(7, 1_000, false));
    // thousands of contracts
    assertThat(contract(1, "X", 1, 2, -3, 1, 1, 1, 1).tickScale(6))
        .isEqualTo(new TickScale(10_000_000, 1, false));
  }

  @Test
  void shouldRefuseTickScalesThatCouldOverflow() {
    assertRefused("priceScale", () -> contract(1, "X", 1, 12, 12, 1, 1, 1, 1).tickScale(0));
    assertRefused("priceScale", () -> contract(1, "X", 1, 0, -9, 1, 1, 1, 1).tickScale(18));
    assertRefused(
        "contractSize", () -> contract(1, "X", 1_000_000_000, 0, 0, 1, 1, 1, 1).tickScale(18));
    // 2^50 x 1,000 ticks a unit is below 2^60, but 2^51 x 1,000 is not
    assertThat(contract(1, "X", 1, 2, 1, 1, 1, 1, 1L << 50).tickScale(6).ticksPerUnit())
        .isEqualTo(1_000);
    assertRefused(
        "maximumOpenInterestUnits",
        () -> contract(1, "X", 1, 2, 1, 1, 1, 1, 1L << 51).tickScale(6));
  }

  private static void assertRefused(String parameter, Supplier<TickScale> computation) {
    assertThat(catchThrowableOfType(InvalidParameter.class, computation::get).parameter())
        .isEqualTo(parameter);
  }
}
