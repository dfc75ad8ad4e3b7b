package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests of which it is not clear where they end. What follows on such a connection is never
/// taken for a request.
class FramingTest {
  private static final String SECOND = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -5\n\n{}",
        "Content-Length: 2\nContent-Length: 30\n\n{}",
        "Content-Length: 2\nTransfer-Encoding: chunked\n\n0\n\n",
        "Transfer-Encoding: gzip\n\nxx",
        "Transfer-Encoding: chunked\n\nZZ\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\n-5\n{}\n0\n\n",
        "Transfer-Encoding: chunked\n\nffffffffffffffff\n{}\n0\n\n"
      })
  void shouldRefuseAndReadNothingMore(String rest) throws IOException {
    String request =
        "POST /v1/commands HTTP/1.1\nHost: localhost\nContent-Type: application/json\n" + rest;
    try (Socket socket = new Socket(venue.gateway.address().getHost(), port())) {
      socket.setSoTimeout(30_000);
      byte[] bytes = (request.replace("\n", "\r\n") + SECOND).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(bytes);
      String said = readToTheEnd(socket);
      assertThat(said).startsWith("HTTP/1.1 400 ").contains("BAD_FRAMING");
      assertThat(said.split("HTTP/1.1 ", -1)).as("one answer: %s", said).hasSize(2);
    }
  }

  /// A connection that is closed with something unread may end in a reset, after the answer.
  private static String readToTheEnd(Socket socket) throws IOException {
    StringBuilder said = new StringBuilder();
    byte[] step = new byte[1 << 12];
    try {
      for (int n = socket.getInputStream().read(step); n >= 0; ) {
        said.append(new String(step, 0, n, StandardCharsets.UTF_8));
        n = socket.getInputStream().read(step);
      }
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return said.toString();
  }

  private static int port() {
    return venue.gateway.address().getPort();
  }
}
