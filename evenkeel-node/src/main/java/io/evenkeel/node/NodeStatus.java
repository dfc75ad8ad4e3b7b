package io.evenkeel.node;

/// How a node is doing.
///
/// @param logPosition position of the last command applied
/// @param lastEventNumber number of the last event
/// @param commands commands applied since the start, replayed ones included
/// @param snapshots snapshots written since the start
/// @param lastSnapshotPosition log position of the newest snapshot; -1 when there is none
/// @param freeBytes space left on the disk of the data folder
/// @param fault why the node stopped by itself; empty while it runs
public record NodeStatus(
    long logPosition,
    long lastEventNumber,
    long commands,
    long snapshots,
    long lastSnapshotPosition,
    long freeBytes,
    String fault) {}
