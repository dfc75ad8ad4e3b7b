package io.evenkeel.cli;

import io.evenkeel.lab.compare.BurdenFigures;
import io.evenkeel.lab.compare.CascadeFigures;
import io.evenkeel.lab.compare.ComparisonReport;
import io.evenkeel.lab.compare.DeleveragingFigures;
import io.evenkeel.lab.compare.DesignReport;
import io.evenkeel.lab.compare.DistressFigures;
import io.evenkeel.lab.compare.LiquidationFigures;
import io.evenkeel.lab.compare.RecoveryFigures;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.ReplayTally;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A comparison as one JSON object. Counts and ratios are numbers, a ratio without a denominator is
/// null; money is a string, an exact decimal. `docs/REPLAY.md` lists the keys.
final class CompareJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final double MILLISECONDS = 1e3;
  private static final double MILLIONTHS = 1e6;
  private static final double NANOSECONDS = 1e9;

  private CompareJson() {}

  /// The object, over several lines.
  static String of(ComparisonReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("sizedBy", report.sizedBy());
    root.put("stopped", report.isStopped());
    putImpact(root.putObject("impact"), report.impact());
    ArrayNode designs = root.putArray("designs");
    for (int i = 0; i < report.designs().size(); i++) {
      putDesign(designs.addObject(), report, i);
    }
    ObjectNode overlap = root.putObject("overlap");
    overlap.put("inAll", report.inAll());
    ArrayNode pairs = overlap.putArray("pairs");
    for (int first = 0; first < report.designs().size(); first++) {
      for (int second = first + 1; second < report.designs().size(); second++) {
        ObjectNode pair = pairs.addObject();
        pair.put("first", report.designs().get(first).name());
        pair.put("second", report.designs().get(second).name());
        pair.put("inBoth", report.inBoth(first, second));
      }
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void putImpact(ObjectNode node, ImpactTerms impact) {
    node.put("shape", impact.shape().name().toLowerCase(Locale.ROOT));
    node.put("depthShare", impact.depthShare());
    node.put("moveAtDepth", ImpactTerms.MOVE_AT_DEPTH);
    node.put("halfLifeSeconds", impact.halfLifeNs() / NANOSECONDS);
  }

  private static void putDesign(ObjectNode node, ComparisonReport report, int index) {
    DesignReport design = report.designs().get(index);
    node.put("name", design.name());
    putLiquidations(node.putObject("liquidations"), design.liquidations(), report.onlyIn(index));
    putDistress(node.putObject("distress"), design.distress());
    putRecoveries(node.putObject("recoveries"), design.recoveries());
    ReplayTally tally = design.replay().tally();
    node.put("insuranceUsed", money(tally.insuranceUsed()));
    node.put("sharedLoss", money(tally.sharedLoss()));
    node.put("badDebt", money(tally.badDebt()));
    putDeleveraging(node.putObject("deleveraging"), design.deleveraging());
    putBurden(node.putObject("burden"), design.burden());
    putCascade(node.putObject("cascade"), design);
    node.set("replay", MAPPER.readTree(ReplayJson.of(design.replay())));
  }

  private static void putLiquidations(ObjectNode node, LiquidationFigures it, long onlyHere) {
    node.put("episodes", it.episodes());
    node.put("spared", it.spared());
    node.put("accounts", it.accounts().size());
    node.put("onlyHere", onlyHere);
    it.accounts().forEach(node.putArray("accountIds")::add);
    node.put("notional", money(it.notional()));
    node.put("maintenanceFreed", money(it.maintenanceFreed()));
    node.put("penalties", money(it.penalties()));
    node.put("slippage", money(it.slippage()));
    node.put("equityTaken", money(it.equityTaken()));
    putRatio(node, "penaltyPerMaintenanceFreed", it.penaltyPerMaintenanceFreed());
    putRatio(node, "costPerMaintenanceFreed", it.costPerMaintenanceFreed());
    putRatio(node, "penaltyPerNotional", it.penaltyPerNotional());
  }

  private static void putDistress(ObjectNode node, DistressFigures it) {
    node.put("accounts", it.accounts());
    node.put("accountSeconds", it.accountMilliseconds() / MILLISECONDS);
    node.put("longestSeconds", it.longestMilliseconds() / MILLISECONDS);
    node.put("atTheEnd", it.atTheEnd());
  }

  private static void putRecoveries(ObjectNode node, RecoveryFigures it) {
    node.put("followed", it.followed());
    node.put("within10Minutes", it.within10Minutes());
    node.put("within60Minutes", it.within60Minutes());
    node.put("initialWithin10Minutes", it.initialWithin10Minutes());
    node.put("initialWithin60Minutes", it.initialWithin60Minutes());
    node.put("cutShort", it.cutShort());
    node.put("notFollowed", it.notFollowed());
    node.put("unlike", it.unlike());
  }

  private static void putDeleveraging(ObjectNode node, DeleveragingFigures it) {
    node.put("closings", it.closings());
    node.put("notional", money(it.notional()));
    node.put("forgone", money(it.forgone()));
    node.put("overshoot", money(it.overshoot()));
  }

  private static void putBurden(ObjectNode node, BurdenFigures it) {
    node.put("parties", it.parties());
    node.put("bearers", it.bearers());
    node.put("total", money(it.total()));
    node.put("largest", money(it.largest()));
    putRatio(node, "giniOfBearers", it.giniOfBearers());
    putRatio(node, "giniOfAll", it.giniOfAll());
    putRatio(node, "topPercentShare", it.topShare());
    node.put("nakedByDeleveraging", it.nakedByDeleveraging());
    node.put("nakedByClosing", it.nakedByClosing());
  }

  private static void putCascade(ObjectNode node, DesignReport design) {
    node.put("peakNumber", design.cascade().peak().number());
    node.put("peakSymbol", design.cascade().peak().symbol());
    node.put("peakPercent", design.cascade().peak().percent());
    node.put("largestDisplacement", design.largestDisplacement());
    ArrayNode steps = node.putArray("steps");
    for (CascadeFigures.Step step : design.cascade().steps()) {
      ObjectNode one = steps.addObject();
      one.put("symbol", step.symbol());
      one.put("percent", step.percent());
      one.put("closed", step.closedE6() / MILLIONTHS);
      one.put("net", step.netE6() / MILLIONTHS);
      one.put("number", step.number());
    }
  }

  private static void putRatio(ObjectNode node, String key, double value) {
    if (Double.isNaN(value)) {
      node.putNull(key);
    } else {
      node.put(key, value);
    }
  }

  private static String money(BigDecimal units) {
    return units.signum() == 0 ? "0" : units.stripTrailingZeros().toPlainString();
  }
}
