package io.evenkeel.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/// The files that hold what must never change. They are read from the sources and, when
/// `-Devenkeel.golden=write` is given, written there: copies on the class path may be stale.
final class GoldenFile {
  static final boolean WRITES = "write".equals(System.getProperty("evenkeel.golden"));

  private static final Path FOLDER = folder();
  private static final int BYTES_PER_LINE = 16;
  private static final int HEADER_LENGTH = 8;

  private GoldenFile() {}

  /// The text of a file; empty when there is none.
  static String read(String name) {
    Path file = FOLDER.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(String name, String text) {
    try {
      Files.writeString(FOLDER.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The build runs tests in the module's folder, editors also in the project's.
  private static Path folder() {
    Path inModule = Path.of("src", "test", "resources", "golden");
    return Files.isDirectory(inModule) ? inModule : Path.of("evenkeel-wire").resolve(inModule);
  }

  /// A message as hexadecimal digits: its header on the first line, then the rest. Above them, as
  /// comments, what it says, as the generated decoder reads it.
  static String hex(Sample sample, byte[] bytes) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(sample.name()).append(", ").append(bytes.length).append(" bytes\n");
    text.append("# ").append(words(sample, bytes)).append('\n');
    return text.append(lines(bytes)).toString();
  }

  /// Bytes as hexadecimal digits.
  static String lines(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    text.append(line(bytes, 0, Math.min(bytes.length, HEADER_LENGTH))).append('\n');
    for (int at = HEADER_LENGTH; at < bytes.length; at += BYTES_PER_LINE) {
      text.append(line(bytes, at, Math.min(at + BYTES_PER_LINE, bytes.length))).append('\n');
    }
    return text.toString();
  }

  /// The bytes of a file as [#hex] writes it.
  static byte[] bytes(String text) {
    StringBuilder digits = new StringBuilder();
    text.lines().filter(line -> !line.startsWith("#")).forEach(digits::append);
    return HexFormat.of().parseHex(digits.toString().replace(" ", ""));
  }

  private static String line(byte[] bytes, int from, int to) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
  }

  private static String words(Sample sample, byte[] bytes) {
    try {
      String name = "io.evenkeel.wire.sbe." + sample.messageName() + "Decoder";
      MessageDecoderFlyweight decoder =
          (MessageDecoderFlyweight) Class.forName(name).getConstructor().newInstance();
      UnsafeBuffer buffer = new UnsafeBuffer(bytes);
      decoder.wrap(buffer, HEADER_LENGTH, decoder.sbeBlockLength(), Frame.LATEST_VERSION);
      return decoder.appendTo(new StringBuilder()).toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the schema has no message " + sample.messageName(), e);
    }
  }
}
