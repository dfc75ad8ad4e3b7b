package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a liquidation. A closed family: the compiler names the switch that must learn a new
/// one. In rulebooks, snapshots and the log a step is a tree of parameters with a `type`.
public sealed interface LiquidationStep {
  /// Cancel all open orders, then test again.
  ///
  /// @param mustExceed whether an account is saved only by equity above the level, not by reaching
  ///   it (reference: Vega position resolution)
  record CancelOrders(boolean mustExceed) implements LiquidationStep {
    /// Saved by reaching the level.
    public CancelOrders() {
      this(false);
    }
  }

  /// Sell other collateral to the backstop to cover debts, then test again.
  record ConvertDebts() implements LiquidationStep {}

  /// Close the least, in the order of margin freed per unit of cost, that restores the exit level.
  ///
  /// @param exitLevel the level to restore
  record PartialClose(ExitLevel exitLevel) implements LiquidationStep {}

  /// Close a slice of each position at a price that gives way the further the account has sunk.
  /// What a slice brings beyond what it takes with it of the account's value is the fee, within
  /// bounds; what it lacks the insurance fund pays. Who is still below maintenance then waits for
  /// the next cycle and its next slice; who is worth less than nothing and found nobody to take a
  /// slice goes on to the next step (reference: dYdX v4 liquidation on the book; a block is a cycle
  /// here).
  ///
  /// @param positionShare most of a position that one slice takes, above 0 to 1
  /// @param minimumNotionalE6 but at least so much, or all of it; millionths of the numeraire
  /// @param accountNotionalE6 most that is closed of one account in one cycle, > 0
  /// @param accountInsuranceE6 most that the fund pays for one account in one cycle, >= 0
  /// @param bankruptcyAdjustment how fast the price gives way, 1 to 1,000: it gives way furthest
  ///   where the account's value is `MM * (1 - 1/adjustment)`
  /// @param spreadShare how far at most, as a share of the position's maintenance margin, 0 to 10
  /// @param maximumFee most of a fill that is charged as a fee, 0 to 1
  /// @param window how much of an instrument all accounts together may close in a span of time;
  ///   null when that is not limited
  record CloseSlices(
      Decimal positionShare,
      long minimumNotionalE6,
      long accountNotionalE6,
      long accountInsuranceE6,
      Decimal bankruptcyAdjustment,
      Decimal spreadShare,
      Decimal maximumFee,
      @Nullable ClosingWindow window)
      implements LiquidationStep {
    /// Refuses what is out of range.
    public CloseSlices {
      within(positionShare, 0, 1, "positionShare", "must be above 0 to 1");
      Check.parameter(positionShare.units() > 0, "positionShare", "must be above 0 to 1");
      Check.parameter(minimumNotionalE6 >= 0, "minimumNotional", "must not be negative");
      Check.parameter(accountNotionalE6 > 0, "accountNotional", "must be above 0");
      Check.parameter(accountInsuranceE6 >= 0, "accountInsurance", "must not be negative");
      within(bankruptcyAdjustment, 1, 1_000, "bankruptcyAdjustment", "must be 1 to 1000");
      within(spreadShare, 0, 10, "spreadShare", "must be 0 to 10");
      within(maximumFee, 0, 1, "maximumFee", "must be 0 to 1");
    }

    /// Without a window.
    public CloseSlices(
        Decimal positionShare,
        long minimumNotionalE6,
        long accountNotionalE6,
        long accountInsuranceE6,
        Decimal bankruptcyAdjustment,
        Decimal spreadShare,
        Decimal maximumFee) {
      this(
          positionShare,
          minimumNotionalE6,
          accountNotionalE6,
          accountInsuranceE6,
          bankruptcyAdjustment,
          spreadShare,
          maximumFee,
          null);
    }

    private static void within(Decimal value, long least, long most, String name, String remedy) {
      Check.parameter(
          value.compareTo(new Decimal(least, 0)) >= 0 && value.compareTo(new Decimal(most, 0)) <= 0,
          name,
          remedy);
    }

    private ParameterNode.Fields fields() {
      ParameterNode.Builder fields =
          ParameterNode.Fields.builder()
              .word("type", "closeSlices")
              .number("positionShare", positionShare)
              .amountE6("minimumNotional", minimumNotionalE6)
              .amountE6("accountNotional", accountNotionalE6)
              .amountE6("accountInsurance", accountInsuranceE6)
              .number("bankruptcyAdjustment", bankruptcyAdjustment)
              .number("spreadShare", spreadShare)
              .number("maximumFee", maximumFee);
      return (window == null ? fields : fields.node("window", window.toFields())).build();
    }

    private static CloseSlices of(ParameterReader reader) {
      return new CloseSlices(
          reader.decimal("positionShare"),
          reader.amountE6("minimumNotional"),
          reader.amountE6("accountNotional"),
          reader.amountE6("accountInsurance"),
          reader.decimal("bankruptcyAdjustment"),
          reader.decimal("spreadShare"),
          reader.decimal("maximumFee"),
          reader.has("window") ? reader.fields("window", ClosingWindow::read) : null);
    }
  }

  /// Auto-deleveraging: positions of an account whose value is below zero are closed against
  /// holders of the other side at the bankruptcy price, so that its loss ends with them and nobody
  /// has to buy (reference: dYdX v4 deleveraging; ranks of Binance). Whoever would fall below the
  /// own maintenance level is passed over.
  ///
  /// @param ranking in which order holders are taken
  /// @param beyondFundOnly whether only what the insurance fund could not pay is deleveraged
  record Deleverage(Ranking ranking, boolean beyondFundOnly) implements LiquidationStep {}

  /// The backstop takes the whole account at its bankruptcy price.
  record TakeOver() implements LiquidationStep {}

  /// The backstop takes every position at its mark, and what the sources hold is forfeited to the
  /// funds of the instruments (reference: Vega, the network). No penalty comes on top.
  ///
  /// @param confiscated whose money is forfeited, in this order; each at most once
  record TakeOverAtMark(List<Confiscated> confiscated) implements LiquidationStep {
    /// Copies the list and refuses a source named twice.
    public TakeOverAtMark {
      confiscated = List.copyOf(confiscated);
      Check.parameter(
          confiscated.stream().distinct().count() == confiscated.size(),
          "confiscated",
          "must name each source once");
    }
  }

  /// Closes contracts, takes profits over, pays debts with what is held and, when nothing of that
  /// is left, deals with the bankruptcy, each as far as health needs; whoever is not back then
  /// waits for the next cycle.
  ///
  /// @param terms what is done, at what cost and how much of it
  record CloseByHealth(HealthClosing terms) implements LiquidationStep {}

  /// Shares of the whole account are sold to bidders in a falling-price auction until it is back
  /// above maintenance with a buffer, or all of it is sold; hedges stay together.
  ///
  /// @param terms how prices fall
  record AuctionAccount(AuctionTerms terms) implements LiquidationStep {}

  /// The insurance fund bears what the account could not.
  record DrawInsurance() implements LiquidationStep {}

  /// Holders of positive unrealised profit in the instruments that lost bear the rest, pro rata.
  record ShareLoss() implements LiquidationStep {}

  /// Whether the step takes every account that is still below maintenance out of the liquidation,
  /// whatever it is worth: nothing is left for closing steps after it.
  default boolean disposesOfAccount() {
    return this instanceof TakeOver
        || this instanceof TakeOverAtMark
        || this instanceof CloseByHealth
        || this instanceof AuctionAccount;
  }

  /// Whether the step bears what accounts that are gone could not.
  default boolean bearsDeficits() {
    return this instanceof DrawInsurance || this instanceof ShareLoss;
  }

  /// As a tree; what [#read] makes an equal step of.
  default ParameterNode.Fields toFields() {
    ParameterNode.Builder fields = ParameterNode.Fields.builder();
    return switch (this) {
      case CancelOrders(boolean mustExceed) -> {
        fields.word("type", "cancelOrders");
        if (mustExceed) {
          fields.flag("mustExceed", true);
        }
        yield fields.build();
      }
      case ConvertDebts() -> fields.word("type", "convertDebts").build();
      case PartialClose(ExitLevel exit) ->
          fields.word("type", "partialClose").choice("exitLevel", exit).build();
      case CloseSlices slices -> slices.fields();
      case Deleverage(Ranking ranking, boolean beyondFundOnly) ->
          fields
              .word("type", "deleverage")
              .choice("ranking", ranking)
              .flag("beyondFundOnly", beyondFundOnly)
              .build();
      case TakeOver() -> fields.word("type", "takeOver").build();
      case TakeOverAtMark(List<Confiscated> from) ->
          fields
              .word("type", "takeOverAtMark")
              .words("confiscated", from.stream().map(ParameterReader::spelling).toList())
              .build();
      case CloseByHealth(HealthClosing terms) -> {
        fields.word("type", "closeByHealth");
        terms.addTo(fields);
        yield fields.build();
      }
      case AuctionAccount(AuctionTerms terms) -> {
        fields.word("type", "auctionAccount");
        terms.addTo(fields);
        yield fields.build();
      }
      case DrawInsurance() -> fields.word("type", "drawInsurance").build();
      case ShareLoss() -> fields.word("type", "shareLoss").build();
    };
  }

  /// Reads a step.
  ///
  /// @throws io.evenkeel.model.number.InvalidParameter naming what is missing, unknown or wrong
  static LiquidationStep read(ParameterReader reader) {
    return switch (reader.choice("type", Type.values())) {
      case CANCEL_ORDERS -> new CancelOrders(reader.has("mustExceed") && reader.flag("mustExceed"));
      case CONVERT_DEBTS -> new ConvertDebts();
      case PARTIAL_CLOSE -> new PartialClose(reader.choice("exitLevel", ExitLevel.values()));
      case CLOSE_SLICES -> CloseSlices.of(reader);
      case DELEVERAGE ->
          new Deleverage(reader.choice("ranking", Ranking.values()), reader.flag("beyondFundOnly"));
      case TAKE_OVER -> new TakeOver();
      case TAKE_OVER_AT_MARK ->
          new TakeOverAtMark(reader.choices("confiscated", Confiscated.values()));
      case CLOSE_BY_HEALTH -> new CloseByHealth(HealthClosing.read(reader));
      case AUCTION_ACCOUNT -> new AuctionAccount(AuctionTerms.read(reader));
      case DRAW_INSURANCE -> new DrawInsurance();
      case SHARE_LOSS -> new ShareLoss();
    };
  }

  /// The words for `type`, as rulebooks spell them.
  static List<String> types() {
    return Arrays.stream(Type.values()).map(ParameterReader::spelling).toList();
  }

  /// What `type` may be.
  enum Type {
    /// [CancelOrders].
    CANCEL_ORDERS,
    /// [ConvertDebts].
    CONVERT_DEBTS,
    /// [PartialClose].
    PARTIAL_CLOSE,
    /// [CloseSlices].
    CLOSE_SLICES,
    /// [Deleverage].
    DELEVERAGE,
    /// [TakeOver].
    TAKE_OVER,
    /// [TakeOverAtMark].
    TAKE_OVER_AT_MARK,
    /// [CloseByHealth].
    CLOSE_BY_HEALTH,
    /// [AuctionAccount].
    AUCTION_ACCOUNT,
    /// [DrawInsurance].
    DRAW_INSURANCE,
    /// [ShareLoss].
    SHARE_LOSS
  }

  /// What a partial close restores.
  enum ExitLevel {
    /// The search level.
    SEARCH,
    /// The initial level.
    INITIAL
  }

  /// In which order holders of the other side are deleveraged.
  enum Ranking {
    /// Highest profit share times effective leverage first (reference: Binance, Hyperliquid).
    PROFIT_AND_LEVERAGE,
    /// All in profit at once, each in proportion to its profit.
    PROFIT_SHARE,
    /// In account order from a place that time and account determine: as good as random, and the
    /// same again from the log (reference: dYdX v4).
    ROTATION
  }

  /// Whose money is forfeited by a take-over at the mark.
  enum Confiscated {
    /// The wallet of the party, in every asset; never for isolated accounts.
    WALLET,
    /// What is posted to the margin account.
    MARGIN
  }
}
