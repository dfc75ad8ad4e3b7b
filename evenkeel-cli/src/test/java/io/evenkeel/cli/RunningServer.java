package io.evenkeel.cli;

import io.evenkeel.gateway.GatewayConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// A whole server in this process, for tests in other packages.
public final class RunningServer implements AutoCloseable {
  private final Server server;
  private final AtomicReference<String> fault = new AtomicReference<>("");

  /// Starts node, reader and gateway.
  ///
  /// @param port 0 takes a free one
  public RunningServer(Path dataFolder, int port) {
    GatewayConfig standard = GatewayConfig.standard();
    GatewayConfig gateway =
        new GatewayConfig(
            standard.host(),
            port,
            standard.maximumBodyBytes(),
            standard.maximumBatch(),
            standard.streamBacklog(),
            standard.maximumStreams());
    server =
        Server.start(ServerConfig.standard(dataFolder, gateway), e -> fault.set(String.valueOf(e)));
  }

  /// Address of the page.
  public URI address() {
    return server.address();
  }

  /// Why the node stopped by itself; empty while it runs.
  public String fault() {
    return fault.get();
  }

  @Override
  public void close() {
    server.close();
  }
}
