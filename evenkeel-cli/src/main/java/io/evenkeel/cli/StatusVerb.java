package io.evenkeel.cli;

import io.evenkeel.client.GatewayClient;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `evenkeel status`: how a running venue is doing.
@Command(
    name = "status",
    description =
        "Says how a running venue is doing: its node, its reader, its accounts, its money.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel status",
      "  evenkeel status --url http://127.0.0.1:9000 --json",
      "",
      "Exit codes: 0 all is well; 1 it cannot be reached, the node or the reader stopped, or",
      "money is not conserved; 2 the command line was wrong."
    })
final class StatusVerb implements Callable<Integer> {
  private static final String[] ZONES = {"EXCESS", "HEALTHY", "RESTRICTED", "CALL", "LIQUIDATION"};
  private static final double BYTES_PER_GIB = 1L << 30;

  @Spec private CommandSpec spec;
  @Mixin private VenueAddress venue = new VenueAddress();

  @Option(names = "--json", description = "Print one JSON object with status and venue.")
  private boolean json;

  @Override
  public Integer call() {
    try (GatewayClient client = venue.connect()) {
      JsonNode status = client.get("/v1/status");
      JsonNode totals = client.get("/v1/venue");
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        ObjectNode both = JsonMapper.shared().createObjectNode();
        both.set("status", status);
        both.set("venue", totals);
        out.println(both.toPrettyString());
      } else {
        print(out, client, status, totals);
      }
      out.flush();
      return isWell(status, totals) ? 0 : Failures.FAILED;
    }
  }

  private static boolean isWell(JsonNode status, JsonNode totals) {
    return text(status.path("node"), "fault").isEmpty()
        && text(status.path("reader"), "fault").isEmpty()
        && totals.path("conservation").path("breaches").isEmpty();
  }

  private static void print(
      PrintWriter out, GatewayClient client, JsonNode status, JsonNode totals) {
    line(out, "venue", client.address().toString());
    JsonNode node = status.path("node");
    String nodeFault = text(node, "fault");
    line(
        out,
        "node",
        String.format(
            Locale.ROOT,
            "log position %,d, %,d commands since it started, %.1f GiB of disk free%s",
            node.path("position").asLong(0),
            node.path("commands").asLong(0),
            node.path("freeBytes").asLong(0) / BYTES_PER_GIB,
            nodeFault.isEmpty() ? "" : "; STOPPED: " + nodeFault));
    long snapshot = node.path("lastSnapshotPosition").asLong(-1);
    line(
        out,
        "snapshot",
        snapshot < 0 ? "none yet" : String.format(Locale.ROOT, "newest at position %,d", snapshot));
    JsonNode reader = status.path("reader");
    String readerFault = text(reader, "fault");
    line(
        out,
        "reader",
        String.format(
            Locale.ROOT,
            "%s, %,d bytes and %s s behind, event %,d%s",
            text(reader, "state").toLowerCase(Locale.ROOT).replace('_', ' '),
            reader.path("behindBytes").asLong(0),
            text(reader, "behindSeconds"),
            reader.path("lastEvent").asLong(0),
            readerFault.isEmpty() ? "" : "; " + readerFault));
    line(out, "accounts", zones(totals));
    line(out, "calls", String.format(Locale.ROOT, "%,d open", totals.path("openCalls").asLong(0)));
    line(out, "insurance", amounts(totals.path("insuranceFund")));
    line(out, "bad debt", amounts(totals.path("badDebt")));
    line(out, "money", conservation(totals.path("conservation")));
  }

  private static String zones(JsonNode totals) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d of %,d parties:",
                totals.path("accounts").asLong(0),
                totals.path("parties").asLong(0)));
    for (String zone : ZONES) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s %,d",
              zone.toLowerCase(Locale.ROOT),
              totals.path("zones").path(zone).asLong(0)));
    }
    return text.toString();
  }

  private static String amounts(JsonNode byAsset) {
    StringJoiner text = new StringJoiner(", ");
    text.setEmptyValue("nothing");
    for (Map.Entry<String, JsonNode> entry : byAsset.properties()) {
      String amount = entry.getValue().asString("0");
      if (!amount.matches("0(\\.0*)?")) {
        text.add(amount + " " + entry.getKey());
      }
    }
    return text.toString();
  }

  private static String conservation(JsonNode check) {
    if (check.path("breaches").isEmpty()) {
      return String.format(
          Locale.ROOT, "conserved, checked at event %,d", check.path("checkedEvent").asLong(0));
    }
    StringJoiner text = new StringJoiner("; ", "NOT CONSERVED: ", "");
    check.path("breaches").forEach(breach -> text.add(breach.asString("")));
    return text.toString();
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf("%-10s %s%n", name, text);
  }
}
