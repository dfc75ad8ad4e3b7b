package io.evenkeel.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.LiquidationSearch;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.SizeScaledRates;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Figures that venues give in their own documents, through a live engine under the shipped
/// rulebooks. Each says where it is from.
class VenueExamplesTest {
  private static final int CASH = 1;
  private static final int CONTRACT = 1;
  private static final long E6 = 1_000_000;

  /// A venue with one contract at a price; quantities in thousandths.
  private static CaseVenue venue(
      String symbol, String cash, RequirementModel requirement, long price, long thousandths) {
    LinearContract contract =
        new LinearContract(
            CONTRACT,
            symbol,
            ContractKind.PERPETUAL,
            CASH,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            2,
            3,
            1,
            Math.max(1, 2 * price * 100),
            Math.absExact(thousandths),
            Math.absExact(thousandths));
    return new CaseVenue(1)
        .asset(new Asset(CASH, cash, 6, 1L << 56, 0, 1, 1))
        .instrument(contract)
        .rulebook(QuietRulebook.of("example", List.of(QuietRulebook.fullValue(cash)), requirement))
        .mark(CONTRACT, price * 100)
        .position(CONTRACT, thousandths, thousandths * price * 1_000);
  }

  /// Binance USD-M, leverage and margin brackets (export of October 2024): maintenance is `notional
  /// * rate - amount` with the amount that the venue publishes for the bracket.
  @ParameterizedTest
  @CsvSource({
    // contract, price, thousandths, rate, amount published
    "BTCUSDT, 50000, 500, 0.004, 0",
    "BTCUSDT, 50000, 2000, 0.005, 50",
    "BTCUSDT, 50000, 20000, 0.0065, 950",
    "BTCUSDT, 50000, 100000, 0.01, 11450",
    "BTCUSDT, 50000, 1000000, 0.02, 131450",
    "BTCUSDT, 50000, 1600000, 0.025, 481450",
    "BTCUSDT, 50000, 3000000, 0.05, 2981450",
    "BTCUSDT, 50000, -6000000, 0.1, 14481450",
    "BTCUSDT, 50000, 10000000, 0.125, 26481450",
    "BTCUSDT, 50000, 14000000, 0.15, 41481450",
    "BTCUSDT, 50000, -20000000, 0.25, 121481450",
    "BTCUSDT, 50000, 30000000, 0.5, 421481450",
    "ETHUSDT, 2500, 22000000, 0.025, 381450",
    "SOLUSDT, 150, 500000000, 0.1, 2228380",
  })
  void shouldKeepBinancesMaintenanceAmounts(
      String symbol, long price, long thousandths, BigDecimal rate, BigDecimal amount) {
    Assessment account =
        venue(symbol, "USDT", requirement("binance-usdm"), price, thousandths).assess();

    BigDecimal notional =
        BigDecimal.valueOf(Math.abs(thousandths), 3).multiply(BigDecimal.valueOf(price));
    assertThat(BigDecimal.valueOf(account.maintenanceMarginE6(), 6))
        .isEqualByComparingTo(notional.multiply(rate).subtract(amount));
  }

  /// Hyperliquid docs, margin tiers: the maintenance rate is half the initial rate at the maximum
  /// leverage of the tier; the deduction keeps the requirement without jumps. BTC up to 150M at
  /// 40x, then 20x: `N * 2.5% - 150M * (2.5% - 1.25%)`.
  @ParameterizedTest
  @CsvSource({
    // contract, price, thousandths, maintenance, initial
    "BTC, 100000, 1000000, 1250000, 2500000",
    "BTC, 100000, 1500000, 1875000, 3750000",
    "BTC, 100000, -2000000, 3125000, 6250000",
    "ETH, 4000, 25000000, 2000000, 4000000",
    "SOL, 200, 700000000, 5250000, 10500000",
  })
  void shouldDeductAsHyperliquidDoes(
      String symbol, long price, long thousandths, long maintenance, long initial) {
    Assessment account =
        venue(symbol, "USDC", requirement("hyperliquid"), price, thousandths).assess();

    assertThat(account.maintenanceMarginE6()).isEqualTo(maintenance * E6);
    assertThat(account.initialMarginE6()).isEqualTo(initial * E6);
  }

  /// Hyperliquid docs, liquidations: `liquidation price = price - side * margin available / size /
  /// (1 - l * side)` with `l = 1 / maintenance leverage`. 10 BTC at 100,000 with 60,000 of margin:
  /// maintenance leverage is 80; a long is closed at 100,000 - (60,000 - 12,500) / 10 / (1 -
  /// 0.0125), a short at 100,000 + 4,750 / 1.0125.
  @ParameterizedTest
  @CsvSource({"10000, 0.951898734", "-10000, 1.046913580"})
  void shouldFindHyperliquidsLiquidationPrice(long thousandths, BigDecimal ratio) {
    CaseVenue venue =
        venue("BTC", "USDC", requirement("hyperliquid"), 100_000, thousandths)
            .balance(CASH, 60_000 * E6);

    try (var hypothesis = venue.view().suppose()) {
      MarketMove move = MarketMove.ofInstrument(CONTRACT);
      var edge =
          thousandths > 0
              ? LiquidationSearch.down(hypothesis, CaseVenue.ACCOUNT, move)
              : LiquidationSearch.up(hypothesis, CaseVenue.ACCOUNT, move);

      // marks are whole cents, a ten-millionth of the price
      assertThat(BigDecimal.valueOf(edge.orElseThrow(), 9))
          .isBetween(
              ratio.subtract(new BigDecimal("0.0000002")), ratio.add(new BigDecimal("0.0000002")));
    }
  }

  /// OKX, portfolio margin, notices on MR7: steps of 10,000 with multipliers 1 and 2; 30,000 come
  /// to 10,000 + 20,000 * 2 = 50,000. The same arithmetic as brackets whose rates rise.
  @Test
  void shouldMultiplyStepsAsOkxDoes() {
    Decimal one = new Decimal(1, 1);
    Decimal two = new Decimal(2, 1);
    List<Bracket> brackets = List.of(new Bracket(0, one, one), new Bracket(100_000 * E6, two, two));
    Assessment account = venue("OKX", "USDT", rates(brackets), 1_000, 300_000).assess();

    assertThat(account.maintenanceMarginE6()).isEqualTo(50_000 * E6);
  }

  /// Deribit, notice of 11 January 2022: initial 2 % + 0.005 % for each BTC, so 350 BTC need 3.75 %
  /// and 25 BTC 2.125 %. The rates grow with the position, as under rates by size: 1 BTC of a skew
  /// scale of 1 at a fraction of 0.005 %.
  @ParameterizedTest
  @CsvSource({"350, 3.75", "25, 2.125"})
  void shouldGrowWithSizeAsDeribitDoes(long coins, BigDecimal percent) {
    var market =
        new SizeScaledRates.Market(
            List.of("BTC"),
            Decimal.ONE,
            new Decimal(5, 5),
            new Decimal(2, 2),
            Decimal.ONE,
            0,
            Decimal.ZERO,
            QuietRulebook.MARKET.dailyMove(),
            QuietRulebook.MARKET.depthE6());
    var rates =
        new SizeScaledRates(Map.of("BTC", market), "BTC", Map.of(), SizeScaledRates.Reward.NONE);
    Assessment account = venue("BTC", "USD", rates, 40_000, coins * 1_000).assess();

    BigDecimal notional = BigDecimal.valueOf(coins * 40_000);
    assertThat(BigDecimal.valueOf(account.initialMarginE6(), 6).movePointRight(2))
        .isEqualByComparingTo(notional.multiply(percent));
  }

  private static RequirementModel requirement(String name) {
    return ShippedRulebooks.load(name).requirement();
  }

  private static TieredRates rates(List<Bracket> brackets) {
    BracketTable table =
        new BracketTable(new ArrayList<>(brackets), new Decimal(5, 2), 1_000_000 * E6);
    return new TieredRates(Map.of("all", table), Map.of(), "all", false, Decimal.ONE);
  }
}
