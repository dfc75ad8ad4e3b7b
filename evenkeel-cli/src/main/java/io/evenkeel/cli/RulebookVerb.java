package io.evenkeel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenkeel rulebook`: a root for the verbs that deal with rulebooks.
@Command(
    name = "rulebook",
    description = "Lists, shows, checks and tries rulebooks. docs/RULEBOOKS.md explains every key.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      RulebookCheckVerb.class,
      RulebookListVerb.class,
      RulebookPreviewVerb.class,
      RulebookShowVerb.class,
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel rulebook list",
      "  evenkeel rulebook show perp-cross > mine.yaml",
      "  evenkeel rulebook check mine.yaml",
      "  evenkeel rulebook preview 1 mine.yaml",
      "",
      "Exit codes: 0 done, 1 the rulebook is not valid or there is none of that name,",
      "2 the command line was wrong."
    })
final class RulebookVerb implements Runnable {
  @Spec private CommandSpec spec;

  /// Called when no verb was given, which is a mistake.
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no verb given; name one of check, list, preview, show");
  }
}
