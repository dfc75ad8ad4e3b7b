package io.evenkeel.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root command `evenkeel`. It does nothing by itself: the work is in its verbs.
///
/// Exit codes: 0 done, 1 the run failed, 2 the command line was wrong, 130 ended by Ctrl-C, 143
/// ended by `kill`.
@Command(
    name = "evenkeel",
    description = "Keeps every margin account on an even keel.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoVerb.class,
      ServeVerb.class,
      StatusVerb.class,
      TailVerb.class,
      SubmitVerb.class,
      SnapshotVerb.class,
      ReplayVerb.class,
      ScenarioVerb.class,
      MarginVerb.class,
      ImportVerb.class,
      ConformVerb.class,
      RulebookVerb.class,
      CompletionVerb.class,
    },
    footer = {
      "",
      "Examples:",
      "  evenkeel demo",
      "  evenkeel serve --config examples/evenkeel.yaml",
      "  evenkeel tail",
      "  evenkeel replay --prices prices/*.csv --accounts 10000",
      "  evenkeel margin examples/short-strangle.yaml --explain",
      "  evenkeel rulebook show perp-cross > mine.yaml",
      "",
      "Exit codes: 0 done, 1 the run failed, 2 the command line was wrong,",
      "130 ended by Ctrl-C, 143 by kill. EVENKEEL_DEBUG=1 shows where an error came from.",
      "",
      "For developers: ./evenkeel test runs every check, ./evenkeel format",
      "rewrites the sources, ./evenkeel jdk prints the JDK in use."
    },
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /// Runs one verb and ends the process with its exit code.
  public static void main(String[] args) {
    // Numbers look the same everywhere, so that scripts can read what people read.
    Locale.setDefault(Locale.ROOT);
    int exitCode = commandLine().execute(args);
    System.out.flush();
    System.err.flush();
    System.exit(exitCode);
  }

  /// The whole command line, ready to be executed.
  static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /// Called when no verb was given, which is a mistake in the command line: says so.
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no verb given; name one of demo, serve, status, tail, submit, snapshot, replay, margin, import, conform, rulebook, completion");
  }

  /// The version from the jar's manifest, and the Java that runs it.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "evenkeel " + (version == null ? "(not packaged)" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
      };
    }
  }
}
