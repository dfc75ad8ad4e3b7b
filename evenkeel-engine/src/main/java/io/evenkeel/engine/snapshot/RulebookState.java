package io.evenkeel.engine.snapshot;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.ParameterNode;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rulebook as bytes. Sets are written in the order of their enumeration, maps in the order of
/// the rulebook.
final class RulebookState {
  private static final int MOST = 1 << 16;

  private RulebookState() {}

  static void write(Rulebook rulebook, StateOutput out) {
    out.putText(rulebook.name());
    out.putInt(rulebook.version());
    out.putText(rulebook.cashAsset());
    out.putInt(rulebook.collateral().size());
    for (CollateralTerms terms : rulebook.collateral()) {
      out.putText(terms.asset());
      putDecimal(terms.initialWeight(), out);
      putDecimal(terms.maintenanceWeight(), out);
      putDecimal(terms.debtWeight(), out);
      out.putLong(terms.capMinor());
      putDecimal(terms.conversionHaircut(), out);
      ParameterState.write(terms.scaling().toFields(), out);
    }
    writeRequirement(rulebook.requirement(), out);
    writeLevels(rulebook.crossLevels(), out);
    writeLevels(rulebook.isolatedLevels(), out);
    for (Trigger trigger : Trigger.values()) {
      putSteps(rulebook.onTrigger(trigger).steps(), out);
      out.putBoolean(rulebook.onTrigger(trigger).secondPass());
    }
    out.putBoolean(rulebook.topUp().siblingsAllowed());
    out.putBoolean(rulebook.release().automatic());
    out.putLong(rulebook.release().minimumE6());
    out.putLong(rulebook.release().coolDownNs());
    putDecimal(rulebook.release().profitAllowance(), out);
    out.putBoolean(rulebook.call().enabled());
    out.putLong(rulebook.call().deadlineNs());
    out.putLong(rulebook.call().updateStepE6());
    out.putInt(rulebook.call().onExpiry().ordinal());
    out.putInt(rulebook.lossSources().size());
    rulebook.lossSources().forEach(source -> out.putInt(source.ordinal()));
    writeLiquidation(rulebook.liquidation(), out);
    writeVenue(rulebook.venue(), out);
  }

  static Rulebook read(StateInput in) {
    String name = in.getText();
    int version = in.getInt();
    String cashAsset = in.getText();
    List<CollateralTerms> collateral = new ArrayList<>();
    for (int left = in.getCount(MOST, "collateral entries"); left > 0; left--) {
      collateral.add(
          new CollateralTerms(
              in.getText(),
              getDecimal(in),
              getDecimal(in),
              getDecimal(in),
              in.getLong(),
              getDecimal(in),
              getScaling(in)));
    }
    RequirementModel requirement = readRequirement(in);
    LevelPolicy cross = readLevels(in);
    LevelPolicy isolated = readLevels(in);
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      triggers.put(trigger, new TriggerPolicy(getSteps(in), in.getBoolean()));
    }
    TopUpPolicy topUp = new TopUpPolicy(in.getBoolean());
    ReleasePolicy release =
        new ReleasePolicy(in.getBoolean(), in.getLong(), in.getLong(), getDecimal(in));
    CallPolicy call =
        new CallPolicy(
            in.getBoolean(), in.getLong(), in.getLong(), in.getEnum(CallPolicy.OnExpiry.values()));
    List<LossSource> sources = new ArrayList<>();
    for (int left = in.getCount(MOST, "loss sources"); left > 0; left--) {
      sources.add(in.getEnum(LossSource.values()));
    }
    return new Rulebook(
        name,
        version,
        cashAsset,
        collateral,
        requirement,
        cross,
        isolated,
        triggers,
        topUp,
        release,
        call,
        sources,
        readLiquidation(in),
        readVenue(in));
  }

  private static CollateralScaling getScaling(StateInput in) {
    if (!(ParameterState.read(in) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds collateral scaling that is no mapping");
    }
    try {
      return CollateralScaling.read(fields);
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds collateral scaling that cannot be: " + e.getMessage());
    }
  }

  private static void writeRequirement(RequirementModel model, StateOutput out) {
    switch (model) {
      case TieredRates tiered -> {
        out.putInt(1);
        out.putInt(tiered.tables().size());
        tiered
            .tables()
            .forEach((name, table) -> {
              out.putText(name);
              writeTable(table, out);
            });
        out.putInt(tiered.tableOfInstrument().size());
        tiered
            .tableOfInstrument()
            .forEach((symbol, table) -> {
              out.putText(symbol);
              out.putText(table);
            });
        out.putText(tiered.defaultTable());
        out.putBoolean(tiered.ordersInMaintenance());
        putDecimal(tiered.profitInitialWeight(), out);
        ParameterState.write(tiered.scaling().toFields(), out);
      }
      case ModelParameters parameters -> {
        out.putInt(2);
        out.putText(parameters.type());
        ParameterState.write(parameters.toFields(), out);
      }
    }
  }

  private static void writeTable(BracketTable table, StateOutput out) {
    out.putInt(table.brackets().size());
    for (Bracket bracket : table.brackets()) {
      out.putLong(bracket.floorE6());
      putDecimal(bracket.maintenanceRate(), out);
      putDecimal(bracket.initialRate(), out);
    }
    putDecimal(table.dailyMove(), out);
    out.putLong(table.depthE6());
  }

  private static RequirementModel readRequirement(StateInput in) {
    return switch (in.getInt()) {
      case 1 -> readTieredRates(in);
      case 2 -> ParameterState.readModel(in);
      default -> throw new UnreadableState("names an unknown requirement model");
    };
  }

  private static RequirementModel readTieredRates(StateInput in) {
    Map<String, BracketTable> tables = new LinkedHashMap<>();
    for (int left = in.getCount(MOST, "bracket tables"); left > 0; left--) {
      tables.put(in.getText(), readTable(in));
    }
    Map<String, String> tableOf = new LinkedHashMap<>();
    for (int left = in.getCount(MOST, "instruments"); left > 0; left--) {
      tableOf.put(in.getText(), in.getText());
    }
    return new TieredRates(
        tables,
        tableOf,
        in.getText(),
        in.getBoolean(),
        getDecimal(in),
        ParameterState.readRateScaling(in));
  }

  private static BracketTable readTable(StateInput in) {
    List<Bracket> brackets = new ArrayList<>();
    for (int left = in.getCount(MOST, "brackets"); left > 0; left--) {
      brackets.add(new Bracket(in.getLong(), getDecimal(in), getDecimal(in)));
    }
    return new BracketTable(brackets, getDecimal(in), in.getLong());
  }

  private static void writeLevels(LevelPolicy policy, StateOutput out) {
    switch (policy) {
      case LevelPolicy.ScaledMaintenance(Decimal search, Decimal initial, Decimal release) -> {
        out.putInt(1);
        putDecimal(search, out);
        putDecimal(initial, out);
        putDecimal(release, out);
      }
      case LevelPolicy.BetweenRequirements(Decimal searchShare, Decimal releaseFactor) -> {
        out.putInt(2);
        putDecimal(searchShare, out);
        putDecimal(releaseFactor, out);
      }
      case LevelPolicy.FullyCollateralised() -> out.putInt(3);
      case LevelPolicy.WithoutBands() -> out.putInt(4);
    }
  }

  private static LevelPolicy readLevels(StateInput in) {
    return switch (in.getInt()) {
      case 1 -> new LevelPolicy.ScaledMaintenance(getDecimal(in), getDecimal(in), getDecimal(in));
      case 2 -> new LevelPolicy.BetweenRequirements(getDecimal(in), getDecimal(in));
      case 3 -> new LevelPolicy.FullyCollateralised();
      case 4 -> new LevelPolicy.WithoutBands();
      default -> throw new UnreadableState("names an unknown level policy");
    };
  }

  private static void writeLiquidation(LiquidationPolicy policy, StateOutput out) {
    ParameterState.write(LiquidationPolicy.stepsToFields(policy.steps()), out);
    putDecimal(policy.partialPenalty(), out);
    putDecimal(policy.takeOverPenalty(), out);
    putDecimal(policy.insuranceShare(), out);
    putDecimal(policy.backstopShare(), out);
    putDecimal(policy.closing().baseSlippage(), out);
    putDecimal(policy.closing().impact(), out);
    putDecimal(policy.closing().maximumSlippage(), out);
  }

  private static LiquidationPolicy readLiquidation(StateInput in) {
    return new LiquidationPolicy(
        ParameterState.readSteps(in),
        getDecimal(in),
        getDecimal(in),
        getDecimal(in),
        getDecimal(in),
        new LiquidationPolicy.ClosingMarket(getDecimal(in), getDecimal(in), getDecimal(in)));
  }

  private static void writeVenue(VenuePolicy venue, StateOutput out) {
    out.putInt(venue.executionOrder().ordinal());
    putDecimal(venue.priceCollar(), out);
    writeGuard(venue.markGuard(), out);
    writeGuard(venue.assetGuard(), out);
    for (TradingPhase phase : TradingPhase.values()) {
      for (CycleStep step : CycleStep.values()) {
        out.putBoolean(venue.suspends(phase, step));
      }
    }
    out.putInt(venue.lending().size());
    venue.lending().forEach(terms -> writeLending(terms, out));
    ParameterState.write(venue.conduct().toFields(), out);
    out.putBoolean(!venue.slowInputs().isNone());
    if (!venue.slowInputs().isNone()) {
      ParameterState.write(venue.slowInputs().toFields(), out);
    }
  }

  private static VenuePolicy readVenue(StateInput in) {
    ExecutionOrder order = in.getEnum(ExecutionOrder.values());
    Decimal collar = getDecimal(in);
    MarketDataGuard marks = readGuard(in);
    MarketDataGuard assets = readGuard(in);
    Map<TradingPhase, Set<CycleStep>> suspended = new EnumMap<>(TradingPhase.class);
    for (TradingPhase phase : TradingPhase.values()) {
      suspended.put(phase, getSteps(in));
    }
    List<LendingTerms> lending = new ArrayList<>();
    for (int left = in.getCount(MOST, "lent assets"); left > 0; left--) {
      lending.add(readLending(in));
    }
    return new VenuePolicy(
        order,
        collar,
        marks,
        assets,
        suspended,
        lending,
        ParameterState.readConduct(in),
        in.getBoolean() ? ParameterState.readSlowInputs(in) : SlowInputs.NONE);
  }

  private static void writeLending(LendingTerms terms, StateOutput out) {
    out.putText(terms.asset());
    putDecimal(terms.minimumRate(), out);
    putDecimal(terms.slope(), out);
    putDecimal(terms.optimalUtilisation(), out);
    putDecimal(terms.highSlope(), out);
    out.putInt(terms.compounding().ordinal());
    out.putInt(terms.deposits().ordinal());
    putDecimal(terms.venueShare(), out);
    out.putInt(terms.payee().ordinal());
    out.putBoolean(terms.minted());
    out.putLong(terms.ceilingMinor());
    out.putLong(terms.intervalNs());
  }

  private static LendingTerms readLending(StateInput in) {
    return new LendingTerms(
        in.getText(),
        getDecimal(in),
        getDecimal(in),
        getDecimal(in),
        getDecimal(in),
        in.getEnum(LendingTerms.Compounding.values()),
        in.getEnum(LendingTerms.Deposits.values()),
        getDecimal(in),
        in.getEnum(LendingTerms.Payee.values()),
        in.getBoolean(),
        in.getLong(),
        in.getLong());
  }

  private static void writeGuard(MarketDataGuard guard, StateOutput out) {
    out.putLong(guard.maximumAgeNs());
    putDecimal(guard.maximumDeviation(), out);
    putDecimal(guard.maximumUncertainty(), out);
    out.putLong(guard.toleranceNs());
  }

  private static MarketDataGuard readGuard(StateInput in) {
    return new MarketDataGuard(in.getLong(), getDecimal(in), getDecimal(in), in.getLong());
  }

  private static void putSteps(Set<CycleStep> steps, StateOutput out) {
    for (CycleStep step : CycleStep.values()) {
      out.putBoolean(steps.contains(step));
    }
  }

  private static Set<CycleStep> getSteps(StateInput in) {
    Set<CycleStep> steps = EnumSet.noneOf(CycleStep.class);
    for (CycleStep step : CycleStep.values()) {
      if (in.getBoolean()) {
        steps.add(step);
      }
    }
    return steps;
  }

  static void putDecimal(Decimal value, StateOutput out) {
    out.putLong(value.units());
    out.putInt(value.scale());
  }

  static Decimal getDecimal(StateInput in) {
    long units = in.getLong();
    int scale = in.getCount(18, "decimal places");
    Decimal value = new Decimal(units, scale);
    expect(value.scale() == scale, "holds a decimal that is not in lowest terms");
    return value;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new UnreadableState(otherwise);
    }
  }
}
