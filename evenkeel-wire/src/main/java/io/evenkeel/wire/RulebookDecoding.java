package io.evenkeel.wire;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import io.evenkeel.wire.sbe.DefineRulebookDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.CollateralDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.LiquidationStepsDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.LossSourcesDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.SuspensionsDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.TableOfInstrumentDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.TablesDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.TablesDecoder.BracketsDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder.TriggersDecoder;
import io.evenkeel.wire.sbe.LevelKindCode;
import io.evenkeel.wire.sbe.LevelPolicyDecoder;
import io.evenkeel.wire.sbe.LiquidationStepCode;
import io.evenkeel.wire.sbe.LiquidationTermsDecoder;
import io.evenkeel.wire.sbe.MarketDataGuardDecoder;
import io.evenkeel.wire.sbe.RequirementKindCode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rulebook from bytes. Lists and names must be read in the order of the schema; fields of fixed
/// length may be read at any time.
final class RulebookDecoding {
  private RulebookDecoding() {}

  static Rulebook rulebook(DefineRulebookDecoder from, Frame frame) {
    List<CollateralTerms> collateral = collateral(from, frame);
    Map<String, BracketTable> tables = tables(from, frame);
    Map<String, String> tableOfInstrument = tableOfInstrument(from, frame);
    Map<Trigger, TriggerPolicy> triggers = triggers(from, frame);
    List<LossSource> lossSources = lossSources(from, frame);
    List<LiquidationStep> steps = liquidationSteps(from, frame);
    Map<TradingPhase, Set<CycleStep>> suspended = suspended(from, frame);
    List<LendingTerms> lending = lending(from, frame);
    String name = frame.text("name", from.nameLength(), from::getName);
    String cashAsset = frame.text("cashAsset", from.cashAssetLength(), from::getCashAsset);
    String defaultTable =
        frame.text("defaultTable", from.defaultTableLength(), from::getDefaultTable);
    MarketConduct conduct = conduct(frame.text("conduct", from.conductLength(), from::getConduct));
    String modelType = frame.text("modelType", from.modelTypeLength(), from::getModelType);
    String modelParameters =
        frame.text("modelParameters", from.modelParametersLength(), from::getModelParameters);
    String stepTree =
        frame.text("liquidationTree", from.liquidationTreeLength(), from::getLiquidationTree);
    RateScaling rateScaling =
        rateScaling(frame.text("rateScaling", from.rateScalingLength(), from::getRateScaling));
    SlowInputs slowInputs =
        slowInputs(frame.text("slowInputs", from.slowInputsLength(), from::getSlowInputs));
    return new Rulebook(
        name,
        from.version(),
        cashAsset,
        collateral,
        requirement(
            from, tables, tableOfInstrument, defaultTable, modelType, modelParameters, rateScaling),
        levels(from.crossLevels(), "crossLevels"),
        levels(from.isolatedLevels(), "isolatedLevels"),
        triggers,
        new TopUpPolicy(ValueBody.flag(from.topUp().siblingsAllowedRaw(), "siblingsAllowed")),
        release(from),
        call(from),
        lossSources,
        liquidation(from.liquidation(), stepTree.isEmpty() ? steps : steps(steps, stepTree)),
        new VenuePolicy(
            WireEnums.EXECUTION_ORDER.constant(from.executionOrderRaw(), "executionOrder"),
            ValueBody.decimal(from.priceCollar(), "priceCollar"),
            guard(from.markGuard(), "markGuard"),
            guard(from.assetGuard(), "assetGuard"),
            suspended,
            lending,
            conduct,
            slowInputs));
  }

  private static RequirementModel requirement(
      DefineRulebookDecoder from,
      Map<String, BracketTable> tables,
      Map<String, String> tableOfInstrument,
      String defaultTable,
      String modelType,
      String modelParameters,
      RateScaling rateScaling) {
    short kind = from.requirementKindRaw();
    boolean orders = ValueBody.flag(from.ordersInMaintenanceRaw(), "ordersInMaintenance");
    Decimal profitWeight = ValueBody.decimal(from.profitInitialWeight(), "profitInitialWeight");
    if (kind == RequirementKindCode.TIERED_RATES.value()
        && modelType.isEmpty()
        && modelParameters.isEmpty()) {
      return new TieredRates(
          tables, tableOfInstrument, defaultTable, orders, profitWeight, rateScaling);
    }
    boolean isBare =
        tables.isEmpty()
            && tableOfInstrument.isEmpty()
            && defaultTable.isEmpty()
            && !orders
            && rateScaling.isNone()
            && profitWeight.equals(Decimal.ZERO);
    if (kind == RequirementKindCode.MODEL.value()
        && isBare
        && TreeText.parameters(modelParameters, "modelParameters")
            instanceof ParameterNode.Fields fields) {
      ModelParameters model = MarginModelTypes.read(modelType, fields);
      if (!model.toFields().equals(fields)) {
        throw new InvalidParameter("modelParameters", "is not written in its one form");
      }
      return model;
    }
    throw new InvalidParameter(
        "requirementKind", "holds " + kind + ", which with these parts is no requirement model");
  }

  private static LevelPolicy levels(LevelPolicyDecoder from, String field) {
    short kind = from.kindRaw();
    Decimal search = ValueBody.decimal(from.search(), field);
    Decimal initial = ValueBody.decimal(from.initial(), field);
    Decimal release = ValueBody.decimal(from.release(), field);
    if (kind == LevelKindCode.SCALED_MAINTENANCE.value()) {
      return new LevelPolicy.ScaledMaintenance(search, initial, release);
    }
    requireUnused(initial, field);
    if (kind == LevelKindCode.BETWEEN_REQUIREMENTS.value()) {
      return new LevelPolicy.BetweenRequirements(search, release);
    }
    requireUnused(search, field);
    requireUnused(release, field);
    if (kind == LevelKindCode.FULLY_COLLATERALISED.value()) {
      return new LevelPolicy.FullyCollateralised();
    }
    if (kind == LevelKindCode.WITHOUT_BANDS.value()) {
      return new LevelPolicy.WithoutBands();
    }
    throw new InvalidParameter(field, "holds kind " + kind + ", which is no level policy");
  }

  private static void requireUnused(Decimal value, String field) {
    if (!value.equals(Decimal.ZERO)) {
      throw new InvalidParameter(field, "holds a factor that its kind of level policy has not");
    }
  }

  private static ReleasePolicy release(DefineRulebookDecoder from) {
    return new ReleasePolicy(
        ValueBody.flag(from.release().automaticRaw(), "release.automatic"),
        from.release().minimumE6(),
        from.release().coolDownNs(),
        ValueBody.decimal(from.release().profitAllowance(), "release.profitAllowance"));
  }

  private static CallPolicy call(DefineRulebookDecoder from) {
    return new CallPolicy(
        ValueBody.flag(from.call().enabledRaw(), "call.enabled"),
        from.call().deadlineNs(),
        from.call().updateStepE6(),
        WireEnums.ON_EXPIRY.constant(from.call().onExpiryRaw(), "call.onExpiry"));
  }

  private static LiquidationPolicy liquidation(
      LiquidationTermsDecoder from, List<LiquidationStep> steps) {
    return new LiquidationPolicy(
        steps,
        ValueBody.decimal(from.partialPenalty(), "partialPenalty"),
        ValueBody.decimal(from.takeOverPenalty(), "takeOverPenalty"),
        ValueBody.decimal(from.insuranceShare(), "insuranceShare"),
        ValueBody.decimal(from.backstopShare(), "backstopShare"),
        new LiquidationPolicy.ClosingMarket(
            ValueBody.decimal(from.baseSlippage(), "baseSlippage"),
            ValueBody.decimal(from.impact(), "impact"),
            ValueBody.decimal(from.maximumSlippage(), "maximumSlippage")));
  }

  private static MarketDataGuard guard(MarketDataGuardDecoder from, String field) {
    return new MarketDataGuard(
        from.maximumAgeNs(),
        ValueBody.decimal(from.maximumDeviation(), field),
        ValueBody.decimal(from.maximumUncertainty(), field),
        from.toleranceNs());
  }

  private static List<CollateralTerms> collateral(DefineRulebookDecoder from, Frame frame) {
    CollateralDecoder entries = from.collateral();
    return frame.list(
        "collateral",
        entries.count(),
        entries.actingBlockLength(),
        CollateralDecoder.sbeBlockLength(),
        entries,
        entry ->
            new CollateralTerms(
                frame.text("asset", entry.assetLength(), entry::getAsset),
                ValueBody.decimal(entry.initialWeight(), "initialWeight"),
                ValueBody.decimal(entry.maintenanceWeight(), "maintenanceWeight"),
                ValueBody.decimal(entry.debtWeight(), "debtWeight"),
                entry.capMinor(),
                ValueBody.decimal(entry.conversionHaircut(), "conversionHaircut"),
                scaling(frame.text("scaling", entry.scalingLength(), entry::getScaling))));
  }

  private static CollateralScaling scaling(String text) {
    if (text.isEmpty()) {
      return CollateralScaling.NONE;
    }
    if (TreeText.parameters(text, "scaling") instanceof ParameterNode.Fields fields) {
      CollateralScaling scaling = CollateralScaling.read(fields);
      if (scaling.toFields().equals(fields) && !scaling.equals(CollateralScaling.NONE)) {
        return scaling;
      }
    }
    throw new InvalidParameter("scaling", "is not written in its one form");
  }

  private static RateScaling rateScaling(String text) {
    if (text.isEmpty()) {
      return RateScaling.NONE;
    }
    if (TreeText.parameters(text, "rateScaling") instanceof ParameterNode.Fields fields) {
      RateScaling scaling = RateScaling.read(fields);
      if (scaling.toFields().equals(fields) && !scaling.isNone()) {
        return scaling;
      }
    }
    throw new InvalidParameter("rateScaling", "is not written in its one form");
  }

  private static SlowInputs slowInputs(String text) {
    if (text.isEmpty()) {
      return SlowInputs.NONE;
    }
    if (TreeText.parameters(text, "slowInputs") instanceof ParameterNode.Fields fields) {
      SlowInputs rules = SlowInputs.read(fields);
      if (rules.toFields().equals(fields)) {
        return rules;
      }
    }
    throw new InvalidParameter("slowInputs", "is not written in its one form");
  }

  private static MarketConduct conduct(String text) {
    if (text.isEmpty()) {
      return MarketConduct.USUAL;
    }
    if (TreeText.parameters(text, "conduct") instanceof ParameterNode.Fields fields) {
      ParameterReader reader = ParameterReader.of("venue.conduct", fields);
      MarketConduct conduct = MarketConduct.read(reader);
      reader.refuseUnknown();
      if (conduct.toFields().equals(fields) && !conduct.equals(MarketConduct.USUAL)) {
        return conduct;
      }
    }
    throw new InvalidParameter("conduct", "is not written in its one form");
  }

  private static List<LendingTerms> lending(DefineRulebookDecoder from, Frame frame) {
    DefineRulebookDecoder.LendingDecoder entries = from.lending();
    return frame.list(
        "lending",
        entries.count(),
        entries.actingBlockLength(),
        DefineRulebookDecoder.LendingDecoder.sbeBlockLength(),
        entries,
        entry ->
            new LendingTerms(
                frame.text("lentAsset", entry.lentAssetLength(), entry::getLentAsset),
                ValueBody.decimal(entry.minimumRate(), "minimumRate"),
                ValueBody.decimal(entry.slope(), "slope"),
                ValueBody.decimal(entry.optimalUtilisation(), "optimalUtilisation"),
                ValueBody.decimal(entry.highSlope(), "highSlope"),
                WireEnums.COMPOUNDING.constant(entry.compoundingRaw(), "compounding"),
                WireEnums.LENDING_DEPOSITS.constant(entry.depositsRaw(), "deposits"),
                ValueBody.decimal(entry.venueShare(), "venueShare"),
                WireEnums.LENDING_PAYEE.constant(entry.payeeRaw(), "payee"),
                ValueBody.flag(entry.mintedRaw(), "minted"),
                entry.ceilingMinor(),
                entry.intervalNs()));
  }

  private static Map<String, BracketTable> tables(DefineRulebookDecoder from, Frame frame) {
    TablesDecoder entries = from.tables();
    frame.entries(
        "tables", entries.count(), entries.actingBlockLength(), TablesDecoder.sbeBlockLength());
    Map<String, BracketTable> tables = new LinkedHashMap<>();
    while (entries.hasNext()) {
      TablesDecoder entry = entries.next();
      Decimal dailyMove = ValueBody.decimal(entry.dailyMove(), "dailyMove");
      long depthE6 = entry.depthE6();
      BracketTable table = new BracketTable(brackets(entry, frame), dailyMove, depthE6);
      String name = frame.text("tableName", entry.tableNameLength(), entry::getTableName);
      requireNew(tables.put(name, table), "tables", name);
    }
    return tables;
  }

  private static List<Bracket> brackets(TablesDecoder from, Frame frame) {
    BracketsDecoder entries = from.brackets();
    return frame.list(
        "brackets",
        entries.count(),
        entries.actingBlockLength(),
        BracketsDecoder.sbeBlockLength(),
        entries,
        entry ->
            new Bracket(
                entry.floorE6(),
                ValueBody.decimal(entry.maintenanceRate(), "maintenanceRate"),
                ValueBody.decimal(entry.initialRate(), "initialRate")));
  }

  private static Map<String, String> tableOfInstrument(DefineRulebookDecoder from, Frame frame) {
    TableOfInstrumentDecoder entries = from.tableOfInstrument();
    frame.entries(
        "tableOfInstrument",
        entries.count(),
        entries.actingBlockLength(),
        TableOfInstrumentDecoder.sbeBlockLength());
    Map<String, String> tableOf = new LinkedHashMap<>();
    while (entries.hasNext()) {
      TableOfInstrumentDecoder entry = entries.next();
      String symbol = frame.text("instrument", entry.instrumentLength(), entry::getInstrument);
      String table = frame.text("table", entry.tableLength(), entry::getTable);
      requireNew(tableOf.put(symbol, table), "tableOfInstrument", symbol);
    }
    return tableOf;
  }

  private static Map<Trigger, TriggerPolicy> triggers(DefineRulebookDecoder from, Frame frame) {
    TriggersDecoder entries = from.triggers();
    frame.entries(
        "triggers", entries.count(), entries.actingBlockLength(), TriggersDecoder.sbeBlockLength());
    EnumMap<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    int last = 0;
    while (entries.hasNext()) {
      TriggersDecoder entry = entries.next();
      Trigger trigger = WireEnums.TRIGGER.constant(entry.triggerRaw(), "trigger");
      last = requireAfter(last, entry.triggerRaw(), "triggers");
      triggers.put(
          trigger,
          new TriggerPolicy(
              ValueBody.steps(entry.steps(), "steps"),
              ValueBody.flag(entry.secondPassRaw(), "secondPass")));
    }
    return triggers;
  }

  private static List<LossSource> lossSources(DefineRulebookDecoder from, Frame frame) {
    LossSourcesDecoder entries = from.lossSources();
    return frame.list(
        "lossSources",
        entries.count(),
        entries.actingBlockLength(),
        LossSourcesDecoder.sbeBlockLength(),
        entries,
        entry -> WireEnums.LOSS_SOURCE.constant(entry.sourceRaw(), "source"));
  }

  private static List<LiquidationStep> liquidationSteps(DefineRulebookDecoder from, Frame frame) {
    LiquidationStepsDecoder entries = from.liquidationSteps();
    return frame.list(
        "liquidationSteps",
        entries.count(),
        entries.actingBlockLength(),
        LiquidationStepsDecoder.sbeBlockLength(),
        entries,
        entry -> step(entry.stepRaw()));
  }

  private static List<LiquidationStep> steps(List<LiquidationStep> numbered, String text) {
    if (TreeText.parameters(text, "liquidationTree") instanceof ParameterNode.Fields fields
        && numbered.isEmpty()) {
      List<LiquidationStep> steps = LiquidationPolicy.readSteps(fields);
      if (LiquidationPolicy.stepsToFields(steps).equals(fields)
          && !RulebookEncoding.hasNumberedSteps(steps)) {
        return steps;
      }
    }
    throw new InvalidParameter("liquidationTree", "is not written in its one form");
  }

  private static LiquidationStep step(short number) {
    if (number < 1 || number > LiquidationStepCode.SHARE_LOSS.value()) {
      throw new InvalidParameter("step", "holds " + number + ", which stands for nothing");
    }
    return switch (LiquidationStepCode.get(number)) {
      case CANCEL_ORDERS -> new LiquidationStep.CancelOrders();
      case CONVERT_DEBTS -> new LiquidationStep.ConvertDebts();
      case PARTIAL_CLOSE_TO_SEARCH ->
          new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.SEARCH);
      case PARTIAL_CLOSE_TO_INITIAL ->
          new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.INITIAL);
      case TAKE_OVER -> new LiquidationStep.TakeOver();
      case DRAW_INSURANCE -> new LiquidationStep.DrawInsurance();
      case SHARE_LOSS -> new LiquidationStep.ShareLoss();
      case NULL_VAL -> throw new InvalidParameter("step", "is missing");
    };
  }

  private static Map<TradingPhase, Set<CycleStep>> suspended(
      DefineRulebookDecoder from, Frame frame) {
    SuspensionsDecoder entries = from.suspensions();
    frame.entries(
        "suspensions",
        entries.count(),
        entries.actingBlockLength(),
        SuspensionsDecoder.sbeBlockLength());
    EnumMap<TradingPhase, Set<CycleStep>> suspended = new EnumMap<>(TradingPhase.class);
    int last = 0;
    while (entries.hasNext()) {
      SuspensionsDecoder entry = entries.next();
      TradingPhase phase = WireEnums.TRADING_PHASE.constant(entry.phaseRaw(), "phase");
      last = requireAfter(last, entry.phaseRaw(), "suspensions");
      suspended.put(phase, ValueBody.steps(entry.steps(), "steps"));
    }
    return suspended;
  }

  private static int requireAfter(int last, int number, String group) {
    if (number <= last) {
      throw new InvalidParameter(group, "has number " + number + " twice or out of order");
    }
    return number;
  }

  private static void requireNew(@Nullable Object previous, String group, String name) {
    if (previous != null) {
      throw new InvalidParameter(group, "has '" + name + "' twice");
    }
  }
}
