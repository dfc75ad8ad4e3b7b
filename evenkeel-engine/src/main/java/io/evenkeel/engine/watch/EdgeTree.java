package io.evenkeel.engine.watch;

import java.util.Arrays;

/// Integer keys in fixed slots, and quick access to those above a threshold: a tournament tree
/// whose leaves are blocks of 15 keys and the largest of them, one cache line each, with the
/// largest key of each block once more, of each 16 blocks, of each chunk and of all. A summary may
/// be too large, never too small: raising a key raises its summaries at once, lowering one leaves
/// them to the next visit. So a change touches one cache line, a tick that reaches nobody costs one
/// comparison, and one that does a visit of the blocks concerned.
///
/// Slots are numbered by place: the first of each 16 is no slot ([#isSlot]).
final class EdgeTree {
  /// A key that is above no threshold.
  static final int NONE = Integer.MIN_VALUE;

  /// Slots of a chunk. Chunks are what the tree grows by, so that growing never copies much.
  static final int CHUNK = 1 << 12;

  static final int CHUNK_BITS = 12;
  static final int IN_CHUNK = CHUNK - 1;
  private static final int SMALLEST_CHUNK = 64;
  private static final int BLOCK_BITS = 4;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int GROUPS = CHUNK >> (2 * BLOCK_BITS);

  private int[][] keys = new int[0][];

  /// Of each chunk: the largest keys of its groups of 16 blocks, then those of its blocks.
  private int[][] most = new int[0][];

  private int[] mostOfChunk = new int[0];
  private int mostOfAll = NONE;

  /// Takes the slots that a tree lets go.
  interface Sink {
    void accept(int slot);
  }

  /// Makes room for so many slots; new ones hold [#NONE].
  void reserve(int slots) {
    int chunks = (slots + CHUNK - 1) >> CHUNK_BITS;
    if (chunks > keys.length) {
      int old = keys.length;
      int length = Math.max(chunks, old + (old >> 1));
      keys = Arrays.copyOf(keys, length);
      most = Arrays.copyOf(most, length);
      mostOfChunk = Arrays.copyOf(mostOfChunk, length);
      for (int chunk = old; chunk < length; chunk++) {
        keys[chunk] = new int[0];
        most[chunk] = new int[0];
        mostOfChunk[chunk] = NONE;
      }
    }
    for (int chunk = chunks - 1; chunk >= 0; chunk--) {
      int needed = Math.min(CHUNK, slots - (chunk << CHUNK_BITS));
      if (keys[chunk].length >= needed) {
        return;
      }
      grow(chunk, needed);
    }
  }

  private void grow(int chunk, int needed) {
    int old = keys[chunk].length;
    int length = Math.max(SMALLEST_CHUNK, old);
    while (length < needed) {
      length *= 2;
    }
    keys[chunk] = Arrays.copyOf(keys[chunk], length);
    Arrays.fill(keys[chunk], old, length, NONE);
    int summaries = GROUPS + (length >> BLOCK_BITS);
    int oldSummaries = most[chunk].length;
    most[chunk] = Arrays.copyOf(most[chunk], summaries);
    Arrays.fill(most[chunk], oldSummaries, summaries, NONE);
  }

  /// Whether a place holds a key, and not the largest of its block.
  static boolean isSlot(int place) {
    return (place & (BLOCK - 1)) != 0;
  }

  /// Replaces the key of a slot.
  void set(int slot, int key) {
    int[] held = keys[slot >> CHUNK_BITS];
    int at = slot & IN_CHUNK;
    held[at] = key;
    if (held[at & -BLOCK] < key) {
      held[at & -BLOCK] = key;
      raise(slot, key);
    }
  }

  private void raise(int slot, int key) {
    int chunk = slot >> CHUNK_BITS;
    int at = slot & IN_CHUNK;
    int[] summary = most[chunk];
    summary[GROUPS + (at >> BLOCK_BITS)] = key;
    int group = at >> (2 * BLOCK_BITS);
    if (summary[group] < key) {
      summary[group] = key;
      if (mostOfChunk[chunk] < key) {
        mostOfChunk[chunk] = key;
        mostOfAll = Math.max(mostOfAll, key);
      }
    }
  }

  /// The key of a slot; also a way to have its cache line fetched.
  int key(int slot) {
    return keys[slot >> CHUNK_BITS][slot & IN_CHUNK];
  }

  /// Whether a key above a threshold is possible: the whole cost of a tick that reaches nobody.
  boolean reaches(int threshold) {
    return mostOfAll > threshold;
  }

  /// Gives out every slot whose key is above a threshold, in slot order, and sets its key to
  /// [#NONE].
  void drain(int threshold, Sink sink) {
    int remaining = NONE;
    for (int chunk = 0; chunk < mostOfChunk.length; chunk++) {
      if (mostOfChunk[chunk] > threshold) {
        mostOfChunk[chunk] = drainChunk(chunk, threshold, sink);
      }
      remaining = Math.max(remaining, mostOfChunk[chunk]);
    }
    mostOfAll = remaining;
  }

  private int drainChunk(int chunk, int threshold, Sink sink) {
    int[] summary = most[chunk];
    int blocks = summary.length - GROUPS;
    int remaining = NONE;
    for (int group = 0; group << BLOCK_BITS < blocks; group++) {
      if (summary[group] > threshold) {
        int left = NONE;
        int end = Math.min(blocks, (group + 1) << BLOCK_BITS);
        for (int block = group << BLOCK_BITS; block < end; block++) {
          if (summary[GROUPS + block] > threshold) {
            summary[GROUPS + block] = drainBlock(chunk, block << BLOCK_BITS, threshold, sink);
          }
          left = Math.max(left, summary[GROUPS + block]);
        }
        summary[group] = left;
      }
      remaining = Math.max(remaining, summary[group]);
    }
    return remaining;
  }

  private int drainBlock(int chunk, int first, int threshold, Sink sink) {
    int[] held = keys[chunk];
    int left = NONE;
    for (int at = first + 1; at < first + BLOCK; at++) {
      int key = held[at];
      if (key > threshold) {
        held[at] = NONE;
        sink.accept(chunk << CHUNK_BITS | at);
      } else {
        left = Math.max(left, key);
      }
    }
    held[first] = left;
    return left;
  }

  /// Bytes of its arrays, headers left out.
  long bytes() {
    long ints = mostOfChunk.length;
    for (int chunk = 0; chunk < keys.length; chunk++) {
      ints += keys[chunk].length + most[chunk].length;
    }
    return Integer.BYTES * ints;
  }
}
