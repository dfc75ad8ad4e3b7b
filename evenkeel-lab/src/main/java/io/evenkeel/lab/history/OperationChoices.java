package io.evenkeel.lab.history;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.BustTrade;
import io.evenkeel.model.command.Command.CorrectTrade;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.SetAccountMode;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.Command.TransferPosition;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a venue does to accounts beside trading, well asked for and badly.
final class OperationChoices {
  private static final int NOBODY = 60_000;

  private final HistoryWorld world;
  private final Dice dice;
  private final TradeChoices trades;

  OperationChoices(HistoryWorld world, TradeChoices trades) {
    this.world = world;
    this.dice = world.dice;
    this.trades = trades;
  }

  /// A position, or part of one, that goes to another account; null when nobody holds any.
  @Nullable Command transfer() {
    LinearContract contract = trades.instrument();
    if (contract == null) {
      return null;
    }
    OpenAccount holder = holder(contract);
    OpenAccount taker = dice.pick(new ArrayList<>(world.accounts.values()));
    if (holder == null || holder.accountId() == taker.accountId()) {
      return null;
    }
    int id = contract.instrumentId();
    long held = Math.abs(world.holding(holder.accountId(), id).quantity());
    long units = dice.chance(0.4) ? held : trades.lots(contract, (long) (held * dice.share()));
    TransferBasis basis = dice.oneOf(TransferBasis.values());
    long price =
        basis == TransferBasis.PRICE
            ? trades.walk(contract).times(1 + 0.1 * (dice.share() - 0.5))
            : 0;
    return new TransferPosition(id, holder.accountId(), taker.accountId(), units, basis, price);
  }

  private @Nullable OpenAccount holder(LinearContract contract) {
    for (OpenAccount account :
        dice.shuffled(new ArrayList<>(world.accountsFor(contract.instrumentId())))) {
      if (world.holding(account.accountId(), contract.instrumentId()).quantity() != 0) {
        return account;
      }
    }
    return null;
  }

  /// A transfer that is wrong in some way; null when what it needs does not exist yet.
  @Nullable Command badTransfer() {
    if (world.instruments.isEmpty() || world.accounts.size() < 2) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    OpenAccount holder = holder(contract);
    List<Long> all = new ArrayList<>(world.accounts.keySet());
    long one = holder == null ? dice.pick(all) : holder.accountId();
    long other = dice.pick(all);
    int id = contract.instrumentId();
    long lot = contract.lotSize();
    long held = Math.abs(world.holding(one, id).quantity());
    TransferBasis mark = TransferBasis.MARK;
    TransferBasis stated = TransferBasis.PRICE;
    long most = contract.maximumPriceUnits();
    List<Integer> gone = new ArrayList<>(world.settled.keySet());
    return switch (dice.below(11)) {
      case 0 -> new TransferPosition(NOBODY, one, other, lot, mark, 0);
      case 1 -> new TransferPosition(id, NOBODY, other, lot, mark, 0);
      case 2 -> new TransferPosition(id, one, NOBODY, lot, mark, 0);
      case 3 -> new TransferPosition(id, one, one, lot, mark, 0);
      case 4 ->
          gone.isEmpty() ? null : new TransferPosition(dice.pick(gone), one, other, lot, mark, 0);
      case 5 -> new TransferPosition(id, one, other, dice.oneOf(0L, -lot, lot + 1), mark, 0);
      case 6 -> new TransferPosition(id, one, other, held + lot, mark, 0);
      case 7 ->
          new TransferPosition(
              id, one, other, lot, stated, dice.oneOf(0L, -1L, most + 1, Long.MAX_VALUE));
      case 8 -> new TransferPosition(id, one, other, lot, TransferBasis.COST, 1);
      case 9 -> new TransferPosition(id, one, other, lot, stated, dice.oneOf(1L, most));
      default -> new TransferPosition(id, one, other, lot, TransferBasis.COST, 0);
    };
  }

  /// A trade of late that is taken back, mostly as it was; null before the first.
  @Nullable Command bust() {
    if (world.fills.isEmpty()) {
      return null;
    }
    Fill fill = dice.pick(world.fills);
    LinearContract contract = world.instruments.get(fill.instrumentId());
    if (contract == null) {
      return null;
    }
    boolean whole = dice.chance(0.7);
    return new BustTrade(
        fill.instrumentId(),
        fill.buyerAccountId(),
        fill.sellerAccountId(),
        whole
            ? fill.quantityUnits()
            : trades.lots(contract, (long) (fill.quantityUnits() * dice.share())),
        fill.priceUnits(),
        whole ? fill.buyerFeeMinor() : 0,
        whole ? fill.sellerFeeMinor() : 0);
  }

  /// Another price for a trade of late; null before the first.
  @Nullable Command correction() {
    if (world.fills.isEmpty()) {
      return null;
    }
    Fill fill = dice.pick(world.fills);
    LinearContract contract = world.instruments.get(fill.instrumentId());
    if (contract == null) {
      return null;
    }
    return new CorrectTrade(
        fill.instrumentId(),
        fill.buyerAccountId(),
        fill.sellerAccountId(),
        fill.quantityUnits(),
        fill.priceUnits(),
        trades.walk(contract).times(1 + 0.1 * (dice.share() - 0.5)));
  }

  /// A trade that cannot be taken back; null while there is no instrument.
  @Nullable Command badBust() {
    if (world.instruments.isEmpty() || world.accounts.size() < 2) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    List<Long> all = new ArrayList<>(world.accounts.keySet());
    int id = contract.instrumentId();
    long one = dice.pick(all);
    long other = dice.pick(all);
    long lot = contract.lotSize();
    long price = trades.walk(contract).units();
    long open = contract.maximumOpenInterestUnits() / lot * lot;
    List<Integer> gone = new ArrayList<>(world.settled.keySet());
    return switch (dice.below(9)) {
      case 0 -> new BustTrade(NOBODY, one, other, lot, price, 0, 0);
      case 1 -> new BustTrade(id, NOBODY, other, lot, price, 0, 0);
      case 2 -> new BustTrade(id, one, one, lot, price, 0, 0);
      case 3 -> gone.isEmpty() ? null : new BustTrade(dice.pick(gone), one, other, lot, 1, 0, 0);
      case 4 -> new BustTrade(id, one, other, dice.oneOf(0L, lot + 1, open + lot), price, 0, 0);
      case 5 -> new BustTrade(id, one, other, lot, dice.oneOf(0L, Long.MAX_VALUE), 0, 0);
      case 6 -> new BustTrade(id, one, other, lot, price, dice.oneOf(-1L, Long.MIN_VALUE), 0);
      case 7 -> new BustTrade(id, one, other, open, price, 0, 0);
      default ->
          new BustTrade(
              id, one, other, open, price, trades.worthMinor(contract, open, price) / 10, 0);
    };
  }

  /// A trade that cannot be given another price; null while there is no instrument.
  @Nullable Command badCorrection() {
    if (world.instruments.isEmpty() || world.accounts.size() < 2) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    List<Long> all = new ArrayList<>(world.accounts.keySet());
    int id = contract.instrumentId();
    long one = dice.pick(all);
    long other = dice.pick(all);
    long lot = contract.lotSize();
    long open = contract.maximumOpenInterestUnits() / lot * lot;
    long most = contract.maximumPriceUnits();
    return switch (dice.below(6)) {
      case 0 -> new CorrectTrade(NOBODY, one, other, lot, 1, 2);
      case 1 -> new CorrectTrade(id, one, NOBODY, lot, 1, 2);
      case 2 -> new CorrectTrade(id, one, one, lot, 1, 2);
      case 3 -> new CorrectTrade(id, one, other, dice.oneOf(0L, open + lot), 1, 2);
      case 4 -> new CorrectTrade(id, one, other, lot, 0, 2);
      default -> new CorrectTrade(id, one, other, lot, 1, dice.oneOf(0L, most + 1));
    };
  }

  /// Another mode or rulebook for a trader; null while there is none.
  @Nullable Command mode() {
    List<OpenAccount> traders = world.traders();
    if (traders.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(traders);
    int rulebook = dice.pick(new ArrayList<>(world.rulebookVersions.keySet()));
    List<Integer> held = new ArrayList<>(world.holdings(account.accountId()).keySet());
    if (held.isEmpty() || dice.chance(0.2)) {
      held = new ArrayList<>(world.instruments.keySet());
    }
    return held.isEmpty() || dice.chance(0.6)
        ? new SetAccountMode(account.accountId(), rulebook, AccountMode.CROSS, -1)
        : new SetAccountMode(account.accountId(), rulebook, AccountMode.ISOLATED, dice.pick(held));
  }

  /// A mode or rulebook that cannot be; null while there is no account.
  @Nullable Command badMode() {
    if (world.accounts.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(new ArrayList<>(world.accounts.values()));
    OpenAccount called = world.anyCalled();
    long id = account.accountId();
    int rulebook = account.rulebookId();
    List<Integer> gone = new ArrayList<>(world.settled.keySet());
    return switch (dice.below(7)) {
      case 0 -> new SetAccountMode(NOBODY, rulebook, AccountMode.CROSS, -1);
      case 1 -> new SetAccountMode(id, NOBODY, AccountMode.CROSS, -1);
      case 2 -> new SetAccountMode(world.backstopId(), rulebook, AccountMode.CROSS, -1);
      case 3 -> new SetAccountMode(id, rulebook, AccountMode.CROSS, 1);
      case 4 -> new SetAccountMode(id, rulebook, AccountMode.ISOLATED, NOBODY);
      case 5 ->
          gone.isEmpty()
              ? null
              : new SetAccountMode(id, rulebook, AccountMode.ISOLATED, dice.pick(gone));
      default ->
          called == null
              ? null
              : new SetAccountMode(called.accountId(), rulebook, AccountMode.CROSS, -1);
    };
  }
}
