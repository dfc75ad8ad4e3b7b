package io.evenkeel.node;

/// How a snapshot went.
///
/// @param logPosition log position it was taken at
/// @param lastEventNumber number of the last event in it
/// @param bytes size of the engine's state
/// @param pauseNs how long no command was applied
/// @param stateHash lower-case hexadecimal SHA-256 of the engine's state
public record SnapshotReport(
    long logPosition, long lastEventNumber, long bytes, long pauseNs, String stateHash) {}
