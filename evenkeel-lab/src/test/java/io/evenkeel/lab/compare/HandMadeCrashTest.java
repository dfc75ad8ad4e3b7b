package io.evenkeel.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.model.rulebook.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three accounts by hand: BTC falls from 100 to 90 at minute 10 and is back at minute 15, ETH
/// falls with it and stays, SOL comes back at minute 45. Each holds 10,000 at 100 behind 1,030; at
/// 90 that leaves 30, and maintenance is 45 (90 for SOL). Nobody else can act: the other accounts
/// are empty.
class HandMadeCrashTest {
  private static final long START_MS = 1_760_000_000_000L;
  private static final int IDLE_ACCOUNTS = 3_000;

  @TempDir private Path folder;
  private Path people;

  @BeforeEach
  void writePeople() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            evenkeel-population,1
            insurance,USDT,100000
            account,1,1,backstop,cross,none
            margin,1,USDT,100000
            account,2,2,marketMaker,cross,none
            wallet,2,USDT,1000000
            margin,2,USDT,100000
            position,2,BTCUSDT,-100,100
            position,2,ETHUSDT,-100,100
            position,2,SOLUSDT,-100,100
            account,701,701,trader,cross,none
            margin,701,USDT,1030
            position,701,BTCUSDT,100,100
            account,702,702,trader,cross,none
            margin,702,USDT,1030
            position,702,ETHUSDT,100,100
            account,703,703,trader,cross,none
            margin,703,USDT,1030
            position,703,SOLUSDT,100,100
            """);
    for (int i = 0; i < IDLE_ACCOUNTS; i++) {
      text.append("account,%d,%d,trader,cross,none\n".formatted(10_000 + i, 10_000 + i));
    }
    people = Files.writeString(folder.resolve("people.csv"), text);
  }

  @Test
  void shouldTellWhoWouldHaveRecoveredAndWhen() throws IOException {
    DesignReport design = run(80);
    assertThat(design.liquidations().accounts()).containsExactly(701L, 702L, 703L);
    RecoveryFigures recoveries = design.recoveries();
    assertThat(recoveries.followed()).isEqualTo(3);
    assertThat(recoveries.unlike()).isZero();
    assertThat(recoveries.within10Minutes()).as("BTC after 5 minutes").isEqualTo(1);
    assertThat(recoveries.within60Minutes()).as("SOL after 35 minutes").isEqualTo(2);
    assertThat(recoveries.initialWithin10Minutes()).isEqualTo(1);
    assertThat(recoveries.initialWithin60Minutes()).isEqualTo(2);
    assertThat(recoveries.cutShort()).isZero();
  }

  @Test
  void shouldSayWhenTheTapeEndsTooSoonToTell() throws IOException {
    RecoveryFigures recoveries = run(30).recoveries();
    assertThat(recoveries.within10Minutes()).isEqualTo(1);
    assertThat(recoveries.within60Minutes()).isEqualTo(1);
    assertThat(recoveries.cutShort()).as("ETH and SOL, 20 minutes after").isEqualTo(2);
  }

  @Test
  void shouldReckonCostAsByHand() throws IOException {
    LiquidationFigures closed = run(30).liquidations();
    assertThat(closed.episodes()).isEqualTo(3);
    assertThat(closed.notional()).isEqualByComparingTo("27000");
    assertThat(closed.maintenanceFreed()).as("45, 45 and 90").isEqualByComparingTo("180");
    assertThat(closed.penalties()).as("90 each, but only 30 are left").isEqualByComparingTo("90");
    assertThat(closed.cost()).isEqualByComparingTo("90");
    assertThat(closed.penaltyPerMaintenanceFreed()).isEqualTo(0.5);
    assertThat(closed.penaltyPerNotional()).isCloseTo(90 / 27_000.0, within(1e-12));
  }

  @Test
  void shouldMoveMarksAsByHand() throws IOException {
    DesignReport design = run(30, ImpactTerms.standard(ImpactTerms.Shape.LINEAR));
    // 9,000 are sold where 2 % of 10,000 move the mark by 1 %; the next mark is 15 s later
    double moved = 0.01 * 9_000 / 200 * StrictMath.pow(0.5, 15 / 1_800.0);
    assertThat(design.largestDisplacement()).isCloseTo(moved, within(1e-12));
    // 45 depths at once, over the ten hundredths that the fall passed, of three contracts
    assertThat(design.cascade().peak().number()).isCloseTo(4.5, within(1e-9));
    assertThat(design.cascade().steps()).hasSize(30);
    assertThat(design.cascade().steps().getFirst().percent()).isEqualTo(-10);
    assertThat(design.cascade().steps().getLast().percent()).isEqualTo(-1);
    assertThat(design.cascade().steps().getLast().netE6()).isCloseTo(-900e6, within(1e-3));
  }

  @Test
  void shouldClockNoDistressWhenAllAreClosedAtOnce() throws IOException {
    DistressFigures distress = run(30).distress();
    assertThat(distress).isEqualTo(new DistressFigures(0, 0, 0, 0));
  }

  @Test
  void shouldClockDistressOfThoseThatWaitForTheirNextSlice() throws IOException {
    DesignReport design = run(50, ImpactTerms.NONE, Designs.sliced(50_000_000));
    // BTC for 5 minutes, SOL for 35, ETH from minute 10 to the last price, that of 49:45
    long ethMs = 39 * 60_000 + 45_000;
    assertThat(design.distress())
        .isEqualTo(new DistressFigures(3, 300_000 + 2_100_000 + ethMs, ethMs, 1));
    assertThat(design.liquidations().episodes()).as("however many slices").isEqualTo(3);
    assertThat(design.liquidations().spared()).isZero();
    assertThat(design.recoveries().unlike()).isZero();
  }

  private DesignReport run(int bars) throws IOException {
    return run(bars, ImpactTerms.NONE);
  }

  private DesignReport run(int bars, ImpactTerms impact) throws IOException {
    return run(bars, impact, Designs.full());
  }

  private DesignReport run(int bars, ImpactTerms impact, Rulebook design) throws IOException {
    Path prices = Files.createDirectories(folder.resolve("prices-" + bars));
    Tape tape =
        Tape.load(
            List.of(
                symbol(prices, "BTCUSDT", bars, 15),
                symbol(prices, "ETHUSDT", bars, 1_000),
                symbol(prices, "SOLUSDT", bars, 45)));
    ReplayPlan plan = ReplayPlan.of(tape, design, 1, 1).withPopulation(people).withImpact(impact);
    return new Comparison(plan, List.of(design, Designs.partial()))
        .run(_ -> ReplayObserver.NOBODY)
        .designs()
        .getFirst();
  }

  private static Path symbol(Path prices, String symbol, int bars, int back) throws IOException {
    StringBuilder text = new StringBuilder("open_time,open,high,low,close\n");
    for (int bar = 0; bar < bars; bar++) {
      String price = bar < 10 || bar >= back ? "100.00" : "90.00";
      text.append(START_MS + bar * 60_000L).append((',' + price).repeat(4)).append('\n');
    }
    return Files.writeString(prices.resolve(symbol + "_1m.csv"), text);
  }
}
