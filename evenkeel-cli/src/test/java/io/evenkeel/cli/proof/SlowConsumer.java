package io.evenkeel.cli.proof;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A consumer of the stream that reads nothing until it is told to, with little room in its socket.
final class SlowConsumer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int closeCode;
  private String closeReason = "";

  SlowConsumer(URI gateway, long fromEventNumber) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    String handshake =
        "GET /v1/stream?from="
            + fromEventNumber
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    in = new DataInputStream(socket.getInputStream());
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException(answer.toString());
    }
  }

  /// Reads until the gateway ends the stream.
  List<JsonNode> readToTheEnd() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    while (closeCode == 0) {
      int opcode = in.readUnsignedByte() & 0xf;
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] payload = in.readNBytes(length);
      if (opcode == TEXT) {
        JsonNode message = JSON.readTree(payload);
        if (message.has("number")) {
          events.add(message);
        }
      } else if (opcode == CLOSE) {
        closeCode = ByteBuffer.wrap(payload).getShort();
        closeReason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
      }
    }
    return events;
  }

  int closeCode() {
    return closeCode;
  }

  String closeReason() {
    return closeReason;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
