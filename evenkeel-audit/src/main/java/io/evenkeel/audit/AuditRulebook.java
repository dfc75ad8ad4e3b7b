package io.evenkeel.audit;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One rulebook: the version in force and the one that waits.
final class AuditRulebook {
  /// A version that will come into force.
  record Waiting(Rulebook rulebook, long effectiveTimeNs) {}

  final int index;
  final int id;
  @Nullable Waiting waiting;
  private Rulebook inForce;
  private final Map<Integer, Terms> termsByAsset = new HashMap<>();
  private final Map<String, Brackets> bracketsBySymbol = new HashMap<>();
  private final List<AuditAsset> schedule = new ArrayList<>();

  AuditRulebook(int index, int id, Rulebook first, AuditBook book) {
    this.index = index;
    this.id = id;
    this.inForce = first;
    putInForce(first, book);
  }

  /// Puts a version in force. Its assets must all be defined.
  final void putInForce(Rulebook rulebook, AuditBook book) {
    inForce = rulebook;
    termsByAsset.clear();
    bracketsBySymbol.clear();
    schedule.clear();
    for (CollateralTerms terms : rulebook.collateral()) {
      AuditAsset asset = book.assetNamed(terms.asset());
      termsByAsset.put(asset.index, Terms.of(terms));
      schedule.add(asset);
    }
  }

  /// Whether the models of the version in force and of the one that waits both have a property.
  boolean knows(Predicate<RequirementModel> property) {
    return property.test(inForce.requirement())
        && (waiting == null || property.test(waiting.rulebook().requirement()));
  }

  /// Whether the version in force and the one that waits both allow something.
  boolean allows(Predicate<Rulebook> property) {
    return property.test(inForce) && (waiting == null || property.test(waiting.rulebook()));
  }

  Rulebook inForce() {
    return inForce;
  }

  /// Share of profit that counts for the initial level.
  Ratio profitInitialWeight() {
    return switch (inForce.requirement()) {
      case TieredRates tiered -> Ratio.of(tiered.profitInitialWeight());
      case ModelParameters _ -> Ratio.of(Decimal.ONE);
    };
  }

  /// What raises requirements by brackets.
  RateScaling rateScaling() {
    return inForce.requirement() instanceof TieredRates tiered
        ? tiered.scaling()
        : RateScaling.NONE;
  }

  /// Whether open orders count for maintenance.
  boolean ordersInMaintenance() {
    return inForce.requirement() instanceof TieredRates tiered && tiered.ordersInMaintenance();
  }

  /// Whether the requirement is by brackets; otherwise it is the account's and not its rows'.
  boolean isTiered() {
    return inForce.requirement() instanceof TieredRates;
  }

  /// Whether what an amount of collateral counts depends on what else there is.
  boolean weighsBalances() {
    return switch (inForce.requirement()) {
      case CollateralisedDebt debts ->
          debts.averageDecimals() != CollateralisedDebt.PER_ASSET || !debts.categories().isEmpty();
      case SizeScaledRates _ -> true;
      default -> false;
    };
  }

  /// Rates by open interest, or null when the requirement is something else.
  @Nullable OpenInterestRates openInterestRates() {
    return inForce.requirement() instanceof OpenInterestRates rates ? rates : null;
  }

  /// The model that weighs accounts as a whole, or null when rows and assets add up.
  ///
  /// @throws IllegalStateException for a model that is not known here
  @Nullable AuditModel model(AuditBook book) {
    return switch (inForce.requirement()) {
      case TieredRates _ -> null;
      case OpenInterestRates rates ->
          (account, assets, _) -> new OpenInterest(book, account, rates).figures(assets);
      case FactorRates rates -> new FactorMargin(rates);
      case CollateralisedDebt debts -> new Debts(book, debts);
      case SizeScaledRates rates -> new SizeScaled(book, rates);
      case ModelParameters other ->
          throw new IllegalStateException("the twin does not know the model " + other.type());
    };
  }

  Terms terms(AuditAsset asset) {
    return termsByAsset.getOrDefault(asset.index, Terms.UNLISTED);
  }

  /// The assets of the collateral schedule, in its order.
  List<AuditAsset> schedule() {
    return schedule;
  }

  Brackets brackets(AuditInstrument instrument) {
    return bracketsBySymbol.computeIfAbsent(
        instrument.contract.symbol(),
        symbol ->
            new Brackets(
                switch (inForce.requirement()) {
                  case TieredRates tiered -> tiered.tableFor(symbol);
                  case ModelParameters parameters -> parameters.market(symbol).asTable();
                }));
  }
}
