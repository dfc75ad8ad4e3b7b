package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.ApplyFunding;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.SetPhase;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Marks good and bad, funding, settlement and phases.
final class MarketChoices {
  private static final long SECOND = 1_000_000_000L;
  private static final int NOBODY = 60_000;

  private record Offer(Target target, int id, PriceWalk walk) {}

  private final HistoryWorld world;
  private final Dice dice;
  private final Map<Integer, TradingPhase> phases = new HashMap<>();

  MarketChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
  }

  /// Marks of all instruments and assets, or of some.
  Command marks() {
    List<Offer> offers = new ArrayList<>();
    double share = dice.chance(0.6) ? 1 : dice.share();
    for (int id : world.instruments.keySet()) {
      if (!world.marked.contains(id) && dice.chance(0.6)) {
        continue;
      }
      offers.add(
          new Offer(Target.INSTRUMENT, id, Objects.requireNonNull(world.instrumentPrices.get(id))));
    }
    for (int id : world.settled.keySet()) {
      if (dice.chance(0.02)) {
        offers.add(
            new Offer(
                Target.INSTRUMENT, id, Objects.requireNonNull(world.instrumentPrices.get(id))));
      }
    }
    for (int id : world.assets.keySet()) {
      offers.add(new Offer(Target.ASSET, id, Objects.requireNonNull(world.assetPrices.get(id))));
    }
    MarkBatch.Builder batch = MarkBatch.builder();
    int room = world.limits.marksPerBatch();
    for (Offer offer : dice.shuffled(offers)) {
      if (dice.share() <= share && room-- > 0) {
        offer.walk.move(dice);
        add(batch, offer);
      }
    }
    return new MarkPrices(batch.build());
  }

  private void add(MarkBatch.Builder batch, Offer offer) {
    long price = offer.walk.units();
    long timeNs = world.nowNs - (dice.chance(0.05) ? dice.oneOf(1, 2) : 0) * SECOND;
    int uncertaintyE6 = dice.chance(0.1) ? dice.oneOf(1_000, 9_999, 10_000) : 0;
    switch (dice.below(260)) {
      case 0 -> price = dice.oneOf(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
      case 1 -> price = offer.walk.maximum() + 1;
      case 2, 3 -> timeNs -= dice.oneOf(20, 100, 1_000) * SECOND;
      case 4 -> timeNs += 500 * SECOND;
      case 9 -> timeNs = dice.oneOf(Long.MIN_VALUE, Long.MAX_VALUE);
      case 5, 6 -> uncertaintyE6 = dice.oneOf(10_001, 33_334, 500_000, Integer.MAX_VALUE);
      case 7, 8 -> price = offer.walk.times(dice.oneOf(0.5, 0.7, 1.5, 3.0));
      default -> {}
    }
    batch.add(offer.target, offer.id, price, timeNs, uncertaintyE6);
  }

  /// Funding of a perpetual that can be traded, or null.
  @Nullable Command funding() {
    for (LinearContract contract : dice.shuffled(world.tradable())) {
      if (contract.kind() == ContractKind.PERPETUAL) {
        return new ApplyFunding(
            contract.instrumentId(),
            dice.decimal(
                "0.0001", "-0.0001", "0.000123456789", "-0.0033333", "0.01", "-0.05", "0", "1"));
      }
    }
    return null;
  }

  /// Ends a contract if another can be listed in its place, or null.
  @Nullable Command settle() {
    if (areFew()) {
      return null;
    }
    int id = dice.pick(new ArrayList<>(world.instruments.keySet()));
    PriceWalk walk = Objects.requireNonNull(world.instrumentPrices.get(id));
    double factor = dice.oneOf(1.0, 1.0, 0.97, 1.04, 0.8, 1.3);
    return new SettleInstrument(id, walk.times(factor));
  }

  private boolean areFew() {
    int listed = world.instruments.size() + world.settled.size();
    return listed >= world.limits.instruments() || world.instruments.size() < 3;
  }

  /// Ends the contracts of an expiry, mostly once it has come, at a price that suits one of them;
  /// null when nothing expires, or nothing could be listed in its place.
  @Nullable Command settleExpiry() {
    List<LinearContract> all = new ArrayList<>(world.instruments.values());
    all.addAll(world.settled.values());
    all.removeIf(each -> each.terms().expiryNs() == 0);
    if (all.isEmpty()) {
      return null;
    }
    List<LinearContract> coming =
        all.stream().filter(each -> each.terms().expiryNs() > world.nowNs).toList();
    LinearContract contract = dice.pick(coming.isEmpty() || dice.chance(0.6) ? all : coming);
    boolean early = contract.terms().expiryNs() > world.nowNs;
    boolean ended = world.settled.containsKey(contract.instrumentId());
    if (early ? dice.chance(0.4) : areFew() || (ended && dice.chance(0.8))) {
      return null;
    }
    PriceWalk walk = Objects.requireNonNull(world.instrumentPrices.get(contract.instrumentId()));
    long units = walk.times(dice.oneOf(1.0, 0.97, 1.04, 1.3));
    int asset = dice.chance(0.97) ? contract.terms().underlyingAssetId() : NOBODY;
    return new SettleExpiry(
        asset,
        contract.terms().expiryNs() + (dice.chance(0.03) ? 1 : 0),
        dice.chance(0.03)
            ? dice.decimal("0", "-1", "0.000000000000000001")
            : new Decimal(units, contract.priceScale()));
  }

  /// A phase; a contract that is not in continuous trading soon is again.
  @Nullable Command phase() {
    for (Map.Entry<Integer, TradingPhase> entry : phases.entrySet()) {
      boolean away = entry.getValue() != TradingPhase.CONTINUOUS;
      if (away && world.instruments.containsKey(entry.getKey()) && dice.chance(0.9)) {
        return phase(entry.getKey(), TradingPhase.CONTINUOUS);
      }
    }
    if (world.instruments.isEmpty()) {
      return null;
    }
    int id = dice.pick(new ArrayList<>(world.instruments.keySet()));
    boolean auction = dice.chance(0.7);
    return phase(id, auction ? TradingPhase.AUCTION : TradingPhase.HALTED);
  }

  private Command phase(int instrumentId, TradingPhase phase) {
    phases.put(instrumentId, phase);
    return new SetPhase(instrumentId, phase);
  }
}
