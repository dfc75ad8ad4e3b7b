package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.model.account.Zone;
import io.evenkeel.rulebook.RulebookException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A contract quoted in dollars and paid in coin gains `q * size * (1/entry - 1/mark)` coins.
/// Valued as `q * (mark - entry)`, ten thousand dollars of it, bought at 50,000 and marked at
/// 65,000, would gain 150 million bitcoin instead of 0.0462.
class InverseContractTest {
  @ParameterizedTest
  @ValueSource(strings = {"kind: perpetual", "kind: future, expiry: '2026-03-27T08:00:00Z'"})
  void shouldGainInCoin(String kind) {
    PortfolioVenue venue = venue(portfolio(kind, "BTC: 1", "1_000", "50_000"));

    // 65,000 for the coin, and 10,000 * (1/50,000 - 1/65,000) * 65,000 = 3,000
    assertThat(venue.view().fullValueE6(PortfolioVenue.ACCOUNT) / 1e6)
        .isCloseTo(68_000, within(0.001));
  }

  @Test
  void shouldRefuseAnInverseFutureThatPaysInAnotherCoin() {
    String text = portfolio("kind: perpetual", "BTC: 1", "1_000", "50_000");

    assertThatThrownBy(() -> venue(text.replace("settlement: BTC", "settlement: USDT")))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("instruments.BTC-USD.settlement: must be the underlying");
  }

  /// Held by 2 coins, a short of 2 coins' worth cannot be liquidated: it is worth 125,000 dollars
  /// at any price.
  @Test
  void shouldHoldItsWorthWhereItHedgesTheCoinsBehindIt() {
    MarginReport report = report("kind: perpetual", "BTC: 2", "-12500", "62_500");

    assertThat(report.greeks().getFirst().delta()).isCloseTo(0, within(1e-9));
    for (String mark : new String[] {"40_000", "65_000", "200_000"}) {
      String text = portfolio("kind: perpetual", "BTC: 2", "-12500", "62_500");
      PortfolioVenue venue = venue(text.replace("65_000", mark));
      assertThat(venue.view().fullValueE6(PortfolioVenue.ACCOUNT) / 1e6)
          .isCloseTo(125_000, within(0.01));
    }
  }

  /// A long of face value F on one coin: equity `w * p + F * p / entry - F` meets the requirement
  /// `r * F` at `p = F * (1 + r) / (w + F / entry)`, and whatever `w` and `r` are, that price is
  /// where the zones change.
  @Test
  void shouldLiquidateALongWhereWhatItOwesIsWhatItHas() {
    MarginReport report = report("kind: perpetual", "BTC: 1", "13_000", "65_000");
    BigDecimal price = report.liquidationPrices().getFirst().down().price();

    double rate = report.figure("maintenanceMargin").doubleValue() / 130_000;
    double weight = weightOfCoin(report);
    assertThat(price.doubleValue()).isCloseTo(130_000 * (1 + rate) / (weight + 2), within(1.0));
    assertThat(zoneAt(price.subtract(BigDecimal.ONE))).isEqualTo(Zone.LIQUIDATION);
    assertThat(zoneAt(price.add(BigDecimal.ONE))).isNotEqualTo(Zone.LIQUIDATION);
  }

  /// Without profit, equity is the coin at its weight.
  private static double weightOfCoin(MarginReport report) {
    return report.figure("equity").doubleValue() / 65_000;
  }

  private static Zone zoneAt(BigDecimal price) {
    String text =
        portfolio("kind: perpetual", "BTC: 1", "13_000", "65_000")
            .replace("price: 65_000", "price: " + price.toPlainString())
            .replace("mark: 65_000", "mark: " + price.toPlainString());
    return venue(text).view().assess(PortfolioVenue.ACCOUNT).zone();
  }

  private static MarginReport report(String kind, String balance, String quantity, String entry) {
    return MarginReport.of(venue(portfolio(kind, balance, quantity, entry)));
  }

  private static PortfolioVenue venue(String text) {
    return PortfolioVenue.of(PortfolioReader.parse("portfolio", text), "perp-cross");
  }

  private static String portfolio(String kind, String balance, String quantity, String entry) {
    return """
    time: 2026-02-06T04:30:00Z
    assets:
      USDT: {decimals: 6, price: 1}
      BTC: {decimals: 8, price: 65_000}
    instruments:
      BTC-USD:
        {%s, underlying: BTC, settlement: BTC, inverse: true, contractSize: 10, mark: 65_000}
    account:
      balances: {%s}
      positions:
        BTC-USD: {quantity: %s, entry: %s}
    """
        .formatted(kind, balance, quantity, entry);
  }
}
