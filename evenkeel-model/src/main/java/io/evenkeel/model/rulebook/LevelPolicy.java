package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;

/// How maintenance and initial requirement become the four margin levels. `MM` and `IM` are the
/// requirement model's; `initial` includes the difference of weights, see
/// [io.evenkeel.model.account.Assessment].
public sealed interface LevelPolicy {
  /// No level may be more than this many times the one it is derived from, so that levels fit a
  /// long.
  Decimal MAXIMUM_FACTOR = new Decimal(1_000, 0);

  /// Every level a factor on the already rounded maintenance, each rounded down: `search =
  /// MM*search, initial = max(MM*initial, IM) + difference, release = max(MM*release + difference,
  /// initial)`, where `difference` is equity at maintenance weights minus equity at initial
  /// weights.
  ///
  /// Factors are kept to five decimals; further ones are dropped.
  ///
  /// @param search at least 1
  /// @param initial at least `search`
  /// @param release at least `initial`
  record ScaledMaintenance(Decimal search, Decimal initial, Decimal release)
      implements LevelPolicy {
    private static final int PLACES = 5;

    /// Drops decimals and refuses crossed levels.
    public ScaledMaintenance {
      search = shortened(search);
      initial = shortened(initial);
      release = shortened(release);
      Check.parameter(search.compareTo(Decimal.ONE) >= 0, "levels.search", "must be at least 1");
      Check.parameter(
          initial.compareTo(search) >= 0, "levels.initial", "must be at least levels.search");
      Check.parameter(
          release.compareTo(initial) >= 0 && release.compareTo(MAXIMUM_FACTOR) <= 0,
          "levels.release",
          "must be at least levels.initial and at most 1000");
    }

    private static Decimal shortened(Decimal factor) {
      return factor.scale() <= PLACES
          ? factor
          : new Decimal(factor.units() / Fixed.pow10(factor.scale() - PLACES), PLACES);
    }
  }

  /// Search between maintenance and initial, release above initial: `search = MM + floor((initial -
  /// MM) * searchShare)`, `release = ceil(initial * releaseFactor)`.
  ///
  /// @param searchShare 0 to 1
  /// @param releaseFactor at least 1
  record BetweenRequirements(Decimal searchShare, Decimal releaseFactor) implements LevelPolicy {
    /// Refuses crossed levels.
    public BetweenRequirements {
      Check.parameter(
          !searchShare.isNegative() && searchShare.compareTo(Decimal.ONE) <= 0,
          "levels.searchShare",
          "must be 0 to 1, so that maintenance <= search <= initial");
      Check.parameter(
          releaseFactor.compareTo(Decimal.ONE) >= 0 && releaseFactor.compareTo(MAXIMUM_FACTOR) <= 0,
          "levels.releaseFactor",
          "must be at least 1, so that initial <= release, and at most 1000");
    }
  }

  /// All four levels equal the initial level: every unit of risk is backed in full.
  record FullyCollateralised() implements LevelPolicy {}

  /// Maintenance and initial only; money is never moved for such an account: `search = MM`, no
  /// release level.
  record WithoutBands() implements LevelPolicy {}
}
