package io.evenkeel.engine.snapshot;

import java.nio.charset.StandardCharsets;

/// Writes state as little-endian bytes through a buffer into whatever takes them: a file, a hash,
/// an array.
public final class StateOutput {
  private final byte[] buffer = new byte[1 << 16];
  private final ByteSink sink;
  private int size;

  /// Takes bytes.
  @FunctionalInterface
  public interface ByteSink {
    /// Takes the first `length` bytes of `buffer`, which is reused afterwards.
    void take(byte[] buffer, int length);
  }

  /// Writes into a sink.
  public StateOutput(ByteSink sink) {
    this.sink = sink;
  }

  /// Writes eight bytes.
  public void putLong(long value) {
    if (size + 8 > buffer.length) {
      flush();
    }
    for (int i = 0; i < 8; i++) {
      buffer[size++] = (byte) (value >>> (8 * i));
    }
  }

  /// Writes four bytes.
  public void putInt(int value) {
    if (size + 4 > buffer.length) {
      flush();
    }
    for (int i = 0; i < 4; i++) {
      buffer[size++] = (byte) (value >>> (8 * i));
    }
  }

  /// Writes one byte.
  public void putBoolean(boolean value) {
    putByte((byte) (value ? 1 : 0));
  }

  /// Writes the length and the UTF-8 bytes of a text.
  public void putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    for (byte each : bytes) {
      putByte(each);
    }
  }

  private void putByte(byte value) {
    if (size + 1 > buffer.length) {
      flush();
    }
    buffer[size++] = value;
  }

  /// Hands what is buffered to the sink.
  public void flush() {
    if (size > 0) {
      sink.take(buffer, size);
      size = 0;
    }
  }
}
