package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.client.GatewayClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel submit`: commands from a file into a running venue.
@Command(
    name = "submit",
    description = {
      "Submits commands to a running venue: one JSON object a line, as docs/API.md describes",
      "them, in order. Blank lines and lines that begin with # are skipped. Each refusal is",
      "told with its line.",
      "With --session, commands are numbered from --first-number on, and the same file can be",
      "submitted again after anything went wrong: what was done is not done twice."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel submit venue.jsonl",
      "  generate | evenkeel submit - --session 12 --first-number 1",
      "",
      "Exit codes: 0 all accepted; 1 some were refused, a line is no command, or the venue",
      "cannot be reached; 2 the command line was wrong."
    })
final class SubmitVerb implements Callable<Integer> {
  private static final int MOST_PER_BATCH = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private VenueAddress venue = new VenueAddress();

  @Parameters(paramLabel = "FILE", description = "JSON lines; - for standard input.")
  private String file = "";

  @Option(
      names = "--session",
      paramLabel = "S",
      defaultValue = "0",
      description = "Number the commands in this session. Default: not numbered.")
  private long session;

  @Option(
      names = "--first-number",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of the first command in the session. Default: ${DEFAULT-VALUE}.")
  private long firstNumber;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      description = "Commands per request. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--quiet", description = "Only refusals and errors.")
  private boolean quiet;

  @Override
  public Integer call() {
    if (session < 0 || firstNumber < 1 || batch < 1 || batch > MOST_PER_BATCH) {
      throw new ParameterException(
          spec.commandLine(),
          "--session must not be negative, --first-number at least 1, --batch 1 to "
              + MOST_PER_BATCH);
    }
    try (BufferedReader lines = open();
        GatewayClient client = venue.connect()) {
      String name = file.equals("-") ? "stdin" : file;
      Submission submission =
          new Submission(client, name, session, firstNumber, batch, spec.commandLine().getErr());
      submission.run(lines);
      if (!quiet) {
        spec.commandLine().getOut().println(submission.summary());
        spec.commandLine().getOut().flush();
      }
      return submission.refused() == 0 ? 0 : Failures.FAILED;
    } catch (IOException e) {
      throw new Failure(file + ": cannot be read (" + e.getMessage() + ")");
    }
  }

  private BufferedReader open() throws IOException {
    if (file.equals("-")) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    try {
      return Files.newBufferedReader(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new Failure(file + ": no such file; check the path, or give - for standard input");
    }
  }
}
