package io.evenkeel.engine.watch;

import java.util.Arrays;

/// Records of longs, side by side in the order in which they were made, so that what belongs to one
/// account is fetched together. Grows by chunks: nothing is ever copied but the list of chunks.
final class AccountRecords {
  static final int CHUNK_BITS = 16;
  static final int MASK = (1 << CHUNK_BITS) - 1;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private long[][] chunks = new long[0][];
  private int used;

  /// Free records by length, each holding the next one's place in its first long.
  private int[] firstFree = new int[0];

  /// The chunk of a place.
  long[] chunk(int place) {
    return chunks[place >>> CHUNK_BITS];
  }

  /// Makes a record; what it holds is undefined.
  ///
  /// @return its place: the chunk in the upper bits, the index of its first long in the lower
  int allocate(int length) {
    if (length < firstFree.length && firstFree[length] > 0) {
      int place = firstFree[length] - 1;
      firstFree[length] = (int) chunk(place)[place & MASK];
      return place;
    }
    int place = used;
    if ((place & MASK) + length > CHUNK) {
      place = (place | MASK) + 1;
    }
    int number = place >>> CHUNK_BITS;
    if (number == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(16, number + (number >> 1)));
    }
    if (chunks[number] == null) {
      chunks[number] = new long[CHUNK];
    }
    used = Math.addExact(place, length);
    return place;
  }

  /// Gives a record back.
  void free(int place, int length) {
    if (length >= firstFree.length) {
      firstFree = Arrays.copyOf(firstFree, length + 1);
    }
    chunk(place)[place & MASK] = firstFree[length];
    firstFree[length] = place + 1;
  }

  /// Bytes of its arrays, headers left out.
  long bytes() {
    long made = ((long) used + MASK) >>> CHUNK_BITS;
    return made * CHUNK * Long.BYTES + (long) Integer.BYTES * firstFree.length;
  }
}
