package io.evenkeel.lab.history;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.BidInAuction;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.SetAccountMode;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bids for accounts that are auctioned, and what a bidder does to be one.
final class AuctionChoices {
  private static final int NOBODY = 60_000;

  private final HistoryWorld world;
  private final Dice dice;
  private final AccountChoices accounts;
  private final Map<Long, Event.AuctionStarted> live = new LinkedHashMap<>();

  AuctionChoices(HistoryWorld world, AccountChoices accounts) {
    this.world = world;
    this.dice = world.dice;
    this.accounts = accounts;
  }

  /// Notes what happened.
  void happened(Event event) {
    switch (event) {
      case Event.AuctionStarted started -> live.put(started.accountId(), started);
      case Event.AuctionEnded ended -> live.remove(ended.accountId());
      default -> {}
    }
  }

  /// A bid for an account in an auction, or a step towards one: somebody without positions takes on
  /// the rules of the account, parts with everything but cash, and has cash. Null without auctions.
  @Nullable Command bid() {
    if (live.isEmpty()) {
      return null;
    }
    Event.AuctionStarted auction = dice.pick(new ArrayList<>(live.values()));
    OpenAccount sold = world.accounts.get(auction.accountId());
    OpenAccount bidder = bidder();
    if (sold == null || bidder == null) {
      return null;
    }
    Command step = preparation(bidder, sold.rulebookId(), auction.cashAssetId());
    return step == null ? bid(auction, bidder.accountId()) : step;
  }

  private @Nullable OpenAccount bidder() {
    for (OpenAccount account : world.accounts.values()) {
      if (account.role() == AccountRole.TRADER
          && !live.containsKey(account.accountId())
          && world.holdings(account.accountId()).isEmpty()) {
        return account;
      }
    }
    return null;
  }

  private @Nullable Command preparation(OpenAccount bidder, int rulebook, int cash) {
    long id = bidder.accountId();
    if (bidder.rulebookId() != rulebook || bidder.mode() != AccountMode.CROSS) {
      return new SetAccountMode(id, rulebook, AccountMode.CROSS, -1);
    }
    for (int asset : world.assets.keySet()) {
      long held = world.marginMinor(id, asset);
      if (asset != cash && held > 0) {
        return new Transfer(id, asset, held, Direction.TO_WALLET);
      }
    }
    double value =
        (world.walletMinor(bidder.partyId(), cash) + world.marginMinor(id, cash))
            * world.minorValue(cash);
    return value < 2_000 && dice.chance(0.9)
        ? new Deposit(bidder.partyId(), cash, accounts.minor(cash, 20_000))
        : null;
  }

  private Command bid(Event.AuctionStarted auction, long bidder) {
    Decimal share =
        dice.chance(0.5) ? Decimal.ONE : dice.decimal("0.1", "0.333333333333333333", "0.75");
    long limit = dice.chance(0.9) ? Long.MAX_VALUE / 4 : dice.oneOf(0L, -1_000_000L, 1L);
    return new BidInAuction(auction.accountId(), bidder, share, auction.cashAssetId(), limit);
  }

  /// Money out of a wallet while an account is auctioned; null while none is, or for want of money.
  @Nullable Command withdrawal() {
    List<Event.AuctionStarted> insolvent =
        live.values().stream().filter(Event.AuctionStarted::insolvent).toList();
    if (insolvent.isEmpty()) {
      return null;
    }
    int cash = dice.pick(insolvent).cashAssetId();
    for (long party : dice.shuffled(world.parties)) {
      long held = world.walletMinor(party, cash);
      if (held > 0) {
        return new Withdraw(party, cash, held);
      }
    }
    return null;
  }

  /// A bid that cannot be taken; null while there are few accounts.
  @Nullable Command badBid() {
    List<Long> all = new ArrayList<>(world.accounts.keySet());
    if (all.size() < 2 || world.assets.isEmpty()) {
      return null;
    }
    long sold = live.isEmpty() ? dice.pick(all) : dice.pick(new ArrayList<>(live.keySet()));
    Event.AuctionStarted auction = live.get(sold);
    int cash =
        auction == null ? dice.pick(new ArrayList<>(world.assets.keySet())) : auction.cashAssetId();
    long other = dice.pick(all);
    OpenAccount able = bidder();
    long bidder = able == null ? other : able.accountId();
    Decimal whole = Decimal.ONE;
    return switch (dice.below(9)) {
      case 0 -> new BidInAuction(NOBODY, other, whole, cash, 1);
      case 1 -> new BidInAuction(sold, NOBODY, whole, cash, 1);
      case 2 -> new BidInAuction(sold, other, whole, NOBODY, 1);
      case 3 -> new BidInAuction(sold, sold, whole, cash, 1);
      case 4 -> new BidInAuction(sold, world.backstopId(), whole, cash, 1);
      case 5 -> new BidInAuction(sold, bidder, Decimal.ZERO, cash, 1);
      case 6 -> new BidInAuction(sold, bidder, new Decimal(11, 1), cash, 1);
      case 7 -> new BidInAuction(sold, bidder, new Decimal(-1, 1), cash, 1);
      default -> new BidInAuction(sold, other, whole, cash, Long.MAX_VALUE);
    };
  }
}
