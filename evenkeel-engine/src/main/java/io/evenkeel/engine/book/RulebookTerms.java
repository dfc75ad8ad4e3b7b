package io.evenkeel.engine.book;

import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/// One rulebook with its symbols replaced by indices, so that valuations look nothing up.
/// Immutable; made anew when an asset, an instrument or the rulebook itself changes.
public final class RulebookTerms {
  private static final CollateralTerms NOT_LISTED =
      new CollateralTerms("not listed", Decimal.ZERO, Decimal.ZERO, Decimal.ONE, 0, Decimal.ZERO);

  private final Rulebook rulebook;
  private final CollateralTerms[] termsOfAsset;
  private final boolean[] listed;
  private final boolean[] scaled;
  private final boolean anyScaled;
  private final int[] scheduleOrder;
  private final int[] releaseOrder;
  private final Brackets[] bracketsOfInstrument;
  private final int cashAsset;

  RulebookTerms(Rulebook rulebook, Assets assets, Instruments instruments) {
    this.rulebook = rulebook;
    termsOfAsset = new CollateralTerms[assets.size()];
    Arrays.fill(termsOfAsset, NOT_LISTED);
    listed = new boolean[assets.size()];
    scaled = new boolean[assets.size()];
    boolean any = false;
    scheduleOrder = new int[rulebook.collateral().size()];
    for (int i = 0; i < scheduleOrder.length; i++) {
      CollateralTerms terms = rulebook.collateral().get(i);
      int asset = assets.findSymbol(terms.asset());
      scheduleOrder[i] = asset;
      termsOfAsset[asset] = terms;
      listed[asset] = true;
      scaled[asset] = !terms.scaling().isNone();
      any |= scaled[asset];
    }
    anyScaled = any;
    cashAsset = assets.findSymbol(rulebook.cashAsset());
    releaseOrder = orderForRelease();
    bracketsOfInstrument = resolveBrackets(rulebook.requirement(), instruments);
  }

  /// Whether every asset the rulebook names is defined.
  public static boolean namesOnlyDefined(Rulebook rulebook, Assets assets) {
    for (CollateralTerms terms : rulebook.collateral()) {
      if (assets.findSymbol(terms.asset()) == IdIndex.ABSENT) {
        return false;
      }
    }
    return true;
  }

  private int[] orderForRelease() {
    Integer[] listedByWeight = new Integer[scheduleOrder.length];
    for (int i = 0; i < scheduleOrder.length; i++) {
      listedByWeight[i] = scheduleOrder[i];
    }
    // a stable sort: equal weights stay in schedule order
    Arrays.sort(listedByWeight, Comparator.comparing(asset -> termsOfAsset[asset].initialWeight()));
    int[] order = new int[termsOfAsset.length];
    int at = 0;
    for (int asset = 0; asset < termsOfAsset.length; asset++) {
      if (!listed[asset]) {
        order[at++] = asset;
      }
    }
    for (Integer asset : listedByWeight) {
      order[at++] = asset;
    }
    return order;
  }

  private static Brackets[] resolveBrackets(RequirementModel model, Instruments instruments) {
    Brackets[] resolved = new Brackets[instruments.size()];
    switch (model) {
      case TieredRates tiered -> {
        Map<String, Brackets> byTable = new LinkedHashMap<>();
        for (int i = 0; i < resolved.length; i++) {
          String symbol = instruments.at(i).symbol();
          String name = tiered.tableOfInstrument().getOrDefault(symbol, tiered.defaultTable());
          resolved[i] = byTable.computeIfAbsent(name, _ -> new Brackets(tiered.tableFor(symbol)));
        }
      }
      case ModelParameters parameters -> {
        for (int i = 0; i < resolved.length; i++) {
          String symbol = instruments.at(i).symbol();
          resolved[i] = new Brackets(parameters.market(symbol).asTable());
        }
      }
    }
    return resolved;
  }

  /// The rulebook as it was defined.
  public Rulebook rulebook() {
    return rulebook;
  }

  /// Whether the result of a contract may stand in an account without a position, apart from its
  /// money.
  public boolean keepsResults() {
    return rulebook.requirement() instanceof HealthWeights;
  }

  /// What an asset counts; for one that is not listed: nothing, and debts once.
  public CollateralTerms collateral(int asset) {
    return termsOfAsset[asset];
  }

  /// Whether an asset is accepted as collateral.
  public boolean isListed(int asset) {
    return listed[asset];
  }

  /// Whether the weights of an asset depend on more than the asset.
  public boolean isScaled(int asset) {
    return scaled[asset];
  }

  /// Whether those of any asset do.
  public boolean isAnyScaled() {
    return anyScaled;
  }

  /// Assets in the order in which a wallet is drawn on. Must not be written.
  public int[] scheduleOrder() {
    return scheduleOrder;
  }

  /// All assets in the order in which they are given back: what serves the account worst first.
  /// Must not be written.
  public int[] releaseOrder() {
    return releaseOrder;
  }

  /// Brackets of an instrument. For a model with parameters of its own they hold only what closing
  /// and projections need, see [io.evenkeel.model.rulebook.MarketProfile].
  public Brackets brackets(int instrument) {
    return bracketsOfInstrument[instrument];
  }

  /// The asset in which deficits are counted.
  public int cashAsset() {
    return cashAsset;
  }
}
