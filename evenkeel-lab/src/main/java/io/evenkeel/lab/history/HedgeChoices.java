package io.evenkeel.lab.history;

import io.evenkeel.lab.history.HistoryWorld.Holding;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.BustTrade;
import io.evenkeel.model.command.Command.CorrectTrade;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.command.Command.SetPositionMode;
import io.evenkeel.model.command.Command.TransferPosition;
import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Accounts that hold a long and a short position side by side: who chooses it, and which side a
/// command that was made up for one-way accounts is about. Everybody else sees of them what both
/// sides come to.
final class HedgeChoices {
  private static final int NOBODY = 60_000;

  private record Key(long accountId, int instrumentId, PositionSide side) {}

  private final HistoryWorld world;
  private final Dice dice;
  private final Set<Long> hedged = new HashSet<>();
  private final Map<Key, Holding> sides = new HashMap<>();

  HedgeChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
  }

  /// A trader chooses hedge mode, or one-way mode again: mostly one that holds nothing.
  @Nullable Command mode() {
    List<OpenAccount> traders = new ArrayList<>(world.traders());
    if (traders.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(traders);
    for (int i = 0; i < 5 && !world.holdings(account.accountId()).isEmpty(); i++) {
      account = dice.pick(traders);
    }
    boolean back = hedged.contains(account.accountId()) && dice.chance(0.3);
    return new SetPositionMode(
        account.accountId(), back ? PositionMode.ONE_WAY : PositionMode.HEDGE);
  }

  /// A choice that cannot be.
  Command badMode() {
    long id =
        dice.chance(0.5) || world.accounts.isEmpty()
            ? NOBODY
            : dice.chance(0.5)
                ? world.backstopId()
                : dice.pick(new ArrayList<>(world.accounts.keySet()));
    return new SetPositionMode(id, dice.oneOf(PositionMode.values()));
  }

  /// The command with sides where an account has them; now and then with a wrong one.
  Command sided(Command command) {
    if (hedged.isEmpty() && !dice.chance(0.002)) {
      return command;
    }
    return switch (command) {
      case Fill it ->
          new Fill(
              it.instrumentId(),
              it.buyerAccountId(),
              it.sellerAccountId(),
              it.quantityUnits(),
              it.priceUnits(),
              it.buyerFeeMinor(),
              it.sellerFeeMinor(),
              it.buyerOrder(),
              it.sellerOrder(),
              sideOf(it.buyerAccountId(), it.instrumentId(), it.quantityUnits()),
              sideOf(it.sellerAccountId(), it.instrumentId(), -it.quantityUnits()));
      case SetOrderExposure it -> orders(it);
      case TransferPosition it ->
          new TransferPosition(
              it.instrumentId(),
              it.fromAccountId(),
              it.toAccountId(),
              it.quantityUnits(),
              it.basis(),
              it.priceUnits(),
              given(it.fromAccountId(), it.instrumentId()));
      case BustTrade it -> bust(it);
      case CorrectTrade it -> correction(it);
      default -> command;
    };
  }

  /// Where a trade closes something it mostly does; else it opens.
  private PositionSide sideOf(long accountId, int instrumentId, long units) {
    if (isMistaken() || !hedged.contains(accountId)) {
      return isMistaken() ? dice.oneOf(PositionSide.values()) : PositionSide.NET;
    }
    PositionSide closes = units > 0 ? PositionSide.SHORT : PositionSide.LONG;
    PositionSide opens = units > 0 ? PositionSide.LONG : PositionSide.SHORT;
    long held = Math.abs(side(accountId, instrumentId, closes).quantity());
    boolean fits = held >= Math.abs(units);
    return (fits && dice.chance(0.6)) || dice.chance(0.02) ? closes : opens;
  }

  private boolean isMistaken() {
    return dice.chance(0.01);
  }

  private PositionSide given(long accountId, int instrumentId) {
    if (isMistaken()) {
      return dice.oneOf(PositionSide.values());
    }
    if (!hedged.contains(accountId)) {
      return PositionSide.NET;
    }
    boolean longs = side(accountId, instrumentId, PositionSide.LONG).quantity() != 0;
    boolean shorts = side(accountId, instrumentId, PositionSide.SHORT).quantity() != 0;
    return longs && (!shorts || dice.chance(0.5)) ? PositionSide.LONG : PositionSide.SHORT;
  }

  private Command orders(SetOrderExposure it) {
    if (!hedged.contains(it.accountId()) || isMistaken()) {
      return isMistaken() ? withSide(it, dice.oneOf(PositionSide.values())) : it;
    }
    PositionSide side = dice.chance(0.5) ? PositionSide.LONG : PositionSide.SHORT;
    long held = Math.abs(side(it.accountId(), it.instrumentId(), side).quantity());
    boolean tooMuch = (side == PositionSide.LONG ? it.sellUnits() : it.buyUnits()) > held;
    if (!tooMuch || dice.chance(0.05)) {
      return withSide(it, side);
    }
    // what would close more than there is is left out
    return side == PositionSide.LONG
        ? new SetOrderExposure(
            it.accountId(), it.instrumentId(), it.buyUnits(), 0, it.buyNotional(), 0, side)
        : new SetOrderExposure(
            it.accountId(), it.instrumentId(), 0, it.sellUnits(), 0, it.sellNotional(), side);
  }

  private static Command withSide(SetOrderExposure it, PositionSide side) {
    return new SetOrderExposure(
        it.accountId(),
        it.instrumentId(),
        it.buyUnits(),
        it.sellUnits(),
        it.buyNotional(),
        it.sellNotional(),
        side);
  }

  /// The sides of the trade that is meant, if it is one of late.
  private Command bust(BustTrade it) {
    Fill fill = like(it.instrumentId(), it.buyerAccountId(), it.sellerAccountId());
    return fill == null
        ? it
        : new BustTrade(
            it.instrumentId(),
            it.buyerAccountId(),
            it.sellerAccountId(),
            it.quantityUnits(),
            it.priceUnits(),
            it.buyerFeeMinor(),
            it.sellerFeeMinor(),
            fill.buyerSide(),
            fill.sellerSide());
  }

  private Command correction(CorrectTrade it) {
    Fill fill = like(it.instrumentId(), it.buyerAccountId(), it.sellerAccountId());
    return fill == null
        ? it
        : new CorrectTrade(
            it.instrumentId(),
            it.buyerAccountId(),
            it.sellerAccountId(),
            it.quantityUnits(),
            it.priceUnits(),
            it.correctedPriceUnits(),
            fill.buyerSide(),
            fill.sellerSide());
  }

  private @Nullable Fill like(int instrumentId, long buyer, long seller) {
    for (Fill fill : world.fills) {
      if (fill.instrumentId() == instrumentId
          && fill.buyerAccountId() == buyer
          && fill.sellerAccountId() == seller) {
        return fill;
      }
    }
    return null;
  }

  private Holding side(long accountId, int instrumentId, PositionSide side) {
    return sides.getOrDefault(new Key(accountId, instrumentId, side), Holding.NOTHING);
  }

  /// Notes what happened to sides.
  void happened(Event event) {
    switch (event) {
      case Event.PositionModeSet set -> {
        if (set.mode() == PositionMode.HEDGE) {
          hedged.add(set.accountId());
        } else {
          hedged.remove(set.accountId());
        }
      }
      case Event.FillApplied it -> {
        add(it.buyerAccountId(), it.instrumentId(), it.buyerSide(), it.quantityUnits());
        add(it.sellerAccountId(), it.instrumentId(), it.sellerSide(), -it.quantityUnits());
      }
      case Event.TradeBusted it -> {
        add(it.buyerAccountId(), it.instrumentId(), it.buyerSide(), -it.quantityUnits());
        add(it.sellerAccountId(), it.instrumentId(), it.sellerSide(), it.quantityUnits());
      }
      case Event.PositionImported it -> {
        add(it.longAccountId(), it.instrumentId(), PositionSide.LONG, it.quantityUnits());
        add(it.shortAccountId(), it.instrumentId(), PositionSide.SHORT, -it.quantityUnits());
      }
      case Event.PositionTransferred it -> {
        add(it.fromAccountId(), it.instrumentId(), it.fromSide(), -it.quantityUnits());
        add(it.toAccountId(), it.instrumentId(), it.toSide(), it.quantityUnits());
      }
      case Event.PositionReduced it ->
          shrink(it.accountId(), it.instrumentId(), it.side(), it.closedUnits());
      case Event.Deleveraged it -> {
        shrink(it.accountId(), it.instrumentId(), it.side(), it.closedUnits());
        shrink(
            it.counterpartyAccountId(), it.instrumentId(), it.counterpartySide(), it.closedUnits());
      }
      case Event.AccountTakenOver it ->
          sides.keySet().removeIf(key -> key.accountId() == it.accountId());
      case Event.InstrumentSettled it ->
          sides.keySet().removeIf(key -> key.instrumentId() == it.instrumentId());
      default -> {}
    }
  }

  private void shrink(long accountId, int instrumentId, PositionSide side, long units) {
    add(accountId, instrumentId, side, side == PositionSide.LONG ? -units : units);
  }

  private void add(long accountId, int instrumentId, PositionSide side, long units) {
    if (hedged.contains(accountId)) {
      long held = side(accountId, instrumentId, side).quantity();
      sides.put(new Key(accountId, instrumentId, side), new Holding(held + units, 0, 0, 0, 0));
    }
  }
}
