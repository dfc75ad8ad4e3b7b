package io.evenkeel.lab.replay;

import io.evenkeel.lab.tape.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A tape of three symbols that crash together and half recover, written as candle files.
public final class CrashTape {
  private static final long START_MS = 1_760_000_000_000L;

  private CrashTape() {}

  /// @param bars at least 30
  /// @param stepMs length of a bar
  public static Tape write(Path folder, int bars, long stepMs, String interval) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(symbol(folder, "BTCUSDT", interval, 120_000, 0.7, bars, stepMs));
    files.add(symbol(folder, "ETHUSDT", interval, 4_300, 1.0, bars, stepMs));
    files.add(symbol(folder, "SOLUSDT", interval, 220, 1.4, bars, stepMs));
    return Tape.load(files);
  }

  private static Path symbol(
      Path folder, String symbol, String interval, double start, double beta, int bars, long stepMs)
      throws IOException {
    SplittableRandom random = new SplittableRandom(symbol.hashCode());
    StringBuilder text = new StringBuilder("open_time,open,high,low,close\n");
    double open = start;
    for (int bar = 0; bar < bars; bar++) {
      double noise = 0.002 * (random.nextDouble() - 0.5);
      boolean crashes = bar > bars / 3 && bar < bars / 2;
      boolean recovers = bar >= bars / 2 && bar < 2 * bars / 3;
      double drift = crashes ? -0.03 * beta : recovers ? 0.012 * beta : 0;
      double close = open * (1 + drift + noise);
      double high = Math.max(open, close) * 1.001;
      double low = Math.min(open, close) * 0.999;
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.2f,%.2f,%.2f,%.2f\n",
              START_MS + bar * stepMs,
              open,
              high,
              low,
              close));
      open = close;
    }
    return Files.writeString(folder.resolve(symbol + "_" + interval + ".csv"), text);
  }
}
