package io.evenkeel.cli;

import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import io.evenkeel.gateway.GatewayException;
import io.evenkeel.lab.population.PopulationException;
import io.evenkeel.lab.scenario.ScenarioException;
import io.evenkeel.lab.tape.TapeException;
import io.evenkeel.node.NodeException;
import io.evenkeel.rulebook.RulebookException;
import io.evenkeel.wire.journal.JournalException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Says on stderr what went wrong, one line each: what, where, and what to do about it. Never a
/// stack trace, unless `EVENKEEL_DEBUG=1` asks for one.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /// The run failed.
  static final int FAILED = 1;

  /// The command line was wrong.
  static final int USAGE = 2;

  /// Ended by Ctrl-C, as shells count it.
  static final int INTERRUPTED = 130;

  private static final String NAME = "evenkeel: ";

  /// A run that failed for a reason that is the user's to know.
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, where, and what to do about it
    Failure(String message) {
      super(message);
    }
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine verb, ParseResult parsed) {
    PrintWriter err = verb.getErr();
    boolean expected =
        failure instanceof TapeException
            || failure instanceof PopulationException
            || failure instanceof RulebookException
            || failure instanceof ScenarioException
            || failure instanceof NodeException
            || failure instanceof JournalException
            || failure instanceof GatewayException
            || failure instanceof GatewayRefusal
            || failure instanceof GatewayUnreachable
            || failure instanceof UncheckedIOException
            || failure instanceof IllegalArgumentException
            || failure instanceof Failure;
    String message = String.valueOf(failure.getMessage());
    if (expected) {
      message.lines().forEach(line -> err.println(NAME + line));
    } else {
      err.println(
          NAME
              + "internal error: "
              + failure
              + "; this is a defect, run again with EVENKEEL_DEBUG=1 and report what it prints");
    }
    trace(failure, err);
    return FAILED;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine verb = mistake.getCommandLine();
    PrintWriter err = verb.getErr();
    String message = String.valueOf(mistake.getMessage()).lines().findFirst().orElse("");
    err.println(NAME + message + "; see '" + verb.getCommandSpec().qualifiedName() + " --help'");
    trace(mistake, err);
    return USAGE;
  }

  private static void trace(Exception failure, PrintWriter err) {
    if ("1".equals(System.getenv("EVENKEEL_DEBUG"))) {
      failure.printStackTrace(err);
    }
    err.flush();
  }
}
