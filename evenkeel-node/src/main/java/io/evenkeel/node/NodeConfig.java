package io.evenkeel.node;

import io.evenkeel.model.command.EngineLimits;
import java.nio.file.Path;
import java.time.Duration;

/// How a node runs.
///
/// @param dataFolder holds everything durable; made when missing; one node at a time
/// @param limits of the engine; they are part of the history, so a folder keeps those it began with
/// @param snapshotInterval time between snapshots; zero for none but those asked for
/// @param timeStep how often time alone is put in the log, so that deadlines pass on a quiet venue
/// @param minimumFreeBytes below this much free space commands are refused before the disk is full
/// @param syncToDisk whether an acknowledged command outlives the loss of power; false only for
///   measurements and tests
/// @param snapshotOnClose whether a clean stop writes a snapshot first
public record NodeConfig(
    Path dataFolder,
    EngineLimits limits,
    Duration snapshotInterval,
    Duration timeStep,
    long minimumFreeBytes,
    boolean syncToDisk,
    boolean snapshotOnClose) {
  /// What a venue on one machine would begin with.
  public static NodeConfig standard(Path dataFolder) {
    return new NodeConfig(
        dataFolder,
        EngineLimits.STANDARD,
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        256L << 20,
        true,
        true);
  }
}
