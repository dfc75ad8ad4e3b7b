package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.rulebook.BracketFile.Contract;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The published brackets of a whole venue. Its own formula is `notional * rate - cum` with the
/// tier's rate and `cum`; ours adds up the parts of the notional inside each bracket. They must
/// agree to the last digit.
class VenueBracketsTest {
  private static final BigDecimal TINY = new BigDecimal("0.000001");

  private Path export;

  @BeforeEach
  void findExport() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    export = Path.of(reference, "data", "venue_params", "binance_leverage_tiers.json");
  }

  @Test
  void shouldReadEveryContract() {
    BracketFile file = BracketFile.read(export);

    assertThat(file.contracts()).hasSize(349);
    assertThat(file.find("BTCUSDT")).isPresent();
    assertThat(file.find("BTCUSDT_250328")).isPresent();
  }

  @Test
  void shouldBeContinuousAtEveryEdge() throws IOException {
    Map<String, List<Map<String, Object>>> published = published();
    int edges = 0;
    for (Contract contract : BracketFile.read(export).contracts()) {
      List<Map<String, Object>> tiers = published.get(contract.venueSymbol());
      for (int i = 1; i < contract.brackets().size(); i++) {
        BigDecimal edge = BigDecimal.valueOf(contract.brackets().get(i).floorE6(), 6);
        BigDecimal ours = maintenance(contract.brackets(), edge);
        assertThat(venueMaintenance(tiers.get(i - 1), edge))
            .as("%s below %s", contract.venueSymbol(), edge)
            .isEqualByComparingTo(ours);
        assertThat(venueMaintenance(tiers.get(i), edge))
            .as("%s from %s", contract.venueSymbol(), edge)
            .isEqualByComparingTo(ours);
        edges++;
      }
    }
    assertThat(edges).isGreaterThan(2_000);
  }

  @Test
  void shouldEqualTheVenuesOwnFormula() throws IOException {
    BracketFile file = BracketFile.read(export);
    int compared = 0;
    for (Map.Entry<String, List<Map<String, Object>>> published : published().entrySet()) {
      Contract contract =
          file.contracts().stream()
              .filter(c -> c.venueSymbol().equals(published.getKey()))
              .findFirst()
              .orElseThrow();
      assertThat(contract.brackets()).hasSameSizeAs(published.getValue());
      for (Map<String, Object> tier : published.getValue()) {
        compared += compare(contract, tier);
      }
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  /// At the floor, just above it, in the middle, just below the end and at the end of one tier.
  private static int compare(Contract contract, Map<String, Object> tier) {
    BigDecimal floor = info(tier, "notionalFloor");
    BigDecimal cap = info(tier, "notionalCap");
    BigDecimal middle = floor.add(cap).divide(BigDecimal.TWO);
    List<BigDecimal> notionals = List.of(floor, floor.add(TINY), middle, cap.subtract(TINY), cap);
    for (BigDecimal notional : notionals) {
      assertThat(maintenance(contract.brackets(), notional))
          .as("%s at %s", contract.venueSymbol(), notional)
          .isEqualByComparingTo(venueMaintenance(tier, notional));
    }
    return notionals.size();
  }

  private static BigDecimal venueMaintenance(Map<String, Object> tier, BigDecimal notional) {
    return notional.multiply(info(tier, "maintMarginRatio")).subtract(info(tier, "cum"));
  }

  private static BigDecimal info(Map<String, Object> tier, String key) {
    return number(((Map<?, ?>) tier.get("info")).get(key));
  }

  @Test
  void shouldNeverAllowMoreThanTheVenuesLeverage() throws IOException {
    Map<String, List<Map<String, Object>>> published = published();
    for (Contract contract : BracketFile.read(export).contracts()) {
      List<Map<String, Object>> tiers = published.get(contract.venueSymbol());
      for (int i = 0; i < tiers.size(); i++) {
        BigDecimal leverage = number(tiers.get(i).get("maxLeverage"));
        BigDecimal product = rate(contract.brackets().get(i).initialRate()).multiply(leverage);
        assertThat(product)
            .as("%s tier %d", contract.venueSymbol(), i + 1)
            .isBetween(BigDecimal.ONE, BigDecimal.ONE.add(leverage.scaleByPowerOfTen(-18)));
      }
    }
  }

  @Test
  void shouldGiveARulebookAllItsTables() throws IOException {
    Path folder = Files.createTempDirectory("evenkeel");
    Path rules = folder.resolve("rules.yaml");
    String path = export.toAbsolutePath().toString();
    try {
      Files.writeString(
          rules,
          SmallRulebook.with(
              "  tables:\n",
              "  bracketFile: {path: '%s', currencies: [USDT, USDC], dailyMove: 8%%, depth: 1_000, overrides: {}}\n  tables:\n"
                  .formatted(path)));
      List<String> instruments = new ArrayList<>();
      BracketFile.read(export).contracts().stream()
          .filter(c -> !c.currency().equals("BTC"))
          .forEach(c -> instruments.add(c.instrument()));

      assertThat(RulebookLoader.load(rules, AssetScales.STANDARD).requirement())
          .isInstanceOfSatisfying(
              TieredRates.class,
              rates -> {
                assertThat(rates.tableOfInstrument().keySet())
                    .containsExactlyInAnyOrderElementsOf(instruments);
                assertThat(rates.tableOfInstrument()).containsEntry("BTCUSDT", "usual");
                assertThat(rates.tables()).hasSize(instruments.size());
              });
    } finally {
      Files.deleteIfExists(rules);
      Files.delete(folder);
    }
  }

  private static BigDecimal maintenance(List<Bracket> brackets, BigDecimal notional) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < brackets.size(); i++) {
      BigDecimal floor = BigDecimal.valueOf(brackets.get(i).floorE6(), 6);
      BigDecimal end =
          i + 1 < brackets.size()
              ? BigDecimal.valueOf(brackets.get(i + 1).floorE6(), 6).min(notional)
              : notional;
      BigDecimal inside = end.subtract(floor).max(BigDecimal.ZERO);
      sum = sum.add(inside.multiply(rate(brackets.get(i).maintenanceRate())));
    }
    return sum;
  }

  private static BigDecimal rate(Decimal decimal) {
    return BigDecimal.valueOf(decimal.units(), decimal.scale());
  }

  private static BigDecimal number(Object value) {
    return new BigDecimal(String.valueOf(value));
  }

  /// Read apart from the class under test.
  @SuppressWarnings("unchecked")
  private Map<String, List<Map<String, Object>>> published() throws IOException {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(16 << 20).build();
    return (Map<String, List<Map<String, Object>>>)
        new Load(settings).loadFromString(Files.readString(export));
  }
}
