package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.engine.pricing.SviSlice;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.StandardOptions.ValueSource;
import org.jspecify.annotations.Nullable;

/// Reads what the market says of underlyings, expiries and contracts. What was never published:
/// spot is the asset's price, a forward is spot, a confidence is 1, the stable coin is at par, and
/// an option without volatility is worth its mark.
final class MarketInputs {
  private static final double NS_PER_YEAR = 365.0 * 86_400 * 1e9;

  private final Book book;
  private final ContractTable contracts;
  private final ValueSource source;

  MarketInputs(Book book, ContractTable contracts, ValueSource source) {
    this.book = book;
    this.contracts = contracts;
    this.source = source;
  }

  /// Price of an asset in the numeraire.
  double assetPrice(int asset) {
    return Doubles.of(book.assets.price(asset), book.assets.at(asset).priceScale());
  }

  /// Whether an asset's published spot price is used, not its price as an asset.
  boolean hasSpot(int underlying) {
    return book.factors.ofAsset(FactorKind.SPOT, underlying) != null;
  }

  /// Spot price of an underlying.
  double spot(int underlying) {
    Decimal spot = book.factors.ofAsset(FactorKind.SPOT, underlying);
    return spot != null ? Doubles.of(spot) : assetPrice(underlying);
  }

  /// Price of the stable coin that the cash asset is.
  Decimal stablePrice(int cashAsset) {
    Decimal price = book.factors.ofAsset(FactorKind.STABLE_PRICE, cashAsset);
    return price != null ? price : Decimal.ONE;
  }

  /// The place where an expiry's factors are.
  int expiry(int underlying, long expiryNs) {
    return book.factors.findExpiry(underlying, expiryNs);
  }

  /// Whether a forward is published for an expiry.
  boolean hasForward(int expiry) {
    return book.factors.ofExpiry(FactorKind.FORWARD_VARIABLE, expiry) != null
        || book.factors.ofExpiry(FactorKind.FORWARD_FIXED, expiry) != null;
  }

  /// Forward of an expiry.
  ///
  /// @param expiry the place [#expiry] gave
  /// @param spot spot price of the underlying
  double forward(int expiry, double spot) {
    return hasForward(expiry)
        ? ofExpiry(FactorKind.FORWARD_FIXED, expiry) + ofExpiry(FactorKind.FORWARD_VARIABLE, expiry)
        : spot;
  }

  /// Time to an expiry in years of 365 days; 0 once it has passed.
  double years(long expiryNs) {
    return Math.max(0, expiryNs - book.nowNs.get()) / NS_PER_YEAR;
  }

  /// Confidence in the price of an underlying.
  Decimal spotConfidence(int underlying) {
    return orFull(book.factors.ofAsset(FactorKind.SPOT_CONFIDENCE, underlying));
  }

  /// The least of the confidences in spot and in the mark of a contract.
  ///
  /// @param underlying -1 when the contract states none
  Decimal markConfidence(int underlying, int instrument) {
    Decimal own = orFull(book.factors.ofInstrument(FactorKind.MARK_CONFIDENCE, instrument));
    return underlying < 0 ? own : least(own, spotConfidence(underlying));
  }

  /// The least of the confidences in spot, forward and volatility of an expiry.
  Decimal expiryConfidence(int underlying, int expiry) {
    Decimal forward = orFull(book.factors.ofExpiry(FactorKind.FORWARD_CONFIDENCE, expiry));
    Decimal volatility = orFull(book.factors.ofExpiry(FactorKind.VOLATILITY_CONFIDENCE, expiry));
    return least(spotConfidence(underlying), least(forward, volatility));
  }

  /// Funding due on one whole contract; positive is paid by longs.
  double funding(int instrument) {
    Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    return due == null ? 0 : Doubles.of(due);
  }

  /// Mark of a contract in its settlement asset, per whole unit of its underlying.
  double mark(int instrument) {
    return contracts.mark(instrument, book.instruments.mark(instrument));
  }

  /// Whether an option is valued by its mark.
  boolean isMarked(int instrument, int expiry, double forward) {
    return source == ValueSource.MARK
        || (forward <= 0 && contracts.inverse[instrument])
        || Double.isNaN(volatility(instrument, expiry));
  }

  /// Value of an option in its settlement asset, per whole unit of its underlying: by Black-76
  /// without discount, in coin divided by the forward; or its mark.
  double optionValue(int instrument, int expiry, double forward, double years) {
    if (isMarked(instrument, expiry, forward)) {
      return mark(instrument);
    }
    double value =
        Black76.value(
            contracts.call[instrument],
            forward,
            contracts.strike[instrument],
            volatility(instrument, expiry),
            years,
            1);
    return contracts.inverse[instrument] ? value / forward : value;
  }

  /// Annual volatility of an option: its own, else that of the expiry's fitted curve; NaN when
  /// there is neither or the curve gives none at its strike.
  double volatility(int instrument, int expiry) {
    Decimal own = book.factors.ofInstrument(FactorKind.MARK_VOLATILITY, instrument);
    if (own != null) {
      return Doubles.of(own);
    }
    double forward = ofExpiry(FactorKind.SVI_FORWARD, expiry);
    double years = ofExpiry(FactorKind.SVI_YEARS, expiry);
    if (forward <= 0 || years <= 0) {
      return Double.NaN;
    }
    return SviSlice.volatility(
        ofExpiry(FactorKind.SVI_A, expiry),
        ofExpiry(FactorKind.SVI_B, expiry),
        ofExpiry(FactorKind.SVI_RHO, expiry),
        ofExpiry(FactorKind.SVI_M, expiry),
        ofExpiry(FactorKind.SVI_SIGMA, expiry),
        forward,
        years,
        contracts.strike[instrument]);
  }

  private double ofExpiry(FactorKind kind, int expiry) {
    Decimal value = book.factors.ofExpiry(kind, expiry);
    return value == null ? 0 : Doubles.of(value);
  }

  private static Decimal orFull(@Nullable Decimal confidence) {
    return confidence == null ? Decimal.ONE : confidence;
  }

  private static Decimal least(Decimal a, Decimal b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
