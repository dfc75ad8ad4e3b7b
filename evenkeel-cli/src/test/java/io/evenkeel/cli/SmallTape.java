package io.evenkeel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Candle files of two symbols that fall by a third and come back half the way, a bar a minute.
public final class SmallTape {
  private static final long START_MS = 1_760_000_000_000L;
  private static final long MINUTE_MS = 60_000;
  private static final int BARS = 48;

  private SmallTape() {}

  /// @return the folder itself
  public static Path write(Path folder) {
    try {
      Files.writeString(folder.resolve("venue_BTCUSDT_1m.csv"), bars(120_000, 1));
      Files.writeString(folder.resolve("venue_SOLUSDT_1m.csv"), bars(220, 1.2));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String bars(double start, double beta) {
    StringBuilder text = new StringBuilder("open_time,open,high,low,close\n");
    double open = start;
    for (int bar = 0; bar < BARS; bar++) {
      double drift = bar < 12 ? 0.001 : bar < 24 ? -0.032 : bar < 36 ? 0.015 : -0.001;
      double close = open * (1 + beta * drift);
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.2f,%.2f,%.2f,%.2f\n",
              START_MS + bar * MINUTE_MS,
              open,
              Math.max(open, close) * 1.0005,
              Math.min(open, close) * 0.9995,
              close));
      open = close;
    }
    return text.toString();
  }
}
