package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestNode.Mode;
import io.evenkeel.gateway.TestVenue.Got;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Marks at a high rate, and what slows them down.
final class FeedTest {
  private static final Schemas SCHEMAS = new Schemas();
  private static final String MARK = "{\"marks\":[{\"instrument\":\"BTCUSDT\",\"price\":\"%s\"}]}";
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @AfterEach
  void works() {
    venue.node.mode(Mode.WORKS);
  }

  private static HttpRequest.Builder lines() {
    return HttpRequest.newBuilder(venue.at("/v1/marks"))
        .header("Content-Type", "application/x-ndjson");
  }

  @Test
  void shouldApplyEachLineWhileTheFeedLasts() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", venue.gateway.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/marks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      for (int i = 1; i <= 3; i++) {
        long commands = venue.node.status().commands();
        String line = MARK.formatted(49_990 + i) + "\n";
        String chunk = Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
        out.write(chunk.getBytes(StandardCharsets.UTF_8));
        await(() -> venue.node.status().commands() == commands + 1);
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"batches\":3,\"refused\":0");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(SCHEMAS.breaches("LinesAnswer", body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @Test
  void shouldCountWhatTheEngineRefuses() {
    String twice =
        "{\"marks\":[{\"asset\":\"BTC\",\"price\":\"1\"},{\"asset\":\"BTC\",\"price\":\"1\"}]}";
    Got got = venue.send(lines().POST(BodyPublishers.ofString(twice + "\n" + twice)));
    assertThat(got.json().get("batches").asInt()).isEqualTo(2);
    assertThat(got.json().get("refused").asInt()).isEqualTo(2);
  }

  @Test
  void shouldEndAFeedWithAnEndlessLine() {
    byte[] line = " ".repeat(2 << 20).getBytes(StandardCharsets.UTF_8);
    Got got = venue.send(lines().POST(BodyPublishers.ofByteArray(line)));
    assertThat(got.status()).isEqualTo(413);
    assertThat(got.text("/reason")).isEqualTo("LINE_TOO_LONG");
  }

  @Test
  void shouldReadAFeedNoFasterThanTheLogTakesIt() throws IOException {
    venue.node.mode(Mode.SILENT);
    byte[] line =
        (MARK.formatted("50000") + " ".repeat(60_000) + "\n").getBytes(StandardCharsets.UTF_8);
    long total = 4_000;
    try (Socket socket = new Socket("127.0.0.1", venue.gateway.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/marks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                  + "Content-Length: "
                  + total * line.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      long[] sent = new long[1];
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < total; i++) {
                    out.write(line);
                    sent[0]++;
                  }
                } catch (IOException e) {
                  // the test is over
                }
              });
      await(() -> venue.node.pending() == MarkFeed.WINDOW);
      long before = -1;
      while (sent[0] != before) { // until the sockets themselves are full
        before = sent[0];
        pause(300);
      }
      assertThat(venue.node.pending()).isEqualTo(MarkFeed.WINDOW);
      assertThat(sent[0]).isLessThan(total);
      long held = sent[0];
      venue.node.mode(Mode.WORKS);
      await(() -> sent[0] > held + 100);
      socket.shutdownOutput();
      writer.interrupt();
    }
  }

  @Test
  void shouldSayThatTheNodeStoppedInTheMiddleOfAFeed() {
    venue.node.mode(Mode.STOPPED);
    Got got = venue.send(lines().POST(BodyPublishers.ofString(MARK.formatted("50000"))));
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.text("/reason")).isEqualTo("NODE_STOPPED");
    assertThat(got.json().get("batches").asInt()).isZero();
  }

  @Test
  void shouldAnswerEachMessageOfASocketInOrder() {
    Heard heard = new Heard();
    WebSocket socket = venue.socket("/v1/feed", heard).join();
    for (int i = 0; i < 200; i++) {
      socket.sendText(i % 10 == 9 ? "{\"marks\":[{}]}" : MARK.formatted("50000"), true).join();
    }
    heard.await(h -> h.all().size() == 200);
    for (int i = 0; i < 200; i++) {
      assertThat(heard.all().get(i).get("batch").asInt()).isEqualTo(i + 1);
      assertThat(heard.all().get(i).get("accepted").asBoolean()).isEqualTo(i % 10 != 9);
    }
    assertThat(heard.all().get(9).get("field").asString()).isEqualTo("/marks/0/instrument");
    socket.sendText("not json", true).join();
    socket.sendText(MARK.formatted("5"), false).join();
    socket.sendText(" ", true).join();
    heard.await(h -> h.all().size() == 202);
    assertThat(heard.all().get(200).get("reason").asString()).isEqualTo("INVALID_DOCUMENT");
    assertThat(heard.all().get(201).get("accepted").asBoolean()).isTrue();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    heard.await(h -> h.closeCode() == WebSocket.NORMAL_CLOSURE);
  }

  @Test
  void shouldTakeNoMoreOfASocketThanItsWindow() {
    venue.node.mode(Mode.SILENT);
    Heard heard = new Heard();
    WebSocket socket = venue.socket("/v1/feed", heard).join();
    for (int i = 0; i < 300; i++) {
      socket.sendText(MARK.formatted("50000"), true).join();
    }
    await(() -> venue.node.pending() >= MarkFeed.WINDOW);
    pause(300);
    assertThat(venue.node.pending()).isBetween(MarkFeed.WINDOW, MarkFeed.WINDOW + 3);
    venue.node.mode(Mode.WORKS);
    heard.await(h -> h.all().size() == 300);
    socket.abort();
  }

  @Test
  void shouldEndSocketsThatSendTooMuchOrNotText() {
    Heard binary = new Heard();
    venue.socket("/v1/feed", binary).join().sendBinary(ByteBuffer.allocate(4), true).join();
    binary.await(h -> h.closeCode() != 0);
    assertThat(binary.closeCode()).isEqualTo(1003);
    Heard endless = new Heard();
    WebSocket socket = venue.socket("/v1/feed", endless).join();
    String part = " ".repeat(100_000);
    try {
      for (int i = 0; i < 12; i++) {
        socket.sendText(part, false).join();
      }
    } catch (RuntimeException e) {
      // it was ended before all was sent
    }
    endless.await(h -> h.closeCode() != 0);
    assertThat(endless.closeCode()).isEqualTo(1009);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause(10);
    }
  }

  private static void pause(int ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
