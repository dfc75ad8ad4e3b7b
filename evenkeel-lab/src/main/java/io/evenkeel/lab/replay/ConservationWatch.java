package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts the venue's money from outside. What came in and went out is added up again from the
/// commands that were accepted, never read from the engine, so that money the engine lost or made
/// could not hide. The first breach is kept.
final class ConservationWatch {
  private final Listing listing;
  private final EngineView view;
  private final long[] externalMinor;
  private long checks;
  private long checkNs;
  private @Nullable String firstBreach;

  ConservationWatch(Listing listing, EngineView view) {
    this.listing = listing;
    this.view = view;
    externalMinor = new long[listing.assets().size()];
  }

  /// Takes note of a command that was accepted.
  void accepted(Command command) {
    switch (command) {
      case Command.Deposit in -> add(in.assetId(), in.amountMinor());
      case Command.ContributeInsurance in -> add(in.assetId(), in.amountMinor());
      case Command.Withdraw out -> add(out.assetId(), -out.amountMinor());
      default -> {}
    }
  }

  private void add(int assetId, long amountMinor) {
    externalMinor[assetId] = Math.addExact(externalMinor[assetId], amountMinor);
  }

  /// Checks everything, between commands.
  ///
  /// @param tick number of the tick after which this is, for the breach's text; 0 = after set-up
  void check(long tick) {
    long beganNs = System.nanoTime();
    checks++;
    if (firstBreach == null) {
      List<String> breaches = new ArrayList<>(view.conservationBreaches());
      for (Asset asset : listing.assets()) {
        long outsideMinor = view.houseMinor(HouseAccount.OUTSIDE_WORLD, asset.assetId());
        long expectedMinor = -externalMinor[asset.assetId()];
        if (outsideMinor != expectedMinor) {
          breaches.add(
              "%s: the outside world's balance is %d, the commands add up to %d"
                  .formatted(asset.symbol(), outsideMinor, expectedMinor));
        }
      }
      if (!breaches.isEmpty()) {
        firstBreach = "after tick " + tick + ": " + String.join("; ", breaches);
      }
    }
    checkNs += System.nanoTime() - beganNs;
  }

  /// The first breach in words; null while everything adds up.
  @Nullable String firstBreach() {
    return firstBreach;
  }

  /// How often everything was counted.
  long checks() {
    return checks;
  }

  /// Time spent counting.
  long checkNs() {
    return checkNs;
  }
}
