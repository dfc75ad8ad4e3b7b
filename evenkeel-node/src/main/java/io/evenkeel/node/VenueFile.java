package io.evenkeel.node;

import io.evenkeel.model.command.EngineLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/// The file `venue`: what a history began with and cannot change, as readable properties.
final class VenueFile {
  static final String FILE = "venue";
  private static final String FORMAT = "1";

  private VenueFile() {}

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /// Writes it so that it is there whole or not at all, whatever happens meanwhile.
  static void write(Path folder, EngineLimits limits, LogSettings settings) throws IOException {
    StringBuilder text =
        new StringBuilder("# What this history began with. It cannot be changed afterwards.\n");
    expected(limits, settings).forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
    Path unfinished = folder.resolve(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// Refuses a folder that began with something else.
  ///
  /// @throws NodeException naming what differs, and what to configure
  static void check(Path folder, EngineLimits limits, LogSettings settings) throws IOException {
    Path file = folder.resolve(FILE);
    Properties found = new Properties();
    try {
      found.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new NodeException(file + " is damaged: restore it from a backup", e);
    }
    if (!FORMAT.equals(found.getProperty("format"))) {
      throw new NodeException(
          file
              + " is of format "
              + found.getProperty("format", "(none)")
              + "; this program reads "
              + FORMAT
              + ": use the program that wrote it");
    }
    StringBuilder differences = new StringBuilder();
    expected(limits, settings)
        .forEach((name, wanted) -> {
          String began = found.getProperty(name, "(none)");
          if (!wanted.equals(began)) {
            differences.append(differences.isEmpty() ? "" : ", ");
            differences.append(name).append(" was ").append(began);
            differences.append(" and is now ").append(wanted);
          }
        });
    if (!differences.isEmpty()) {
      throw new NodeException(
          "the history in "
              + folder
              + " began with other limits ("
              + differences
              + "): configure those it began with, or another folder");
    }
  }

  private static Map<String, String> expected(EngineLimits limits, LogSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("format", FORMAT);
    values.put("limits.assets", String.valueOf(limits.assets()));
    values.put("limits.instruments", String.valueOf(limits.instruments()));
    values.put("limits.rulebooks", String.valueOf(limits.rulebooks()));
    values.put("limits.parties", String.valueOf(limits.parties()));
    values.put("limits.accounts", String.valueOf(limits.accounts()));
    values.put("limits.positionsPerAccount", String.valueOf(limits.positionsPerAccount()));
    values.put("limits.marksPerBatch", String.valueOf(limits.marksPerBatch()));
    values.put("limits.sessions", String.valueOf(limits.sessions()));
    values.put("limits.outcomesPerSession", String.valueOf(limits.outcomesPerSession()));
    values.put("log.termBytes", String.valueOf(settings.logTermBytes()));
    values.put("log.segmentBytes", String.valueOf(settings.segmentBytes()));
    return values;
  }
}
