package io.evenkeel.model.command;

/// What a published factor is: the inputs of valuations that are not prices of contracts or assets.
/// Its subject is an asset (the underlying of contracts, or collateral) or an instrument; some are
/// per expiry of an underlying.
public enum FactorKind {
  /// Price of the underlying itself, numeraire per whole unit.
  SPOT(Subject.ASSET, false),
  /// How much the price of an asset can be relied on, 0 to 1.
  SPOT_CONFIDENCE(Subject.ASSET, false),
  /// The same of the mark of an instrument, 0 to 1.
  MARK_CONFIDENCE(Subject.INSTRUMENT, false),
  /// A slowly moving price of an asset, numeraire per whole unit.
  SLOW_PRICE(Subject.ASSET, false),
  /// A slowly moving mark of an instrument, per whole unit of its price.
  SLOW_MARK(Subject.INSTRUMENT, false),
  /// Price of the numeraire's stable coin in the currency it stands for.
  STABLE_PRICE(Subject.ASSET, false),
  /// The part of an expiry's forward that is settled already, numeraire per whole unit.
  FORWARD_FIXED(Subject.ASSET, true),
  /// The part of the forward that still moves.
  FORWARD_VARIABLE(Subject.ASSET, true),
  /// How much the forward can be relied on, 0 to 1.
  FORWARD_CONFIDENCE(Subject.ASSET, true),
  /// Annual interest rate to the expiry, continuously compounded.
  RATE(Subject.ASSET, true),
  /// How much the rate can be relied on, 0 to 1.
  RATE_CONFIDENCE(Subject.ASSET, true),
  /// How much the volatilities of the expiry can be relied on, 0 to 1.
  VOLATILITY_CONFIDENCE(Subject.ASSET, true),
  /// Raw SVI parameter a of the total variance.
  SVI_A(Subject.ASSET, true),
  /// Raw SVI parameter b.
  SVI_B(Subject.ASSET, true),
  /// Raw SVI parameter rho.
  SVI_RHO(Subject.ASSET, true),
  /// Raw SVI parameter m.
  SVI_M(Subject.ASSET, true),
  /// Raw SVI parameter sigma.
  SVI_SIGMA(Subject.ASSET, true),
  /// The forward at which the SVI parameters were fitted.
  SVI_FORWARD(Subject.ASSET, true),
  /// The time to expiry, in years, at which the SVI parameters were fitted.
  SVI_YEARS(Subject.ASSET, true),
  /// Annual volatility of an option by itself; where it is published it is used in place of SVI.
  MARK_VOLATILITY(Subject.INSTRUMENT, false),
  /// Annual realised volatility of an underlying.
  REALISED_VOLATILITY(Subject.ASSET, false),
  /// Funding due per whole contract and not settled yet, numeraire; positive is paid by longs.
  FUNDING_INCREMENT(Subject.INSTRUMENT, false),
  /// Indicative uncrossing price of an auction, per whole unit of the instrument's price.
  AUCTION_PRICE(Subject.INSTRUMENT, false),
  /// Venue-wide open interest in contracts, where it is more than this engine holds.
  OPEN_INTEREST(Subject.INSTRUMENT, false),
  /// Venue-wide deposits of an asset in whole units, where they are more than this engine holds.
  TOTAL_DEPOSITS(Subject.ASSET, false),
  /// Venue-wide borrows of an asset in whole units, where they are more than this engine holds.
  TOTAL_BORROWS(Subject.ASSET, false),
  /// What the pool that pays profits of an instrument holds, numeraire.
  PROFIT_POOL(Subject.INSTRUMENT, false),
  /// Net profit of all users of an instrument, numeraire.
  NET_USER_PROFIT(Subject.INSTRUMENT, false);

  private static final FactorKind[] VALUES = values();

  private final Subject subject;
  private final boolean perExpiry;

  FactorKind(Subject subject, boolean perExpiry) {
    this.subject = subject;
    this.perExpiry = perExpiry;
  }

  /// What its subject is.
  public Subject subject() {
    return subject;
  }

  /// Whether there is one for each expiry of the subject.
  public boolean isPerExpiry() {
    return perExpiry;
  }

  /// How many kinds there are.
  public static int count() {
    return VALUES.length;
  }

  /// What a factor belongs to.
  public enum Subject {
    /// An asset.
    ASSET,
    /// An instrument.
    INSTRUMENT
  }
}
