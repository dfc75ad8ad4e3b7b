package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import java.math.BigInteger;
import java.util.Map;

/// What must hold after every command, added up again from nothing.
final class Conservation {
  private final AuditBook book;

  Conservation(AuditBook book) {
    this.book = book;
  }

  /// @throws IllegalStateException naming what does not add up
  void check() {
    BigInteger[] totals = new BigInteger[book.assets.size()];
    for (AuditAsset asset : book.assets) {
      totals[asset.index] = asset.house.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
    for (AuditParty party : book.parties.values()) {
      addTo(totals, party.wallet);
      for (BigInteger balance : party.wallet.values()) {
        require(balance.signum() > 0, "wallet of party " + party.id + " holds " + balance);
      }
    }
    for (AuditAccount account : book.accounts) {
      addTo(totals, account.posted());
      boolean empty = account.posted().isEmpty() && account.rows().isEmpty();
      require(empty || !account.closed, "closed account " + account.id + " is not empty");
    }
    for (AuditInstrument instrument : book.instruments) {
      int settlement = instrument.settlement.index;
      totals[settlement] = totals[settlement].add(instrument.clearing).add(instrument.fund);
      require(
          instrument.fund.signum() >= 0,
          "fund of instrument " + instrument.id() + " holds " + instrument.fund);
    }
    for (AuditAsset asset : book.assets) {
      checkAsset(asset, totals[asset.index]);
      checkInterest(asset);
    }
    checkPositions();
  }

  private static void addTo(BigInteger[] totals, Map<Integer, BigInteger> balances) {
    balances.forEach((asset, balance) -> totals[asset] = totals[asset].add(balance));
  }

  private static void checkAsset(AuditAsset asset, BigInteger total) {
    String symbol = asset.definition.symbol();
    require(total.signum() == 0, "balances in " + symbol + " add up to " + total);
    BigInteger outside = asset.house(HouseAccount.OUTSIDE_WORLD);
    require(
        outside.add(asset.netExternal).signum() == 0,
        symbol + ": outside world holds " + outside + ", commands say " + asset.netExternal);
    require(
        asset.house(HouseAccount.SETTLEMENT).signum() == 0,
        symbol + ": settlement holds " + asset.house(HouseAccount.SETTLEMENT));
    require(
        asset.house(HouseAccount.INSURANCE_FUND).signum() >= 0,
        symbol + ": insurance fund holds " + asset.house(HouseAccount.INSURANCE_FUND));
    require(
        asset.house(HouseAccount.BAD_DEBT).signum() <= 0,
        symbol + ": bad debt is " + asset.house(HouseAccount.BAD_DEBT));
  }

  /// What debtors paid and owe is enough for what holders were paid and have earned.
  private void checkInterest(AuditAsset asset) {
    BigInteger left = asset.house(HouseAccount.INTEREST);
    for (AuditAccount account : book.accounts) {
      BigInteger posted = account.posted().getOrDefault(asset.index, BigInteger.ZERO);
      left = left.add(posted).subtract(account.balance(asset));
    }
    require(left.signum() >= 0, asset.definition.symbol() + ": interest is short of " + left);
  }

  private void checkPositions() {
    int count = book.instruments.size();
    BigInteger[] net = new BigInteger[count];
    BigInteger[] ticks = new BigInteger[count];
    for (AuditInstrument instrument : book.instruments) {
      net[instrument.index] = BigInteger.ZERO;
      ticks[instrument.index] = instrument.clearing.multiply(instrument.ticksPerMinor);
    }
    for (AuditAccount account : book.accounts) {
      for (Map.Entry<Place, Row> entry : account.rows().entrySet()) {
        int index = entry.getKey().instrument().index;
        Row row = entry.getValue();
        int sign = row.quantity().signum();
        boolean onItsSide =
            switch (entry.getKey().side()) {
              case NET -> !account.hedged;
              case LONG -> account.hedged && sign >= 0;
              case SHORT -> account.hedged && sign <= 0;
            };
        boolean sound =
            onItsSide && row.exists() && (row.hasPosition() || row.cost().signum() == 0);
        require(sound, "account " + account.id + " keeps the row " + row);
        net[index] = net[index].add(row.quantity());
        ticks[index] = ticks[index].add(row.cost());
      }
    }
    for (AuditInstrument instrument : book.instruments) {
      String symbol = instrument.contract.symbol();
      BigInteger open = net[instrument.index];
      BigInteger cost = ticks[instrument.index];
      require(open.signum() == 0, symbol + ": longs exceed shorts by " + open);
      require(
          cost.equals(instrument.residueTicks),
          symbol + ": cost and clearing are " + cost + ", residue " + instrument.residueTicks);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException("not conserved: " + otherwise);
    }
  }
}
