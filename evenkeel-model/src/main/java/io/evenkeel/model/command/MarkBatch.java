package io.evenkeel.model.command;

import java.util.Arrays;

/// All marks of one instant, as parallel columns, so that one command serves a whole tick.
/// Immutable: the arrays are copied in and never handed out. The order of marks inside a batch does
/// not change the outcome.
public final class MarkBatch {
  private final Target[] targets;
  private final int[] ids;
  private final long[] priceUnits;
  private final long[] timeNs;
  private final int[] uncertaintyE6;

  private MarkBatch(
      Target[] targets, int[] ids, long[] priceUnits, long[] timeNs, int[] uncertaintyE6) {
    this.targets = targets;
    this.ids = ids;
    this.priceUnits = priceUnits;
    this.timeNs = timeNs;
    this.uncertaintyE6 = uncertaintyE6;
  }

  /// What a mark is a price of.
  public enum Target {
    /// Mark price of an instrument, in its price units.
    INSTRUMENT,
    /// Price of one whole unit of an asset in the numeraire, in the asset's price units.
    ASSET
  }

  /// Starts an empty batch.
  public static Builder builder() {
    return new Builder();
  }

  /// Number of marks.
  public int size() {
    return ids.length;
  }

  /// What the mark at `i` is a price of.
  public Target target(int i) {
    return targets[i];
  }

  /// The id of the instrument or asset at `i`.
  public int id(int i) {
    return ids[i];
  }

  /// The price at `i`, scaled as its target says. May be anything: judging it is the engine's job.
  public long priceUnits(int i) {
    return priceUnits[i];
  }

  /// When the price at `i` was true according to its source.
  public long timeNs(int i) {
    return timeNs[i];
  }

  /// Half-width of the price at `i`, millionths of the price; 0 when the source states none.
  public int uncertaintyE6(int i) {
    return uncertaintyE6[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MarkBatch that
        && Arrays.equals(targets, that.targets)
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(priceUnits, that.priceUnits)
        && Arrays.equals(timeNs, that.timeNs)
        && Arrays.equals(uncertaintyE6, that.uncertaintyE6);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(priceUnits);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("MarkBatch[");
    for (int i = 0; i < ids.length; i++) {
      text.append(i == 0 ? "" : ", ").append(targets[i]).append(' ').append(ids[i]);
      text.append('=').append(priceUnits[i]).append('@').append(timeNs[i]);
    }
    return text.append(']').toString();
  }

  /// Collects marks. Not reusable after [#build()].
  public static final class Builder {
    private Target[] targets = new Target[8];
    private int[] ids = new int[8];
    private long[] priceUnits = new long[8];
    private long[] timeNs = new long[8];
    private int[] uncertaintyE6 = new int[8];
    private int size;

    private Builder() {}

    /// Adds a price whose source states no uncertainty.
    public Builder add(Target target, int id, long price, long time) {
      return add(target, id, price, time, 0);
    }

    /// Adds a price.
    public Builder add(Target target, int id, long price, long time, int uncertainty) {
      if (size == ids.length) {
        grow(2 * size);
      }
      targets[size] = target;
      ids[size] = id;
      priceUnits[size] = price;
      timeNs[size] = time;
      uncertaintyE6[size] = uncertainty;
      size++;
      return this;
    }

    /// The batch.
    public MarkBatch build() {
      grow(size);
      return new MarkBatch(targets, ids, priceUnits, timeNs, uncertaintyE6);
    }

    private void grow(int length) {
      targets = Arrays.copyOf(targets, length);
      ids = Arrays.copyOf(ids, length);
      priceUnits = Arrays.copyOf(priceUnits, length);
      timeNs = Arrays.copyOf(timeNs, length);
      uncertaintyE6 = Arrays.copyOf(uncertaintyE6, length);
    }
  }
}
