package io.evenkeel.reader;

import java.util.List;
import java.util.Map;

/// One party.
///
/// @param siblingTopUp whether its accounts may help one another
/// @param walletMinor what it holds outside its margin accounts, by asset id; zero balances left
///   out
/// @param accountIds its open margin accounts
public record PartyReading(
    long partyId, boolean siblingTopUp, Map<Integer, Long> walletMinor, List<Long> accountIds) {
  /// Copies the collections.
  public PartyReading {
    walletMinor = Map.copyOf(walletMinor);
    accountIds = List.copyOf(accountIds);
  }
}
