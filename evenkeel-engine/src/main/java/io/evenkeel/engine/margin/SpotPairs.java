package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.SpotPair;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an account holds and has open in spot pairs, by asset. Holds scratch columns, overwritten
/// by each [#gather].
public final class SpotPairs {
  private final Book book;
  private final int[] baseOf;
  private final int[] quoteOf;
  private final long[] multiplier;
  private final long[] divisor;
  private final long[] amount;
  private final long[] bids;
  private final long[] asks;
  private final boolean[] touched;

  /// Resolves the pairs.
  ///
  /// @param pairOf the pair an instrument symbol stands for, null for a contract (also an
  ///   instrument that settles in something else than the quote of its pair)
  public SpotPairs(Book book, Function<String, @Nullable SpotPair> pairOf) {
    this.book = book;
    int instruments = book.instruments.size();
    baseOf = new int[instruments];
    quoteOf = new int[instruments];
    multiplier = new long[instruments];
    divisor = new long[instruments];
    Arrays.fill(baseOf, IdIndex.ABSENT);
    for (int i = 0; i < instruments; i++) {
      LinearContract contract = book.instruments.at(i);
      SpotPair pair = pairOf.apply(contract.symbol());
      if (pair != null) {
        resolve(i, contract, pair);
      }
    }
    int assets = book.assets.size();
    amount = new long[assets];
    bids = new long[assets];
    asks = new long[assets];
    touched = new boolean[assets];
  }

  private void resolve(int instrument, LinearContract contract, SpotPair pair) {
    int quote = asset(book, pair.quote());
    if (book.instruments.settlementAsset(instrument) != quote) {
      return;
    }
    baseOf[instrument] = asset(book, pair.base());
    quoteOf[instrument] = quote;
    int places = book.assets.at(baseOf[instrument]).scale() - contract.quantityScale();
    multiplier[instrument] =
        Math.multiplyExact(contract.contractSize(), Fixed.pow10(Math.max(0, places)));
    divisor[instrument] = Fixed.pow10(Math.max(0, -places));
  }

  /// Index of an asset by symbol. Models name only assets of the collateral schedule, and a
  /// rulebook comes into force only when these are defined.
  public static int asset(Book book, String symbol) {
    int asset = book.assets.findSymbol(symbol);
    Check.invariant(asset != IdIndex.ABSENT, "a rulebook in force names defined assets");
    return asset;
  }

  /// Whether an instrument is a spot pair.
  public boolean isPair(int instrument) {
    return baseOf[instrument] != IdIndex.ABSENT;
  }

  /// Base asset of a pair.
  public int base(int instrument) {
    return baseOf[instrument];
  }

  /// Quote asset of a pair.
  public int quote(int instrument) {
    return quoteOf[instrument];
  }

  /// A quantity of a pair in minor units of its base asset, rounded down.
  public long baseMinor(int instrument, long units) {
    return Math.floorDiv(Math.multiplyExact(units, multiplier[instrument]), divisor[instrument]);
  }

  /// A product of quantity and price in minor units of the quote asset, rounded down.
  public long quoteMinor(int instrument, long unitProduct) {
    return Math.floorDiv(
        Math.multiplyExact(unitProduct, book.instruments.ticksPerUnit(instrument)),
        book.instruments.ticksPerMinor(instrument));
  }

  /// Collects balances, deliveries and open orders of an account.
  public void gather(int account) {
    for (int asset = 0; asset < amount.length; asset++) {
      amount[asset] = book.ledger.marginBalance(account, asset);
      bids[asset] = 0;
      asks[asset] = 0;
      touched[asset] = amount[asset] != 0;
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (isPair(instrument)) {
        add(row, instrument);
      }
    }
  }

  private void add(int row, int instrument) {
    Positions positions = book.positions;
    int base = baseOf[instrument];
    int quote = quoteOf[instrument];
    amount[base] = Math.addExact(amount[base], baseMinor(instrument, positions.quantity(row)));
    amount[quote] =
        Math.addExact(
            amount[quote],
            Math.floorDiv(-positions.cost(row), book.instruments.ticksPerMinor(instrument)));
    bids[base] = Math.addExact(bids[base], baseMinor(instrument, positions.buyUnits(row)));
    asks[base] = Math.addExact(asks[base], baseMinor(instrument, positions.sellUnits(row)));
    touched[base] = true;
    touched[quote] = true;
  }

  /// Signed balance with what is still to be delivered and paid, minor units.
  public long amountMinor(int asset) {
    return amount[asset];
  }

  /// Open buys of an asset.
  public long bidsMinor(int asset) {
    return bids[asset];
  }

  /// Open sells of an asset.
  public long asksMinor(int asset) {
    return asks[asset];
  }

  /// Whether an asset has open orders.
  public boolean hasOrders(int asset) {
    return (bids[asset] | asks[asset]) != 0;
  }

  /// Whether the account has anything in an asset.
  public boolean isTouched(int asset) {
    return touched[asset];
  }
}
