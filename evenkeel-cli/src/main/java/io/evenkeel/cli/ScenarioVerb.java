package io.evenkeel.cli;

import io.evenkeel.lab.scenario.Scenario;
import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.ScenarioFile;
import io.evenkeel.lab.scenario.ScenarioOutcome;
import io.evenkeel.lab.scenario.ScenarioRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel scenario`: a failure of the past, with its safeguard off and on.
@Command(
    name = "scenario",
    description = {
      "Runs a sequence of commands through the engine twice, with a safeguard off and on,",
      "and sets side by side what was liquidated and who paid. The slow twin checks every",
      "answer. docs/SCENARIOS.md describes the files; scenarios/ has failures of the past."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel scenario scenarios/hyperliquid-2025-03-12.jsonl",
      "  evenkeel scenario scenarios/ftx-2022-11.jsonl --story",
      "  evenkeel scenario mine.jsonl --json",
      "",
      "Exit codes: 0 done; 1 the file is missing or broken, the engine refused a command that",
      "the file does not say it may, or a check failed; 2 the command line was wrong."
    })
final class ScenarioVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "JSON lines.")
  private Path file = Path.of("");

  @Option(names = "--story", description = "Also print everything the venue decided in each run.")
  private boolean story;

  @Option(names = "--json", description = "Print one JSON object; it has the stories, too.")
  private boolean json;

  @Override
  public Integer call() {
    Scenario scenario = ScenarioFile.read(file);
    Map<Run, ScenarioOutcome> outcomes = new EnumMap<>(Run.class);
    for (Run run : Run.values()) {
      outcomes.put(run, ScenarioRun.of(scenario, run));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? ScenarioReport.json(scenario, outcomes) + "\n"
            : ScenarioReport.text(scenario, outcomes, story));
    out.flush();
    boolean isSound = true;
    PrintWriter err = spec.commandLine().getErr();
    for (Map.Entry<Run, ScenarioOutcome> entry : outcomes.entrySet()) {
      for (String fault : entry.getValue().faults()) {
        isSound = false;
        err.println(
            "evenkeel: with the safeguard "
                + entry.getKey().word()
                + ": "
                + fault
                + "; this is a defect, report it");
      }
    }
    err.flush();
    return isSound ? 0 : Failures.FAILED;
  }
}
