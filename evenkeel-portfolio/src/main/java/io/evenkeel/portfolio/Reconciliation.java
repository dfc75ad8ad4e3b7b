package io.evenkeel.portfolio;

import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.portfolio.OpeningBook.AccountRow;
import io.evenkeel.portfolio.OpeningBook.Figure;
import io.evenkeel.portfolio.OpeningBook.StatedRow;
import io.evenkeel.portfolio.OpeningBook.Tolerance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the engine makes of a venue's books beside what the venue says, and whether the books add
/// up. Figures of accounts are in the numeraire, quantities in contracts, amounts in whole units.
///
/// @param rulebooks names and versions
/// @param accounts in the order of the book
/// @param instruments those of the book
/// @param assets those of which anybody holds any, or the venue states a sum
/// @param breaches what the engine itself finds not conserved; always empty but for a defect
public record Reconciliation(
    List<String> rulebooks,
    List<AccountLine> accounts,
    List<InstrumentLine> instruments,
    List<AssetLine> assets,
    List<String> breaches) {
  private static final MathContext CONTEXT = MathContext.DECIMAL64;

  /// Copies the lists.
  public Reconciliation {
    rulebooks = List.copyOf(rulebooks);
    accounts = List.copyOf(accounts);
    instruments = List.copyOf(instruments);
    assets = List.copyOf(assets);
    breaches = List.copyOf(breaches);
  }

  /// Two figures side by side.
  ///
  /// @param theirs null where the venue states none
  /// @param difference ours less theirs; null without theirs
  /// @param relative share of theirs, 0 or more; null without theirs or where that is 0 and ours is
  ///   not
  /// @param within whether the tolerance allows the difference; true without theirs
  public record Comparison(
      BigDecimal ours,
      @Nullable BigDecimal theirs,
      @Nullable BigDecimal difference,
      @Nullable BigDecimal relative,
      boolean within) {
    static Comparison of(BigDecimal ours, @Nullable Decimal stated, Tolerance tolerance) {
      if (stated == null) {
        return new Comparison(ours, null, null, null, true);
      }
      BigDecimal theirs = OpeningBook.exact(stated);
      BigDecimal difference = ours.subtract(theirs);
      BigDecimal relative =
          difference.signum() == 0
              ? BigDecimal.ZERO
              : theirs.signum() == 0 ? null : difference.abs().divide(theirs.abs(), CONTEXT);
      return new Comparison(ours, theirs, difference, relative, tolerance.allows(ours, theirs));
    }
  }

  /// A figure of an account.
  public record FigureLine(Figure figure, Comparison comparison) {}

  /// An account.
  ///
  /// @param number in the engine
  /// @param zone as the engine judges it
  /// @param figures all of them, stated or not
  public record AccountLine(
      String account,
      long number,
      String party,
      String rulebook,
      Zone zone,
      List<FigureLine> figures) {
    /// Copies the list.
    public AccountLine {
      figures = List.copyOf(figures);
    }

    /// Whether the venue states anything of it.
    public boolean isStated() {
      return figures.stream().anyMatch(it -> it.comparison().theirs() != null);
    }
  }

  /// What is held of an instrument.
  ///
  /// @param longs sum of long positions in the books
  /// @param shorts sum of short positions in the books, 0 or less
  /// @param byHouse what the house took on because the books state no position of its own
  /// @param unexplained what is left, 0 where the books net out
  public record InstrumentLine(
      String instrument,
      BigDecimal longs,
      BigDecimal shorts,
      BigDecimal byHouse,
      BigDecimal unexplained) {
    /// Longs and shorts together.
    public BigDecimal net() {
      return longs.add(shorts);
    }
  }

  /// What is held of an asset.
  ///
  /// @param margin sum of margin balances
  /// @param wallets sum of wallets
  /// @param clearing cash that closed positions left for the open ones; below 0 where they took it
  ///   ahead of them
  /// @param insurance insurance fund
  /// @param total all of them, which is what must lie in the venue's custody, against its own
  ///   figure
  public record AssetLine(
      String asset,
      BigDecimal margin,
      BigDecimal wallets,
      BigDecimal clearing,
      BigDecimal insurance,
      Comparison total) {}

  /// Compares a venue's books with the engine that took them on.
  public static Reconciliation of(OpeningVenue venue) {
    return new Reconciliation(
        venue.rulebooks().stream().map(it -> it.name() + " version " + it.version()).toList(),
        accounts(venue),
        instruments(venue),
        venue.market().assets().values().stream().flatMap(asset -> asset(venue, asset)).toList(),
        venue.view().conservationBreaches());
  }

  /// How many figures were compared: of accounts, sums of instruments, stated sums of assets.
  public int compared() {
    return (int) comparisons().filter(it -> it.theirs() != null).count() + instruments.size();
  }

  /// How many of them are beyond tolerance.
  public int beyond() {
    return (int) comparisons().filter(it -> !it.within()).count()
        + (int) instruments.stream().filter(it -> it.unexplained().signum() != 0).count()
        + breaches.size();
  }

  private Stream<Comparison> comparisons() {
    return Stream.concat(
        accounts.stream().flatMap(it -> it.figures().stream()).map(FigureLine::comparison),
        assets.stream().map(AssetLine::total));
  }

  private static List<AccountLine> accounts(OpeningVenue venue) {
    OpeningBook book = venue.book();
    Map<String, StatedRow> stated = new HashMap<>();
    book.stated().forEach(row -> stated.put(row.account(), row));
    List<AccountLine> lines = new ArrayList<>();
    for (AccountRow row : book.accounts()) {
      long number = venue.numberOf(row.account());
      Evidence evidence = venue.view().explain(number);
      StatedRow theirs = stated.get(row.account());
      List<FigureLine> figures = new ArrayList<>();
      for (Figure figure : Figure.values()) {
        figures.add(
            new FigureLine(
                figure,
                Comparison.of(
                    figure.of(evidence),
                    theirs == null ? null : theirs.figures().get(figure),
                    book.tolerance())));
      }
      lines.add(
          new AccountLine(
              row.account(),
              number,
              row.party(),
              row.rulebook(),
              evidence.assessment().zone(),
              figures));
    }
    return lines;
  }

  private static List<InstrumentLine> instruments(OpeningVenue venue) {
    Map<String, BigDecimal> longs = new HashMap<>();
    Map<String, BigDecimal> shorts = new HashMap<>();
    for (OpeningBook.PositionRow row : venue.book().positions()) {
      (row.quantity().isNegative() ? shorts : longs)
          .merge(row.instrument(), OpeningBook.exact(row.quantity()), BigDecimal::add);
    }
    List<InstrumentLine> lines = new ArrayList<>();
    for (String symbol : venue.book().market().instruments().keySet()) {
      int places = venue.market().contract(symbol).quantityScale();
      lines.add(
          new InstrumentLine(
              symbol,
              longs.getOrDefault(symbol, BigDecimal.ZERO),
              shorts.getOrDefault(symbol, BigDecimal.ZERO),
              BigDecimal.valueOf(venue.takenByHouseUnits(symbol), places),
              BigDecimal.valueOf(venue.unexplainedUnits(symbol), places).negate()));
    }
    return lines;
  }

  private static Stream<AssetLine> asset(OpeningVenue venue, Asset asset) {
    OpeningBook book = venue.book();
    EngineView view = venue.view();
    int id = asset.assetId();
    Set<String> parties = new LinkedHashSet<>();
    long margin = 0;
    long wallets = 0;
    for (AccountRow row : book.accounts()) {
      long number = venue.numberOf(row.account());
      margin = Math.addExact(margin, view.marginMinor(number, id));
      if (parties.add(row.party())) {
        wallets = Math.addExact(wallets, view.walletMinor(view.partyOf(number), id));
      }
    }
    long clearing = 0;
    for (LinearContract contract : venue.market().contracts().values()) {
      if (contract.settlementAssetId() == id) {
        clearing = Math.addExact(clearing, view.clearingMinor(contract.instrumentId()));
      }
    }
    long insurance = view.houseMinor(HouseAccount.INSURANCE_FUND, id);
    Decimal stated = book.holdings().get(asset.symbol());
    if (stated == null && margin == 0 && wallets == 0 && clearing == 0 && insurance == 0) {
      return Stream.empty();
    }
    long total = Math.addExact(Math.addExact(margin, wallets), Math.addExact(clearing, insurance));
    int scale = asset.scale();
    return Stream.of(
        new AssetLine(
            asset.symbol(),
            BigDecimal.valueOf(margin, scale),
            BigDecimal.valueOf(wallets, scale),
            BigDecimal.valueOf(clearing, scale),
            BigDecimal.valueOf(insurance, scale),
            Comparison.of(BigDecimal.valueOf(total, scale), stated, book.tolerance())));
  }
}
