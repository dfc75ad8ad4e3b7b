package io.evenkeel.audit;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One account weighed at one moment; values E6.
///
/// @param flat no row and no debt
/// @param fullValue V: everything at full value, without weights and caps
/// @param profitValue net unrealised profit over all assets
record Weighed(
    AuditAccount account,
    boolean flat,
    BigInteger equity,
    BigInteger initialEquity,
    BigInteger maintenanceMargin,
    BigInteger initialMargin,
    Levels levels,
    BigInteger fullValue,
    BigInteger profitValue,
    List<AssetLine> assetLines,
    List<RowLine> rowLines) {

  /// The four levels; `release` is null when the policy has none.
  record Levels(
      BigInteger maintenance,
      BigInteger search,
      BigInteger initial,
      @Nullable BigInteger release) {}

  /// One asset of the account.
  record AssetLine(
      AuditAsset asset,
      BigInteger balance,
      Decimal maintenanceWeight,
      Decimal initialWeight,
      BigInteger maintenanceValue,
      BigInteger initialValue,
      BigInteger profit,
      BigInteger profitValue,
      BigInteger initialProfitValue) {}

  /// One row of the account; `notional` is N0, without orders.
  record RowLine(
      Place place,
      Row row,
      BigInteger profit,
      BigInteger notional,
      BigInteger maintenanceNotional,
      BigInteger initialNotional,
      BigInteger maintenanceMargin,
      BigInteger initialMargin) {
    AuditInstrument instrument() {
      return place.instrument();
    }
  }

  BigInteger maintenance() {
    return levels.maintenance();
  }

  BigInteger search() {
    return levels.search();
  }

  BigInteger initial() {
    return levels.initial();
  }

  boolean isBelow(BigInteger level) {
    return equity.compareTo(level) < 0;
  }

  Zone zone() {
    if (isBelow(levels.maintenance())) {
      return Zone.LIQUIDATION;
    }
    if (isBelow(levels.search())) {
      return Zone.CALL;
    }
    if (isBelow(levels.initial())) {
      return Zone.RESTRICTED;
    }
    BigInteger release = levels.release();
    return release == null || isBelow(release) ? Zone.HEALTHY : Zone.EXCESS;
  }

  Assessment assessment() {
    BigInteger release = levels.release();
    return new Assessment(
        zone(),
        equity.longValueExact(),
        initialEquity.longValueExact(),
        maintenanceMargin.longValueExact(),
        initialMargin.longValueExact(),
        new MarginLevels(
            levels.maintenance().longValueExact(),
            levels.search().longValueExact(),
            levels.initial().longValueExact(),
            release == null ? MarginLevels.NO_RELEASE : release.longValueExact()));
  }

  Evidence evidence(Trigger trigger) {
    List<Evidence.CollateralLine> collateral = new ArrayList<>();
    for (AssetLine line : assetLines) {
      collateral.add(
          new Evidence.CollateralLine(
              line.asset.id(),
              line.balance.longValueExact(),
              line.asset.priceNow().longValueExact(),
              line.maintenanceWeight,
              line.initialWeight,
              line.maintenanceValue.longValueExact(),
              line.initialValue.longValueExact(),
              line.profit.longValueExact(),
              line.profitValue.longValueExact(),
              line.initialProfitValue.longValueExact()));
    }
    List<Evidence.PositionLine> positions = new ArrayList<>();
    for (RowLine line : rowLines) {
      positions.add(
          new Evidence.PositionLine(
              line.instrument().id(),
              line.row.quantity().longValueExact(),
              line.row.cost().longValueExact(),
              line.instrument().markNow().longValueExact(),
              line.row.buy().longValueExact(),
              line.row.sell().longValueExact(),
              line.profit.longValueExact(),
              line.maintenanceNotional.longValueExact(),
              line.initialNotional.longValueExact(),
              line.maintenanceMargin.longValueExact(),
              line.initialMargin.longValueExact(),
              line.place.side()));
    }
    return new Evidence(
        trigger,
        account.rulebook.id,
        account.rulebook.inForce().version(),
        assessment(),
        collateral,
        positions);
  }
}
