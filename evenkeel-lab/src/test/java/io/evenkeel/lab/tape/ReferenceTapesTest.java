package io.evenkeel.lab.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every candle file of the reference data loads, whole and without a gap.
class ReferenceTapesTest {
  private Path data = Path.of("");

  @BeforeEach
  void findData() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set: no market data to read");
    data = Path.of(String.valueOf(reference), "data");
  }

  @Test
  void shouldLoadEveryCandleFile() throws IOException {
    List<Path> files = candleFiles();
    assertThat(files).hasSizeGreaterThanOrEqualTo(20);
    for (Path file : files) {
      Candles candles = CandleFile.read(file);
      long rows;
      try (Stream<String> lines = Files.lines(file)) {
        rows = lines.count() - 1;
      }
      assertThat((long) candles.size()).as("rows of %s", file).isEqualTo(rows);
      assertThat(candles.gapCount()).as("gaps of %s", file).isZero();
      // the long hourly file has a few interpolated rows
      assertThat(candles.roundedPrices()).as("rounded prices of %s", file).isLessThan(500);
      assertThat(candles.symbol().priceScale()).as("decimals of %s", file).isBetween(1, 5);
    }
  }

  @Test
  void shouldWalkTheCrashOfOctober2025() throws IOException {
    Tape tape =
        Tape.load(
            candleFiles().stream()
                .filter(file -> file.toString().contains("crash_2025-10-10_5m"))
                .toList());
    assertThat(tape.symbols()).hasSize(13);
    int btc = tape.symbols().stream().map(QuotedSymbol::symbol).toList().indexOf("BTCUSDT");
    int ticks = 0;
    long lowest = Long.MAX_VALUE;
    long previousNs = 0;
    Tick tick = new Tick();
    for (TickStream walk = tape.ticks(); walk.next(tick); ticks++) {
      assertThat(tick.size()).isEqualTo(13);
      assertThat(tick.timeNs()).isGreaterThan(previousNs);
      previousNs = tick.timeNs();
      lowest = Math.min(lowest, tick.priceUnits(btc));
    }
    assertThat(ticks).isEqualTo(4 * tape.candles().getFirst().size());
    assertThat(lowest).isEqualTo(tape.symbols().get(btc).lowestPriceUnits());
    assertThat((double) lowest / tape.symbols().get(btc).highestPriceUnits()).isBetween(0.8, 0.85);
  }

  @Test
  void shouldSayWhyFundingRatesAreNoCandles() {
    Path funding = data.resolve("funding/binance_BTCUSDT_funding_8h.csv");
    assertThatThrownBy(() -> Tape.load(List.of(funding)))
        .isInstanceOf(TapeException.class)
        .hasMessageContaining("column open_time_ms: the header does not name it");
  }

  private List<Path> candleFiles() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(ReferenceTapesTest::isCandleFile).sorted().toList();
    }
  }

  private static boolean isCandleFile(Path file) {
    if (!file.toString().endsWith(".csv")) {
      return false;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").contains(",open,high,low,close");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
