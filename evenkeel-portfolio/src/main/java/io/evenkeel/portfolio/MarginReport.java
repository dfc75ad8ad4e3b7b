package io.evenkeel.portfolio;

import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one rulebook requires of a portfolio, and what that leaves. Money is in the numeraire.
///
/// @param rulebook its name and version
/// @param assessment as the engine gave it, millionths of the numeraire
/// @param marginRatio maintenance divided by equity; null without positive equity
/// @param freeCollateral what equity has above initial, 0 or more
/// @param missing what equity lacks of initial, 0 or more
/// @param leverage notional of all positions divided by equity; null without positive equity
/// @param notional of all positions at mark
/// @param releasable most of each asset that may go to the wallet by itself, whole units
/// @param liquidationPrices per factor and together
/// @param greeks per underlying with options or contracts
/// @param terms the whole computation as a tree
public record MarginReport(
    String rulebook,
    Assessment assessment,
    @Nullable BigDecimal marginRatio,
    BigDecimal freeCollateral,
    BigDecimal missing,
    @Nullable BigDecimal leverage,
    BigDecimal notional,
    Map<String, BigDecimal> releasable,
    List<LiquidationPrices.Row> liquidationPrices,
    List<Greeks> greeks,
    Term terms) {
  private static final MathContext CONTEXT = MathContext.DECIMAL64;

  /// Copies the collections.
  public MarginReport {
    releasable = Collections.unmodifiableMap(new LinkedHashMap<>(releasable));
    liquidationPrices = List.copyOf(liquidationPrices);
    greeks = List.copyOf(greeks);
  }

  /// Asks the engine.
  ///
  /// @throws io.evenkeel.model.number.InvalidParameter when a figure does not fit its numbers
  public static MarginReport of(PortfolioVenue venue) {
    return venue.counted(() -> asked(venue));
  }

  private static MarginReport asked(PortfolioVenue venue) {
    EngineView view = venue.view();
    Evidence evidence = view.explain(PortfolioVenue.ACCOUNT);
    Assessment assessment = evidence.assessment();
    BigDecimal equity = value(assessment.equityE6());
    BigDecimal initial = value(assessment.levels().initialE6());
    BigDecimal notional = BigDecimal.ZERO;
    for (Evidence.PositionLine line : evidence.positions()) {
      notional = notional.add(value(line.maintenanceNotionalE6()));
    }
    boolean positive = equity.signum() > 0;
    return new MarginReport(
        venue.rulebook().name() + " version " + venue.rulebook().version(),
        assessment,
        positive ? value(assessment.levels().maintenanceE6()).divide(equity, CONTEXT) : null,
        equity.subtract(initial).max(BigDecimal.ZERO),
        initial.subtract(equity).max(BigDecimal.ZERO),
        positive ? notional.divide(equity, CONTEXT) : null,
        notional,
        releasable(venue, view),
        LiquidationPrices.of(venue),
        Greeks.of(venue),
        view.terms(PortfolioVenue.ACCOUNT));
  }

  private static Map<String, BigDecimal> releasable(PortfolioVenue venue, EngineView view) {
    Map<String, BigDecimal> amounts = new LinkedHashMap<>();
    for (Asset asset : venue.assets().values()) {
      if (view.marginMinor(PortfolioVenue.ACCOUNT, asset.assetId()) > 0) {
        long most = view.releasableMinor(PortfolioVenue.ACCOUNT, asset.assetId());
        amounts.put(asset.symbol(), BigDecimal.valueOf(most, asset.scale()));
      }
    }
    return amounts;
  }

  /// A figure by the name that reports and conformance files use for it; null when it has none
  /// here, such as a release level where nothing is released.
  ///
  /// @param name `equity`, `initialEquity`, `maintenanceMargin`, `initialMargin`, a level
  ///   (`maintenance`, `search`, `initial`, `release`), `marginRatio`, `freeCollateral`, `missing`,
  ///   `leverage`, `notional`, or `liquidationPrice.FACTOR.down` or `.up`
  /// @throws IllegalArgumentException when there is no such figure
  public @Nullable BigDecimal figure(String name) {
    MarginLevels levels = assessment.levels();
    return switch (name) {
      case "equity" -> value(assessment.equityE6());
      case "initialEquity" -> value(assessment.initialEquityE6());
      case "maintenanceMargin" -> value(assessment.maintenanceMarginE6());
      case "initialMargin" -> value(assessment.initialMarginE6());
      case "maintenance" -> value(levels.maintenanceE6());
      case "search" -> value(levels.searchE6());
      case "initial" -> value(levels.initialE6());
      case "release" ->
          levels.releaseE6() == MarginLevels.NO_RELEASE ? null : value(levels.releaseE6());
      case "marginRatio" -> marginRatio;
      case "freeCollateral" -> freeCollateral;
      case "missing" -> missing;
      case "leverage" -> leverage;
      case "notional" -> notional;
      default -> liquidationPrice(name);
    };
  }

  private @Nullable BigDecimal liquidationPrice(String name) {
    for (LiquidationPrices.Row row : liquidationPrices) {
      String start = "liquidationPrice." + row.factor();
      if (name.equals(start + ".down")) {
        return row.down() == null ? null : row.down().price();
      }
      if (name.equals(start + ".up")) {
        return row.up() == null ? null : row.up().price();
      }
    }
    throw new IllegalArgumentException("there is no figure '" + name + "'");
  }

  static BigDecimal value(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
