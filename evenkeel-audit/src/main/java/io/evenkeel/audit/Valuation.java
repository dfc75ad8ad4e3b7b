package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.audit.Weighed.Levels;
import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LevelPolicy.BetweenRequirements;
import io.evenkeel.model.rulebook.LevelPolicy.FullyCollateralised;
import io.evenkeel.model.rulebook.LevelPolicy.ScaledMaintenance;
import io.evenkeel.model.rulebook.LevelPolicy.WithoutBands;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an account is worth and what it must be worth: section 2 of the rules.
final class Valuation {
  private static final Levels NO_LEVELS =
      new Levels(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  private static final BigInteger LEVERAGE_ONE = Exact.of(100);

  private final AuditBook book;

  Valuation(AuditBook book) {
    this.book = book;
  }

  /// Weighs an account, anew only if anything it depends on has changed.
  Weighed weigh(AuditAccount account) {
    Weighed known = account.weighed;
    // what others hold may matter to rates by open interest
    if (known != null && account.weighedAtStamp == book.stamp && account.rulebook.isTiered()) {
      return known;
    }
    Weighed fresh = compute(account);
    account.weighed = fresh;
    account.weighedAtStamp = book.stamp;
    return fresh;
  }

  /// Whether an account's model lets anything out of it while it is not flat.
  boolean letsOut(AuditAccount account) {
    AuditModel model = account.rulebook.model(book);
    return model == null || model.letsOut(account);
  }

  private Weighed compute(AuditAccount account) {
    List<RowLine> rows = new ArrayList<>();
    TreeMap<Integer, BigInteger> profitByAsset = new TreeMap<>();
    BigInteger maintenanceMargin = BigInteger.ZERO;
    BigInteger initialMargin = BigInteger.ZERO;
    for (Map.Entry<Place, Row> entry : account.rows().entrySet()) {
      RowLine line = row(account, entry.getKey(), entry.getValue());
      rows.add(line);
      profitByAsset.merge(line.instrument().settlement.index, line.profit(), BigInteger::add);
      maintenanceMargin = maintenanceMargin.add(line.maintenanceMargin());
      initialMargin = initialMargin.add(line.initialMargin());
    }
    TreeMap<Integer, BigInteger> concerned = new TreeMap<>(profitByAsset);
    account.posted().keySet().forEach(index -> concerned.putIfAbsent(index, BigInteger.ZERO));
    List<AssetLine> assets = new ArrayList<>();
    BigInteger equity = BigInteger.ZERO;
    BigInteger initialEquity = BigInteger.ZERO;
    BigInteger fullValue = BigInteger.ZERO;
    BigInteger profitValue = BigInteger.ZERO;
    for (Map.Entry<Integer, BigInteger> entry : concerned.entrySet()) {
      AssetLine line = asset(account, book.assets.get(entry.getKey()), entry.getValue());
      assets.add(line);
      equity = equity.add(line.maintenanceValue()).add(line.profitValue());
      initialEquity = initialEquity.add(line.initialValue()).add(line.initialProfitValue());
      fullValue = fullValue.add(line.asset().value(line.balance())).add(line.profitValue());
      profitValue = profitValue.add(line.profitValue());
    }
    AuditModel model = account.rulebook.model(book);
    AuditModel.Figures figures =
        model == null
            ? new AuditModel.Figures(
                equity, initialEquity, maintenanceMargin, initialMargin, profitValue)
            : model.figures(account, assets, rows);
    return new Weighed(
        account,
        account.isFlat(),
        figures.equity(),
        figures.initialEquity(),
        figures.maintenance(),
        figures.initial(),
        levels(account, figures),
        fullValue,
        figures.profit(),
        assets,
        rows);
  }

  private static Levels levels(AuditAccount account, AuditModel.Figures figures) {
    if (account.isFlat()) {
      return NO_LEVELS;
    }
    BigInteger difference = figures.equity().subtract(figures.initialEquity());
    Levels levels =
        levels(account.levelPolicy(), figures.maintenance(), figures.initial(), difference);
    boolean spared =
        account.rulebook.openInterestRates() != null
            && figures.maintenance().signum() == 0
            && figures.equity().signum() < 0;
    return spared ? spared(account.levelPolicy(), levels, figures.equity()) : levels;
  }

  /// Levels of an account that needs nothing and is not closed for what it owes.
  private static Levels spared(LevelPolicy policy, Levels levels, BigInteger equity) {
    return switch (policy) {
      case FullyCollateralised _ ->
          new Levels(
              equity.min(levels.initial()), levels.search(), levels.initial(), levels.release());
      case WithoutBands _ -> new Levels(equity, equity, levels.initial(), levels.release());
      case ScaledMaintenance _, BetweenRequirements _ ->
          new Levels(equity, levels.search(), levels.initial(), levels.release());
    };
  }

  private static AssetLine asset(AuditAccount account, AuditAsset asset, BigInteger profit) {
    Terms terms = account.rulebook.terms(asset);
    BigInteger balance = account.balance(asset);
    BigInteger profitValue = asset.value(profit);
    Ratio weight = account.rulebook.profitInitialWeight();
    boolean debt = balance.signum() < 0;
    BigInteger counted = asset.value(terms.counted(balance));
    return new AssetLine(
        asset,
        balance,
        debt ? terms.debtWeight() : terms.maintenanceInForce(asset),
        debt ? terms.debtWeight() : terms.initialInForce(asset),
        maintenanceValue(account, asset),
        debt ? maintenanceValue(account, asset) : terms.initial(asset).floorTimes(counted),
        profit,
        profitValue,
        profitValue.signum() > 0 ? weight.floorTimes(profitValue) : profitValue);
  }

  /// What the balance of one asset adds to equity.
  static BigInteger maintenanceValue(AuditAccount account, AuditAsset asset) {
    Terms terms = account.rulebook.terms(asset);
    BigInteger balance = account.balance(asset);
    return balance.signum() < 0
        ? terms.debt().floorTimes(asset.value(balance))
        : terms.maintenance(asset).floorTimes(asset.value(terms.counted(balance)));
  }

  private static RowLine row(AuditAccount account, Place place, Row row) {
    AuditInstrument instrument = place.instrument();
    BigInteger size = instrument.worth(instrument.markNow()).abs();
    BigInteger held = row.quantity().multiply(size);
    BigInteger buyAtMark = row.buy().multiply(size);
    BigInteger sellAtMark = row.sell().multiply(size);
    BigInteger buys = instrument.orderTicks(row.buyNotional());
    BigInteger sells = instrument.orderTicks(row.sellNotional());
    BigInteger ifLong = held.add(buyAtMark.max(buys));
    BigInteger ifShort = sellAtMark.max(sells).subtract(held);
    BigInteger worst = held.abs().max(ifLong).max(ifShort);
    BigInteger notional = instrument.notional(held.abs());
    BigInteger initialNotional = worst.equals(held.abs()) ? notional : instrument.notional(worst);
    boolean withOrders = account.rulebook.ordersInMaintenance();
    BigInteger maintenanceNotional = withOrders ? initialNotional : notional;
    if (!account.rulebook.isTiered()) {
      return new RowLine(
          place,
          row,
          instrument.profit(row),
          notional,
          notional,
          initialNotional,
          BigInteger.ZERO,
          BigInteger.ZERO);
    }
    Brackets brackets = account.rulebook.brackets(instrument);
    RateRise rise = new RateRise(account.rulebook.rateScaling(), instrument, brackets);
    BigInteger initialMargin = rise.initial(brackets.initial(initialNotional), initialNotional);
    if (account.leverageE2 != 0) {
      BigInteger chosen =
          Exact.ceilDiv(initialNotional.multiply(LEVERAGE_ONE), Exact.of(account.leverageE2));
      initialMargin = initialMargin.max(chosen);
    }
    BigInteger dearer = buys.subtract(buyAtMark);
    BigInteger cheaper = sellAtMark.subtract(sells);
    // whoever buys an inverse future above the mark owes less coin for it than the mark says
    BigInteger lossIfFilled =
        instrument.isInverseFuture()
            ? Exact.notBelowZero(dearer.negate()).add(Exact.notBelowZero(cheaper.negate()))
            : Exact.notBelowZero(dearer).add(Exact.notBelowZero(cheaper));
    return new RowLine(
        place,
        row,
        instrument.profit(row),
        notional,
        maintenanceNotional,
        initialNotional,
        rise.maintenance(brackets.maintenance(maintenanceNotional), maintenanceNotional),
        initialMargin.add(instrument.notional(lossIfFilled)));
  }

  private static Levels levels(
      LevelPolicy policy, BigInteger maintenance, BigInteger initialMargin, BigInteger difference) {
    BigInteger plain = initialMargin.add(difference);
    return switch (policy) {
      case ScaledMaintenance scaled -> scaled(scaled, maintenance, initialMargin, difference);
      case BetweenRequirements between -> {
        Ratio share = Ratio.of(between.searchShare());
        BigInteger search = maintenance.add(share.floorTimes(plain.subtract(maintenance)));
        BigInteger release = Ratio.of(between.releaseFactor()).ceilTimes(plain);
        yield new Levels(maintenance, search, plain, release);
      }
      case FullyCollateralised _ -> new Levels(plain, plain, plain, plain);
      case WithoutBands _ -> new Levels(maintenance, maintenance, plain, null);
    };
  }

  private static Levels scaled(
      ScaledMaintenance policy,
      BigInteger maintenance,
      BigInteger initialMargin,
      BigInteger difference) {
    BigInteger search = Ratio.of(policy.search()).floorTimes(maintenance);
    BigInteger initial =
        Ratio.of(policy.initial())
            .floorTimes(maintenance)
            .max(initialMargin)
            .add(difference)
            .max(search);
    BigInteger release =
        Ratio.of(policy.release()).floorTimes(maintenance).add(difference).max(initial);
    return new Levels(maintenance, search, initial, release);
  }
}
