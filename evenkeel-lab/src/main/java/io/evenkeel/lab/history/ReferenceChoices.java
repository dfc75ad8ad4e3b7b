package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.DefineAsset;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Assets of many scales and instruments of every kind.
final class ReferenceChoices {
  /// An asset as it could be listed: its price in the numeraire and the value of its whole supply.
  private record Coin(String symbol, int scale, int priceScale, double price) {}

  private static final List<Coin> COINS =
      List.of(
          new Coin("USD", 6, 4, 1.0),
          new Coin("BTC", 8, 2, 61_234.56),
          new Coin("COIN", 8, 0, 3_217),
          new Coin("YEN", 0, 8, 0.00667123),
          new Coin("EUR", 2, 4, 1.0873),
          new Coin("JUNK", 3, 7, 0.3333333),
          new Coin("DUST", 5, 12, 0.000812345678));

  private static final long EXPIRY_STEP_NS = 600_000_000_000L;

  private final HistoryWorld world;
  private final Dice dice;
  private int nextInstrument;

  ReferenceChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
  }

  /// Room left for assets of the menu.
  boolean hasMoreAssets() {
    return world.assets.size() < Math.min(COINS.size(), world.limits.assets());
  }

  /// The next asset of the menu, or null when all are listed.
  @Nullable Command nextAsset() {
    return hasMoreAssets() ? new DefineAsset(asset(world.assets.size())) : null;
  }

  private Asset asset(int place) {
    Coin coin = COINS.get(place);
    long price =
        Math.round(coin.price * HistoryWorld.power(coin.priceScale) * (0.9 + 0.2 * dice.share()));
    long maximum = price * 20;
    // All of it, at its highest price, is worth 2^55 millionths: half of what is allowed.
    double unitsWorth = HistoryWorld.power(coin.scale + coin.priceScale - 6) / maximum;
    long supply = (long) (unitsWorth * (1L << 55));
    int id = place * 3 + 1;
    world.assetPrices.put(id, new PriceWalk(price, 1, maximum, place == 0 ? 0.0004 : 0.008));
    return new Asset(id, coin.symbol, coin.scale, supply, coin.priceScale, price, maximum);
  }

  /// A new instrument, or null when no more are allowed.
  @Nullable Command nextInstrument() {
    int listed = world.instruments.size() + world.settled.size();
    if (listed >= world.limits.instruments() || world.assets.isEmpty()) {
      return null;
    }
    int id = 500 - 7 * nextInstrument++;
    LinearContract contract = null;
    while (contract == null) {
      contract = tryInstrument(id);
    }
    return new DefineInstrument(contract);
  }

  /// What a contract is written on: mostly nothing; some expire, mostly soon, together with others.
  /// Nobody may hold an option here, but options expire all the same.
  private ContractTerms terms(int settlementAssetId) {
    if (dice.chance(world.expiring ? 0.2 : 0.7)) {
      return ContractTerms.UNSTATED;
    }
    int underlying = dice.pick(new ArrayList<>(world.assets.keySet()));
    long steps = world.expiring ? dice.oneOf(1L, 2L, 4L) : dice.chance(0.8) ? 1 : 40;
    long expiryNs = (Math.floorDiv(world.nowNs, EXPIRY_STEP_NS) + steps) * EXPIRY_STEP_NS;
    boolean inverse = dice.chance(world.expiring ? 0.15 : 0.35);
    OptionTerms option =
        dice.chance(0.15)
            ? new OptionTerms(
                dice.oneOf(OptionTerms.Right.values()), dice.decimal("0", "7.5", "31.25", "1000"))
            : null;
    boolean inverseFuture = inverse && option == null;
    boolean perpetual = inverseFuture && dice.chance(0.5);
    return new ContractTerms(
        inverseFuture ? settlementAssetId : underlying,
        perpetual ? 0 : expiryNs,
        inverse,
        option,
        perpetual ? null : average());
  }

  /// Half of what expires ends by itself.
  private @Nullable SettlementAverage average() {
    return dice.chance(world.expiring ? 0.15 : 0.5)
        ? null
        : new SettlementAverage(
            dice.oneOf(1L, 20_000_000_000L, 120_000_000_000L, EXPIRY_STEP_NS, 9_000_000_000_000L),
            dice.decimal("0.000000000000000001", "0.01", "0.5", "0.9", "1"));
  }

  /// A price to begin with; of what ends at the price of its underlying, mostly near that.
  private long price(ContractTerms terms, int priceScale) {
    Asset underlying = world.assets.get(terms.underlyingAssetId());
    PriceWalk walk = world.assetPrices.get(terms.underlyingAssetId());
    if (terms.average() != null && underlying != null && walk != null && dice.chance(0.8)) {
      double near = walk.units() * HistoryWorld.power(priceScale - underlying.priceScale());
      if (near >= 30 && near <= 3_000_000_000.0) {
        return (long) near;
      }
    }
    return (long) dice.magnitude(30, 3_000_000);
  }

  /// Draws an instrument; null when its lots or limits would be out of proportion.
  private @Nullable LinearContract tryInstrument(int id) {
    Asset settlement = dice.pick(new ArrayList<>(world.assets.values()));
    int priceScale = (int) dice.between(0, 5);
    int quantityScale = (int) dice.between(-3, 5);
    ContractTerms terms = terms(settlement.assetId());
    boolean inverse = terms.inverse() && terms.option() == null;
    long size = inverse ? dice.oneOf(1L, 10L, 100L, 100_000L) : dice.oneOf(1L, 1L, 10L, 1000L);
    long price = price(terms, priceScale);
    double unitInSettlement =
        inverse
            ? size * HistoryWorld.power(priceScale - quantityScale) / price
            : size * (double) price / HistoryWorld.power(priceScale + quantityScale);
    double unitValue =
        unitInSettlement
            * world.minorValue(settlement.assetId())
            * HistoryWorld.power(settlement.scale());
    long lot = dice.oneOf(1L, 1L, 5L, 10L);
    if (unitValue * lot > 400 || unitValue * lot < 0.00001) {
      return null;
    }
    long maximumPrice = price * 12;
    double openInterestValue = dice.chance(0.25) ? 300_000 : 20_000_000;
    long mostOpen = (long) (openInterestValue / unitValue);
    long minimumPrice = inverse ? Math.max(1, price / dice.oneOf(4L, 8L, 40L)) : 1;
    long mostHeld = Math.max(lot, mostOpen / dice.oneOf(1L, 3L, 10L));
    ContractKind kind =
        terms.option() != null
            ? ContractKind.OPTION
            : terms.expiryNs() > 0 || dice.chance(0.1)
                ? ContractKind.DATED_FUTURE
                : ContractKind.PERPETUAL;
    try {
      LinearContract contract =
          new LinearContract(
              id,
              "C" + id,
              kind,
              settlement.assetId(),
              dice.chance(0.25) ? Variation.CASH_AT_EACH_MARK : Variation.UNREALISED_UNTIL_CLOSED,
              size,
              priceScale,
              quantityScale,
              lot,
              minimumPrice,
              maximumPrice,
              mostHeld,
              mostOpen,
              terms);
      contract.tickScale(settlement.scale());
      world.instrumentPrices.put(
          id, new PriceWalk(price, contract.minimumPriceUnits(), maximumPrice, 0.012));
      return contract;
    } catch (InvalidParameter refused) {
      return null;
    }
  }
}
