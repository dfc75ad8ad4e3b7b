package io.evenkeel.gateway;

/// How a gateway runs.
///
/// @param host address to listen on; `127.0.0.1` unless the outside is meant to reach it
/// @param port 0 takes a free one
/// @param maximumBodyBytes larger request bodies are refused
/// @param maximumBatch most commands in one request
/// @param streamBacklog events that may wait for one slow stream before it is dropped
/// @param maximumStreams most open streams
public record GatewayConfig(
    String host,
    int port,
    int maximumBodyBytes,
    int maximumBatch,
    int streamBacklog,
    int maximumStreams) {
  /// Loopback only, on the usual port.
  public static GatewayConfig standard() {
    return new GatewayConfig("127.0.0.1", 8642, 8 << 20, 10_000, 20_000, 256);
  }
}
