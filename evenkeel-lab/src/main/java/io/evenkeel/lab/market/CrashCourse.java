package io.evenkeel.lab.market;

import java.util.SplittableRandom;

/// The stylised crash of one episode, as the course of the common factor's logarithm: a grind back
/// to zero from where the last episode ended, a calm, a slow bleed, a cascade that accelerates, a
/// wick (a spike down that is taken back at once), a partial recovery, and an uneasy rest.
final class CrashCourse {
  private static final double GRIND_END = 0.25;
  private static final double CALM_END = 0.33;
  private static final double BLEED_END = 0.55;
  private static final double CASCADE_END = 0.64;
  private static final double WICK_END = 0.66;
  private static final double RECOVERY_END = 0.85;

  private final long episodeTicks;
  private final double startLog;
  private final double bleedLog;
  private final double cascadeLog;
  private final double wickLog;
  private final double endLog;

  private CrashCourse(long episodeTicks, double startLog, SplittableRandom random) {
    this.episodeTicks = episodeTicks;
    this.startLog = startLog;
    bleedLog = -(0.05 + 0.04 * random.nextDouble());
    cascadeLog = bleedLog - (0.13 + 0.07 * random.nextDouble());
    wickLog = 0.07 + 0.06 * random.nextDouble();
    endLog = cascadeLog * (0.45 + 0.15 * random.nextDouble());
  }

  /// The course of one episode.
  ///
  /// @param startLog where the common factor stands when it begins
  static CrashCourse of(long seed, long episode, long episodeTicks, double startLog) {
    return new CrashCourse(
        episodeTicks, startLog, RandomStreams.numbered(seed, "market/crash", episode));
  }

  /// Where the common factor stands at the end.
  double endLog() {
    return endLog;
  }

  /// The common factor's logarithm at a tick of the episode, without noise.
  double log(long tick) {
    double at = (double) tick / episodeTicks;
    if (at < CALM_END) {
      return startLog * (1 - Math.min(1, at / GRIND_END));
    }
    if (at < BLEED_END) {
      return bleedLog * part(at, CALM_END, BLEED_END);
    }
    if (at < CASCADE_END) {
      double part = part(at, BLEED_END, CASCADE_END);
      return bleedLog + (cascadeLog - bleedLog) * part * part;
    }
    if (at < WICK_END) {
      double part = part(at, CASCADE_END, WICK_END);
      return cascadeLog - wickLog * (part < 0.4 ? part / 0.4 : (1 - part) / 0.6);
    }
    if (at < RECOVERY_END) {
      return cascadeLog + (endLog - cascadeLog) * part(at, WICK_END, RECOVERY_END);
    }
    return endLog;
  }

  /// What the noise is multiplied by at a tick.
  double turbulence(long tick) {
    double at = (double) tick / episodeTicks;
    if (at < CALM_END) {
      return 1;
    }
    if (at < BLEED_END) {
      return 1.6;
    }
    if (at < WICK_END) {
      return 4;
    }
    return at < RECOVERY_END ? 2.5 : 1.5;
  }

  private static double part(double at, double from, double to) {
    return (at - from) / (to - from);
  }
}
