package io.evenkeel.node;

import java.io.IOException;

/// How much room the disk has, and whether the data folder is still there, looked at now and then
/// so that nobody else need ask.
final class DiskWatch {
  private final DataFolder folder;
  private final long minimumFreeBytes;
  private volatile long freeBytes;
  private volatile boolean isNearlyFull;

  DiskWatch(DataFolder folder, long minimumFreeBytes) throws IOException {
    this.folder = folder;
    this.minimumFreeBytes = minimumFreeBytes;
    measure();
  }

  /// Looks again.
  ///
  /// @throws NodeException when the data folder is not the one that was opened any more
  void measure() throws IOException {
    folder.checkIntact();
    long free = folder.freeBytes();
    freeBytes = free;
    isNearlyFull = free < minimumFreeBytes;
  }

  /// Bytes that were left when last measured.
  long freeBytes() {
    return freeBytes;
  }

  /// Whether commands are to be refused.
  boolean isNearlyFull() {
    return isNearlyFull;
  }

  /// Whether a snapshot of a size would leave room. One that does not fit must not be tried: a log
  /// that finds no room stops.
  boolean hasRoomFor(long snapshotBytes) {
    return freeBytes > 2 * snapshotBytes + DataFolder.LEAST_BYTES_TO_START;
  }
}
