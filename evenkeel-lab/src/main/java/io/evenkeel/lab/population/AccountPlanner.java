package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.RandomStreams;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Draws synthetic accounts. The plan of a trader depends on the seed, its number and the listing
/// only: not on how many others there are (but for the common [#marginScale()]), nor on the order
/// in which plans are asked for.
final class AccountPlanner {
  /// Positions are entered within this share of the mark, to either side.
  static final double MOST_ENTRY_OFFSET = 0.004;

  private static final int[] POSITION_COUNT_PERCENT = {34, 22, 14, 10, 8, 5, 4, 3};
  private static final double RESERVE = 1.10;
  private static final double ENTRY_LOSS_RESERVE = 0.006;
  private static final double LARGEST_SHARE_OF_OPEN_INTEREST = 0.4;

  private final PopulationParameters parameters;
  private final Listing listing;
  private final PartyLayout parties;
  private final RequirementEstimate estimate;
  private final CollateralMix collateral;
  private final double[] popularity;
  private final double popularitySum;
  private final double marginScale;

  AccountPlanner(
      PopulationParameters parameters, Listing listing, PartyLayout parties, Rulebook rulebook) {
    this.parameters = parameters;
    this.listing = listing;
    this.parties = parties;
    estimate =
        new RequirementEstimate(
            rulebook, listing.symbols().stream().map(QuotedSymbol::symbol).toList());
    collateral = new CollateralMix(listing, rulebook);
    popularity = listing.symbols().stream().mapToDouble(s -> popularity(s.symbol())).toArray();
    popularitySum = Arrays.stream(popularity).sum();
    marginScale = scaleThatFits();
  }

  /// What both ends of the margin distribution are multiplied by, so that the open interest fits: 1
  /// unless there are very many accounts.
  double marginScale() {
    return marginScale;
  }

  /// Mean value of an account's positions, millionths.
  double meanNotionalE6() {
    return meanMarginE6() * meanOfLogUniform(parameters.leastLeverage(), parameters.mostLeverage());
  }

  /// Mean of what is put behind an account's positions, millionths.
  double meanMarginE6() {
    return marginScale
        * meanOfLogUniform((double) parameters.leastMarginE6(), (double) parameters.mostMarginE6());
  }

  /// Whether the party lets its accounts help one another.
  boolean allowsSiblingTopUp(int party) {
    return RandomStreams.numbered(parameters.seed(), "party/policy", party).nextDouble()
        < parameters.shares().siblingTopUp();
  }

  /// Whether the trader's account is isolated; the same as in its plan, without making one.
  boolean isIsolated(int trader) {
    return RandomStreams.numbered(parameters.seed(), "account/mode", trader).nextDouble()
        < parameters.shares().isolated();
  }

  /// Draws one account.
  void plan(int trader, AccountPlan into) {
    SplittableRandom random = RandomStreams.numbered(parameters.seed(), "account", trader);
    into.isIsolated = isIsolated(trader);
    double leverage =
        RandomStreams.logUniform(random, parameters.leastLeverage(), parameters.mostLeverage());
    double marginE6 =
        marginScale
            * RandomStreams.logUniform(
                random, (double) parameters.leastMarginE6(), (double) parameters.mostMarginE6());
    boolean wantsHedge = random.nextDouble() < parameters.shares().hedged();
    into.isHedged = wantsHedge && !into.isIsolated && listing.contractCount() > 1;
    drawPositions(random, into, marginE6 * leverage);
    boolean chooses = random.nextDouble() < parameters.shares().chosenLeverage();
    double stricter = 1.05 + 0.15 * random.nextDouble();
    into.leverageE2 = chooses ? Math.clamp((long) (leverage * stricter * 100), 100, 100_000) : 0;
    drawOrder(random, into);
    long requiredE6 = requiredE6(into);
    into.marginE6 =
        (long)
            Math.max(
                into.notionalE6 / leverage,
                RESERVE * requiredE6 + ENTRY_LOSS_RESERVE * into.notionalE6 + 10_000);
    boolean isEmpty = random.nextDouble() < parameters.shares().emptyWallet();
    double multiple =
        RandomStreams.logUniform(
            random, parameters.leastWalletMultiple(), parameters.mostWalletMultiple());
    into.walletE6 = isEmpty ? 0 : (long) (into.marginE6 * multiple);
    drawCollateral(trader, into);
    double spareE6 = into.marginE6 - RESERVE * requiredE6 - ENTRY_LOSS_RESERVE * into.notionalE6;
    double mostE6 = into.isIsolated ? spareE6 : Math.min(spareE6, 0.15 * requiredE6);
    double postedE6 = mostE6 * (0.4 + 0.6 * random.nextDouble());
    into.transferMinor = into.hasOtherCollateral ? 0 : (long) Math.max(0, postedE6);
  }

  private void drawPositions(SplittableRandom random, AccountPlan into, double notionalE6) {
    int wanted = into.isHedged ? 2 : into.isIsolated ? 1 : drawCount(random);
    into.positionCount = Math.min(wanted, listing.contractCount());
    double[] parts = new double[into.positionCount];
    double sum = 0;
    for (int i = 0; i < into.positionCount; i++) {
      into.instrumentIds[i] = drawOther(random, into.instrumentIds, i);
      parts[i] = into.isHedged ? 1 : 0.5 + random.nextDouble();
      sum += parts[i];
    }
    boolean firstLong = random.nextBoolean();
    into.notionalE6 = 0;
    for (int i = 0; i < into.positionCount; i++) {
      int instrumentId = into.instrumentIds[i];
      long priceUnits = listing.symbols().get(instrumentId).firstPriceUnits();
      long units = listing.unitsFor(instrumentId, (long) (notionalE6 * parts[i] / sum), priceUnits);
      long lot = listing.contract(instrumentId).lotSize();
      units = Math.clamp(units, lot, listing.contract(instrumentId).maximumPositionUnits() / 4);
      boolean isLong = i == 0 ? firstLong : into.isHedged ? !firstLong : random.nextBoolean();
      into.units[i] = isLong ? units : -units;
      into.notionalE6 += listing.notionalE6(instrumentId, units, priceUnits);
    }
  }

  private static int drawCount(SplittableRandom random) {
    int percent = random.nextInt(100);
    int count = 1;
    for (int share : POSITION_COUNT_PERCENT) {
      percent -= share;
      if (percent < 0) {
        break;
      }
      count++;
    }
    return count;
  }

  /// Draws an instrument by popularity that is not among the first `taken`.
  private int drawOther(SplittableRandom random, int[] ids, int taken) {
    double left = popularitySum;
    for (int i = 0; i < taken; i++) {
      left -= popularity[ids[i]];
    }
    double at = random.nextDouble() * left;
    int last = 0;
    for (int id = 0; id < popularity.length; id++) {
      if (!contains(ids, taken, id)) {
        last = id;
        at -= popularity[id];
        if (at < 0) {
          break;
        }
      }
    }
    return last;
  }

  private static boolean contains(int[] ids, int taken, int id) {
    for (int i = 0; i < taken; i++) {
      if (ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  /// A resting order 1 to 6 % away from the mark, in an instrument the account already holds.
  private void drawOrder(SplittableRandom random, AccountPlan into) {
    boolean wants = random.nextDouble() < parameters.shares().openOrders();
    int position = random.nextInt(into.positionCount);
    into.isBuyOrder = random.nextBoolean();
    double size = 0.2 + 0.8 * random.nextDouble();
    double distance = 0.01 + 0.05 * random.nextDouble();
    into.orderInstrumentId = wants ? into.instrumentIds[position] : -1;
    long lot = listing.contract(into.instrumentIds[position]).lotSize();
    long units = (long) (Math.abs(into.units[position]) * size);
    into.orderUnits = Math.max(lot, units - units % lot);
    double factor = into.isBuyOrder ? 1 - distance : 1 + distance;
    long markUnits = listing.symbols().get(into.instrumentIds[position]).firstPriceUnits();
    into.orderPriceUnits = Math.max(1, (long) StrictMath.rint(markUnits * factor));
  }

  private long requiredE6(AccountPlan plan) {
    long required = 0;
    for (int i = 0; i < plan.positionCount; i++) {
      int instrumentId = plan.instrumentIds[i];
      long markUnits = listing.symbols().get(instrumentId).firstPriceUnits();
      long notional = listing.notionalE6(instrumentId, Math.abs(plan.units[i]), markUnits);
      if (instrumentId == plan.orderInstrumentId) {
        notional +=
            listing.notionalE6(
                instrumentId, plan.orderUnits, Math.max(markUnits, plan.orderPriceUnits));
      }
      required += estimate.initialE6(instrumentId, notional, plan.leverageE2, plan.isIsolated);
    }
    return required;
  }

  /// The mix belongs to the party, whose accounts share a wallet; an isolated account without
  /// siblings brings cash.
  private void drawCollateral(int trader, AccountPlan into) {
    SplittableRandom random =
        RandomStreams.numbered(parameters.seed(), "party/collateral", parties.party(trader));
    boolean other = random.nextDouble() < parameters.shares().otherCollateral();
    int mix = random.nextInt(CollateralMix.MIX_COUNT);
    into.hasOtherCollateral = other && (!into.isIsolated || parties.hasSibling(trader));
    int brought = into.hasOtherCollateral ? mix : CollateralMix.CASH;
    Arrays.fill(into.depositMinor, 0);
    collateral.add(brought, into.marginE6, into.depositMinor);
    collateral.add(brought, into.walletE6, into.depositMinor);
  }

  /// With `n` accounts of a mean notional, half of it long, the most popular contract must stay
  /// well within its limit.
  private double scaleThatFits() {
    double unscaledNotionalE6 =
        meanOfLogUniform((double) parameters.leastMarginE6(), (double) parameters.mostMarginE6())
            * meanOfLogUniform(parameters.leastLeverage(), parameters.mostLeverage());
    double scale = 1;
    for (int id = 0; id < popularity.length; id++) {
      double longE6 =
          parameters.accounts() * unscaledNotionalE6 * popularity[id] / popularitySum / 2;
      double limitE6 =
          (double)
              listing.notionalE6(
                  id,
                  listing.contract(id).maximumOpenInterestUnits(),
                  listing.symbols().get(id).firstPriceUnits());
      scale = Math.min(scale, LARGEST_SHARE_OF_OPEN_INTEREST * limitE6 / longE6);
    }
    return scale;
  }

  private static double meanOfLogUniform(double low, double high) {
    return high == low ? low : (high - low) / StrictMath.log(high / low);
  }

  private static double popularity(String symbol) {
    return switch (symbol) {
      case "BTCUSDT" -> 6;
      case "ETHUSDT" -> 4;
      case "SOLUSDT", "XRPUSDT", "BNBUSDT", "DOGEUSDT" -> 2;
      default -> 1;
    };
  }
}
