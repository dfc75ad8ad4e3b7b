package io.evenkeel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page at the widths people have, in light and dark: nothing sticks out, every text can be
/// read, everything can be reached with the keyboard. Leaves screenshots in
/// `target/page-screenshots`, to be looked at.
class PageLooksTest {
  private static final Path SCREENSHOTS = Path.of("target", "page-screenshots");

  /// Texts whose contrast with what is behind them is below WCAG AA: 4.5, or 3 for large ones.
  static final String FAINT_TEXTS =
      """
      () => {
        const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const behind = (node) => {
          for (let it = node; it !== null; it = it.parentElement) {
            const colour = getComputedStyle(it).backgroundColor;
            const parts = numbers(colour);
            if (parts.length === 3 || parts[3] === 1) {
              return parts;
            }
          }
          return [255, 255, 255];
        };
        const faint = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const text = walker.currentNode.textContent.trim();
          const node = walker.currentNode.parentElement;
          if (text === '' || !node.checkVisibility() || node.closest('.unseen, .skip, noscript')) {
            continue;
          }
          const style = getComputedStyle(node);
          const front = light(numbers(node.closest('svg') ? style.fill : style.color));
          const back = light(behind(node));
          const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
          const size = parseFloat(style.fontSize);
          const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          if (ratio < (isLarge ? 3 : 4.5)) {
            faint.push(`${text} (${ratio.toFixed(2)})`);
          }
        }
        return faint;
      }
      """;

  /// What reaches beyond the right edge of the window and is not inside something that scrolls.
  private static final String OVERHANG =
      """
      () => [...document.querySelectorAll('body *')]
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
        .filter((it) => !it.closest('.sideways, #list, #prices, .unseen'))
        .map((it) => `${it.tagName} ${it.textContent.slice(0, 40)}`)
      """;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static LiveVenue venue;

  @BeforeAll
  static void start() {
    chromium = Chromium.startOrSkip();
    venue = LiveVenue.open(folder, List.of("BTCUSDT", "ETHUSDT"));
    for (int account = 7; account < 12; account++) {
      venue.openTrader(account, "BTCUSDT");
    }
    venue.openTrader(20, "ETHUSDT");
    venue.move("BTCUSDT", "59640");
    venue.move("ETHUSDT", "59480");
    venue.openAccount(21, "50");
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

  @ParameterizedTest
  @CsvSource({
    "1440, 900, LIGHT",
    "1440, 900, DARK",
    "1024, 768, LIGHT",
    "1024, 768, DARK",
    "390, 844, LIGHT",
    "390, 844, DARK",
    "360, 740, LIGHT"
  })
  void shouldFitTheWindowAndBeReadable(int width, int height, ColorScheme colours) {
    try (Chromium.Tab tab = chromium.open(width, height, colours)) {
      Page page = tab.page();
      tab.visit(venue.address() + "#account=8");
      page.locator(".loadline .labels text[data-level=equity]").waitFor();
      page.locator("#decisions li:has-text('account 20 in liquidation') button.open").click();
      page.locator("#list tbody tr").first().waitFor();
      page.locator("#prices tbody tr").first().waitFor();

      page.waitForFunction(
          "() => document.querySelector('.loadline .course').points.numberOfItems > 2");
      page.evaluate("() => scrollTo(0, 0)");

      String name = "%d-%s.png".formatted(width, colours.name().toLowerCase(Locale.ROOT));
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)).setFullPage(true));
      assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
          .as("pixels that stick out")
          .isEqualTo(0);
      assertThat((List<?>) page.evaluate(OVERHANG)).as("what sticks out").isEmpty();
      assertThat((List<?>) page.evaluate(FAINT_TEXTS)).as("too faint to read").isEmpty();
      String ground =
          (String)
              page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
      assertThat(ground.startsWith("rgb(2")).as(ground).isEqualTo(colours == ColorScheme.LIGHT);
      assertThat(tab.faults()).as("complaints of the browser").isEmpty();
    }
  }

  @Test
  void shouldBeUsableWithTheKeyboardAlone() {
    try (Chromium.Tab tab = chromium.open(1440, 900, ColorScheme.LIGHT)) {
      Page page = tab.page();
      tab.visit(venue.address() + "#account=none");
      page.locator("#decisions li").first().waitFor();

      page.keyboard().press("/");
      page.keyboard().type("21");
      page.keyboard().press("Enter");
      page.locator("#account-title:has-text('Account 21')").waitFor();

      page.locator("#decisions .open").first().focus();
      page.keyboard().press("Enter");
      page.locator("#decisions .numbers").first().waitFor();
      Object unnamed =
          page.evaluate(
              """
              () => [...document.querySelectorAll('button, input, select, a')]
                .filter((it) => it.checkVisibility())
                .filter((it) => !(it.getAttribute('aria-label') || it.labels?.length || it.textContent.trim()))
                .map((it) => it.outerHTML)
              """);
      assertThat((List<?>) unnamed).as("controls without a name").isEmpty();
    }
  }
}
