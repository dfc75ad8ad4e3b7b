package io.evenkeel.lab.replay;

/// How much closing flow moves later marks. The displacement of a symbol's mark is a function of
/// its *pressure*, the net notional that closing bought (positive) or sold (negative), of which a
/// half is forgotten in each half-life; so a mark moves when somebody is closed and then creeps
/// back towards the tape.
///
/// @param shape how the displacement grows with pressure
/// @param depthShare share of a symbol's open interest after set-up, at its first price, that moves
///   its mark by [#MOVE_AT_DEPTH]; above 0, up to 1
/// @param halfLifeNs in which half the pressure is forgotten; 0 = never, so the impact is permanent
public record ImpactTerms(Shape shape, double depthShare, long halfLifeNs) {
  /// What a pressure of one depth moves a mark by: a hundredth.
  public static final double MOVE_AT_DEPTH = 0.01;

  /// Two per cent of the open interest.
  public static final double STANDARD_DEPTH_SHARE = 0.02;

  /// Half an hour.
  public static final long STANDARD_HALF_LIFE_NS = 1_800L * 1_000_000_000L;

  /// Marks are the tape's, whatever is closed.
  public static final ImpactTerms NONE = standard(Shape.NONE);

  /// How displacement grows with pressure.
  public enum Shape {
    /// Not at all.
    NONE,
    /// In proportion (Kyle).
    LINEAR,
    /// With its square root, as the impact of large orders does.
    SQRT
  }

  /// Refuses what is out of range.
  ///
  /// @throws IllegalArgumentException naming the figure
  public ImpactTerms {
    if (!(depthShare > 0 && depthShare <= 1)) {
      throw new IllegalArgumentException(
          "an impact's depth is above 0 and up to 1 of the open interest, not " + depthShare);
    }
    if (halfLifeNs < 0) {
      throw new IllegalArgumentException(
          "an impact's half-life must not be negative, not " + halfLifeNs);
    }
  }

  /// A shape with the usual depth and half-life.
  public static ImpactTerms standard(Shape shape) {
    return new ImpactTerms(shape, STANDARD_DEPTH_SHARE, STANDARD_HALF_LIFE_NS);
  }

  /// Whether marks are the tape's.
  public boolean isNone() {
    return shape == Shape.NONE;
  }

  /// Share of the price that a pressure displaces a mark by, with the sign of the pressure; without
  /// a shape what a linear one would say, for figures that need some measure of depth.
  ///
  /// @param pressureE6 net closing flow, millionths of the numeraire, positive bought
  /// @param depthE6 notional that moves the mark by [#MOVE_AT_DEPTH]; 0 = nothing moves it
  public double displacement(double pressureE6, double depthE6) {
    if (depthE6 <= 0 || pressureE6 == 0) {
      return 0;
    }
    double depths = pressureE6 / depthE6;
    return MOVE_AT_DEPTH
        * (shape == Shape.SQRT ? Math.signum(depths) * StrictMath.sqrt(Math.abs(depths)) : depths);
  }

  /// What is left of a pressure after some time.
  double decayed(double pressureE6, long passedNs) {
    return halfLifeNs == 0 || passedNs <= 0
        ? pressureE6
        : pressureE6 * StrictMath.pow(0.5, passedNs / (double) halfLifeNs);
  }
}
