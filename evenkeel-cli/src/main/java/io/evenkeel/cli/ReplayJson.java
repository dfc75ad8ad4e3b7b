package io.evenkeel.cli;

import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.replay.ReplaySpeed;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.account.Zone;
import io.evenkeel.wire.words.Wording;
import java.math.BigDecimal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A replay's report as one JSON object. Counts are numbers; money is a string, an exact decimal in
/// whole units of the numeraire. `docs/REPLAY.md` lists the keys.
final class ReplayJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final double NANOSECONDS = 1e9;

  private ReplayJson() {}

  /// The object, over several lines.
  static String of(ReplayReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("rulebook", report.rulebook());
    root.put("seed", report.seed());
    root.put("accounts", report.accounts());
    root.put("instruments", report.symbols().size());
    report.symbols().forEach(root.putArray("symbols")::add);
    root.put("startTime", Wording.time(report.startTimeNs()).replace(' ', 'T') + "Z");
    root.put("endTime", Wording.time(report.endTimeNs()).replace(' ', 'T') + "Z");
    root.put("ticks", report.ticks());
    root.put("marks", report.marks());
    root.put("stopped", report.stopped());
    putTally(root, report.tally());
    putChecks(root, report);
    putCommands(root, report);
    putSpeed(root, report.speed());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void putTally(ObjectNode root, ReplayTally tally) {
    root.put("topUps", tally.topUps());
    root.put("toppedUp", money(tally.toppedUp()));
    root.put("releases", tally.releases());
    root.put("released", money(tally.released()));
    ObjectNode calls = root.putObject("marginCalls");
    calls.put("issued", tally.callsIssued());
    calls.put("met", tally.callsMet());
    calls.put("expired", tally.callsExpired());
    calls.put("cancelled", tally.callsCancelled());
    calls.put("superseded", tally.callsSuperseded());
    calls.put("amount", money(tally.called()));
    ObjectNode liquidations = root.putObject("liquidations");
    liquidations.put("started", tally.liquidationsStarted());
    liquidations.put("partial", tally.liquidationsPartial());
    liquidations.put("accountWide", tally.liquidationsAccountWide());
    liquidations.put("rescued", tally.liquidationsRescued());
    liquidations.put("leftOpen", tally.liquidationsLeftOpen());
    liquidations.put("deleveraged", tally.liquidationsDeleveraged());
    liquidations.put("waiting", tally.liquidationsWaiting());
    liquidations.put("auctioned", tally.liquidationsAuctioned());
    root.put("deleveragings", tally.deleveragings());
    root.put("deleveragingForgone", money(tally.forgone()));
    root.put("liquidatedNotional", money(tally.liquidatedNotional()));
    root.put("penalties", money(tally.penalties()));
    root.put("insuranceUsed", money(tally.insuranceUsed()));
    root.put("sharedLoss", money(tally.sharedLoss()));
    root.put("profitsReduced", tally.profitsReduced());
    root.put("badDebt", money(tally.badDebt()));
    root.put("fundingMoved", money(tally.fundingMoved()));
    root.put("fills", tally.fills());
    root.put("zoneChanges", tally.zoneChanges());
    root.put("degradedMarks", tally.degradedMarks());
    root.put("lostMarks", tally.lostMarks());
    ObjectNode rejected = root.putObject("rejectedMarks");
    tally.rejectedMarks().forEach((fault, count) -> rejected.put(fault.name(), count));
    root.put("alarms", tally.alarms());
  }

  private static void putChecks(ObjectNode root, ReplayReport report) {
    root.put("ledgerConserved", report.ledgerConserved());
    root.put("conservationBreach", report.conservationBreach());
    root.put("conservationChecks", report.conservationChecks());
    if (report.auditedCommands() >= 0) {
      ObjectNode audit = root.putObject("audit");
      audit.put("equalCommands", report.auditedCommands());
      audit.put("difference", report.auditDifference());
    }
    ObjectNode zones = root.putObject("zoneCounts");
    for (Zone zone : Zone.values()) {
      zones.put(zone.name(), report.zoneCount(zone));
    }
    root.put("stateHash", report.stateHash());
    GuardAllowance guard = report.guardAllowance();
    if (guard != null) {
      root.put("guardMaximumAgeSeconds", guard.maximumAgeNs() / NANOSECONDS);
    }
  }

  private static void putCommands(ObjectNode root, ReplayReport report) {
    root.put("commands", report.commands());
    ObjectNode refused = root.putObject("refusedCommands");
    report.refusals().forEach((reason, count) -> refused.put(reason.name(), count));
    ObjectNode setUp = root.putObject("setUp");
    setUp.put("commands", report.setUp().commands());
    setUp.put("refused", report.setUp().refused());
    setUp.put("topUps", report.setUpTally().topUps());
    setUp.put("releases", report.setUpTally().releases());
    setUp.put("marginCalls", report.setUpTally().callsIssued());
    setUp.put("liquidations", report.setUpTally().liquidationsStarted());
  }

  private static void putSpeed(ObjectNode root, ReplaySpeed speed) {
    root.put("wallSeconds", speed.wallSeconds());
    root.put("setUpSeconds", speed.setUpSeconds());
    root.put("engineMarkSeconds", speed.markApplyNs() / NANOSECONDS);
    root.put("checkSeconds", speed.checkNs() / NANOSECONDS);
    root.put("slowestBatchSeconds", speed.slowestBatchNs() / NANOSECONDS);
    root.put("marksPerSecond", speed.marksPerSecond());
    root.put("marksPerSecondOverall", speed.marksPerSecondOverall());
    root.put("valuations", speed.valuations());
    root.put("nanosecondsPerValuation", speed.nanosecondsPerValuation());
  }

  /// Exact, without trailing zeros, never in scientific notation.
  private static String money(BigDecimal units) {
    return units.signum() == 0 ? "0" : units.stripTrailingZeros().toPlainString();
  }
}
