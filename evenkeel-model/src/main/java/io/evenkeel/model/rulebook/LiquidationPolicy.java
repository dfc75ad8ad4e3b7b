package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens to an account below maintenance: the steps run in the order listed, each over the
/// whole batch before the next begins.
///
/// @param steps each at most once; must contain one that disposes of the account (a take-over or an
///   auction), which must come before insurance and sharing
/// @param partialPenalty share of the notional closed that a partial close costs, on top of
///   slippage
/// @param takeOverPenalty share of the whole notional that a take-over costs, at most what equity
///   is left
/// @param insuranceShare share of a penalty that goes to the insurance fund
/// @param backstopShare share that goes to the backstop; the rest goes to the fees account
/// @param closing how the embedded closing market prices
public record LiquidationPolicy(
    List<LiquidationStep> steps,
    Decimal partialPenalty,
    Decimal takeOverPenalty,
    Decimal insuranceShare,
    Decimal backstopShare,
    ClosingMarket closing) {
  /// Refuses what is out of order or range.
  public LiquidationPolicy {
    steps = List.copyOf(steps);
    int disposal = -1;
    for (int i = 0; i < steps.size(); i++) {
      LiquidationStep step = steps.get(i);
      for (int j = 0; j < i; j++) {
        Check.parameter(
            !steps.get(j).getClass().equals(step.getClass()),
            "liquidation.steps[" + i + "]",
            "each step may be listed once");
      }
      if (step.disposesOfAccount()) {
        Check.parameter(
            disposal < 0,
            "liquidation.steps[" + i + "]",
            "an account is taken over or auctioned, and once");
        disposal = i;
      } else {
        Check.parameter(
            step.bearsDeficits() == disposal >= 0,
            "liquidation.steps[" + i + "]",
            "a take-over or auction comes after every closing step and before drawInsurance and"
                + " shareLoss");
      }
    }
    Check.parameter(
        disposal >= 0,
        "liquidation.steps",
        "must contain takeOver, takeOverAtMark, closeByHealth or auctionAccount");
    requireShare(partialPenalty, "liquidation.partialPenalty");
    requireShare(takeOverPenalty, "liquidation.takeOverPenalty");
    requireShare(insuranceShare, "liquidation.insuranceShare");
    requireShare(backstopShare, "liquidation.backstopShare");
    Check.parameter(
        insuranceShare.compareTo(backstopShare.complement()) <= 0,
        "liquidation.backstopShare",
        "insuranceShare + backstopShare must be at most 1");
  }

  /// How accounts are brought back under health weights; null when the steps do not say.
  public @Nullable HealthClosing healthClosing() {
    for (LiquidationStep step : steps) {
      if (step instanceof LiquidationStep.CloseByHealth(HealthClosing terms)) {
        return terms;
      }
    }
    return null;
  }

  /// The steps as a tree; what [#readSteps] makes equal steps of.
  public static ParameterNode.Fields stepsToFields(List<LiquidationStep> steps) {
    List<ParameterNode> items = new ArrayList<>();
    steps.forEach(step -> items.add(step.toFields()));
    return ParameterNode.Fields.builder().node("steps", new ParameterNode.Items(items)).build();
  }

  /// Reads the steps of `liquidation`.
  ///
  /// @throws io.evenkeel.model.number.InvalidParameter naming what is missing, unknown or wrong
  public static List<LiquidationStep> readSteps(ParameterNode.Fields fields) {
    ParameterReader reader = ParameterReader.of("liquidation", fields);
    List<LiquidationStep> steps = reader.items("steps", LiquidationStep::read);
    reader.refuseUnknown();
    return steps;
  }

  private static void requireShare(Decimal value, String parameter) {
    Check.parameter(
        !value.isNegative() && value.compareTo(Decimal.ONE) <= 0, parameter, "must be 0 to 1");
  }

  /// The embedded closing market: a closing trade of notional `N` is filled at mark, worse by
  /// `min(baseSlippage + impact * N / depth, maximumSlippage)`.
  ///
  /// @param baseSlippage share of price lost on the smallest trade
  /// @param impact further share of price lost per depth of the instrument's bracket table
  /// @param maximumSlippage bound, below 1
  public record ClosingMarket(Decimal baseSlippage, Decimal impact, Decimal maximumSlippage) {
    /// Refuses what is out of range.
    public ClosingMarket {
      Check.parameter(
          !baseSlippage.isNegative() && baseSlippage.compareTo(maximumSlippage) <= 0,
          "liquidation.closing.baseSlippage",
          "must be 0 to maximumSlippage");
      Check.parameter(
          !impact.isNegative() && impact.compareTo(Decimal.ONE) <= 0,
          "liquidation.closing.impact",
          "must be 0 to 1");
      Check.parameter(
          maximumSlippage.compareTo(Decimal.ONE) < 0,
          "liquidation.closing.maximumSlippage",
          "must be below 1");
    }
  }
}
