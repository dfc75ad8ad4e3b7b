package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy.ClosingMarket;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `liquidation`: what happens to an account below maintenance.
final class LiquidationSection {
  private LiquidationSection() {}

  static @Nullable LiquidationPolicy read(YamlValue value) {
    YamlMapping liquidation = value.mapping();
    List<LiquidationStep> steps = new ArrayList<>();
    for (YamlValue item : liquidation.at("steps").items()) {
      LiquidationStep step = step(item, "liquidation.steps[" + steps.size() + "]");
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

  private static @Nullable LiquidationStep step(YamlValue item, String path) {
    YamlMapping mapping = item.mapping();
    if (mapping.at("type").word(LiquidationStep.types()).isEmpty()) {
      mapping.leaveUntyped();
      return null;
    }
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(mapping, "");
    return mapping.build(() -> {
      ParameterReader reader = ParameterReader.of(path, fields);
      LiquidationStep step = LiquidationStep.read(reader);
      reader.refuseUnknown();
      return step;
    });
  }

  private static @Nullable ClosingMarket closing(YamlMapping closing) {
    Decimal baseSlippage = closing.at("baseSlippage").decimal();
    Decimal impact = closing.at("impact").decimal();
    Decimal maximumSlippage = closing.at("maximumSlippage").decimal();
    return closing.build(() -> new ClosingMarket(baseSlippage, impact, maximumSlippage));
  }
}
