package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;

/// The accounts of a replay: a house with the backstop, a market maker, and traders. Traders are
/// numbered from 0; those of one party are neighbours.
public interface Population {
  /// The rulebook id under which every account is opened.
  int RULEBOOK_ID = 0;

  /// What the accounts trade.
  Listing listing();

  /// Number of trader accounts.
  int traderCount();

  /// Account of a trader.
  long accountId(int trader);

  /// Party of a trader.
  long partyId(int trader);

  /// The only instrument of an isolated trader account; -1 for a cross account.
  int isolatedInstrumentId(int trader);

  /// Whether the trader's party lets its accounts help one another.
  boolean allowsSiblingTopUp(int trader);

  /// Number of the trader with this account; -1 when it is not a trader's.
  int traderOf(long accountId);

  /// The backstop's account.
  long backstopAccountId();

  /// The party that owns the backstop.
  long housePartyId();

  /// The market maker's account.
  long marketMakerAccountId();

  /// The market maker's party.
  long marketMakerPartyId();

  /// Defines assets, contracts and the rulebook, marks every contract at its first price, and
  /// opens, funds and fills every account. Longs equal shorts in every contract afterwards.
  /// Commands are made one at a time, never kept.
  ///
  /// @param timeNs time of all commands, at most the first tick's
  SetUpReport setUp(long timeNs, CommandSink sink);

  /// What the population is made of, in words and numbers; after [#setUp] also what came out.
  /// Several lines.
  String describe();
}
