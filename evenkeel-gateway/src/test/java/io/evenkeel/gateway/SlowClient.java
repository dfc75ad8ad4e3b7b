package io.evenkeel.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A WebSocket client that reads nothing until it is told to, with little room in its socket.
final class SlowClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int closeCode;
  private String closeReason = "";

  SlowClient(URI gateway, String path) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    String handshake =
        "GET "
            + path
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

  /// Reads until the gateway ends the stream; the texts of all messages.
  List<String> readToTheEnd() throws IOException {
    List<String> messages = new ArrayList<>();
    while (closeCode == 0) {
      int opcode = in.readUnsignedByte() & 0xf;
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] payload = in.readNBytes(length);
      if (opcode == 1) {
        messages.add(new String(payload, StandardCharsets.UTF_8));
      } else if (opcode == 8) {
        closeCode = ByteBuffer.wrap(payload).getShort();
        closeReason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
      }
    }
    return messages;
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
