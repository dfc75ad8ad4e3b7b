package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.ReferenceColumn;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import org.jspecify.annotations.Nullable;

/// The published factors, by asset, by instrument and by expiry of an asset. Exact; option models
/// turn them into doubles themselves. What was never published is absent, and a model that needs it
/// says what it then does.
public final class Factors {
  /// Stands for an expiry of which nothing was published.
  public static final int NO_EXPIRY = -1;

  private static final int KINDS = FactorKind.count();

  private final ReferenceColumn<Decimal> ofAsset;
  private final ReferenceColumn<Decimal> ofInstrument;
  private final ReferenceColumn<Decimal> ofExpiry;
  private final IntColumn expiryAsset;
  private final LongColumn expiryTime;
  private final LongCell expiries;

  /// Starts empty.
  public Factors(UndoLog undo) {
    ofAsset = new ReferenceColumn<>(undo);
    ofInstrument = new ReferenceColumn<>(undo);
    ofExpiry = new ReferenceColumn<>(undo);
    expiryAsset = new IntColumn(undo, 0);
    expiryTime = new LongColumn(undo, 0);
    expiries = new LongCell(undo, 0);
  }

  /// A factor of an asset, or null when it was never published.
  public @Nullable Decimal ofAsset(FactorKind kind, int asset) {
    return ofAsset.find(asset * KINDS + kind.ordinal());
  }

  /// A factor of an instrument, or null when it was never published.
  public @Nullable Decimal ofInstrument(FactorKind kind, int instrument) {
    return ofInstrument.find(instrument * KINDS + kind.ordinal());
  }

  /// A factor of an expiry, by the place [#findExpiry] gave, or null when it was never published.
  public @Nullable Decimal ofExpiry(FactorKind kind, int expiry) {
    return expiry == NO_EXPIRY ? null : ofExpiry.find(expiry * KINDS + kind.ordinal());
  }

  /// The place of an expiry of an asset, or [#NO_EXPIRY]. Places never change.
  public int findExpiry(int asset, long expiryNs) {
    for (int expiry = 0; expiry < expiryCount(); expiry++) {
      if (expiryTime.get(expiry) == expiryNs && expiryAsset.get(expiry) == asset) {
        return expiry;
      }
    }
    return NO_EXPIRY;
  }

  /// How many expiries anything was published of.
  public int expiryCount() {
    return expiries.getInt();
  }

  /// The asset of an expiry.
  public int expiryAsset(int expiry) {
    return expiryAsset.get(expiry);
  }

  /// The instant of an expiry, epoch nanoseconds.
  public long expiryNs(int expiry) {
    return expiryTime.get(expiry);
  }

  /// Publishes a factor of an asset or an instrument.
  public void set(FactorKind kind, int subject, Decimal value) {
    ReferenceColumn<Decimal> column =
        kind.subject() == FactorKind.Subject.ASSET ? ofAsset : ofInstrument;
    column.set(subject * KINDS + kind.ordinal(), value);
  }

  /// Publishes a factor of an expiry of an asset.
  public void setOfExpiry(FactorKind kind, int asset, long expiryNs, Decimal value) {
    int expiry = findExpiry(asset, expiryNs);
    if (expiry == NO_EXPIRY) {
      expiry = expiryCount();
      expiries.set(expiry + 1L);
      expiryAsset.reserve(expiry + 1);
      expiryTime.reserve(expiry + 1);
      expiryAsset.set(expiry, asset);
      expiryTime.set(expiry, expiryNs);
    }
    ofExpiry.set(expiry * KINDS + kind.ordinal(), value);
  }
}
