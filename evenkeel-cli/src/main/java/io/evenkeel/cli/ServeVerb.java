package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.node.NodeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evenkeel serve`: a venue's node with its gateway.
@Command(
    name = "serve",
    description = {
      "Starts a node, its reader and its gateway as a configuration file says, and runs until",
      "it is stopped. Commands are acknowledged once they are safe on disk; started again, it",
      "goes on where it was. examples/evenkeel.yaml explains every key."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  evenkeel serve --config examples/evenkeel.yaml",
      "",
      "Ctrl-C or kill stops it cleanly: requests under way are finished, a snapshot is written.",
      "",
      "Exit codes: 0 never by itself; 1 it could not start, or the node stopped by itself and",
      "said why; 2 the command line was wrong; 130 Ctrl-C, 143 kill, both after a clean stop."
    })
final class ServeVerb implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 120;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, YAML.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig settings = ServerConfig.read(config);
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopAsked = new CountDownLatch(1);
    AtomicReference<NodeException> fault = new AtomicReference<>();
    try (Interruption _ = new Interruption(stopAsked::countDown, PATIENCE_SECONDS)) {
      try (Server server =
          Server.start(
              settings,
              reason -> {
                fault.set(reason);
                stopAsked.countDown();
              })) {
        say(out, "Evenkeel serves at " + server.address() + "  (Ctrl-C stops)");
        say(out, "data: " + settings.node().dataFolder());
        stopAsked.await();
        say(out, "stopping ...");
      }
      NodeException reason = fault.get();
      if (reason != null) {
        throw new Failure("the node stopped: " + reason.getMessage());
      }
      say(out, "stopped");
      return Failures.INTERRUPTED;
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
