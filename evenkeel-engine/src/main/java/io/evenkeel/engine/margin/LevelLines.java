package io.evenkeel.engine.margin;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LevelPolicy.BetweenRequirements;
import io.evenkeel.model.rulebook.LevelPolicy.FullyCollateralised;
import io.evenkeel.model.rulebook.LevelPolicy.ScaledMaintenance;
import io.evenkeel.model.rulebook.LevelPolicy.WithoutBands;

/// The levels around a zone as lines: what lies above a level is a linear function of equity,
/// equity at initial weights, maintenance and initial margin, up to rounding; where a level is the
/// larger of several, one line each. Source of the formulas: `docs/RULES.md`, section 2.
final class LevelLines {
  private static final int MAINTENANCE = 0;
  private static final int SEARCH = 1;
  private static final int INITIAL_OF_MAINTENANCE = 2;
  private static final int INITIAL = 3;
  private static final int RELEASE = 4;
  private static final int MOST_LINES = 5;

  private final int[] below = new int[MOST_LINES];
  private final int[] above = new int[MOST_LINES];
  private int belowCount;
  private int aboveCount;
  private LevelPolicy policy = new FullyCollateralised();

  /// Finds the lines of a zone of RESTRICTED or better.
  void find(LevelPolicy ofAccount, Zone zone) {
    policy = ofAccount;
    belowCount = 0;
    aboveCount = 0;
    boolean isScaled = policy instanceof ScaledMaintenance;
    if (zone == Zone.RESTRICTED) {
      addBelow(policy instanceof WithoutBands ? MAINTENANCE : SEARCH);
    } else {
      addBelow(INITIAL);
      if (isScaled) {
        addBelow(SEARCH);
        addBelow(INITIAL_OF_MAINTENANCE);
      }
      if (zone == Zone.EXCESS && !(policy instanceof FullyCollateralised)) {
        addBelow(RELEASE);
      }
    }
    boolean isTop = zone == Zone.EXCESS || (zone == Zone.HEALTHY && policy instanceof WithoutBands);
    if (!isTop) {
      addAbove(INITIAL);
      if (isScaled) {
        addAbove(SEARCH);
        addAbove(INITIAL_OF_MAINTENANCE);
      }
      if (zone == Zone.HEALTHY) {
        above[0] = RELEASE;
        if (isScaled) {
          addAbove(INITIAL);
        }
      }
    }
  }

  private void addBelow(int line) {
    below[belowCount++] = line;
  }

  private void addAbove(int line) {
    above[aboveCount++] = line;
  }

  /// How many lines the account must stay on or above.
  int belowCount() {
    return belowCount;
  }

  /// A line the account must stay on or above.
  int below(int i) {
    return below[i];
  }

  /// Whether there is a level that the account must stay under.
  boolean hasAbove() {
    return aboveCount > 0;
  }

  /// The line that the account must stay under: of several, each of which would do, the one that it
  /// is farthest under now.
  int above(Weighing now) {
    int best = above[0];
    for (int i = 1; i < aboveCount; i++) {
      best = of(above[i], now) < of(best, now) ? above[i] : best;
    }
    return best;
  }

  /// The line of the initial level; where that is the larger of several, the one that it is now.
  /// The account is never farther above the level than above this line.
  int initial(Weighing now) {
    int best = INITIAL;
    if (policy instanceof ScaledMaintenance) {
      best = of(SEARCH, now) < of(best, now) ? SEARCH : best;
      best = of(INITIAL_OF_MAINTENANCE, now) < of(best, now) ? INITIAL_OF_MAINTENANCE : best;
    }
    return best;
  }

  /// How far an account is above a line now, up to rounding, millionths of the numeraire.
  long of(int line, Weighing now) {
    return of(
        line,
        now.equityE6(),
        now.initialEquityE6(),
        now.maintenanceMarginE6(),
        now.initialMarginE6());
  }

  /// The same linear function of anything: of what is held, or of what a factor changes of it.
  long of(int line, long equity, long initialEquity, long maintenance, long initial) {
    return switch (line) {
      case MAINTENANCE -> equity - maintenance;
      case INITIAL -> initialEquity - initial;
      case SEARCH ->
          switch (policy) {
            case ScaledMaintenance scaled ->
                equity - scaled.search().times(maintenance, Rounding.FLOOR);
            case BetweenRequirements between ->
                between.searchShare().complement().times(equity - maintenance, Rounding.FLOOR)
                    + between.searchShare().times(initialEquity - initial, Rounding.FLOOR);
            case FullyCollateralised _ -> initialEquity - initial;
            case WithoutBands _ -> equity - maintenance;
          };
      case INITIAL_OF_MAINTENANCE ->
          initialEquity
              - (policy instanceof ScaledMaintenance scaled
                  ? scaled.initial().times(maintenance, Rounding.FLOOR)
                  : initial);
      default ->
          switch (policy) {
            case ScaledMaintenance scaled ->
                initialEquity - scaled.release().times(maintenance, Rounding.FLOOR);
            case BetweenRequirements between ->
                equity
                    + between
                        .releaseFactor()
                        .times(initialEquity - initial - equity, Rounding.FLOOR);
            case FullyCollateralised _, WithoutBands _ -> initialEquity - initial;
          };
    };
  }

  /// Whether a line rises with equity at initial weights.
  boolean risesWithInitialEquity(int line) {
    return of(line, 0, 1L << 20, 0, 0) > 0;
  }

  /// A bound of the sum of a line's factors, which rounding is multiplied with.
  long amplification() {
    return switch (policy) {
      case ScaledMaintenance scaled -> 2 + scaled.release().times(1, Rounding.CEILING);
      case BetweenRequirements between ->
          2 + 3 * between.releaseFactor().times(1, Rounding.CEILING);
      case FullyCollateralised _, WithoutBands _ -> 2;
    };
  }
}
