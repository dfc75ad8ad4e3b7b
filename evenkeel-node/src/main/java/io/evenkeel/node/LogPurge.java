package io.evenkeel.node;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.RecordingLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// Deletes what no start needs any more: snapshots before the last two, and whole files of the log
/// before the older of those. The second-last snapshot stays so that there is a way back when the
/// last one cannot be read.
final class LogPurge {
  private static final int SNAPSHOTS_KEPT = 2;

  private final EmbeddedLog log;
  private final Path clusterFolder;
  private final LogSettings settings;

  LogPurge(EmbeddedLog log, Path clusterFolder, LogSettings settings) {
    this.log = log;
    this.clusterFolder = clusterFolder;
    this.settings = settings;
  }

  /// Purges. The register of terms and snapshots itself is only read: the log owns it.
  void run() {
    List<RecordingLog.Entry> snapshots = new ArrayList<>();
    TreeSet<Long> positions = new TreeSet<>();
    long logRecording;
    try (RecordingLog register = new RecordingLog(clusterFolder.toFile(), false)) {
      logRecording = register.findLastTermRecordingId();
      for (RecordingLog.Entry entry : register.entries()) {
        if (entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT) {
          snapshots.add(entry);
          positions.add(entry.logPosition);
        }
      }
    }
    if (positions.size() < SNAPSHOTS_KEPT) {
      return;
    }
    positions.pollLast();
    long keepFrom = Objects.requireNonNull(positions.pollLast(), "two are there");
    try (AeronArchive archive = AeronArchive.connect(log.archiveSession())) {
      for (RecordingLog.Entry entry : snapshots) {
        if (entry.logPosition < keepFrom) {
          purgeSnapshot(archive, entry.recordingId);
        }
      }
      purgeLog(archive, logRecording, keepFrom);
    }
  }

  private static void purgeSnapshot(AeronArchive archive, long recordingId) {
    try {
      archive.purgeRecording(recordingId);
    } catch (ArchiveException e) {
      if (e.errorCode() != ArchiveException.UNKNOWN_RECORDING) {
        throw e;
      }
    }
  }

  private void purgeLog(AeronArchive archive, long recordingId, long keepFrom) {
    long startPosition = archive.getStartPosition(recordingId);
    long firstNeeded =
        AeronArchive.segmentFileBasePosition(
            startPosition, keepFrom, settings.logTermBytes(), settings.segmentBytes());
    if (firstNeeded > startPosition) {
      archive.purgeSegments(recordingId, firstNeeded);
    }
  }
}
