package io.evenkeel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root command `evenkeel`. It does nothing by itself: the work is in its verbs.
///
/// Exit codes: 0 done, 1 the run failed, 2 the command line was wrong.
@Command(
    name = "evenkeel",
    description = "Keeps every margin account on an even keel.",
    mixinStandardHelpOptions = true,
    footer = {
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
    int exitCode = new CommandLine(new Main()).execute(args);
    System.out.flush();
    System.exit(exitCode);
  }

  /// Called when no verb was given, which is a mistake in the command line: says so, with the
  /// usage.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a verb; the list is below.");
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
