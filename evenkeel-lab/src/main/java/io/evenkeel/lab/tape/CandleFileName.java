package io.evenkeel.lab.tape;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a candle file says: `[venue_]SYMBOL_INTERVAL[_anything].csv`, as in
/// `binance_BTCUSDT_5m.csv`; a hyphen may stand for the underscore after the symbol and the
/// interval, as in the archives of exchanges.
///
/// @param symbol in capitals
/// @param intervalNs length of a bar by its name, nanoseconds; used only when the rows do not show
///   it
record CandleFileName(String symbol, long intervalNs) {
  private static final Pattern FORM =
      Pattern.compile("(?:.*?_)?([A-Za-z0-9]{2,32})[_-](\\d{1,4})(s|m|min|h|d|w)(?:[_-].*)?\\.csv");

  static CandleFileName of(Path file) {
    Path name = file.getFileName();
    Matcher matcher = FORM.matcher(name == null ? "" : name.toString());
    if (!matcher.matches()) {
      throw TapeException.ofFile(
          file,
          "the file name does not say which symbol and interval it holds",
          "name it [venue_]SYMBOL_INTERVAL.csv, for example binance_BTCUSDT_5m.csv");
    }
    long count = Long.parseLong(matcher.group(2));
    if (count == 0) {
      throw TapeException.ofFile(
          file, "the interval in the file name is zero", "write for example 1m, 5m, 1h or 1d");
    }
    return new CandleFileName(
        matcher.group(1).toUpperCase(Locale.ROOT), count * unitNs(matcher.group(3)));
  }

  private static long unitNs(String unit) {
    long second = 1_000_000_000L;
    return switch (unit) {
      case "s" -> second;
      case "h" -> 3_600 * second;
      case "d" -> 86_400 * second;
      case "w" -> 7 * 86_400 * second;
      default -> 60 * second;
    };
  }
}
