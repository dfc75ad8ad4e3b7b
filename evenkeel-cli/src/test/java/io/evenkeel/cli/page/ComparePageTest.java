package io.evenkeel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.evenkeel.cli.SmallTape;
import io.evenkeel.cli.VerbRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of a comparison in a real browser, opened from the file it is. Leaves screenshots in
/// `target/page-screenshots`, to be looked at.
class ComparePageTest {
  private static final Path SCREENSHOTS = Path.of("target", "page-screenshots");

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Path report;

  @BeforeAll
  static void start() {
    chromium = Chromium.startOrSkip();
    report = folder.resolve("report.html");
    Path examples = Path.of("..", "examples", "compare");
    VerbRun run =
        VerbRun.of(
            "replay",
            "--prices",
            SmallTape.write(folder).toString(),
            "--accounts",
            "300",
            "--compare",
            "--rulebook",
            examples.resolve("partial-close.yaml").toString(),
            "--rulebook",
            examples.resolve("full-close.yaml").toString(),
            "--rulebook",
            examples.resolve("adl-ranked.yaml").toString(),
            "--impact",
            "linear",
            "--html",
            report.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, LIGHT", "1280, 900, DARK", "390, 844, LIGHT", "390, 844, DARK"})
  void shouldFitTheWindowAndBeReadable(int width, int height, ColorScheme colours) {
    try (Chromium.Tab tab = chromium.open(width, height, colours)) {
      Page page = tab.page();
      tab.visit(report.toUri().toString());
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(
                  SCREENSHOTS.resolve(
                      "compare-%d-%s.png"
                          .formatted(width, colours.name().toLowerCase(Locale.ROOT))))
              .setFullPage(true));
      assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
          .as("pixels that stick out")
          .isEqualTo(0);
      assertThat((List<?>) page.evaluate(PageLooksTest.FAINT_TEXTS))
          .as("too faint to read")
          .isEmpty();
      assertThat(page.locator("figure polyline").count()).as("lines drawn").isGreaterThan(6);
      assertThat(tab.faults()).as("complaints of the browser").isEmpty();
    }
  }
}
