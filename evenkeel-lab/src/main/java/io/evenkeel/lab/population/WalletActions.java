package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.command.Command;
import java.util.SplittableRandom;

/// Traders bringing money and taking it out.
final class WalletActions {
  private static final int SETTLEMENT_ASSET_ID = 0;

  /// Ten USDT.
  private static final long LEAST_DEPOSIT_MINOR = 10_000_000L;

  private final Population population;
  private final Listing listing;
  private final AccountView view;
  private final CommandSink sink;

  WalletActions(Population population, AccountView view, CommandSink sink) {
    this.population = population;
    this.listing = population.listing();
    this.view = view;
    this.sink = sink;
  }

  /// Brings a tenth to a half of what the account must hold, in the settlement asset.
  void deposit(long timeNs, int trader, SplittableRandom random) {
    long initialE6 = Math.max(0, view.initialE6(population.accountId(trader)));
    long amount = (long) (initialE6 * (0.1 + 0.4 * random.nextDouble()));
    bring(timeNs, trader, amount);
  }

  /// Brings a stated sum, at least ten USDT.
  void bring(long timeNs, int trader, long amountMinor) {
    long amount = Math.max(LEAST_DEPOSIT_MINOR, amountMinor);
    sink.submit(
        timeNs, new Command.Deposit(population.partyId(trader), SETTLEMENT_ASSET_ID, amount));
  }

  /// Takes a tenth to a half of one asset out of the wallet, unless an account of the party is in
  /// need.
  void withdraw(long timeNs, int trader, SplittableRandom random) {
    long partyId = population.partyId(trader);
    int count = listing.assets().size();
    int start = random.nextInt(count);
    double share = 0.1 + 0.4 * random.nextDouble();
    for (int i = 0; i < count; i++) {
      int assetId = (start + i) % count;
      long amount = (long) (view.walletMinor(partyId, assetId) * share);
      if (amount > 0) {
        if (mayWithdraw(trader)) {
          sink.submit(timeNs, new Command.Withdraw(partyId, assetId, amount));
        }
        return;
      }
    }
  }

  /// Looks at the party's other accounts too: they are the trader's neighbours.
  private boolean mayWithdraw(int trader) {
    long partyId = population.partyId(trader);
    int first = trader;
    while (first > 0 && population.partyId(first - 1) == partyId) {
      first--;
    }
    for (int i = first; i < population.traderCount() && population.partyId(i) == partyId; i++) {
      long accountId = population.accountId(i);
      if (view.call(accountId) != null || view.equityE6(accountId) < view.initialE6(accountId)) {
        return false;
      }
    }
    return true;
  }
}
