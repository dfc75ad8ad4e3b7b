package io.evenkeel.cli;

import io.evenkeel.gateway.GatewayConfig;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.node.NodeConfig;
import java.nio.file.Path;
import java.time.Duration;

/// How a whole server runs: node, reader and gateway in one process.
///
/// @param questionQueue how many questions may wait for the reader
record ServerConfig(NodeConfig node, int questionQueue, GatewayConfig gateway) {
  private static final int STANDARD_QUESTION_QUEUE = 4_096;
  private static final long MIB = 1L << 20;
  private static final int MOST_ACCOUNTS = 100_000_000;

  /// What a venue on one machine would begin with.
  static ServerConfig standard(Path dataFolder, GatewayConfig gateway) {
    return new ServerConfig(NodeConfig.standard(dataFolder), STANDARD_QUESTION_QUEUE, gateway);
  }

  /// Where the reader keeps its own snapshots.
  Path readerFolder() {
    return node.dataFolder().resolve("reader");
  }

  /// Reads a configuration file; `examples/evenkeel.yaml` explains its keys. A relative data folder
  /// is looked for beside the file.
  ///
  /// @throws Failures.Failure naming the file, and line and remedy of every mistake
  static ServerConfig read(Path file) {
    return ConfigTree.read(
        file,
        root -> {
          Path beside = file.toAbsolutePath().getParent();
          Path data = Path.of(root.text("data"));
          Path folder = beside == null ? data : beside.resolve(data).normalize();
          EngineLimits limits = root.section("limits", ServerConfig::limits);
          NodeConfig node = root.section("node", section -> node(section, folder, limits));
          int queue =
              root.section(
                  "reader",
                  section ->
                      section.integer("questionQueue", 16, 1_000_000, STANDARD_QUESTION_QUEUE));
          return new ServerConfig(node, queue, root.section("gateway", ServerConfig::gateway));
        });
  }

  private static NodeConfig node(ConfigTree keys, Path folder, EngineLimits limits) {
    NodeConfig standard = NodeConfig.standard(folder);
    Duration second = Duration.ofSeconds(1);
    return new NodeConfig(
        folder,
        limits,
        keys.duration(
            "snapshotInterval", Duration.ZERO, Duration.ofHours(168), standard.snapshotInterval()),
        keys.duration("timeStep", Duration.ofMillis(10), Duration.ofHours(1), second),
        keys.bytes("minimumFree", 0, 1L << 40, standard.minimumFreeBytes()),
        keys.flag("syncToDisk", true),
        keys.flag("snapshotOnStop", true));
  }

  private static EngineLimits limits(ConfigTree keys) {
    EngineLimits standard = EngineLimits.STANDARD;
    return new EngineLimits(
        keys.integer("assets", 1, 4_096, standard.assets()),
        keys.integer("instruments", 1, 65_536, standard.instruments()),
        keys.integer("rulebooks", 1, 65_536, standard.rulebooks()),
        keys.integer("parties", 1, MOST_ACCOUNTS, standard.parties()),
        keys.integer("accounts", 1, MOST_ACCOUNTS, standard.accounts()),
        keys.integer("positionsPerAccount", 1, 4_096, standard.positionsPerAccount()),
        keys.integer("marksPerBatch", 1, 65_000, standard.marksPerBatch()),
        keys.integer("sessions", 1, 10_000_000, standard.sessions()),
        keys.integer("outcomesPerSession", 1, 65_536, standard.outcomesPerSession()));
  }

  private static GatewayConfig gateway(ConfigTree keys) {
    GatewayConfig standard = GatewayConfig.standard();
    return new GatewayConfig(
        keys.text("host", standard.host()),
        keys.integer("port", 0, 65_535, standard.port()),
        (int) keys.bytes("maximumBody", 1_024, 256 * MIB, standard.maximumBodyBytes()),
        keys.integer("maximumBatch", 1, 100_000, standard.maximumBatch()),
        keys.integer("streamBacklog", 16, 10_000_000, standard.streamBacklog()),
        keys.integer("maximumStreams", 1, 100_000, standard.maximumStreams()));
  }
}
