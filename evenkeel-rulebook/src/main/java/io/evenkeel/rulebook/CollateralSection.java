package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `collateral`: the list of assets that may be posted. The file speaks of haircuts, as the trade
/// does; the model of weights, which are what is left.
final class CollateralSection {
  static final int SYMBOL_LENGTH = 32;

  private CollateralSection() {}

  static List<CollateralTerms> read(YamlValue list, AssetScales scales) {
    List<CollateralTerms> collateral = new ArrayList<>();
    Map<String, Place> firstPlaces = new HashMap<>();
    for (YamlValue item : list.items()) {
      YamlMapping entry = item.mapping();
      YamlValue asset = entry.at("asset");
      CollateralTerms terms = terms(entry, asset, scales);
      Place first = firstPlaces.putIfAbsent(asset.symbol(SYMBOL_LENGTH), asset.place());
      if (terms != null && first != null) {
        asset.fail(Kind.VALUE, "is listed twice, first in line " + first.line() + "; remove one");
      }
      if (terms != null) {
        collateral.add(terms);
      }
    }
    return collateral;
  }

  private static @Nullable CollateralTerms terms(
      YamlMapping entry, YamlValue asset, AssetScales scales) {
    String symbol = asset.symbol(SYMBOL_LENGTH);
    Decimal maintenanceHaircut = entry.at("maintenanceHaircut").share();
    YamlValue initial = entry.at("initialHaircut");
    Decimal initialHaircut = initial.share();
    if (initialHaircut.compareTo(maintenanceHaircut) < 0) {
      initial.fail(
          Kind.VALUE,
          "must be at least maintenanceHaircut, because the initial level is the stricter one");
    }
    Decimal debtWeight = entry.at("debtWeight").decimal();
    long capMinor = amountMinor(entry.at("cap"), asset, symbol, scales);
    Decimal conversionHaircut = entry.at("conversionHaircut").decimal();
    CollateralScaling scaling = scaling(entry.optional("scaling"));
    return entry.build(() ->
        new CollateralTerms(
            symbol,
            initialHaircut.complement(),
            maintenanceHaircut.complement(),
            debtWeight,
            capMinor,
            conversionHaircut,
            scaling));
  }

  /// How the weights depend on amounts, totals and prices; nothing written means not at all.
  private static CollateralScaling scaling(YamlValue value) {
    if (!value.isPresent()) {
      return CollateralScaling.NONE;
    }
    YamlMapping mapping = value.mapping();
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(mapping, "");
    CollateralScaling scaling = mapping.build(() -> CollateralScaling.read(fields));
    return scaling == null ? CollateralScaling.NONE : scaling;
  }

  /// An amount in whole units of an asset, in minor units.
  static long amountMinor(YamlValue amount, YamlValue asset, String symbol, AssetScales scales) {
    OptionalInt scale = scales.scaleOf(symbol);
    if (scale.isPresent()) {
      return amount.amount(scale.getAsInt(), symbol);
    }
    amount.wholeAmount();
    if (!symbol.isEmpty()) {
      Set<String> known = scales.scales().keySet();
      asset.fail(
          Kind.VALUE,
          "is not an asset whose decimal places are known; known are "
              + String.join(", ", known)
              + Spelling.suggestion(symbol, known));
    }
    return 0;
  }
}
