package io.evenkeel.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Just enough of a server to talk to one WebSocket client at a time, by the frame. Requests that
/// ask for no WebSocket are answered with what [#document] gives.
final class StreamingServer implements AutoCloseable {
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");

  /// What a test does with one connection.
  interface Talk {
    void with(Peer peer) throws IOException, InterruptedException;
  }

  /// The other end of one connection.
  static final class Peer {
    private final Socket socket;
    private final OutputStream out;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    void say(String text) throws IOException {
      frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /// One message in two frames.
    void sayInParts(String first, String second) throws IOException {
      frame(0x01, first.getBytes(StandardCharsets.UTF_8));
      frame(0x80, second.getBytes(StandardCharsets.UTF_8));
    }

    void event(long number) throws IOException {
      say("{\"number\": \"%d\", \"type\": \"assetDefined\"}".formatted(number));
    }

    void heartbeat(long number) throws IOException {
      say("{\"heartbeat\": \"%d\"}".formatted(number));
    }

    void close(int code, String reason) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.write(code >> 8);
      body.write(code);
      body.write(reason.getBytes(StandardCharsets.UTF_8));
      frame(0x88, body.toByteArray());
    }

    /// Cuts the line without a word.
    void cut() throws IOException {
      socket.close();
    }

    /// Until the client hangs up.
    void listen() throws IOException {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // what a client says on this stream means nothing
      }
    }

    private void frame(int opcode, byte[] body) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(opcode);
      if (body.length < 126) {
        frame.write(body.length);
      } else {
        frame.write(126);
        frame.write(body.length >> 8);
        frame.write(body.length);
      }
      frame.write(body);
      out.write(frame.toByteArray());
      out.flush();
    }
  }

  private final ServerSocket listening;
  private final BlockingQueue<Talk> talks = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private volatile String document = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  private volatile String refusal = "";

  StreamingServer(int port) throws IOException {
    listening = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /// What to do with the next WebSocket.
  void next(Talk talk) {
    talks.add(talk);
  }

  /// Answers WebSockets with a status in place of the upgrade.
  void refuse(String status) {
    refusal = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
  }

  /// The answer to requests that ask for no WebSocket.
  void document(String status, String type, String body) {
    document =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, type, body.length(), body);
  }

  /// Path and query of each request, in order.
  BlockingQueue<String> asked() {
    return asked;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      String request = head(socket.getInputStream());
      asked.add(request.split(" ", 3)[1]);
      Matcher key = KEY.matcher(request);
      OutputStream out = socket.getOutputStream();
      if (!key.find() || !refusal.isEmpty()) {
        String answer = request.contains("Sec-WebSocket-Key") ? refusal : document;
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        return;
      }
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(key.group(1))
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      Talk talk = talks.poll();
      if (talk != null) {
        talk.with(new Peer(socket));
      }
    } catch (IOException e) {
      // the client hung up, which is its right
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("the client hung up");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
