package io.evenkeel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the page shows is what the API says, while it happens. Each test has accounts and a
/// contract of its own in one venue.
class PageTest {
  private static final List<String> ZONES =
      List.of("LIQUIDATION", "CALL", "RESTRICTED", "HEALTHY", "EXCESS");
  private static final Pattern LEADER_START = Pattern.compile("M[\\d.]+ ([\\d.]+)H.*");

  private static final Pattern DISC = Pattern.compile("translate\\([\\d.]+ ([\\d.]+)\\)");
  private static final Pattern LAST_POINT = Pattern.compile(".*,([\\d.]+)");

  @TempDir static Path folder;
  private static Chromium chromium;
  private static LiveVenue venue;

  private Chromium.Tab tab;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.startOrSkip();
    venue = LiveVenue.open(folder, List.of("BTCUSDT", "ETHUSDT", "BTCUSDC", "ETHUSDC"));
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
    tab = chromium.open(1440, 900, ColorScheme.LIGHT);
    page = tab.page();
  }

  @AfterEach
  void close() {
    tab.close();
  }

  @Test
  void shouldLoadWithoutErrorsAndShowTheVenue() {
    visit("");

    assertThat(page.title()).isEqualTo("Evenkeel");
    waitForText("#conservation", "Money conserved, checked at event ");
    waitForText("#purse", "50,000.00");
    waitForText("#purse", "1,000,000.00");
    waitForText("#purse", "account 1");
    waitForText("tr[data-symbol=ETHUSDT]", "60,000.00");
    waitForText("tr[data-symbol=USDC]", "asset");
    waitUntil("() => document.querySelector('#log-position').textContent !== '–'");
    assertThat(shownCounts()).isEqualTo(readCounts());
    assertThat(tab.faults()).as("complaints of the browser").isEmpty();
  }

  @Test
  void shouldShowAccountsMovingBetweenZonesAfterAMark() {
    venue.openTrader(7, "BTCUSDT");
    visit("#account=7");
    waitForZone("RESTRICTED", "HEALTHY");
    Map<String, String> before = readCounts();
    waitForCounts(before);

    venue.move("BTCUSDT", "59640");

    Map<String, String> after = readCounts();
    assertThat(Integer.parseInt(after.get("CALL")))
        .isEqualTo(Integer.parseInt(before.get("CALL")) + 1);
    waitForCounts(after);
    waitForZone("CALL");
    waitForText(
        "#calls-open", venue.get("/v1/venue").path("openCalls").asString() + " margin call");
    assertThat(tab.faults()).as("complaints of the browser").isEmpty();
  }

  @Test
  void shouldDrawTheLoadLineOfTheAccountFollowed() {
    venue.openTrader(8, "BTCUSDC");
    venue.move("BTCUSDC", "59900");
    visit("#account=8");
    waitForText("#account-title", "Account 8");

    JsonNode account = venue.get("/v1/accounts/8");
    waitForText(".loadline .labels", "equity\u00a0" + twoDecimals(account.path("equity")));
    for (String level : List.of("maintenance", "search", "initial", "release")) {
      String value = twoDecimals(account.path("levels").path(level));
      assertThat(page.locator(".loadline .labels text[data-level=" + level + "]").textContent())
          .isEqualTo(level + "\u00a0" + value);
    }
    double surface = expectedHeight(account);
    assertThat(heightOf("equity")).as("where its label points").isCloseTo(surface, within(0.3));
    assertThat(number(".loadline .disc", "transform", DISC)).isCloseTo(surface, within(0.3));
    assertThat(number(".loadline .course", "points", LAST_POINT))
        .as("where its course ends")
        .isCloseTo(surface, within(0.3));
    assertThat(page.locator(".readouts").innerText()).contains(twoDecimals(account.path("equity")));
    assertThat(page.locator("#account .ledger").first().innerText())
        .contains("BTCUSDC")
        .contains("+1")
        .contains("−100.00");
    assertThat(page.locator("#account").innerText()).contains("USDT").contains("= equity ");

    venue.move("BTCUSDC", "59870");
    String moved = twoDecimals(venue.get("/v1/accounts/8").path("equity"));
    assertThat(moved).isNotEqualTo(twoDecimals(account.path("equity")));
    waitForText(".loadline .labels", "equity\u00a0" + moved);
    assertThat(tab.faults()).as("complaints of the browser").isEmpty();
  }

  @Test
  void shouldTellDecisionsInWordsAndOpenThemToTheirNumbers() {
    venue.openTrader(9, "ETHUSDC");
    visit("#account=none");
    waitForText("#account", "No account is followed");
    venue.move("ETHUSDC", "59640");

    Locator row = page.locator("#decisions li:has-text('account 9 called for')");
    row.waitFor();
    JsonNode event = venue.get("/v1/events/" + row.getAttribute("data-number"));
    assertThat(row.locator(".words").textContent()).isEqualTo(event.path("words").asString());
    assertThat(row.locator(".numbers").count()).isZero();

    row.locator("button.open").click();
    String numbers = row.locator(".numbers").innerText();
    assertThat(numbers)
        .contains("margin call issued")
        .contains(grouped(event.path("amount")))
        .contains("What it was decided from")
        .contains(grouped(event.path("evidence").path("equity")))
        .contains(grouped(event.path("evidence").path("levels").path("search")))
        .contains("ETHUSDC")
        .contains("maintenance margin");
    assertThat(row.locator("button.open").getAttribute("aria-expanded")).isEqualTo("true");

    row.locator(".words a").first().click();
    waitForText("#account-title", "Account 9");
    assertThat(page.url()).endsWith("#account=9");
    waitForText(".call", "Margin call " + event.path("call").asString() + ": ");
    waitForText(".call", twoDecimals(event.path("amount")));
    waitForText(".call", " left, until ");
    waitForText("#account .rows", "account 9 called for");
    row.locator("button.open").click();
    assertThat(row.locator(".numbers").count()).isZero();
    assertThat(tab.faults()).as("complaints of the browser").isEmpty();
  }

  @Test
  void shouldFindAccountsByNumberAndByDistance() {
    venue.openAccount(21, "50");
    venue.openTrader(22, "BTCUSDC");
    visit("#account=none");

    page.locator("#find-id").fill("21");
    page.locator("#find-id").press("Enter");
    waitForText("#account-title", "Account 21");
    waitForText("#account", "nothing is required of this account");
    assertThat(page.locator(".loadline").isVisible()).isFalse();

    page.locator("#find-id").fill("twelve");
    page.locator("#find button[type=submit]").click();
    waitForText("#find-problem", "digits only");
    page.locator("#find-id").fill("987654321");
    page.locator("#find button[type=submit]").click();
    waitForText("#account", "There is no account 987654321");

    page.locator("#find-closest").click();
    waitUntil(
        "() => /#account=\\d+$/.test(location.hash) && location.hash !== '#account=987654321'");
    String chosen = page.url().replaceAll(".*#account=", "");
    List<String> closest = new ArrayList<>();
    venue
        .get("/v1/accounts?order=closest&limit=20")
        .path("accounts")
        .forEach(account -> closest.add(account.path("account").asString()));
    assertThat(closest).contains(chosen);
    waitForText("#list tr[data-account='" + chosen + "']", chosen);
    page.locator("#list-choice").selectOption("EXCESS");
    waitForText("#list", "21");
  }

  @Test
  void shouldComeBackByItselfAfterTheNodeIsRestarted() {
    venue.openTrader(17, "ETHUSDT");
    visit("#account=17");
    venue.move("ETHUSDT", "59640");
    page.locator("#decisions li:has-text('account 17 called for')").waitFor();

    venue.stop();
    waitUntil("() => document.querySelector('#link').dataset.state === 'lost'");
    waitForText("#banner", "Not connected since");
    venue.startAgain();
    venue.move("ETHUSDT", "59480");

    page.locator("#decisions li:has-text('account 17 in liquidation')").waitFor();
    waitUntil("() => document.querySelector('#link').dataset.state === 'live'");
    assertThat(page.locator("#banner").isVisible()).isFalse();
    List<Long> recorded = venue.decisions();
    waitUntil(
        "last => document.querySelector('#decisions li').dataset.number === last",
        String.valueOf(recorded.getLast()));
    List<Long> shown = numbersShown();
    assertThat(shown).as("neither a gap nor a duplicate").isEqualTo(recorded.reversed());
    waitForZone(venue.get("/v1/accounts/17").path("zone").asString());
  }

  private void visit(String hash) {
    tab.visit(venue.address() + hash);
    waitUntil("() => document.querySelector('#link').dataset.state === 'live'");
    waitUntil("() => document.querySelector('#accounts-total').textContent !== '–'");
  }

  private Map<String, String> shownCounts() {
    Map<String, String> counts = new TreeMap<>();
    for (String zone : ZONES) {
      counts.put(
          zone, page.locator("#zone-counts li[data-zone=" + zone + "] .figure").textContent());
    }
    return counts;
  }

  private static Map<String, String> readCounts() {
    JsonNode zones = venue.get("/v1/venue").path("zones");
    Map<String, String> counts = new TreeMap<>();
    for (String zone : ZONES) {
      counts.put(zone, zones.path(zone).asString());
    }
    return counts;
  }

  private void waitForCounts(Map<String, String> counts) {
    waitUntil(
        """
        counts => Object.entries(counts).every(([zone, count]) =>
          document.querySelector(`#zone-counts li[data-zone=${zone}] .figure`).textContent === count)
        """,
        counts);
  }

  private void waitForZone(String... names) {
    waitUntil(
        "names => names.includes(document.querySelector('.identity .zone')?.dataset.zone)",
        List.of(names));
  }

  private List<Long> numbersShown() {
    List<Long> numbers = new ArrayList<>();
    for (Locator row : page.locator("#decisions li").all()) {
      numbers.add(Long.parseLong(row.getAttribute("data-number")));
    }
    assertThat(new TreeSet<>(numbers)).hasSameSizeAs(numbers);
    return numbers;
  }

  /// Where a label's leader leaves the gauge, from the top.
  private double heightOf(String level) {
    return number(".loadline .leaders path[data-level=" + level + "]", "d", LEADER_START);
  }

  /// A number out of an attribute of a drawing.
  private double number(String selector, String attribute, Pattern place) {
    String drawn = page.locator(selector).getAttribute(attribute);
    Matcher found = place.matcher(drawn);
    assertThat(found.matches()).as(drawn).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private double expectedHeight(JsonNode account) {
    double maintenance = account.path("levels").path("maintenance").asDouble();
    double release = account.path("levels").path("release").asDouble();
    double share = (account.path("equity").asDouble() - maintenance) / (release - maintenance);
    return heightOf("maintenance") + share * (heightOf("release") - heightOf("maintenance"));
  }

  private void waitForText(String selector, String text) {
    waitUntil(
        """
        ([selector, text]) =>
          [...document.querySelectorAll(selector)].some((it) => it.textContent.includes(text))
        """,
        List.of(selector, text));
  }

  private void waitUntil(String condition) {
    page.waitForFunction(condition);
  }

  private void waitUntil(String condition, Object argument) {
    page.waitForFunction(condition, argument);
  }

  private static String twoDecimals(JsonNode value) {
    BigDecimal number = new BigDecimal(value.asString()).setScale(2, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,.2f", number).replace('-', '−');
  }

  /// All digits, thousands grouped.
  private static String grouped(JsonNode value) {
    BigDecimal number = new BigDecimal(value.asString()).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number)
        .replace('-', '−');
  }
}
