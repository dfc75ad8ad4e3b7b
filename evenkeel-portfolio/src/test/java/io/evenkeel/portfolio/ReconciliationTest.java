package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.Zone;
import io.evenkeel.portfolio.OpeningBook.Figure;
import io.evenkeel.portfolio.Reconciliation.AssetLine;
import io.evenkeel.portfolio.Reconciliation.Comparison;
import io.evenkeel.portfolio.Reconciliation.InstrumentLine;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Books whose figures are worked by hand: under the house's own rules the perpetual needs 2.5 and
/// 5 percent of what it is worth, dollars count in full.
class ReconciliationTest {
  /// A bought 2 at 90, B sold 1 at 95 and C 1 at 120; somebody who is not here any more lost 35 by
  /// closing in between.
  private static final String THREE =
      """
      balances:
        - {account: A, asset: USDT, amount: 50}
        - {account: B, asset: USDT, amount: 40}
        - {account: C, asset: USDT, amount: 30, place: wallet}
        - {account: C, asset: USDT, amount: -5}
      positions:
        - {account: A, instrument: PERP, quantity: 2, entry: 90}
        - {account: B, instrument: PERP, quantity: -1, entry: 95}
        - {account: C, instrument: PERP, quantity: -1, cost: -120}
      """;

  @TempDir private Path folder;

  private Reconciliation of(String keys) {
    return new BookFolder(folder).reconcile(keys);
  }

  private static Comparison figure(Reconciliation it, int account, Figure figure) {
    return it.accounts().get(account).figures().stream()
        .filter(line -> line.figure() == figure)
        .findFirst()
        .orElseThrow()
        .comparison();
  }

  @Test
  void shouldValueEverybodyAsTheBooksSay() {
    Reconciliation result = of(THREE);

    assertThat(figure(result, 0, Figure.UNREALISED_PROFIT).ours()).isEqualByComparingTo("20");
    assertThat(figure(result, 0, Figure.EQUITY).ours()).isEqualByComparingTo("70");
    assertThat(figure(result, 0, Figure.MAINTENANCE_MARGIN).ours()).isEqualByComparingTo("5");
    assertThat(figure(result, 0, Figure.INITIAL_MARGIN).ours()).isEqualByComparingTo("10");
    assertThat(figure(result, 1, Figure.EQUITY).ours()).isEqualByComparingTo("35");
    assertThat(figure(result, 2, Figure.EQUITY).ours()).isEqualByComparingTo("15");
    assertThat(result.accounts().get(2).zone()).isEqualTo(Zone.HEALTHY);
    assertThat(result.beyond()).isZero();
    assertThat(result.breaches()).isEmpty();
  }

  @Test
  void shouldCountWhatClosedPositionsLeftForTheOpenOnes() {
    Reconciliation result = of(THREE + "holdings: {USDT: 150}\n");

    AssetLine dollars = result.assets().getFirst();
    assertThat(dollars.margin()).isEqualByComparingTo("85");
    assertThat(dollars.wallets()).isEqualByComparingTo("30");
    assertThat(dollars.clearing()).isEqualByComparingTo("35");
    assertThat(dollars.total().within()).isTrue();
    assertThat(of(THREE + "holdings: {USDT: 150.02}\n").beyond()).isEqualTo(1);
  }

  @Test
  void shouldCompareWithTheVenuesFiguresWithinTolerance() {
    String stated =
        """
        tolerance: {absolute: 0.5, relative: 0.02}
        stated:
          - {account: A, equity: 70.5, maintenanceMargin: 4.4}
          - {account: B, equity: 36, unrealisedProfit: -5.6}
        """;

    Reconciliation result = of(THREE + stated);

    Comparison equity = figure(result, 0, Figure.EQUITY);
    assertThat(equity.difference()).isEqualByComparingTo("-0.5");
    assertThat(equity.relative()).isEqualByComparingTo(new BigDecimal("0.007092198581560284"));
    assertThat(equity.within()).isTrue();
    assertThat(figure(result, 0, Figure.MAINTENANCE_MARGIN).within()).isFalse();
    // 1 of 36 is above half a dollar and above 2 percent; 0.6 of 5.6 likewise
    assertThat(figure(result, 1, Figure.EQUITY).within()).isFalse();
    assertThat(figure(result, 1, Figure.UNREALISED_PROFIT).within()).isFalse();
    assertThat(figure(result, 1, Figure.INITIAL_MARGIN).theirs()).isNull();
    assertThat(result.beyond()).isEqualTo(3);
    assertThat(result.compared()).isEqualTo(4 + 2);
    assertThat(result.accounts().get(2).isStated()).isFalse();
  }

  @Test
  void shouldSayWhatDoesNotNetOut() {
    String oneSided =
        """
        balances: [{account: A, asset: USDT, amount: 500}, {account: H, asset: USDT, amount: 9}]
        positions: [{account: A, instrument: PERP, quantity: -2.5, entry: 101}]
        """;

    InstrumentLine alone = of(oneSided).instruments().getFirst();
    assertThat(alone.net()).isEqualByComparingTo("-2.5");
    assertThat(alone.unexplained()).isEqualByComparingTo("-2.5");
    assertThat(of(oneSided).beyond()).isEqualTo(1);

    Reconciliation withHouse = of(oneSided + "house: H\n");
    InstrumentLine explained = withHouse.instruments().getFirst();
    assertThat(explained.byHouse()).isEqualByComparingTo("2.5");
    assertThat(explained.unexplained()).isEqualByComparingTo("0");
    assertThat(withHouse.beyond()).isZero();
    // it bought at what the others sold at; named first, it is opened first
    assertThat(figure(withHouse, 0, Figure.UNREALISED_PROFIT).ours()).isEqualByComparingTo("-2.5");
  }

  @Test
  void shouldNotCorrectWhatTheHouseStatesItself() {
    InstrumentLine line =
        of("""
        house: H
        balances: [{account: A, asset: USDT, amount: 500}, {account: H, asset: USDT, amount: 9}]
        positions:
          - {account: A, instrument: PERP, quantity: -2.5, entry: 101}
          - {account: H, instrument: PERP, quantity: 2, entry: 99}
        """)
            .instruments()
            .getFirst();

    assertThat(line.byHouse()).isEqualByComparingTo("0");
    assertThat(line.unexplained()).isEqualByComparingTo("-0.5");
  }

  @Test
  void shouldAskForTheMarginOfOpenOrdersOfAnAccountThatCouldNotPlaceThem() {
    Reconciliation result =
        of(
            """
            balances: [{account: A, asset: USDT, amount: 1}]
            orders: [{account: A, instrument: PERP, sell: 4, sellPrice: 100}]
            """);

    assertThat(figure(result, 0, Figure.EQUITY).ours()).isEqualByComparingTo("1");
    assertThat(figure(result, 0, Figure.INITIAL_MARGIN).ours()).isEqualByComparingTo("20");
  }

  @Test
  void shouldKeepNumbersThatAreNamesAndNumberTheOthers() {
    Reconciliation result =
        of(
            "balances: [{account: B, asset: USDT, amount: 1}, {account: 77, asset: USDT, amount: 1}]\n");

    assertThat(result.accounts()).extracting(it -> it.number()).containsExactly(78L, 77L);
  }
}
