package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import java.util.List;

/// How a venue takes orders and fees and pays cash, where venues differ in more than a number.
///
/// @param orderGate when new risk is asked for its margin
/// @param takesUnmarked whether orders and trades are taken before the first mark, as an opening
///   auction needs it
/// @param unpricedOrders whether open orders may have a quantity without a notional, as market
///   orders have
/// @param cashRounding how cash variation, funding and final settlement are rounded
/// @param fundingBasis what the figure of a funding command is
/// @param factorsRunCycle whether published factors run the cycle, as marks do, or only count from
///   the next assessment on
/// @param settlesAtZero whether a contract may end at price 0
/// @param feeSources who pays a fee charged by itself, in order; each at most once
/// @param backstopCapital what stands behind the backstop
/// @param hedgeMode whether accounts may choose to hold a long and a short position in one
///   instrument side by side
public record MarketConduct(
    OrderGate orderGate,
    boolean takesUnmarked,
    boolean unpricedOrders,
    CashRounding cashRounding,
    FundingBasis fundingBasis,
    boolean factorsRunCycle,
    boolean settlesAtZero,
    List<FeeSource> feeSources,
    BackstopCapital backstopCapital,
    boolean hedgeMode) {
  /// What a rulebook does that does not say otherwise.
  public static final MarketConduct USUAL =
      new MarketConduct(
          OrderGate.ON_CHANGE,
          false,
          false,
          CashRounding.AGAINST_EACH,
          FundingBasis.RATE_OF_MARK,
          true,
          false,
          List.of(FeeSource.MARGIN),
          BackstopCapital.OWN_ACCOUNT,
          false);

  /// Conduct with a backstop that stands on its own account, without hedge mode.
  public MarketConduct(
      OrderGate orderGate,
      boolean takesUnmarked,
      boolean unpricedOrders,
      CashRounding cashRounding,
      FundingBasis fundingBasis,
      boolean factorsRunCycle,
      boolean settlesAtZero,
      List<FeeSource> feeSources) {
    this(
        orderGate,
        takesUnmarked,
        unpricedOrders,
        cashRounding,
        fundingBasis,
        factorsRunCycle,
        settlesAtZero,
        feeSources,
        BackstopCapital.OWN_ACCOUNT,
        false);
  }

  /// Refuses a fee nobody pays and one source named twice.
  public MarketConduct {
    feeSources = List.copyOf(feeSources);
    Check.parameter(
        !feeSources.isEmpty() && feeSources.stream().distinct().count() == feeSources.size(),
        "venue.conduct.feeSources",
        "must name at least one source, each once");
  }

  /// What stands behind the backstop.
  public enum BackstopCapital {
    /// Its own account, marked and margined like any other.
    OWN_ACCOUNT,
    /// The fund of each instrument: cash that its position there wins goes into the fund, cash and
    /// fees that it costs come out of it and of nothing else (reference: Vega, the network).
    INSTRUMENT_FUNDS
  }

  /// When new risk is asked for its margin.
  public enum OrderGate {
    /// With the change of orders, or the trade, itself.
    ON_CHANGE,
    /// When asked, at a price that the asker names.
    ON_REQUEST
  }

  /// How cash is rounded to minor units.
  public enum CashRounding {
    /// Losses up, gains down; what is left goes to the insurance fund.
    AGAINST_EACH,
    /// Every amount towards zero; at a mark what is left goes to the winners.
    TOWARD_ZERO
  }

  /// What the figure of a funding command is.
  public enum FundingBasis {
    /// A share of the mark, -1 to 1.
    RATE_OF_MARK,
    /// Whole units of the settlement asset per contract.
    PER_CONTRACT
  }

  /// Who pays a fee.
  public enum FeeSource {
    /// What is posted to the margin account.
    MARGIN,
    /// The wallet of its party.
    WALLET
  }

  /// Reads the parameters.
  public static MarketConduct read(ParameterReader reader) {
    return new MarketConduct(
        reader.choice("orderGate", OrderGate.values()),
        reader.flag("takesUnmarked"),
        reader.flag("unpricedOrders"),
        reader.choice("cashRounding", CashRounding.values()),
        reader.choice("fundingBasis", FundingBasis.values()),
        reader.flag("factorsRunCycle"),
        reader.flag("settlesAtZero"),
        reader.choices("feeSources", FeeSource.values()),
        reader.has("backstopCapital")
            ? reader.choice("backstopCapital", BackstopCapital.values())
            : BackstopCapital.OWN_ACCOUNT,
        reader.has("hedgeMode") && reader.flag("hedgeMode"));
  }

  /// As a tree; what [#read] makes equal conduct of. The capital of the backstop is written only
  /// where it is not its own account, hedge mode only where there is one.
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder fields =
        ParameterNode.Fields.builder()
            .choice("orderGate", orderGate)
            .flag("takesUnmarked", takesUnmarked)
            .flag("unpricedOrders", unpricedOrders)
            .choice("cashRounding", cashRounding)
            .choice("fundingBasis", fundingBasis)
            .flag("factorsRunCycle", factorsRunCycle)
            .flag("settlesAtZero", settlesAtZero)
            .words("feeSources", feeSources.stream().map(ParameterReader::spelling).toList());
    if (backstopCapital != BackstopCapital.OWN_ACCOUNT) {
      fields.choice("backstopCapital", backstopCapital);
    }
    if (hedgeMode) {
      fields.flag("hedgeMode", true);
    }
    return fields.build();
  }
}
