package io.evenkeel.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A party: its wallet and its accounts.
final class AuditParty {
  final long id;

  /// By asset index; only what is not zero.
  final TreeMap<Integer, BigInteger> wallet = new TreeMap<>();

  /// In account order, closed ones included.
  final List<AuditAccount> accounts = new ArrayList<>();

  boolean siblingTopUp;

  AuditParty(long id) {
    this.id = id;
  }

  BigInteger wallet(AuditAsset asset) {
    return wallet.getOrDefault(asset.index, BigInteger.ZERO);
  }

  List<AuditAccount> openAccounts() {
    return accounts.stream().filter(account -> !account.closed).toList();
  }
}
