package io.evenkeel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the page takes a stream: bounded, in order, each event once. The stream is played by the
/// test; everything else is a real server's.
class PageStreamTest {
  private static final int KEPT = 200;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static LiveVenue venue;

  private final BlockingQueue<WebSocketRoute> streams = new LinkedBlockingQueue<>();
  private Chromium.Tab tab;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.startOrSkip();
    venue = LiveVenue.open(folder, List.of("BTCUSDT"));
  }

  @AfterAll
  static void stop() {
    if (venue != null) {
      venue.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    tab = chromium.open(1024, 768, ColorScheme.DARK);
    page = tab.page();
    page.routeWebSocket("**/v1/stream?**", streams::add);
    tab.visit(venue.address().toString());
  }

  @AfterEach
  void close() {
    tab.close();
  }

  @Test
  void shouldResumeAfterTheLastNumberHeardAndShowNothingTwice() {
    WebSocketRoute first = stream();
    first.send(release(101));
    first.send(release(102));
    first.send(release(102));
    first.send(release(101));
    waitForRows(2);
    first.send("{\"heartbeat\": \"150\"}");
    first.send(release(140));
    first.send(release(151));
    waitForRows(3);
    assertThat(numbers()).containsExactly("151", "102", "101");

    // The node's last event is below what this stream told, so the page must notice a new history.
    first.close();
    WebSocketRoute second = stream();
    assertThat(second.url()).contains("decisions=true").doesNotContain("from=152");
    waitForRows(0);
    assertThat(page.locator("#announce").textContent()).contains("another history");
  }

  @Test
  void shouldAskForWhatFollowsTheLastNumberHeard() {
    long last = venue.get("/v1/status").path("lastEvent").asLong();
    assertThat(last).isGreaterThan(5);
    WebSocketRoute first = stream();
    first.send(release(last - 3));
    first.send("{\"heartbeat\": \"" + (last - 1) + "\"}");
    waitForRows(1);

    first.close();

    assertThat(stream().url()).endsWith("from=" + last);
    assertThat(numbers()).containsExactly(String.valueOf(last - 3));
  }

  @Test
  void shouldKeepTheNewestAndCountTheRestInAFlood() {
    WebSocketRoute stream = stream();
    stream.send(call(1));
    waitForRows(1);
    int flood = 20_000;
    for (int i = 2; i <= flood; i++) {
      stream.send(release(i));
    }
    page.waitForFunction(
        "last => document.querySelector('#decisions li')?.dataset.number === last",
        String.valueOf(flood));

    assertThat(numbers()).hasSize(KEPT).doesNotHaveDuplicates().startsWith("20000", "19999");
    String summary = page.locator("#decisions-foot").textContent();
    assertThat(summary).startsWith("200 shown of 20,000 heard");
    assertThat(summary).contains("came too fast to be shown");
    page.locator("#decisions-kinds button[data-kind=releases]").click();
    waitForRows(1);
    assertThat(numbers()).as("a flood of one kind leaves the others").containsExactly("1");
  }

  @Test
  void shouldHoldTheListWhilePausedAndCatchUpAfterwards() {
    WebSocketRoute stream = stream();
    stream.send(release(1));
    stream.send(release(2));
    waitForRows(2);

    page.locator("#decisions-pause").click();
    stream.send(release(3));
    page.waitForFunction(
        "() => document.querySelector('#decisions-foot').textContent.includes('paused, 1 waiting')");
    assertThat(numbers()).containsExactly("2", "1");

    page.locator("#decisions-pause").click();
    waitForRows(3);
    assertThat(numbers()).containsExactly("3", "2", "1");
  }

  @Test
  void shouldShowWordsAsTextOnly() {
    WebSocketRoute stream = stream();
    stream.send(
        "{\"number\": \"5\", \"time\": \"2026-01-02T03:04:05.000000000Z\", \"type\":"
            + " \"alarmRaised\", \"rule\": \"<b>x</b>\", \"words\": \"ALARM: <img src=x"
            + " onerror=alert(1)>\"}");
    waitForRows(1);

    assertThat(page.locator("#decisions .words").textContent())
        .isEqualTo("ALARM: <img src=x onerror=alert(1)>");
    page.locator("#decisions .open").click();
    assertThat(page.locator("#decisions .numbers").textContent()).contains("<b>x</b>");
    assertThat(page.locator("#decisions img, #decisions b").count()).isZero();
  }

  private WebSocketRoute stream() {
    page.waitForCondition(() -> !streams.isEmpty());
    return streams.remove();
  }

  private void waitForRows(int rows) {
    page.waitForFunction(
        "rows => document.querySelectorAll('#decisions li').length === rows", rows);
  }

  private List<String> numbers() {
    return page.locator("#decisions li").all().isEmpty()
        ? List.of()
        : ((List<?>)
                page.evaluate(
                    "() => [...document.querySelectorAll('#decisions li')].map(it => it.dataset.number)"))
            .stream().map(String::valueOf).toList();
  }

  private static String release(long number) {
    return event(number, "released", "account 7 released 10.00 USDT: excess was 10.00");
  }

  private static String call(long number) {
    return event(number, "marginCallIssued", "account 7 called for 10.00");
  }

  private static String event(long number, String type, String words) {
    return ("{\"number\": \"%d\", \"time\": \"2026-01-02T03:04:05.123456789Z\", \"position\":"
            + " \"4096\", \"type\": \"%s\", \"words\": \"%s\", \"account\": \"7\"}")
        .formatted(number, type, words);
  }
}
