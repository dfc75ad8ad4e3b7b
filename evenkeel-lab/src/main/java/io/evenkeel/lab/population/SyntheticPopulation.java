package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.RandomStreams;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.Locale;
import java.util.SplittableRandom;

/// A population made up from a seed. Traders take positions of random direction; each is filled
/// against those that wait for the other side, and the market maker takes what nobody wanted, so
/// longs equal shorts by construction.
///
/// An account first puts its money into the party's wallet and then trades: the margin gate of the
/// engine pulls what a position needs. (Margin posted before would be given back at once, for an
/// account without positions needs none.) Once all positions are taken, some accounts post more
/// than they must, and orders are placed.
public final class SyntheticPopulation implements Population {
  private static final long HOUSE_PARTY = 1;
  private static final long MARKET_MAKER_PARTY = 2;
  private static final long BACKSTOP_ACCOUNT = 1;
  private static final long MARKET_MAKER_ACCOUNT = 2;
  private static final long FIRST_TRADER_ID = 1_001;
  private static final int SETTLEMENT_ASSET_ID = 0;

  private static final double BACKSTOP_SHARE_OF_NOTIONAL = 0.02;
  private static final double INSURANCE_SHARE_OF_NOTIONAL = 0.002;
  private static final double MARKET_MAKER_SHARE_OF_NOTIONAL = 0.08;
  private static final long LEAST_HOUSE_CAPITAL_MINOR = 50_000_000_000L;

  private final PopulationParameters parameters;
  private final Listing listing;
  private final Rulebook rulebook;
  private final PartyLayout parties;
  private final AccountPlanner planner;
  private final SetUpTally tally;

  /// @param rulebook what accounts are sized by: each brings at least what it asks for
  /// @throws IllegalArgumentException when the rulebook does not accept USDT
  public SyntheticPopulation(PopulationParameters parameters, Listing listing, Rulebook rulebook) {
    this.parameters = parameters;
    this.listing = listing;
    this.rulebook = rulebook;
    parties = new PartyLayout(parameters);
    planner = new AccountPlanner(parameters, listing, parties, rulebook);
    tally = new SetUpTally();
  }

  @Override
  public Listing listing() {
    return listing;
  }

  @Override
  public int traderCount() {
    return parameters.accounts();
  }

  @Override
  public long accountId(int trader) {
    return FIRST_TRADER_ID + trader;
  }

  @Override
  public long partyId(int trader) {
    return FIRST_TRADER_ID + parties.party(trader);
  }

  @Override
  public int isolatedInstrumentId(int trader) {
    if (!planner.isIsolated(trader)) {
      return -1;
    }
    AccountPlan plan = new AccountPlan(listing.assets().size());
    planner.plan(trader, plan);
    return plan.instrumentIds[0];
  }

  @Override
  public boolean allowsSiblingTopUp(int trader) {
    return parties.hasSibling(trader) && planner.allowsSiblingTopUp(parties.party(trader));
  }

  @Override
  public int traderOf(long accountId) {
    long trader = accountId - FIRST_TRADER_ID;
    return trader >= 0 && trader < parameters.accounts() ? (int) trader : -1;
  }

  @Override
  public long backstopAccountId() {
    return BACKSTOP_ACCOUNT;
  }

  @Override
  public long housePartyId() {
    return HOUSE_PARTY;
  }

  @Override
  public long marketMakerAccountId() {
    return MARKET_MAKER_ACCOUNT;
  }

  @Override
  public long marketMakerPartyId() {
    return MARKET_MAKER_PARTY;
  }

  @Override
  public SetUpReport setUp(long timeNs, CommandSink sink) {
    return setUp(timeNs, rulebook, sink);
  }

  /// As [#setUp(long, CommandSink)], under other rules than the accounts were sized by: the same
  /// accounts bring the same money and want the same positions, so that two rulebooks can be
  /// compared. Fills that the other rules do not allow are refused and counted.
  public SetUpReport setUp(long timeNs, Rulebook governing, CommandSink sink) {
    SetUpReport.Counter counter = new SetUpReport.Counter(sink);
    tally.clear();
    HouseSetUp.define(timeNs, listing, governing, counter);
    openHouse(timeNs, counter);
    openTraders(timeNs, governing, counter);
    finishTraders(timeNs, counter);
    return counter.report();
  }

  private void openHouse(long timeNs, CommandSink sink) {
    double notionalE6 = planner.meanNotionalE6() * parameters.accounts();
    long backstopMinor = houseCapitalMinor(notionalE6 * BACKSTOP_SHARE_OF_NOTIONAL);
    long marketMakerMinor = houseCapitalMinor(notionalE6 * MARKET_MAKER_SHARE_OF_NOTIONAL);
    HouseSetUp.open(timeNs, BACKSTOP_ACCOUNT, HOUSE_PARTY, AccountRole.BACKSTOP, sink);
    HouseSetUp.fund(timeNs, BACKSTOP_ACCOUNT, HOUSE_PARTY, backstopMinor, sink);
    sink.submit(
        timeNs,
        new Command.ContributeInsurance(
            SETTLEMENT_ASSET_ID, houseCapitalMinor(notionalE6 * INSURANCE_SHARE_OF_NOTIONAL)));
    HouseSetUp.open(timeNs, MARKET_MAKER_ACCOUNT, MARKET_MAKER_PARTY, AccountRole.TRADER, sink);
    sink.submit(
        timeNs, new Command.Deposit(MARKET_MAKER_PARTY, SETTLEMENT_ASSET_ID, marketMakerMinor));
  }

  private static long houseCapitalMinor(double wantedE6) {
    return Math.max(LEAST_HOUSE_CAPITAL_MINOR, (long) wantedE6);
  }

  private void openTraders(long timeNs, Rulebook governing, CommandSink sink) {
    AccountPlan plan = new AccountPlan(listing.assets().size());
    InterestBook book = new InterestBook(listing.contractCount());
    SplittableRandom entryRandom = RandomStreams.named(parameters.seed(), "entries");
    double offset = entryOffset(governing.venue().priceCollar());
    InterestBook.Matches fills =
        (instrumentId, buyer, seller, units) -> {
          long markUnits = listing.symbols().get(instrumentId).firstPriceUnits();
          double factor = 1 + offset * (2 * entryRandom.nextDouble() - 1);
          long priceUnits = Math.max(1, (long) StrictMath.floor(markUnits * factor));
          sink.submit(
              timeNs,
              new Command.Fill(instrumentId, buyer, seller, units, priceUnits, 0, 0, false, false));
        };
    for (int trader = 0; trader < parameters.accounts(); trader++) {
      planner.plan(trader, plan);
      openTrader(timeNs, trader, plan, sink);
      for (int i = 0; i < plan.positionCount; i++) {
        book.add(plan.instrumentIds[i], accountId(trader), plan.units[i], fills);
      }
    }
    book.matchRest(MARKET_MAKER_ACCOUNT, fills);
  }

  /// Half of what the collar allows, should that be tighter than usual.
  private static double entryOffset(Decimal collar) {
    double share = (double) collar.units() / collar.divisor();
    return share == 0
        ? AccountPlanner.MOST_ENTRY_OFFSET
        : Math.min(AccountPlanner.MOST_ENTRY_OFFSET, share / 2);
  }

  private void openTrader(long timeNs, int trader, AccountPlan plan, CommandSink sink) {
    long accountId = accountId(trader);
    long partyId = partyId(trader);
    sink.submit(
        timeNs,
        new Command.OpenAccount(
            accountId,
            partyId,
            RULEBOOK_ID,
            plan.isIsolated ? AccountMode.ISOLATED : AccountMode.CROSS,
            plan.isIsolated ? plan.instrumentIds[0] : -1,
            AccountRole.TRADER));
    boolean helpsSiblings = allowsSiblingTopUp(trader);
    if (helpsSiblings && parties.isFirstOfParty(trader)) {
      sink.submit(timeNs, new Command.SetPartyPolicy(partyId, true));
    }
    for (int assetId = 0; assetId < plan.depositMinor.length; assetId++) {
      if (plan.depositMinor[assetId] > 0) {
        sink.submit(timeNs, new Command.Deposit(partyId, assetId, plan.depositMinor[assetId]));
      }
    }
    if (plan.leverageE2 > 0) {
      sink.submit(timeNs, new Command.SetLeverage(accountId, plan.leverageE2));
    }
    tally.count(plan, parties.hasSibling(trader), helpsSiblings);
  }

  private void finishTraders(long timeNs, CommandSink sink) {
    AccountPlan plan = new AccountPlan(listing.assets().size());
    for (int trader = 0; trader < parameters.accounts(); trader++) {
      planner.plan(trader, plan);
      if (plan.transferMinor > 0) {
        sink.submit(
            timeNs,
            new Command.Transfer(
                accountId(trader),
                SETTLEMENT_ASSET_ID,
                plan.transferMinor,
                Command.Direction.TO_MARGIN));
      }
      if (plan.orderInstrumentId >= 0) {
        long notional = Math.multiplyExact(plan.orderUnits, plan.orderPriceUnits);
        sink.submit(
            timeNs,
            new Command.SetOrderExposure(
                accountId(trader),
                plan.orderInstrumentId,
                plan.isBuyOrder ? plan.orderUnits : 0,
                plan.isBuyOrder ? 0 : plan.orderUnits,
                plan.isBuyOrder ? notional : 0,
                plan.isBuyOrder ? 0 : notional));
      }
    }
  }

  @Override
  public String describe() {
    PopulationParameters.Shares shares = parameters.shares();
    String stated =
        String.format(
            Locale.ROOT,
            """
            population: %d trader accounts of %d parties, a market maker and the backstop; seed %d
            stated, per account (log-uniform unless said otherwise):
              leverage              %.1f to %.1f, less where the rulebook asks for more margin
              behind the positions  %,.0f to %,.0f USDT
              wallet                empty for %.0f %%, else %.1f to %.1f times that
              positions             1 to %d in different contracts, long and short equally likely
              hedged %.0f %%, isolated %.0f %%, own leverage %.0f %%, open order %.0f %%
              parties: several accounts %.0f %%, of them helping one another %.0f %%, not in USDT %.0f %%
            """,
            parameters.accounts(),
            parties.partyCount(),
            parameters.seed(),
            parameters.leastLeverage(),
            parameters.mostLeverage(),
            parameters.leastMarginE6() * planner.marginScale() / 1e6,
            parameters.mostMarginE6() * planner.marginScale() / 1e6,
            100 * shares.emptyWallet(),
            parameters.leastWalletMultiple(),
            parameters.mostWalletMultiple(),
            Math.min(AccountPlan.MOST_POSITIONS, listing.contractCount()),
            100 * shares.hedged(),
            100 * shares.isolated(),
            100 * shares.chosenLeverage(),
            100 * shares.openOrders(),
            100 * shares.severalAccounts(),
            100 * shares.siblingTopUp(),
            100 * shares.otherCollateral());
    return stated + tally.describe();
  }
}
