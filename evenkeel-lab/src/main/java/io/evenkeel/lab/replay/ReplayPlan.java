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
/// @param sizedBy the rules by which made-up accounts are sized, so that several rulebooks meet the
///   same accounts; null = the rulebook itself
/// @param paired whether each choice of a trader is drawn from a stream of its own, see
///   [io.evenkeel.lab.population.TraderParameters]
/// @param impact how closing flow moves later marks
public record ReplayPlan(
    TickSource source,
    Rulebook rulebook,
    int accounts,
    @Nullable Path populationFile,
    long seed,
    long tickLimit,
    Decimal fundingRate,
    boolean audited,
    @Nullable Rulebook sizedBy,
    boolean paired,
    ImpactTerms impact) {
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

  /// A plan of made-up accounts over the whole source, without funding, the twin and impact.
  public static ReplayPlan of(TickSource source, Rulebook rulebook, int accounts, long seed) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        null,
        seed,
        0,
        Decimal.ZERO,
        false,
        null,
        false,
        ImpactTerms.NONE);
  }

  /// The same, of a population read from a file.
  public ReplayPlan withPopulation(Path file) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        file,
        seed,
        tickLimit,
        fundingRate,
        audited,
        sizedBy,
        paired,
        impact);
  }

  /// The same, stopped after so many ticks; 0 = not.
  public ReplayPlan withTickLimit(long ticks) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        ticks,
        fundingRate,
        audited,
        sizedBy,
        paired,
        impact);
  }

  /// The same with funding.
  public ReplayPlan withFundingRate(Decimal rate) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        tickLimit,
        rate,
        audited,
        sizedBy,
        paired,
        impact);
  }

  /// The same with or without the slow twin in step.
  public ReplayPlan withAudit(boolean withTwin) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        tickLimit,
        fundingRate,
        withTwin,
        sizedBy,
        paired,
        impact);
  }

  /// The same under other rules, with accounts sized as they were: by the rules that sized them so
  /// far.
  public ReplayPlan under(Rulebook other) {
    return new ReplayPlan(
        source,
        other,
        accounts,
        populationFile,
        seed,
        tickLimit,
        fundingRate,
        audited,
        sizedBy == null ? rulebook : sizedBy,
        paired,
        impact);
  }

  /// The same with marks that closing flow moves.
  public ReplayPlan withImpact(ImpactTerms terms) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        tickLimit,
        fundingRate,
        audited,
        sizedBy,
        paired,
        terms);
  }

  /// The same with accounts sized by other rules than they live under.
  public ReplayPlan withSizing(Rulebook sizing) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        tickLimit,
        fundingRate,
        audited,
        sizing,
        paired,
        impact);
  }

  /// The same with each choice of a trader drawn from a stream of its own, or not.
  public ReplayPlan withPairing(boolean isPaired) {
    return new ReplayPlan(
        source,
        rulebook,
        accounts,
        populationFile,
        seed,
        tickLimit,
        fundingRate,
        audited,
        sizedBy,
        isPaired,
        impact);
  }
}
