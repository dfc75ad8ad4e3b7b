package io.evenkeel.conform.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The venue's own option chain of one moment, and accounts of one BTC and some of its options
/// under shipped rulebooks. Tests that use it are skipped where `EVENKEEL_REFERENCE` is not set.
final class DeribitChain {
  private static final String SNAPSHOT = "deribit_options_snapshot_20260205T093647Z.csv";
  private static final long NOW_NS = ns("2026-02-05T09:36:47.412509Z");
  private static final long EXPIRY_NS = ns("2026-03-27T08:00:00Z");
  private static final int BTC = 1;

  /// The row of which the index is taken; the feed moves while the chain is read.
  private static final String INDEX_ROW = "BTC-27MAR26-72000-C";

  private final Map<String, Map<String, String>> chain = new LinkedHashMap<>();

  private DeribitChain() {}

  static DeribitChain read() throws IOException {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    DeribitChain read = new DeribitChain();
    List<String> lines = Files.readAllLines(Path.of(reference, "data", "deribit_chain", SNAPSHOT));
    String[] names = lines.getFirst().split(",", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      read.chain.put(cell(row, "instrument_name"), row);
    }
    return read;
  }

  /// One BTC and the positions, in whole contracts by instrument.
  Assessment assess(String rulebook, Map<String, Long> positions) {
    long index = units(cell(row(INDEX_ROW), "index_price"), 2);
    CaseVenue venue =
        new CaseVenue(NOW_NS)
            .asset(new Asset(BTC, "BTC", 8, 100_000_000_000L, 2, index, 100_000_000))
            .asset(new Asset(2, "ETH", 8, 100_000_000_000L, 2, 200_000, 10_000_000))
            .asset(new Asset(3, "USDC", 6, 1_000_000_000_000L, 6, 1_000_000, 2_000_000));
    List<String> traded = positions.keySet().stream().sorted().toList();
    for (int i = 0; i < traded.size(); i++) {
      venue.instrument(contract(i + 1, traded.get(i)));
    }
    venue.rulebook(ShippedRulebooks.load(rulebook));
    String forward = cell(row(INDEX_ROW), "futures_price");
    List<FactorValue> factors = new ArrayList<>();
    factors.add(
        new FactorValue(FactorKind.FORWARD_VARIABLE, BTC, EXPIRY_NS, Decimal.parse(forward)));
    for (int i = 0; i < traded.size(); i++) {
      String written = cell(row(traded.get(i)), "implied_volatility");
      long volatilityE4 =
          new BigDecimal(written).movePointRight(4).setScale(0, RoundingMode.HALF_EVEN).longValue();
      factors.add(
          new FactorValue(FactorKind.MARK_VOLATILITY, i + 1, 0, new Decimal(volatilityE4, 4)));
    }
    venue.factors(factors);
    venue.balance(BTC, 100_000_000);
    for (int i = 0; i < traded.size(); i++) {
      Map<String, String> row = row(traded.get(i));
      assertThat(cell(row, "futures_price")).isEqualTo(forward);
      venue.mark(i + 1, units(cell(row, "mark_price"), 8));
      venue.position(i + 1, positions.getOrDefault(traded.get(i), 0L) * 10, 0);
    }
    return venue.assess();
  }

  private LinearContract contract(int id, String name) {
    Map<String, String> row = row(name);
    return new LinearContract(
        id,
        name,
        ContractKind.OPTION,
        BTC,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        8,
        1,
        1,
        1_000_000_000L,
        1_000,
        10_000,
        new ContractTerms(
            BTC,
            ns(cell(row, "expiry_datetime").replace("+00:00", "Z")),
            true,
            new OptionTerms(
                cell(row, "option_type").equals("put") ? Right.PUT : Right.CALL,
                new Decimal(units(cell(row, "strike"), 0), 0))));
  }

  private Map<String, String> row(String name) {
    return Objects.requireNonNull(chain.get(name), name);
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  /// An amount at the index, in BTC with 8 places.
  String coins(long valueE6) {
    return BigDecimal.valueOf(valueE6, 6)
        .divide(new BigDecimal(cell(row(INDEX_ROW), "index_price")), 8, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private static long units(String decimal, int scale) {
    return new BigDecimal(decimal).movePointRight(scale).longValueExact();
  }

  private static long ns(String instant) {
    Instant at = Instant.parse(instant);
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
