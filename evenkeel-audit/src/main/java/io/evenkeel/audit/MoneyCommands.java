package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.AccrueInterest;
import io.evenkeel.model.command.Command.Borrow;
import io.evenkeel.model.command.Command.ChargeFee;
import io.evenkeel.model.command.Command.CloseInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.MarketConduct.FeeSource;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Money into, out of and inside the venue.
final class MoneyCommands {
  private static final LedgerAccount OUTSIDE = Ledger.house(HouseAccount.OUTSIDE_WORLD);

  private final AuditBook book;
  private final Ledger ledger;
  private final Valuation valuation;
  private final Lending lending;
  private final Cycle cycle;

  MoneyCommands(AuditBook book, Ledger ledger, Valuation valuation, Lending lending, Cycle cycle) {
    this.book = book;
    this.lending = lending;
    this.ledger = ledger;
    this.valuation = valuation;
    this.cycle = cycle;
  }

  RefusalReason deposit(Deposit command) {
    AuditParty party = book.parties.get(command.partyId());
    if (party == null) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    RefusalReason refusal = whyNotIn(command.assetId(), command.amountMinor());
    if (refusal == RefusalReason.NONE) {
      bringIn(command.assetId(), command.amountMinor(), Ledger.wallet(party), MoneyReason.DEPOSIT);
      cycle.run(Trigger.DEPOSIT, party.openAccounts());
    }
    return refusal;
  }

  RefusalReason contribute(ContributeInsurance command) {
    RefusalReason refusal = whyNotIn(command.assetId(), command.amountMinor());
    if (refusal == RefusalReason.NONE) {
      bringIn(
          command.assetId(),
          command.amountMinor(),
          Ledger.house(HouseAccount.INSURANCE_FUND),
          MoneyReason.INSURANCE_CONTRIBUTION);
    }
    return refusal;
  }

  RefusalReason contribute(ContributeInstrumentFund command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    RefusalReason refusal = whyNotIn(instrument.settlement.id(), command.amountMinor());
    if (refusal == RefusalReason.NONE) {
      bringIn(
          instrument.settlement.id(),
          command.amountMinor(),
          Ledger.fund(instrument),
          MoneyReason.INSURANCE_CONTRIBUTION);
    }
    return refusal;
  }

  RefusalReason closeFund(CloseInstrumentFund command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    ledger.post(
        instrument.settlement,
        Ledger.fund(instrument),
        Ledger.house(HouseAccount.INSURANCE_FUND),
        instrument.fund,
        MoneyReason.INSURANCE);
    return RefusalReason.NONE;
  }

  /// A fee of the backstop out of the fund of the instrument.
  private RefusalReason chargeFund(
      @Nullable AuditInstrument instrument, AuditAsset asset, BigInteger amount, LedgerAccount to) {
    if (instrument == null
        || instrument.settlement != asset
        || instrument.fund.compareTo(amount) < 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    ledger.post(asset, Ledger.fund(instrument), to, amount, MoneyReason.FEE);
    return RefusalReason.NONE;
  }

  /// A fee out of what its payer has, source by source; nothing is taken unless all of it is there.
  RefusalReason charge(ChargeFee command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (command.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    LedgerAccount to = Ledger.house(HouseAccount.FEES);
    if (command.receivingPartyId() != -1) {
      AuditParty receiver = book.parties.get(command.receivingPartyId());
      if (receiver == null) {
        return RefusalReason.UNKNOWN_PARTY;
      }
      to = Ledger.wallet(receiver);
    }
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (command.instrumentId() != -1 && instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (book.isBackedByFunds(account)) {
      return chargeFund(instrument, asset, Exact.of(command.amountMinor()), to);
    }
    Map<LedgerAccount, BigInteger> shares = new LinkedHashMap<>();
    BigInteger rest = Exact.of(command.amountMinor());
    for (FeeSource source : Objects.requireNonNull(book.venue()).conduct().feeSources()) {
      LedgerAccount from =
          switch (source) {
            case MARGIN -> Ledger.margin(account);
            case WALLET -> Ledger.wallet(account.party);
          };
      BigInteger has =
          switch (source) {
            case MARGIN -> Exact.notBelowZero(account.balance(asset));
            case WALLET -> account.party.wallet(asset);
          };
      shares.put(from, has.min(rest));
      rest = rest.subtract(has.min(rest));
    }
    if (rest.signum() > 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    for (Map.Entry<LedgerAccount, BigInteger> share : shares.entrySet()) {
      ledger.post(asset, share.getKey(), to, share.getValue(), MoneyReason.FEE);
    }
    return RefusalReason.NONE;
  }

  private RefusalReason whyNotIn(int assetId, long amountMinor) {
    AuditAsset asset = book.asset(assetId);
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (amountMinor <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    BigInteger after = asset.netExternal.add(Exact.of(amountMinor));
    return after.compareTo(Exact.of(asset.definition.maximumSupplyMinor())) > 0
        ? RefusalReason.SUPPLY_EXCEEDED
        : RefusalReason.NONE;
  }

  private void bringIn(int assetId, long amountMinor, LedgerAccount to, MoneyReason reason) {
    AuditAsset asset = Objects.requireNonNull(book.asset(assetId));
    asset.netExternal = asset.netExternal.add(Exact.of(amountMinor));
    ledger.post(asset, OUTSIDE, to, Exact.of(amountMinor), reason);
  }

  /// Takes money out beyond what the account holds.
  RefusalReason borrow(Borrow command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (command.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    LentAsset loans = asset.lent;
    if (loans == null) {
      return RefusalReason.NOT_LENT;
    }
    RefusalReason standing = whyNotOut(account);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    if (asset.price.degraded) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    BigInteger amount = Exact.of(command.amountMinor());
    if (!loans.covers(amount)) {
      return RefusalReason.INSUFFICIENT_LIQUIDITY;
    }
    BigInteger owed = amount.subtract(Exact.notBelowZero(account.balance(asset)));
    BigInteger room =
        Exact.of(loans.terms.ceilingMinor()).subtract(loans.owed.divide(LentAsset.ONE));
    if (owed.signum() > 0 && owed.compareTo(room) > 0) {
      return RefusalReason.DEBT_CEILING;
    }
    if (amount.compareTo(Exact.of(asset.definition.maximumSupplyMinor())) > 0) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    if (!isInitialWithout(account, asset, amount)) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    ledger.post(
        asset, Ledger.margin(account), Ledger.wallet(account.party), amount, MoneyReason.BORROW);
    cycle.run(Trigger.WITHDRAWAL, List.of(account));
    return RefusalReason.NONE;
  }

  RefusalReason accrue(AccrueInterest command) {
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (asset.lent == null) {
      return RefusalReason.NOT_LENT;
    }
    lending.accrue(asset);
    cycle.run(Trigger.TIME, book.accountsExposedTo(asset));
    return RefusalReason.NONE;
  }

  /// Why nothing may leave an account that is not flat.
  private RefusalReason whyNotOut(AuditAccount account) {
    if (account.call != null) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    if (book.isDegraded(account)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    return book.isSuspended(account, CycleStep.RELEASE)
        ? RefusalReason.PHASE_FORBIDS
        : RefusalReason.NONE;
  }

  RefusalReason withdraw(Withdraw command) {
    AuditParty party = book.parties.get(command.partyId());
    if (party == null) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (command.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    BigInteger amount = Exact.of(command.amountMinor());
    if (party.wallet(asset).compareTo(amount) < 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    List<AuditAccount> accounts = party.openAccounts();
    if (accounts.stream().anyMatch(account -> account.call != null)) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    if (accounts.stream().anyMatch(book::isDegraded)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    for (AuditAccount account : accounts) {
      Weighed weighed = valuation.weigh(account);
      if (weighed.isBelow(weighed.initial())) {
        return RefusalReason.BELOW_INITIAL;
      }
    }
    if (isQueuedBeyondFund(asset)) {
      return RefusalReason.WITHDRAWALS_HALTED;
    }
    asset.netExternal = asset.netExternal.subtract(amount);
    ledger.post(asset, Ledger.wallet(party), OUTSIDE, amount, MoneyReason.WITHDRAWAL);
    cycle.run(Trigger.WITHDRAWAL, accounts);
    return RefusalReason.NONE;
  }

  /// Whether accounts in insolvent auctions lack more than the insurance fund is worth.
  private boolean isQueuedBeyondFund(AuditAsset asset) {
    BigInteger queued = BigInteger.ZERO;
    for (AuditAccount account : book.accounts) {
      AuditAuction auction = account.auction;
      if (auction != null && auction.cash == asset) {
        queued = queued.add(auction.queued);
      }
    }
    return queued.compareTo(asset.value(asset.house(HouseAccount.INSURANCE_FUND))) > 0;
  }

  RefusalReason transfer(Transfer command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (command.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    BigInteger amount = Exact.of(command.amountMinor());
    return switch (command.direction()) {
      case TO_MARGIN -> toMargin(account, asset, amount);
      case TO_WALLET -> toWallet(account, asset, amount);
    };
  }

  private RefusalReason toMargin(AuditAccount account, AuditAsset asset, BigInteger amount) {
    if (!account.rulebook.terms(asset).listed()) {
      return RefusalReason.NOT_COLLATERAL;
    }
    if (account.party.wallet(asset).compareTo(amount) < 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    ledger.post(
        asset,
        Ledger.wallet(account.party),
        Ledger.margin(account),
        amount,
        MoneyReason.TRANSFER_IN);
    cycle.run(Trigger.DEPOSIT, List.of(account));
    return RefusalReason.NONE;
  }

  private RefusalReason toWallet(AuditAccount account, AuditAsset asset, BigInteger amount) {
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    BigInteger balance = account.balance(asset);
    if (balance.compareTo(amount) < 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    if (!account.isFlat()) {
      RefusalReason standing = whyNotOut(account);
      if (standing != RefusalReason.NONE) {
        return standing;
      }
      BigInteger most = Excess.of(valuation, valuation.weigh(account)).releasable(asset, balance);
      if (amount.compareTo(most) > 0) {
        return RefusalReason.NOT_RELEASABLE;
      }
    }
    if (!asset.mayLeave(amount)) {
      return RefusalReason.INSUFFICIENT_LIQUIDITY;
    }
    if (!account.isFlat()
        && !account.rulebook.isTiered()
        && !isInitialWithout(account, asset, amount)) {
      return RefusalReason.NOT_RELEASABLE;
    }
    ledger.post(
        asset,
        Ledger.margin(account),
        Ledger.wallet(account.party),
        amount,
        MoneyReason.TRANSFER_OUT);
    cycle.run(Trigger.WITHDRAWAL, List.of(account));
    return RefusalReason.NONE;
  }

  /// Whether an account would still meet its initial level with an amount taken out.
  private boolean isInitialWithout(AuditAccount account, AuditAsset asset, BigInteger amount) {
    AuditAccount without = account.copy();
    without.addBalance(asset, amount.negate());
    Weighed weighed = valuation.weigh(without);
    return !weighed.isBelow(weighed.initial());
  }
}
