package io.evenkeel.cli.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `evenkeel serve` in a process of its own, to be killed.
final class ServeProcess implements AutoCloseable {
  private static final String SERVES_AT = "Evenkeel serves at ";
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final Path errors;
  private @Nullable URI address;

  private ServeProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /// The command line of the verb, for a shell or a process builder.
  static List<String> commandLine(Path config) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--add-exports",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.evenkeel.cli.Main",
            "serve",
            "--config",
            config.toString()));
  }

  /// Writes a configuration: a small venue with frequent snapshots.
  ///
  /// @param more whole lines of YAML sections that are not `node` or `data`
  static Path configure(Path file, Path data, int port, String minimumFree) {
    String text =
        """
        data: %s
        node:
          snapshotInterval: 700ms
          timeStep: 100ms
          minimumFree: %s
        gateway:
          port: %d
          streamBacklog: 500
        limits:
          parties: 1_000
          accounts: 1_000
          sessions: 256
        """
            .formatted(data, minimumFree, port);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it and waits until it serves.
  ///
  /// @throws IllegalStateException with what it said, when it ends before
  static ServeProcess start(Path config) throws IOException {
    ServeProcess started = begin(commandLine(config), config.resolveSibling("errors.txt"));
    if (!started.awaitAddress()) {
      throw new IllegalStateException("serve ended: " + started.errors());
    }
    return started;
  }

  /// Starts any command line that ends in the verb.
  static ServeProcess begin(List<String> commandLine, Path errors) throws IOException {
    Process process =
        new ProcessBuilder(commandLine)
            .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
            .start();
    return new ServeProcess(process, errors);
  }

  /// Waits until it says where it serves.
  ///
  /// @return false when it ended before
  boolean awaitAddress() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(SERVES_AT)) {
        address = URI.create(line.substring(SERVES_AT.length()).split(" ")[0]);
        return true;
      }
    }
    return false;
  }

  URI address() {
    URI known = address;
    if (known == null) {
      throw new IllegalStateException("it does not serve yet");
    }
    return known;
  }

  /// What it wrote to its standard error.
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// As `kill -9` does it.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// As `kill` does it; the exit code.
  int stop() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /// Waits until it ends by itself; the exit code.
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("serve does not end: " + errors());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
