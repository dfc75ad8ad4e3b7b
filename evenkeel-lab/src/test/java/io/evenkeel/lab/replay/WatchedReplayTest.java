package io.evenkeel.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A venue whose traders go on acting, with the watch and without it, on marks that mostly move by
/// a basis point or less, now and then jump, and are ten times a second: every event is the same.
/// More: `-Devenkeel.watch.ticks=1000000`; from another seed on: `-Devenkeel.watch.seed=12345`.
class WatchedReplayTest {
  private static final int ACCOUNTS = 300;
  private static final long TICKS = Long.getLong("evenkeel.watch.ticks", 2_500);
  private static final long SEED = Long.getLong("evenkeel.watch.seed", 1);

  private record Told(long timeNs, Event event) {}

  @ParameterizedTest
  @ValueSource(strings = {"perp-cross", "binance-usdm"})
  void shouldTellTheSameWithTheWatchAndWithoutIt(String name) {
    Rulebook rulebook = ShippedRulebooks.load(name);
    List<Told> watched = new ArrayList<>();
    List<Told> scanned = new ArrayList<>();
    Replay replay = replay(rulebook, watched);
    Replay scan = replay(rulebook, scanned);
    replay.engine().use(WatchUse.ALWAYS);
    scan.engine().use(WatchUse.OFF);
    ReplayReport report = replay.run();
    ReplayReport byScan = scan.run();
    for (int i = 0; i < Math.min(watched.size(), scanned.size()); i++) {
      if (!Objects.equals(watched.get(i), scanned.get(i))) {
        assertThat(watched.get(i))
            .as("%s, seed %d, event %d", name, SEED, i)
            .isEqualTo(scanned.get(i));
      }
    }
    assertThat(watched).as("%s, seed %d", name, SEED).hasSameSizeAs(scanned);
    assertThat(report.stateHash()).isEqualTo(byScan.stateHash());
    assertThat(report.tally().zoneChanges()).isPositive();
    assertThat(replay.engine().certificates()).isGreaterThan(ACCOUNTS);
    assertThat(replay.engine().watchRebuilds()).isLessThan(100);
    assertThat(replay.engine().valuations())
        .as("%s: looked at, of %d", name, scan.engine().valuations())
        .isLessThan(scan.engine().valuations() / 2);
  }

  private static Replay replay(Rulebook rulebook, List<Told> told) {
    ReplayPlan plan =
        ReplayPlan.of(new QuietMarket(), rulebook, ACCOUNTS, SEED)
            .withTickLimit(TICKS)
            .withFundingRate(Decimal.parse("0.0001"));
    return new Replay(
        plan,
        new ReplayObserver() {
          @Override
          public void onEvent(long timeNs, Event event) {
            told.add(new Told(timeNs, event));
          }
        });
  }

  /// Four contracts that take turns to tick, one at a time or all together.
  private static final class QuietMarket implements TickSource {
    private static final long START_NS = 1_759_968_000_000_000_000L;
    private static final long STEP_NS = 100_000_000L;
    private static final int ROOM = 20;

    private final List<QuotedSymbol> symbols =
        List.of(
            symbol("BTCUSDT", 1, 1_232_374),
            symbol("DOGEUSDT", 5, 25_557),
            symbol("ETHUSDT", 2, 452_366),
            symbol("SOLUSDT", 2, 22_896));

    private static QuotedSymbol symbol(String name, int priceScale, long firstUnits) {
      return new QuotedSymbol(name, priceScale, firstUnits, firstUnits / ROOM, firstUnits * ROOM);
    }

    @Override
    public List<QuotedSymbol> symbols() {
      return symbols;
    }

    @Override
    public long startTimeNs() {
      return START_NS;
    }

    @Override
    public TickStream ticks() {
      return new Walk();
    }

    private final class Walk implements TickStream {
      private final SplittableRandom random = new SplittableRandom(SEED);
      private final double[] prices =
          symbols.stream().mapToDouble(QuotedSymbol::firstPriceUnits).toArray();
      private long nextNs = START_NS;
      private long ticks;

      @Override
      public boolean next(Tick into) {
        into.start(nextNs);
        boolean isJump = random.nextInt(150) == 0;
        double market = isJump ? 0.04 * (random.nextDouble() - 0.55) : 0;
        for (int i = 0; i < prices.length; i++) {
          boolean ticksNow = ticks == 0 || isJump || random.nextInt(3) == 0;
          if (ticksNow) {
            double own = 0.0002 * (random.nextDouble() - 0.5);
            QuotedSymbol symbol = symbols.get(i);
            prices[i] =
                Math.clamp(
                    prices[i] * (1 + market + own),
                    symbol.lowestPriceUnits(),
                    symbol.highestPriceUnits() - 1);
            into.add(i, Math.round(prices[i]));
          }
        }
        ticks++;
        nextNs += STEP_NS;
        return true;
      }
    }
  }
}
