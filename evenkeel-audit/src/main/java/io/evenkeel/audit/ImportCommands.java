package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.ImportBalance;
import io.evenkeel.model.command.Command.ImportPosition;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import java.math.BigInteger;

/// Opening imports of balances and positions.
final class ImportCommands {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;

  ImportCommands(AuditBook book, Ledger ledger, Journal journal) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
  }

  RefusalReason take(ImportBalance command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    BigInteger amount = Exact.of(command.amountMinor());
    BigInteger most = Exact.of(asset.definition.maximumSupplyMinor());
    if (amount.signum() == 0 || amount.compareTo(most.negate()) < 0) {
      return RefusalReason.INVALID_AMOUNT;
    }
    boolean tooMuch = asset.netExternal.add(amount).compareTo(most) > 0;
    boolean owesTooMuch = account.balance(asset).add(amount).compareTo(most.negate()) < 0;
    if ((amount.signum() > 0 && tooMuch) || owesTooMuch) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    asset.netExternal = asset.netExternal.add(amount);
    boolean in = amount.signum() > 0;
    ledger.post(
        asset,
        in ? Ledger.house(HouseAccount.OUTSIDE_WORLD) : Ledger.margin(account),
        in ? Ledger.margin(account) : Ledger.house(HouseAccount.OUTSIDE_WORLD),
        amount.abs(),
        MoneyReason.IMPORT);
    return RefusalReason.NONE;
  }

  RefusalReason take(ImportPosition command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    AuditAccount buyer = book.account(command.longAccountId());
    AuditAccount seller = book.account(command.shortAccountId());
    if (buyer == null || seller == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason refusal = whyNot(command, instrument, buyer, seller);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    BigInteger quantity = Exact.of(command.quantityUnits());
    BigInteger cost = Exact.of(command.longCostTicks());
    Place of = buyer.place(instrument, true);
    Place from = seller.place(instrument, false);
    Trade buying = Trade.on(buyer.row(of), instrument, quantity, cost);
    Trade selling = Trade.on(seller.row(from), instrument, quantity.negate(), cost.negate());
    journal.say(
        new Event.PositionImported(
            instrument.id(),
            command.longAccountId(),
            command.shortAccountId(),
            command.quantityUnits(),
            command.longCostTicks()));
    settle(of, buyer, buying);
    settle(from, seller, selling);
    return RefusalReason.NONE;
  }

  private void settle(Place place, AuditAccount account, Trade trade) {
    AuditInstrument instrument = place.instrument();
    book.setRow(account, place, trade.after());
    instrument.residueTicks = instrument.residueTicks.add(trade.residueTicks());
    ledger.postResult(instrument, account, trade.realisedMinor(), MoneyReason.REALISED_PROFIT);
  }

  private RefusalReason whyNot(
      ImportPosition command, AuditInstrument instrument, AuditAccount buyer, AuditAccount seller) {
    if (buyer == seller) {
      return RefusalReason.SELF_TRADE;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    for (AuditAccount account : new AuditAccount[] {buyer, seller}) {
      if (!account.isCross() && account.isolatedIn != instrument) {
        return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
      }
    }
    if (buyer.isKeptFromOption(instrument) || seller.isKeptFromOption(instrument)) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    if (book.isKeptFromInverse(buyer, instrument) || book.isKeptFromInverse(seller, instrument)) {
      return RefusalReason.INVERSE_NOT_MARGINED;
    }
    long quantity = command.quantityUnits();
    if (quantity <= 0
        || quantity % instrument.contract.lotSize() != 0
        || quantity > instrument.contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    BigInteger units = Exact.of(quantity);
    BigInteger mostCost = instrument.mostTicks(units);
    if (command.longCostTicks() == Long.MIN_VALUE
        || Exact.of(command.longCostTicks()).abs().compareTo(mostCost) > 0) {
      return RefusalReason.INVALID_COST;
    }
    Place of = buyer.place(instrument, true);
    Place from = seller.place(instrument, false);
    BigInteger bought = buyer.row(of).quantity();
    BigInteger sold = seller.row(from).quantity();
    if (exceeds(instrument, buyer, bought, bought.add(units))
        || exceeds(instrument, seller, sold, sold.subtract(units))) {
      return RefusalReason.POSITION_LIMIT;
    }
    if (hasNoRoom(of, buyer) || hasNoRoom(from, seller)) {
      return RefusalReason.LIMIT_REACHED;
    }
    BigInteger longs =
        Exact.notBelowZero(bought.add(units))
            .add(Exact.notBelowZero(sold.subtract(units)))
            .subtract(Exact.notBelowZero(bought))
            .subtract(Exact.notBelowZero(sold));
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      longs = longs.add(account.longUnits(instrument));
    }
    return longs.compareTo(Exact.of(instrument.contract.maximumOpenInterestUnits())) > 0
        ? RefusalReason.OPEN_INTEREST_LIMIT
        : RefusalReason.NONE;
  }

  private static boolean exceeds(
      AuditInstrument instrument, AuditAccount account, BigInteger before, BigInteger after) {
    return account.isTrader()
        && after.abs().compareTo(Exact.of(instrument.contract.maximumPositionUnits())) > 0
        && after.abs().compareTo(before.abs()) > 0;
  }

  private boolean hasNoRoom(Place place, AuditAccount account) {
    return account.isTrader()
        && !account.row(place).exists()
        && account.rows().size() >= book.limits.positionsPerAccount();
  }
}
