package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.lending.Lending;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.Collateral;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.MarketConduct.FeeSource;
import java.util.List;

/// Deposits, withdrawals and transfers (`docs/RULES.md`, section 3).
public final class TreasuryDesk {
  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final Collateral collateral;
  private final Lending lending;
  private final Weighing weighing = new Weighing();

  /// Reads and writes the book.
  public TreasuryDesk(
      Book book,
      Valuation valuation,
      ExposureRules exposures,
      Collateral collateral,
      Lending lending) {
    this.lending = lending;
    this.book = book;
    this.valuation = valuation;
    this.exposures = exposures;
    this.collateral = collateral;
  }

  /// Brings external money into a wallet.
  public RefusalReason deposit(Command.Deposit deposit) {
    int party = book.parties.find(deposit.partyId());
    if (party == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    return bringIn(
        deposit.assetId(), deposit.amountMinor(), Ledger.wallet(party), MoneyReason.DEPOSIT);
  }

  /// Brings external money into the insurance fund.
  public RefusalReason contribute(Command.ContributeInsurance contribution) {
    return bringIn(
        contribution.assetId(),
        contribution.amountMinor(),
        Ledger.house(HouseAccount.INSURANCE_FUND),
        MoneyReason.INSURANCE_CONTRIBUTION);
  }

  /// Sets external money aside for an instrument.
  public RefusalReason contribute(Command.ContributeInstrumentFund contribution) {
    int instrument = book.instruments.find(contribution.instrumentId());
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    return bringIn(
        book.instruments.at(instrument).settlementAssetId(),
        contribution.amountMinor(),
        Ledger.instrumentFund(instrument),
        MoneyReason.INSURANCE_CONTRIBUTION);
  }

  /// Moves what is set aside for an instrument into the insurance fund.
  public RefusalReason closeFund(Command.CloseInstrumentFund command) {
    int instrument = book.instruments.find(command.instrumentId());
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    book.ledger.post(
        book.instruments.settlementAsset(instrument),
        Ledger.instrumentFund(instrument),
        Ledger.house(HouseAccount.INSURANCE_FUND),
        book.ledger.instrumentFundBalance(instrument),
        MoneyReason.INSURANCE);
    return RefusalReason.NONE;
  }

  /// Charges a fee from the sources the venue names, in their order; refused when they do not have
  /// it together.
  public RefusalReason chargeFee(Command.ChargeFee fee) {
    int account = book.accounts.findOpen(fee.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    int asset = book.assets.find(fee.assetId());
    RefusalReason reason = checkAmount(asset, fee.amountMinor());
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    long to = Ledger.house(HouseAccount.FEES);
    if (fee.receivingPartyId() != -1) {
      int receiver = book.parties.find(fee.receivingPartyId());
      if (receiver == IdIndex.ABSENT) {
        return RefusalReason.UNKNOWN_PARTY;
      }
      to = Ledger.wallet(receiver);
    }
    int instrument = -1;
    if (fee.instrumentId() != -1) {
      instrument = book.instruments.find(fee.instrumentId());
      if (instrument == IdIndex.ABSENT) {
        return RefusalReason.UNKNOWN_INSTRUMENT;
      }
    }
    if (book.accounts.isFrozen(account)) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    book.workOn(account, -1);
    if (book.isBackedByFunds(account)) {
      return takeFromFund(instrument, asset, fee.amountMinor(), to);
    }
    return takeFee(account, asset, fee.amountMinor(), to)
        ? RefusalReason.NONE
        : RefusalReason.INSUFFICIENT_BALANCE;
  }

  /// Where funds stand behind the backstop, the fund of the instrument pays for it.
  private RefusalReason takeFromFund(int instrument, int asset, long amountMinor, long to) {
    if (instrument < 0
        || book.instruments.settlementAsset(instrument) != asset
        || book.ledger.instrumentFundBalance(instrument) < amountMinor) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    book.ledger.post(asset, Ledger.instrumentFund(instrument), to, amountMinor, MoneyReason.FEE);
    return RefusalReason.NONE;
  }

  private boolean takeFee(int account, int asset, long amountMinor, long to) {
    List<FeeSource> sources = book.rulebooks.venue().conduct().feeSources();
    long rest = amountMinor;
    for (int i = 0; i < sources.size() && rest > 0; i++) {
      long from =
          switch (sources.get(i)) {
            case MARGIN -> Ledger.margin(account);
            case WALLET -> Ledger.wallet(book.accounts.party(account));
          };
      long paid = Math.min(rest, Math.max(0, book.ledger.balance(asset, from)));
      book.ledger.post(asset, from, to, paid, MoneyReason.FEE);
      rest -= paid;
    }
    return rest == 0;
  }

  private RefusalReason bringIn(int assetId, long amountMinor, long to, MoneyReason reason) {
    int asset = book.assets.find(assetId);
    RefusalReason refusal = checkAmount(asset, amountMinor);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    long external = -book.ledger.houseBalance(HouseAccount.OUTSIDE_WORLD, asset);
    if (amountMinor > book.assets.at(asset).maximumSupplyMinor() - external) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    book.ledger.post(asset, Ledger.house(HouseAccount.OUTSIDE_WORLD), to, amountMinor, reason);
    return RefusalReason.NONE;
  }

  private static RefusalReason checkAmount(int asset, long amountMinor) {
    if (asset == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    return amountMinor <= 0 ? RefusalReason.INVALID_AMOUNT : RefusalReason.NONE;
  }

  /// Takes money out of a wallet.
  public RefusalReason withdraw(Command.Withdraw withdrawal) {
    int party = book.parties.find(withdrawal.partyId());
    if (party == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    int asset = book.assets.find(withdrawal.assetId());
    RefusalReason reason = checkAmount(asset, withdrawal.amountMinor());
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (withdrawal.amountMinor() > book.ledger.walletBalance(party, asset)) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    reason = checkPartyIsSafe(party);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (isQueuedBeyondFund(asset)) {
      return RefusalReason.WITHDRAWALS_HALTED;
    }
    book.ledger.post(
        asset,
        Ledger.wallet(party),
        Ledger.house(HouseAccount.OUTSIDE_WORLD),
        withdrawal.amountMinor(),
        MoneyReason.WITHDRAWAL);
    return RefusalReason.NONE;
  }

  /// Whether accounts in auctions lack more than the insurance fund could pay: whoever leaves first
  /// would leave the loss to those who stay.
  private boolean isQueuedBeyondFund(int asset) {
    return book.auctions.queuedOfAssetE6(asset) > 0
        && !book.assets.covers(
            asset,
            book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, asset),
            book.auctions.queuedOfAssetE6(asset));
  }

  /// The first reason that holds for any account of the party, reason by reason.
  private RefusalReason checkPartyIsSafe(int party) {
    boolean frozen = false;
    boolean called = false;
    boolean degraded = false;
    boolean belowInitial = false;
    for (int account = book.parties.firstAccount(party);
        account >= 0;
        account = book.accounts.nextOfParty(account)) {
      if (!book.accounts.isClosed(account)) {
        book.workOn(account, -1);
        frozen |= book.accounts.isFrozen(account);
        called |= book.calls.exists(account);
        degraded |= exposures.isDegraded(account);
        valuation.assess(account, weighing);
        belowInitial |= weighing.equityE6() < weighing.initialE6();
      }
    }
    if (frozen) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    if (called) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    if (degraded) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    return belowInitial ? RefusalReason.BELOW_INITIAL : RefusalReason.NONE;
  }

  /// Moves money between a wallet and a margin account.
  public RefusalReason transfer(Command.Transfer transfer) {
    int account = book.accounts.findOpen(transfer.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    int asset = book.assets.find(transfer.assetId());
    RefusalReason reason = checkAmount(asset, transfer.amountMinor());
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    reason = book.standing(account);
    boolean toMargin = transfer.direction() == Command.Direction.TO_MARGIN;
    if (reason != RefusalReason.NONE && !(toMargin && reason == RefusalReason.ACCOUNT_IN_AUCTION)) {
      return reason;
    }
    book.workOn(account, -1);
    return switch (transfer.direction()) {
      case TO_MARGIN -> transferIn(account, asset, transfer.amountMinor());
      case TO_WALLET -> transferOut(account, asset, transfer.amountMinor());
    };
  }

  private RefusalReason transferIn(int account, int asset, long amountMinor) {
    if (!book.rulebooks.at(book.accounts.rulebook(account)).isListed(asset)) {
      return RefusalReason.NOT_COLLATERAL;
    }
    int party = book.accounts.party(account);
    if (amountMinor > book.ledger.walletBalance(party, asset)) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    book.ledger.post(
        asset, Ledger.wallet(party), Ledger.margin(account), amountMinor, MoneyReason.TRANSFER_IN);
    return RefusalReason.NONE;
  }

  private RefusalReason transferOut(int account, int asset, long amountMinor) {
    long balance = book.ledger.marginBalance(account, asset);
    if (amountMinor > balance) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    valuation.assess(account, weighing);
    if (!weighing.isFlat()) {
      RefusalReason standing = checkStanding(account);
      if (standing != RefusalReason.NONE) {
        return standing;
      }
      if (amountMinor > collateral.releasableMinor(account, asset, balance, weighing)) {
        return RefusalReason.NOT_RELEASABLE;
      }
    }
    if (amountMinor > book.ledger.accruals().liquidityMinor(asset)) {
      return RefusalReason.INSUFFICIENT_LIQUIDITY;
    }
    takeOut(account, asset, amountMinor, MoneyReason.TRANSFER_OUT);
    return weighing.isFlat() || isStillInitial(account)
        ? RefusalReason.NONE
        : RefusalReason.NOT_RELEASABLE;
  }

  /// Takes money out beyond what the account holds.
  public RefusalReason borrow(Command.Borrow borrow) {
    int account = book.accounts.findOpen(borrow.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    int asset = book.assets.find(borrow.assetId());
    RefusalReason reason = checkAmount(asset, borrow.amountMinor());
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    reason = book.standing(account);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (!book.ledger.accruals().lends(asset)) {
      return RefusalReason.NOT_LENT;
    }
    book.workOn(account, -1);
    reason = checkStanding(account);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (book.assets.quotes().isDegraded(asset)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    if (borrow.amountMinor() > book.ledger.accruals().liquidityMinor(asset)) {
      return RefusalReason.INSUFFICIENT_LIQUIDITY;
    }
    long owed = Math.max(0, book.ledger.marginBalance(account, asset));
    owed = Math.max(0, borrow.amountMinor() - owed);
    long ceiling = lending.terms(asset).ceilingMinor();
    if (owed > 0 && owed > ceiling - book.ledger.accruals().owedMinor(asset)) {
      return RefusalReason.DEBT_CEILING;
    }
    if (borrow.amountMinor() > book.assets.at(asset).maximumSupplyMinor()) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    takeOut(account, asset, borrow.amountMinor(), MoneyReason.BORROW);
    valuation.assess(account, weighing);
    return weighing.equityE6() >= weighing.initialE6()
        ? RefusalReason.NONE
        : RefusalReason.INSUFFICIENT_MARGIN;
  }

  private RefusalReason checkStanding(int account) {
    if (book.calls.exists(account)) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    if (exposures.isDegraded(account)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    return exposures.isSuspended(account, CycleStep.RELEASE)
        ? RefusalReason.PHASE_FORBIDS
        : RefusalReason.NONE;
  }

  private void takeOut(int account, int asset, long amountMinor, MoneyReason reason) {
    long wallet = Ledger.wallet(book.accounts.party(account));
    book.ledger.post(asset, Ledger.margin(account), wallet, amountMinor, reason);
  }

  /// A margin model may weigh collateral otherwise than the schedule by which the amount was
  /// bounded; then its word counts.
  private boolean isStillInitial(int account) {
    if (valuation.model(account) == null) {
      return true;
    }
    valuation.assess(account, weighing);
    return weighing.equityE6() >= weighing.initialE6();
  }
}
