package io.evenkeel.engine.rebalance;

/// Decides when a watch costs more than a look at everybody: a certificate takes several times as
/// long to give as an account to value, so when a batch of marks breaks one in sixteen, looking at
/// all is the quicker way. After some such batches in a row the watch rests, for longer each time
/// that it comes back to the same. It is a matter of speed alone: what the engine says does not
/// depend on it.
final class WatchRest {
  /// How many valuations a certificate costs.
  private static final int COST = 16;

  private static final int PATIENCE = 4;
  private static final int SHORTEST = 64;
  private static final int LONGEST = 4_096;

  /// So many batches without a rest forget the last ones.
  private static final int RECOVERY = 256;

  private long exposed;
  private long work;
  private int dearBatches;
  private int goodBatches;
  private int length = SHORTEST;
  private int left;

  /// Whether it rests during the batch at hand; counts the batch.
  boolean isOn() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /// So many accounts are exposed to what moves, and would be looked at.
  void expose(int accounts) {
    exposed += accounts;
  }

  /// So many certificates were given, or will have to be.
  void work(int certificates) {
    work += certificates;
  }

  /// A batch is over.
  ///
  /// @param accounts how many there are: no more can be exposed, however many marks move
  void endBatch(int accounts) {
    boolean isDear = COST * work > Math.min(exposed, accounts);
    exposed = 0;
    work = 0;
    dearBatches = isDear ? dearBatches + 1 : 0;
    goodBatches = isDear ? 0 : goodBatches + 1;
    if (goodBatches == RECOVERY) {
      length = SHORTEST;
    }
    if (dearBatches > PATIENCE) {
      dearBatches = 0;
      left = length;
      length = Math.min(LONGEST, 2 * length);
    }
  }

  /// Wakes it up and forgets.
  void end() {
    left = 0;
    dearBatches = 0;
    length = SHORTEST;
  }
}
