package io.evenkeel.engine;

import static io.evenkeel.engine.HealthVenue.LOSER;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CollateralConverted;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.Event.PositionTransferred;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.HealthClosing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds of every closing under health weights, whatever the account: money is conserved (the
/// venue checks after every command), no fund is overdrawn, who is let go is back, who is not has
/// nothing left that could help, and nothing is done beyond need.
class HealthLiquidationPropertiesTest {
  private static final int ACCOUNTS = 300;
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /// An account by seed in a venue with given limits; the same seed gives the same account. It is
  /// brought in and not yet looked at.
  private static TestVenue venue(long seed, HealthClosing closing, int contracts, boolean tokens) {
    SplittableRandom random = new SplittableRandom(seed);
    TestVenue venue = HealthVenue.with(closing);
    venue.open(LOSER, LOSER);
    for (int instrument : List.of(PERP, OTHER).subList(0, contracts)) {
      if (instrument == PERP || random.nextBoolean()) {
        long units = random.nextLong(-20_000, 20_000);
        if (random.nextInt(10) != 0 && units != 0) {
          HealthVenue.bring(venue, instrument, units, units);
        }
        HealthVenue.bring(venue, instrument, 0, 1 + random.nextLong(-12_000, 12_000) | 1);
      }
    }
    balance(venue, USD, random.nextLong(-8_000, 8_000) * ONE_USD + random.nextLong(ONE_USD));
    if (tokens) {
      balance(venue, BTC, random.nextLong(-20_000_000, 20_000_000));
    }
    if (random.nextInt(4) != 0) {
      // most of the time just below where liquidation begins
      BigDecimal health = venue.view().terms(LOSER).find("maintenance health").value();
      long edge = -health.movePointRight(6).longValue() - random.nextLong(300 * ONE_USD);
      balance(venue, USD, edge);
    }
    if (random.nextBoolean()) {
      venue.accepted(new Command.ContributeInsurance(USD, 1 + random.nextLong(2_000 * ONE_USD)));
    }
    return venue;
  }

  private static void balance(TestVenue venue, int asset, long amountMinor) {
    if (amountMinor != 0) {
      venue.accepted(new Command.ImportBalance(LOSER, asset, amountMinor));
    }
  }

  private static boolean wasLiquidated(List<Event> events) {
    return !only(events, LiquidationEnded.class).isEmpty();
  }

  @Test
  void shouldLeaveNobodyInNeedAndNoFundOverdrawn() {
    int liquidated = 0;
    int insured = 0;
    int shared = 0;
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      TestVenue venue = venue(seed, HealthVenue.closing(), 2, true);
      BigDecimal before = HealthVenue.endHealth(venue);
      List<Event> events = venue.reassess();
      String place = "seed " + seed;
      assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD))
          .as(place)
          .isNotNegative();
      if (!wasLiquidated(events)) {
        assertThat(venue.assess(LOSER).equityE6())
            .as(place)
            .isGreaterThanOrEqualTo(venue.assess(LOSER).levels().maintenanceE6());
        continue;
      }
      liquidated++;
      insured += only(events, Event.InsuranceDrawn.class).isEmpty() ? 0 : 1;
      shared += HealthVenue.sharedDollars(events) > 0 ? 1 : 0;
      assertThat(before).as(place).isNegative();
      assertThat(one(events, LiquidationEnded.class).result())
          .as(place)
          .isEqualTo(LiquidationResult.REDUCED);
      assertThat(HealthVenue.endHealth(venue)).as(place).isNotNegative();
      assertThat(only(venue.reassess(), LiquidationEnded.class)).as(place).isEmpty();
    }
    assertThat(List.of(liquidated, insured, shared)).allMatch(count -> count > ACCOUNTS / 20);
  }

  @Test
  void shouldNotCloseALotNorTakeAProfitBeyondNeed() {
    int lots = 0;
    int profits = 0;
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      HealthClosing contracts = contractsOnly(HealthClosing.NO_LIMIT, null);
      List<Event> events = venue(seed, contracts, 1, false).reassess();
      if (!wasLiquidated(events)
          || one(events, LiquidationEnded.class).result() != LiquidationResult.REDUCED) {
        continue;
      }
      long closed = most(events, PositionReduced.class);
      long taken = most(events, PositionTransferred.class);
      String place = "seed " + seed;
      if (closed > 0 && touched(events) == 1) {
        lots++;
        assertThat(healthWith(seed, contractsOnly(closed - 1, limit(taken))))
            .as(place)
            .isLessThan(BigDecimal.ZERO);
      }
      if (taken > ONE_USD && touched(events) == 1) {
        profits++;
        assertThat(healthWith(seed, contractsOnly(closed, limit(taken - ONE_USD / 100))))
            .as(place)
            .isLessThan(BigDecimal.ZERO);
      }
    }
    assertThat(List.of(lots, profits)).allMatch(count -> count > 10);
  }

  @Test
  void shouldNotPayMoreOfADebtThanNeed() {
    int paid = 0;
    for (long seed = 1; seed <= ACCOUNTS; seed++) {
      HealthClosing debts =
          HealthVenue.closing(null, new HealthClosing.Tokens(HealthVenue.TOKEN_FEES, null), null);
      TestVenue venue = venue(seed, debts, 0, true);
      List<Event> events = venue.reassess();
      if (only(events, CollateralConverted.class).isEmpty()
          || one(events, LiquidationEnded.class).result() != LiquidationResult.REDUCED) {
        continue;
      }
      paid++;
      // a unit of bitcoin is worth a twentieth of a cent, and rounding may cost one
      assertThat(HealthVenue.endHealth(venue)).as("seed " + seed).isBetween(BigDecimal.ZERO, CENT);
    }
    assertThat(paid).isGreaterThan(10);
  }

  /// A liquidation that is limited goes on cycle by cycle and comes to the same end.
  @Test
  void shouldComeBackInSmallSteps() {
    int waited = 0;
    for (long seed = 1; seed <= ACCOUNTS / 3; seed++) {
      HealthClosing limited =
          HealthVenue.closing(
              new HealthClosing.Perpetuals(HealthVenue.MARKET_FEES, 3_000, new Decimal(2_000, 0)),
              new HealthClosing.Tokens(HealthVenue.TOKEN_FEES, new Decimal(1, 0)),
              new HealthClosing.Bankruptcy(new Decimal(5_000, 0), new Decimal(6_000, 0)));
      TestVenue venue = venue(seed, limited, 2, false);
      List<Event> events = venue.reassess();
      int cycles = 0;
      while (wasLiquidated(events)
          && one(events, LiquidationEnded.class).result() == LiquidationResult.WAITING) {
        waited++;
        assertThat(++cycles).as("seed " + seed).isLessThan(40);
        events = venue.reassess();
      }
    }
    assertThat(waited).isGreaterThan(10);
  }

  private static HealthClosing contractsOnly(long mostLots, @Nullable Decimal mostResult) {
    return HealthVenue.closing(
        new HealthClosing.Perpetuals(HealthVenue.MARKET_FEES, mostLots, mostResult), null, null);
  }

  private static Decimal limit(long resultMinor) {
    return new Decimal(resultMinor, 6);
  }

  private static BigDecimal healthWith(long seed, HealthClosing closing) {
    TestVenue venue = venue(seed, closing, 1, false);
    venue.reassess();
    return HealthVenue.endHealth(venue);
  }

  /// How many contracts were touched.
  private static long touched(List<Event> events) {
    List<Integer> instruments = new ArrayList<>();
    only(events, PositionReduced.class).forEach(each -> instruments.add(each.instrumentId()));
    only(events, PositionTransferred.class).forEach(each -> instruments.add(each.instrumentId()));
    return instruments.stream().distinct().count();
  }

  /// Lots closed, or minor units of profit taken, altogether.
  private static long most(List<Event> events, Class<? extends Event> type) {
    long sum = 0;
    for (Event event : only(events, type)) {
      sum +=
          switch (event) {
            case PositionReduced it -> it.closedUnits();
            case PositionTransferred it -> -it.costTicks();
            default -> 0;
          };
    }
    return sum;
  }
}
