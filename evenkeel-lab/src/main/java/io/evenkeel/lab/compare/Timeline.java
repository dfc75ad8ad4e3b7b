package io.evenkeel.lab.compare;

import java.util.ArrayList;
import java.util.List;

/// A replay in a few hundred points, for plots. When there are too many, every second one is
/// dropped and from then on half as many are taken.
public final class Timeline {
  private static final int MOST_POINTS = 512;

  private final List<Point> points = new ArrayList<>();
  private long stride = 1;
  private long seen;

  Timeline() {}

  /// One moment.
  ///
  /// @param timeNs nanoseconds since 1970-01-01T00:00Z
  /// @param priceIndex mean of all marks over their first ones, a contract each weighing the same
  /// @param liquidated notional closed or taken over so far, in the numeraire
  /// @param inDistress accounts in distress
  /// @param insuranceUsed what has left the insurance fund so far, in the numeraire
  /// @param borne what holders and winners have borne so far, in the numeraire
  public record Point(
      long timeNs,
      double priceIndex,
      double liquidated,
      int inDistress,
      double insuranceUsed,
      double borne) {}

  void add(Point point) {
    if (seen++ % stride != 0) {
      points.addLast(worse(points.removeLast(), point));
      return;
    }
    points.add(point);
    if (points.size() >= MOST_POINTS) {
      List<Point> kept = new ArrayList<>();
      for (int i = 0; i < points.size(); i += 2) {
        kept.add(i + 1 < points.size() ? worse(points.get(i), points.get(i + 1)) : points.get(i));
      }
      points.clear();
      points.addAll(kept);
      stride *= 2;
    }
  }

  /// A point that stands for a later one, too: with the larger number of accounts in distress, so
  /// that no peak is lost.
  private static Point worse(Point first, Point second) {
    return second.inDistress <= first.inDistress
        ? first
        : new Point(
            first.timeNs,
            first.priceIndex,
            first.liquidated,
            second.inDistress,
            first.insuranceUsed,
            first.borne);
  }

  /// The points, in time.
  public List<Point> points() {
    return List.copyOf(points);
  }
}
