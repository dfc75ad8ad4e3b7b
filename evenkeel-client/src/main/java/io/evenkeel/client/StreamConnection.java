package io.evenkeel.client;

import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One connection of a stream, from the attempt to its end. What it hears goes into a queue, the
/// end last; at most `BACKLOG` messages wait there, because no more are asked for.
final class StreamConnection implements WebSocket.Listener {
  private static final int BACKLOG = 256;
  private static final int LONGEST_MESSAGE = 8 << 20;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// What a connection tells.
  sealed interface Heard {
    /// Whose it is.
    StreamConnection from();
  }

  /// One message.
  record Message(StreamConnection from, JsonNode json) implements Heard {}

  /// The connection ended or could not be made.
  ///
  /// @param refused whether it would be refused again
  record Ended(StreamConnection from, String trouble, boolean refused) implements Heard {}

  private final BlockingQueue<Heard> queue;
  private final StringBuilder partial = new StringBuilder();
  private volatile @Nullable WebSocket socket;
  private volatile long lastHeardNs = System.nanoTime();
  private volatile boolean isOpen;
  private volatile boolean isAborted;
  private boolean hasEnded;

  private StreamConnection(BlockingQueue<Heard> queue) {
    this.queue = queue;
  }

  /// Begins to connect; what comes of it is told to the queue.
  static StreamConnection begin(
      GatewayClient client, String pathAndQuery, BlockingQueue<Heard> queue) {
    StreamConnection connection = new StreamConnection(queue);
    CompletableFuture<WebSocket> attempt =
        client
            .http()
            .newWebSocketBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .buildAsync(client.webSocket(pathAndQuery), connection);
    var _ =
        attempt.whenComplete((_, failure) -> {
          if (failure != null) {
            connection.failed(client, failure);
          }
        });
    return connection;
  }

  private void failed(GatewayClient client, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof WebSocketHandshakeException handshake) {
      int status = handshake.getResponse().statusCode();
      boolean refused = status >= 400 && status < 500 && status != 429;
      end("the stream was answered with status " + status, refused);
    } else if (cause instanceof IOException e) {
      end(String.valueOf(client.unreachable(e).getMessage()), false);
    } else {
      end("no connection: " + cause, false);
    }
  }

  /// Whether the connection stands.
  boolean isOpen() {
    return isOpen;
  }

  /// How long nothing was heard since something was heard or asked for.
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastHeardNs);
  }

  /// Asks for one message more, after one was taken out of the queue.
  void request() {
    lastHeardNs = System.nanoTime();
    WebSocket open = socket;
    if (open != null) {
      open.request(1);
    }
  }

  /// Gives the connection up, also when it is only being made.
  void abort() {
    isAborted = true;
    isOpen = false;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    socket = webSocket;
    if (isAborted) {
      webSocket.abort();
      return;
    }
    isOpen = true;
    lastHeardNs = System.nanoTime();
    webSocket.request(BACKLOG);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    lastHeardNs = System.nanoTime();
    partial.append(data);
    if (!last) {
      webSocket.request(1);
    }
    if (partial.length() > LONGEST_MESSAGE) {
      end("a message is longer than %s characters".formatted(LONGEST_MESSAGE), false);
      webSocket.abort();
    } else if (last) {
      try {
        queue.add(new Message(this, Replies.parse(partial.toString())));
      } catch (JacksonException e) {
        end("a message is no JSON; is it the address of a gateway?", false);
        webSocket.abort();
      }
      partial.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    lastHeardNs = System.nanoTime();
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    lastHeardNs = System.nanoTime();
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    boolean refused = status == 1002 || status == 1003 || status == 1007 || status == 1008;
    end(
        "the gateway closed the stream (%s)%s"
            .formatted(status, reason.isEmpty() ? "" : ": " + reason),
        refused);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end("the connection broke: " + error.getMessage(), false);
  }

  private synchronized void end(String trouble, boolean refused) {
    isOpen = false;
    if (!hasEnded) {
      hasEnded = true;
      queue.add(new Ended(this, trouble, refused));
    }
  }
}
