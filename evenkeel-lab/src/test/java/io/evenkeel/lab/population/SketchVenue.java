package io.evenkeel.lab.population;

import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;

/// A plain venue that keeps accounts, judges fills and orders by the margin gate of `docs/RULES.md`
/// and moves no money of its own accord, except that an account without positions gets its margin
/// back when the rulebook releases automatically. Enough to tell whether a population's requests
/// are acceptable.
final class SketchVenue extends SketchBooks implements CommandSink {
  private long now;

  @Override
  public Outcome submit(long timeNs, Command command) {
    if (timeNs < now) {
      throw new IllegalStateException("time runs backwards: " + command);
    }
    now = timeNs;
    RefusalReason reason = apply(command);
    return new Outcome(reason, 0, 0);
  }

  private RefusalReason apply(Command command) {
    return switch (command) {
      case Command.DefineAsset define -> defineAsset(define.asset());
      case Command.DefineInstrument define -> defineInstrument(define.instrument());
      case Command.DefineRulebook define -> defineRulebook(define.rulebook());
      case Command.OpenAccount open -> openAccount(open);
      case Command.CloseAccount close -> closeAccount(account(close.accountId()));
      case Command.SetPartyPolicy policy ->
          wallets.containsKey(policy.partyId()) ? RefusalReason.NONE : RefusalReason.UNKNOWN_PARTY;
      case Command.Deposit deposit -> deposit(deposit);
      case Command.Withdraw withdraw -> withdraw(withdraw);
      case Command.ContributeInsurance given -> {
        insurance[given.assetId()] += given.amountMinor();
        deposited[given.assetId()] += given.amountMinor();
        yield RefusalReason.NONE;
      }
      case Command.Transfer transfer -> transfer(transfer);
      case Command.SetLeverage set -> setLeverage(account(set.accountId()), set.leverageE2());
      case Command.SetOrderExposure set -> setOrders(set);
      case Command.Fill fill -> fill(fill);
      case Command.MarkPrices mark -> mark(mark.batch());
      case Command.ApplyFunding _,
          Command.SettleInstrument _,
          Command.SettleExpiry _,
          Command.PublishFactors _,
          Command.ImportBalance _,
          Command.ImportPosition _,
          Command.SetAccountMode _,
          Command.SetPositionMode _,
          Command.CorrectTrade _,
          Command.BustTrade _,
          Command.TransferPosition _,
          Command.Borrow _,
          Command.BidInAuction _,
          Command.AccrueInterest _,
          Command.SecureMargin _,
          Command.ChargeFee _,
          Command.ContributeInstrumentFund _,
          Command.CloseInstrumentFund _,
          Command.SetPhase _,
          Command.Reassess _,
          Command.AdvanceTime _ ->
          throw new UnsupportedOperationException(command.toString());
    };
  }

  private RefusalReason defineAsset(Asset asset) {
    if (asset.assetId() != assets.size()) {
      throw new IllegalStateException("assets must be defined in order of id");
    }
    assets.add(asset);
    assetPrices[asset.assetId()] = asset.initialPriceUnits();
    return RefusalReason.NONE;
  }

  private RefusalReason defineInstrument(Instrument instrument) {
    LinearContract contract = (LinearContract) instrument;
    TickScale ticks = contract.tickScale(assets.get(contract.settlementAssetId()).scale());
    if (contract.instrumentId() != contracts.size() || ticks.ticksPerUnit() < 1) {
      throw new IllegalStateException("instruments must be defined in order of id");
    }
    contracts.add(contract);
    return RefusalReason.NONE;
  }

  private RefusalReason defineRulebook(Rulebook defined) {
    if (rulebooksDefined > 0 && defined.version() <= rulebook.version()) {
      return RefusalReason.ALREADY_DEFINED;
    }
    rulebooksDefined++;
    rulebook = defined;
    accounts.values().forEach(account -> releaseWhenFlat(account, Trigger.PARAMETER_CHANGE));
    return RefusalReason.NONE;
  }

  private RefusalReason openAccount(Command.OpenAccount open) {
    if (accounts.containsKey(open.accountId())) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (accounts.isEmpty() && open.role() != AccountRole.BACKSTOP) {
      return RefusalReason.NO_BACKSTOP;
    }
    accounts.put(open.accountId(), new Account(open));
    wallets.computeIfAbsent(open.partyId(), _ -> new long[16]);
    return RefusalReason.NONE;
  }

  private RefusalReason closeAccount(Account account) {
    if (!account.isFlat()) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    for (int assetId = 0; assetId < assets.size(); assetId++) {
      wallet(account.partyId)[assetId] += account.margin[assetId];
      account.margin[assetId] = 0;
    }
    account.closed = true;
    return RefusalReason.NONE;
  }

  private RefusalReason deposit(Command.Deposit deposit) {
    Asset asset = assets.get(deposit.assetId());
    if (deposit.amountMinor() <= 0 || !wallets.containsKey(deposit.partyId())) {
      return RefusalReason.INVALID_AMOUNT;
    }
    if (deposited[deposit.assetId()] + deposit.amountMinor() > asset.maximumSupplyMinor()) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    deposited[deposit.assetId()] += deposit.amountMinor();
    wallet(deposit.partyId())[deposit.assetId()] += deposit.amountMinor();
    return RefusalReason.NONE;
  }

  private RefusalReason withdraw(Command.Withdraw withdraw) {
    long[] wallet = wallet(withdraw.partyId());
    if (withdraw.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    if (wallet[withdraw.assetId()] < withdraw.amountMinor()) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    for (Account account : accounts.values()) {
      if (account.partyId == withdraw.partyId() && !account.closed) {
        if (calls.containsKey(account.id)) {
          return RefusalReason.OPEN_MARGIN_CALL;
        }
        Weighed weighed = weigh(account);
        if (weighed.equityE6() < weighed.initialE6()) {
          return RefusalReason.BELOW_INITIAL;
        }
      }
    }
    wallet[withdraw.assetId()] -= withdraw.amountMinor();
    deposited[withdraw.assetId()] -= withdraw.amountMinor();
    return RefusalReason.NONE;
  }

  private RefusalReason transfer(Command.Transfer transfer) {
    Account account = account(transfer.accountId());
    if (transfer.direction() != Command.Direction.TO_MARGIN) {
      throw new UnsupportedOperationException(transfer.toString());
    }
    if (terms(assets.get(transfer.assetId()).symbol()) == null) {
      return RefusalReason.NOT_COLLATERAL;
    }
    if (transfer.amountMinor() <= 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    if (wallet(account.partyId)[transfer.assetId()] < transfer.amountMinor()) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    wallet(account.partyId)[transfer.assetId()] -= transfer.amountMinor();
    account.margin[transfer.assetId()] += transfer.amountMinor();
    releaseWhenFlat(account, Trigger.DEPOSIT);
    return RefusalReason.NONE;
  }

  private void releaseWhenFlat(Account account, Trigger trigger) {
    boolean releases =
        rulebook.release().automatic() && rulebook.onTrigger(trigger).runs(CycleStep.RELEASE);
    if (releases && account.role == AccountRole.TRADER && !account.closed && account.isFlat()) {
      for (int assetId = 0; assetId < assets.size(); assetId++) {
        wallet(account.partyId)[assetId] += account.margin[assetId];
        account.margin[assetId] = 0;
      }
    }
  }

  private RefusalReason setLeverage(Account account, int leverageE2) {
    int before = account.leverageE2;
    account.leverageE2 = leverageE2;
    Weighed weighed = weigh(account);
    if (!account.isFlat() && weighed.equityE6() < weighed.initialE6()) {
      account.leverageE2 = before;
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    return RefusalReason.NONE;
  }

  private RefusalReason setOrders(Command.SetOrderExposure set) {
    Account account = account(set.accountId());
    if (account.role == AccountRole.BACKSTOP) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    if (account.isolatedInstrumentId >= 0 && account.isolatedInstrumentId != set.instrumentId()) {
      return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
    }
    boolean consistent =
        (set.buyUnits() == 0) == (set.buyNotional() == 0)
            && (set.sellUnits() == 0) == (set.sellNotional() == 0);
    if (!consistent || set.buyUnits() < 0 || set.sellUnits() < 0) {
      return RefusalReason.INVALID_QUANTITY;
    }
    Row row = account.row(set.instrumentId());
    OpenOrders before = row.orders;
    row.orders =
        new OpenOrders(set.buyUnits(), set.sellUnits(), set.buyNotional(), set.sellNotional());
    if (!row.orders.isEmpty() && !gate(account)) {
      row.orders = before;
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    return RefusalReason.NONE;
  }

  private RefusalReason fill(Command.Fill fill) {
    LinearContract contract = contracts.get(fill.instrumentId());
    Account buyer = account(fill.buyerAccountId());
    Account seller = account(fill.sellerAccountId());
    long mark = marks[fill.instrumentId()];
    RefusalReason reason = refusal(fill, contract, buyer, seller, mark);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    long[] buyerBefore = buyer.margin.clone();
    long[] sellerBefore = seller.margin.clone();
    long[] buyerWallet = wallet(buyer.partyId).clone();
    long[] sellerWallet = wallet(seller.partyId).clone();
    long clearingBefore = clearing[fill.instrumentId()];
    Row buyerRow = copy(buyer.row(fill.instrumentId()));
    Row sellerRow = copy(seller.row(fill.instrumentId()));
    boolean buyerGated = trade(buyer, fill, fill.quantityUnits(), fill.buyerFeeMinor());
    boolean sellerGated = trade(seller, fill, -fill.quantityUnits(), fill.sellerFeeMinor());
    boolean passes =
        (!buyerGated || fill.buyerOrder() || gate(buyer))
            && (!sellerGated || fill.sellerOrder() || gate(seller));
    if (!passes) {
      System.arraycopy(buyerBefore, 0, buyer.margin, 0, buyerBefore.length);
      System.arraycopy(sellerBefore, 0, seller.margin, 0, sellerBefore.length);
      System.arraycopy(buyerWallet, 0, wallet(buyer.partyId), 0, buyerWallet.length);
      System.arraycopy(sellerWallet, 0, wallet(seller.partyId), 0, sellerWallet.length);
      clearing[fill.instrumentId()] = clearingBefore;
      buyer.rows.put(fill.instrumentId(), buyerRow);
      seller.rows.put(fill.instrumentId(), sellerRow);
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    fees[contract.settlementAssetId()] += fill.buyerFeeMinor() + fill.sellerFeeMinor();
    return RefusalReason.NONE;
  }

  private RefusalReason refusal(
      Command.Fill fill, LinearContract contract, Account buyer, Account seller, long mark) {
    if (buyer == seller) {
      return RefusalReason.SELF_TRADE;
    }
    if ((buyer.isolatedInstrumentId >= 0 && buyer.isolatedInstrumentId != fill.instrumentId())
        || (seller.isolatedInstrumentId >= 0
            && seller.isolatedInstrumentId != fill.instrumentId())) {
      return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
    }
    if (fill.quantityUnits() <= 0 || fill.quantityUnits() % contract.lotSize() != 0) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (fill.priceUnits() <= 0 || fill.priceUnits() > contract.maximumPriceUnits()) {
      return RefusalReason.INVALID_PRICE;
    }
    if (mark == 0) {
      return RefusalReason.NO_MARK_PRICE;
    }
    Decimal collar = rulebook.venue().priceCollar();
    if (collar.units() > 0
        && Math.abs(fill.priceUnits() - mark) > collar.times(mark, Rounding.FLOOR)) {
      return RefusalReason.PRICE_OUTSIDE_COLLAR;
    }
    boolean orders =
        (!fill.buyerOrder()
                || buyer.row(fill.instrumentId()).orders.buyUnits() >= fill.quantityUnits())
            && (!fill.sellerOrder()
                || seller.row(fill.instrumentId()).orders.sellUnits() >= fill.quantityUnits());
    return orders ? RefusalReason.NONE : RefusalReason.NO_SUCH_ORDER;
  }

  private static Row copy(Row row) {
    Row copy = new Row();
    copy.units = row.units;
    copy.cost = row.cost;
    copy.orders = row.orders;
    return copy;
  }

  /// Books one side; whether it must pass the gate.
  private boolean trade(Account account, Command.Fill fill, long units, long feeMinor) {
    LinearContract contract = contracts.get(fill.instrumentId());
    TickScale ticks = contract.tickScale(assets.get(contract.settlementAssetId()).scale());
    Row row = account.row(fill.instrumentId());
    long before = row.units;
    long added = units * fill.priceUnits() * ticks.ticksPerUnit();
    if (row.units == 0 || Long.signum(row.units) == Long.signum(units)) {
      row.cost += added;
    } else {
      long k = Math.min(Math.abs(units), Math.abs(row.units));
      long held = Fixed.mulDiv(row.cost, k, Math.abs(row.units), Rounding.FLOOR);
      long taken = Fixed.mulDiv(added, k, Math.abs(units), Rounding.FLOOR);
      long realised = Math.floorDiv(-(held + taken), ticks.ticksPerMinor());
      account.margin[contract.settlementAssetId()] += realised;
      clearing[fill.instrumentId()] -= realised;
      row.cost += added - taken - held;
    }
    row.units += units;
    account.margin[contract.settlementAssetId()] -= feeMinor;
    OpenOrders orders = row.orders;
    if (units > 0 && fill.buyerOrder()) {
      row.orders = shrunk(orders, units, 0);
    } else if (units < 0 && fill.sellerOrder()) {
      row.orders = shrunk(orders, 0, -units);
    }
    boolean reducing =
        Math.abs(row.units) < Math.abs(before) && Long.signum(before) * Long.signum(row.units) >= 0;
    return !reducing;
  }

  private static OpenOrders shrunk(OpenOrders orders, long bought, long sold) {
    long buyPart =
        bought == 0
            ? 0
            : Fixed.mulDiv(orders.buyNotional(), bought, orders.buyUnits(), Rounding.CEILING);
    long sellPart =
        sold == 0
            ? 0
            : Fixed.mulDiv(orders.sellNotional(), sold, orders.sellUnits(), Rounding.CEILING);
    return new OpenOrders(
        orders.buyUnits() - bought,
        orders.sellUnits() - sold,
        orders.buyNotional() - buyPart,
        orders.sellNotional() - sellPart);
  }

  private RefusalReason mark(MarkBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.target(i) == MarkBatch.Target.INSTRUMENT) {
        marks[batch.id(i)] = batch.priceUnits(i);
      } else {
        assetPrices[batch.id(i)] = batch.priceUnits(i);
      }
    }
    return RefusalReason.NONE;
  }
}
