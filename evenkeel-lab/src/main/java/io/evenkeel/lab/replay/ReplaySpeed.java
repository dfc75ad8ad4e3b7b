package io.evenkeel.lab.replay;

/// How fast a replay was. Depends on the machine; everything else about a replay does not.
///
/// @param setUpNs opening, funding and filling all accounts
/// @param wallNs from the beginning of set-up to the end of the last tick
/// @param markApplyNs spent inside the engine on batches of marks
/// @param checkNs spent on counting the money
/// @param marks prices given to the engine, set-up not included
/// @param valuations accounts valued by those batches
/// @param slowestBatchNs the longest batch
public record ReplaySpeed(
    long setUpNs,
    long wallNs,
    long markApplyNs,
    long checkNs,
    long marks,
    long valuations,
    long slowestBatchNs) {
  private static final double NANOSECONDS = 1e9;

  /// Set-up and ticks, seconds.
  public double wallSeconds() {
    return wallNs / NANOSECONDS;
  }

  /// Set-up alone, seconds.
  public double setUpSeconds() {
    return setUpNs / NANOSECONDS;
  }

  /// Marks per second of engine time; 0 when there was none.
  public double marksPerSecond() {
    return markApplyNs == 0 ? 0 : marks * NANOSECONDS / markApplyNs;
  }

  /// Marks per second of the ticking part, with the traders' actions and the counting of money; 0
  /// when there was none.
  public double marksPerSecondOverall() {
    long tickingNs = wallNs - setUpNs;
    return tickingNs <= 0 ? 0 : marks * NANOSECONDS / tickingNs;
  }

  /// Engine time per account valued, with everything that followed from it; 0 when none was.
  public double nanosecondsPerValuation() {
    return valuations == 0 ? 0 : (double) markApplyNs / valuations;
  }
}
