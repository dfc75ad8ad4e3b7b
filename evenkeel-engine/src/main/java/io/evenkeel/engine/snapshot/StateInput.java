package io.evenkeel.engine.snapshot;

import java.nio.charset.StandardCharsets;

/// Reads what [StateOutput] wrote. What cannot have been written ends in [UnreadableState]; what
/// could have been written by an engine with another history is another state, with another hash.
public final class StateInput {
  private final byte[] buffer = new byte[1 << 16];
  private final ByteSource source;
  private int at;
  private int end;
  private long offset;

  /// Gives bytes.
  @FunctionalInterface
  public interface ByteSource {
    /// Fills `buffer` from its start with as many bytes as it likes and returns how many, -1 at the
    /// end.
    int give(byte[] buffer);
  }

  /// Reads from a source.
  public StateInput(ByteSource source) {
    this.source = source;
  }

  /// Bytes read so far.
  public long offset() {
    return offset;
  }

  private int next() {
    while (at == end) {
      end = source.give(buffer);
      at = 0;
      if (end < 0) {
        throw new UnreadableState("ends after " + offset + " bytes, in the middle of a value");
      }
    }
    offset++;
    return buffer[at++] & 0xFF;
  }

  /// Reads eight bytes.
  public long getLong() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  /// Reads four bytes.
  public int getInt() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= next() << (8 * i);
    }
    return value;
  }

  /// Reads a count that must lie in `0..most`.
  public int getCount(int most, String what) {
    int count = getInt();
    if (count < 0 || count > most) {
      throw new UnreadableState(
          "claims " + count + " " + what + " at byte " + offset + "; at most " + most + " fit");
    }
    return count;
  }

  /// Reads one byte that is 0 or 1.
  public boolean getBoolean() {
    int value = next();
    if (value > 1) {
      throw new UnreadableState("has " + value + " for yes or no at byte " + offset);
    }
    return value == 1;
  }

  /// Reads bits of which only those of `allowed` may be set.
  public int getFlags(int allowed, String what) {
    int bits = getInt();
    if ((bits & ~allowed) != 0) {
      throw new UnreadableState("has unknown bits of " + what + " at byte " + offset);
    }
    return bits;
  }

  /// Reads a text.
  public String getText() {
    byte[] bytes = new byte[getCount(1 << 16, "characters")];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Reads an ordinal of an enumeration.
  public <E extends Enum<E>> E getEnum(E[] values) {
    int ordinal = getInt();
    if (ordinal < 0 || ordinal >= values.length) {
      throw new UnreadableState("names choice " + ordinal + " at byte " + offset);
    }
    return values[ordinal];
  }

  /// Fails unless everything was read.
  public void expectEnd() {
    if (at < end || source.give(buffer) >= 0) {
      throw new UnreadableState("goes on after its end at byte " + offset);
    }
  }
}
