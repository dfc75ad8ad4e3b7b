package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the weights of one collateral asset depend on more than the asset: on its amount, on the
/// whole venue's deposits and borrows, on how far its price can be relied on. Composable with every
/// requirement model; `docs/RULES.md`, section 2.W, has the arithmetic.
///
/// @param rules at most one of each kind, kept in the order of the kinds below
public record CollateralScaling(List<Rule> rules) {
  private static final List<Class<? extends Rule>> KINDS =
      List.of(
          Rule.BySize.class,
          Rule.ByDeposits.class,
          Rule.ByBorrows.class,
          Rule.ByConfidence.class,
          Rule.OffPeg.class,
          Rule.ByAmount.class,
          Rule.InitialDebtWeight.class,
          Rule.WorseOfSlowPrice.class,
          Rule.NetOfProfit.class,
          Rule.ProfitWeights.class);

  /// Weights as they are.
  public static final CollateralScaling NONE = new CollateralScaling(List.of());

  private static final Decimal HUNDRED = new Decimal(100, 0);

  /// Puts the rules in order.
  public CollateralScaling {
    List<Rule> ordered = new ArrayList<>();
    for (Class<? extends Rule> kind : KINDS) {
      int before = ordered.size();
      for (Rule rule : rules) {
        if (kind.isInstance(rule)) {
          ordered.add(rule);
        }
      }
      Check.parameter(
          ordered.size() - before <= 1, "collateral.scaling", "must have each rule once");
    }
    rules = List.copyOf(ordered);
  }

  /// One way in which weights move.
  public sealed interface Rule {
    /// Larger amounts count less and larger debts more, by the square root of the amount: a weight
    /// becomes `min(w, 1.1 / (1 + factor * sqrt(size)))`, a debt weight `max(w, 0.8 * w + factor *
    /// sqrt(size))`, size in whole units (reference: Drift v2 and FTX, imf factor).
    record BySize(Decimal factor) implements Rule {
      /// Refuses what is out of range.
      public BySize {
        Check.parameter(
            isWithin(factor, Decimal.ZERO, HUNDRED),
            "collateral.scaling.size.factor",
            "must be 0 to 100");
      }
    }

    /// The initial weight shrinks as `from / deposits` once the venue's deposits are worth more
    /// than `from`, so that the credit the asset gives is capped for the whole venue (reference:
    /// Drift v2, Mango v4).
    ///
    /// @param fromE6 millionths of the numeraire, above 0
    record ByDeposits(long fromE6) implements Rule {
      /// Refuses nothing and less.
      public ByDeposits {
        Check.parameter(fromE6 > 0, "collateral.scaling.deposits.from", "must be above 0");
      }
    }

    /// The initial debt weight grows as `borrows / from` once the venue's borrows are worth more
    /// than `from` (reference: Mango v4).
    ///
    /// @param fromE6 millionths of the numeraire, above 0
    record ByBorrows(long fromE6) implements Rule {
      /// Refuses nothing and less.
      public ByBorrows {
        Check.parameter(fromE6 > 0, "collateral.scaling.borrows.from", "must be above 0");
      }
    }

    /// Weights are multiplied by the published confidence in the price.
    record ByConfidence() implements Rule {}

    /// Weights shrink by `factor` for each unit by which the price lies below `peg`, down to
    /// nothing (reference: Derive, depeg parameters).
    ///
    /// @param peg price above which nothing happens, numeraire per whole unit, above 0
    /// @param factor 0 to 100
    record OffPeg(Decimal peg, Decimal factor) implements Rule {
      /// Refuses what is out of range.
      public OffPeg {
        Check.parameter(
            peg.compareTo(Decimal.ZERO) > 0, "collateral.scaling.depeg.from", "must be above 0");
        Check.parameter(
            isWithin(factor, Decimal.ZERO, HUNDRED),
            "collateral.scaling.depeg.factor",
            "must be 0 to 100");
      }
    }

    /// Amounts in tiers, each tier's weight times the asset's own (reference: OKX discount rate
    /// tiers).
    ///
    /// @param tiers ascending, the first from 0; weights 0 to 1, not rising
    record ByAmount(List<Tier> tiers) implements Rule {
      /// Refuses tiers out of order.
      public ByAmount {
        tiers = List.copyOf(tiers);
        Check.parameter(
            !tiers.isEmpty() && tiers.getFirst().from().units() == 0,
            "collateral.scaling.tiers",
            "must begin with a tier from 0");
        for (int i = 1; i < tiers.size(); i++) {
          Check.parameter(
              tiers.get(i).from().compareTo(tiers.get(i - 1).from()) > 0,
              "collateral.scaling.tiers[" + i + "].from",
              "must be above the tier before");
          Check.parameter(
              tiers.get(i).weight().compareTo(tiers.get(i - 1).weight()) <= 0,
              "collateral.scaling.tiers[" + i + "].weight",
              "must not be above that of the tier before");
        }
      }
    }

    /// A debt counts this much for the initial level, when `debtWeight` is that of maintenance.
    ///
    /// @param weight 1 to 4; not below `debtWeight`
    record InitialDebtWeight(Decimal weight) implements Rule {
      /// Refuses what is out of range.
      public InitialDebtWeight {
        Check.parameter(
            isWithin(weight, Decimal.ONE, new Decimal(4, 0)),
            "collateral.scaling.initialDebtWeight",
            "must be 1 to 4");
      }
    }

    /// The initial level values it at the worse of its price and its slowly moving price
    /// (reference: Mango v4, stable price; Drift v2, strict price).
    record WorseOfSlowPrice() implements Rule {}

    /// Profit and loss of contracts that settle in the asset joins its balance before it is
    /// weighed, so that a haircut falls on a positive net only: `min(v, v * weight)` (reference:
    /// Binance portfolio margin).
    record NetOfProfit() implements Rule {}

    /// How much of a profit in contracts that settle in the asset counts; losses count in full.
    ///
    /// @param initialWeight 0 to `maintenanceWeight`
    /// @param maintenanceWeight at most 1
    record ProfitWeights(Decimal initialWeight, Decimal maintenanceWeight) implements Rule {
      /// Refuses weights out of order.
      public ProfitWeights {
        Check.parameter(
            isWithin(initialWeight, Decimal.ZERO, maintenanceWeight),
            "collateral.scaling.profit.initialWeight",
            "must be 0 to maintenanceWeight");
        Check.parameter(
            maintenanceWeight.compareTo(Decimal.ONE) <= 0,
            "collateral.scaling.profit.maintenanceWeight",
            "must be at most 1");
      }
    }
  }

  /// One tier of amounts.
  ///
  /// @param from where it begins, whole units
  /// @param weight 0 to 1
  public record Tier(Decimal from, Decimal weight) {
    /// Refuses what is out of range.
    public Tier {
      Check.parameter(!from.isNegative(), "from", "must not be negative");
      Check.parameter(
          isWithin(weight, Decimal.ZERO, Decimal.ONE),
          "weight",
          "must be 0 to 1");
    }
  }

  /// Whether weights are as they are.
  public boolean isNone() {
    return rules.isEmpty();
  }

  /// The rule of a kind, or null when there is none.
  public <R extends Rule> @Nullable R find(Class<R> kind) {
    for (Rule rule : rules) {
      if (kind.isInstance(rule)) {
        return kind.cast(rule);
      }
    }
    return null;
  }

  /// Reads a tree that [#toFields] wrote; every key is optional.
  ///
  /// @throws io.evenkeel.model.number.InvalidParameter naming the path from `collateral.scaling` on
  public static CollateralScaling read(ParameterNode.Fields fields) {
    ParameterReader reader = ParameterReader.of("collateral.scaling", fields);
    CollateralScaling scaling = read(reader);
    reader.refuseUnknown();
    return scaling;
  }

  private static CollateralScaling read(ParameterReader reader) {
    List<Rule> rules = new ArrayList<>();
    if (reader.has("size")) {
      rules.add(reader.fields("size", size -> new Rule.BySize(size.decimal("factor"))));
    }
    if (reader.has("deposits")) {
      rules.add(reader.fields("deposits", it -> new Rule.ByDeposits(it.amountE6("from"))));
    }
    if (reader.has("borrows")) {
      rules.add(reader.fields("borrows", it -> new Rule.ByBorrows(it.amountE6("from"))));
    }
    if (reader.has("depeg")) {
      rules.add(
          reader.fields("depeg", it -> new Rule.OffPeg(it.decimal("from"), it.decimal("factor"))));
    }
    if (reader.has("tiers")) {
      rules.add(
          new Rule.ByAmount(
              reader.items("tiers", it -> new Tier(it.decimal("from"), it.decimal("weight")))));
    }
    if (reader.has("initialDebtWeight")) {
      rules.add(new Rule.InitialDebtWeight(reader.decimal("initialDebtWeight")));
    }
    if (reader.has("profit")) {
      rules.add(
          reader.fields(
              "profit",
              it ->
                  new Rule.ProfitWeights(
                      it.decimal("initialWeight"), it.decimal("maintenanceWeight"))));
    }
    addFlag(reader, "confidence", new Rule.ByConfidence(), rules);
    addFlag(reader, "slowPrice", new Rule.WorseOfSlowPrice(), rules);
    addFlag(reader, "netOfProfit", new Rule.NetOfProfit(), rules);
    return new CollateralScaling(rules);
  }

  private static void addFlag(ParameterReader reader, String name, Rule rule, List<Rule> rules) {
    if (reader.has(name) && reader.flag(name)) {
      rules.add(rule);
    }
  }

  /// As a tree; empty when weights are as they are.
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder fields = ParameterNode.Fields.builder();
    for (Rule rule : rules) {
      switch (rule) {
        case Rule.BySize(Decimal factor) -> fields.node("size", one("factor", factor));
        case Rule.ByDeposits(long fromE6) -> fields.node("deposits", from(fromE6));
        case Rule.ByBorrows(long fromE6) -> fields.node("borrows", from(fromE6));
        case Rule.ByConfidence() -> fields.flag("confidence", true);
        case Rule.OffPeg(Decimal peg, Decimal factor) ->
            fields.node(
                "depeg",
                ParameterNode.Fields.builder()
                    .number("from", peg)
                    .number("factor", factor)
                    .build());
        case Rule.ByAmount(List<Tier> tiers) -> fields.node("tiers", items(tiers));
        case Rule.InitialDebtWeight(Decimal weight) -> fields.number("initialDebtWeight", weight);
        case Rule.WorseOfSlowPrice() -> fields.flag("slowPrice", true);
        case Rule.NetOfProfit() -> fields.flag("netOfProfit", true);
        case Rule.ProfitWeights(Decimal initial, Decimal maintenance) ->
            fields.node(
                "profit",
                ParameterNode.Fields.builder()
                    .number("initialWeight", initial)
                    .number("maintenanceWeight", maintenance)
                    .build());
      }
    }
    return fields.build();
  }

  private static ParameterNode one(String name, Decimal value) {
    return ParameterNode.Fields.builder().number(name, value).build();
  }

  private static ParameterNode from(long fromE6) {
    return ParameterNode.Fields.builder().amountE6("from", fromE6).build();
  }

  private static ParameterNode items(List<Tier> tiers) {
    List<ParameterNode> items = new ArrayList<>();
    for (Tier tier : tiers) {
      items.add(
          ParameterNode.Fields.builder()
              .number("from", tier.from())
              .number("weight", tier.weight())
              .build());
    }
    return new ParameterNode.Items(items);
  }

  private static boolean isWithin(Decimal value, Decimal least, Decimal most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
