package io.evenkeel.rulebook;

import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The text of a file, read with a bound on its size and strictly as UTF-8: a broken byte is
/// reported where it stands instead of becoming a replacement character inside a symbol.
final class SourceText {
  private SourceText() {}

  /// @param maximumBytes larger files are refused without being read further
  /// @throws RulebookException when the file is missing, a folder, too large or not UTF-8
  static String read(Path file, int maximumBytes) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw RulebookException.ofFile(name, "is a folder; give the path of a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decode(name, in.readNBytes(maximumBytes + 1), maximumBytes);
    } catch (NoSuchFileException e) {
      throw RulebookException.ofFile(name, "no such file; check the path");
    } catch (IOException e) {
      throw RulebookException.ofFile(name, "cannot be read (" + e + "); check its permissions");
    }
  }

  /// @throws RulebookException when there are more than `maximumBytes` bytes or they are not UTF-8
  static String decode(String name, byte[] bytes, int maximumBytes) {
    if (bytes.length > maximumBytes) {
      throw RulebookException.ofFile(
          name, "is larger than " + maximumBytes + " bytes; is it the right file?");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      Findings findings = new Findings(name);
      String hex = "0x%02x".formatted(bytes[in.position()] & 0xff);
      findings.add(
          Kind.SYNTAX,
          Place.in(out, out.length()),
          "",
          "byte " + hex + " is not UTF-8; save the file as UTF-8");
      findings.throwIfAny();
    }
    return out.length() > 0 && out.charAt(0) == '\uFEFF'
        ? out.subSequence(1, out.length()).toString()
        : out.toString();
  }
}
