package io.evenkeel.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.OptionTerms.Right;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A portfolio and the market it stands in, in whole units as people write them. The format is
/// described in `docs/MARGIN.md` and by `examples/portfolio.schema.json`.
///
/// @param timeNs the instant of the market, epoch nanoseconds
/// @param assets by symbol
/// @param underlyings market of what contracts are written on, by symbol of the asset
/// @param instruments by symbol
/// @param account what is held
public record PortfolioDocument(
    long timeNs,
    Map<String, AssetEntry> assets,
    Map<String, UnderlyingEntry> underlyings,
    Map<String, InstrumentEntry> instruments,
    AccountEntry account) {
  /// Copies the maps, keeping their order.
  public PortfolioDocument {
    assets = ordered(assets);
    underlyings = ordered(underlyings);
    instruments = ordered(instruments);
  }

  /// An asset.
  ///
  /// @param decimals decimal places of its smallest unit
  /// @param price of one whole unit, in the numeraire
  /// @param slowPrice a slowly moving price, where it is known
  /// @param confidence how much the price can be relied on, 0 to 1, where it is known
  public record AssetEntry(
      int decimals, Decimal price, @Nullable Decimal slowPrice, @Nullable Decimal confidence) {}

  /// The market of an underlying.
  ///
  /// @param spot its price, where it is not simply the asset's
  /// @param realisedVolatility annual, where it is known
  /// @param expiries by expiry instant, epoch nanoseconds
  public record UnderlyingEntry(
      @Nullable Decimal spot,
      @Nullable Decimal realisedVolatility,
      Map<Long, ExpiryEntry> expiries) {
    /// Copies the map, keeping its order.
    public UnderlyingEntry {
      expiries = ordered(expiries);
    }
  }

  /// One expiry of an underlying.
  ///
  /// @param forward its forward price, or the part of it that still moves
  /// @param forwardFixed the part that is settled already
  /// @param rate annual, continuously compounded
  /// @param svi volatility by strike, where it is given as a curve
  public record ExpiryEntry(
      Decimal forward, Decimal forwardFixed, Decimal rate, @Nullable SviEntry svi) {}

  /// Raw SVI parameters with what they were fitted at.
  ///
  /// @param forward the forward at fitting time
  /// @param years the time to expiry at fitting time
  public record SviEntry(
      Decimal a,
      Decimal b,
      Decimal rho,
      Decimal m,
      Decimal sigma,
      Decimal forward,
      Decimal years) {}

  /// An instrument.
  ///
  /// @param kind `perpetual`, `future` or `option`
  /// @param underlying asset symbol; null when it is not stated
  /// @param settlement asset symbol
  /// @param inverse whether it pays in its underlying: a future quoted in the numeraire, its
  ///   contract size in the numeraire too, or an option quoted in coin
  /// @param contractSize whole units of the underlying per contract
  /// @param mark price of one contract per unit of its size
  /// @param expiryNs epoch nanoseconds; 0 for a perpetual
  /// @param option what makes it an option; null otherwise
  public record InstrumentEntry(
      Kind kind,
      @Nullable String underlying,
      String settlement,
      boolean inverse,
      long contractSize,
      Decimal mark,
      long expiryNs,
      @Nullable OptionEntry option) {}

  /// The kinds of instruments.
  public enum Kind {
    /// Never expires.
    PERPETUAL,
    /// A dated future.
    FUTURE,
    /// A European option.
    OPTION
  }

  /// The terms of an option.
  ///
  /// @param volatility annual, of this option alone; null when its expiry has a curve
  public record OptionEntry(Right right, Decimal strike, @Nullable Decimal volatility) {}

  /// What is held.
  ///
  /// @param leverage chosen, 0 for none
  /// @param balances posted as margin, by asset; negative is a debt
  /// @param wallet held beside it, by asset
  /// @param positions by instrument
  /// @param orders totals of open orders, by instrument
  public record AccountEntry(
      Decimal leverage,
      Map<String, Decimal> balances,
      Map<String, Decimal> wallet,
      Map<String, PositionEntry> positions,
      Map<String, OrderEntry> orders) {
    /// Copies the maps, keeping their order.
    public AccountEntry {
      balances = ordered(balances);
      wallet = ordered(wallet);
      positions = ordered(positions);
      orders = ordered(orders);
    }
  }

  /// A position.
  ///
  /// @param quantity contracts, signed
  /// @param entry average price at which it was entered
  public record PositionEntry(Decimal quantity, Decimal entry) {}

  /// Open orders of one instrument.
  ///
  /// @param buy contracts to buy
  /// @param buyPrice their average price
  /// @param sell contracts to sell
  /// @param sellPrice their average price
  public record OrderEntry(Decimal buy, Decimal buyPrice, Decimal sell, Decimal sellPrice) {}

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
