package io.evenkeel.engine;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.liquidation.BankruptcyPrice;
import io.evenkeel.engine.liquidation.Deleveraging;
import io.evenkeel.engine.liquidation.SliceFee;
import io.evenkeel.engine.liquidation.SlicePrice;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.margin.options.OptionMarks;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.command.Supposition;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What would be if: writes to the real book that are all taken back when it is closed, so that the
/// answer comes from the same margin models as every decision. One at a time, on the engine's
/// thread, between commands; the engine must not be given a command before it is closed.
///
/// Nothing is refused for lack of margin, position limits or phases: the question is what the
/// account would look like, not whether the venue would let it.
public final class Hypothesis implements AutoCloseable {
  private final Machine machine;
  private final Book book;
  private final Trades trades;
  private final Weighing weighing = new Weighing();
  private final OptionMarks optionMarks;
  private final int savepoint;

  Hypothesis(Machine machine) {
    this.machine = machine;
    book = machine.book;
    trades = new Trades(book);
    optionMarks = new OptionMarks(book);
    book.reserve();
    book.events.mute();
    savepoint = book.undo.savepoint();
  }

  /// A point to come back to within the hypothesis.
  public int savepoint() {
    return book.undo.savepoint();
  }

  /// Takes back what was supposed since a point.
  public Hypothesis backTo(int point) {
    book.undo.rollbackTo(point);
    return this;
  }

  /// Supposes one step of a what-if about an account.
  ///
  /// @throws IllegalArgumentException as the method for it does
  public Hypothesis suppose(long accountId, Supposition supposition) {
    return switch (supposition) {
      case Supposition.Trade it ->
          trade(accountId, it.instrumentId(), it.quantityUnits(), it.priceUnits(), it.feeMinor());
      case Supposition.Transfer it -> transfer(accountId, it.assetId(), it.amountMinor());
      case Supposition.Mark it -> mark(it.instrumentId(), it.priceUnits());
      case Supposition.Price it -> price(it.assetId(), it.priceUnits());
      case Supposition.Move it -> move(it.move(), it.ratioE9());
    };
  }

  /// Supposes a trade of one account.
  ///
  /// @param quantityUnits signed: positive buys
  /// @param priceUnits price of the trade, 0 for the mark
  /// @param feeMinor paid from margin in the settlement asset; negative is a rebate
  /// @throws IllegalArgumentException when account or instrument is unknown, or the figures are out
  ///   of the instrument's range
  public Hypothesis trade(
      long accountId, int instrumentId, long quantityUnits, long priceUnits, long feeMinor) {
    int account = oneWay(accountId);
    int instrument = instrument(instrumentId);
    long price = priceUnits > 0 ? priceUnits : book.instruments.mark(instrument);
    var contract = book.instruments.at(instrument);
    if (!contract.allowsPrice(price)) {
      throw new IllegalArgumentException(
          contract.symbol()
              + ": a trade needs a price of "
              + contract.minimumPriceUnits()
              + " to "
              + contract.maximumPriceUnits()
              + " price units");
    }
    if (quantityUnits == 0
        || quantityUnits % contract.lotSize() != 0
        || Math.abs(quantityUnits) > contract.maximumOpenInterestUnits()) {
      throw new IllegalArgumentException(
          contract.symbol()
              + ": a quantity is a multiple of "
              + contract.lotSize()
              + " units, not 0");
    }
    long cost = trades.costTicks(instrument, quantityUnits, price);
    long realised = trades.change(account, instrument, quantityUnits, cost);
    trades.postRealised(account, instrument, realised);
    trades.tidy(account, instrument);
    int asset = book.instruments.settlementAsset(instrument);
    post(account, asset, -feeMinor);
    return this;
  }

  /// Supposes that part of a position is deleveraged against a position of another account, at the
  /// bankruptcy price of the first (`docs/RULES.md`, section 7, Deleverage).
  ///
  /// @param changeUnits signed change of the account's position
  /// @return whether it can be: both positions become smaller, there is such a price and the
  ///   counterparty stays above maintenance; if not, nothing is supposed
  public boolean deleverage(
      long accountId, long counterpartyAccountId, int instrumentId, long changeUnits) {
    return deleveraging()
        .match(
            account(accountId),
            account(counterpartyAccountId),
            instrument(instrumentId),
            changeUnits);
  }

  /// Supposes that a position, or part of one, is deleveraged against holders of the other side.
  ///
  /// @param mostUnits the most to close, > 0
  /// @return signed quantity that is left
  public long offset(long accountId, int instrumentId, long mostUnits, Ranking ranking) {
    return deleveraging().offset(oneWay(accountId), instrument(instrumentId), mostUnits, ranking);
  }

  /// What the account must receive for closing part of its position so that nothing of what goes
  /// with the part is left of it, minor units of the settlement asset; negative where it pays.
  ///
  /// @param changeUnits signed change of the account's position
  /// @return empty where there is no such price
  public OptionalLong bankruptcyValueMinor(long accountId, int instrumentId, long changeUnits) {
    int account = account(accountId);
    int instrument = instrument(instrumentId);
    BankruptcyPrice price = bankruptcyPrice();
    int line = book.positions.lineOf(account, instrument, changeUnits < 0);
    return isClosing(price, account, line, changeUnits)
        ? OptionalLong.of(price.valueMinor(account, line, Math.abs(changeUnits)))
        : OptionalLong.empty();
  }

  /// The worst price at which a slice of a position may be closed (`docs/RULES.md`, section 7,
  /// CloseSlices), an exact fraction of price units.
  ///
  /// @param changeUnits signed change of the account's position
  /// @return null where there is no such price
  public @Nullable SlicePrice slicePrice(
      long accountId,
      int instrumentId,
      long changeUnits,
      Decimal bankruptcyAdjustment,
      Decimal spreadShare) {
    int account = oneWay(accountId);
    int instrument = instrument(instrumentId);
    BankruptcyPrice bankruptcy = bankruptcyPrice();
    SlicePrice price = new SlicePrice(book, machine.valuation, bankruptcy);
    return isClosing(bankruptcy, account, instrument, changeUnits)
            && price.find(account, instrument, bankruptcyAdjustment, spreadShare)
        ? price
        : null;
  }

  /// What the account pays when a slice of its position is filled, or, negative, the insurance fund
  /// for it; minor units of the settlement asset.
  ///
  /// @param changeUnits signed change of the account's position
  /// @param priceUnits price of the fill
  /// @param maximumFee share of the fill
  /// @return empty where there is no such slice
  public OptionalLong sliceFeeMinor(
      long accountId, int instrumentId, long changeUnits, long priceUnits, Decimal maximumFee) {
    int account = oneWay(accountId);
    int instrument = instrument(instrumentId);
    BankruptcyPrice bankruptcy = bankruptcyPrice();
    if (!isClosing(bankruptcy, account, instrument, changeUnits)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        SliceFee.minor(
            SliceFee.receivedMinor(book, trades, instrument, changeUnits, priceUnits),
            bankruptcy.valueMinor(account, instrument, Math.abs(changeUnits)),
            maximumFee));
  }

  private boolean isClosing(BankruptcyPrice price, int account, int line, long changeUnits) {
    int row = book.positions.find(account, line);
    return row != Positions.NONE
        && (book.positions.quantity(row) > 0) == (changeUnits < 0)
        && price.exists(account, line, Math.abs(changeUnits));
  }

  private BankruptcyPrice bankruptcyPrice() {
    return new BankruptcyPrice(book, machine.valuation, trades);
  }

  private Deleveraging deleveraging() {
    return new Deleveraging(book, machine.valuation, trades, bankruptcyPrice());
  }

  /// Supposes that external money comes to a margin account, or leaves it when negative.
  public Hypothesis transfer(long accountId, int assetId, long amountMinor) {
    post(account(accountId), asset(assetId), amountMinor);
    return this;
  }

  /// Supposes that everything in the wallet that the rulebook accepts is posted as margin.
  public Hypothesis postWallet(long accountId) {
    int account = account(accountId);
    int party = book.accounts.party(account);
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    for (int asset : terms.scheduleOrder()) {
      long amount = book.ledger.walletBalance(party, asset);
      book.ledger.post(
          asset, Ledger.wallet(party), Ledger.margin(account), amount, MoneyReason.TOP_UP);
    }
    return this;
  }

  /// Supposes a price of an asset.
  public Hypothesis price(int assetId, long priceUnits) {
    book.assets.quotes().suppose(asset(assetId), priceUnits);
    return this;
  }

  /// Supposes a mark.
  public Hypothesis mark(int instrumentId, long priceUnits) {
    book.instruments.quotes().suppose(instrument(instrumentId), priceUnits);
    return this;
  }

  /// Supposes a factor.
  public Hypothesis factor(FactorValue factor) {
    FactorKind kind = factor.kind();
    int subject =
        kind.subject() == FactorKind.Subject.ASSET
            ? asset(factor.subjectId())
            : instrument(factor.subjectId());
    if (kind.isPerExpiry()) {
      book.factors.setOfExpiry(kind, subject, factor.expiryNs(), factor.value());
    } else {
      book.factors.set(kind, subject, factor.value());
    }
    return this;
  }

  /// Supposes that prices move together to `ratioE9` billionths of what they are now; prices are
  /// rounded down and stay at least one unit.
  ///
  /// @param ratioE9 greater than 0
  public Hypothesis move(MarketMove move, long ratioE9) {
    optionMarks.remember();
    switch (move.kind()) {
      case INSTRUMENT -> moveMark(instrument(move.id()), ratioE9);
      case UNDERLYING -> moveUnderlying(asset(move.id()), ratioE9);
      case ALL -> {
        for (int asset = 0; asset < book.assets.size(); asset++) {
          if (!Cash.is(book, asset)) {
            moveUnderlying(asset, ratioE9);
          }
        }
        for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
          if (book.instruments.at(instrument).terms().underlyingAssetId()
              == ContractTerms.NO_UNDERLYING) {
            moveMark(instrument, ratioE9);
          }
        }
      }
    }
    optionMarks.follow();
    return this;
  }

  /// Supposes that all volatilities of an underlying's options move to `ratioE9` billionths of what
  /// they are: published ones by themselves, SVI slices by the square in total variance.
  public Hypothesis moveVolatility(int assetId, long ratioE9) {
    optionMarks.remember();
    for (int i = 0; i < book.instruments.size(); i++) {
      if (book.instruments.at(i).terms().underlyingAssetId() == assetId) {
        Decimal volatility = book.factors.ofInstrument(FactorKind.MARK_VOLATILITY, i);
        if (volatility != null) {
          book.factors.set(FactorKind.MARK_VOLATILITY, i, times(volatility, ratioE9));
        }
      }
    }
    int asset = asset(assetId);
    for (int expiry = 0; expiry < book.factors.expiryCount(); expiry++) {
      if (book.factors.expiryAsset(expiry) == asset) {
        moveVariance(FactorKind.SVI_A, asset, expiry, ratioE9);
        moveVariance(FactorKind.SVI_B, asset, expiry, ratioE9);
      }
    }
    optionMarks.follow();
    return this;
  }

  private void moveVariance(FactorKind kind, int asset, int expiry, long ratioE9) {
    Decimal value = book.factors.ofExpiry(kind, expiry);
    if (value != null) {
      Decimal moved = times(times(value, ratioE9), ratioE9);
      book.factors.setOfExpiry(kind, asset, book.factors.expiryNs(expiry), moved);
    }
  }

  /// The account as it would be.
  public Assessment assess(long accountId) {
    machine.valuation.assess(account(accountId), weighing);
    return weighing.toAssessment();
  }

  /// Whether the account would be below maintenance.
  boolean isBelowMaintenance(long accountId) {
    machine.valuation.assess(account(accountId), weighing);
    return weighing.equityE6() < weighing.maintenanceE6();
  }

  /// Takes everything back.
  @Override
  public void close() {
    book.undo.rollbackTo(savepoint);
    book.events.unmute();
    machine.valuation.reset();
  }

  private void moveUnderlying(int asset, long ratioE9) {
    if (!Cash.is(book, asset)) {
      book.assets.quotes().suppose(asset, scaled(book.assets.price(asset), ratioE9));
    }
    moveFactor(FactorKind.SPOT, asset, ratioE9);
    moveFactor(FactorKind.SLOW_PRICE, asset, ratioE9);
    for (int expiry = 0; expiry < book.factors.expiryCount(); expiry++) {
      if (book.factors.expiryAsset(expiry) == asset) {
        Decimal forward = book.factors.ofExpiry(FactorKind.FORWARD_VARIABLE, expiry);
        if (forward != null) {
          book.factors.setOfExpiry(
              FactorKind.FORWARD_VARIABLE,
              asset,
              book.factors.expiryNs(expiry),
              times(forward, ratioE9));
        }
      }
    }
    int assetId = book.assets.idAt(asset);
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      ContractTerms terms = book.instruments.at(instrument).terms();
      if (terms.underlyingAssetId() == assetId && terms.option() == null) {
        moveMark(instrument, ratioE9);
      }
    }
  }

  private void moveFactor(FactorKind kind, int asset, long ratioE9) {
    Decimal value = book.factors.ofAsset(kind, asset);
    if (value != null) {
      book.factors.set(kind, asset, times(value, ratioE9));
    }
  }

  private void moveMark(int instrument, long ratioE9) {
    long mark = book.instruments.mark(instrument);
    if (mark > 0) {
      long least = book.instruments.at(instrument).minimumPriceUnits();
      book.instruments.quotes().suppose(instrument, Math.max(least, scaled(mark, ratioE9)));
    }
    Decimal slow = book.factors.ofInstrument(FactorKind.SLOW_MARK, instrument);
    if (slow != null) {
      book.factors.set(FactorKind.SLOW_MARK, instrument, times(slow, ratioE9));
    }
  }

  private static long scaled(long priceUnits, long ratioE9) {
    return Math.max(1, Fixed.mulDiv(priceUnits, ratioE9, MarketMove.UNMOVED_E9, Rounding.FLOOR));
  }

  private static Decimal times(Decimal value, long ratioE9) {
    return new Decimal(
        Fixed.mulDiv(value.units(), ratioE9, MarketMove.UNMOVED_E9, Rounding.FLOOR), value.scale());
  }

  private void post(int account, int asset, long amountMinor) {
    long outside = Ledger.house(HouseAccount.OUTSIDE_WORLD);
    if (amountMinor >= 0) {
      book.ledger.post(
          asset, outside, Ledger.margin(account), amountMinor, MoneyReason.TRANSFER_IN);
    } else {
      book.ledger.post(
          asset, Ledger.margin(account), outside, -amountMinor, MoneyReason.TRANSFER_OUT);
    }
  }

  private int account(long accountId) {
    return known(book.accounts.findOpen(accountId), "account", accountId);
  }

  /// An account with one position an instrument: in hedge mode the instrument alone does not say
  /// which is meant.
  private int oneWay(long accountId) {
    int account = account(accountId);
    if (book.accounts.isHedged(account)) {
      throw new IllegalArgumentException(
          "account " + accountId + " is in hedge mode: an instrument does not say which side");
    }
    return account;
  }

  private int asset(int assetId) {
    return known(book.assets.find(assetId), "asset", assetId);
  }

  private int instrument(int instrumentId) {
    return known(book.instruments.find(instrumentId), "instrument", instrumentId);
  }

  private static int known(int index, String what, long id) {
    if (index == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no " + what + " " + id);
    }
    return index;
  }
}
