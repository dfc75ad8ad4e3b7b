package io.evenkeel.cli;

import io.evenkeel.gateway.Gateway;
import io.evenkeel.node.Node;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.node.NodeException;
import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderConfig;
import io.evenkeel.reader.ReaderStatus;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Node, reader and gateway in one process. They start in this order and stop so that nothing is
/// left half-way: first nobody is let in any more, then the log ends with a snapshot, and last the
/// reader, which writes its own snapshot when it has seen the node's.
final class Server implements AutoCloseable {
  private static final long READER_PATIENCE_NS = 5_000_000_000L;

  private final Node node;
  private final NodeConnection connection;
  private final Reader reader;
  private final Gateway gateway;
  private boolean closed;

  private Server(Node node, NodeConnection connection, Reader reader, Gateway gateway) {
    this.node = node;
    this.connection = connection;
    this.reader = reader;
    this.gateway = gateway;
  }

  /// Starts everything, or nothing.
  ///
  /// @param onFault hears once when the node stopped by itself
  /// @throws NodeException when the node cannot start
  /// @throws io.evenkeel.gateway.GatewayException when the gateway cannot listen
  static Server start(ServerConfig config, Consumer<NodeException> onFault) {
    Node node = Node.start(config.node(), onFault);
    NodeConnection connection = null;
    Reader reader = null;
    try {
      connection = node.connect();
      reader =
          Reader.start(
              new ReaderConfig(
                  node.journalFolder(),
                  config.readerFolder(),
                  config.node().limits(),
                  config.questionQueue()));
      Gateway gateway =
          Gateway.start(
              config.gateway(), NodePorts.commands(connection), NodePorts.node(node), reader);
      return new Server(node, connection, reader, gateway);
    } catch (RuntimeException | Error e) {
      if (reader != null) {
        reader.close();
      }
      if (connection != null) {
        connection.close();
      }
      node.close();
      throw e;
    }
  }

  /// Address of the page.
  URI address() {
    return gateway.address();
  }

  /// The node, to ask how it is.
  Node node() {
    return node;
  }

  /// The reader, to ask how it is.
  Reader reader() {
    return reader;
  }

  /// Stops in order. Idempotent.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    gateway.close();
    connection.close();
    node.close();
    awaitReader();
    reader.close();
  }

  private void awaitReader() {
    long deadline = System.nanoTime() + READER_PATIENCE_NS;
    while (isReading() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isReading() {
    ReaderStatus status = reader.status();
    return status.behindBytes() > 0
        && status.state() != ReaderStatus.State.FAILED
        && status.state() != ReaderStatus.State.CLOSED;
  }
}
