package io.evenkeel.lab.compare;

import io.evenkeel.lab.tape.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A tape of two symbols, a bar a minute, that fall by a quarter between two prices, so that
/// accounts are worth less than nothing before anybody can close them.
final class CliffTape {
  private static final long START_MS = 1_760_000_000_000L;

  private CliffTape() {}

  static Tape write(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Tape.load(List.of(symbol(folder, "BTCUSDT", 100_000), symbol(folder, "SOLUSDT", 200)));
  }

  private static Path symbol(Path folder, String symbol, double first) throws IOException {
    StringBuilder text = new StringBuilder("open_time,open,high,low,close\n");
    for (int bar = 0; bar < 20; bar++) {
      double price = bar < 10 ? first : 0.75 * first;
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.2f,%.2f,%.2f,%.2f\n",
              START_MS + bar * 60_000L,
              price,
              price,
              price,
              price));
    }
    return Files.writeString(folder.resolve(symbol + "_1m.csv"), text);
  }
}
