package io.evenkeel.lab.replay;

import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Rulebook;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a replay is made of. Two replays of equal plans end in the same state, bit for bit.
///
/// @param source the prices
/// @param rulebook the rules everybody is under
/// @param accounts number of trader accounts made up from the seed; ignored with a population file
/// @param populationFile accounts to use in place of made-up ones; null = none
/// @param seed of the accounts and of everything the traders do
/// @param tickLimit stop after so many ticks; 0 = at the end of the source
/// @param fundingRate applied to every contract each time eight hours of the source have passed;
///   zero = no funding
/// @param audited whether every command also goes to the slow twin, whose answers and events must
///   be the same
public record ReplayPlan(
    TickSource source,
    Rulebook rulebook,
    int accounts,
    @Nullable Path populationFile,
    long seed,
    long tickLimit,
    Decimal fundingRate,
    boolean audited) {
  /// Refuses a negative limit and a rate that the engine would refuse.
  ///
  /// @throws IllegalArgumentException naming the figure
  public ReplayPlan {
    if (tickLimit < 0) {
      throw new IllegalArgumentException(
          "a replay's tick limit must not be negative, not " + tickLimit);
    }
    if (fundingRate.compareTo(Decimal.ONE) > 0 || fundingRate.compareTo(new Decimal(-1, 0)) < 0) {
      throw new IllegalArgumentException("a funding rate is -1 to 1, not " + fundingRate);
    }
  }

  /// A plan of made-up accounts over the whole source, without funding and without the twin.
  public static ReplayPlan of(TickSource source, Rulebook rulebook, int accounts, long seed) {
    return new ReplayPlan(source, rulebook, accounts, null, seed, 0, Decimal.ZERO, false);
  }

  /// The same, of a population read from a file.
  public ReplayPlan withPopulation(Path file) {
    return new ReplayPlan(source, rulebook, accounts, file, seed, tickLimit, fundingRate, audited);
  }

  /// The same, stopped after so many ticks; 0 = not.
  public ReplayPlan withTickLimit(long ticks) {
    return new ReplayPlan(
        source, rulebook, accounts, populationFile, seed, ticks, fundingRate, audited);
  }

  /// The same with funding.
  public ReplayPlan withFundingRate(Decimal rate) {
    return new ReplayPlan(
        source, rulebook, accounts, populationFile, seed, tickLimit, rate, audited);
  }

  /// The same with or without the slow twin in step.
  public ReplayPlan withAudit(boolean withTwin) {
    return new ReplayPlan(
        source, rulebook, accounts, populationFile, seed, tickLimit, fundingRate, withTwin);
  }
}
