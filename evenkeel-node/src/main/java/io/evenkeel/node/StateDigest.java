package io.evenkeel.node;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that states are compared by.
final class StateDigest {
  private StateDigest() {}

  static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
