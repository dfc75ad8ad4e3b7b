package io.evenkeel.cli.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// The browser that is installed on this machine, headless.
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /// Waits are generous: the machine may be busy with other tests.
  private static final double PATIENCE_MS = 30_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /// Starts the browser; skips the test when there is none.
  static Chromium startOrSkip() {
    Optional<Path> executable = find();
    Assumptions.assumeTrue(
        executable.isPresent(),
        "no Chromium on the PATH, so the page is not tested; install it, e.g. apt-get install chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      BrowserType.LaunchOptions options =
          new BrowserType.LaunchOptions()
              .setExecutablePath(executable.orElseThrow())
              .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
      return new Chromium(playwright, playwright.chromium().launch(options));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> find() {
    @Nullable String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// An empty tab. What goes wrong in it is kept.
  Tab open(int width, int height, ColorScheme colours) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Tab(context, page);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// A tab with what went wrong in it.
  static final class Tab implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Tab(BrowserContext context, Page page) {
      this.context = context;
      this.page = page;
      page.onPageError(faults::add);
      page.onConsoleMessage(message -> {
        if (message.type().equals("error") || message.type().equals("warning")) {
          faults.add(message.text() + " at " + message.location());
        }
      });
    }

    Page page() {
      return page;
    }

    /// Goes to an address; fails at once when the page is refused.
    void visit(String address) {
      Response response = page.navigate(address);
      if (response != null && !response.ok() && response.status() != 304) {
        throw new AssertionError(
            address + " was answered " + response.status() + ": " + response.text());
      }
    }

    /// Errors of scripts, and what the console complained about: files that did not load, breaches
    /// of the content security policy.
    List<String> faults() {
      return List.copyOf(faults);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
