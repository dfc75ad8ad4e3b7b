package io.evenkeel.engine.liquidation;

/// What an account that was taken over could not cover, and the instruments in which it lost.
final class Deficit {
  private final long accountId;
  private final int cashAsset;
  private final int[] instruments;
  private final long[] weightsE6;

  /// By place: the part of the rest that the instrument is to bear, in the cash asset and in the
  /// settlement asset.
  private final long[] partsMinor;

  private final long[] lossesMinor;
  private long restMinor;

  Deficit(long accountId, int cashAsset, int[] instruments, long[] weightsE6) {
    this.accountId = accountId;
    this.cashAsset = cashAsset;
    this.instruments = instruments;
    this.weightsE6 = weightsE6;
    partsMinor = new long[instruments.length];
    lossesMinor = new long[instruments.length];
  }

  long accountId() {
    return accountId;
  }

  int cashAsset() {
    return cashAsset;
  }

  int size() {
    return instruments.length;
  }

  int instrument(int place) {
    return instruments[place];
  }

  long weightE6(int place) {
    return weightsE6[place];
  }

  /// What nobody has borne yet, minor units of the cash asset.
  long restMinor() {
    return restMinor;
  }

  void setPart(int place, long partMinor, long lossMinor) {
    partsMinor[place] = partMinor;
    lossesMinor[place] = lossMinor;
  }

  /// What an instrument is to bear, minor units of the cash asset.
  long partMinor(int place) {
    return partsMinor[place];
  }

  /// The same in minor units of the instrument's settlement asset.
  long lossMinor(int place) {
    return lossesMinor[place];
  }

  void setRest(long amountMinor) {
    restMinor = amountMinor;
  }

  /// Notes that somebody bore a part.
  void bear(long amountMinor) {
    restMinor -= amountMinor;
  }
}
