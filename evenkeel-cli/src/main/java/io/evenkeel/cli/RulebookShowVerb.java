package io.evenkeel.cli;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel rulebook show`: the text of a shipped rulebook.
@Command(
    name = "show",
    description =
        "Prints the YAML of a shipped rulebook, comments and all: start your own from it.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Example:",
      "  evenkeel rulebook show perp-cross > mine.yaml",
      "",
      "Exit codes: 0 done, 1 there is no rulebook of that name, 2 the command line was wrong."
    })
final class RulebookShowVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = ShippedRulebooks.DEFAULT,
      description = "Its name; 'evenkeel rulebook list' has them. Default: ${DEFAULT-VALUE}.")
  private String name = ShippedRulebooks.DEFAULT;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ShippedRulebooks.text(name));
    out.flush();
  }
}
