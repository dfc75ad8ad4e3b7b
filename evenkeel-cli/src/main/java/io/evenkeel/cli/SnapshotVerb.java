package io.evenkeel.cli;

import io.evenkeel.client.GatewayClient;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `evenkeel snapshot`: asks a running venue for a snapshot.
@Command(
    name = "snapshot",
    description = "Has a running venue write a snapshot now, and waits until it is safe on disk.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  evenkeel snapshot",
      "",
      "Exit codes: 0 written, 1 it cannot be reached or the snapshot failed, 2 the command line",
      "was wrong."
    })
final class SnapshotVerb implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private VenueAddress venue = new VenueAddress();

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Override
  public void run() {
    try (GatewayClient client = venue.connect()) {
      JsonNode answer = client.snapshot();
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          json
              ? answer.toPrettyString()
              : String.format(
                  Locale.ROOT,
                  "snapshot at log position %,d: event %,d, %,d bytes, commands waited %s ms%nstate hash %s",
                  answer.path("position").asLong(0),
                  answer.path("lastEvent").asLong(0),
                  answer.path("bytes").asLong(0),
                  answer.path("pauseMs").asString("?"),
                  answer.path("stateHash").asString("?")));
      out.flush();
    }
  }
}
