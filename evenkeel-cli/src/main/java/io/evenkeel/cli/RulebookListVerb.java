package io.evenkeel.cli;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `evenkeel rulebook list`: the rulebooks that come with Evenkeel.
@Command(
    name = "list",
    description = "Lists the rulebooks that come with Evenkeel, one per line.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {"", "Exit codes: 0 done, 2 the command line was wrong."})
final class RulebookListVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (ShippedRulebooks.Shipped shipped : ShippedRulebooks.list()) {
      out.printf(
          "%-16s %s%s%n",
          shipped.name(),
          shipped.description(),
          shipped.name().equals(ShippedRulebooks.DEFAULT) ? " (default)" : "");
    }
    out.flush();
  }
}
