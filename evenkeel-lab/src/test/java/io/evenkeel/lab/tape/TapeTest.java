package io.evenkeel.lab.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeTest {
  private static final long T0_MS = 1_759_968_000_000L;
  private static final long T0_NS = T0_MS * 1_000_000;
  private static final long SECOND_NS = 1_000_000_000L;

  @TempDir private Path folder;

  @Test
  void shouldWalkLowFirstWhenBarClosesUp() throws IOException {
    Tape tape = tape(file("BTCUSDT_1m.csv", bar(0, 10, 14, 8, 12)));
    assertThat(walk(tape)).containsExactly("0 s: 0=10", "15 s: 0=8", "30 s: 0=14", "45 s: 0=12");
  }

  @Test
  void shouldWalkHighFirstWhenBarClosesDown() throws IOException {
    Tape tape = tape(file("BTCUSDT_1m.csv", bar(0, 12, 14, 8, 10)));
    assertThat(walk(tape)).containsExactly("0 s: 0=12", "15 s: 0=14", "30 s: 0=8", "45 s: 0=10");
  }

  @Test
  void shouldWalkLowFirstWhenBarClosesUnchanged() throws IOException {
    Tape tape = tape(file("BTCUSDT_1m.csv", bar(0, 10, 14, 8, 10)));
    assertThat(walk(tape).get(1)).isEqualTo("15 s: 0=8");
  }

  @Test
  void shouldMergeSymbolsOfDifferentStepByTime() throws IOException {
    Tape tape =
        tape(
            file("ETHUSDT_2m.csv", bar(1, 5, 5, 5, 5)),
            file("BTCUSDT_1m.csv", bar(0, 1, 1, 1, 1), bar(1, 2, 2, 2, 2), bar(3, 3, 3, 3, 3)));
    assertThat(tape.symbols())
        .extracting(QuotedSymbol::symbol)
        .containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(tape.startTimeNs()).isEqualTo(T0_NS);
    assertThat(tape.endTimeNs()).isEqualTo(T0_NS + 225 * SECOND_NS);
    assertThat(tape.gapCount()).isEqualTo(1);
    assertThat(walk(tape))
        .containsExactly(
            "0 s: 0=1",
            "15 s: 0=1",
            "30 s: 0=1",
            "45 s: 0=1",
            "60 s: 0=2 1=5",
            "75 s: 0=2",
            "90 s: 0=2 1=5",
            "105 s: 0=2",
            "120 s: 1=5",
            "150 s: 1=5",
            "180 s: 0=3",
            "195 s: 0=3",
            "210 s: 0=3",
            "225 s: 0=3");
  }

  @Test
  void shouldWalkAgainFromTheStart() throws IOException {
    Tape tape = tape(file("BTCUSDT_1m.csv", bar(0, 10, 14, 8, 12), bar(1, 12, 13, 11, 11)));
    assertThat(walk(tape)).isEqualTo(walk(tape)).hasSize(8);
  }

  @Test
  void shouldNotDependOnOrderOfFiles() throws IOException {
    Path btc = file("BTCUSDT_1m.csv", bar(0, 10, 14, 8, 12));
    Path sol = file("SOLUSDT_1m.csv", bar(0, 20, 24, 18, 22));
    assertThat(walk(tape(btc, sol))).isEqualTo(walk(tape(sol, btc)));
  }

  @Test
  void shouldEqualPlainMergeOnRandomBars() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<Long, Map<Integer, Long>> expected = new TreeMap<>();
      List<Path> files = new ArrayList<>();
      int symbols = 1 + random.nextInt(5);
      for (int symbol = 0; symbol < symbols; symbol++) {
        List<String> rows = new ArrayList<>();
        int minute = random.nextInt(5);
        int step = 1 + random.nextInt(3);
        // the first two bars are adjacent, so that the step shows
        for (int i = 0; i < 10; i++) {
          long[] walk = randomBar(random, rows, minute);
          for (int point = 0; point < 4; point++) {
            long timeNs = T0_NS + minute * 60 * SECOND_NS + point * step * 15 * SECOND_NS;
            expected.computeIfAbsent(timeNs, _ -> new TreeMap<>()).put(symbol, walk[point]);
          }
          minute += i == 0 ? step : step * (1 + random.nextInt(3));
        }
        files.add(file("S" + symbol + "_" + seed + "m.csv", rows.toArray(String[]::new)));
      }
      List<String> lines = new ArrayList<>();
      expected.forEach((timeNs, prices) -> lines.add(line(timeNs, prices)));
      assertThat(walk(Tape.load(files))).as("seed %d", seed).isEqualTo(lines);
    }
  }

  @Test
  void shouldDescribeItself() throws IOException {
    Tape tape =
        tape(
            file("ETHUSDT_1m.csv", bar(0, 5, 5, 5, 5), bar(1, 5, 5, 5, 5), bar(4, 5, 5, 5, 5)),
            file("BTCUSDT_1m.csv", bar(0, 1, 1, 1, 1)));
    assertThat(tape.describe())
        .isEqualTo(
            """
            BTCUSDT: 1 bars of 60 s, 2025-10-09T00:00:00Z to 2025-10-09T00:00:00Z, 0 decimals, \
            0 bars missing in 0 gaps, 0 prices rounded
            ETHUSDT: 3 bars of 60 s, 2025-10-09T00:00:00Z to 2025-10-09T00:04:00Z, 0 decimals, \
            2 bars missing in 1 gaps, 0 prices rounded
            """);
  }

  @Test
  void shouldRefuseSameSymbolTwice() throws IOException {
    Path one = file("binance_BTCUSDT_1m.csv", bar(0, 10, 14, 8, 12));
    Path other = file("bybit_BTCUSDT_1m.csv", bar(0, 10, 14, 8, 12));
    assertThatThrownBy(() -> tape(one, other))
        .isInstanceOf(TapeException.class)
        .hasMessageContaining(one.toString())
        .hasMessageContaining(other.toString())
        .hasMessageEndingWith("one file per symbol");
  }

  @Test
  void shouldRefuseNoFiles() {
    assertThatThrownBy(() -> Tape.load(List.of()))
        .isInstanceOf(TapeException.class)
        .hasMessageContaining("no candle file");
  }

  private static long[] randomBar(SplittableRandom random, List<String> rows, int minute) {
    int low = 1 + random.nextInt(50);
    int high = low + random.nextInt(50);
    int open = low + random.nextInt(high - low + 1);
    int close = low + random.nextInt(high - low + 1);
    rows.add(bar(minute, open, high, low, close));
    return close >= open
        ? new long[] {open, low, high, close}
        : new long[] {open, high, low, close};
  }

  private static String bar(int minute, int open, int high, int low, int close) {
    return (T0_MS + 60_000L * minute) + "," + open + "," + high + "," + low + "," + close;
  }

  private Path file(String name, String... rows) throws IOException {
    return Files.write(folder.resolve(name), List.of(rows));
  }

  private static Tape tape(Path... files) {
    return Tape.load(List.of(files));
  }

  private static List<String> walk(TickSource source) {
    List<String> lines = new ArrayList<>();
    Tick tick = new Tick();
    for (TickStream ticks = source.ticks(); ticks.next(tick); ) {
      Map<Integer, Long> prices = new TreeMap<>();
      for (int i = 0; i < tick.size(); i++) {
        prices.put(tick.symbolIndex(i), tick.priceUnits(i));
      }
      lines.add(line(tick.timeNs(), prices));
    }
    return lines;
  }

  private static String line(long timeNs, Map<Integer, Long> prices) {
    StringBuilder text = new StringBuilder((timeNs - T0_NS) / SECOND_NS + " s:");
    prices.forEach((symbol, price) -> text.append(" " + symbol + "=" + price));
    return text.toString();
  }
}
