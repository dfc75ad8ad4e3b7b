package io.evenkeel.lab.tape;

import io.evenkeel.model.number.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads one candle file: comma-separated, one bar a row, ascending in time.
///
/// With a header line, columns are found by name, in any order and case: the time is
/// `open_time_ms`, `open_time`, `open_time_utc`, `timestamp` or `time` (the first of these
/// present), the prices `open`, `high`, `low`, `close`; other columns are ignored. Without one, the
/// order is that of exchange archives: open time, open, high, low, close, and whatever follows. A
/// time is a number of seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds
/// (19) since 1970, or ISO-8601, taken as UTC when it names no zone.
///
/// Prices are plain decimals and are kept exactly, at the largest number of decimals found. Only
/// where that would be more than 8, or would give the highest price more than eight or nine digits,
/// as interpolated rows do, the superfluous decimals are rounded half up and the prices so changed
/// are counted ([Candles#roundedPrices()]).
public final class CandleFile {
  private static final int PRICES = 4;
  private static final long MOST_UNITS = 100_000_000L;

  private final Path file;
  private final long nameIntervalNs;
  private final String symbol;
  private int size;
  private int[] lines = new int[1024];
  private long[] openTimeNs = new long[1024];
  private final long[][] priceE8 = new long[PRICES][1024];

  /// How many prices have how many decimals; more than 8 are counted as 9.
  private final int[] pricesByDecimals = new int[QuotedSymbol.MAXIMUM_PRICE_SCALE + 2];

  private CandleFile(Path file) {
    this.file = file;
    CandleFileName name = CandleFileName.of(file);
    symbol = name.symbol();
    nameIntervalNs = name.intervalNs();
  }

  /// Reads the file whole.
  ///
  /// @throws TapeException when the file is missing, is a folder, is empty, or holds anything but
  ///   candles
  public static Candles read(Path file) {
    CandleFile reading = new CandleFile(file);
    reading.readRows();
    return reading.candles();
  }

  private void readRows() {
    if (Files.isDirectory(file)) {
      throw TapeException.ofFile(
          file, "is a folder", "name the candle files in it, one per symbol");
    }
    if (!Files.exists(file)) {
      throw TapeException.ofFile(file, "does not exist", "check the path");
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      CandleColumns columns = null;
      int line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        String row = line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (row.isBlank()) {
          continue;
        }
        if (columns == null) {
          columns = CandleColumns.of(file, line, row);
          if (columns.fromHeader()) {
            continue;
          }
        }
        addRow(columns, line, row);
      }
    } catch (MalformedInputException e) {
      throw TapeException.ofFile(file, "is not text in UTF-8", "give a plain, unpacked CSV file");
    } catch (IOException e) {
      throw TapeException.ofFile(
          file, "cannot be read (" + e.getMessage() + ")", "check the file and its permissions");
    }
    if (size == 0) {
      throw TapeException.ofFile(file, "holds no candle", "give a file with at least one row");
    }
  }

  private void addRow(CandleColumns columns, int line, String row) {
    String[] fields = columns.fields(line, row);
    if (size == lines.length) {
      grow();
    }
    lines[size] = line;
    openTimeNs[size] = CandleField.timeNs(file, line, columns.name(0), fields[0]);
    for (int price = 0; price < PRICES; price++) {
      BigDecimal value = CandleField.price(file, line, columns.name(price + 1), fields[price + 1]);
      priceE8[price][size] =
          value
              .setScale(QuotedSymbol.MAXIMUM_PRICE_SCALE, RoundingMode.HALF_UP)
              .unscaledValue()
              .longValueExact();
      pricesByDecimals[Math.clamp(value.scale(), 0, pricesByDecimals.length - 1)]++;
    }
    requireOrder(columns, line);
    size++;
  }

  private void requireOrder(CandleColumns columns, int line) {
    long high = priceE8[1][size];
    long low = priceE8[2][size];
    if (high < low) {
      throw TapeException.ofField(
          file, line, columns.name(2), "high is below low", "check the order of the columns");
    }
    for (int price = 0; price < PRICES; price += 3) {
      if (priceE8[price][size] < low || priceE8[price][size] > high) {
        throw TapeException.ofField(
            file,
            line,
            columns.name(price + 1),
            "lies outside low to high",
            "check the order of the columns");
      }
    }
    if (size > 0 && openTimeNs[size] <= openTimeNs[size - 1]) {
      throw TapeException.ofField(
          file,
          line,
          columns.name(0),
          "is not later than the row before",
          "sort the rows by time and drop duplicates");
    }
  }

  private void grow() {
    int length = 2 * size;
    lines = Arrays.copyOf(lines, length);
    openTimeNs = Arrays.copyOf(openTimeNs, length);
    for (int price = 0; price < PRICES; price++) {
      priceE8[price] = Arrays.copyOf(priceE8[price], length);
    }
  }

  private Candles candles() {
    long stepNs = stepNs();
    int gaps = 0;
    long missing = 0;
    for (int row = 1; row < size; row++) {
      long distanceNs = openTimeNs[row] - openTimeNs[row - 1];
      if (distanceNs % stepNs != 0) {
        throw TapeException.ofLine(
            file,
            lines[row],
            "opens %d ms after the row before, which is no multiple of the step of %d ms elsewhere"
                .formatted(distanceNs / 1_000_000, stepNs / 1_000_000),
            "give bars of one length only");
      }
      gaps += distanceNs > stepNs ? 1 : 0;
      missing += distanceNs / stepNs - 1;
    }
    int priceScale = priceScale();
    long divisor = Fixed.pow10(QuotedSymbol.MAXIMUM_PRICE_SCALE - priceScale);
    long[][] units = new long[PRICES][size];
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    for (int price = 0; price < PRICES; price++) {
      for (int row = 0; row < size; row++) {
        units[price][row] = (priceE8[price][row] + divisor / 2) / divisor;
        lowest = Math.min(lowest, units[price][row]);
        highest = Math.max(highest, units[price][row]);
      }
    }
    if (lowest == 0) {
      throw TapeException.ofFile(
          file,
          "the lowest price rounds to zero beside the highest",
          "cut the file where the symbol was redenominated");
    }
    QuotedSymbol quoted = new QuotedSymbol(symbol, priceScale, units[0][0], lowest, highest);
    return new Candles(
        quoted,
        stepNs,
        new Candles.Flaws(gaps, missing, roundedPrices(priceScale)),
        size,
        Arrays.copyOf(openTimeNs, size),
        units);
  }

  /// The largest number of decimals found, less when the highest price would become too long a
  /// number.
  private int priceScale() {
    long highestE8 = 0;
    for (int row = 0; row < size; row++) {
      highestE8 = Math.max(highestE8, priceE8[1][row]);
    }
    int scale = QuotedSymbol.MAXIMUM_PRICE_SCALE;
    boolean isLong = highestE8 > MOST_UNITS;
    while (scale > 0 && (isLong || pricesByDecimals[scale] + roundedPrices(scale) == 0)) {
      scale--;
      long divisor = Fixed.pow10(QuotedSymbol.MAXIMUM_PRICE_SCALE - scale);
      isLong = highestE8 / divisor > MOST_UNITS;
    }
    return scale;
  }

  private int roundedPrices(int scale) {
    int rounded = 0;
    for (int decimals = scale + 1; decimals < pricesByDecimals.length; decimals++) {
      rounded += pricesByDecimals[decimals];
    }
    return rounded;
  }

  private long stepNs() {
    if (size == 1) {
      return nameIntervalNs;
    }
    long least = Long.MAX_VALUE;
    for (int row = 1; row < size; row++) {
      least = Math.min(least, openTimeNs[row] - openTimeNs[row - 1]);
    }
    return least;
  }
}
