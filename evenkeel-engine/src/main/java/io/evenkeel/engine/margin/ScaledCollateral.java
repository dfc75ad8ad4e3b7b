package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralScaling.Tier;
import io.evenkeel.model.rulebook.CollateralTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an amount counts where the schedule scales its weight (`docs/RULES.md`, section 2.W).
/// Weights have twelve places; shares are rounded down, what debts count is rounded up.
public final class ScaledCollateral {
  /// One, as a weight.
  public static final long ONE_E12 = 1_000_000_000_000L;

  private static final long ONE_E9 = 1_000_000_000L;
  private static final long ROOT_SCALE = 1_000_000L;
  private static final int ROOT_PLACES = 18;

  private final Book book;
  private final SpotTotals totals;

  ScaledCollateral(Book book) {
    this.book = book;
    totals = new SpotTotals(book);
  }

  /// What a signed amount counts, millionths of the numeraire, rounded down; nothing above its cap,
  /// and nothing when its price may not be relied on.
  ///
  /// @param initial at the initial weight, else at the maintenance weight
  long valueE6(RulebookTerms terms, int asset, long amountMinor, boolean initial) {
    if (amountMinor < 0) {
      return weighed(
          worthE6(asset, amountMinor, highUnits(terms, asset, initial)),
          debtE12(terms, asset, amountMinor, initial));
    }
    boolean unreliable =
        initial ? book.assets.quotes().isDegraded(asset) : book.assets.quotes().isLost(asset);
    if (unreliable) {
      return 0;
    }
    CollateralTerms collateral = terms.collateral(asset);
    long counted = Math.min(amountMinor, collateral.capMinor());
    long price = lowUnits(terms, asset, initial);
    long weight = assetE12(terms, asset, counted, initial);
    Rule.ByAmount byAmount = collateral.scaling().find(Rule.ByAmount.class);
    return byAmount == null
        ? weighed(worthE6(asset, counted, price), weight)
        : tiersE6(asset, counted, price, weight, byAmount.tiers());
  }

  private long tiersE6(int asset, long counted, long price, long weight, List<Tier> tiers) {
    long sum = 0;
    for (int i = 0; i < tiers.size(); i++) {
      long from = tierFromMinor(asset, tiers.get(i));
      if (from >= counted) {
        break;
      }
      long to =
          i + 1 < tiers.size()
              ? Math.min(counted, tierFromMinor(asset, tiers.get(i + 1)))
              : counted;
      long worth = worthE6(asset, to, price) - worthE6(asset, from, price);
      sum += weighed(worth, tierE12(weight, tiers.get(i)));
    }
    return sum;
  }

  /// Where a tier begins, minor units; far away when that does not fit.
  long tierFromMinor(int asset, Tier tier) {
    long one = Fixed.pow10(book.assets.at(asset).scale());
    return tier.from().compareTo(new Decimal(Long.MAX_VALUE / one, 0)) >= 0
        ? Long.MAX_VALUE
        : tier.from().times(one, Rounding.FLOOR);
  }

  /// Weight of a tier.
  static long tierE12(long weightE12, Tier tier) {
    return tier.weight().times(weightE12, Rounding.FLOOR);
  }

  /// Share of an amount that counts, before tiers.
  ///
  /// @param countedMinor 0 or more
  public long assetE12(RulebookTerms terms, int asset, long countedMinor, boolean initial) {
    CollateralTerms collateral = terms.collateral(asset);
    CollateralScaling scaling = collateral.scaling();
    Decimal base = initial ? collateral.initialWeight() : collateral.maintenanceWeight();
    long weight = base.times(ONE_E12, Rounding.FLOOR);
    Rule.ByDeposits byDeposits = scaling.find(Rule.ByDeposits.class);
    if (initial && byDeposits != null) {
      long deposits = totals.depositsE6(asset, highPrice(terms, asset));
      if (deposits > byDeposits.fromE6()) {
        weight = Fixed.mulDiv(weight, byDeposits.fromE6(), deposits, Rounding.FLOOR);
      }
    }
    Rule.BySize bySize = scaling.find(Rule.BySize.class);
    if (bySize != null) {
      long divisor = Math.addExact(ONE_E12, growthE12(bySize, asset, countedMinor));
      weight =
          Math.min(weight, Fixed.mulDiv(ONE_E12 + ONE_E12 / 10, ONE_E12, divisor, Rounding.FLOOR));
    }
    if (scaling.find(Rule.ByConfidence.class) != null) {
      Decimal confidence = book.factors.ofAsset(FactorKind.SPOT_CONFIDENCE, asset);
      weight = confidence == null ? weight : confidence.times(weight, Rounding.FLOOR);
    }
    Rule.OffPeg offPeg = scaling.find(Rule.OffPeg.class);
    if (offPeg != null) {
      weight = weighed(weight, Math.max(0, ONE_E12 - cutE12(offPeg, asset)));
    }
    return weight;
  }

  /// What a debt counts.
  ///
  /// @param amountMinor below 0
  public long debtE12(RulebookTerms terms, int asset, long amountMinor, boolean initial) {
    CollateralTerms collateral = terms.collateral(asset);
    CollateralScaling scaling = collateral.scaling();
    Rule.InitialDebtWeight initialDebt = scaling.find(Rule.InitialDebtWeight.class);
    Decimal base = initial && initialDebt != null ? initialDebt.weight() : collateral.debtWeight();
    long weight = base.times(ONE_E12, Rounding.CEILING);
    Rule.ByBorrows byBorrows = scaling.find(Rule.ByBorrows.class);
    if (initial && byBorrows != null) {
      long borrows = totals.borrowsE6(asset, highPrice(terms, asset));
      if (borrows > byBorrows.fromE6()) {
        weight = Fixed.mulDiv(weight, borrows, byBorrows.fromE6(), Rounding.CEILING);
      }
    }
    Rule.BySize bySize = scaling.find(Rule.BySize.class);
    if (bySize == null) {
      return weight;
    }
    long grown =
        Math.addExact(weight - weight / 5, growthE12(bySize, asset, Math.negateExact(amountMinor)));
    return Math.max(weight, grown);
  }

  /// `factor * sqrt(amount)`, the amount in whole units.
  private long growthE12(Rule.BySize rule, int asset, long amountMinor) {
    long one = Fixed.pow10(ROOT_PLACES - book.assets.at(asset).scale());
    long rootE9 = SizeWeights.root(amountMinor, one);
    long factorE9 = rule.factor().times(ONE_E9, Rounding.CEILING);
    return Fixed.mulDiv(rootE9, factorE9, ROOT_SCALE, Rounding.CEILING);
  }

  /// How much of a weight goes because the price is below its peg.
  private long cutE12(Rule.OffPeg rule, int asset) {
    int scale = book.assets.at(asset).priceScale();
    long price = book.assets.price(asset);
    long peg = rule.peg().times(Fixed.pow10(scale), Rounding.CEILING);
    if (price >= peg) {
      return 0;
    }
    long belowE12 = Fixed.mulDiv(peg - price, ONE_E12, Fixed.pow10(scale), Rounding.CEILING);
    return rule.factor().times(belowE12, Rounding.CEILING);
  }

  /// Price of what is held, price units.
  long lowUnits(RulebookTerms terms, int asset, boolean initial) {
    long price = book.assets.price(asset);
    Decimal slow = initial ? slowPrice(terms, asset) : null;
    return slow == null ? price : Math.min(price, units(asset, slow, Rounding.FLOOR));
  }

  /// Price of what is owed, price units.
  long highUnits(RulebookTerms terms, int asset, boolean initial) {
    long price = book.assets.price(asset);
    Decimal slow = initial ? slowPrice(terms, asset) : null;
    return slow == null ? price : Math.max(price, units(asset, slow, Rounding.CEILING));
  }

  private Decimal highPrice(RulebookTerms terms, int asset) {
    return new Decimal(highUnits(terms, asset, true), book.assets.at(asset).priceScale());
  }

  private @Nullable Decimal slowPrice(RulebookTerms terms, int asset) {
    return terms.collateral(asset).scaling().find(Rule.WorseOfSlowPrice.class) == null
        ? null
        : totals.slowPrice(asset);
  }

  private long units(int asset, Decimal price, Rounding rounding) {
    return price.times(Fixed.pow10(book.assets.at(asset).priceScale()), rounding);
  }

  long worthE6(int asset, long amountMinor, long priceUnits) {
    return Fixed.mulDiv(amountMinor, priceUnits, book.assets.divisor(asset), Rounding.FLOOR);
  }

  static long weighed(long value, long weightE12) {
    return Fixed.mulDiv(value, weightE12, ONE_E12, Rounding.FLOOR);
  }

  /// Whether profits of contracts that settle in an asset join its balance before it is weighed.
  static boolean netsProfit(RulebookTerms terms, int asset) {
    return terms.isScaled(asset)
        && terms.collateral(asset).scaling().find(Rule.NetOfProfit.class) != null;
  }

  /// What an unrealised result counts, by the weights of the schedule.
  ///
  /// @param otherwise the share of a profit that counts where the schedule states none
  static long profitE6(
      RulebookTerms terms, int asset, long profitValueE6, boolean initial, Decimal otherwise) {
    if (profitValueE6 <= 0) {
      return profitValueE6;
    }
    Rule.ProfitWeights weights = terms.collateral(asset).scaling().find(Rule.ProfitWeights.class);
    Decimal weight =
        weights == null
            ? otherwise
            : initial ? weights.initialWeight() : weights.maintenanceWeight();
    return weight.times(profitValueE6, Rounding.FLOOR);
  }
}
