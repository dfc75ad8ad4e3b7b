package io.evenkeel.portfolio;

import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A venue's books at one instant, in whole units as venues export them: who holds what, and what
/// the venue says it is worth. The format is described in `docs/IMPORT.md`.
///
/// @param market instant, assets, instruments and prices; its account is empty
/// @param rulebooks by which accounts are margined: shipped names or paths; the first is the
///   venue's
/// @param house the account that stands behind the venue and is the other side of what the rest do
///   not net out to; null when none is named
/// @param tolerance what counts as no difference
/// @param insurance insurance fund, by asset
/// @param holdings what the venue says it holds for everybody together, by asset; assets left out
///   are not compared
/// @param accounts in the order in which they are opened
/// @param balances margin and wallets
/// @param positions at most one of an account in an instrument
/// @param orders totals of open orders
/// @param stated the venue's own figures
public record OpeningBook(
    PortfolioDocument market,
    List<String> rulebooks,
    @Nullable String house,
    Tolerance tolerance,
    Map<String, Decimal> insurance,
    Map<String, Decimal> holdings,
    List<AccountRow> accounts,
    List<BalanceRow> balances,
    List<PositionRow> positions,
    List<OrderRow> orders,
    List<StatedRow> stated) {
  /// Copies the collections, keeping their order.
  public OpeningBook {
    rulebooks = List.copyOf(rulebooks);
    insurance = Collections.unmodifiableMap(new LinkedHashMap<>(insurance));
    holdings = Collections.unmodifiableMap(new LinkedHashMap<>(holdings));
    accounts = List.copyOf(accounts);
    balances = List.copyOf(balances);
    positions = List.copyOf(positions);
    orders = List.copyOf(orders);
    stated = List.copyOf(stated);
  }

  /// The same under another tolerance.
  public OpeningBook within(Tolerance other) {
    return new OpeningBook(
        market, rulebooks, house, other, insurance, holdings, accounts, balances, positions, orders,
        stated);
  }

  /// A difference counts when it is above both.
  ///
  /// @param absolute in the unit of the figure, 0 or more
  /// @param relative share of the venue's figure, 0 or more
  public record Tolerance(Decimal absolute, Decimal relative) {
    /// Whether two figures are the same as far as this goes.
    public boolean allows(BigDecimal ours, BigDecimal theirs) {
      BigDecimal difference = ours.subtract(theirs).abs();
      return difference.compareTo(exact(absolute)) <= 0
          || difference.compareTo(exact(relative).multiply(theirs.abs())) <= 0;
    }
  }

  /// An account. Every row has a `where`: file and place, for messages.
  ///
  /// @param account name or number at the venue
  /// @param party whose it is; accounts of one party share its wallet
  /// @param rulebook one of those of the book
  /// @param isolatedIn the one instrument of an isolated account; null for a cross account
  /// @param leverage chosen, 0 for none
  public record AccountRow(
      String where,
      String account,
      String party,
      String rulebook,
      @Nullable String isolatedIn,
      Decimal leverage) {}

  /// A balance.
  ///
  /// @param inWallet whether it lies in the party's wallet and not in the account's margin
  /// @param amount without the result of open positions; below 0 for a debt
  public record BalanceRow(
      String where, String account, String asset, boolean inWallet, Decimal amount) {}

  /// A position.
  ///
  /// @param quantity contracts, signed, not 0
  /// @param entry average price at which it was entered; null where the cost is stated
  /// @param cost what it cost in the settlement asset, of the sign of the quantity where prices are
  ///   above 0; null where the entry is stated
  public record PositionRow(
      String where,
      String account,
      String instrument,
      Decimal quantity,
      @Nullable Decimal entry,
      @Nullable Decimal cost) {}

  /// Open orders of an account in an instrument, in contracts and at average prices.
  public record OrderRow(
      String where,
      String account,
      String instrument,
      Decimal buy,
      Decimal buyPrice,
      Decimal sell,
      Decimal sellPrice) {}

  /// What the venue says of an account, in the numeraire.
  public record StatedRow(String where, String account, Map<Figure, Decimal> figures) {
    /// Copies the map.
    public StatedRow {
      figures = figures.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(figures));
    }
  }

  /// A figure of an account that venues state, too.
  public enum Figure {
    /// Collateral at maintenance weights and unrealised profit.
    EQUITY("equity"),
    /// The same at initial weights.
    INITIAL_EQUITY("initialEquity"),
    /// Initial requirement.
    INITIAL_MARGIN("initialMargin"),
    /// Maintenance requirement.
    MAINTENANCE_MARGIN("maintenanceMargin"),
    /// Net result of open positions.
    UNREALISED_PROFIT("unrealisedProfit");

    private final String label;

    Figure(String label) {
      this.label = label;
    }

    /// How files and reports call it.
    public String label() {
      return label;
    }

    /// What the engine says, in the numeraire.
    BigDecimal of(Evidence evidence) {
      return MarginReport.value(
          switch (this) {
            case EQUITY -> evidence.assessment().equityE6();
            case INITIAL_EQUITY -> evidence.assessment().initialEquityE6();
            case INITIAL_MARGIN -> evidence.assessment().initialMarginE6();
            case MAINTENANCE_MARGIN -> evidence.assessment().maintenanceMarginE6();
            case UNREALISED_PROFIT ->
                evidence.collateral().stream()
                    .mapToLong(Evidence.CollateralLine::profitValueE6)
                    .reduce(0, Math::addExact);
          });
    }
  }

  static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }
}
