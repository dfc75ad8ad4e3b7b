package io.evenkeel.lab.history;

import io.evenkeel.lab.history.HistoryWorld.Holding;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accounts, parties and their money.
final class AccountChoices {
  /// The party of the venue itself, which owns the backstop.
  static final long HOUSE = 7;

  private final HistoryWorld world;
  private final Dice dice;
  private long nextAccount = 1000;
  private long nextParty = 20;

  AccountChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
  }

  /// The account of the backstop, or null while there is no rulebook.
  @Nullable Command openBackstop() {
    if (world.rulebookVersions.isEmpty()) {
      return null;
    }
    return new OpenAccount(
        nextAccount++, HOUSE, rulebook(), AccountMode.CROSS, -1, AccountRole.BACKSTOP);
  }

  private int rulebook() {
    return dice.pick(new ArrayList<>(world.rulebookVersions.keySet()));
  }

  /// A trader's account, of a new party or of one that has some; null when no more are allowed.
  @Nullable Command open() {
    int opened = world.accounts.size() + world.closedAccounts.size();
    if (world.rulebookVersions.isEmpty() || opened >= world.limits.accounts()) {
      return null;
    }
    if (world.backstopId() < 0 && dice.chance(0.3)) {
      return openBackstop();
    }
    boolean newParty = world.parties.size() < world.limits.parties() / 6 || dice.chance(0.25);
    newParty &= world.parties.size() < world.limits.parties();
    long party = newParty ? nextParty++ : dice.pick(world.parties);
    boolean isolated = dice.chance(0.25) && !world.instruments.isEmpty();
    int instrument = isolated ? dice.pick(new ArrayList<>(world.instruments.keySet())) : -1;
    return new OpenAccount(
        nextAccount++,
        party,
        rulebook(),
        isolated ? AccountMode.ISOLATED : AccountMode.CROSS,
        instrument,
        AccountRole.TRADER);
  }

  /// Closes an account that seems to hold no position, or now and then any; null while few are
  /// open.
  @Nullable Command close() {
    List<OpenAccount> traders = world.traders();
    if (traders.size() < 12) {
      return null;
    }
    OpenAccount account = dice.pick(traders);
    boolean empty = world.holdings(account.accountId()).isEmpty();
    return empty || dice.chance(0.1) ? new CloseAccount(account.accountId()) : null;
  }

  @Nullable Command policy() {
    return world.parties.isEmpty()
        ? null
        : new SetPartyPolicy(dice.pick(world.parties), dice.chance(0.9));
  }

  @Nullable Command leverage() {
    List<OpenAccount> traders = world.traders();
    if (traders.isEmpty()) {
      return null;
    }
    int leverageE2 = dice.oneOf(0, 0, 100, 250, 333, 1_000, 2_000, 10_000, 100_000);
    return new SetLeverage(dice.pick(traders).accountId(), leverageE2);
  }

  Command reassess() {
    List<Long> ids = new ArrayList<>();
    if (dice.chance(0.5)) {
      List<Long> all = new ArrayList<>(world.accounts.keySet());
      for (int i = dice.below(4); i > 0 && !all.isEmpty(); i--) {
        ids.add(dice.pick(all));
      }
    }
    return new Reassess(ids, dice.chance(0.6));
  }

  /// A deposit that is small change for some parties and a fortune for others.
  @Nullable Command deposit() {
    return world.parties.isEmpty() ? null : deposit(dice.pick(world.parties));
  }

  Command deposit(long party) {
    double value = party == HOUSE ? dice.magnitude(5_000, 300_000) : dice.magnitude(5, 20_000);
    int asset = asset();
    return new Deposit(party, asset, minor(asset, value));
  }

  Command insure() {
    int asset = asset();
    return new ContributeInsurance(asset, minor(asset, dice.magnitude(1, 3_000)));
  }

  private int asset() {
    return dice.pick(new ArrayList<>(world.assets.keySet()));
  }

  /// About so much value in an asset, minor units.
  long minor(int assetId, double value) {
    return Math.max(1, (long) (value / world.minorValue(assetId)));
  }

  /// A withdrawal of part of a wallet, or null when the wallet chosen is empty.
  @Nullable Command withdraw() {
    if (world.parties.isEmpty()) {
      return null;
    }
    long party = dice.pick(world.parties);
    int asset = asset();
    long held = world.walletMinor(party, asset);
    return held <= 0 ? null : new Withdraw(party, asset, part(held));
  }

  /// A transfer between a wallet and a margin account, or null when there is nothing to move.
  @Nullable Command transfer() {
    List<OpenAccount> all = new ArrayList<>(world.accounts.values());
    if (all.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(all);
    int asset = asset();
    boolean toMargin = dice.chance(0.75);
    long held =
        toMargin
            ? world.walletMinor(account.partyId(), asset)
            : world.marginMinor(account.accountId(), asset);
    if (held <= 0) {
      return null;
    }
    return new Transfer(
        account.accountId(),
        asset,
        part(held),
        toMargin ? Direction.TO_MARGIN : Direction.TO_WALLET);
  }

  /// Money for an account that has a position and lost most of what backs it, or null.
  @Nullable Command rescue() {
    for (OpenAccount account : dice.shuffled(world.traders())) {
      List<Holding> rows = new ArrayList<>(world.holdings(account.accountId()).values());
      if (!rows.isEmpty()) {
        return deposit(account.partyId());
      }
    }
    return null;
  }

  private long part(long held) {
    return dice.chance(0.3) ? held : Math.max(1, (long) (held * dice.share()));
  }
}
