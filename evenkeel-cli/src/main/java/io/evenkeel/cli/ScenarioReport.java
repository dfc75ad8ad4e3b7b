package io.evenkeel.cli;

import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.lab.scenario.Scenario;
import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.ScenarioOutcome;
import io.evenkeel.lab.scenario.ScenarioOutcome.Party;
import io.evenkeel.lab.scenario.ScenarioOutcome.Refusal;
import io.evenkeel.wire.words.Wording;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Both runs of a scenario side by side, for a terminal or as JSON. `docs/SCENARIOS.md` defines the
/// figures.
final class ScenarioReport {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int HASH_DIGITS = 12;
  private static final int NAME_WIDTH = 38;
  private static final int CELL_WIDTH = 20;

  private ScenarioReport() {}

  /// A table, and the stories when asked for.
  static String text(Scenario scenario, Map<Run, ScenarioOutcome> outcomes, boolean withStories) {
    StringBuilder text = new StringBuilder();
    text.append(scenario.title()).append('\n');
    text.append("Safeguard: ").append(scenario.safeguard()).append("\n\n");
    row(text, "", List.of("off", "on"));
    List<ScenarioOutcome> both = List.copyOf(outcomes.values());
    text.append("What happened\n");
    counted(text, "liquidations begun", both, it -> count(it.liquidationsStarted()));
    counted(text, "notional closed or taken over", both, it -> money(it.liquidatedNotional()));
    counted(text, "penalties", both, it -> money(it.penalties()));
    counted(text, "deleveragings", both, it -> count(it.deleveragings()));
    counted(
        text,
        "marks not applied",
        both,
        it -> count(it.rejectedMarks().values().stream().mapToLong(Long::longValue).sum()));
    row(
        text,
        "  commands refused",
        both.stream().map(outcome -> count(outcome.refusals().size())).toList());
    text.append("Who paid\n");
    counted(text, "insurance fund", both, it -> money(it.insuranceUsed()));
    counted(text, "shared by winners", both, it -> money(it.sharedLoss()));
    counted(text, "given up when deleveraged", both, it -> money(it.forgone()));
    counted(text, "bad debt", both, it -> money(it.badDebt()));
    text.append("Who gained, who lost\n");
    gains(text, both);
    text.append("Checks\n");
    row(
        text,
        "  twin and ledger agree",
        both.stream().map(outcome -> outcome.isSound() ? "yes" : "NO").toList());
    row(
        text,
        "  state hash begins",
        both.stream().map(outcome -> outcome.stateHash().substring(0, HASH_DIGITS)).toList());
    refusals(text, scenario, outcomes);
    if (withStories) {
      outcomes.forEach((run, outcome) -> {
        text.append("\nSafeguard ").append(run.word()).append('\n');
        outcome.story().forEach(line -> text.append("  ").append(line).append('\n'));
      });
    }
    return text.toString();
  }

  private static void counted(
      StringBuilder text,
      String name,
      List<ScenarioOutcome> both,
      Function<ReplayTally, String> figure) {
    row(text, "  " + name, both.stream().map(outcome -> figure.apply(outcome.tally())).toList());
  }

  private static void gains(StringBuilder text, List<ScenarioOutcome> both) {
    Map<Long, String> names = new LinkedHashMap<>();
    both.forEach(outcome ->
        outcome.parties().forEach(party -> names.putIfAbsent(party.partyId(), party.name())));
    names.forEach((partyId, name) -> {
      row(text, "  " + name, both.stream().map(it -> money(of(it, partyId), Party::gain)).toList());
      if (both.stream().anyMatch(it -> hasTakenOut(of(it, partyId)))) {
        row(
            text,
            "    has taken out",
            both.stream().map(it -> money(of(it, partyId), Party::paidOut)).toList());
      }
    });
    row(text, "  insurance fund", both.stream().map(it -> money(it.insurance())).toList());
    row(text, "  the venue's fees", both.stream().map(it -> money(it.fees())).toList());
  }

  private static @Nullable Party of(ScenarioOutcome outcome, long partyId) {
    return outcome.parties().stream()
        .filter(party -> party.partyId() == partyId)
        .findFirst()
        .orElse(null);
  }

  private static boolean hasTakenOut(@Nullable Party party) {
    return party != null && party.paidOut().signum() > 0;
  }

  private static void refusals(
      StringBuilder text, Scenario scenario, Map<Run, ScenarioOutcome> outcomes) {
    outcomes.forEach((run, outcome) -> {
      for (Refusal refusal : outcome.refusals()) {
        text.append(
            "with the safeguard %s, the engine refused the %s of %s:%d (%s)\n"
                .formatted(
                    run.word(), refusal.type(), scenario.file(), refusal.line(), refusal.reason()));
      }
    });
  }

  private static void row(StringBuilder text, String name, List<String> cells) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", name));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%" + CELL_WIDTH + "s", cell));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String money(BigDecimal value) {
    return Wording.value(value);
  }

  private static String money(@Nullable Party party, Function<Party, BigDecimal> figure) {
    return party == null ? "-" : money(figure.apply(party));
  }

  /// One object, over several lines.
  static String json(Scenario scenario, Map<Run, ScenarioOutcome> outcomes) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("scenario", scenario.title());
    root.put("safeguard", scenario.safeguard());
    outcomes.forEach((run, outcome) -> putOutcome(root.putObject(run.word()), outcome));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void putOutcome(ObjectNode node, ScenarioOutcome outcome) {
    ReplayTally tally = outcome.tally();
    node.put("liquidations", tally.liquidationsStarted());
    node.put("liquidatedNotional", exact(tally.liquidatedNotional()));
    node.put("penalties", exact(tally.penalties()));
    node.put("deleveragings", tally.deleveragings());
    ObjectNode rejected = node.putObject("rejectedMarks");
    tally.rejectedMarks().forEach((fault, count) -> rejected.put(fault.name(), count));
    node.put("insuranceUsed", exact(tally.insuranceUsed()));
    node.put("sharedLoss", exact(tally.sharedLoss()));
    node.put("forgone", exact(tally.forgone()));
    node.put("badDebt", exact(tally.badDebt()));
    ArrayNode parties = node.putArray("parties");
    for (Party party : outcome.parties()) {
      ObjectNode it = parties.addObject();
      it.put("party", Long.toString(party.partyId()));
      it.put("name", party.name());
      it.put("paidIn", exact(party.paidIn()));
      it.put("paidOut", exact(party.paidOut()));
      it.put("left", exact(party.left()));
      it.put("gain", exact(party.gain()));
    }
    node.put("insuranceGain", exact(outcome.insurance()));
    node.put("fees", exact(outcome.fees()));
    ArrayNode refusals = node.putArray("refusals");
    for (Refusal refusal : outcome.refusals()) {
      ObjectNode it = refusals.addObject();
      it.put("line", refusal.line());
      it.put("type", refusal.type());
      it.put("reason", refusal.reason().name());
    }
    outcome.story().forEach(node.putArray("story")::add);
    node.put("isSound", outcome.isSound());
    node.put("stateHash", outcome.stateHash());
  }

  private static String exact(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
