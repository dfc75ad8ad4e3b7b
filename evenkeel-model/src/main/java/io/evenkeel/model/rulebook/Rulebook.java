package io.evenkeel.model.rulebook;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.number.Check;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One venue's rules as data. The engine holds it as given; its parts are explained where they are
/// defined, and what the engine does with them is written down step by step in `docs/RULES.md`.
///
/// @param name e.g. `perp-cross`
/// @param version raised by whoever changes a parameter; carried by every decision
/// @param cashAsset symbol of the asset in which penalties of a take-over and deficits are counted
/// @param collateral what may be posted, in the order in which a wallet is drawn on; each asset at
///   most once
/// @param requirement maintenance and initial requirement of positions and open orders
/// @param crossLevels how requirements become levels for cross accounts
/// @param isolatedLevels the same for isolated accounts
/// @param triggers which steps of the cycle each kind of command runs; a missing trigger runs none
/// @param topUp how collateral is pulled in
/// @param release how excess is given back
/// @param call margin calls
/// @param lossSources who pays a cash loss, in order
/// @param liquidation what happens below maintenance
/// @param venue what holds for the whole venue; only the section of the first rulebook defined is
///   in force
public record Rulebook(
    String name,
    int version,
    String cashAsset,
    List<CollateralTerms> collateral,
    RequirementModel requirement,
    LevelPolicy crossLevels,
    LevelPolicy isolatedLevels,
    Map<Trigger, TriggerPolicy> triggers,
    TopUpPolicy topUp,
    ReleasePolicy release,
    CallPolicy call,
    List<LossSource> lossSources,
    LiquidationPolicy liquidation,
    VenuePolicy venue) {

  /// Checks the relations between the parts.
  public Rulebook {
    Check.parameter(!name.isBlank() && name.length() <= 64, "name", "must have 1 to 64 characters");
    Check.parameter(version >= 1, "version", "must be at least 1");
    collateral = List.copyOf(collateral);
    lossSources = List.copyOf(lossSources);
    EnumMap<Trigger, TriggerPolicy> ordered = new EnumMap<>(Trigger.class);
    ordered.putAll(triggers);
    triggers = java.util.Collections.unmodifiableMap(ordered);
    Check.parameter(!collateral.isEmpty(), "collateral", "must name at least one asset");
    Check.parameter(
        collateral.stream().map(CollateralTerms::asset).distinct().count() == collateral.size(),
        "collateral",
        "must name each asset once");
    String cash = cashAsset;
    Check.parameter(
        collateral.stream().anyMatch(terms -> terms.asset().equals(cash)),
        "cashAsset",
        "must be one of the collateral assets");
    for (CollateralTerms terms : collateral) {
      for (CollateralScaling.Rule rule : terms.scaling().rules()) {
        Check.parameter(
            requirement.takes(rule),
            "collateral.scaling",
            "has a rule of " + terms.asset() + " that the requirement does not weigh by");
      }
    }
    if (requirement instanceof ModelParameters parameters) {
      for (String symbol : parameters.namedAssets()) {
        Check.parameter(
            collateral.stream().anyMatch(terms -> terms.asset().equals(symbol)),
            "requirement",
            "names " + symbol + ", which must be one of the collateral assets");
      }
    }
    Check.parameter(
        lossSources.stream().distinct().count() == lossSources.size(),
        "lossSources",
        "must name each source once");
    Check.parameter(lossSources.contains(LossSource.MARGIN), "lossSources", "must contain MARGIN");
    if (requirement instanceof RequirementModel.TieredRates tiered) {
      Check.parameter(
          !tiered.scaling().readsOpenInterest() || !venue.slowInputs().isNone(),
          "requirement.scaling",
          "depends on open interest, which venue.slowInputs must then state; add that section");
      Check.parameter(
          tiered.scaling().volatility() == null || venue.slowInputs().volatility() != null,
          "requirement.scaling.volatility",
          "needs what venue.slowInputs.volatility measures; add that section");
    }
    if (requirement instanceof CollateralisedDebt debt) {
      debt.checkAgainst(collateral, release);
    }
    HealthClosing closing = liquidation.healthClosing();
    if (closing != null) {
      List<String> assets = collateral.stream().map(CollateralTerms::asset).toList();
      closing.checkAgainst(requirement, assets::contains);
    }
  }

  /// The level policy of a mode.
  public LevelPolicy levels(AccountMode mode) {
    return switch (mode) {
      case CROSS -> crossLevels;
      case ISOLATED -> isolatedLevels;
    };
  }

  /// Whether accounts under it may hold a long and a short position in one instrument side by side:
  /// the model margins each for itself, and no step closes slices, whose limit prices know one
  /// position an instrument.
  public boolean marginsBothSides() {
    return requirement.marginsBothSides()
        && liquidation.steps().stream().noneMatch(LiquidationStep.CloseSlices.class::isInstance);
  }

  /// What a trigger runs; nothing when the rulebook does not name it.
  public TriggerPolicy onTrigger(Trigger trigger) {
    return triggers.getOrDefault(trigger, TriggerPolicy.NOTHING);
  }
}
