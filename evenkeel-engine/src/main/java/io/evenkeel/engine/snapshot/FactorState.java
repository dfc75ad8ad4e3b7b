package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Factors;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorKind.Subject;
import io.evenkeel.model.number.Decimal;
import org.jspecify.annotations.Nullable;

/// Published factors as bytes: by asset, by instrument, then by expiry in order of appearance.
final class FactorState {
  private static final int MOST_EXPIRIES = 1 << 16;

  private FactorState() {}

  static void write(Book book, StateOutput out) {
    Factors factors = book.factors;
    for (FactorKind kind : FactorKind.values()) {
      if (!kind.isPerExpiry()) {
        boolean ofAsset = kind.subject() == Subject.ASSET;
        int count = ofAsset ? book.assets.size() : book.instruments.size();
        for (int i = 0; i < count; i++) {
          put(ofAsset ? factors.ofAsset(kind, i) : factors.ofInstrument(kind, i), out);
        }
      }
    }
    out.putInt(factors.expiryCount());
    for (int expiry = 0; expiry < factors.expiryCount(); expiry++) {
      out.putInt(factors.expiryAsset(expiry));
      out.putLong(factors.expiryNs(expiry));
      for (FactorKind kind : FactorKind.values()) {
        if (kind.isPerExpiry()) {
          put(factors.ofExpiry(kind, expiry), out);
        }
      }
    }
  }

  static void read(Book book, StateInput in) {
    for (FactorKind kind : FactorKind.values()) {
      if (!kind.isPerExpiry()) {
        boolean ofAsset = kind.subject() == Subject.ASSET;
        int count = ofAsset ? book.assets.size() : book.instruments.size();
        for (int i = 0; i < count; i++) {
          if (in.getBoolean()) {
            book.factors.set(kind, i, RulebookState.getDecimal(in));
          }
        }
      }
    }
    for (int left = in.getCount(MOST_EXPIRIES, "expiries"); left > 0; left--) {
      int asset = in.getInt();
      if (asset < 0 || asset >= book.assets.size()) {
        throw new UnreadableState("holds factors of an asset that is not there");
      }
      long expiryNs = in.getLong();
      for (FactorKind kind : FactorKind.values()) {
        if (kind.isPerExpiry() && in.getBoolean()) {
          book.factors.setOfExpiry(kind, asset, expiryNs, RulebookState.getDecimal(in));
        }
      }
    }
  }

  private static void put(@Nullable Decimal value, StateOutput out) {
    out.putBoolean(value != null);
    if (value != null) {
      RulebookState.putDecimal(value, out);
    }
  }
}
