package io.evenkeel.cli;

import io.evenkeel.client.GatewayClient;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `evenkeel rulebook preview`: what a version of a rulebook would bring to a running venue.
@Command(
    name = "preview",
    description = {
      "Asks a running venue who would change zone, and what would be topped up, called for and",
      "liquidated, if a version of a rulebook came into force now. Nothing is recorded."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel rulebook preview 1              the version that was announced",
      "  evenkeel rulebook preview 1 mine.yaml    a version that was not",
      "",
      "Exit codes: 0 answered; 1 the venue cannot be reached, there is no such rulebook or no",
      "version waits, or the file is not valid; 2 the command line was wrong."
    })
final class RulebookPreviewVerb implements Runnable {
  private static final int MOST_ACCOUNTS = 1_000;
  private static final int MOST_ID = 65_535;

  @Spec private CommandSpec spec;
  @Mixin private VenueAddress venue = new VenueAddress();

  @Parameters(index = "0", paramLabel = "ID", description = "Number of the rulebook at the venue.")
  private int rulebookId;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE|NAME",
      description = "A YAML file or a shipped rulebook. Left out: the version that waits.")
  private @Nullable String document;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most accounts to list. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Override
  public void run() {
    if (limit < 0 || limit > MOST_ACCOUNTS || rulebookId < 0 || rulebookId > MOST_ID) {
      throw new ParameterException(
          spec.commandLine(), "ID must be 0 to 65535 and --limit 0 to 1000");
    }
    String yaml = document == null ? null : text(document);
    try (GatewayClient client = venue.connect()) {
      JsonNode answer =
          yaml == null
              ? client.previewRulebook(rulebookId, limit)
              : client.previewRulebook(rulebookId, yaml, limit);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(answer.toPrettyString());
      } else {
        print(out, answer);
      }
      out.flush();
    }
  }

  private static String text(String nameOrPath) {
    Path file = Path.of(nameOrPath);
    if (!Files.exists(file)) {
      return ShippedRulebooks.text(nameOrPath);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(nameOrPath + " cannot be read", e);
    }
  }

  private static void print(PrintWriter out, JsonNode answer) {
    out.printf(
        Locale.ROOT,
        "version %d of rulebook %d would govern %,d accounts; nothing was recorded%n",
        answer.path("version").asInt(0),
        answer.path("rulebookId").asInt(0),
        answer.path("accounts").asInt(0));
    for (String sum : new String[] {"maintenanceMargin", "initialMargin"}) {
      out.printf(
          "  %-18s %s -> %s%n",
          sum, text(answer.path("before"), sum), text(answer.path("after"), sum));
    }
    for (JsonNode move : answer.path("moves")) {
      out.printf(
          Locale.ROOT,
          "  %,d from %s to %s%n",
          move.path("accounts").asInt(0),
          text(move, "before"),
          text(move, "after"));
    }
    JsonNode effects = answer.path("effects");
    effect(out, effects, "topped up", "toppedUp", "toppedUpValue");
    effect(out, effects, "called", "called", "calledAmount");
    effect(out, effects, "released to", "released", "releasedValue");
    effect(out, effects, "liquidated", "liquidated", "closedNotional");
    out.printf(
        "  insurance %s, shared %s, bad debt %s%n",
        text(effects, "insurancePaid"), text(effects, "lossShared"), text(effects, "badDebt"));
    for (JsonNode change : answer.path("changed")) {
      out.printf(
          "account %s: %s -> %s, then %s; top-up %s, call %s, released %s, closed %s%n",
          text(change, "account"),
          text(change.path("before"), "zone"),
          text(change.path("after"), "zone"),
          text(change, "settledZone"),
          text(change, "toppedUpValue"),
          text(change, "calledAmount"),
          text(change, "releasedValue"),
          text(change, "closedNotional"));
    }
    int left = answer.path("changedCount").asInt(0) - answer.path("changed").size();
    if (left > 0) {
      out.printf(Locale.ROOT, "and %,d accounts more; --limit shows more of them%n", left);
    }
  }

  private static void effect(
      PrintWriter out, JsonNode effects, String words, String count, String value) {
    out.printf(
        Locale.ROOT, "  %,d %s, %s%n", effects.path(count).asInt(0), words, text(effects, value));
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
