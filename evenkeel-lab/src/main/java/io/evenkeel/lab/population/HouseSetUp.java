package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.Rulebook;

/// What every population begins with: reference data, the rulebook, first marks, and the accounts
/// of the house.
final class HouseSetUp {
  private static final int SETTLEMENT_ASSET_ID = 0;

  private HouseSetUp() {}

  /// Assets, then the rulebook that names them, then contracts and their first marks.
  static void define(long timeNs, Listing listing, Rulebook rulebook, CommandSink sink) {
    for (Asset asset : listing.assets()) {
      sink.submit(timeNs, new Command.DefineAsset(asset));
    }
    sink.submit(timeNs, new Command.DefineRulebook(Population.RULEBOOK_ID, rulebook, timeNs));
    for (Instrument contract : listing.contracts()) {
      sink.submit(timeNs, new Command.DefineInstrument(contract));
    }
    sink.submit(timeNs, new Command.MarkPrices(listing.firstMarks(timeNs)));
  }

  /// A cross account of the house.
  static void open(long timeNs, long accountId, long partyId, AccountRole role, CommandSink sink) {
    sink.submit(
        timeNs,
        new Command.OpenAccount(
            accountId, partyId, Population.RULEBOOK_ID, AccountMode.CROSS, -1, role));
  }

  /// Money from outside, posted as margin. Only the backstop keeps margin that it does not need.
  static void fund(long timeNs, long accountId, long partyId, long amountMinor, CommandSink sink) {
    sink.submit(timeNs, new Command.Deposit(partyId, SETTLEMENT_ASSET_ID, amountMinor));
    sink.submit(
        timeNs,
        new Command.Transfer(
            accountId, SETTLEMENT_ASSET_ID, amountMinor, Command.Direction.TO_MARGIN));
  }
}
