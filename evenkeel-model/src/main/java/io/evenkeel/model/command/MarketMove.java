package io.evenkeel.model.command;

import io.evenkeel.model.number.Check;

/// Which prices move together in a hypothesis, all by the same ratio.
///
/// @param kind what moves
/// @param id asset or instrument identifier, as the kind says; -1 when everything moves
public record MarketMove(Kind kind, int id) {
  /// Ratios of prices are counted in billionths: this is one.
  public static final long UNMOVED_E9 = 1_000_000_000L;

  /// Every price that can move: all but the cash assets of rulebooks.
  public static final MarketMove ALL = new MarketMove(Kind.ALL, -1);

  /// Refuses an identifier where there is none.
  public MarketMove {
    Check.parameter((kind == Kind.ALL) == (id == -1), "id", "is -1 when everything moves");
  }

  /// One asset with everything written on it: its price, the marks of futures and perpetuals on it,
  /// its spot factor and the forwards of its expiries. Volatilities stay with their strikes.
  public static MarketMove ofUnderlying(int assetId) {
    return new MarketMove(Kind.UNDERLYING, assetId);
  }

  /// The mark of one instrument alone.
  public static MarketMove ofInstrument(int instrumentId) {
    return new MarketMove(Kind.INSTRUMENT, instrumentId);
  }

  /// What moves.
  public enum Kind {
    /// An asset and what is written on it.
    UNDERLYING,
    /// One instrument.
    INSTRUMENT,
    /// Everything but cash.
    ALL
  }
}
