package io.evenkeel.node;

import io.aeron.archive.checksum.Checksum;
import org.agrona.UnsafeApi;

/// The checksum of a frame of the log. Every step is a bijection of the hash so far, so that one
/// changed word never goes unseen until the last step folds 64 bits to 32.
///
/// Not one of Aeron's own: those open a package of the JDK by reflection, which needs a flag at
/// every start.
final class FrameChecksum implements Checksum {
  private static final long SEED = 0x4576_656E_6B65_656CL;
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  /// @param address of memory that the caller owns; as all of Aeron's, not checked
  /// @param length bytes; what follows the last whole eight is read one by one
  @Override
  public int compute(long address, int offset, int length) {
    long hash = SEED ^ length;
    long at = address + offset;
    long end = at + (length & -Long.BYTES);
    for (; at < end; at += Long.BYTES) {
      hash = mix(hash, UnsafeApi.getLong(at));
    }
    for (long last = end + (length & (Long.BYTES - 1)); at < last; at++) {
      hash = mix(hash, UnsafeApi.getByte(at));
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long hash, long word) {
    return Long.rotateLeft(hash ^ word, 29) * MULTIPLIER;
  }
}
