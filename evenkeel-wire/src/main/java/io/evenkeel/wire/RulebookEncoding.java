package io.evenkeel.wire;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.wire.sbe.DefineRulebookEncoder;
import io.evenkeel.wire.sbe.FlagCode;
import io.evenkeel.wire.sbe.LevelKindCode;
import io.evenkeel.wire.sbe.LevelPolicyEncoder;
import io.evenkeel.wire.sbe.LiquidationStepCode;
import io.evenkeel.wire.sbe.LiquidationTermsEncoder;
import io.evenkeel.wire.sbe.MarketDataGuardEncoder;
import io.evenkeel.wire.sbe.RequirementKindCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rulebook to bytes. Fields of fixed length come first, then the lists, then the names, as the
/// schema wants it.
final class RulebookEncoding {
  private RulebookEncoding() {}

  static void put(Rulebook rulebook, DefineRulebookEncoder to) {
    to.version(rulebook.version());
    put(rulebook.crossLevels(), to.crossLevels());
    put(rulebook.isolatedLevels(), to.isolatedLevels());
    putPolicies(rulebook, to);
    // the model's fixed fields, then its groups: its names belong behind all groups
    TieredRates tiered = putRequirementFields(rulebook.requirement(), to);
    putCollateral(rulebook, to);
    putTables(tiered, to);
    putTriggers(rulebook, to);
    putLossSources(rulebook, to);
    putLiquidationSteps(rulebook.liquidation(), to);
    putSuspensions(rulebook, to);
    putLending(rulebook.venue().lending(), to);
    byte[] name = ValueBody.name(rulebook.name(), "name");
    byte[] cashAsset = ValueBody.name(rulebook.cashAsset(), "cashAsset");
    byte[] defaultTable =
        ValueBody.name(tiered == null ? "" : tiered.defaultTable(), "defaultTable");
    String type = "";
    String tree = "";
    if (rulebook.requirement() instanceof ModelParameters model) {
      type = model.type();
      tree = TreeText.of(model.toFields());
    }
    MarketConduct ways = rulebook.venue().conduct();
    byte[] conduct =
        (ways.equals(MarketConduct.USUAL) ? "" : TreeText.of(ways.toFields()))
            .getBytes(StandardCharsets.UTF_8);
    List<LiquidationStep> steps = rulebook.liquidation().steps();
    byte[] liquidation =
        (hasNumberedSteps(steps) ? "" : TreeText.of(LiquidationPolicy.stepsToFields(steps)))
            .getBytes(StandardCharsets.UTF_8);
    byte[] rateScaling = scaling(tiered).getBytes(StandardCharsets.UTF_8);
    byte[] slowInputs = slowInputs(rulebook.venue().slowInputs()).getBytes(StandardCharsets.UTF_8);
    byte[] modelType = ValueBody.name(type, "modelType");
    byte[] modelParameters = tree.getBytes(StandardCharsets.UTF_8);
    to.putName(name, 0, name.length)
        .putCashAsset(cashAsset, 0, cashAsset.length)
        .putDefaultTable(defaultTable, 0, defaultTable.length)
        .putConduct(conduct, 0, conduct.length)
        .putModelType(modelType, 0, modelType.length)
        .putModelParameters(modelParameters, 0, modelParameters.length)
        .putLiquidationTree(liquidation, 0, liquidation.length)
        .putRateScaling(rateScaling, 0, rateScaling.length)
        .putSlowInputs(slowInputs, 0, slowInputs.length);
  }

  private static void put(LevelPolicy policy, LevelPolicyEncoder to) {
    switch (policy) {
      case LevelPolicy.ScaledMaintenance(Decimal search, Decimal initial, Decimal release) ->
          putLevels(LevelKindCode.SCALED_MAINTENANCE, search, initial, release, to);
      case LevelPolicy.BetweenRequirements(Decimal searchShare, Decimal releaseFactor) ->
          putLevels(
              LevelKindCode.BETWEEN_REQUIREMENTS, searchShare, Decimal.ZERO, releaseFactor, to);
      case LevelPolicy.FullyCollateralised() ->
          putLevels(
              LevelKindCode.FULLY_COLLATERALISED, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, to);
      case LevelPolicy.WithoutBands() ->
          putLevels(LevelKindCode.WITHOUT_BANDS, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, to);
    }
  }

  private static void putLevels(
      LevelKindCode kind, Decimal search, Decimal initial, Decimal release, LevelPolicyEncoder to) {
    to.kind(kind);
    ValueBody.put(search, to.search());
    ValueBody.put(initial, to.initial());
    ValueBody.put(release, to.release());
  }

  private static void putPolicies(Rulebook rulebook, DefineRulebookEncoder to) {
    to.topUp().siblingsAllowed(ValueBody.flag(rulebook.topUp().siblingsAllowed()));
    to.release()
        .automatic(ValueBody.flag(rulebook.release().automatic()))
        .minimumE6(rulebook.release().minimumE6())
        .coolDownNs(rulebook.release().coolDownNs());
    ValueBody.put(rulebook.release().profitAllowance(), to.release().profitAllowance());
    to.call()
        .enabled(ValueBody.flag(rulebook.call().enabled()))
        .deadlineNs(rulebook.call().deadlineNs())
        .updateStepE6(rulebook.call().updateStepE6())
        .onExpiry(WireEnums.ON_EXPIRY.code(rulebook.call().onExpiry()));
    put(rulebook.liquidation(), to.liquidation());
    to.executionOrder(WireEnums.EXECUTION_ORDER.code(rulebook.venue().executionOrder()));
    ValueBody.put(rulebook.venue().priceCollar(), to.priceCollar());
    put(rulebook.venue().markGuard(), to.markGuard());
    put(rulebook.venue().assetGuard(), to.assetGuard());
  }

  private static void put(LiquidationPolicy policy, LiquidationTermsEncoder to) {
    ValueBody.put(policy.partialPenalty(), to.partialPenalty());
    ValueBody.put(policy.takeOverPenalty(), to.takeOverPenalty());
    ValueBody.put(policy.insuranceShare(), to.insuranceShare());
    ValueBody.put(policy.backstopShare(), to.backstopShare());
    ValueBody.put(policy.closing().baseSlippage(), to.baseSlippage());
    ValueBody.put(policy.closing().impact(), to.impact());
    ValueBody.put(policy.closing().maximumSlippage(), to.maximumSlippage());
  }

  private static void put(MarketDataGuard guard, MarketDataGuardEncoder to) {
    to.maximumAgeNs(guard.maximumAgeNs()).toleranceNs(guard.toleranceNs());
    ValueBody.put(guard.maximumDeviation(), to.maximumDeviation());
    ValueBody.put(guard.maximumUncertainty(), to.maximumUncertainty());
  }

  private static @Nullable TieredRates putRequirementFields(
      RequirementModel model, DefineRulebookEncoder to) {
    return switch (model) {
      case TieredRates tiered -> {
        to.requirementKind(RequirementKindCode.TIERED_RATES)
            .ordersInMaintenance(ValueBody.flag(tiered.ordersInMaintenance()));
        ValueBody.put(tiered.profitInitialWeight(), to.profitInitialWeight());
        yield tiered;
      }
      case ModelParameters _ -> {
        to.requirementKind(RequirementKindCode.MODEL).ordersInMaintenance(FlagCode.NO);
        ValueBody.put(Decimal.ZERO, to.profitInitialWeight());
        yield null;
      }
    };
  }

  private static String scaling(@Nullable TieredRates tiered) {
    return tiered == null || tiered.scaling().isNone()
        ? ""
        : TreeText.of(tiered.scaling().toFields());
  }

  private static String slowInputs(SlowInputs rules) {
    return rules.isNone() ? "" : TreeText.of(rules.toFields());
  }

  private static String scaling(CollateralTerms terms) {
    return terms.scaling().equals(CollateralScaling.NONE)
        ? ""
        : TreeText.of(terms.scaling().toFields());
  }

  private static void putLending(List<LendingTerms> lending, DefineRulebookEncoder to) {
    DefineRulebookEncoder.LendingEncoder entries = to.lendingCount(lending.size());
    for (LendingTerms terms : lending) {
      DefineRulebookEncoder.LendingEncoder entry =
          entries
              .next()
              .compounding(WireEnums.COMPOUNDING.code(terms.compounding()))
              .deposits(WireEnums.LENDING_DEPOSITS.code(terms.deposits()))
              .payee(WireEnums.LENDING_PAYEE.code(terms.payee()))
              .minted(ValueBody.flag(terms.minted()))
              .ceilingMinor(terms.ceilingMinor())
              .intervalNs(terms.intervalNs());
      ValueBody.put(terms.minimumRate(), entry.minimumRate());
      ValueBody.put(terms.slope(), entry.slope());
      ValueBody.put(terms.optimalUtilisation(), entry.optimalUtilisation());
      ValueBody.put(terms.highSlope(), entry.highSlope());
      ValueBody.put(terms.venueShare(), entry.venueShare());
      byte[] asset = ValueBody.name(terms.asset(), "lentAsset");
      entry.putLentAsset(asset, 0, asset.length);
    }
  }

  private static void putCollateral(Rulebook rulebook, DefineRulebookEncoder to) {
    DefineRulebookEncoder.CollateralEncoder entries =
        to.collateralCount(rulebook.collateral().size());
    for (CollateralTerms terms : rulebook.collateral()) {
      DefineRulebookEncoder.CollateralEncoder entry = entries.next().capMinor(terms.capMinor());
      ValueBody.put(terms.initialWeight(), entry.initialWeight());
      ValueBody.put(terms.maintenanceWeight(), entry.maintenanceWeight());
      ValueBody.put(terms.debtWeight(), entry.debtWeight());
      ValueBody.put(terms.conversionHaircut(), entry.conversionHaircut());
      byte[] asset = ValueBody.name(terms.asset(), "asset");
      byte[] scaling = scaling(terms).getBytes(StandardCharsets.UTF_8);
      entry.putAsset(asset, 0, asset.length).putScaling(scaling, 0, scaling.length);
    }
  }

  private static void putTables(@Nullable TieredRates tiered, DefineRulebookEncoder to) {
    if (tiered == null) {
      to.tablesCount(0);
      to.tableOfInstrumentCount(0);
      return;
    }
    DefineRulebookEncoder.TablesEncoder tables = to.tablesCount(tiered.tables().size());
    for (Map.Entry<String, BracketTable> named : tiered.tables().entrySet()) {
      BracketTable table = named.getValue();
      DefineRulebookEncoder.TablesEncoder entry = tables.next().depthE6(table.depthE6());
      ValueBody.put(table.dailyMove(), entry.dailyMove());
      DefineRulebookEncoder.TablesEncoder.BracketsEncoder brackets =
          entry.bracketsCount(table.brackets().size());
      for (Bracket bracket : table.brackets()) {
        brackets.next().floorE6(bracket.floorE6());
        ValueBody.put(bracket.maintenanceRate(), brackets.maintenanceRate());
        ValueBody.put(bracket.initialRate(), brackets.initialRate());
      }
      byte[] name = ValueBody.name(named.getKey(), "tableName");
      entry.putTableName(name, 0, name.length);
    }
    DefineRulebookEncoder.TableOfInstrumentEncoder instruments =
        to.tableOfInstrumentCount(tiered.tableOfInstrument().size());
    for (Map.Entry<String, String> tableOf : tiered.tableOfInstrument().entrySet()) {
      byte[] instrument = ValueBody.name(tableOf.getKey(), "instrument");
      byte[] table = ValueBody.name(tableOf.getValue(), "table");
      instruments
          .next()
          .putInstrument(instrument, 0, instrument.length)
          .putTable(table, 0, table.length);
    }
  }

  private static void putTriggers(Rulebook rulebook, DefineRulebookEncoder to) {
    DefineRulebookEncoder.TriggersEncoder entries = to.triggersCount(rulebook.triggers().size());
    for (Trigger trigger : WireEnums.TRIGGER.byNumber()) {
      if (rulebook.triggers().containsKey(trigger)) {
        entries
            .next()
            .trigger(WireEnums.TRIGGER.code(trigger))
            .secondPass(ValueBody.flag(rulebook.onTrigger(trigger).secondPass()));
        ValueBody.put(rulebook.onTrigger(trigger).steps(), entries.steps());
      }
    }
  }

  private static void putLossSources(Rulebook rulebook, DefineRulebookEncoder to) {
    DefineRulebookEncoder.LossSourcesEncoder entries =
        to.lossSourcesCount(rulebook.lossSources().size());
    for (LossSource source : rulebook.lossSources()) {
      entries.next().source(WireEnums.LOSS_SOURCE.code(source));
    }
  }

  private static void putLiquidationSteps(LiquidationPolicy policy, DefineRulebookEncoder to) {
    List<LiquidationStep> steps = hasNumberedSteps(policy.steps()) ? policy.steps() : List.of();
    DefineRulebookEncoder.LiquidationStepsEncoder entries = to.liquidationStepsCount(steps.size());
    for (LiquidationStep step : steps) {
      entries.next().step(requireNonNull(code(step)));
    }
  }

  /// Whether every step has a number of its own, as those of version 1 of the schema have.
  static boolean hasNumberedSteps(List<LiquidationStep> steps) {
    return steps.stream().allMatch(step -> code(step) != null);
  }

  private static @Nullable LiquidationStepCode code(LiquidationStep step) {
    return switch (step) {
      case LiquidationStep.CancelOrders(boolean mustExceed) ->
          mustExceed ? null : LiquidationStepCode.CANCEL_ORDERS;
      case LiquidationStep.ConvertDebts() -> LiquidationStepCode.CONVERT_DEBTS;
      case LiquidationStep.PartialClose(LiquidationStep.ExitLevel level) ->
          switch (level) {
            case SEARCH -> LiquidationStepCode.PARTIAL_CLOSE_TO_SEARCH;
            case INITIAL -> LiquidationStepCode.PARTIAL_CLOSE_TO_INITIAL;
          };
      case LiquidationStep.TakeOver() -> LiquidationStepCode.TAKE_OVER;
      case LiquidationStep.DrawInsurance() -> LiquidationStepCode.DRAW_INSURANCE;
      case LiquidationStep.ShareLoss() -> LiquidationStepCode.SHARE_LOSS;
      case LiquidationStep.TakeOverAtMark _,
          LiquidationStep.Deleverage _,
          LiquidationStep.CloseByHealth _,
          LiquidationStep.AuctionAccount _,
          LiquidationStep.CloseSlices _ ->
          null;
    };
  }

  private static void putSuspensions(Rulebook rulebook, DefineRulebookEncoder to) {
    var suspended = rulebook.venue().suspended();
    DefineRulebookEncoder.SuspensionsEncoder entries = to.suspensionsCount(suspended.size());
    for (TradingPhase phase : WireEnums.TRADING_PHASE.byNumber()) {
      var steps = suspended.get(phase);
      if (steps != null) {
        ValueBody.put(steps, entries.next().phase(WireEnums.TRADING_PHASE.code(phase)).steps());
      }
    }
  }
}
