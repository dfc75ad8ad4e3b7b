package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestVenue.Got;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What keeps the page, and pages of strangers, in their place.
final class SafetyTest {
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

  @Test
  void shouldServeThePageUnderAStrictPolicy() {
    Got page = venue.get("/");
    assertThat(page.status()).isEqualTo(200);
    HttpHeaders headers = page.response().headers();
    assertThat(headers.firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(headers.firstValue("Content-Security-Policy"))
        .hasValue(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(venue.get("/index.html").response().body()).isEqualTo(page.response().body());
  }

  @Test
  void shouldLetBrowsersKeepTheFilesOfThePage() {
    Got page = venue.get("/");
    String tag = page.response().headers().firstValue("ETag").orElseThrow();
    Got again = venue.send(HttpRequest.newBuilder(venue.at("/")).header("If-None-Match", tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    Got other =
        venue.send(HttpRequest.newBuilder(venue.at("/")).header("If-None-Match", "\"other\""));
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void shouldSendTheSameProtectionWithEveryAnswer() {
    for (String path : new String[] {"/v1/status", "/v1/nothing", "/metrics", "/openapi.json"}) {
      HttpHeaders headers = venue.get(path).response().headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  127.0.0.1,           '',                      200",
    "GET,  127.0.0.1:9,         '',                      200",
    "GET,  localhost:8642,      '',                      200",
    "GET,  LOCALHOST,           '',                      200",
    "GET,  [::1]:80,            '',                      200",
    "GET,  evil.example,        '',                      403",
    "GET,  localhost.evil.test, '',                      403",
    "GET,  127.0.0.1.evil.test, '',                      403",
    "GET,  localhost,           http://evil.example,     200",
    "POST, localhost:1,         http://localhost:1,      200",
    "POST, localhost:1,         https://localhost:1,     200",
    "POST, localhost:1,         http://localhost:2,      403",
    "POST, localhost,           http://evil.example,     403",
    "POST, localhost,           'null',                  403",
    "POST, evil.example,        http://evil.example,     403",
    "POST, localhost,           '',                      200"
  })
  void shouldKnowWhoAsks(String method, String host, String origin, int status) throws IOException {
    String body = method.equals("POST") ? "{\"type\":\"advanceTime\"}" : "";
    String request =
        method
            + (method.equals("POST") ? " /v1/commands" : " /v1/status")
            + " HTTP/1.1\r\nHost: "
            + host
            + (origin.isEmpty() ? "" : "\r\nOrigin: " + origin)
            + "\r\nConnection: close\r\n"
            + (body.isEmpty()
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
            + "\r\n"
            + body;
    assertThat(raw(request)).startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BROKEN~~                                                        | 0",
        "GET / HTTP/9.9~Host: localhost~~                                | 0",
        "GET /v1/status HTTP/1.1~~                                       | 400",
        "GET /v1/status HTTP/1.1~Host: a~Host: b~~                       | 400",
        "GET /v1/%zz HTTP/1.1~Host: localhost~~                          | 400",
        "GET /v1/status HTTP/1.1~Host: localhost~no colon here~~         | 400"
      })
  void shouldAnswerBrokenHttpWithAProblem(String request, int status) throws IOException {
    String answer = raw(request.replace("~", "\r\n"));
    if (status == 400) {
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains(Problem.MEDIA_TYPE);
    } else {
      assertThat(answer).doesNotContain("200 OK");
    }
  }

  @Test
  void shouldRefuseAnEndlessRequestLine() throws IOException {
    String answer = raw("GET /v1/status?x=" + "y".repeat(20_000) + " HTTP/1.1\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  void shouldSayThatABodyIsCutShort() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 100\r\n\r\n{\"type\":")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BODY_CUT_SHORT");
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder said = new StringBuilder();
      byte[] step = new byte[1 << 12];
      try {
        for (int n = socket.getInputStream().read(step); n >= 0; ) {
          said.append(new String(step, 0, n, StandardCharsets.UTF_8));
          n = socket.getInputStream().read(step);
        }
      } catch (java.net.SocketException e) {
        assertThat(e).hasMessageContaining("reset"); // closed with something unread
      }
      return said.toString();
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", venue.gateway.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }
}
