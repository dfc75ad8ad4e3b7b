package io.evenkeel.cli;

import io.evenkeel.client.EventStream;
import io.evenkeel.client.GatewayClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `evenkeel tail`: what happens on a running venue, in words.
@Command(
    name = "tail",
    description = {
      "Tells what happens on a running venue, event by event, in words. When the connection",
      "is lost it is made again, and nothing is missing and nothing comes twice."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel tail",
      "  evenkeel tail --all --account 1001 --from 1",
      "  evenkeel tail --type marginCallIssued,liquidationStarted --json",
      "",
      "Exit codes: 0 --limit events were told, 1 the venue cannot be reached or refuses the",
      "filter, 2 the command line was wrong, 130 Ctrl-C."
    })
final class TailVerb implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final int PATIENCE_SECONDS = 10;

  @Spec private CommandSpec spec;
  @Mixin private VenueAddress venue = new VenueAddress();

  @Option(
      names = "--from",
      paramLabel = "NUMBER",
      description = "Begin with this event; 1 is the first ever. Default: from now on.")
  private long from;

  @Option(names = "--all", description = "Bookings too, not only what the venue decided.")
  private boolean all;

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      description = "Only events of these types, as docs/API.md names them.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--account",
      split = ",",
      paramLabel = "ACCOUNT",
      description = "Only events about these accounts.")
  private List<Long> accounts = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "End after N events. Default: never.")
  private long limit;

  @Option(names = "--json", description = "One JSON object a line, with every figure.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (from < 0 || limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--from and --limit must be at least 1 when they are given");
    }
    AtomicBoolean stopAsked = new AtomicBoolean();
    try (Interruption interruption = new Interruption(() -> stopAsked.set(true), PATIENCE_SECONDS);
        GatewayClient client = venue.connect()) {
      client.get("/v1/status"); // whether anybody is there, said at once
      try (EventStream stream = client.stream(from, filter())) {
        follow(stream, stopAsked);
      }
      return interruption.isInterrupted() ? Failures.INTERRUPTED : 0;
    }
  }

  private String filter() {
    StringJoiner query = new StringJoiner("&");
    if (!types.isEmpty()) {
      query.add("type=" + String.join(",", types));
    } else if (!all) {
      query.add("decisions=true");
    }
    if (!accounts.isEmpty()) {
      query.add("account=" + String.join(",", accounts.stream().map(String::valueOf).toList()));
    }
    return query.toString();
  }

  private void follow(EventStream stream, AtomicBoolean stopAsked) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    long told = 0;
    boolean lost = false;
    while (!stopAsked.get() && (limit == 0 || told < limit)) {
      JsonNode event = stream.next(PATIENCE);
      if (event != null) {
        out.println(json ? event.toString() : words(event));
        out.flush();
        told++;
      }
      boolean isLost = !stream.trouble().isEmpty();
      if (isLost != lost) {
        err.println(
            isLost
                ? "evenkeel: connection lost (" + stream.trouble() + "), trying again ..."
                : "evenkeel: connected again, going on after event " + stream.lastNumber());
        err.flush();
        lost = isLost;
      }
    }
  }

  private static String words(JsonNode event) {
    String time = event.path("time").asString("");
    return "%s  #%s  %s"
        .formatted(
            time.substring(0, Math.min(23, time.length())).replace('T', ' '),
            event.path("number").asString(""),
            event.path("words").asString(event.path("type").asString("")));
  }
}
