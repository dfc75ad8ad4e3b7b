package io.evenkeel.engine.watch;

import java.util.Arrays;

/// Where the accounts exposed to one factor have their edges in it: the lowest and the highest
/// value at which each one's certificate holds. Values are kept as `int`, cut down by a power of
/// two when they are too large for it; an edge is then never wider than the true one.
final class FactorEdges implements EdgeTree.Sink {
  /// Values fit this many bits when a scale is chosen, and two bits more before it must be chosen
  /// anew.
  private static final int BITS = 28;

  private static final int MOST = 1 << (BITS + 2);
  private static final long FACTOR_AND_SIDE = (-1L << 33) | 1;

  private final EdgeTree low = new EdgeTree();
  private final EdgeTree high = new EdgeTree();

  /// What each slot belongs to; a free slot holds -2 less the next free one.
  private int[][] owners = new int[0][];

  private int slots;
  private int firstFree = -1;
  private int shift;

  /// The list that the drain at hand appends to, and the side in its lowest bit.
  private long[] fired = new long[0];

  private int firedCount;
  private long firedBits;

  /// Chooses the scale for a value; every edge must be set again afterwards.
  void scaleFor(long value) {
    shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - BITS);
  }

  /// Whether a value can be compared with edges at the present scale.
  boolean isInScale(long value) {
    return value >> shift < MOST;
  }

  /// Takes a slot for an owner, 0 or more; it has no edges.
  int take(int owner) {
    int slot = firstFree < 0 ? slots : firstFree;
    if (slot == slots) {
      slot = EdgeTree.isSlot(slots) ? slots : slots + 1;
      slots = slot + 1;
      reserve(slots);
    } else {
      firstFree = -2 - owners[slot >> EdgeTree.CHUNK_BITS][slot & EdgeTree.IN_CHUNK];
    }
    own(slot, owner);
    return slot;
  }

  /// Gives a slot to another owner.
  void own(int slot, int owner) {
    owners[slot >> EdgeTree.CHUNK_BITS][slot & EdgeTree.IN_CHUNK] = owner;
  }

  /// Gives a slot back.
  void release(int slot) {
    low.set(slot, EdgeTree.NONE);
    high.set(slot, EdgeTree.NONE);
    own(slot, -2 - firstFree);
    firstFree = slot;
  }

  private void reserve(int needed) {
    low.reserve(needed);
    high.reserve(needed);
    int chunks = (needed + EdgeTree.CHUNK - 1) >> EdgeTree.CHUNK_BITS;
    if (chunks > owners.length) {
      int old = owners.length;
      owners = Arrays.copyOf(owners, Math.max(chunks, old + (old >> 1)));
      Arrays.fill(owners, old, owners.length, new int[0]);
    }
    int last = Math.min(EdgeTree.CHUNK, needed - ((chunks - 1) << EdgeTree.CHUNK_BITS));
    int held = owners[chunks - 1].length;
    if (held < last) {
      int length = Math.min(EdgeTree.CHUNK, Math.max(64, 2 * held));
      owners[chunks - 1] = Arrays.copyOf(owners[chunks - 1], length);
    }
  }

  /// The certificate of a slot holds at values from here up; 0 or less is no edge.
  void setLowest(int slot, long lowest) {
    low.set(slot, lowest <= 0 ? EdgeTree.NONE : scaledLowest(lowest));
  }

  private int scaledLowest(long lowest) {
    long key = ((lowest - 1) >> shift) + 1;
    return key >= Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) key;
  }

  /// The certificate of a slot holds at values up to here; `Long.MAX_VALUE` is no edge.
  void setHighest(int slot, long highest) {
    long key = highest == Long.MAX_VALUE ? Integer.MAX_VALUE : (highest + 1) >> shift;
    high.set(slot, key >= MOST ? EdgeTree.NONE : (int) -key);
  }

  /// Makes every tick of the factor reach a slot.
  void setAlways(int slot) {
    low.set(slot, Integer.MAX_VALUE);
  }

  /// Whether a value can lie outside anybody's edges.
  boolean reaches(long value) {
    int scaled = (int) (value >> shift);
    return low.reaches(scaled) || high.reaches(-scaled - 1);
  }

  /// Appends the owners of all slots whose edges a value lies outside of, which lose that edge.
  ///
  /// @param list grown as needed and given back: `factor << 33 | owner << 1 | 1` where the upper
  ///   edge was crossed
  long[] fire(int factor, long value, long[] list, int count) {
    int scaled = (int) (value >> shift);
    fired = list;
    firedCount = count;
    firedBits = (long) factor << 33;
    if (low.reaches(scaled)) {
      low.drain(scaled, this);
    }
    firedBits |= 1;
    if (high.reaches(-scaled - 1)) {
      high.drain(-scaled - 1, this);
    }
    // owners are looked up together, so that the memory behind them is fetched side by side
    for (int i = count; i < firedCount; i++) {
      int slot = (int) (fired[i] >>> 1);
      long owner = owners[slot >> EdgeTree.CHUNK_BITS][slot & EdgeTree.IN_CHUNK];
      fired[i] = (fired[i] & FACTOR_AND_SIDE) | (owner << 1);
    }
    return fired;
  }

  /// Reads the edges of a slot, so that they are at hand; what is returned means nothing.
  int touch(int slot) {
    return low.key(slot) ^ high.key(slot);
  }

  /// How long the list of [#fire] has become.
  int firedCount() {
    return firedCount;
  }

  @Override
  public void accept(int slot) {
    if (firedCount == fired.length) {
      fired = Arrays.copyOf(fired, Math.max(64, 2 * fired.length));
    }
    fired[firedCount++] = firedBits | (long) slot << 1;
  }

  /// Calls for the owner of every slot in use, in slot order.
  void forEachOwner(EdgeTree.Sink sink) {
    for (int slot = 0; slot < slots; slot++) {
      int owner = owners[slot >> EdgeTree.CHUNK_BITS][slot & EdgeTree.IN_CHUNK];
      if (owner >= 0 && EdgeTree.isSlot(slot)) {
        sink.accept(owner);
      }
    }
  }

  /// Bytes of its arrays, headers left out.
  long bytes() {
    long ints = 0;
    for (int[] chunk : owners) {
      ints += chunk.length;
    }
    return low.bytes() + high.bytes() + Integer.BYTES * ints;
  }
}
