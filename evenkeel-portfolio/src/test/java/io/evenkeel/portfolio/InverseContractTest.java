package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.rulebook.RulebookException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A contract quoted in dollars and paid in coin gains `q * size * (1/entry - 1/mark)` coins.
/// Valued as `q * (mark - entry)`, ten thousand dollars of it, bought at 50,000 and marked at
/// 65,000, would gain 150 million bitcoin instead of 0.0462.
class InverseContractTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @ParameterizedTest
  @ValueSource(strings = {"kind: perpetual", "kind: future, expiry: '2026-03-27T08:00:00Z'"})
  void shouldRefuseAnInverseContractThatWouldBeValuedLinearly(String kind) {
    String text = portfolio(kind, true);

    assertThatThrownBy(() -> PortfolioReader.parse("portfolio", text))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("instruments.BTC-USD.inverse")
        .hasMessageContaining("can be true of an option only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: perpetual", "kind: future, expiry: '2026-03-27T08:00:00Z'"})
  void shouldAcceptTheSameContractWhenItIsLinear(String kind) {
    PortfolioDocument document = PortfolioReader.parse("portfolio", portfolio(kind, false));

    assertThat(document.instruments()).containsKey("BTC-USD");
  }

  @Test
  void shouldAcceptAnOptionThatPaysInCoin() {
    Path example = EXAMPLES.resolve("covered-call-in-coin.yaml");
    PortfolioDocument document = PortfolioReader.read(example);

    assertThat(document.instruments().values())
        .allMatch(PortfolioDocument.InstrumentEntry::inverse);
  }

  private static String portfolio(String kind, boolean inverse) {
    return """
    time: 2026-02-06T04:30:00Z
    assets:
      USDC: {decimals: 6, price: 1}
      BTC: {decimals: 8, price: 65_000}
    instruments:
      BTC-USD: {%s, underlying: BTC, settlement: BTC, inverse: %b, mark: 65_000}
    account:
      balances: {BTC: 1}
      positions:
        BTC-USD: {quantity: 10_000, entry: 50_000}
    """
        .formatted(kind, inverse);
  }
}
