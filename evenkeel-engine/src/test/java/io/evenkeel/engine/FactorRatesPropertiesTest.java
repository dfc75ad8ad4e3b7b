package io.evenkeel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.Market;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random accounts under random risk factors. A failure names the seed of its account.
class FactorRatesPropertiesTest {
  private static final long ACCOUNT = 5;
  private static final int THOUSANDS = 14;
  private static final int[] CONTRACTS = {
    TestVenue.PERP, TestVenue.OTHER, TestVenue.FINE, THOUSANDS
  };
  private static final int ACCOUNTS = 60;
  private static final MarketProfile PROFILE =
      new MarketProfile(new Decimal(5, 2), 1_000_000_000_000L, new Decimal(1, 1));

  private static Decimal factor(SplittableRandom random) {
    int places = random.nextInt(1, 18);
    return new Decimal(random.nextLong(3 * (long) Math.pow(10, Math.min(places, 17)) + 1), places);
  }

  private static Market market(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return new FullyCollateralised(new Decimal(random.nextLong(1, 4_000_000), 3));
    }
    return new RiskFactors(
        factor(random),
        factor(random),
        factor(random),
        random.nextInt(3) == 0
            ? new Decimal(random.nextLong(1_000_000), random.nextInt(9, 19))
            : Decimal.ZERO,
        random.nextInt(4) == 0 ? random.nextInt(1, 6) : 0);
  }

  private static FactorRates parameters(SplittableRandom random) {
    return new FactorRates(
        Map.of("PERP", market(random), "FINE", market(random)),
        market(random),
        random.nextBoolean(),
        new Decimal(12, 1),
        PROFILE);
  }

  /// A venue that does nothing by itself, with a random account.
  private static TestVenue venue(SplittableRandom random, FactorRates parameters) {
    TestVenue venue =
        TestVenue.with(sketch -> {
          sketch.runsNothing();
          sketch.requirement = parameters;
        });
    venue.accepted(
        new Command.DefineInstrument(
            new LinearContract(
                THOUSANDS,
                "THOUSANDS",
                ContractKind.PERPETUAL,
                TestVenue.USD,
                Variation.CASH_AND_TRADES_AT_EACH_MARK,
                1,
                4,
                -3,
                1,
                1_000_000,
                10_000,
                20_000)));
    venue.open(ACCOUNT, 5_000);
    venue.accepted(
        new Command.ImportBalance(ACCOUNT, TestVenue.USD, 1 + random.nextLong(900_000_000_000L)));
    for (int instrument : CONTRACTS) {
      venue.mark(instrument, price(random, instrument));
      if (random.nextInt(4) > 0) {
        take(venue, random, instrument);
      }
      if (random.nextInt(3) == 0) {
        publish(venue, random, instrument);
      }
      if (random.nextInt(2) == 0) {
        order(venue, random, instrument);
      }
      if (random.nextInt(3) == 0) {
        venue.accepted(new Command.SetPhase(instrument, TradingPhase.AUCTION));
      }
    }
    return venue;
  }

  private static long price(SplittableRandom random, int instrument) {
    return instrument == TestVenue.FINE
        ? random.nextLong(1, 3_000_000_000L)
        : random.nextLong(1, 300_000L);
  }

  private static long size(SplittableRandom random, int instrument) {
    return random.nextLong(1, instrument == THOUSANDS ? 400 : 40_000);
  }

  private static void take(TestVenue venue, SplittableRandom random, int instrument) {
    boolean buys = random.nextBoolean();
    long units = size(random, instrument);
    venue.accepted(
        new Command.ImportPosition(
            instrument,
            buys ? ACCOUNT : TestVenue.MAKER,
            buys ? TestVenue.MAKER : ACCOUNT,
            units,
            units * random.nextLong(200_000)));
  }

  private static void order(TestVenue venue, SplittableRandom random, int instrument) {
    long buy = size(random, instrument);
    long sell = size(random, instrument);
    venue.apply(
        new Command.SetOrderExposure(
            ACCOUNT,
            instrument,
            buy,
            sell,
            buy * price(random, instrument) / 2 + 1,
            sell * price(random, instrument) / 2 + 1));
  }

  private static void publish(TestVenue venue, SplittableRandom random, int instrument) {
    venue.accepted(
        new Command.PublishFactors(
            List.of(
                new FactorValue(
                    FactorKind.FUNDING_INCREMENT,
                    instrument,
                    0,
                    new Decimal(random.nextLong(-10_000, 10_000), random.nextInt(0, 12))),
                new FactorValue(
                    FactorKind.AUCTION_PRICE,
                    instrument,
                    0,
                    new Decimal(random.nextLong(0, 9_000_000), random.nextInt(2, 6))))));
  }

  private static Machine machine(TestVenue venue) {
    return venue.engine.machine();
  }

  private static int index(TestVenue venue) {
    return machine(venue).book.accounts.find(ACCOUNT);
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  /// The rules once more, in plain decimals of the settlement asset.
  private static BigDecimal required(Book book, int row, FactorRates parameters) {
    int instrument = book.positions.instrument(row);
    LinearContract contract = book.instruments.at(instrument);
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-contract.quantityScale());
    BigDecimal mark = BigDecimal.valueOf(book.instruments.mark(instrument), contract.priceScale());
    BigDecimal held = unit.multiply(BigDecimal.valueOf(book.positions.quantity(row)));
    BigDecimal buys = unit.multiply(BigDecimal.valueOf(book.positions.buyUnits(row)));
    BigDecimal sells = unit.multiply(BigDecimal.valueOf(book.positions.sellUnits(row)));
    BigDecimal bought =
        unit.multiply(BigDecimal.valueOf(book.positions.buyNotional(row), contract.priceScale()));
    BigDecimal sold =
        unit.multiply(BigDecimal.valueOf(book.positions.sellNotional(row), contract.priceScale()));
    BigDecimal none = BigDecimal.ZERO;
    if (parameters.marketOf(contract.symbol()) instanceof FullyCollateralised(Decimal priceCap)) {
      BigDecimal cap = exact(priceCap).setScale(contract.priceScale(), RoundingMode.CEILING);
      BigDecimal position =
          held.signum() >= 0
              ? held.multiply(mark)
              : held.negate().multiply(cap.subtract(mark).max(none));
      int places = contract.priceScale();
      BigDecimal buySide =
          buys.signum() == 0
              ? none
              : buys.multiply(bought.divide(buys, places, RoundingMode.FLOOR));
      BigDecimal sellSide =
          sells.signum() == 0
              ? none
              : sells.multiply(
                  cap.subtract(sold.divide(sells, places, RoundingMode.FLOOR)).max(none));
      return position.add(buySide.max(sellSide));
    }
    RiskFactors it = (RiskFactors) parameters.marketOf(contract.symbol());
    BigDecimal buyOrders = buys.multiply(mark);
    BigDecimal sellOrders = sells.multiply(mark);
    if (book.instruments.phase(instrument) == TradingPhase.AUCTION) {
      Decimal indicative = book.factors.ofInstrument(FactorKind.AUCTION_PRICE, instrument);
      BigDecimal auction =
          indicative == null
              ? mark
              : mark.max(exact(indicative).setScale(contract.priceScale(), RoundingMode.CEILING));
      buyOrders = bought.max(buys.multiply(auction));
      sellOrders = sold.max(sells.multiply(auction));
    }
    BigDecimal longSide =
        held.add(buys).signum() > 0
            ? side(it, exact(it.riskLong()), held.max(none), mark, buyOrders)
            : none;
    BigDecimal shortSide =
        held.subtract(sells).signum() < 0
            ? side(it, exact(it.riskShort()), held.negate().max(none), mark, sellOrders)
            : none;
    Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    BigDecimal funding = due == null ? none : exact(due).multiply(held).max(none);
    return longSide.max(shortSide).add(funding);
  }

  private static BigDecimal side(
      RiskFactors it, BigDecimal risk, BigDecimal size, BigDecimal mark, BigDecimal orders) {
    BigDecimal notional = size.multiply(mark);
    return notional
        .multiply(exact(it.linearSlippage()))
        .add(notional.multiply(size).multiply(exact(it.quadraticSlippage())))
        .add(notional.add(orders).multiply(risk.movePointLeft(it.riskPlaces())));
  }

  @Test
  void shouldFollowTheRulesToTheUnit() {
    for (long seed = 1; seed <= 4 * ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FactorRates parameters = parameters(random);
      TestVenue venue = venue(random, parameters);
      Book book = machine(venue).book;
      long expected = 0;
      Positions positions = book.positions;
      for (int row = positions.first(index(venue));
          row != Positions.NONE;
          row = positions.next(row)) {
        expected +=
            required(book, row, parameters)
                .movePointRight(6)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
      }
      Assessment actual = venue.assess(ACCOUNT);
      assertThat(actual.maintenanceMarginE6())
          .as("seed %d, %s", seed, parameters)
          .isEqualTo(expected)
          .isNotNegative();
      assertThat(actual.initialMarginE6()).as("seed %d", seed).isEqualTo(expected);
      if (!parameters.unsettledProfit()) {
        assertThat(actual.equityE6())
            .as("seed %d", seed)
            .isEqualTo(venue.margin(ACCOUNT, TestVenue.USD));
      }
    }
  }

  @Test
  void shouldNotLoseByCollateralNorBySplitLots() {
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FactorRates parameters = parameters(random);
      TestVenue venue = venue(random, parameters);
      Assessment before = venue.assess(ACCOUNT);
      long more = 1 + random.nextLong(9_999);
      venue.accepted(new Command.ImportBalance(ACCOUNT, TestVenue.USD, more));
      assertThat(venue.assess(ACCOUNT).equityE6())
          .as("seed %d", seed)
          .isEqualTo(before.equityE6() + more);

      TestVenue whole = venue(new SplittableRandom(seed + 1_000), parameters);
      TestVenue split = venue(new SplittableRandom(seed + 1_000), parameters);
      long units = 2 * (1 + random.nextLong(50));
      long cost = 2 * units * random.nextLong(200_000);
      for (int lot = 0; lot < 2; lot++) {
        split.accepted(
            new Command.ImportPosition(THOUSANDS, ACCOUNT, TestVenue.MAKER, units / 2, cost / 2));
      }
      whole.accepted(new Command.ImportPosition(THOUSANDS, ACCOUNT, TestVenue.MAKER, units, cost));
      assertThat(split.assess(ACCOUNT)).as("seed %d", seed).isEqualTo(whole.assess(ACCOUNT));
    }
  }

  @Test
  void shouldExplainEveryFigure() {
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue venue = venue(random, parameters(random));
      Assessment actual = venue.assess(ACCOUNT);
      Term margin = model(venue).explain(index(venue));
      String place = "seed " + seed;
      same(margin, "equity", actual.equityE6(), place);
      same(margin, "initial equity", actual.initialEquityE6(), place);
      same(margin, "maintenance margin", actual.maintenanceMarginE6(), place);
      same(margin, "initial margin", actual.initialMarginE6(), place);
      recompute(margin, place);
    }
  }

  /// Coins, or a debt in coins: with a larger haircut and a larger weight of debts either is worth
  /// less, strictly, and what is required stays what it was.
  @Test
  void shouldCountLessTheLargerTheHaircut() {
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FactorRates parameters = parameters(random);
      TestVenue venue = venue(random, parameters);
      long coins = 100_000 + random.nextLong(100_000_000_000L);
      boolean owed = random.nextInt(3) == 0;
      venue.accepted(new Command.ImportBalance(ACCOUNT, TestVenue.BTC, owed ? -coins : coins));
      Assessment before = venue.assess(ACCOUNT);
      for (int step = 1; step <= 3; step++) {
        RulebookSketch stricter = new RulebookSketch().runsNothing();
        stricter.version = 1 + step;
        stricter.requirement = parameters;
        stricter.collateral.set(
            1,
            RulebookSketch.terms(
                "BTC",
                "0." + (8 - 2 * step),
                "0." + (9 - 2 * step),
                "1." + (1 + step),
                1_000_000_000_000L,
                "0.1"));
        venue.define(TestVenue.RULES, stricter.build());
        Assessment after = venue.assess(ACCOUNT);
        String place = "seed " + seed + ", step " + step;
        assertThat(after.equityE6()).as(place).isLessThan(before.equityE6());
        assertThat(after.initialEquityE6()).as(place).isLessThan(before.initialEquityE6());
        assertThat(after.maintenanceMarginE6()).as(place).isEqualTo(before.maintenanceMarginE6());
        assertThat(after.initialMarginE6()).as(place).isEqualTo(before.initialMarginE6());
        before = after;
      }
    }
  }

  private static MarginModel model(TestVenue venue) {
    return Objects.requireNonNull(machine(venue).valuation.model(index(venue)));
  }

  private static void same(Term margin, String name, long valueE6, String place) {
    assertThat(margin.find(name).value())
        .as("%s, %s", place, name)
        .isEqualByComparingTo(BigDecimal.valueOf(valueE6, 6));
  }

  /// A unit of the last place is what rounding up a requirement may add.
  private static void recompute(Term term, String place) {
    BigDecimal value = term.operation().apply(term.children());
    if (value != null) {
      assertThat(value.subtract(term.value()).abs())
          .as("%s, %s: %s of %s", place, term.name(), term.operation(), term.children())
          .isLessThanOrEqualTo(new BigDecimal("0.000001"));
    }
    term.children().forEach(child -> recompute(child, place + " / " + term.name()));
  }

  @Test
  void shouldBoundEveryPointOfABox() {
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue venue = venue(random, parameters(random));
      FactorBox box = new FactorBox(machine(venue).book);
      long[] low = new long[CONTRACTS.length];
      long[] high = new long[CONTRACTS.length];
      for (int i = 0; i < CONTRACTS.length; i++) {
        int instrument = machine(venue).book.instruments.find(CONTRACTS[i]);
        long mark = machine(venue).book.instruments.mark(instrument);
        low[i] = 1 + random.nextLong(mark);
        high[i] = mark + random.nextLong(mark);
        box.mark(instrument, low[i], high[i]);
      }
      long bound = model(venue).boundE6(index(venue), box);
      assertThat(bound).as("seed %d", seed).isNotEqualTo(Long.MIN_VALUE);
      long nearest = Long.MAX_VALUE;
      for (int point = 0; point < 46; point++) {
        for (int i = 0; i < CONTRACTS.length; i++) {
          long inside = random.nextLong(low[i], high[i] + 1);
          venue.mark(
              CONTRACTS[i], point < 16 ? ((point >> i & 1) == 0 ? low[i] : high[i]) : inside);
        }
        Assessment there = venue.assess(ACCOUNT);
        long surplus = there.equityE6() - there.maintenanceMarginE6();
        nearest = Math.min(nearest, surplus);
        assertThat(bound).as("seed %d, point %d", seed, point).isLessThanOrEqualTo(surplus);
      }
      assertThat(nearest - bound).as("seed %d, how loose", seed).isLessThanOrEqualTo(16);
      box.price(machine(venue).book.assets.find(TestVenue.USD), 1, 2_000_000);
      assertThat(model(venue).boundE6(index(venue), box)).isEqualTo(Long.MIN_VALUE);
    }
  }

  /// The requirement moves by no more than its rates times the move of the notional.
  @Test
  void shouldMoveByLittleWhenPricesDo() {
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestVenue venue = venue(random, parameters(random));
      Assessment before = venue.assess(ACCOUNT);
      for (int instrument : CONTRACTS) {
        int at = machine(venue).book.instruments.find(instrument);
        long mark = machine(venue).book.instruments.mark(at);
        venue.mark(instrument, mark + 1);
        Assessment after = venue.assess(ACCOUNT);
        long change = Math.abs(after.maintenanceMarginE6() - before.maintenanceMarginE6());
        // risk and slippage are at most 3, and quadratic slippage 0.001 a contract, of which there
        // are at most 400,000
        long notional = step(venue, instrument);
        assertThat(BigDecimal.valueOf(change))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(
                BigDecimal.valueOf(notional).multiply(BigDecimal.valueOf(7 + 400)));
        venue.mark(instrument, mark);
      }
    }
  }

  private static long held(TestVenue venue, int instrument) {
    return venue.view().quantityUnits(ACCOUNT, instrument);
  }

  /// What all that is held or open moves by for a price unit, millionths.
  private static long step(TestVenue venue, int instrument) {
    long units = Math.abs(held(venue, instrument)) + 80_000;
    return units * (instrument == THOUSANDS ? 100_000 : 10) + 2;
  }
}
