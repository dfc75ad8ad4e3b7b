package io.evenkeel.gateway;

import io.evenkeel.gateway.NodePort.NodeReading;
import io.evenkeel.gateway.NodePort.SnapshotReading;
import io.evenkeel.reader.ReaderStatus;
import io.evenkeel.reader.Venue;
import io.evenkeel.reader.VenueTotals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How node, reader and gateway are doing, and what people who run them ask for.
final class Operations {
  private static final Duration TOTALS_PATIENCE = Duration.ofSeconds(2);

  /// A reader further behind than this is not ready.
  private static final long READY_BEHIND_NS = 5_000_000_000L;

  private final NodePort node;
  private final CommandPort commands;
  private final ReaderDesk desk;
  private final EventStreams streams;
  private final MarkSockets feeds;
  private final GatewayMetrics metrics;
  private final OpenApi openApi;
  private final ReentrantLock snapshotting = new ReentrantLock();
  private final long startedNs = Clock.nowNs();

  Operations(
      NodePort node,
      CommandPort commands,
      ReaderDesk desk,
      EventStreams streams,
      MarkSockets feeds,
      GatewayMetrics metrics,
      OpenApi openApi) {
    this.node = node;
    this.commands = commands;
    this.desk = desk;
    this.streams = streams;
    this.feeds = feeds;
    this.metrics = metrics;
    this.openApi = openApi;
    metrics.gauge("evenkeel.commands.pending", "Commands waiting for the log", commands::pending);
    metrics.gauge("evenkeel.streams.open", "Open streams of events", streams::openCount);
    metrics.counter(
        "evenkeel.streams.dropped", "Streams dropped for slowness", streams::droppedCount);
    metrics.gauge("evenkeel.feeds.open", "Open feeds of marks", feeds::openCount);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/status", this::status),
        new Route("POST", "/v1/snapshot", Set.of(), List.of(), Json.MEDIA_TYPE, this::snapshot),
        Route.get("/health/live", this::live),
        Route.get("/health/ready", this::ready),
        Route.get("/metrics", this::metrics).producing("text/plain"),
        Route.get("/openapi.json", _ -> Reply.of(Json.MEDIA_TYPE, openApi.document())));
  }

  private Reply status(Exchange exchange) throws InterruptedException {
    NodeReading state = node.status();
    ReaderStatus reader = desk.status();
    VenueTotals totals = totals();
    ObjectNode json = Json.object();
    json.put("position", Json.number(reader.logPosition()));
    json.put("time", Json.time(reader.engineTimeNs()));
    json.put("lastEvent", Json.number(reader.lastEventNumber()));
    json.set("node", node(state));
    json.set("reader", reader(reader));
    if (totals == null) {
      json.putNull("conservation");
    } else {
      json.set("conservation", VenueReadings.conservation(totals.conservation()));
    }
    json.putObject("disk").put("freeBytes", Json.number(state.freeBytes()));
    ObjectNode gateway = json.putObject("gateway");
    gateway.put("startedAt", Json.time(startedNs));
    gateway.put("streams", streams.openCount());
    gateway.put("feeds", feeds.openCount());
    String version = Operations.class.getPackage().getImplementationVersion();
    ObjectNode versions = json.putObject("versions");
    versions.put("evenkeel", version == null ? "(not packaged)" : version);
    versions.put("java", Runtime.version().toString());
    versions.put("api", "1");
    return Reply.json(json);
  }

  private ObjectNode node(NodeReading state) {
    ObjectNode json = Json.object();
    json.put("state", state.fault().isEmpty() ? "RUNNING" : "STOPPED");
    json.put("fault", state.fault());
    json.put("position", Json.number(state.logPosition()));
    json.put("lastEvent", Json.number(state.lastEventNumber()));
    json.put("commands", Json.number(state.commands()));
    json.put("snapshots", Json.number(state.snapshots()));
    long snapshot = state.lastSnapshotPosition();
    Json.putOrNull(json, "lastSnapshotPosition", snapshot >= 0, Json.number(snapshot));
    json.put("freeBytes", Json.number(state.freeBytes()));
    json.put("pending", commands.pending());
    return json;
  }

  private static ObjectNode reader(ReaderStatus reader) {
    ObjectNode json = Json.object();
    json.put("state", reader.state().name());
    json.put("position", Json.number(reader.logPosition()));
    json.put("time", Json.time(reader.engineTimeNs()));
    json.put("lastEvent", Json.number(reader.lastEventNumber()));
    json.put("behindBytes", Json.number(reader.behindBytes()));
    json.put("behindSeconds", Json.seconds(reader.behindNs()));
    json.put("questions", Json.number(reader.questions()));
    json.put("note", reader.note());
    json.put("fault", reader.fault());
    return json;
  }

  /// Null when the reader cannot be asked.
  private @Nullable VenueTotals totals() throws InterruptedException {
    try {
      return desk.read(Venue::totals, TOTALS_PATIENCE).value();
    } catch (RequestRefused e) {
      return null;
    }
  }

  private Reply snapshot(Exchange exchange) {
    if (!snapshotting.tryLock()) {
      throw Problem.busy("a snapshot is being written; ask again when it is done").refused();
    }
    try {
      SnapshotReading snapshot = node.takeSnapshot();
      ObjectNode json = Json.object();
      json.put("position", Json.number(snapshot.logPosition()));
      json.put("lastEvent", Json.number(snapshot.lastEventNumber()));
      json.put("bytes", Json.number(snapshot.bytes()));
      json.put("pauseMs", Json.decimal(snapshot.pauseNs() / 1_000, 3));
      json.put("stateHash", snapshot.stateHash());
      return Reply.json(json);
    } catch (RuntimeException e) {
      throw Problem.unavailable("SNAPSHOT_FAILED", String.valueOf(e.getMessage())).refused();
    } finally {
      snapshotting.unlock();
    }
  }

  private Reply live(Exchange exchange) {
    String fault = node.status().fault();
    if (!fault.isEmpty()) {
      throw Problem.unavailable("NODE_STOPPED", fault).refused();
    }
    return Reply.json(Json.object().put("live", true));
  }

  private Reply ready(Exchange exchange) {
    List<String> reasons = new ArrayList<>();
    String fault = node.status().fault();
    if (!fault.isEmpty()) {
      reasons.add("the node has stopped: " + fault);
    }
    ReaderStatus reader = desk.status();
    if (reader.state() != ReaderStatus.State.FOLLOWING) {
      String why = reader.fault().isEmpty() ? "" : ": " + reader.fault();
      reasons.add("the reader is " + reader.state() + why);
    } else if (reader.behindNs() > READY_BEHIND_NS) {
      reasons.add("the reader is " + Json.seconds(reader.behindNs()) + " s behind");
    }
    if (!reasons.isEmpty()) {
      throw Problem.unavailable("NOT_READY", String.join("; ", reasons)).retryAfter(1).refused();
    }
    return Reply.json(Json.object().put("ready", true));
  }

  private Reply metrics(Exchange exchange) throws InterruptedException {
    String text = metrics.scrape(node.status(), desk.status(), totals());
    return Reply.of(GatewayMetrics.MEDIA_TYPE, text.getBytes(StandardCharsets.UTF_8));
  }
}
