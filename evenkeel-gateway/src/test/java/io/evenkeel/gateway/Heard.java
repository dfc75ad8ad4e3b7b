package io.evenkeel.gateway;

import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a WebSocket client has heard.
final class Heard implements WebSocket.Listener {
  private final List<JsonNode> messages = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private int closeCode;
  private String closeReason = "";

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(1);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(TestVenue.MAPPER.readTree(part.toString()));
      part.setLength(0);
    }
    notifyAll();
    socket.request(1);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onClose(
      WebSocket socket, int statusCode, String reason) {
    closeCode = statusCode;
    closeReason = reason;
    notifyAll();
    return null;
  }

  @Override
  public synchronized void onError(WebSocket socket, Throwable error) {
    closeCode = -1;
    closeReason = String.valueOf(error);
    notifyAll();
  }

  synchronized List<JsonNode> all() {
    return List.copyOf(messages);
  }

  /// Numbers of the events heard.
  synchronized List<Long> numbers() {
    return messages.stream()
        .filter(message -> message.has("number"))
        .map(message -> Long.parseLong(message.get("number").asString()))
        .toList();
  }

  synchronized int closeCode() {
    return closeCode;
  }

  synchronized String closeReason() {
    return closeReason;
  }

  /// Waits until what was heard is enough.
  synchronized Heard await(Predicate<Heard> enough) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!enough.test(this)) {
      long leftMs = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new AssertionError(
            "heard only " + messages.size() + " messages, close " + closeCode + " " + closeReason);
      }
      try {
        wait(leftMs);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return this;
  }
}
