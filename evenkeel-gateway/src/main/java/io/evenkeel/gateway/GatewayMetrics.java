package io.evenkeel.gateway;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.reader.ReaderStatus;
import io.evenkeel.reader.VenueTotals;
import io.evenkeel.wire.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Prometheus is told. The number of series is bounded: labels are types of commands and
/// events, names of refusals, zones and routes, never anything a client chooses.
final class GatewayMetrics {
  /// Media type of the text format.
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] COMMAND_BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Counter> commands = new ConcurrentHashMap<>();
  private final Map<String, Timer> commandTimers = new ConcurrentHashMap<>();
  private final Map<String, Timer> requestTimers = new ConcurrentHashMap<>();

  /// Held here, because the registry holds counted figures weakly: collected, they stand still.
  private final List<Supplier<Number>> counted = new CopyOnWriteArrayList<>();

  private final Set<String> eventTypes = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ReaderStatus reader;
  private volatile @Nullable VenueTotals totals;
  private volatile NodePort.@Nullable NodeReading node;

  GatewayMetrics() {
    nodeGauges();
    readerGauges();
    venueGauges();
  }

  /// Name of a command's type, as in JSON.
  static String typeOf(Command command) {
    String name = command.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  void answered(String type, Answer answer, long durationNs) {
    Outcome outcome = answer.outcome();
    String result =
        outcome == null
            ? "UNDECODABLE"
            : outcome.isAccepted() ? "accepted" : outcome.reason().name();
    count(type, result);
    commandTimers
        .computeIfAbsent(
            type,
            _ ->
                Timer.builder("evenkeel.command")
                    .description("From a command's admission to its durable answer")
                    .tag("type", type)
                    .serviceLevelObjectives(COMMAND_BUCKETS)
                    .register(registry))
        .record(durationNs, TimeUnit.NANOSECONDS);
  }

  void uncertain(String type) {
    count(type, "uncertain");
  }

  void notTaken(String type, CommandPort.Admission admission) {
    count(type, "not_taken_" + admission.name().toLowerCase(Locale.ROOT));
  }

  private void count(String type, String outcome) {
    commands
        .computeIfAbsent(
            type + '/' + outcome,
            _ ->
                Counter.builder("evenkeel.commands")
                    .description("Commands by what became of them")
                    .tag("type", type)
                    .tag("outcome", outcome)
                    .register(registry))
        .increment();
  }

  /// A request was answered, well or not.
  void served(Route route, long durationNs) {
    requestTimers
        .computeIfAbsent(
            route.method() + ' ' + route.path(),
            _ ->
                Timer.builder("evenkeel.request")
                    .description("From a request's arrival to its answer")
                    .tag("method", route.method())
                    .tag("route", route.path())
                    .serviceLevelObjectives(COMMAND_BUCKETS)
                    .register(registry))
        .record(durationNs, TimeUnit.NANOSECONDS);
  }

  /// A figure that is asked for whenever metrics are.
  void gauge(String name, String description, Supplier<Number> figure) {
    Gauge.builder(name, figure).description(description).register(registry);
  }

  /// A figure that only rises.
  void counter(String name, String description, Supplier<Number> figure) {
    counted.add(figure);
    FunctionCounter.builder(name, figure, of -> of.get().doubleValue())
        .description(description)
        .register(registry);
  }

  /// The text of all metrics, with the state of node and venue as given.
  ///
  /// @param nowTotals null when the reader cannot be asked; its figures are then left as unknown
  String scrape(
      NodePort.NodeReading nowNode, ReaderStatus nowReader, @Nullable VenueTotals nowTotals) {
    node = nowNode;
    reader = nowReader;
    totals = nowTotals;
    for (String type : nowReader.eventCounts().keySet()) {
      if (eventTypes.add(type)) {
        FunctionCounter.builder("evenkeel.events", this, metrics -> metrics.eventCount(type))
            .description("Events by type, since the reader's start")
            .tag("type", type)
            .register(registry);
      }
    }
    return registry.scrape();
  }

  private double eventCount(String type) {
    ReaderStatus status = reader;
    return status == null ? 0 : status.eventCounts().getOrDefault(type, 0L);
  }

  private void nodeGauges() {
    gauge(
        "evenkeel.node.up",
        "1 while the node takes commands",
        () -> ofNode(n -> n.fault().isEmpty() ? 1 : 0));
    gauge(
        "evenkeel.node.log.position.bytes",
        "Log position of the last command",
        () -> ofNode(NodePort.NodeReading::logPosition));
    gauge(
        "evenkeel.node.last.event",
        "Number of the last event",
        () -> ofNode(NodePort.NodeReading::lastEventNumber));
    gauge(
        "evenkeel.node.free.disk.bytes",
        "Space left for the node's data",
        () -> ofNode(NodePort.NodeReading::freeBytes));
    counter(
        "evenkeel.node.commands",
        "Commands applied since the start",
        () -> ofNode(NodePort.NodeReading::commands));
    counter(
        "evenkeel.node.snapshots",
        "Snapshots written since the start",
        () -> ofNode(NodePort.NodeReading::snapshots));
  }

  private void readerGauges() {
    gauge(
        "evenkeel.reader.up",
        "1 while the reader follows or catches up",
        () -> ofReader(r -> r.fault().isEmpty() ? 1 : 0));
    gauge(
        "evenkeel.reader.behind.bytes",
        "Journal written and not applied yet",
        () -> ofReader(ReaderStatus::behindBytes));
    gauge(
        "evenkeel.reader.behind.seconds",
        "Age of the oldest entry not applied yet",
        () -> ofReader(r -> r.behindNs() / 1e9));
    gauge(
        "evenkeel.reader.position.bytes",
        "Log position applied",
        () -> ofReader(ReaderStatus::logPosition));
    counter(
        "evenkeel.reader.questions", "Questions answered", () -> ofReader(ReaderStatus::questions));
    counter(
        "evenkeel.liquidations",
        "Liquidations begun, since the reader's start",
        () -> eventCount("liquidationStarted"));
    counter(
        "evenkeel.margin.calls",
        "Margin calls issued, since the reader's start",
        () -> eventCount("marginCallIssued"));
  }

  private void venueGauges() {
    for (Zone zone : Zone.values()) {
      Gauge.builder("evenkeel.accounts", () -> ofTotals(t -> t.zoneCounts()[zone.ordinal()]))
          .description("Open accounts by stated zone")
          .tag("zone", zone.name())
          .register(registry);
    }
    gauge(
        "evenkeel.calls.open",
        "Margin calls open or expired",
        () -> ofTotals(VenueTotals::openCalls));
    gauge(
        "evenkeel.money.conserved",
        "1 when the last check found that money is conserved",
        () -> ofTotals(t -> t.conservation().breaches().isEmpty() ? 1 : 0));
  }

  private interface Figure<T> {
    Number of(T state);
  }

  private Number ofNode(Figure<NodePort.NodeReading> figure) {
    NodePort.NodeReading state = node;
    return state == null ? Double.NaN : figure.of(state);
  }

  private Number ofReader(Figure<ReaderStatus> figure) {
    ReaderStatus state = reader;
    return state == null ? Double.NaN : figure.of(state);
  }

  private Number ofTotals(Figure<VenueTotals> figure) {
    VenueTotals state = totals;
    return state == null ? Double.NaN : figure.of(state);
  }
}
