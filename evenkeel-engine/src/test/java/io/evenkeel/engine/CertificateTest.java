package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.FINE;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorNumbers;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.Collateral;
import io.evenkeel.engine.watch.AffineBounds;
import io.evenkeel.engine.watch.Watch;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LevelPolicy.BetweenRequirements;
import io.evenkeel.model.rulebook.LevelPolicy.FullyCollateralised;
import io.evenkeel.model.rulebook.LevelPolicy.ScaledMaintenance;
import io.evenkeel.model.rulebook.LevelPolicy.WithoutBands;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Where a certificate lets the market go, the account's zone is what it was and nothing becomes
/// releasable: random accounts, with and without orders, chosen leverage and coins, moved in random
/// directions as far as their bands let them. More of them: `-Devenkeel.watch.seeds=1000`; from
/// another seed on: `-Devenkeel.watch.seed=12345`. Every failure names its seed.
class CertificateTest {
  private static final int SEEDS = Integer.getInteger("evenkeel.watch.seeds", 12);
  private static final long FIRST_SEED = Long.getLong("evenkeel.watch.seed", 1);
  private static final int ACCOUNTS = 60;
  private static final int DIRECTIONS = 40;
  private static final int BISECTIONS = 14;
  private static final int[] CONTRACTS = {PERP, OTHER, FINE};

  private static final List<LevelPolicy> LEVELS =
      List.of(
          new BetweenRequirements(decimal("0.5"), decimal("1.25")),
          new BetweenRequirements(decimal("0"), decimal("3")),
          new ScaledMaintenance(decimal("1.1"), decimal("1.5"), decimal("2.5")),
          new ScaledMaintenance(decimal("1"), decimal("3"), decimal("3")),
          new FullyCollateralised(),
          new WithoutBands());

  @Test
  void shouldHoldWhereverItsBandsReach() {
    int certified = 0;
    double farthest = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Trial trial = new Trial(seed);
      for (int i = 0; i < ACCOUNTS; i++) {
        trial.check(101 + i);
      }
      certified += trial.certified;
      farthest = Math.max(farthest, trial.farthestMoves);
    }
    assertThat(certified).isGreaterThan(SEEDS * ACCOUNTS / 8);
    assertThat(farthest).isGreaterThan(0.1);
  }

  private static final class Trial implements FactorNumbers {
    private final long seed;
    private final SplittableRandom random;
    private final TestVenue venue;
    private final Book book;
    private final Valuation valuation;
    private final Collateral collateral;
    private final Weighing weighing = new Weighing();
    private final AffineBounds bounds = new AffineBounds();
    private final long minimumE6;
    private Watch watch = new Watch();
    private int certified;
    private double farthestMoves;

    Trial(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      minimumE6 = 10 * (long) Math.pow(10, random.nextInt(5)) * ONE_USD;
      venue =
          TestVenue.with(sketch -> {
            sketch.crossLevels = LEVELS.get((int) (seed % LEVELS.size()));
            sketch.profitInitialWeight = random.nextInt(3) == 0 ? "1" : "0.35";
            sketch.ordersInMaintenance = random.nextBoolean();
            sketch.releaseAutomatic = random.nextBoolean();
            sketch.releaseMinimumE6 = minimumE6;
            sketch.profitAllowance = random.nextBoolean() ? "0" : "0.5";
            sketch.runsNothing();
          });
      book = venue.engine.machine().book;
      valuation = venue.engine.machine().valuation;
      collateral = new Collateral(book, valuation);
      venue.fund(MAKER, USD, 1_000_000_000 * ONE_USD);
      for (int i = 0; i < ACCOUNTS; i++) {
        open(101 + i);
      }
    }

    private void open(long account) {
      venue.open(account, account * 1_000);
      venue.fund(account, USD, random.nextLong(1, 60_000) * ONE_USD);
      if (random.nextInt(3) == 0) {
        venue.fund(account, BTC, random.nextLong(1, 100_000_000));
      }
      if (random.nextInt(4) == 0) {
        venue.apply(new Command.SetLeverage(account, 100 * (1 + random.nextInt(12))));
      }
      for (int contract : CONTRACTS) {
        long mark = contract == FINE ? 1_000_000_000 : 100_000;
        if (random.nextInt(3) > 0) {
          long units = random.nextLong(1, 60_000);
          boolean buys = random.nextBoolean();
          long price = mark + random.nextLong(-mark / 20, mark / 20);
          venue.apply(
              TestVenue.fill(
                  contract, buys ? account : MAKER, buys ? MAKER : account, units, price));
        }
        if (random.nextInt(4) == 0) {
          long buy = random.nextLong(40_000);
          long sell = random.nextLong(40_000);
          long price = mark + random.nextLong(-mark / 50, mark / 50);
          venue.apply(
              new Command.SetOrderExposure(
                  account, contract, buy, sell, buy * price, sell * price));
        }
      }
    }

    @Override
    public int ofMark(int instrument) {
      return instrument;
    }

    @Override
    public int ofPrice(int asset) {
      return book.assets.idAt(asset) == BTC ? book.instruments.size() : -1;
    }

    @Override
    public long ceiling(int factor) {
      return watch.ceiling(factor);
    }

    private long value(int factor) {
      return factor < book.instruments.size()
          ? book.instruments.mark(factor)
          : book.assets.price(book.assets.find(BTC));
    }

    /// Moves one account's market in random directions, as far as its certificate lets it.
    void check(long accountId) {
      int account = book.accounts.find(accountId);
      watchAnew();
      valuation.assess(account, weighing);
      Zone zone = weighing.zone();
      boolean isReleaseDue = zone == Zone.EXCESS && !weighing.isFlat();
      if (zone.compareTo(Zone.RESTRICTED) < 0
          || !valuation.describe(account, weighing, isReleaseDue, this, bounds)) {
        return;
      }
      for (int i = 0; i < DIRECTIONS; i++) {
        double[] direction = new double[book.instruments.size() + 1];
        double size = Math.pow(10, -3 * random.nextDouble());
        for (int factor = 0; factor < direction.length; factor++) {
          direction[factor] = random.nextInt(3) == 0 ? 0 : size * (2 * random.nextDouble() - 1);
        }
        double reach = farthest(account, direction);
        if (reach >= 0) {
          certified += i == 0 ? 1 : 0;
          farthestMoves = Math.max(farthestMoves, reach * size);
          checkAt(account, zone, isReleaseDue, direction, reach);
        }
      }
    }

    private void watchAnew() {
      watch = new Watch();
      for (int factor = 0; factor <= book.instruments.size(); factor++) {
        watch.addFactor(value(factor), Math.max(1, value(factor) / 1_000));
      }
    }

    /// The largest part of a direction that the certificate lets the market go, below 0 for none.
    private double farthest(int account, double[] direction) {
      if (isReported(account, direction, 0)) {
        return -1;
      }
      if (!isReported(account, direction, 1)) {
        return 1;
      }
      double inside = 0;
      double outside = 1;
      for (int i = 0; i < BISECTIONS; i++) {
        double middle = (inside + outside) / 2;
        if (isReported(account, direction, middle)) {
          outside = middle;
        } else {
          inside = middle;
        }
      }
      return inside;
    }

    private boolean isReported(int account, double[] direction, double part) {
      watchAnew();
      valuation.assess(account, weighing);
      boolean isReleaseDue = weighing.zone() == Zone.EXCESS && !weighing.isFlat();
      valuation.describe(account, weighing, isReleaseDue, this, bounds);
      watch.certify(account, bounds);
      for (int factor = 0; factor < direction.length; factor++) {
        watch.move(factor, moved(factor, direction, part));
      }
      return watch.detect() > 0;
    }

    private long moved(int factor, double[] direction, double part) {
      return Math.max(1, Math.round(value(factor) * (1 + part * direction[factor])));
    }

    private void checkAt(
        int account, Zone zone, boolean isReleaseDue, double[] direction, double part) {
      int before = book.undo.savepoint();
      long[] values = new long[direction.length];
      for (int factor = 0; factor < direction.length; factor++) {
        values[factor] = moved(factor, direction, part);
      }
      for (int factor = 0; factor < book.instruments.size(); factor++) {
        book.instruments.quotes().suppose(factor, values[factor]);
      }
      book.assets.quotes().suppose(book.assets.find(BTC), values[direction.length - 1]);
      valuation.assess(account, weighing);
      Zone now = weighing.zone();
      long excessE6 = collateral.excessE6(account, weighing);
      book.undo.rollbackTo(before);
      String place = "seed " + seed + ", account " + book.accounts.idAt(account);
      assertThat(now).as(place).isEqualTo(zone);
      if (isReleaseDue) {
        assertThat(excessE6).as(place).isLessThan(minimumE6);
      }
    }
  }
}
