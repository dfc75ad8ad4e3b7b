package io.evenkeel.lab.scenario;

import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.replay.CommandDriver;
import io.evenkeel.lab.replay.Numeraire;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.lab.replay.TwinCheck;
import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.Scenario.Step;
import io.evenkeel.lab.scenario.ScenarioOutcome.Party;
import io.evenkeel.lab.scenario.ScenarioOutcome.Refusal;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.RulebookException;
import io.evenkeel.rulebook.RulebookLoader;
import io.evenkeel.rulebook.ShippedRulebooks;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.InvalidJson;
import io.evenkeel.wire.json.RulebookSource;
import io.evenkeel.wire.words.EventWords;
import io.evenkeel.wire.words.UnknownReference;
import io.evenkeel.wire.words.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Runs a scenario through an engine of its own, the slow twin in step. Like `submit`, it gives one
/// command after the other; time is what the file says.
public final class ScenarioRun {
  private final Scenario scenario;
  private final Run run;
  private final TwinCheck twin = new TwinCheck(EngineLimits.STANDARD);
  private final CommandDriver driver;
  private final EngineView view;
  private final Numeraire numeraire;
  private final ReplayTally tally;
  private final Rules rules = new Rules();
  private final Map<Long, BigDecimal> paidIn = new LinkedHashMap<>();
  private final Map<Long, BigDecimal> paidOut = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private BigDecimal contributed = BigDecimal.ZERO;
  private Catalogue catalogue = Catalogue.EMPTY;

  private ScenarioRun(Scenario scenario, Run run) {
    this.scenario = scenario;
    this.run = run;
    driver = new CommandDriver(EngineLimits.STANDARD, twin, new Ears());
    view = driver.engine().view();
    numeraire =
        new Numeraire(
            id -> UnknownReference.asset(catalogue, id), id -> contract(catalogue, id), view);
    tally = new ReplayTally(numeraire);
  }

  /// Runs it to its end.
  ///
  /// @throws ScenarioException naming a line that is no command, or that was refused though the
  ///   scenario is not about that
  public static ScenarioOutcome of(Scenario scenario, Run run) {
    ScenarioRun running = new ScenarioRun(scenario, run);
    for (Step step : scenario.steps()) {
      if (step.only() == null || step.only() == run) {
        running.give(step);
      }
    }
    return running.outcome();
  }

  private void give(Step step) {
    Command command;
    try {
      command = CommandJson.read(step.command(), catalogue, rules, step.timeNs());
    } catch (InvalidJson e) {
      throw new ScenarioException(scenario.file(), step.line(), String.valueOf(e.getMessage()));
    }
    Outcome outcome = driver.submit(step.timeNs(), command);
    if (!outcome.isAccepted()) {
      String type = step.command().path("type").asString();
      if (!step.mayBeRefused()) {
        throw new ScenarioException(
            scenario.file(),
            step.line(),
            "the engine refused the %s with the safeguard %s: %s; correct the command, or let it be refused by \"mayBeRefused\": true"
                .formatted(type, run.word(), outcome.reason()));
      }
      refusals.add(new Refusal(step.line(), type, outcome.reason()));
    }
  }

  private static LinearContract contract(Catalogue catalogue, int instrumentId) {
    return switch (UnknownReference.instrument(catalogue, instrumentId)) {
      case LinearContract contract -> contract;
    };
  }

  /// What the driver tells.
  private final class Ears implements CommandDriver.Listener {
    @Override
    public void onAccepted(Command command) {
      switch (command) {
        case Command.DefineAsset it -> catalogue = catalogue.with(it.asset());
        case Command.DefineInstrument it -> catalogue = catalogue.with(it.instrument());
        case Command.OpenAccount it -> paidIn.putIfAbsent(it.partyId(), BigDecimal.ZERO);
        case Command.Deposit it -> pay(paidIn, it.partyId(), it.assetId(), it.amountMinor());
        case Command.Withdraw it -> pay(paidOut, it.partyId(), it.assetId(), it.amountMinor());
        case Command.ContributeInsurance it ->
            contributed = contributed.add(numeraire.value(it.assetId(), it.amountMinor()));
        default -> {}
      }
    }

    @Override
    public void onEvent(long timeNs, Event event) {
      tally.count(event);
      if (EventWords.isDecision(event)) {
        String words = new EventWords(new Wording(catalogue)).tell(event);
        story.add(Wording.time(timeNs) + "  " + words);
      }
    }

    @Override
    public void onTold(long timeNs, Command command) {}
  }

  private void pay(Map<Long, BigDecimal> sums, long partyId, int assetId, long amountMinor) {
    sums.merge(partyId, numeraire.value(assetId, amountMinor), BigDecimal::add);
  }

  private ScenarioOutcome outcome() {
    List<Party> parties = new ArrayList<>();
    paidIn.forEach((partyId, in) ->
        parties.add(
            new Party(
                partyId,
                scenario.parties().getOrDefault(partyId, "party " + partyId),
                in,
                paidOut.getOrDefault(partyId, BigDecimal.ZERO),
                worth(partyId))));
    List<String> breaches = view.conservationBreaches();
    return new ScenarioOutcome(
        tally,
        parties,
        house(HouseAccount.INSURANCE_FUND).subtract(contributed),
        house(HouseAccount.FEES),
        refusals,
        story,
        Snapshots.stateHash(driver.engine()),
        twin.difference(),
        breaches.isEmpty() ? null : breaches.getFirst());
  }

  private BigDecimal worth(long partyId) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Asset asset : catalogue.assets()) {
      sum = sum.add(numeraire.value(asset.assetId(), view.walletMinor(partyId, asset.assetId())));
    }
    for (long accountId : view.accountsOf(partyId)) {
      sum = sum.add(Numeraire.ofE6(view.fullValueE6(accountId)));
    }
    return sum;
  }

  private BigDecimal house(HouseAccount account) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Asset asset : catalogue.assets()) {
      sum = sum.add(numeraire.value(asset.assetId(), view.houseMinor(account, asset.assetId())));
    }
    return sum;
  }

  /// Rulebooks of a scenario: shipped ones, with what this run changes.
  private final class Rules implements RulebookSource {
    @Override
    public Rulebook shipped(String name, Catalogue known) {
      return parse(name + ".yaml", () -> ShippedRulebooks.text(name), known);
    }

    @Override
    public Rulebook yaml(String text, Catalogue known) {
      return parse("yaml", () -> text, known);
    }

    private Rulebook parse(String name, Supplier<String> text, Catalogue known) {
      try {
        return RulebookLoader.parse(
                name,
                text.get(),
                scenario.changes().getOrDefault(run, Map.of()),
                AssetScales.of(known.assets()))
            .rulebook();
      } catch (RulebookException e) {
        throw new InvalidJson("", String.valueOf(e.getMessage()));
      }
    }
  }
}
