package io.evenkeel.cli;

import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// One line about the venue now and then: on a terminal rewritten every second, else a new one
/// every ten.
final class DemoReport implements AutoCloseable {
  private static final long TERMINAL_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long PLAIN_NS = TimeUnit.SECONDS.toNanos(10);
  private static final String[] ZONES = {"EXCESS", "HEALTHY", "RESTRICTED", "CALL"};
  private static final int TIME_LENGTH = "2026-01-02T03:04:05".length();

  private final GatewayClient client;
  private final PrintWriter out;
  private final boolean isTerminal = Terminal.isOutput();
  private long lastNs = System.nanoTime() - PLAIN_NS;

  DemoReport(GatewayClient client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  /// Called after every tick; says something when it is time.
  ///
  /// @param liquidations how many there were since the start
  void tick(long liquidations) {
    long nowNs = System.nanoTime();
    if (nowNs - lastNs < (isTerminal ? TERMINAL_NS : PLAIN_NS)) {
      return;
    }
    lastNs = nowNs;
    try {
      String line = line(client.get("/v1/venue"), liquidations);
      out.print(isTerminal ? "\r\u001b[2K" + line : line + System.lineSeparator());
      out.flush();
    } catch (GatewayRefusal | GatewayUnreachable e) {
      // the next line will tell
    }
  }

  private static String line(JsonNode venue, long liquidations) {
    String time = venue.path("time").asString("");
    StringBuilder text = new StringBuilder();
    text.append(time, 0, Math.min(TIME_LENGTH, time.length())).append(" |");
    for (String zone : ZONES) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s %,d",
              zone.toLowerCase(Locale.ROOT),
              venue.path("zones").path(zone).asLong(0)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            " | open calls %,d, liquidations %,d | event %,d",
            venue.path("openCalls").asLong(0),
            liquidations,
            venue.path("lastEvent").asLong(0)));
    if (!venue.path("conservation").path("breaches").isEmpty()) {
      text.append(" | MONEY NOT CONSERVED");
    }
    return text.toString();
  }

  /// Leaves the terminal at the beginning of a line.
  @Override
  public void close() {
    if (isTerminal) {
      out.println();
      out.flush();
    }
  }
}
