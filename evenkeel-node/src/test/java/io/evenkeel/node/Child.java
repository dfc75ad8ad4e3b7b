package io.evenkeel.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A node in a process of its own, to be killed.
///
/// Prints one line for every acknowledged command, `ACK session number reason first count
/// position`, after the listener has heard of it, and `READY` once it takes commands.
final class Child {
  private Child() {}

  /// A started child.
  record Started(Process process) {}

  /// The command line of a child.
  static List<String> commandLine(String mode, Path folder, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName(),
                mode,
                folder.toString()));
    line.addAll(List.of(more));
    return line;
  }

  static Started start(String mode, Path folder, String... more) throws IOException {
    return new Started(new ProcessBuilder(commandLine(mode, folder, more)).start());
  }

  /// @param arguments mode, data folder, and what the mode asks for
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      switch (arguments[0]) {
        case "start" -> start(folder, out);
        case "load" -> Load.run(folder, arguments, out);
        case "fill" -> Load.fill(folder, arguments, out);
        case "check" -> check(folder, Long.parseLong(arguments[2]), out);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (NodeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  /// Goes on with a history: tells every command of session 1 as the journal has it, after asking
  /// one more, and whether the state is what the journal says.
  private static void check(Path folder, long nextNumber, PrintStream out) {
    String stateHash;
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      long next = nextNumber + Load.MOST_UNCERTAIN;
      Venues.ask(connection, 1, next, Load.command(1, next));
      stateHash = node.takeSnapshot(Venues.PATIENCE).stateHash();
    }
    JournalReplay replay = JournalReplay.of(folder.resolve("journal"), Venues.LIMITS);
    new TreeMap<>(replay.sessions.get(1L))
        .forEach((number, logged) -> {
          if (logged.size() != 1) {
            throw new NodeException("number " + number + " is there " + logged.size() + " times");
          }
          JournalReplay.Logged only = logged.getFirst();
          out.println(
              "LOGGED" + Load.line(1, number, only.outcome(), only.logPosition()).substring(3));
        });
    out.println(replay.stateHash().equals(stateHash) ? "SAME STATE" : "OTHER STATE");
  }

  private static void start(Path folder, PrintStream out) {
    try (Node node = Venues.start(Venues.config(folder))) {
      out.println("READY " + node.status().logPosition());
    }
  }
}
