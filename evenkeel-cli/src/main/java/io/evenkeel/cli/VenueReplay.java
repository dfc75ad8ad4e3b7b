package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plays the prices of a tape into a running venue: marks only, stamped with the time they are sent
/// at. Instruments go by symbol, and a coin that the venue has as an asset (BTC of BTCUSDT) is
/// marked with them. Accounts are whatever the venue has.
final class VenueReplay {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long PROGRESS_NS = 500_000_000L;

  private final GatewayClient client;
  private final Tape tape;
  private final double speed;
  private final long tickLimit;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final List<@Nullable Target> instruments = new ArrayList<>();
  private final List<@Nullable Target> coins = new ArrayList<>();
  private long ticks;
  private long marks;
  private long refused;

  /// @param speed times as fast as the tape was recorded; 0 is as fast as the venue takes them
  /// @param tickLimit 0 for the whole tape
  VenueReplay(GatewayClient client, Tape tape, double speed, long tickLimit) {
    this.client = client;
    this.tape = tape;
    this.speed = speed;
    this.tickLimit = tickLimit;
  }

  /// @param field `instrument` or `asset`
  /// @param priceScale most decimals the venue takes
  private record Target(String field, String symbol, int priceScale) {}

  /// Ends after the tick at hand. From any thread.
  void stop() {
    stopAsked.countDown();
  }

  /// Plays the tape.
  ///
  /// @param err gets notes, and progress when it is a terminal; null for neither
  /// @throws Failure when the venue has none of the tape's instruments
  void run(@Nullable PrintWriter err) {
    findTargets(err);
    TickStream stream = tape.ticks();
    Tick tick = new Tick();
    long beganNs = System.nanoTime();
    long shownNs = beganNs;
    while (stopAsked.getCount() > 0 && (tickLimit == 0 || ticks < tickLimit) && stream.next(tick)) {
      awaitTurn(beganNs, tick.timeNs());
      send(tick);
      ticks++;
      if (err != null && Terminal.isError() && System.nanoTime() - shownNs > PROGRESS_NS) {
        shownNs = System.nanoTime();
        err.printf(Locale.ROOT, "\r\u001b[2Ktick %,d, %,d marks", ticks, marks);
        err.flush();
      }
    }
    if (err != null && Terminal.isError()) {
      err.print("\r\u001b[2K");
      err.flush();
    }
  }

  private void findTargets(@Nullable PrintWriter err) {
    JsonNode known = client.get("/v1/instruments").path("instruments");
    JsonNode assets = client.get("/v1/assets").path("assets");
    List<String> missing = new ArrayList<>();
    for (QuotedSymbol quoted : tape.symbols()) {
      Target instrument = find("instrument", known, quoted.symbol());
      instruments.add(instrument);
      String coin = quoted.symbol().replaceFirst(Listing.SETTLEMENT_ASSET + "$", "");
      coins.add(find("asset", assets, coin));
      if (instrument == null) {
        missing.add(quoted.symbol());
      }
    }
    if (missing.size() == instruments.size()) {
      throw new Failure(
          "the venue at %s has none of the tape's instruments (%s); define them first"
              .formatted(client.address(), String.join(", ", missing)));
    }
    if (!missing.isEmpty() && err != null) {
      err.println(
          "evenkeel: note: the venue does not have "
              + String.join(", ", missing)
              + "; their prices are left out");
      err.flush();
    }
  }

  private static @Nullable Target find(String field, JsonNode defined, String symbol) {
    for (JsonNode one : defined) {
      if (one.path("symbol").asString("").equals(symbol)) {
        return new Target(field, symbol, one.path("priceScale").asInt(0));
      }
    }
    return null;
  }

  private void awaitTurn(long beganNs, long tickNs) {
    if (speed > 0) {
      long dueNs = beganNs + (long) ((tickNs - tape.startTimeNs()) / speed);
      pause(dueNs - System.nanoTime());
    }
  }

  private void pause(long ns) {
    try {
      if (stopAsked.await(Math.max(0, ns), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void send(Tick tick) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    ArrayNode list = batch.putArray("marks");
    for (int i = 0; i < tick.size(); i++) {
      int index = tick.symbolIndex(i);
      BigDecimal price =
          BigDecimal.valueOf(tick.priceUnits(i), tape.symbols().get(index).priceScale());
      add(list, instruments.get(index), price);
      add(list, coins.get(index), price);
    }
    while (!list.isEmpty() && stopAsked.getCount() > 0) {
      try {
        client.post("/v1/marks", batch);
        marks += list.size();
        return;
      } catch (GatewayRefusal refusal) {
        if (refusal.status() == 409) {
          refused++;
          return;
        }
        if (refusal.status() != TOO_MANY_REQUESTS) {
          throw refusal;
        }
        pause(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  /// A price with more decimals than the venue takes is rounded to them.
  private static void add(ArrayNode list, @Nullable Target target, BigDecimal price) {
    if (target != null) {
      int scale = Math.min(price.scale(), target.priceScale);
      list.addObject()
          .put(target.field, target.symbol)
          .put("price", price.setScale(scale, RoundingMode.HALF_EVEN).toPlainString());
    }
  }

  /// One line for people.
  String summary() {
    return String.format(
        Locale.ROOT,
        "%,d ticks played: %,d marks sent%s",
        ticks,
        marks,
        refused == 0 ? "" : String.format(Locale.ROOT, ", %,d batches refused", refused));
  }
}
