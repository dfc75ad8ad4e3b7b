package io.evenkeel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// One verb run inside the test's own process, with what it printed.
///
/// @param exitCode as the process would end with
/// @param out what went to stdout
/// @param err what went to stderr
public record VerbRun(int exitCode, String out, String err) {
  /// Runs a verb.
  public static VerbRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new VerbRun(exitCode, out.toString(), err.toString());
  }
}
