package io.evenkeel.gateway;

import io.evenkeel.reader.Reader;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A running gateway.
public final class Gateway implements AutoCloseable {
  /// Held, because a logger that nobody holds forgets its level.
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.helidon");

  private static final int MOST_CONNECTIONS = 4_096;
  private static final int LONGEST_REQUEST_LINE = 16_384;

  /// What the system keeps for a client that does not read; the system's own choice may be large.
  private static final int SEND_BUFFER_BYTES = 1 << 18;

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final WebServer server;
  private final URI address;
  private final EventStreams streams;
  private final MarkSockets feeds;
  private final Watch watch;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private Gateway(
      WebServer server, URI address, EventStreams streams, MarkSockets feeds, Watch watch) {
    this.server = server;
    this.address = address;
    this.streams = streams;
    this.feeds = feeds;
    this.watch = watch;
  }

  /// Starts listening.
  ///
  /// @throws GatewayException when the port is taken or the address is not this machine's
  public static Gateway start(
      GatewayConfig config, CommandPort commands, NodePort node, Reader reader) {
    return start(config, commands, node, reader, StreamLimits.of(config), LogDesk.PATIENCE);
  }

  /// The same with other times, for tests.
  ///
  /// @param patience how long a command may wait for its answer
  static Gateway start(
      GatewayConfig config,
      CommandPort commands,
      NodePort node,
      Reader reader,
      StreamLimits limits,
      Duration patience) {
    LIBRARY_LOG.setLevel(Level.WARNING);
    checkAddress(config);
    Watch watch = new Watch();
    Parts parts = new Parts(config, commands, node, reader, limits, patience, watch);
    WebServer server = server(config, parts);
    server.start();
    if (!server.isRunning()) {
      watch.close();
      throw unusable(config, new IOException("the web server did not start"));
    }
    String host = config.host().indexOf(':') >= 0 ? "[" + config.host() + "]" : config.host();
    URI address = URI.create("http://" + host + ":" + server.port() + "/");
    return new Gateway(server, address, parts.streams, parts.feeds, watch);
  }

  /// Everything behind the address.
  static final class Parts {
    final EventStreams streams;
    final MarkSockets feeds;
    final List<Route> routes;
    final Dispatcher dispatcher;

    Parts(
        GatewayConfig config,
        CommandPort commands,
        NodePort node,
        Reader reader,
        StreamLimits limits,
        Duration patience,
        Watch watch) {
      GatewayMetrics metrics = new GatewayMetrics();
      ReaderDesk desk = new ReaderDesk(reader);
      LogDesk log = new LogDesk(commands, metrics, patience);
      Origins origins = new Origins(config.host());
      MarkFeed marks = new MarkFeed(log, desk);
      PageFiles page = new PageFiles();
      streams = new EventStreams(desk, node, origins, watch, limits);
      feeds = new MarkSockets(marks, log, origins, watch);
      Operations operations =
          new Operations(node, commands, desk, streams, feeds, metrics, new OpenApi());
      List<Route> all = new ArrayList<>();
      all.add(page.route());
      all.addAll(new Commands(log, desk, new Rulebooks(), config.maximumBatch()).routes());
      all.addAll(marks.routes());
      all.addAll(feeds.routes());
      all.addAll(new AccountReadings(desk).routes());
      all.addAll(new WhatIfs(desk).routes());
      all.addAll(new Previews(desk, new Rulebooks()).routes());
      all.addAll(new VenueReadings(desk).routes());
      all.addAll(new ReferenceReadings(desk).routes());
      all.addAll(new EventReadings(desk).routes());
      all.addAll(streams.routes());
      all.addAll(operations.routes());
      routes = List.copyOf(all);
      Bodies bodies = new Bodies(config.maximumBodyBytes());
      dispatcher = new Dispatcher(routes, page, origins, bodies, watch, metrics);
    }
  }

  private static WebServer server(GatewayConfig config, Parts parts) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .shutdownGracePeriod(GRACE)
        .maxTcpConnections(MOST_CONNECTIONS)
        .connectionOptions(
            SocketOptions.builder()
                .tcpNoDelay(true)
                .socketSendBufferSize(SEND_BUFFER_BYTES)
                .build())
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(LONGEST_REQUEST_LINE)
                .sendLog(false)
                .receiveLog(false)
                .build())
        .addProtocol(WsConfig.builder().build())
        .directHandlers(directHandlers())
        .routing(HttpRouting.builder().any(parts.dispatcher))
        .addRouting(
            WsRouting.builder()
                .endpoint(EventStreams.PATH, parts.streams::listener)
                .endpoint(MarkSockets.PATH, parts.feeds::listener))
        .build();
  }

  /// What the library refuses by itself, before there is a request to dispatch.
  private static DirectHandlers directHandlers() {
    DirectHandler handler =
        (_, type, status, headers, message) -> {
          String detail =
              message == null || message.isEmpty() ? status.reasonPhrase() : Texts.clean(message);
          Problem problem =
              Problem.of(status.code(), type.name(), "The request is not valid HTTP", detail);
          ServerResponseHeaders answer = ServerResponseHeaders.create(headers);
          answer.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
          answer.set(HeaderNames.CACHE_CONTROL, "no-store");
          return DirectHandler.TransportResponse.builder()
              .status(Status.create(status.code()))
              .headers(answer)
              .entity(Json.bytes(problem.json()))
              .keepAlive(false)
              .build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  /// Finds out beforehand what the library would only log.
  private static void checkAddress(GatewayConfig config) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
    } catch (IOException e) {
      throw unusable(config, e);
    }
  }

  private static GatewayException unusable(GatewayConfig config, IOException cause) {
    return new GatewayException(
        "cannot listen on "
            + config.host()
            + ":"
            + config.port()
            + ": "
            + cause.getMessage()
            + "; choose another port, or stop what uses this one",
        cause);
  }

  /// Address of the page, e.g. `http://127.0.0.1:8642/`.
  public URI address() {
    return address;
  }

  /// Stops taking requests, finishes those under way, and tells streams that it goes away.
  /// Idempotent.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      streams.close();
      feeds.close();
      server.stop();
      watch.close();
    }
  }
}
