package io.evenkeel.lab.history;

import io.evenkeel.lab.history.HistoryWorld.Holding;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Orders and fills: new positions, smaller ones, orders that fill, and what the backstop sells on.
final class TradeChoices {
  private final HistoryWorld world;
  private final Dice dice;

  TradeChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
  }

  /// An instrument that can be traded, or null.
  @Nullable LinearContract instrument() {
    List<LinearContract> tradable = world.tradable();
    return tradable.isEmpty() ? null : dice.pick(tradable);
  }

  /// A fill that opens or grows positions.
  @Nullable Command open() {
    LinearContract contract = instrument();
    if (contract == null) {
      return null;
    }
    List<OpenAccount> accounts = world.accountsFor(contract.instrumentId());
    if (accounts.size() < 2) {
      return null;
    }
    OpenAccount one = dice.pick(accounts);
    OpenAccount other = dice.pick(accounts);
    if (one.accountId() == other.accountId()) {
      return null;
    }
    double smaller = Math.min(world.wealth(one), world.wealth(other));
    double value = (smaller + 1) * dice.magnitude(0.2, 12);
    long units = lots(contract, (long) (value / world.unitValue(contract)));
    return fill(contract, one.accountId(), other.accountId(), units, false, false);
  }

  /// A fill in which a holder gives up part of a position, to a holder of the other side if there
  /// is one.
  @Nullable Command reduce() {
    LinearContract contract = instrument();
    if (contract == null) {
      return null;
    }
    int id = contract.instrumentId();
    long holder = -1;
    long taker = -1;
    for (OpenAccount account : dice.shuffled(world.accountsFor(id))) {
      long q = world.holding(account.accountId(), id).quantity();
      if (q > 0 && holder < 0) {
        holder = account.accountId();
      } else if ((q < 0 || dice.chance(0.1)) && taker < 0) {
        taker = account.accountId();
      }
    }
    if (holder < 0 || taker < 0) {
      return null;
    }
    long most =
        Math.min(
            world.holding(holder, id).quantity(), Math.abs(world.holding(taker, id).quantity()));
    long units =
        dice.chance(0.4) ? lots(contract, most) : lots(contract, (long) (most * dice.share()));
    return fill(contract, taker, holder, units, false, false);
  }

  /// A fill that fills an open order on at least one side.
  @Nullable Command fillOrder() {
    LinearContract contract = instrument();
    if (contract == null) {
      return null;
    }
    int id = contract.instrumentId();
    for (OpenAccount account : dice.shuffled(world.accountsFor(id))) {
      Holding held = world.holding(account.accountId(), id);
      if (held.buy() == 0 && held.sell() == 0) {
        continue;
      }
      boolean buys = held.buy() > 0;
      long most = buys ? held.buy() : held.sell();
      long units = dice.chance(0.4) ? most : lots(contract, (long) (most * dice.share()));
      OpenAccount other = dice.pick(world.accountsFor(id));
      Holding others = world.holding(other.accountId(), id);
      boolean bothOrders = (buys ? others.sell() : others.buy()) >= units;
      return buys
          ? fill(contract, account.accountId(), other.accountId(), units, true, bothOrders)
          : fill(contract, other.accountId(), account.accountId(), units, bothOrders, true);
    }
    return null;
  }

  /// The backstop passes on part of a position.
  @Nullable Command unwind() {
    long backstop = world.backstopId();
    for (var entry : world.holdings(backstop).entrySet()) {
      LinearContract contract = world.instruments.get(entry.getKey());
      List<OpenAccount> others = world.accountsFor(entry.getKey());
      if (contract == null || others.size() < 2 || dice.chance(0.3)) {
        continue;
      }
      long q = entry.getValue().quantity();
      long units = lots(contract, (long) (Math.abs(q) * dice.share()));
      long other = dice.pick(others).accountId();
      if (other != backstop) {
        return q > 0
            ? fill(contract, other, backstop, units, false, false)
            : fill(contract, backstop, other, units, false, false);
      }
    }
    return null;
  }

  private Command fill(
      LinearContract contract,
      long buyer,
      long seller,
      long units,
      boolean buyerOrder,
      boolean sellerOrder) {
    PriceWalk walk = walk(contract);
    double off = dice.chance(0.9) ? 0.03 : 0.12;
    long price = walk.times(1 + off * (2 * dice.share() - 1));
    long worth = worthMinor(contract, units, price);
    long buyerFee = worth / 2000;
    long sellerFee = dice.chance(0.3) ? -(worth / 4000) : worth / 5000;
    if (dice.chance(0.1)) {
      buyerFee = worth / 12;
      sellerFee = -(worth / 13);
    }
    return new Fill(
        contract.instrumentId(),
        buyer,
        seller,
        units,
        price,
        buyerFee,
        sellerFee,
        buyerOrder,
        sellerOrder);
  }

  /// What so many units are worth, about, minor units of the settlement asset.
  long worthMinor(LinearContract contract, long units, long price) {
    TickScale scale = scale(contract);
    return (long) Math.abs((double) units * scale.worthTicks(price) / scale.ticksPerMinor());
  }

  PriceWalk walk(LinearContract contract) {
    return Objects.requireNonNull(world.instrumentPrices.get(contract.instrumentId()));
  }

  /// A whole number of lots, at least one, within what one account may hold.
  long lots(LinearContract contract, long units) {
    long most = Math.min(units, contract.maximumPositionUnits());
    return Math.max(1, most / contract.lotSize()) * contract.lotSize();
  }

  /// New order totals: fresh ones, smaller ones, or none.
  @Nullable Command setOrders() {
    LinearContract contract = instrument();
    List<OpenAccount> traders = world.traders();
    if (contract == null || traders.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(traders);
    if (!world.accountsFor(contract.instrumentId()).contains(account)) {
      return null;
    }
    Holding held = world.holding(account.accountId(), contract.instrumentId());
    if (dice.chance(0.2)) {
      return new SetOrderExposure(account.accountId(), contract.instrumentId(), 0, 0, 0, 0);
    }
    double value = (world.wealth(account) + 1) * dice.magnitude(0.1, 8);
    long units = lots(contract, (long) (value / world.unitValue(contract)));
    boolean closing = held.quantity() != 0 && dice.chance(0.3);
    long buy = dice.chance(0.5) ? units : 0;
    long sell = dice.chance(0.5) ? lots(contract, units / 2) : 0;
    if (closing) {
      buy = held.quantity() < 0 ? lots(contract, -held.quantity()) : 0;
      sell = held.quantity() > 0 ? lots(contract, held.quantity()) : 0;
    }
    return new SetOrderExposure(
        account.accountId(),
        contract.instrumentId(),
        buy,
        sell,
        notional(contract, buy),
        notional(contract, sell));
  }

  private long notional(LinearContract contract, long units) {
    long price = walk(contract).times(1 + 0.06 * (dice.share() - 0.5));
    // orders at several prices have an average that is no price
    long dearer = units > 1 && dice.chance(0.4) ? dice.between(1, units - 1) : 0;
    return notional(contract, units, price) + dearer;
  }

  /// What orders for so many units at a price state.
  long notional(LinearContract contract, long units, long price) {
    return contract.isInverseFuture()
        ? Math.abs(units * scale(contract).worthTicks(price))
        : units * price;
  }

  /// What a quantity unit of a contract is worth.
  TickScale scale(LinearContract contract) {
    Asset settlement = Objects.requireNonNull(world.assets.get(contract.settlementAssetId()));
    return contract.tickScale(settlement.scale());
  }
}
