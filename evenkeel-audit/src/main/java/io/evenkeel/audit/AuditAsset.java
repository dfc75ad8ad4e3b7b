package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.reference.Asset;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One asset with its price and the balances of the venue in it.
final class AuditAsset {
  final int index;
  final Asset definition;
  final PriceState price;
  final Map<HouseAccount, BigInteger> house = new EnumMap<>(HouseAccount.class);

  /// Deposits and contributions less withdrawals, added up from the commands and not from postings.
  BigInteger netExternal = BigInteger.ZERO;

  /// While it is lent.
  @Nullable LentAsset lent;

  private final BigInteger divisor;

  AuditAsset(int index, Asset definition) {
    this.index = index;
    this.definition = definition;
    this.divisor = BigInteger.TEN.pow(definition.scale() + definition.priceScale() - 6);
    this.price =
        new PriceState(
            MarkBatch.Target.ASSET,
            definition.assetId(),
            1,
            definition.maximumPriceUnits(),
            Exact.of(definition.initialPriceUnits()));
    for (HouseAccount account : HouseAccount.values()) {
      house.put(account, BigInteger.ZERO);
    }
  }

  int id() {
    return definition.assetId();
  }

  BigInteger house(HouseAccount account) {
    return Objects.requireNonNull(house.get(account));
  }

  /// Whether so much of it may leave margin accounts.
  boolean mayLeave(BigInteger amount) {
    LentAsset loans = lent;
    return loans == null || loans.covers(amount);
  }

  BigInteger priceNow() {
    return Objects.requireNonNull(price.last);
  }

  /// `floor(amount * price / div)`, E6.
  BigInteger value(BigInteger amount) {
    return Exact.floorDiv(amount.multiply(priceNow()), divisor);
  }

  /// `ceil(amount * price / div)`, E6.
  BigInteger valueUp(BigInteger amount) {
    return Exact.ceilDiv(amount.multiply(priceNow()), divisor);
  }

  /// `floor` of the value of an amount of this asset at the price of another, E6.
  BigInteger valueAt(AuditAsset priced, BigInteger amount) {
    return divisorAt(priced).floorTimes(amount.multiply(priced.priceNow()));
  }

  /// The same rounded up, E6.
  BigInteger valueUpAt(AuditAsset priced, BigInteger amount) {
    return divisorAt(priced).ceilTimes(amount.multiply(priced.priceNow()));
  }

  private Ratio divisorAt(AuditAsset priced) {
    int exponent = definition.scale() + priced.definition.priceScale() - 6;
    return exponent >= 0
        ? new Ratio(BigInteger.ONE, BigInteger.TEN.pow(exponent))
        : new Ratio(BigInteger.TEN.pow(-exponent), BigInteger.ONE);
  }

  /// `floor(value * div / price)`, minor units.
  BigInteger amount(BigInteger value) {
    return Exact.floorDiv(value.multiply(divisor), priceNow());
  }

  /// The exact amount, minor units, that is worth `value / parts`.
  Ratio minorOf(BigInteger value, BigInteger parts) {
    return new Ratio(value.multiply(divisor), parts.multiply(priceNow()));
  }

  /// `ceil(value * div / price)`, minor units.
  BigInteger amountUp(BigInteger value) {
    return Exact.ceilDiv(value.multiply(divisor), priceNow());
  }

  /// `ceil(value * maximum price / div)`: an amount at the highest price this asset may have, E6.
  BigInteger valueUpAtMaximum(BigInteger amount) {
    return Exact.ceilDiv(amount.multiply(price.maximum), divisor);
  }
}
