package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy.ClosingMarket;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `liquidation`: what happens to an account below maintenance.
final class LiquidationSection {
  private static final List<String> STEPS =
      List.of(
          "cancelOrders", "convertDebts", "partialClose", "takeOver", "drawInsurance", "shareLoss");

  private LiquidationSection() {}

  static @Nullable LiquidationPolicy read(YamlValue value) {
    YamlMapping liquidation = value.mapping();
    List<LiquidationStep> steps = new ArrayList<>();
    for (YamlValue item : liquidation.at("steps").items()) {
      LiquidationStep step = step(item.mapping());
      if (step != null) {
        steps.add(step);
      }
    }
    Decimal partialPenalty = liquidation.at("partialPenalty").decimal();
    Decimal takeOverPenalty = liquidation.at("takeOverPenalty").decimal();
    Decimal insuranceShare = liquidation.at("insuranceShare").decimal();
    Decimal backstopShare = liquidation.at("backstopShare").decimal();
    ClosingMarket closing = closing(liquidation.at("closing").mapping());
    return liquidation.build(() ->
        new LiquidationPolicy(
            steps,
            partialPenalty,
            takeOverPenalty,
            insuranceShare,
            backstopShare,
            requireNonNull(closing)));
  }

  private static @Nullable LiquidationStep step(YamlMapping step) {
    return switch (step.at("type").word(STEPS)) {
      case "cancelOrders" -> step.build(LiquidationStep.CancelOrders::new);
      case "convertDebts" -> step.build(LiquidationStep.ConvertDebts::new);
      case "partialClose" -> {
        ExitLevel exitLevel = step.at("exitLevel").choice(ExitLevel.values());
        yield step.build(() -> new LiquidationStep.PartialClose(exitLevel));
      }
      case "takeOver" -> step.build(LiquidationStep.TakeOver::new);
      case "drawInsurance" -> step.build(LiquidationStep.DrawInsurance::new);
      case "shareLoss" -> step.build(LiquidationStep.ShareLoss::new);
      default -> {
        step.leaveUntyped();
        yield null;
      }
    };
  }

  private static @Nullable ClosingMarket closing(YamlMapping closing) {
    Decimal baseSlippage = closing.at("baseSlippage").decimal();
    Decimal impact = closing.at("impact").decimal();
    Decimal maximumSlippage = closing.at("maximumSlippage").decimal();
    return closing.build(() -> new ClosingMarket(baseSlippage, impact, maximumSlippage));
  }
}
