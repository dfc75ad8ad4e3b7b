package io.evenkeel.reader;

import io.evenkeel.model.command.EngineLimits;
import java.nio.file.Path;

/// How a reader runs.
///
/// @param journalFolder the node's journal
/// @param snapshotFolder where the reader keeps its own snapshots; made when missing
/// @param limits those of the node
/// @param questionQueue how many questions may wait; more are refused
public record ReaderConfig(
    Path journalFolder, Path snapshotFolder, EngineLimits limits, int questionQueue) {}
