package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.Clearing;
import io.evenkeel.model.account.LedgerAccount.House;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.LedgerAccount.InstrumentFund;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.LedgerAccount.Wallet;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import java.math.BigInteger;
import java.util.Objects;

/// The only place where balances of the book change: one amount leaves one account and reaches
/// another.
final class Ledger {
  private final AuditBook book;
  private final Journal journal;

  Ledger(AuditBook book, Journal journal) {
    this.book = book;
    this.journal = journal;
  }

  static LedgerAccount wallet(AuditParty party) {
    return new Wallet(party.id);
  }

  static LedgerAccount margin(AuditAccount account) {
    return new Margin(account.id);
  }

  static LedgerAccount clearing(AuditInstrument instrument) {
    return new Clearing(instrument.id());
  }

  static LedgerAccount fund(AuditInstrument instrument) {
    return new InstrumentFund(instrument.id());
  }

  static LedgerAccount house(HouseAccount account) {
    return new House(account);
  }

  /// Moves an amount, minor units, and says so; nothing is said of nothing.
  ///
  /// @throws IllegalArgumentException when the amount is negative
  void post(
      AuditAsset asset,
      LedgerAccount from,
      LedgerAccount to,
      BigInteger amount,
      MoneyReason reason) {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("posting of " + amount + " for " + reason);
    }
    if (amount.signum() > 0) {
      postInterest(asset, from);
      add(asset, from, amount.negate());
      postInterest(asset, to);
      add(asset, to, amount);
      journal.say(new Event.MoneyMoved(asset.id(), from, to, amount.longValueExact(), reason));
    }
  }

  private void postInterest(AuditAsset asset, LedgerAccount account) {
    if (account instanceof Margin margin) {
      postInterest(asset, Objects.requireNonNull(book.account(margin.accountId())));
    }
  }

  /// Posts what interest has come to since a balance was last touched.
  void postInterest(AuditAsset asset, AuditAccount account) {
    if (asset.lent == null) {
      return;
    }
    BigInteger posted = account.posted().getOrDefault(asset.index, BigInteger.ZERO);
    BigInteger earned = account.balance(asset).subtract(posted);
    account.addBalance(asset, BigInteger.ZERO);
    if (earned.signum() != 0) {
      BigInteger left = asset.house(HouseAccount.INTEREST).subtract(earned);
      asset.house.put(HouseAccount.INTEREST, left);
      LedgerAccount interest = house(HouseAccount.INTEREST);
      LedgerAccount margin = margin(account);
      boolean gain = earned.signum() > 0;
      journal.say(
          new Event.MoneyMoved(
              asset.id(),
              gain ? interest : margin,
              gain ? margin : interest,
              earned.abs().longValueExact(),
              MoneyReason.INTEREST));
    }
  }

  /// Moves a signed result between clearing and a margin account: a profit comes, a loss goes.
  void postResult(
      AuditInstrument instrument, AuditAccount account, BigInteger result, MoneyReason reason) {
    LedgerAccount clearing = clearing(instrument);
    if (result.signum() >= 0) {
      post(instrument.settlement, clearing, margin(account), result, reason);
    } else {
      post(instrument.settlement, margin(account), clearing, result.negate(), reason);
    }
  }

  private void add(AuditAsset asset, LedgerAccount account, BigInteger amount) {
    switch (account) {
      case Wallet wallet -> {
        AuditParty party = Objects.requireNonNull(book.parties.get(wallet.partyId()));
        BigInteger after = party.wallet(asset).add(amount);
        if (after.signum() == 0) {
          party.wallet.remove(asset.index);
        } else {
          party.wallet.put(asset.index, after);
        }
      }
      case Margin margin -> {
        AuditAccount owner = Objects.requireNonNull(book.account(margin.accountId()));
        BigInteger before = owner.balance(asset);
        owner.addBalance(asset, amount);
        LentAsset lent = asset.lent;
        if (lent != null) {
          lent.changed(before, owner.balance(asset));
        }
      }
      case Clearing clearing -> {
        AuditInstrument instrument =
            Objects.requireNonNull(book.instrument(clearing.instrumentId()));
        instrument.clearing = instrument.clearing.add(amount);
      }
      case InstrumentFund fund -> {
        AuditInstrument instrument = Objects.requireNonNull(book.instrument(fund.instrumentId()));
        instrument.fund = instrument.fund.add(amount);
      }
      case House house ->
          asset.house.put(house.account(), asset.house(house.account()).add(amount));
    }
  }
}
