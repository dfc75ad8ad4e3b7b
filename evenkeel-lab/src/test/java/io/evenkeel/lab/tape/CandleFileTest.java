package io.evenkeel.lab.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandleFileTest {
  private static final long T0_NS = 1_759_968_000_000_000_000L;
  private static final String HEADER = "open_time_ms,open_time_utc,open,high,low,close,volume\n";
  private static final String ROW = "1759968000000,2025-10-09T00:00:00Z,2.5,2.75,2.25,2.6,1000\n";

  @TempDir private Path folder;

  @Test
  void shouldReadColumnsByName() throws IOException {
    Candles candles =
        read(
            "binance_BTCUSDT_5m.csv",
            "close,ignored,low,HIGH, open ,open_time\n2.6,x,2.25,2.75,2.5,1759968000000\n");
    assertThat(candles.symbol()).isEqualTo(new QuotedSymbol("BTCUSDT", 2, 250, 225, 275));
    assertThat(candles.openTimeNs(0)).isEqualTo(T0_NS);
    assertThat(candles.openUnits(0)).isEqualTo(250);
    assertThat(candles.highUnits(0)).isEqualTo(275);
    assertThat(candles.lowUnits(0)).isEqualTo(225);
    assertThat(candles.closeUnits(0)).isEqualTo(260);
  }

  @Test
  void shouldReadExchangeOrderWithoutHeader() throws IOException {
    Candles candles =
        read(
            "BTCUSDT-1m-2025-01.csv",
            "1759968000000000,104746.86000000,104835.79000000,104746.85000000,104804.57000000,14.3\n"
                + "1759968060000000,104804.58,104841.84,104804.57,104835.5,6.0,1,2,3\n");
    assertThat(candles.symbol().symbol()).isEqualTo("BTCUSDT");
    assertThat(candles.symbol().priceScale()).isEqualTo(2);
    assertThat(candles.closeUnits(1)).isEqualTo(10_483_550);
    assertThat(candles.stepNs()).isEqualTo(60_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1759968000",
        "1759968000000",
        "1759968000000000",
        "1759968000000000000",
        "2025-10-09T00:00:00Z",
        "2025-10-09T02:00:00+02:00",
        "2025-10-09 00:00:00",
        "2025-10-09",
        "\"1759968000000\""
      })
  void shouldReadTimeInEveryNotation(String time) throws IOException {
    Candles candles = read("X_ETHUSDT_1h.csv", time + ",1,1,1,1\n");
    assertThat(candles.openTimeNs(0)).isEqualTo(T0_NS);
    assertThat(candles.stepNs()).isEqualTo(3_600_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "binance_BTCUSDT_5m.csv, BTCUSDT",
    "binance_spot_BTCUSDT_1h_2019-06_2023-12.csv, BTCUSDT",
    "BTCUSDT_1m_2025-01-26_28.csv, BTCUSDT",
    "ethusdt_15m.csv, ETHUSDT",
    "1000PEPEUSDT_1d_x.csv, 1000PEPEUSDT",
    "SOLUSDT-4h.csv, SOLUSDT"
  })
  void shouldTakeSymbolFromFileName(String name, String symbol) throws IOException {
    assertThat(read(name, HEADER + ROW).symbol().symbol()).isEqualTo(symbol);
  }

  @Test
  void shouldAcceptByteOrderMarkAndWindowsLineEnds() throws IOException {
    Candles candles = read("BTCUSDT_5m.csv", "\uFEFF" + (HEADER + ROW).replace("\n", "\r\n"));
    assertThat(candles.size()).isEqualTo(1);
    assertThat(candles.closeUnits(0)).isEqualTo(260);
  }

  @Test
  void shouldKeepPricesExactly() throws IOException {
    Candles candles =
        read("SHIBUSDT_1m.csv", "1759968000000,0.00001234,0.1,0.00000001,0.00001235\n");
    assertThat(candles.symbol().priceScale()).isEqualTo(8);
    assertThat(candles.openUnits(0)).isEqualTo(1_234);
    assertThat(candles.highUnits(0)).isEqualTo(10_000_000);
    assertThat(candles.lowUnits(0)).isEqualTo(1);
  }

  @Test
  void shouldRoundAndCountSuperfluousDecimals() throws IOException {
    Candles candles =
        read(
            "BTCUSDT_1m.csv",
            "1759968000000,69000.12,69000.13,69000.11,69000.12\n"
                + "1759968060000,10128.787777777778,10128.7885,10128.7874,10128.788\n");
    assertThat(candles.symbol().priceScale()).isEqualTo(3);
    assertThat(candles.roundedPrices()).isEqualTo(3);
    assertThat(candles.openUnits(0)).isEqualTo(69_000_120);
    assertThat(candles.openUnits(1)).isEqualTo(10_128_788);
    assertThat(candles.highUnits(1)).isEqualTo(10_128_789);
    assertThat(candles.lowUnits(1)).isEqualTo(10_128_787);
  }

  @Test
  void shouldNotRoundPricesOfUsualLength() throws IOException {
    Candles candles = read("BTCUSDT_1m.csv", "1759968000000,999999.99,999999.99,0.01,500000.5\n");
    assertThat(candles.symbol())
        .isEqualTo(new QuotedSymbol("BTCUSDT", 2, 99_999_999, 1, 99_999_999));
    assertThat(candles.roundedPrices()).isZero();
  }

  @Test
  void shouldRefusePricesThatSpanTooMuch() throws IOException {
    assertThat(failure("X1_1m.csv", "1759968000000,1,99999999,0.0001,1\n"))
        .hasMessageContaining("rounds to zero");
  }

  @Test
  void shouldCountGaps() throws IOException {
    Candles candles =
        read(
            "BTCUSDT_1m.csv",
            "1759968000000,1,1,1,1\n1759968060000,1,1,1,1\n"
                + "1759968240000,1,1,1,1\n1759968300000,1,1,1,1\n1759968420000,1,1,1,1\n");
    assertThat(candles.stepNs()).isEqualTo(60_000_000_000L);
    assertThat(candles.gapCount()).isEqualTo(2);
    assertThat(candles.missingBars()).isEqualTo(3);
  }

  @Test
  void shouldReadManyRows() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(1_759_968_000_000L + 60_000L * i).append(",1,").append(i + 1).append(",1,1\n");
    }
    Candles candles = read("BTCUSDT_1m.csv", text.toString());
    assertThat(candles.size()).isEqualTo(5_000);
    assertThat(candles.highUnits(4_999)).isEqualTo(5_000);
    assertThat(candles.symbol().highestPriceUnits()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "open_time,open,high,low,close;;1759968000000,1,x,1,1 | 2 | high | 'x' is not a number",
        "open_time,open,high,low,close;;1759968000000,1,1e2,1,1 | 2 | high | plain decimal",
        "open_time,open,high,low,close;;1759968000000,1,,1,1 | 2 | high | is empty",
        "open_time,open,high,low,close;;1759968000000,1,2,1 | 2 | close | the row has 4 columns",
        "open_time,open,high,low,close;;1759968000000,1,1,2,1 | 2 | high | high is below low",
        "open_time,open,high,low,close;;1759968000000,3,2,1,1 | 2 | open | outside low to high",
        "open_time,open,high,low,close;;1759968000000,1,2,1,0.5 | 2 | close | outside low to high",
        "open_time,open,high,low,close;;1759968000000,-1,2,1,1 | 2 | open | not positive",
        "open_time,open,high,low,close;;1759968000000,0,2,0,1 | 2 | open | not positive",
        "open_time,open,high,low,close;;1759968000000,1.,2,1,1 | 2 | open | '1.' is not a number",
        "open_time,open,high,low,close;;1759968000000,.5,2,1,1 | 2 | open | '.5' is not a number",
        "open_time,open,high,low,close;;1759968000000,-,2,1,1 | 2 | open | '-' is not a number",
        "open_time,open,high,low,close;;1759968000000,1,20000000000,1,1 | 2 | high | above 1000000000",
        "open_time,open,high,low,close;;17599680,1,1,1,1 | 2 | open_time | is not a time",
        "open_time,open,high,low,close;;soon,1,1,1,1 | 2 | open_time | is not a time",
        "open_time,open,high,low,close;;9999999999999999999,1,1,1,1 | 2 | open_time | is not a time",
        "open_time,open,high,low;;1759968000000,1,1,1 | 1 | close | the header does not name it",
        "open_time;open;high | 1 | open_time_ms | separated by commas",
        "1759968060000,1,1,1,1;;1759968060000,1,1,1,1 | 2 | open_time_ms | not later",
        "1759968060000,1,1,1,1;;;;1759968000000,1,1,1,1 | 3 | open_time_ms | not later",
      })
  void shouldNameLineAndColumn(String rows, int line, String column, String words)
      throws IOException {
    TapeException thrown = failure("binance_BTCUSDT_1m.csv", rows.replace(";;", "\n"));
    assertThat(thrown.line()).isEqualTo(line);
    assertThat(thrown.column()).isEqualTo(column);
    assertThat(thrown)
        .hasMessageContaining("binance_BTCUSDT_1m.csv:" + line + ": column " + column)
        .hasMessageContaining(words)
        .hasMessageEndingWith("; " + thrown.remedy());
    assertThat(thrown.remedy()).isNotBlank();
  }

  @Test
  void shouldRefuseBarsOfDifferentLength() throws IOException {
    TapeException thrown =
        failure(
            "BTCUSDT_1m.csv",
            "1759968000000,1,1,1,1\n1759968060000,1,1,1,1\n1759968150000,1,1,1,1\n");
    assertThat(thrown.line()).isEqualTo(3);
    assertThat(thrown).hasMessageContaining("90000 ms").hasMessageContaining("60000 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", HEADER, "\uFEFF"})
  void shouldRefuseEmptyFile(String text) throws IOException {
    assertThat(failure("BTCUSDT_1m.csv", text)).hasMessageContaining("holds no candle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT.csv", "prices.txt", "BTCUSDT_0m.csv", "BTCUSDT_5x.csv"})
  void shouldRefuseFileNameWithoutSymbolAndInterval(String name) throws IOException {
    TapeException thrown = failure(name, HEADER + ROW);
    assertThat(thrown).hasMessageContaining(name);
    assertThat(thrown.line()).isZero();
  }

  @Test
  void shouldRefuseMissingFile() {
    Path missing = folder.resolve("BTCUSDT_1m.csv");
    TapeException thrown =
        catchThrowableOfType(TapeException.class, () -> CandleFile.read(missing));
    assertThat(thrown).hasMessageContaining(missing.toString()).hasMessageContaining("not exist");
  }

  @Test
  void shouldRefuseFolder() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("BTCUSDT_1m.csv"));
    TapeException thrown =
        catchThrowableOfType(TapeException.class, () -> CandleFile.read(directory));
    assertThat(thrown).hasMessageContaining("is a folder");
  }

  @Test
  void shouldRefuseBinaryFile() throws IOException {
    Path file = folder.resolve("BTCUSDT_1m.csv");
    Files.write(file, new byte[] {31, (byte) 0x8b, 8, 0, (byte) 0xff, (byte) 0xfe});
    TapeException thrown = catchThrowableOfType(TapeException.class, () -> CandleFile.read(file));
    assertThat(thrown).hasMessageContaining("not text in UTF-8");
  }

  private Candles read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return CandleFile.read(file);
  }

  private TapeException failure(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    TapeException thrown = catchThrowableOfType(TapeException.class, () -> CandleFile.read(file));
    assertThat(thrown).as("%s should be refused: %s", name, text).isNotNull();
    return thrown;
  }
}
