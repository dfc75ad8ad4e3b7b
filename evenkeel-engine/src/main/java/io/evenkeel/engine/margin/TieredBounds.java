package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.Brackets;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.watch.AffineBounds;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What can be said of an account under tiered rates while it stays in its zone. Inside the
/// brackets that its rows lie in, equity and both requirements are linear in marks and prices but
/// for rounding; the slacks are anchored at what the account is worth now, and what rounding can
/// add is taken off. Profit that counts in part for initial levels is cut where it changes its
/// sign: a slack of its own keeps it on its side, give or take a part of the slack that is given up
/// for it.
///
/// Nothing is said of accounts with inverse futures, with a chosen leverage that matters in part of
/// a bracket only, or where money does not fit: these are looked at on each of their ticks.
/// Settlement assets are supposed to keep their price.
final class TieredBounds {
  /// Finest unit: a millionth of the numeraire over this power of two.
  private static final int FINEST = 24;

  /// Bits that what an account holds may have in its unit, so that its slacks fit without halving.
  private static final int BITS = 50;

  private static final long NOISE_PER_TERM_E6 = 12;
  private static final long ROUNDINGS_PER_ROW = 4;
  private static final long ROUNDINGS_OF_SLOPE = 4;

  /// The part of its slack that an account gives up so that its profit may change its sign.
  private static final int GIVEN_UP = 4;

  private static final int NO_ROW = -1;

  /// Stands for what could be released in place of a line of levels.
  private static final int RELEASABLE = Integer.MAX_VALUE;

  private static final long BRACKET_MARGIN = 2;

  private final Book book;
  private final Valuation valuation;
  private final LevelLines lines = new LevelLines();
  private final NotionalLine notional;

  private final int[] factors = new int[AffineBounds.MOST_FACTORS];
  private final long[] values = new long[AffineBounds.MOST_FACTORS];

  /// Settlement asset of a row's factor; [#NO_ROW] for the price of collateral.
  private final int[] settling = new int[AffineBounds.MOST_FACTORS];

  /// What equity, equity at initial weights with profit in full, and both requirements change by
  /// when a factor rises by one, in the account's unit.
  private final long[] equityBy = new long[AffineBounds.MOST_FACTORS];

  private final long[] initialEquityBy = new long[AffineBounds.MOST_FACTORS];
  private final long[] maintenanceBy = new long[AffineBounds.MOST_FACTORS];
  private final long[] initialBy = new long[AffineBounds.MOST_FACTORS];
  private final long[] lowest = new long[AffineBounds.MOST_FACTORS];
  private final long[] highest = new long[AffineBounds.MOST_FACTORS];
  private int count;

  /// Unrealised profit of the account by settlement asset.
  private final long[] profitMinor;

  private final int[] slackLine = new int[AffineBounds.MOST_SLACKS];
  private final int[] slackSide = new int[AffineBounds.MOST_SLACKS];
  private int slacks;
  private Decimal withheld = Decimal.ZERO;
  private int initialLine;
  private int shift;
  private long noiseE6;
  private long errorUnits;

  /// What rounding can make of a slope, in the account's unit.
  private long slopeError;

  TieredBounds(Book book, Valuation valuation, int assetLimit) {
    this.book = book;
    this.valuation = valuation;
    profitMinor = new long[assetLimit];
    notional = new NotionalLine(book);
  }

  /// Describes an account.
  ///
  /// @param now its valuation, in a zone of RESTRICTED or better
  /// @param isReleaseDue whether excess would be released as soon as it is enough
  /// @param bounds written
  /// @return false when nothing can be said
  boolean describe(
      int account,
      RulebookTerms terms,
      TieredRates tiered,
      LevelPolicy policy,
      Weighing now,
      boolean isReleaseDue,
      FactorNumbers numbers,
      AffineBounds bounds) {
    count = 0;
    noiseE6 = 0;
    slopeError = 2 * ROUNDINGS_OF_SLOPE;
    lines.find(policy, now.zone());
    try {
      return addRows(account, terms, tiered, numbers)
          && addCollateral(account, terms, numbers)
          && write(tiered, isReleaseDue ? terms.rulebook().release() : null, now, numbers, bounds);
    } catch (ArithmeticException _) {
      return false;
    } finally {
      Arrays.fill(profitMinor, 0);
    }
  }

  private void chooseUnit(int account) {
    long grossE6 = 1;
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      long notionalE6 = valuation.positionNotionalE6(row, positions.instrument(row));
      grossE6 = Math.addExact(grossE6, notionalE6);
    }
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      long valueE6 = balance == 0 ? 0 : book.assets.valueE6(asset, balance, Rounding.FLOOR);
      grossE6 = Math.addExact(grossE6, Math.abs(valueE6));
    }
    shift = Math.clamp(BITS - (Long.SIZE - Long.numberOfLeadingZeros(grossE6)), 0, FINEST);
  }

  private boolean addRows(
      int account, RulebookTerms terms, TieredRates tiered, FactorNumbers numbers) {
    chooseUnit(account);
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (book.instruments.isInverse(instrument)) {
        return false;
      }
      int at = add(numbers.ofMark(instrument), book.instruments.mark(instrument));
      if (!addRow(account, tiered, terms.brackets(instrument), row, instrument, at)) {
        return false;
      }
    }
    return true;
  }

  private int add(int factor, long value) {
    if (count == AffineBounds.MOST_FACTORS) {
      throw new ArithmeticException("more terms than an account can have");
    }
    int at = count++;
    factors[at] = factor;
    values[at] = value;
    settling[at] = NO_ROW;
    lowest[at] = 0;
    highest[at] = Long.MAX_VALUE;
    equityBy[at] = 0;
    initialEquityBy[at] = 0;
    maintenanceBy[at] = 0;
    initialBy[at] = 0;
    return at;
  }

  private boolean addRow(
      int account, TieredRates tiered, Brackets brackets, int row, int instrument, int at) {
    long perUnit = book.instruments.ticksPerUnit(instrument);
    int asset = book.instruments.settlementAsset(instrument);
    settling[at] = asset;
    equityBy[at] = inUnit(instrument, Math.multiplyExact(book.positions.quantity(row), perUnit));
    initialEquityBy[at] = equityBy[at];
    profitMinor[asset] = Math.addExact(profitMinor[asset], valuation.profitMinor(row, instrument));

    long minorE6 = minorE6(asset);
    noiseE6 = Math.addExact(noiseE6, ROUNDINGS_PER_ROW * minorE6);
    // a slope is rounded in minor units first, and then what one is worth
    slopeError = Math.max(slopeError, ROUNDINGS_OF_SLOPE * (minorE6 + 1));

    notional.find(row, instrument, values[at]);
    long notionalE6 = valuation.notionalE6(instrument, notional.ticks());
    int bracket = brackets.bracketOf(notionalE6);
    long notionalBy = inUnit(instrument, notional.ticksBy());
    initialBy[at] = brackets.initialRate(bracket).times(notionalBy, Rounding.FLOOR);
    int leverageE2 = book.accounts.leverageE2(account);
    if (leverageE2 > 0 && !isBracketStricter(brackets, bracket, leverageE2)) {
      if (!isLeverageStricter(brackets, bracket, leverageE2)) {
        return false;
      }
      initialBy[at] = Fixed.mulDiv(notionalBy, 100, leverageE2, Rounding.FLOOR);
    }
    initialBy[at] = Math.addExact(initialBy[at], inUnit(instrument, notional.lossTicksBy()));
    keepIn(brackets, bracket, instrument, at);
    if (!tiered.ordersInMaintenance()) {
      notional.findPosition(row, instrument, values[at]);
      notionalE6 = valuation.positionNotionalE6(row, instrument);
      bracket = brackets.bracketOf(notionalE6);
      notionalBy = inUnit(instrument, notional.ticksBy());
      keepIn(brackets, bracket, instrument, at);
    }
    maintenanceBy[at] = brackets.maintenanceRate(bracket).times(notionalBy, Rounding.FLOOR);
    return values[at] >= lowest[at] && values[at] <= highest[at];
  }

  /// What a minor unit is worth, rounded up: profit and notional are rounded to such units first.
  private long minorE6(int asset) {
    return Math.ceilDiv(book.assets.price(asset), book.assets.divisor(asset));
  }

  /// Ticks of an instrument in the account's unit.
  private long inUnit(int instrument, long ticks) {
    int asset = book.instruments.settlementAsset(instrument);
    long minorUnits =
        Fixed.mulDiv(
            ticks, 1L << shift, book.instruments.ticksPerMinor(instrument), Rounding.FLOOR);
    return inNumeraire(asset, minorUnits);
  }

  private long inNumeraire(int asset, long minorUnits) {
    long price = book.assets.price(asset);
    long divisor = book.assets.divisor(asset);
    return price == divisor ? minorUnits : Fixed.mulDiv(minorUnits, price, divisor, Rounding.FLOOR);
  }

  /// Whether the bracket requires at least what the leverage does all over the bracket: both are
  /// linear, so the ends decide, and past the last floor the rates.
  private static boolean isBracketStricter(Brackets brackets, int bracket, int leverageE2) {
    if (brackets.initialE6(brackets.floorE6(bracket))
        < byLeverage(brackets.floorE6(bracket), leverageE2)) {
      return false;
    }
    Decimal rate = brackets.initialRate(bracket);
    return bracket + 1 < brackets.size()
        ? brackets.initialE6(brackets.floorE6(bracket + 1))
            >= byLeverage(brackets.floorE6(bracket + 1), leverageE2)
        : Fixed.compareProducts(rate.units(), leverageE2, rate.divisor(), 100) >= 0;
  }

  private static boolean isLeverageStricter(Brackets brackets, int bracket, int leverageE2) {
    if (brackets.initialE6(brackets.floorE6(bracket))
        > byLeverage(brackets.floorE6(bracket), leverageE2)) {
      return false;
    }
    Decimal rate = brackets.initialRate(bracket);
    return bracket + 1 < brackets.size()
        ? brackets.initialE6(brackets.floorE6(bracket + 1))
            <= byLeverage(brackets.floorE6(bracket + 1), leverageE2)
        : Fixed.compareProducts(rate.units(), leverageE2, rate.divisor(), 100) <= 0;
  }

  private static long byLeverage(long notionalE6, int leverageE2) {
    return Fixed.mulDiv(notionalE6, 100, leverageE2, Rounding.CEILING);
  }

  /// Keeps a mark where the notional just found stays in its bracket and what it is made of the
  /// same; two units of either side of a bracket are left out for the roundings of a notional.
  private void keepIn(Brackets brackets, int bracket, int instrument, int at) {
    lowest[at] = Math.max(lowest[at], notional.lowestMark());
    highest[at] = Math.min(highest[at], notional.highestMark());
    if (bracket > 0) {
      keepAbove(ticksAt(brackets.floorE6(bracket), instrument), at);
    }
    if (bracket + 1 < brackets.size()) {
      keepBelow(ticksAt(brackets.floorE6(bracket + 1), instrument), at);
    }
  }

  private long ticksAt(long notionalE6, int instrument) {
    int asset = book.instruments.settlementAsset(instrument);
    long price = book.assets.price(asset);
    long minor = Fixed.mulDiv(notionalE6, book.assets.divisor(asset), price, Rounding.FLOOR);
    return Math.multiplyExact(minor, book.instruments.ticksPerMinor(instrument));
  }

  private void keepAbove(long ticks, int at) {
    long by = notional.ticksBy();
    if (by > 0) {
      long mark = Math.ceilDiv(Math.subtractExact(ticks, notional.ticksAtZero()), by);
      lowest[at] = Math.max(lowest[at], mark + BRACKET_MARGIN);
    } else if (by < 0) {
      long mark = Math.floorDiv(Math.subtractExact(ticks, notional.ticksAtZero()), by);
      highest[at] = Math.min(highest[at], mark - BRACKET_MARGIN);
    }
  }

  private void keepBelow(long ticks, int at) {
    long by = notional.ticksBy();
    if (by > 0) {
      long mark = Math.floorDiv(Math.subtractExact(ticks, notional.ticksAtZero()), by);
      highest[at] = Math.min(highest[at], mark - BRACKET_MARGIN);
    } else if (by < 0) {
      long mark = Math.ceilDiv(Math.subtractExact(ticks, notional.ticksAtZero()), by);
      lowest[at] = Math.max(lowest[at], mark + BRACKET_MARGIN);
    }
  }

  private boolean addCollateral(int account, RulebookTerms terms, FactorNumbers numbers) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      int factor = numbers.ofPrice(asset);
      if (balance != 0 && book.ledger.accruals().lends(asset)) {
        return false;
      }
      if (balance != 0 && factor >= 0) {
        int at = add(factor, book.assets.price(asset));
        CollateralTerms collateral = terms.collateral(asset);
        long counted = Math.min(balance, balance < 0 ? balance : collateral.capMinor());
        long by = Fixed.mulDiv(counted, 1L << shift, book.assets.divisor(asset), Rounding.FLOOR);
        if (balance < 0) {
          long weight = collateral.debtWeight().times(1, Rounding.CEILING);
          slopeError = Math.max(slopeError, ROUNDINGS_OF_SLOPE * (weight + 1));
          equityBy[at] = collateral.debtWeight().times(by, Rounding.FLOOR);
          initialEquityBy[at] = equityBy[at];
        } else if (!book.assets.quotes().isLost(asset)) {
          equityBy[at] = collateral.maintenanceWeight().times(by, Rounding.FLOOR);
          initialEquityBy[at] =
              book.assets.quotes().isDegraded(asset)
                  ? 0
                  : collateral.initialWeight().times(by, Rounding.FLOOR);
        }
      }
    }
    return true;
  }

  private boolean write(
      TieredRates tiered,
      @Nullable ReleasePolicy release,
      Weighing now,
      FactorNumbers numbers,
      AffineBounds bounds) {
    noiseE6 =
        Math.multiplyExact(
            lines.amplification(),
            Math.addExact(noiseE6, NOISE_PER_TERM_E6 * (count + book.assets.size() + 2)));
    errorUnits = Math.multiplyExact(lines.amplification(), slopeError);
    bounds.start();
    slacks = 0;
    long givenUpE6 = weighProfit(tiered.profitInitialWeight(), now, numbers, bounds);
    for (int i = 0; i < lines.belowCount(); i++) {
      int line = lines.below(i);
      long lostE6 = Math.min(0, lines.of(line, 0, -givenUpE6, 0, 0));
      addSlack(line, 1, Math.addExact(lines.of(line, now), lostE6), numbers, bounds);
    }
    if (lines.hasAbove()) {
      int line = lines.above(now);
      addSlack(line, -1, -lines.of(line, now) - 1, numbers, bounds);
    }
    if (release != null) {
      addReleaseSlack(release, now, numbers, bounds);
    }
    int place = NO_ROW;
    for (int i = 0; i < count; i++) {
      // the two sides of an account in hedge mode follow one another
      boolean isOtherSide = i > 0 && factors[i] == factors[i - 1];
      place = isOtherSide ? place : bounds.addFactor(factors[i]);
      bounds.limit(place, lowest[i], highest[i]);
      for (int slack = 0; slack < slacks; slack++) {
        bounds.add(place, slack, by(slack, i));
      }
    }
    return true;
  }

  /// Takes profits at the weight that initial levels give them on the side of zero where they are,
  /// and adds a slack that keeps each there or a little beyond.
  ///
  /// @return what equity at initial weights can be less than that for going beyond
  private long weighProfit(
      Decimal weight, Weighing now, FactorNumbers numbers, AffineBounds bounds) {
    if (weight.equals(Decimal.ONE)) {
      return 0;
    }
    long settlingAssets = 0;
    for (int i = 0; i < count; i++) {
      if (settling[i] != NO_ROW) {
        settlingAssets |= 1L << settling[i];
        if (profitMinor[settling[i]] >= 0) {
          initialEquityBy[i] = weight.times(initialEquityBy[i], Rounding.FLOOR);
        }
      }
    }
    long leastE6 = Long.MAX_VALUE;
    for (int i = 0; i < lines.belowCount(); i++) {
      if (lines.risesWithInitialEquity(lines.below(i))) {
        leastE6 = Math.min(leastE6, lines.of(lines.below(i), now));
      }
    }
    if (leastE6 == Long.MAX_VALUE || settlingAssets == 0) {
      return 0;
    }
    long beyondE6 = leastE6 / GIVEN_UP / Long.bitCount(settlingAssets);
    for (long left = settlingAssets; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      int side = profitMinor[asset] >= 0 ? 1 : -1;
      long profitE6 = book.assets.valueE6(asset, profitMinor[asset], Rounding.FLOOR);
      addSlack(-1 - asset, side, side * profitE6 + beyondE6, numbers, bounds);
    }
    return weight.complement().times(leastE6 / GIVEN_UP, Rounding.CEILING);
  }

  /// How far the excess is from the smallest release. Profit that is not released against counts
  /// where it is one now; where it is none, nothing does: less than the truth either way.
  private void addReleaseSlack(
      ReleasePolicy release, Weighing now, FactorNumbers numbers, AffineBounds bounds) {
    withheld = now.profitE6() > 0 ? release.profitAllowance().complement() : Decimal.ZERO;
    initialLine = lines.initial(now);
    long excessE6 =
        Math.subtractExact(
            lines.of(initialLine, now), withheld.times(now.profitE6(), Rounding.FLOOR));
    addSlack(
        RELEASABLE, -1, Math.subtractExact(release.minimumE6() - 1, excessE6), numbers, bounds);
  }

  /// @param line a line of levels, or below 0 the profit in the asset `-1 - line`
  /// @param side 1 when the slack rises with it, -1 when it falls
  private void addSlack(
      int line, int side, long slackE6, FactorNumbers numbers, AffineBounds bounds) {
    if (slacks == AffineBounds.MOST_SLACKS) {
      throw new ArithmeticException("more slacks than an account can have");
    }
    int slack = slacks++;
    slackLine[slack] = line;
    slackSide[slack] = side;
    long constant = Math.multiplyExact(Math.subtractExact(slackE6, noiseE6), 1L << shift);
    for (int i = 0; i < count; i++) {
      constant = Math.subtractExact(constant, Math.multiplyExact(by(slack, i), values[i]));
      long error = Math.multiplyExact(errorUnits, numbers.ceiling(factors[i]));
      constant = Math.subtractExact(constant, error);
    }
    bounds.addSlack(constant);
  }

  private long by(int slack, int i) {
    int line = slackLine[slack];
    if (line == RELEASABLE) {
      long profitBy = settling[i] == NO_ROW ? 0 : equityBy[i];
      return withheld.times(profitBy, Rounding.FLOOR)
          - lines.of(initialLine, equityBy[i], initialEquityBy[i], maintenanceBy[i], initialBy[i]);
    }
    if (line < 0) {
      return settling[i] == -1 - line ? slackSide[slack] * equityBy[i] : 0;
    }
    return slackSide[slack]
        * lines.of(line, equityBy[i], initialEquityBy[i], maintenanceBy[i], initialBy[i]);
  }
}
