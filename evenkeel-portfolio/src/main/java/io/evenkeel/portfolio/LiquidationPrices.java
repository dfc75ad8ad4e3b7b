package io.evenkeel.portfolio;

import io.evenkeel.engine.Hypothesis;
import io.evenkeel.engine.LiquidationSearch;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.UnderlyingEntry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The prices at which an account falls below maintenance: per factor and for all of them together,
/// in both directions, at present collateral and with the wallet posted. Asked of the account's own
/// margin model, never of a formula beside it.
public final class LiquidationPrices {
  private static final BigDecimal UNMOVED = BigDecimal.valueOf(MarketMove.UNMOVED_E9);
  private static final BigDecimal DAYS_PER_YEAR = BigDecimal.valueOf(365);
  private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);
  private static final MathContext CONTEXT = MathContext.DECIMAL64;

  private LiquidationPrices() {}

  /// One factor's edges.
  ///
  /// @param factor symbol of an asset or instrument, or `all`
  /// @param presentPrice in the numeraire, or the instrument's own price; 1 for `all`
  /// @param dailyMove one standard deviation of its relative move in a day
  /// @param down with present collateral, as the price falls; null when there is none
  /// @param up the same as it rises
  /// @param downWithWallet as `down`, after everything in the wallet that counts was posted
  /// @param upWithWallet the same as it rises
  public record Row(
      String factor,
      BigDecimal presentPrice,
      BigDecimal dailyMove,
      @Nullable Edge down,
      @Nullable Edge up,
      @Nullable Edge downWithWallet,
      @Nullable Edge upWithWallet) {}

  /// Where maintenance is lost.
  ///
  /// @param price the first price at which the account is below maintenance
  /// @param distance relative to the present price, signed
  /// @param sigmas the distance in daily standard deviations, 0 or more
  /// @param hours after which a move of one standard deviation has that size, 0 or more
  public record Edge(BigDecimal price, BigDecimal distance, BigDecimal sigmas, BigDecimal hours) {}

  static List<Row> of(PortfolioVenue venue) {
    List<Row> rows = new ArrayList<>();
    factors(venue).forEach((symbol, move) -> rows.add(row(venue, symbol, move)));
    return rows;
  }

  /// What the portfolio is exposed to: underlyings with contracts or balances, contracts that state
  /// none, and everything together when there is more than one.
  private static Map<String, MarketMove> factors(PortfolioVenue venue) {
    PortfolioDocument document = venue.document();
    Map<String, MarketMove> factors = new LinkedHashMap<>();
    document
        .assets()
        .forEach((symbol, _) -> {
          int assetId = PortfolioScales.assetId(document, symbol);
          if (!venue.view().market().isCash(assetId) && isExposed(document, symbol)) {
            factors.put(symbol, MarketMove.ofUnderlying(assetId));
          }
        });
    venue
        .contracts()
        .forEach((symbol, contract) -> {
          boolean held =
              document.account().positions().containsKey(symbol)
                  || document.account().orders().containsKey(symbol);
          if (held && contract.terms().underlyingAssetId() == ContractTerms.NO_UNDERLYING) {
            factors.put(symbol, MarketMove.ofInstrument(contract.instrumentId()));
          }
        });
    if (factors.size() > 1) {
      factors.put("all", MarketMove.ALL);
    }
    return factors;
  }

  private static boolean isExposed(PortfolioDocument document, String symbol) {
    Decimal balance = document.account().balances().get(symbol);
    if (balance != null && balance.units() != 0) {
      return true;
    }
    for (Map.Entry<String, PortfolioDocument.InstrumentEntry> entry :
        document.instruments().entrySet()) {
      boolean held =
          document.account().positions().containsKey(entry.getKey())
              || document.account().orders().containsKey(entry.getKey());
      if (held
          && (symbol.equals(entry.getValue().underlying())
              || symbol.equals(entry.getValue().settlement()))) {
        return true;
      }
    }
    return false;
  }

  private static Row row(PortfolioVenue venue, String symbol, MarketMove move) {
    BigDecimal present = present(venue, symbol, move);
    BigDecimal dailyMove = dailyMove(venue, symbol, move);
    try (Hypothesis supposed = venue.view().suppose()) {
      Edge down =
          edge(LiquidationSearch.down(supposed, PortfolioVenue.ACCOUNT, move), present, dailyMove);
      Edge up =
          edge(LiquidationSearch.up(supposed, PortfolioVenue.ACCOUNT, move), present, dailyMove);
      supposed.postWallet(PortfolioVenue.ACCOUNT);
      return new Row(
          symbol,
          present,
          dailyMove,
          down,
          up,
          edge(LiquidationSearch.down(supposed, PortfolioVenue.ACCOUNT, move), present, dailyMove),
          edge(LiquidationSearch.up(supposed, PortfolioVenue.ACCOUNT, move), present, dailyMove));
    }
  }

  private static BigDecimal present(PortfolioVenue venue, String symbol, MarketMove move) {
    return switch (move.kind()) {
      case ALL -> BigDecimal.ONE;
      case UNDERLYING -> {
        AssetEntry asset = venue.document().assets().get(symbol);
        yield asset == null ? BigDecimal.ONE : decimal(asset.price());
      }
      case INSTRUMENT -> {
        LinearContract contract = venue.contracts().get(symbol);
        yield contract == null
            ? BigDecimal.ONE
            : BigDecimal.valueOf(
                venue.view().markUnits(contract.instrumentId()), contract.priceScale());
      }
    };
  }

  /// Realised volatility where the document states it, else what the rulebook assumes of the
  /// instruments concerned, the largest of them for a joint move.
  private static BigDecimal dailyMove(PortfolioVenue venue, String symbol, MarketMove move) {
    UnderlyingEntry underlying = venue.document().underlyings().get(symbol);
    if (underlying != null && underlying.realisedVolatility() != null) {
      return decimal(underlying.realisedVolatility()).divide(DAYS_PER_YEAR.sqrt(CONTEXT), CONTEXT);
    }
    BigDecimal largest = BigDecimal.ZERO;
    for (Map.Entry<String, LinearContract> entry : venue.contracts().entrySet()) {
      int on = entry.getValue().terms().underlyingAssetId();
      boolean concerned =
          switch (move.kind()) {
            case ALL -> true;
            case UNDERLYING -> on == move.id();
            case INSTRUMENT -> entry.getValue().instrumentId() == move.id();
          };
      if (concerned) {
        largest = largest.max(assumed(venue, entry.getKey()));
      }
    }
    return largest.signum() == 0 ? assumed(venue, symbol) : largest;
  }

  private static BigDecimal assumed(PortfolioVenue venue, String symbol) {
    return decimal(
        switch (venue.rulebook().requirement()) {
          case TieredRates tiered -> tiered.tableFor(symbol).dailyMove();
          case ModelParameters model -> model.market(symbol).dailyMove();
        });
  }

  private static @Nullable Edge edge(
      OptionalLong ratioE9, BigDecimal present, BigDecimal dailyMove) {
    if (ratioE9.isEmpty()) {
      return null;
    }
    BigDecimal ratio = BigDecimal.valueOf(ratioE9.getAsLong()).divide(UNMOVED);
    BigDecimal distance = ratio.subtract(BigDecimal.ONE);
    BigDecimal sigmas = distance.abs().divide(dailyMove, CONTEXT);
    return new Edge(
        present.multiply(ratio),
        distance,
        sigmas,
        sigmas.multiply(sigmas).multiply(HOURS_PER_DAY).round(CONTEXT));
  }

  static BigDecimal decimal(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }
}
