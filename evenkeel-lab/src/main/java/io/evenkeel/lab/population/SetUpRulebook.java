package io.evenkeel.lab.population;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.List;
import java.util.Map;

/// The rules under which a recorded population is put together: hardly any margin, no collar, no
/// cycle. So accounts can be entered as they were, at their old entry prices and however thin their
/// margin; the governing rulebook then comes into force over the finished whole, as its next
/// version.
final class SetUpRulebook {
  private static final String TABLE = "set-up";
  private static final Decimal HARDLY = new Decimal(1, 18);

  private SetUpRulebook() {}

  /// Rules for setting up, one version before [#governing].
  static Rulebook of(Rulebook target) {
    List<CollateralTerms> collateral =
        target.collateral().stream()
            .map(terms ->
                new CollateralTerms(
                    terms.asset(),
                    terms.maintenanceWeight(),
                    terms.maintenanceWeight(),
                    terms.debtWeight(),
                    Long.MAX_VALUE,
                    terms.conversionHaircut()))
            .toList();
    BracketTable table = new BracketTable(List.of(new Bracket(0, HARDLY, HARDLY)), Decimal.ONE, 1);
    VenuePolicy venue = target.venue();
    return new Rulebook(
        target.name(),
        governing(target).version() - 1,
        target.cashAsset(),
        collateral,
        new TieredRates(Map.of(TABLE, table), Map.of(), TABLE, false, Decimal.ONE),
        new LevelPolicy.BetweenRequirements(Decimal.ZERO, Decimal.ONE),
        new LevelPolicy.WithoutBands(),
        Map.of(),
        target.topUp(),
        target.release(),
        target.call(),
        target.lossSources(),
        target.liquidation(),
        new VenuePolicy(
            venue.executionOrder(),
            Decimal.ZERO,
            venue.markGuard(),
            venue.assetGuard(),
            venue.suspended()));
  }

  /// The target itself, in a version of at least 2 so that there is one before it.
  static Rulebook governing(Rulebook target) {
    return target.version() >= 2
        ? target
        : new Rulebook(
            target.name(),
            2,
            target.cashAsset(),
            target.collateral(),
            target.requirement(),
            target.crossLevels(),
            target.isolatedLevels(),
            target.triggers(),
            target.topUp(),
            target.release(),
            target.call(),
            target.lossSources(),
            target.liquidation(),
            target.venue());
  }
}
