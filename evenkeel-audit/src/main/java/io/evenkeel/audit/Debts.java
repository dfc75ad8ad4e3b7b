package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Debts against collateral: section 2.D of the rules.
final class Debts implements AuditModel {
  /// A positive balance as it counts.
  private record Pledge(BigInteger value, Ratio maintenance, Ratio initial) {}

  private final AuditBook book;
  private final CollateralisedDebt parameters;

  Debts(AuditBook book, CollateralisedDebt parameters) {
    this.book = book;
    this.parameters = parameters;
  }

  @Override
  public Figures figures(AuditAccount account, List<AssetLine> assets, List<RowLine> rows) {
    Category category = inForce(assets);
    List<Pledge> pledges = new ArrayList<>();
    BigInteger required = BigInteger.ZERO;
    BigInteger profit = BigInteger.ZERO;
    for (AssetLine line : assets) {
      profit = profit.add(line.profitValue());
      if (line.balance().signum() > 0) {
        pledges.add(pledge(account, category, line));
      } else if (line.balance().signum() < 0) {
        Ratio weight = account.rulebook.terms(line.asset()).debt();
        AuditAsset priced = priced(category, line.asset());
        BigInteger owed = line.asset().valueUpAt(priced, line.balance().negate());
        required = required.add(weight.ceilTimes(owed));
      }
    }
    for (RowLine row : rows) {
      required = required.add(row.initialNotional());
    }
    boolean apart = parameters.averageDecimals() == CollateralisedDebt.PER_ASSET;
    return new Figures(
        profit.add(apart ? apart(pledges, true) : averaged(pledges, true)),
        profit.add(apart ? apart(pledges, false) : averaged(pledges, false)),
        required,
        required,
        profit);
  }

  /// The category that holds for an account, or null.
  private @Nullable Category inForce(List<AssetLine> assets) {
    List<String> owed =
        assets.stream()
            .filter(line -> line.balance().signum() < 0)
            .map(line -> line.asset().definition.symbol())
            .toList();
    for (Map.Entry<String, Category> entry : parameters.categories().entrySet()) {
      boolean chosen =
          parameters.choice().equals(entry.getKey())
              || (parameters.choice().equals(CollateralisedDebt.AUTOMATIC) && !owed.isEmpty());
      if (chosen && entry.getValue().assets().containsAll(owed)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static boolean covers(@Nullable Category category, AuditAsset asset) {
    return category != null && category.assets().contains(asset.definition.symbol());
  }

  /// The asset at whose price an asset is valued.
  private AuditAsset priced(@Nullable Category category, AuditAsset asset) {
    return category != null && covers(category, asset) && !category.priceOf().isEmpty()
        ? book.assetNamed(category.priceOf())
        : asset;
  }

  private Pledge pledge(AuditAccount account, @Nullable Category category, AssetLine line) {
    AuditAsset asset = line.asset();
    Terms terms = account.rulebook.terms(asset);
    AuditAsset priced = priced(category, asset);
    Decimal maintenance = terms.maintenanceWeight();
    Decimal initial = terms.initialWeight();
    if (category != null && covers(category, asset)) {
      maintenance = category.maintenanceWeight();
      initial = category.initialWeight();
    }
    return new Pledge(
        asset.valueAt(priced, terms.counted(line.balance())),
        priced.price.lost ? Ratio.ZERO : Ratio.of(maintenance),
        priced.price.degraded || priced.price.lost ? Ratio.ZERO : Ratio.of(initial));
  }

  /// Each at its own weight.
  private static BigInteger apart(List<Pledge> pledges, boolean maintenance) {
    BigInteger sum = BigInteger.ZERO;
    for (Pledge pledge : pledges) {
      sum = sum.add((maintenance ? pledge.maintenance : pledge.initial).floorTimes(pledge.value));
    }
    return sum;
  }

  /// All of it at the average weight, cut.
  private BigInteger averaged(List<Pledge> pledges, boolean maintenance) {
    BigInteger one = BigInteger.TEN.pow(parameters.averageDecimals());
    BigInteger total = BigInteger.ZERO;
    Ratio weighted = Ratio.ZERO;
    for (Pledge pledge : pledges) {
      if (!pledge.maintenance.isZero()) {
        Ratio weight = maintenance ? pledge.maintenance : pledge.initial;
        total = total.add(pledge.value);
        weighted =
            new Ratio(
                weighted
                    .numerator()
                    .multiply(weight.denominator())
                    .add(
                        pledge.value.multiply(weight.numerator()).multiply(weighted.denominator())),
                weighted.denominator().multiply(weight.denominator()));
      }
    }
    if (total.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger average =
        Exact.floorDiv(one.multiply(weighted.numerator()), weighted.denominator().multiply(total));
    return new Ratio(average, one).floorTimes(total);
  }
}
