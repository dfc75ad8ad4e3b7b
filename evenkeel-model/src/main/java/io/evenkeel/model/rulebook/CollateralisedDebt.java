package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Debts against collateral. The maintenance weight of an asset is its liquidation threshold, the
/// initial weight its loan-to-value, the debt weight the liquidation ratio of a vault. What the
/// thresholds leave of the collateral is the equity, the weighted debts are the requirement, and
/// their ratio is the health factor: an account is unsafe when it is below one (reference: Aave v3
/// health factor and e-mode; Maker `ink * spot < art * rate`).
///
/// @param averageDecimals decimal places to which the weights of all collateral, averaged by value,
///   are cut before they are applied to the whole of it, 0 to 9; [#PER_ASSET] to apply each weight
///   to its own asset without averaging
/// @param choice which category holds for accounts: [#NONE], [#AUTOMATIC] or the name of one; it
///   does so while all debts of an account are in it
/// @param categories groups of correlated assets by name
/// @param market what closing needs to know of instruments, which such an account seldom has
public record CollateralisedDebt(
    int averageDecimals, String choice, Map<String, Category> categories, MarketProfile market)
    implements ModelParameters {
  /// The word for it in `requirement.type`.
  public static final String TYPE = "collateralisedDebt";

  /// Weights are not averaged.
  public static final int PER_ASSET = -1;

  /// No category holds for anybody.
  public static final String NONE = "none";

  /// The category that contains all debts of an account, if there is one, holds for it.
  public static final String AUTOMATIC = "automatic";

  /// Refuses categories that overlap or lead nowhere.
  public CollateralisedDebt {
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    Check.parameter(
        averageDecimals >= PER_ASSET && averageDecimals <= 9,
        "requirement.averageDecimals",
        "must be 0 to 9, or be left out");
    Check.parameter(
        choice.equals(NONE) || choice.equals(AUTOMATIC) || categories.containsKey(choice),
        "requirement.category",
        "must be none, automatic or the name of one of requirement.categories");
    Set<String> taken = new LinkedHashSet<>();
    for (Map.Entry<String, Category> entry : categories.entrySet()) {
      String path = "requirement.categories." + entry.getKey();
      Check.parameter(
          !entry.getKey().equals(NONE) && !entry.getKey().equals(AUTOMATIC),
          path,
          "must have another name: none and automatic are choices");
      for (String asset : entry.getValue().assets()) {
        Check.parameter(
            taken.add(asset), path + ".assets", "must not share " + asset + " with another");
      }
      checkDecimals(averageDecimals, entry.getValue().initialWeight(), path + ".loanToValue");
      checkDecimals(averageDecimals, entry.getValue().maintenanceWeight(), path + ".threshold");
    }
  }

  /// A group of correlated assets whose weights replace those of the collateral schedule.
  ///
  /// @param assets symbols, each in one category at most
  /// @param initialWeight loan-to-value, 0 to `maintenanceWeight`
  /// @param maintenanceWeight liquidation threshold, at most 1
  /// @param priceOf the asset of the group at whose price all of the group count while the category
  ///   holds; empty when each counts at its own
  public record Category(
      List<String> assets, Decimal initialWeight, Decimal maintenanceWeight, String priceOf) {
    /// Refuses weights that are out of order.
    public Category {
      assets = List.copyOf(assets);
      Check.parameter(!assets.isEmpty(), "assets", "must name at least one asset");
      Check.parameter(
          !initialWeight.isNegative() && initialWeight.compareTo(maintenanceWeight) <= 0,
          "loanToValue",
          "must be 0 to threshold");
      Check.parameter(
          maintenanceWeight.compareTo(Decimal.ONE) <= 0, "threshold", "must be at most 1");
      Check.parameter(
          priceOf.isEmpty() || assets.contains(priceOf), "priceOf", "must be one of assets");
    }

    private static Category read(ParameterReader reader) {
      return new Category(
          reader.words("assets"),
          reader.decimal("loanToValue"),
          reader.decimal("threshold"),
          reader.word("priceOf", ""));
    }

    private ParameterNode.Fields toFields() {
      ParameterNode.Builder fields =
          ParameterNode.Fields.builder()
              .words("assets", assets)
              .number("loanToValue", initialWeight)
              .number("threshold", maintenanceWeight);
      return (priceOf.isEmpty() ? fields : fields.word("priceOf", priceOf)).build();
    }
  }

  /// Reads the parameters.
  public static CollateralisedDebt read(ParameterReader reader) {
    return new CollateralisedDebt(
        reader.has("averageDecimals") ? (int) reader.whole("averageDecimals") : PER_ASSET,
        reader.word("category"),
        reader.named("categories", Category::read),
        reader.fields("market", MarketProfile::read));
  }

  /// Checks what it assumes of the other parts of its rulebook: the assets of categories are
  /// collateral, averaged weights have few enough decimals, and excess is not released by itself
  /// where an account's weights may differ from the schedule's.
  void checkAgainst(List<CollateralTerms> collateral, ReleasePolicy release) {
    List<String> listed = new ArrayList<>();
    for (CollateralTerms terms : collateral) {
      listed.add(terms.asset());
      checkDecimals(averageDecimals, terms.initialWeight(), "collateral.initialHaircut");
      checkDecimals(averageDecimals, terms.maintenanceWeight(), "collateral.maintenanceHaircut");
    }
    for (Map.Entry<String, Category> entry : categories.entrySet()) {
      Check.parameter(
          listed.containsAll(entry.getValue().assets()),
          "requirement.categories." + entry.getKey() + ".assets",
          "must name assets of the collateral schedule");
    }
    Check.parameter(
        categories.isEmpty() || !release.automatic(),
        "release.automatic",
        "must be false where categories change the weights of an account");
  }

  private static void checkDecimals(int averageDecimals, Decimal weight, String path) {
    Check.parameter(
        averageDecimals == PER_ASSET || weight.scale() <= averageDecimals,
        path,
        "must have at most requirement.averageDecimals decimal places");
  }

  @Override
  public boolean marginsInverseFutures() {
    return true;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder fields = ParameterNode.Fields.builder();
    if (averageDecimals != PER_ASSET) {
      fields.number("averageDecimals", averageDecimals);
    }
    ParameterNode.Builder groups = ParameterNode.Fields.builder();
    categories.forEach((name, category) -> groups.node(name, category.toFields()));
    return fields
        .word("category", choice)
        .node("categories", groups.build())
        .node("market", market.toFields())
        .build();
  }

  @Override
  public MarketProfile market(String instrumentSymbol) {
    return market;
  }
}
