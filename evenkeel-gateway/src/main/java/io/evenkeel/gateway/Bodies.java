package io.evenkeel.gateway;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Reads whole bodies: none that is too long, and few long ones at a time, because a body takes
/// several times its size in memory while it is understood.
final class Bodies {
  private static final int SMALL_BYTES = 1 << 18;
  private static final int LARGE_AT_A_TIME = 4;
  private static final int STEP_BYTES = 1 << 14;

  private final int maximumBytes;
  private final Semaphore large = new Semaphore(LARGE_AT_A_TIME);

  Bodies(int maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  /// Whether it is clear where the body ends. A request that says it in two ways, or in one that is
  /// not understood, may be taken for something else by whatever stands between, so nothing that
  /// follows on its connection may be read.
  static boolean isWellFramed(ServerRequest request) {
    boolean hasLength = request.headers().contains(HeaderNames.CONTENT_LENGTH);
    if (!request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
      return !hasLength || isOne(request, HeaderNames.CONTENT_LENGTH, "[0-9]{1,18}");
    }
    return !hasLength && isOne(request, HeaderNames.TRANSFER_ENCODING, "(?i)chunked");
  }

  private static boolean isOne(ServerRequest request, HeaderName name, String pattern) {
    List<String> values = request.headers().get(name).allValues();
    return values.size() == 1 && values.getFirst().strip().matches(pattern);
  }

  static RequestRefused badlyFramed() {
    return Problem.invalid(
            "BAD_FRAMING",
            "it is not clear where the body ends; send one Content-Length, or Transfer-Encoding:"
                + " chunked without it")
        .closing()
        .refused();
  }

  /// A body whose chunks are none.
  static RequestRefused badChunk() {
    return Problem.invalid(
            "BAD_FRAMING", "the body is said to be chunked, and a chunk's size is not a number")
        .closing()
        .refused();
  }

  /// Refuses a body that says it is too long before any of it is read.
  void checkLength(ServerRequest request) {
    long length = statedLength(request);
    if (length > maximumBytes) {
      throw tooLong("it has " + length + " bytes");
    }
  }

  /// The whole body.
  ///
  /// @throws RequestRefused when it is too long, ends too early, or too many long ones are being
  ///   read
  byte[] read(ServerRequest request) {
    checkLength(request);
    long length = statedLength(request);
    if (length >= 0 && length <= SMALL_BYTES) {
      return readAll(request, length);
    }
    if (!large.tryAcquire()) {
      throw Problem.busy("several long bodies are being read; send this one again")
          .closing()
          .refused();
    }
    try {
      return readAll(request, length);
    } finally {
      large.release();
    }
  }

  /// The body as it comes in, the same stream each time; the library gives it out once only.
  static InputStream stream(ServerRequest request) {
    return request
        .context()
        .get(Held.class)
        .orElseGet(() -> {
          Held held = new Held(request.content().inputStream());
          request.context().register(held);
          return held;
        })
        .in();
  }

  private record Held(InputStream in) {}

  /// The longest body, bytes.
  int maximumBytes() {
    return maximumBytes;
  }

  private byte[] readAll(ServerRequest request, long length) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(length, STEP_BYTES));
    byte[] step = new byte[STEP_BYTES];
    InputStream in = stream(request);
    try {
      for (int n = in.read(step); n >= 0; n = in.read(step)) {
        if (bytes.size() + n > maximumBytes) {
          throw tooLong("it goes on after that");
        }
        bytes.write(step, 0, n);
      }
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw cutShort(bytes.size(), length);
    } catch (NumberFormatException e) { // what the library makes of a bad chunk
      throw badChunk();
    }
    if (length >= 0 && bytes.size() < length) {
      throw cutShort(bytes.size(), length);
    }
    return bytes.toByteArray();
  }

  private static long statedLength(ServerRequest request) {
    return request.headers().contains(HeaderNames.CONTENT_LENGTH)
        ? request.headers().get(HeaderNames.CONTENT_LENGTH).getLong()
        : -1;
  }

  static RequestRefused cutShort(long read, long length) {
    String of = length >= 0 ? " of " + length : "";
    return Problem.invalid(
            "BODY_CUT_SHORT",
            "the body ends after " + read + of + " bytes; send all of it, nothing was done")
        .closing()
        .refused();
  }

  private RequestRefused tooLong(String what) {
    return Problem.of(
            413,
            "BODY_TOO_LONG",
            "The body is too long",
            "a body may have " + maximumBytes + " bytes, " + what + "; send it in parts")
        .closing()
        .refused();
  }
}
