package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The contracts as they were when a rulebook came into force, with their terms as doubles, and the
/// order in which an account's positions are valued: by underlying, futures before options; options
/// by expiry, settlement asset, strike, calls before puts. So the result does not depend on the
/// order in which contracts were defined.
final class ContractTable {
  /// Asset index of the underlying, -1 when a contract states none.
  final int[] underlying;

  /// Whether a contract is an option.
  final boolean[] option;

  /// Whether an option is a call.
  final boolean[] call;

  /// Whether a contract pays in the coin it is written on.
  final boolean[] inverse;

  /// Strike, numeraire per whole unit of the underlying; 0 for futures.
  final double[] strike;

  /// End of a contract, epoch nanoseconds; 0 for perpetuals.
  final long[] expiryNs;

  /// Whole units of the underlying in one quantity unit (of an inverse future: units of its
  /// contract's face value).
  final double[] unit;

  /// Asset index of the settlement asset.
  final int[] settlement;

  /// Place of a contract in the order of valuation.
  final int[] rank;

  /// The contract at a place.
  final int[] atRank;

  private final int[] priceScale;
  private final double[] ticksPerCoin;

  ContractTable(Book book) {
    Instruments instruments = book.instruments;
    int size = instruments.size();
    underlying = new int[size];
    option = new boolean[size];
    call = new boolean[size];
    inverse = new boolean[size];
    strike = new double[size];
    expiryNs = new long[size];
    unit = new double[size];
    settlement = new int[size];
    priceScale = new int[size];
    ticksPerCoin = new double[size];
    rank = new int[size];
    Integer[] order = new Integer[size];
    for (int i = 0; i < size; i++) {
      describe(book.assets, instruments, i);
      order[i] = i;
    }
    Arrays.sort(order, byUnderlying().thenComparing(bySeries(instruments)));
    atRank = new int[size];
    for (int place = 0; place < size; place++) {
      atRank[place] = order[place];
      rank[order[place]] = place;
    }
  }

  private void describe(Assets assets, Instruments instruments, int i) {
    LinearContract contract = instruments.at(i);
    ContractTerms terms = contract.terms();
    int asset =
        terms.underlyingAssetId() == ContractTerms.NO_UNDERLYING
            ? IdIndex.ABSENT
            : assets.find(terms.underlyingAssetId());
    underlying[i] = asset == IdIndex.ABSENT ? -1 : asset;
    OptionTerms right = terms.option();
    option[i] = right != null && underlying[i] >= 0;
    call[i] = right != null && right.isCall();
    inverse[i] = terms.inverse();
    strike[i] = right == null ? 0 : Doubles.of(right.strike());
    expiryNs[i] = terms.expiryNs();
    settlement[i] = instruments.settlementAsset(i);
    int places = contract.quantityScale();
    unit[i] =
        places >= 0
            ? Doubles.of(contract.contractSize(), places)
            : contract.contractSize() * (double) Fixed.pow10(-places);
    priceScale[i] = contract.priceScale();
    ticksPerCoin[i] =
        (double) instruments.ticksPerMinor(i) * Fixed.pow10(assets.at(settlement[i]).scale());
  }

  private Comparator<Integer> byUnderlying() {
    return Comparator.<Integer>comparingInt(i -> underlying[i])
        .thenComparing(i -> option[i])
        .thenComparingLong(i -> expiryNs[i]);
  }

  private Comparator<Integer> bySeries(Instruments instruments) {
    return Comparator.<Integer>comparingInt(i -> settlement[i])
        .thenComparing(i -> inverse[i])
        .thenComparing(i -> strikeOf(instruments.at(i).terms().option()))
        .thenComparing(i -> !call[i])
        .thenComparingInt(instruments::idAt);
  }

  private static Decimal strikeOf(@Nullable OptionTerms option) {
    return option == null ? Decimal.ZERO : option.strike();
  }

  /// Whether two contracts are options whose losses are looked at together: same underlying, expiry
  /// and settlement.
  boolean isSameSeries(int a, int b) {
    return option[a]
        && option[b]
        && underlying[a] == underlying[b]
        && expiryNs[a] == expiryNs[b]
        && settlement[a] == settlement[b]
        && inverse[a] == inverse[b];
  }

  /// A mark as it is quoted.
  double mark(int instrument, long markUnits) {
    return Doubles.of(markUnits, priceScale[instrument]);
  }

  /// A mark in whole units of the settlement asset: of an inverse future what one unit of its face
  /// value is in coin; 0 where there is no mark.
  double markInSettlement(int instrument, long markUnits) {
    double quote = mark(instrument, markUnits);
    return !isInverseFuture(instrument) || quote == 0 ? quote : 1 / quote;
  }

  /// Whether a long owes the coin, so that its value is minus what its mark is in the coin.
  boolean isInverseFuture(int instrument) {
    return inverse[instrument] && !option[instrument];
  }

  /// An amount of ticks in whole units of the settlement asset.
  double amount(int instrument, long ticks) {
    return ticks / ticksPerCoin[instrument];
  }

  /// Size of a position in whole units of the underlying, never negative.
  ///
  /// @param mark in the settlement asset
  double coins(int instrument, double quantity, double mark) {
    double size = Math.abs(quantity);
    return isInverseFuture(instrument) ? size * mark : size;
  }
}
